"""The visits to a looked-after child as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import codes, dates, holidays
from caseapp.calendars import Calendar
from caseapp.clocks import Running
from caseapp.dates import Due
from caseapp.events import (
    CARE_ORDER,
    INTERIM_ORDER,
    SHORT_BREAKS,
    WITH_PARENT,
    care_periods,
    placement_starts,
)
from caseapp.looked_after import visit_rules as rules
from caseapp.looked_after.timing import Timing, met_by, of_care, of_clocks, timing
from caseapp.looked_after.visit_rules import Placed, Regime, Share
from db import children as queries
from db.children import child_of
from db.models import Episode, LacReview, Note, Placement
from db.store import Session

VISIT_CLOCKS: Final = ("L8", "L9", "L10", "L11", "L12", "L25")
_TRIED: Final = ("visit", "attempt")


class VisitRow(NamedTuple):
    """A visit, or an attempt at one: then it `counts` for nothing and has no timing."""

    id: UUID
    on: date
    counts: bool
    title: str
    timing: Timing | None
    seen_alone: bool
    bedroom_seen: bool | None
    told: list[str]
    worries: str
    quote: str


class VisitsView(NamedTuple):
    """The rule in force, what is due, the visits (newest first) and the share in time."""

    known_as: str
    regime: Regime | None
    dues: list[Due]
    rows: list[VisitRow]
    share: Share


def view(session: Session, child_id: UUID) -> VisitsView:
    """Return the visits to a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    found = of_clocks(of_care(session, child), VISIT_CLOCKS)
    notes = [
        each
        for each in queries.of_child(session, Note, child_id, Note.happened_on, Note.id)
        if each.kind in _TRIED
    ]
    met = met_by(found)
    return VisitsView(
        child.known_as or child.given or child.name,
        _regime(session, child_id),
        [each for each in dates.due_of(session, child) if each.clock in VISIT_CLOCKS],
        [_visit(each, met, session.today, holidays.calendar(session)) for each in reversed(notes)],
        rules.share_in_time(found, session.today),
    )


def _visit(note: Note, met: dict[date, Running], today: date, calendar: Calendar) -> VisitRow:
    counts = note.kind == "visit" and note.seen
    due = met.get(note.happened_on) if counts else None
    place = codes.PLACES_SEEN.get(note.where_seen or "", "")
    return VisitRow(
        note.id,
        note.happened_on,
        counts,
        _title(note, counts),
        timing(due.due_on, note.happened_on, today, calendar) if due else None,
        note.seen_alone,
        note.bedroom_seen,
        [part for part in (_how(note, place), _alone(note, counts), note.purpose or "") if part],
        note.worries or "",
        note.quote,
    )


def _title(note: Note, counts: bool) -> str:
    if not counts:
        return "Attempted visit"
    if note.planned is None:
        return "Visit"
    return "Planned visit" if note.planned else "Unannounced visit"


def _how(note: Note, place: str) -> str:
    return ", ".join(part for part in (place, f"with {note.present}" if note.present else "") if part)


def _alone(note: Note, counts: bool) -> str:
    if not counts or note.seen_alone:
        return ""
    return f"Not alone: {note.why_not_alone}" if note.why_not_alone else ""


def _regime(session: Session, child_id: UUID) -> Regime | None:
    """Return the rule in force; nothing for a child who is not looked after now."""
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    periods = care_periods(episodes)
    starts = placement_starts(episodes)
    if not periods or periods[-1][1] is not None or not starts:
        newest = episodes[-1] if episodes else None
        goes_on = newest is not None and newest.ended_on is None and newest.legal_status in SHORT_BREAKS
        return rules.SHORT_BREAKS if goes_on else None
    lived = {each.episode_id: each for each in queries.of_child(session, Placement, child_id)}
    reviewed = any(each.held_on >= periods[-1][0] for each in queries.of_child(session, LacReview, child_id))
    return rules.regime(_placed(starts[-1], episodes, lived.get(starts[-1].id), reviewed), session.today)


def _placed(first: Episode, episodes: Sequence[Episode], lived: Placement | None, reviewed: bool) -> Placed:
    within = [each for each in episodes if each.started_on >= first.started_on]
    with_parent = within if first.placement == WITH_PARENT else []
    orders = [each.started_on for each in with_parent if each.legal_status == CARE_ORDER]
    placed = Placed(
        first.started_on,
        min(orders, default=None),
        any(each.legal_status == INTERIM_ORDER for each in with_parent),
        reviewed=reviewed,
    )
    if lived is None:
        return placed
    return Placed(
        first.started_on,
        placed.care_order_with_parent_on,
        placed.interim_order_with_parent,
        lived.before_assessment,
        lived.temporary_approval,
        lived.other_body,
        lived.to_18_from,
        lived.six_monthly_from,
        reviewed,
    )
