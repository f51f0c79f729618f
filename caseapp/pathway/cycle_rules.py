"""The moves of a pathway plan, and what each still needs, in sentences. Pure.

Source: practice; what a plan must hold: CPPCR Schedule 8, Care Leavers Regulations Schedules 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.form import is_empty
from caseapp.form_parts import pathway_lists as lists

_REVIEW_MONTHS: Final = 6
_TRIES: Final = 3
_CONTINGENCY: Final = {
    "could_go_wrong": "what could go wrong",
    "early_signs": "the early signs",
    "who_does_what": "who then does what",
    "backup_home": "where they could stay",
    "backup_money": "money for the first days",
    "who_to_tell": "who to tell",
}
_DONE: Final = {"": 0, "draft": 2, "met": 3, "signed": 4, "returned": 3}
"""How many stages are behind a newest plan in that state, where none is in force."""
_IN_FORCE: Final = 5


class Facts(NamedTuple):
    """What the life-cycle is read from; `newest` is the state of the newest plan, or nothing.

    `answers` and `signed_on` are those of the plan in force, else of the newest; `newest_answers` always of
    the newest.
    """

    is_assessing: bool
    assessed_on: date | None
    newest: str
    newest_number: int
    newest_answers: Mapping[str, Any]
    answers: Mapping[str, Any]
    signed_on: date | None
    approved_on: date | None
    is_closed: bool


class Stage(NamedTuple):
    """A stage of the cycle: `state` is done, now or ahead."""

    key: str
    words: str
    state: str
    on: date | None


def stages(facts: Facts) -> list[Stage]:
    """Return the stages in order; one is now, those before it are done."""
    named = [
        ("assessing", "Needs assessment open" if facts.is_assessing else "Needs assessment", None),
        ("assessed", "Assessed", facts.assessed_on),
        ("draft", "Plan draft", None),
        ("met", "Meeting held", met_on(facts.answers)),
        ("signed", "Signed", facts.signed_on),
        ("approved", "Approved, in force", facts.approved_on),
        ("under_review", _under_review(facts), None),
    ]
    if facts.is_closed:
        named[-1] = ("closed", "Closed", None)
    place = _place(facts)
    return [
        Stage(
            key,
            said,
            "done" if at < place else "now" if at == place else "ahead",
            on if at <= place else None,
        )
        for at, (key, said, on) in enumerate(named)
    ]


def _under_review(facts: Facts) -> str:
    said = {"draft": "a draft", "met": "meeting held", "signed": "signed", "returned": "sent back"}.get(
        facts.newest
    )
    return (
        f"Under review: plan {facts.newest_number}, {said}" if facts.approved_on and said else "Under review"
    )


def _place(facts: Facts) -> int:
    if facts.is_closed or (facts.approved_on and facts.newest not in ("approved", "superseded")):
        return _IN_FORCE + 1
    if facts.approved_on:
        return _IN_FORCE
    if facts.newest:
        return _DONE[facts.newest]
    return 1 if facts.assessed_on and not facts.is_assessing else 0


def met_on(answers: Mapping[str, Any]) -> date | None:
    """Return the day of the meeting that a plan names."""
    key = "review_met_on" if answers.get("plan_type") in lists.REVIEWS else "met_on"
    return words.stored_day(answers.get(key))


def took_part(answers: Mapping[str, Any]) -> bool:
    """Return whether the young person took part, or three tries are logged."""
    how = answers.get("how_i_took_part") or []
    tries = [each for each in answers.get("attempts") or [] if isinstance(each, dict) and any(each.values())]
    return any(each != "none" for each in how) or len(tries) >= _TRIES


def meeting_held(answers: Mapping[str, Any]) -> bool:
    """Return whether a plan's meeting is held: it has a day, and the young person was there or sought."""
    return met_on(answers) is not None and took_part(answers)


def missing(facts: Facts, today: date) -> list[str]:
    """Return what the next move needs."""
    if facts.newest in ("draft", "met"):
        answers = facts.newest_answers
        return _to_meet(answers) if facts.newest == "draft" else to_sign(answers, today)
    if facts.newest:
        return []
    if facts.is_assessing:
        return ["Finish and sign the needs assessment: each heading has words, or “No need”."]
    return ["Start the pathway plan."] if facts.assessed_on else ["Start the needs assessment."]


def _to_meet(answers: Mapping[str, Any]) -> list[str]:
    found = []
    if met_on(answers) is None:
        found.append("Put the day of the meeting into the plan.")
    if not took_part(answers):
        found.append("Say how the young person took part, or log three tries to reach them.")
    return found


def to_sign(answers: Mapping[str, Any], today: date) -> list[str]:
    """Return what a plan whose meeting was held needs before it is signed."""
    found = []
    if answers.get("accommodation") in lists.JUDGED and is_empty(answers.get("suitability")):
        found.append("Decide whether the home is suitable.")
    if blank := [said for key, said in _CONTINGENCY.items() if is_empty(answers.get(key))]:
        found.append(f"Fill in the contingency: {words.listed(blank)}.")
    if answers.get("plan_type") != "closing":
        found += _next_review(answers, today)
    return found or ["Check and sign the plan, with the young person or the reason why not."]


def _next_review(answers: Mapping[str, Any], today: date) -> list[str]:
    next_on = words.stored_day(answers.get("next_review_on"))
    latest = (met_on(answers) or today) + relativedelta(months=_REVIEW_MONTHS)
    if next_on is None:
        return [f"Set the next review: {words.day(latest)} at the latest."]
    if next_on > latest:
        return [f"The next review is more than six months ahead: {words.day(latest)} at the latest."]
    return []
