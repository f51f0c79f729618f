"""Family time: what is arranged with whom, how it went, and what may not go on without an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import records
from caseapp.looked_after.shown import Flag, Shown, labelled, span, told
from caseapp.looked_after.timing import given
from db import children as queries
from db.children import child_of
from db.models import FamilyTime, FamilyTimeHeld
from db.store import Session

OUTCOMES: Final = {
    "held": "Held",
    "cancelled_family": "Cancelled by the family",
    "cancelled_child": "The child did not want to go",
    "cancelled_us": "Cancelled by us",
    "not_attended": "The person did not come",
}
_MEANINGS: Final = {"held": "on_track", "not_attended": "warning", "cancelled_us": "warning"}
_MONTHS: Final = 3
_KINDS: Final = dict(lists.TIME_KINDS)


class Share(NamedTuple):
    """How many of the planned times of the last three months were held; `missed` in words, most first."""

    held: int
    planned: int
    missed: str

    def in_words(self) -> str:
        """Return the share as people say it."""
        if not self.planned:
            return "Nothing written down in the last three months"
        share = words.percent(self.held, self.planned)
        said = f"{self.held} of {self.planned} held in the last three months ({share} %)"
        return f"{said}: {self.missed}" if self.missed else said


class Arranged(NamedTuple):
    """An arrangement with the times that were held or not, the newest first."""

    row: Shown
    person: str
    is_over: bool
    is_refused: bool
    share: Share
    times: list[Shown]


class FamilyView(NamedTuple):
    """What is arranged now, what is over, the share over all of it, and what is against the law."""

    now: list[Arranged]
    over: list[Arranged]
    share: Share
    warnings: list[str]


def view(session: Session, child_id: UUID) -> FamilyView:
    """Return the family time of a child whose record is open. Raises NotFound."""
    child_of(session, child_id)
    today = session.today
    rows = queries.of_child(session, FamilyTime, child_id, FamilyTime.from_on)[::-1]
    held = queries.of_child(session, FamilyTimeHeld, child_id, FamilyTimeHeld.happened_on)[::-1]
    arranged = [_arranged(each, held, today) for each in rows]
    return FamilyView(
        [each for each in arranged if not each.is_over],
        [each for each in arranged if each.is_over],
        share_of(held, today),
        [_warning(each) for each in rows if _is_unlawful(each, today)],
    )


def share_of(held: Sequence[FamilyTimeHeld], today: date) -> Share:
    """Return the share of the last three months' times that were held. A time written down was planned."""
    since = today - relativedelta(months=_MONTHS)
    counted = [each.outcome for each in held if since < each.happened_on <= today]
    missed = [
        (counted.count(outcome), label)
        for outcome, label in OUTCOMES.items()
        if outcome != "held" and outcome in counted
    ]
    said = ", ".join(f"{number} {label[:1].lower()}{label[1:]}" for number, label in _most_first(missed))
    return Share(counted.count("held"), len(counted), said)


def _most_first(missed: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(missed, key=lambda each: -each[0])


def _is_unlawful(each: FamilyTime, today: date) -> bool:
    is_over = each.until_on is not None and each.until_on < today
    return not is_over and records.needs_an_order(each, today)


def _warning(each: FamilyTime) -> str:
    return (
        f"Time with {each.person} has been refused since {words.day(each.from_on)}, over seven days, without "
        "an order of the court. Ask for one, or let it go on (Children Act 1989 s34(6))."
    )


def _arranged(each: FamilyTime, held: Sequence[FamilyTimeHeld], today: date) -> Arranged:
    own = [one for one in held if one.family_time_id == each.id]
    is_over = each.until_on is not None and each.until_on < today
    return Arranged(
        _row(each, is_over, today),
        each.person,
        is_over,
        each.kind == "refused",
        share_of(own, today),
        [_time(one) for one in own],
    )


def _row(each: FamilyTime, is_over: bool, today: date) -> Shown:
    who = f"{each.person} ({each.relationship})" if each.relationship else each.person
    return Shown(
        each.id,
        each.version,
        given(new.NewFamilyTime, each),
        who,
        told(
            "; ".join(told(_KINDS[each.kind], each.often, each.place)),
            labelled("Supervised by", each.supervised_by),
            _since(each),
            labelled("Risks", each.risks),
        ),
        () if is_over else _flags(each, today),
    )


def _since(each: FamilyTime) -> str:
    lasts = span(each.from_on, each.until_on)
    if each.kind == "refused":
        return lasts
    return f"{lasts}, by {'order of the court' if each.by_order else 'agreement'}"


def _flags(each: FamilyTime, today: date) -> tuple[Flag, ...]:
    if records.needs_an_order(each, today):
        return (Flag("Refused over seven days, no order", "overdue"),)
    if each.kind == "refused":
        return (Flag("Refused by order" if each.by_order else "Refused for now", "warning"),)
    return (Flag("Order", "info"),) if each.by_order else ()


def _time(each: FamilyTimeHeld) -> Shown:
    return Shown(
        each.id,
        each.version,
        given(new.NewTimeHeld, each),
        words.day(each.happened_on),
        told(f"“{each.child_view}”" if each.child_view else "", each.words),
        (Flag(OUTCOMES[each.outcome], _MEANINGS.get(each.outcome, "neutral")),),
    )
