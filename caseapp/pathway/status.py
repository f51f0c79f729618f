"""The legal category of a young person on a day: eligible, relevant, former relevant, qualifying or none.

It moves by itself on birthdays, at leaving care and at coming back. What was chosen where the law can be read
in more than one way:

- 13 weeks are 91 whole days in care since the 14th birthday, added up, to the moment care ends: someone whose
  91st day is the last one is relevant (former relevant, if that moment is the 18th birthday).
- Leaving care to special guardianship or a child arrangements order makes nobody more than qualifying.
- Six months at home count as recorded (settled_home); a code for going home does not prove them. Settled at
  home at 18 is qualifying, and former relevant from the day that home breaks down; no home counts that is
  first settled after 18.
- From 21 a former relevant person stays one; the duties then hang on education or on asking.
- Adoption wipes out the care before it. Care taken over by another authority closes ours, unless the child
  comes back: then all weeks add up.

Source: Children Act 1989 ss23A to 24B and Sch 2 para 19B; SI 2010/959 reg 40; SI 2010/2571 reg 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from caseapp.pathway import why
from caseapp.pathway.life import (
    TAKEN_OVER,
    TO_A_GUARDIAN,
    WEEKS_13,
    Care,
    CareSpell,
    Life,
    LifeEvent,
    life_of,
)
from caseapp.pathway.why import Ground

__all__ = ["CATEGORY_WORDS", "LAW", "CareSpell", "LifeEvent", "Status", "history", "status_on"]

CATEGORY_WORDS = {
    "none": "None",
    "looked_after": "Looked after, not yet eligible",
    "eligible": "Eligible",
    "relevant": "Relevant",
    "former_relevant": "Former relevant",
    "qualifying": "Qualifying",
    "closed": "Closed",
}
LAW = {
    "none": "Children Act 1989 s23A to s24",
    "looked_after": "Children Act 1989 Sch 2 para 19B",
    "eligible": "Children Act 1989 Sch 2 para 19B; Care Planning Regulations 2010 reg 40",
    "relevant": "Children Act 1989 s23A(2)",
    "former_relevant": "Children Act 1989 s23C",
    "qualifying": "Children Act 1989 s24 and s24B",
    "closed": "Children Act 1989 s23C to s24B",
    # Narrower than the category: how someone came into it, and what is owed from 21.
    "detained": "Children Act 1989 s23A(3); Care Leavers Regulations 2010 reg 3(2)",
    "settled_home": "Care Leavers Regulations 2010 reg 3",
    "guardianship": "Children Act 1989 s24(1A)",
    "studies": "Children Act 1989 s23CA",
    "asked": "Children Act 1989 s23CZB",
    "can_ask": "Children Act 1989 s23CA and s23CZB",
}
_CATEGORY = {
    "eligible": "eligible",
    "looked_after": "looked_after",
    "relevant": "relevant",
    "detained": "relevant",
    "left_at_18": "former_relevant",
    "was_relevant": "former_relevant",
    "settled_home": "qualifying",
    "to_a_guardian": "qualifying",
    "short_care": "qualifying",
    "guardianship": "qualifying",
    "died": "closed",
    "taken_over": "closed",
    "aged_25": "closed",
}  # every other ground is none
_OWED_A_PLAN = frozenset({"eligible", "relevant", "former_relevant"})
_NEVER = frozenset({"adopted", "not_after_16"})
_WAS_RELEVANT = frozenset({"relevant", "detained"})
_ENTITLED = _WAS_RELEVANT | {"settled_home"}  # home while in care to 18 takes nothing away


class Status(NamedTuple):
    """A young person's category on a day, why, and what is owed.

    `from_on`: since when the category holds without a break (birth, for none). `until_on`: the next day on
    which the category or a duty changes by what is on record, if any. `days_since_14`: days in care before
    the day. `why`: sentences with the dates used. `on_request`: plan and adviser are owed from 21 to those
    who study or ask; `needs_plan` and `needs_adviser` then say whether somebody does.
    """

    category: str
    from_on: date
    until_on: date | None
    days_since_14: int
    after_16: bool
    why: tuple[str, ...]
    law: str
    needs_plan: bool
    needs_adviser: bool
    on_request: bool


class _Standing(NamedTuple):
    """What can change from one day to the next: the ground of the category, and who is owed what."""

    ground: Ground
    category: str
    owed: bool
    on_request: bool


def status_on(
    born_on: date | None, spells: Sequence[CareSpell], events: Iterable[LifeEvent], day: date
) -> Status:
    """Return the category of a day, worked out from everything on record."""
    if born_on is None:
        return Status("none", day, None, 0, False, (why.NO_BIRTHDAY,), LAW["none"], False, False, False)
    return _status(life_of(born_on, spells, events), day)


def history(
    born_on: date | None, spells: Sequence[CareSpell], events: Iterable[LifeEvent], until: date
) -> list[Status]:
    """Return the status on each day up to `until` on which the category changed, oldest first.

    The first is that of birth. Empty before birth and if the birthday is not known.
    """
    if born_on is None:
        return []
    life = life_of(born_on, spells, events)
    found: list[Status] = []
    category = ""
    for day in life.turning_days:
        now = _standing(life, day).category
        if day <= until and now != category:
            found.append(_status(life, day))
            category = now
    return found


def _status(life: Life, day: date) -> Status:
    now = _standing(life, day)
    return Status(
        now.category,
        _since(life, day, now.category),
        _until(life, day, now),
        life.days_since_14(day),
        life.after_16(day),
        why.sentences(life, day, now.ground),
        _law(life, day, now),
        now.owed,
        now.owed,
        now.on_request,
    )


def _since(life: Life, day: date, category: str) -> date:
    since = day
    for turn in reversed([each for each in life.turning_days if each <= day]):
        if _standing(life, turn).category != category:
            break
        since = turn
    return since


def _until(life: Life, day: date, now: _Standing) -> date | None:
    ahead = (turn for turn in life.turning_days if turn > day)
    return next((turn for turn in ahead if _standing(life, turn)[1:] != now[1:]), None)


def _standing(life: Life, day: date) -> _Standing:
    ground = _ground(life, day)
    category = _CATEGORY.get(ground.name, "none")
    if category == "former_relevant" and day >= life.twenty_one:
        return _Standing(ground, category, bool(life.studies(day) or life.asked(day)), True)
    return _Standing(ground, category, category in _OWED_A_PLAN, False)


def _law(life: Life, day: date, now: _Standing) -> str:
    if now.on_request:
        return LAW["studies" if life.studies(day) else "asked" if life.asked(day) else "can_ask"]
    return LAW[now.ground.name if now.ground.name in LAW else now.category]


def _ground(life: Life, day: date) -> Ground:
    """Return what the category of a day rests on, by the names of `_CATEGORY` and of the sentences."""
    if life.died_on and life.died_on <= day:
        return Ground("died", life.died_on)
    left, since = life.left(day), life.in_care_since(day)
    if left and left.reason == TAKEN_OVER:
        return Ground("taken_over", left.end)
    if day < life.sixteen:
        return Ground("under_16", life.born_on)
    if since:
        return Ground("eligible" if life.days_since_14(day) >= WEEKS_13 else "looked_after", since)
    ground = _ground_of_leaving(life, day, left) if left else Ground("not_after_16", life.sixteen)
    return _ground_of_an_adult(life, day, ground) if day >= life.eighteen else ground


def _ground_of_leaving(life: Life, day: date, left: Care) -> Ground:
    """Return the ground of somebody of 16 or over who left care, as if under 18."""
    had_13_weeks = life.days_since_14(day) >= WEEKS_13 and life.after_16(day)
    detained = life.was_detained_at_16(day)
    if left.reason not in TO_A_GUARDIAN and (had_13_weeks or detained):
        if home := life.settled_home(day):
            return Ground("settled_home", home.start)
        return Ground("relevant", left.end) if had_13_weeks else Ground("detained", left.end)
    if life.after_16(day):
        return Ground("to_a_guardian" if had_13_weeks else "short_care", left.end)
    if order := life.guardianship(day):
        return Ground("guardianship", order.start)
    adopted = life.adopted_on(day)
    return Ground("adopted", adopted) if adopted else Ground("not_after_16", life.sixteen)


def _ground_of_an_adult(life: Life, day: date, ground: Ground) -> Ground:
    """Return the ground from 18 on, from the one that somebody under 18 would have."""
    if ground.name in _NEVER:
        return ground
    if day >= life.twenty_five:
        return Ground("aged_25", life.twenty_five)
    in_care_to_18 = life.in_care_since(life.eve_of_18) is not None
    if in_care_to_18 and ground.name in _ENTITLED:
        return Ground("left_at_18", life.eighteen)
    if ground.name in _WAS_RELEVANT:
        return Ground("was_relevant", ground.on)
    if day >= life.twenty_one and (ground.name == "guardianship" or not life.studies(day)):
        return Ground("aged_21", life.twenty_one)
    return ground
