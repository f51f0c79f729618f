"""What is due for a child: the clocks, worked out anew from the child's events when one changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import calendars, clocks, pep_settings, school_terms
from caseapp.events import CARE_TABLES, CONTINUES, SHORT_BREAKS, TEMPORARY, Held, care_periods, events_of
from db import children as queries
from db import early_help as help_queries
from db import plans as plan_queries
from db.models import (
    Child,
    ClockRow,
    Episode,
    Fact,
    LacReview,
    Measure,
    Note,
    Schooling,
)
from db.moments import utc_now
from db.store import Session

__all__ = [
    "CONTINUES", "SHORT_BREAKS", "TEMPORARY", "Due", "Held", "care_periods", "due", "due_of", "due_row",
    "events_of", "refresh", "refresh_loaded", "running", "session_clocks",
]  # fmt: skip


class Due(NamedTuple):
    """Something due for a child. `state` and `words` say how urgent it is; `why`: where the date is from."""

    child_id: UUID
    child: str
    ref: int
    clock: str
    what: str
    started_on: date
    due_on: date
    working_days: int
    state: str
    words: str
    why: str
    opens: str


def _held(session: Session, child_id: UUID) -> Held:
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    cared = CARE_TABLES if episodes else {}
    rows: dict[str, Any] = {name: queries.of_child(session, table, child_id) for name, table in cared.items()}
    return Held(
        episodes,
        queries.of_child(session, LacReview, child_id),
        queries.of_child(session, Note, child_id),
        plan_queries.facts(session, child_id),
        help_queries.episodes(session, child_id),
        help_queries.consents_of_child(session, child_id),
        queries.of_child(session, Measure, child_id),
        queries.of_child(session, Schooling, child_id),
        **rows,
    )


def refresh(session: Session, child: Child) -> None:
    """Write a child's clocks anew. Called by every use case that changes an event.

    A session that tells a whole life at once says «clocks wait», and refreshes them at its end.
    """
    if session.info.get("clocks_wait"):
        return
    session.flush()
    refresh_loaded(session, child, _held(session, child.id), session_clocks(session, child.id))


def refresh_loaded(session: Session, child: Child, held: Held, stored: list[ClockRow]) -> None:
    """Write a child's clocks anew from rows already at hand: for many children at a time."""
    for row in stored:
        session.delete(row)
    session.add_all(
        ClockRow(
            child_id=child.id,
            kind=each.clock.id,
            what=each.what,
            why=each.why,
            limit=each.limit,
            red_after=each.red_after,
            worker_id=child.worker_id,
            team_id=child.team_id,
            started_on=each.started_on,
            due_on=each.due_on,
            met_on=each.met_on,
        )
        for each in _running(session, child, held)
        if not each.ended_on
    )


def running(session: Session, child: Child) -> list[clocks.Running]:
    """Return a child's clocks as the events of the record make them."""
    return _running(session, child, _held(session, child.id))


def _running(session: Session, child: Child, held: Held) -> list[clocks.Running]:
    if child.closed_on:
        return []
    area = school_terms.area(session)
    weeks = _star_weeks(session, held.facts)
    local = clocks.Local(area.term_of, area.term_after, pep_settings.read(session).from_age, weeks)
    events, england = events_of(child, held), calendars.england()
    found = clocks.running_clocks(events, child.born_on, england, session.today, local)
    return [each for each in found if not _is_unknown(child, each)]


def _star_weeks(session: Session, facts: Sequence[Fact]) -> int:
    """Return the weeks between readings that the newest star's definition gives, nought if it gives none."""
    read = [each for each in facts if each.is_event and each.field == "star_reading" and each.day]
    newest = max(read, key=lambda each: (each.day, each.id), default=None)
    kept = plan_queries.form_copy_of(session, newest.revision_id) if newest else None
    return int(kept.definition.get("review_weeks", 0)) if kept else 0


def _is_unknown(child: Child, each: clocks.Running) -> bool:
    """Return whether a clock ran out before an imported record came: no return says if it was met."""
    came_on = (child.created_at or utc_now()).date()
    return bool(child.source_ref) and each.is_open and each.due_on < came_on


def session_clocks(session: Session, child_id: UUID) -> list[ClockRow]:
    """Return a child's stored clocks, the earliest due first."""
    from db.today import clocks_of

    return clocks_of(session, child_id)


def due_of(session: Session, child: Child) -> list[Due]:
    """Return what is due for one child, the earliest first, each with its reason."""
    open_ones = [each for each in running(session, child) if each.is_open]
    return [due(child, each, session.today) for each in sorted(open_ones, key=lambda each: each.due_on)]


def due(child: Child, each: clocks.Running, today: date) -> Due:
    """Return a running clock as people read it."""
    calendar = calendars.england()
    state = clocks.state_of(each, today, calendar)
    return Due(
        child.id, child.name, child.ref, each.clock.id, each.what or each.clock.name, each.started_on,
        each.due_on, state.working_days, state.kind, state.words, clocks.explain(each, calendar),
        each.clock.opens,
    )  # fmt: skip


def due_row(child_name: str, ref: int, row: ClockRow, today: date) -> Due:
    """Return a stored clock as people read it, for lists of many children."""
    clock = clocks.CLOCKS_BY_ID[row.kind]
    calendar = calendars.england()
    running_row = clocks.Running(
        clock, row.started_on, row.due_on, row.met_on, row.why, row.what, row.limit, red_after=row.red_after
    )
    state = clocks.state_of(running_row, today, calendar)
    return Due(
        row.child_id, child_name, ref, row.kind, row.what or clock.name, row.started_on, row.due_on,
        state.working_days, state.kind, state.words, clocks.explain(running_row, calendar), clock.opens,
    )  # fmt: skip
