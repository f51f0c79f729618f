"""Which open dates another limit or another calendar would move: what is shown before it is saved.

Worked out from the stored clocks, so that a county's are told in a second or two. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import calendars, clock_counting, clock_limits, clocks, holiday_file, holidays
from caseapp.calendars import Calendar
from caseapp.clock_counting import Counting
from caseapp.clocks import CLOCKS_BY_ID
from caseapp.holidays import BANK, REMOVED
from db import clock_limits as queries
from db.guard import record_look
from db.models import Child, ClockRow
from db.roles import Subject, may
from db.store import Session

PURPOSE: Final = "rebuild"  # of a session that looks ahead: it counts all, and names those within reach
MOST_NAMED: Final = 50


class Move(NamedTuple):
    """An open date that would be another."""

    child_id: UUID
    child: str
    what: str
    from_on: date
    to_on: date


class Preview(NamedTuple):
    """What would move: how many dates of how many children, by clock, and the first of them by name.

    Children out of the reach of whoever asks are counted, never named.
    """

    dates: int
    children: int
    by_clock: tuple[tuple[str, int], ...]
    named: tuple[Move, ...]
    not_named: int


Due = Callable[[ClockRow], date]
Listed = tuple[ClockRow, Child]


def of_limit(session: Session, clock_id: str, limit: str, from_on: date, reason: str) -> Preview:
    """Return what a limit would move. Raises Problem when it could not be set at all."""
    new = clock_limits.checked(session, clock_id, limit, from_on, reason)
    before, calendar = clock_limits.table(session), holidays.calendar(session)
    after = before.with_limit(clock_id, new)

    def due(row: ClockRow) -> date:
        if row.limit != before.in_force(clock_id, row.started_on).limit:
            return row.due_on  # a star's own weeks: the area's limit does not rule it
        return clocks.due_on(after.in_force(clock_id, row.started_on).limit, row.started_on, calendar)

    return _preview(session, queries.open_rows(session, [clock_id]), due)


def of_day(session: Session, day: date, kind: str) -> Preview:
    """Return what a day would move that is added (bank, closure) or taken out (removed)."""
    return _of_days(session, {day: kind})


def of_file(session: Session, path: Path) -> Preview:
    """Return what a file of holidays would move. Raises Problem if it is refused."""
    found = holiday_file.look(session, path)
    days = {day: BANK for day, _ in (*found.coming, *found.confirmed)}
    return _of_days(session, days | {day: REMOVED for day, _ in found.going})


def of_counting(session: Session, chosen: Counting) -> Preview:
    """Return what another way of counting working days would move."""
    return _of_days(session, {}, chosen)


def _of_days(session: Session, days: dict[date, str], chosen: Counting | None = None) -> Preview:
    counting = chosen or clock_counting.read(session)
    own = {row.day: row.kind for row in queries.holidays(session)} | days
    calendar = holidays.in_force(
        calendars.england(), own.items(), closures=counting.closure_days, event_day=counting.event_day
    )
    rows = queries.open_rows(session, in_working_days=True)
    return _preview(session, rows, lambda row: _counted(row, calendar))


def _counted(row: ClockRow, calendar: Calendar) -> date:
    limit = row.limit or CLOCKS_BY_ID[row.kind].limit
    return clocks.due_on(limit, row.started_on, calendar) if limit.startswith("WD+") else row.due_on


def _preview(session: Session, rows: Iterable[Listed], due: Due) -> Preview:
    moved = [(row, child, to_on) for row, child in rows if (to_on := due(row)) != row.due_on]
    names = Counter(CLOCKS_BY_ID[row.kind].name for row, _, _ in moved)
    named = [
        Move(child.id, child.name, row.what or CLOCKS_BY_ID[row.kind].name, row.due_on, to_on)
        for row, child, to_on in moved
        if may(session.actor, "read", Subject(child.team_id, child.worker_id)).allowed
    ][:MOST_NAMED]
    if named:
        ids = sorted({each.child_id.hex for each in named})
        record_look(session, "list", detail={"list": "Dates that a setting moves", "ids": ids})
    return Preview(
        len(moved), len({child.id for _, child, _ in moved}), tuple(names.most_common()), tuple(named),
        len(moved) - len(named),
    )  # fmt: skip
