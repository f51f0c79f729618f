"""What holds between the answers of a pathway plan, and what is worth a second look. Pure.

The rules about codes are those of the SSDA903 return, so that it can be filled from signed plans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.form import Form, Trouble, is_empty
from caseapp.form_parts import pathway_lists as lists

_REVIEW_MONTHS: Final = 6
_ADULT, _LEAVES_AT = 18, 25
_NEVER_SUITABLE: Final = ("S", "X")
_SELDOM_SUITABLE: Final = ("V", "W")
_NOT_BEFORE_18: Final = ("T", "Z")
_GONE: Final = ("DIED", "RHOM")
_NOT_KNOWN: Final = "0"
_CODES: Final = ("activity", "accommodation")
_LIVING: Final = dict(lists.ACCOMMODATION)


def troubles(form: Form, answers: Mapping[str, Any], age: int | None) -> list[Trouble]:
    """Return what keeps a plan from being signed beyond its single answers; `age` is that on its day."""
    asked = {each.key: (section, each) for section, each in form.asked(answers)}
    found = [*_codes(answers), *_home(answers, age), *_review(answers), *_money(answers), *_closing(answers)]
    return [Trouble(asked[key][0].key, key, asked[key][1].label, said) for key, said in found if key in asked]


def prompts(answers: Mapping[str, Any], age: int | None) -> list[str]:
    """Return what is worth a second look before signing. It warns and never stops anybody."""
    found = [_emergency(answers), _category(answers, age), _homeless(answers), _leave_to_remain(answers)]
    found.append(_no_home_ahead(answers, age))
    return [each for each in found if each]


def _codes(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where being in touch contradicts what is known of a care leaver (rules 344 and 345)."""
    if answers.get("category") not in lists.CARE_LEAVERS:
        return
    touch = answers.get("in_touch")
    for key in _CODES:
        code = answers.get(key)
        if touch in _GONE and not is_empty(code) and code != _NOT_KNOWN:
            said = dict(lists.IN_TOUCH)[str(touch)]
            yield key, f"“{said}” allows only “Not known: not in touch” here."
        if touch == "YES" and code == _NOT_KNOWN:
            yield key, "You are in touch, so this is known. Choose what fits, or change “Are we in touch?”."


def _home(answers: Mapping[str, Any], age: int | None) -> Iterator[tuple[str, str]]:
    home = answers.get("accommodation")
    if home in _NEVER_SUITABLE and answers.get("suitability") == "1":
        named = {"S": "Being homeless", "X": "Custody"}[str(home)]
        yield "suitability", f"{named} always counts as not suitable. Choose “Not suitable”."
    if home in _NOT_BEFORE_18 and age is not None and age < _ADULT:
        yield "accommodation", f"“{_LIVING[str(home)]}” begins at 18; the young person is {age}."


def _review(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_review = answers.get("plan_type") in lists.REVIEWS
    held_on = words.stored_day(answers.get("review_met_on" if is_review else "plan_on"))
    next_on = words.stored_day(answers.get("next_review_on"))
    if not held_on or not next_on:
        return
    latest = held_on + relativedelta(months=_REVIEW_MONTHS)
    if next_on > latest:
        yield "next_review_on", f"A plan is reviewed every six months: by {words.day(latest)} at the latest."


def _money(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    limit, spent = answers.get("setting_up_limit"), answers.get("setting_up_spent")
    if not isinstance(limit, int) or not isinstance(spent, int) or spent <= limit:
        return
    if is_empty(answers.get("setting_up_over")):
        yield "setting_up_over", f"{words.money(spent - limit)} more than allowed was spent. Say why."


def _closing(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_refused = answers.get("plan_type") == "closing" and answers.get("closing_because") == "refused"
    if is_refused and is_empty(answers.get("manager_note")):
        yield (
            "manager_note",
            "A plan is closed after a refusal only with the manager's agreement. Write it here.",
        )


def _emergency(answers: Mapping[str, Any]) -> str:
    home = answers.get("accommodation")
    if home not in _SELDOM_SUITABLE or answers.get("suitability") != "1":
        return ""
    return f"“{_LIVING[str(home)]}” is seldom suitable. Check the decision, and say why it is."


def _category(answers: Mapping[str, Any], age: int | None) -> str:
    category = answers.get("category")
    if age is None or is_empty(category):
        return ""
    if category in ("eligible", "relevant") and age >= _ADULT:
        return f"At {age} nobody is eligible or relevant any more: check the category."
    if category == "former_relevant" and not _ADULT <= age < _LEAVES_AT:
        return f"Former relevant is from 18 to 24; the young person is {age}. Check the category."
    return ""


def _homeless(answers: Mapping[str, Any]) -> str:
    if answers.get("homeless_risk") != "high" or answers.get("duty_to_refer") == "yes":
        return ""
    return "The risk of homelessness is high: tell the housing department (duty to refer)."


def _leave_to_remain(answers: Mapping[str, Any]) -> str:
    ends_on = words.stored_day(answers.get("leave_ends_on"))
    next_on = words.stored_day(answers.get("next_review_on"))
    if (
        answers.get("immigration") not in lists.LEAVE_EXPIRES
        or not ends_on
        or not next_on
        or ends_on > next_on
    ):
        return ""
    return f"Leave to remain ends on {words.day(ends_on)}, before the next review: see to legal advice now."


def _no_home_ahead(answers: Mapping[str, Any], age: int | None) -> str:
    """Schedule 8 asks where an eligible young person will live once they are no longer looked after."""
    if answers.get("category") != "eligible" or age != _ADULT - 1:
        return ""
    if not is_empty(answers.get("next_move")) or answers.get("staying_put") == "yes":
        return ""
    return "At 17 the plan has to say where the young person will live from 18: fill in the next move."
