"""Which open dates another limit or another calendar would move: what is shown before it is saved.

Worked out from the stored clocks, so that a county's are told in a second or two. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import clock_counting, clock_limits, clocks, holiday_file, holidays, words
from caseapp.clock_counting import Counting, CutOff
from caseapp.clocks import CLOCKS_BY_ID
from caseapp.front_door.rules import RATING_CLOCKS, urgent_by
from caseapp.holidays import BANK, REMOVED
from db import clock_limits as queries
from db.looks import record_look
from db.models import Assessment, Child, ClockRow
from db.reach import child_subject
from db.roles import may
from db.store import Session

PURPOSE: Final = "rebuild"  # of a session that looks ahead: it counts all, and names those within reach
MOST_NAMED: Final = 50
_RATINGS: Final = {clock_id: rating for rating, clock_id in RATING_CLOCKS.items()}
_RECEIVED: Final = {"F1": "contact", "F2": "referral", "F3": "referral"}
"""The clocks that run from the moment at which something came in, with the table that it stands in."""
_CASES, _HEALTH, _ASSESSMENT = "O2", "L14", "A1"


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


Due = Callable[[ClockRow, Child], date]
Listed = tuple[ClockRow, Child]


class _Moved(NamedTuple):
    child: Child
    kind: str
    what: str
    from_on: date
    to_on: date


def of_limit(session: Session, clock_id: str, limit: str, from_on: date, reason: str) -> Preview:
    """Return what a limit would move. Raises Problem when it could not be set at all."""
    new = clock_limits.checked(session, clock_id, limit, from_on, reason)
    before, calendar = clock_limits.table(session), holidays.calendar(session)
    after = before.with_limit(clock_id, new)
    if clock_id in _RATINGS:
        return _of_rating(session, clock_id, before, after)

    def due(row: ClockRow, child: Child) -> date:
        start = row.started_on
        if clock_id == _CASES:
            own = after.limit_of(clock_id, start)
            return clocks.due_on(clocks.case_limit(child.status, own, start, calendar), start, calendar)
        if row.limit != before.in_force(clock_id, start).limit:
            return row.due_on  # a star's own weeks: the area's limit does not rule it
        return clocks.due_on(after.in_force(clock_id, start).limit, start, calendar)

    return _preview(session, queries.open_rows(session, [clock_id]), due)


def _of_rating(
    session: Session, clock_id: str, before: clock_limits.Table, after: clock_limits.Table
) -> Preview:
    """Return which contacts of a rating would have another day: they are no clock of their own."""
    calendar, what = holidays.calendar(session), CLOCKS_BY_ID[clock_id].name
    moved = []
    for contact, child in queries.open_contacts(session, _RATINGS[clock_id]):
        at = contact.received_at.astimezone(words.LONDON)
        was, now = (
            urgent_by(limits.in_force(clock_id, at.date()).limit, at, calendar) for limits in (before, after)
        )
        if was and now and was.date() != now.date():
            moved.append(_Moved(child, clock_id, what, was.date(), now.date()))
    return _told(session, moved)


def of_day(session: Session, day: date, kind: str) -> Preview:
    """Return what a day would move that is added (bank, closure) or taken out (removed)."""
    return _of_days(session, {day: kind})


def of_file(session: Session, path: Path) -> Preview:
    """Return what a file of holidays would move. Raises Problem if it is refused."""
    found = holiday_file.look(session, path)
    days = {day: BANK for day, _ in (*found.coming, *found.confirmed)}
    return _of_days(session, days | {day: REMOVED for day, _ in found.going})


def of_counting(session: Session, chosen: Counting) -> Preview:
    """Return what another way of counting would move. Raises Problem when it could not be settled at all."""
    clock_counting.check(session, chosen)
    return _of_days(session, {}, chosen)


def _of_days(session: Session, days: dict[date, str], chosen: Counting | None = None) -> Preview:
    now = clock_counting.read(session)
    counting = chosen or now
    own = {row.day: row.kind for row in queries.holidays(session)} | days
    calendar = holidays.counted_so(own.items(), counting)
    starts = _starts(session, now.cut_off, counting.cut_off) | _assessed(session, now, counting)

    def due(row: ClockRow, child: Child) -> date:
        start = starts.get((row.kind, row.child_id, row.started_on), row.started_on)
        limit = row.limit or CLOCKS_BY_ID[row.kind].limit
        if row.kind == _HEALTH:
            is_cautious = counting.cautious_from is not None and counting.cautious_from <= start
            limit = clocks.health_review_limit(child.born_on, start, is_cautious)
        if row.kind == _HEALTH or start != row.started_on or limit.startswith("WD+"):
            return clocks.due_on(limit, start, calendar)
        return row.due_on

    return _preview(session, _concerned(session, now, counting), due)


def _concerned(session: Session, now: Counting, chosen: Counting) -> list[Listed]:
    """Return the open rows that another way of counting may move, the earliest due first."""
    found = queries.open_rows(session, in_working_days=True)
    others = [_HEALTH] if now.cautious_from != chosen.cautious_from else []
    others += _RECEIVED if now.cut_off != chosen.cut_off else []
    known = {row.id for row, _ in found}
    more = queries.open_rows(session, others) if others else []
    return sorted(
        [*found, *(each for each in more if each[0].id not in known)], key=lambda each: each[0].due_on
    )


def _starts(
    session: Session, now: CutOff | None, chosen: CutOff | None
) -> dict[tuple[str, UUID, date], date]:
    """Return by clock, child and day of receipt the day that it would be with another cut-off."""
    if now == chosen:
        return {}
    children = {row.child_id for row, _ in queries.open_rows(session, list(_RECEIVED))}
    received = queries.received(session, children)
    return {
        (clock_id, child_id, _received_on(at, now)): _received_on(at, chosen)
        for clock_id, table in _RECEIVED.items()
        for child_id, at in received[table]
    }


def _assessed(session: Session, now: Counting, chosen: Counting) -> dict[tuple[str, UUID, date], date]:
    """Return by child and start of its clock the day from which an assessment would count."""
    if now.own_start_from == chosen.own_start_from:
        return {}
    return {
        (_ASSESSMENT, row.child_id, _counted_from(row, now)): _counted_from(row, chosen)
        for row in queries.open_assessments(session)
    }


def _counted_from(row: Assessment, counting: Counting) -> date:
    return clocks.counted_from(row.referred_on, row.started_on, counting.own_start_from)


def _received_on(at: datetime, cut_off: CutOff | None) -> date:
    return cut_off.day_of(at) if cut_off else words.london_day(at)


def _preview(session: Session, rows: Iterable[Listed], due: Due) -> Preview:
    return _told(
        session,
        [
            _Moved(child, row.kind, row.what or CLOCKS_BY_ID[row.kind].name, row.due_on, to_on)
            for row, child in rows
            if (to_on := due(row, child)) != row.due_on
        ],
    )


def _told(session: Session, moved: Sequence[_Moved]) -> Preview:
    names = Counter(CLOCKS_BY_ID[each.kind].name for each in moved)
    named = [
        Move(each.child.id, each.child.name, each.what, each.from_on, each.to_on)
        for each in moved
        if may(session.actor, "read", child_subject(session, each.child)).allowed
    ][:MOST_NAMED]
    if named:
        ids = sorted({each.child_id.hex for each in named})
        record_look(session, "list", detail={"list": "Dates that a setting moves", "ids": ids})
    return Preview(
        len(moved), len({each.child.id for each in moved}), tuple(names.most_common()), tuple(named),
        len(moved) - len(named),
    )  # fmt: skip
