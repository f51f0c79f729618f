"""What is due for a child: the clocks, worked out anew from the child's events when one changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import (
    calendars,
    clock_counting,
    clock_limits,
    clocks,
    holidays,
    pep_settings,
    school_terms,
    words,
)
from caseapp.calendars import Calendar
from caseapp.events import (
    CARE_TABLES,
    CASE_TABLES,
    CONTINUES,
    FRONT_CLOCKS,
    FRONT_TABLES,
    SHORT_BREAKS,
    TEMPORARY,
    Held,
    care_periods,
    events_of,
)
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
    "CONTINUES", "SHIPPED", "SHORT_BREAKS", "TEMPORARY", "Due", "Held", "Rules", "care_periods",
    "clock_values", "due_of", "due_row", "events_of", "local_rules", "refresh", "refresh_loaded", "rules",
    "running", "session_clocks", "settled",
]  # fmt: skip


class Due(NamedTuple):
    """Something due for a child. `state` and `words` say how urgent it is; `why`: where the date is from.

    `reasons` takes the same apart for «why this date»: start, rule, calendar, source, limit, what is left.
    """

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
    reasons: clocks.Why


class Rules(NamedTuple):
    """What dates are counted by: the calendar in force, and the limits that this area set."""

    calendar: Calendar
    limits: clock_limits.Table


SHIPPED = Rules(calendars.england(), clock_limits.Table({}))
"""What came with the program, where nothing is set."""


_BY_STATUS = frozenset({"O2"})  # their limit changes with the status of the child, what is done does not


def rules(session: Session) -> Rules:
    """Return what the dates of this store are counted by; read once a session."""
    return Rules(holidays.calendar(session), clock_limits.table(session))


def _held(session: Session, child_id: UUID) -> Held:
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    asked = {**FRONT_TABLES, **CASE_TABLES, **(CARE_TABLES if episodes else {})}
    rows: dict[str, Any] = {name: queries.of_child(session, table, child_id) for name, table in asked.items()}
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
    """Write a child's clocks anew from rows already at hand."""
    for row in stored:
        session.delete(row)
    session.add_all(ClockRow(**each) for each in clock_values(session, child, held, stored))


def clock_values(
    session: Session, child: Child, held: Held, stored: Sequence[ClockRow]
) -> Iterator[dict[str, Any]]:
    """Yield what the rows of a child's clocks hold, worked out anew from rows already at hand."""
    for each in _settled(_running(session, child, held), stored, clock_limits.table(session)):
        if not each.ended_on:
            yield {
                "child_id": child.id,
                "kind": each.clock.id,
                "what": each.what,
                "why": each.why,
                "limit": each.limit,
                "red_after": each.red_after,
                "worker_id": child.worker_id,
                "team_id": child.team_id,
                "started_on": each.started_on,
                "due_on": each.due_on,
                "met_on": each.met_on,
            }


def _settled(
    found: list[clocks.Running], stored: Sequence[ClockRow], limits: clock_limits.Table
) -> list[clocks.Running]:
    """Return the clocks, those that were done before with the date that they were due on.

    Another limit or another holiday moves only what is open (R16); a record put right moves both.
    """
    done = {(row.kind, row.what, row.started_on): row for row in stored if row.met_on}
    if not done:
        return found

    def row_of(each: clocks.Running) -> ClockRow | None:
        days = [day for day in (each.started_on, each.or_from) if day]
        return next((row for day in days if (row := done.get((each.clock.id, each.what, day)))), None)

    return [_as_stored(each, row_of(each), limits) for each in found]


def _as_stored(each: clocks.Running, row: ClockRow | None, limits: clock_limits.Table) -> clocks.Running:
    if row is None or each.met_on is None:
        return each
    in_force = limits.in_force(each.clock.id, each.started_on).limit
    is_set = each.clock.local and (each.limit == in_force or each.clock.id in _BY_STATUS)
    if not is_set and each.limit != row.limit:
        return each
    return each._replace(started_on=row.started_on, due_on=row.due_on, limit=row.limit, why=row.why)


def running(session: Session, child: Child) -> list[clocks.Running]:
    """Return a child's clocks as the events of the record make them."""
    return settled(session, child, _running(session, child, _held(session, child.id)))


def settled(session: Session, child: Child, found: list[clocks.Running]) -> list[clocks.Running]:
    """Return a child's clocks, those that are stored as done with the date that they were due on."""
    return _settled(found, session_clocks(session, child.id), clock_limits.table(session))


def _running(session: Session, child: Child, held: Held) -> list[clocks.Running]:
    if child.closed_on and not (held.contacts or held.referrals or held.assessments):
        return []
    local = local_rules(session, child, _star_weeks(session, held.facts))
    events = events_of(child, held, clock_counting.read(session).cut_off)
    calendar = holidays.calendar(session)
    found = clocks.running_clocks(events, child.born_on, calendar, session.today, local)
    if child.closed_on:  # a contact about a closed case is still to be decided
        found = [each for each in found if each.clock.id in FRONT_CLOCKS]
    # No return says whether what ran out before the imported record came was met.
    came_on = words.london_day(child.created_at or utc_now()) if child.source_ref else date.min
    return [each for each in found if not (each.is_open and each.due_on < came_on)]


def local_rules(session: Session, child: Child, star_weeks: int = 0) -> clocks.Local:
    """Return what differs by area for a child's clocks, with the weeks that its star gives."""
    area, counting = school_terms.area(session), clock_counting.read(session)
    return clocks.Local(
        area.term_of, area.term_after, pep_settings.read(session).from_age, star_weeks,
        clock_limits.table(session).limit_of, counting.cautious_from, child.status, counting.supervised_from,
        counting.own_start_from,
    )  # fmt: skip


def _star_weeks(session: Session, facts: Sequence[Fact]) -> int:
    """Return the weeks between readings that the newest star's definition gives, nought if it gives none."""
    read = [each for each in facts if each.is_event and each.field == "star_reading" and each.day]
    newest = max(read, key=lambda each: (each.day, each.id), default=None)
    kept = plan_queries.form_copy_of(session, newest.revision_id) if newest else None
    return int(kept.definition.get("review_weeks", 0)) if kept else 0


def session_clocks(session: Session, child_id: UUID) -> list[ClockRow]:
    """Return a child's stored clocks, the earliest due first."""
    from db.today import clocks_of

    return clocks_of(session, child_id)


def due_of(session: Session, child: Child) -> list[Due]:
    """Return what is due for one child, the earliest first, each with its reason."""
    found = _running(session, child, _held(session, child.id))
    open_ones = sorted((each for each in found if each.is_open), key=lambda each: each.due_on)
    counted_by = rules(session)
    return [_due((child.id, child.name, child.ref), each, session.today, counted_by) for each in open_ones]


def due_row(child_name: str, ref: int, row: ClockRow, today: date, counted_by: Rules = SHIPPED) -> Due:
    """Return a stored clock as people read it, for lists of many children."""
    clock = clocks.CLOCKS_BY_ID[row.kind]
    running_row = clocks.Running(
        clock, row.started_on, row.due_on, row.met_on, row.why, row.what, row.limit, red_after=row.red_after
    )
    return _due((row.child_id, child_name, ref), running_row, today, counted_by)


def _due(child: tuple[UUID, str, int], each: clocks.Running, today: date, counted_by: Rules) -> Due:
    calendar, limits = counted_by
    state = clocks.state_of(each, today, calendar)
    own = limits.in_force(each.clock.id, each.started_on)
    reasons = clocks.story_of(each, today, calendar, own.words if own.limit == each.limit else "")
    return Due(
        *child, each.clock.id, each.what or each.clock.name, each.started_on, each.due_on,
        state.working_days, state.kind, state.words, clocks.explain(each, calendar), each.clock.opens,
        reasons,
    )  # fmt: skip
