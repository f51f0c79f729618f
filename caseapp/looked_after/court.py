"""Court cases about a child and the steps before one, with their hearings, as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import holidays, words
from caseapp.calendars import Calendar
from caseapp.looked_after import court_rules as rules
from caseapp.looked_after import new_rows as new
from caseapp.looked_after.court_rules import Standing
from caseapp.looked_after.shown import Flag, Shown, labelled, told
from caseapp.looked_after.timing import given
from db import children as queries
from db.models import Hearing, Proceedings
from db.store import Session

KINDS: Final = {
    "pre": "Pre-proceedings",
    "care": "Care proceedings",
    "supervision": "Supervision proceedings",
    "placement_order": "Placement order application",
    "adoption": "Adoption application",
    "discharge": "Application to discharge an order",
    "other": "Other case",
}
HEARINGS: Final = {
    "first": "First hearing",
    "case_management": "Case management hearing",
    "issues_resolution": "Issues resolution hearing",
    "final": "Final hearing",
    "other": "Other hearing",
}
_MEANINGS: Final = {"green": "on_track", "amber": "due_soon", "red": "overdue"}


class CaseRow(NamedTuple):
    """A case with its hearings: the next one first, then those held, the newest first."""

    row: Shown
    standing: Standing
    is_open: bool
    hearings: list[Shown]


def cases(session: Session, child_id: UUID) -> list[CaseRow]:
    """Return a child's cases, the newest first: those that run before others, of these with a limit first."""
    rows = queries.of_child(session, Proceedings, child_id, Proceedings.began_on)[::-1]
    heard = queries.of_child(session, Hearing, child_id, Hearing.held_on)
    calendar = holidays.calendar(session)
    found = [
        _case(each, [one for one in heard if one.proceedings_id == each.id], session.today, calendar)
        for each in rows
    ]
    return sorted(found, key=lambda each: (not each.is_open, each.is_open and not each.standing.colour))


def _case(each: Proceedings, heard: Sequence[Hearing], today: date, calendar: Calendar) -> CaseRow:
    stands = rules.standing(each.kind, each.began_on, min(each.ended_on or today, today), calendar)
    row = Shown(
        each.id,
        each.version,
        given(new.NewProceedings, each),
        KINDS[each.kind],
        told(_named(each), _time(each, stands), _extension(each), *_ended(each)),
        _flags(each, stands, today),
    )
    return CaseRow(row, stands, each.ended_on is None, _hearings(heard, today))


def _named(each: Proceedings) -> str:
    parts = [
        each.court,
        f"case {each.number}" if each.number else "",
        f"children’s guardian {each.guardian}" if each.guardian else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}"


def _time(each: Proceedings, stands: Standing) -> str:
    began = "Letter sent" if each.kind == "pre" else "Issued"
    said = f"{began} on {words.day(each.began_on)}"
    limit = rules.LIMITS.get(each.kind)
    if limit is None or stands.due_on is None or each.ended_on:
        return said
    said += f"; {limit.weeks} weeks end on {words.day(stands.due_on)} ({limit.basis})"
    is_other = stands.plan_by is not None and stands.plan_by != stands.due_on
    return f"{said}, plan by {words.day(stands.plan_by)}" if is_other and stands.plan_by else said


def _extension(each: Proceedings) -> str:
    if each.extended_to is None:
        return ""
    return f"Extended to {words.day(each.extended_to)}, because {each.extended_because}"


def _ended(each: Proceedings) -> tuple[str, ...]:
    ended = f"Ended on {words.day(each.ended_on)}" if each.ended_on else ""
    return told(ended, labelled("Order", each.order_made), labelled("Outcome", each.outcome))


def _flags(each: Proceedings, stands: Standing, today: date) -> tuple[Flag, ...]:
    lasted = f"{stands.in_words()}{' in all' if each.ended_on else ''}"
    colour = f", {stands.colour}" if stands.colour else ""
    flags = [Flag(f"{lasted[:1].upper()}{lasted[1:]}{colour}", _MEANINGS.get(stands.colour, "neutral"))]
    if not each.ended_on and rules.is_past_extension(each.extended_to, today):
        flags.append(Flag("The extended time is over", "overdue"))
    return tuple(flags)


def _hearings(heard: Sequence[Hearing], today: date) -> list[Shown]:
    to_come = [each for each in heard if each.held_on >= today]
    over = [each for each in heard if each.held_on < today]
    return [_hearing(each, today, each is to_come[0]) for each in to_come] + [
        _hearing(each, today, is_next=False) for each in over[::-1]
    ]


def _hearing(each: Hearing, today: date, is_next: bool) -> Shown:
    no_words = "" if each.held_on >= today else "No directions written down yet"
    return Shown(
        each.id,
        each.version,
        given(new.NewHearing, each),
        f"{HEARINGS[each.kind]}, {words.day(each.held_on)}",
        told(each.directions or no_words),
        (Flag("Next hearing", "info"),) if is_next else (),
    )
