"""The calendar in force: the holidays that came with the program, and this area's own days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from caseapp import calendars, clock_counting, words
from caseapp.calendars import SATURDAY, Calendar
from caseapp.clock_counting import CALENDAR_KEPT, Counting
from caseapp.lines import line
from caseapp.pep_settings import CLOCKS_ON, PURPOSE
from db import clock_limits as queries
from db import settings
from db.models import Holiday
from db.problems import Problem
from db.roles import authorise
from db.store import Session

BANK, CLOSURE, REMOVED = "bank", "closure", "removed"
WHOLE_YEAR: Final = 8  # bank holidays that every year has at least: so many, and a list says all of a year
FIRST_YEAR, LAST_YEAR = 2012, 2100


class HolidayRow(NamedTuple):
    """A day as the table of settings shows it. `kind`: bank, closure or removed; `is_own`: set by this area.

    `is_sure`: published, or set here; else it was worked out by rule.
    """

    day: date
    name: str
    kind: str
    is_own: bool
    is_sure: bool


def calendar(session: Session) -> Calendar:
    """Return the calendar that every due date is counted with; read once a session."""
    if CALENDAR_KEPT not in session.info:
        counting = clock_counting.read(session)
        own = [(row.day, row.kind) for row in queries.holidays(session)]
        session.info[CALENDAR_KEPT] = counted_so(own, counting)
    kept: Calendar = session.info[CALENDAR_KEPT]
    return kept


def counted_so(own: Iterable[tuple[date, str]], counting: Counting) -> Calendar:
    """Return the calendar as an area settles how to count, with its own days, each given with its kind."""
    made = in_force(calendars.england(), own, closures=counting.closure_days, event_day=counting.event_day)
    return replace(made, soon_working_days=counting.soon_days, soon_percent=counting.soon_percent)


def in_force(
    shipped: Calendar, own: Iterable[tuple[date, str]], *, closures: bool = False, event_day: bool = False
) -> Calendar:
    """Return the shipped calendar with an area's own days, each given with its kind."""
    by_kind: dict[str, set[date]] = {BANK: set(), CLOSURE: set(), REMOVED: set()}
    for day, kind in own:
        by_kind[kind].add(day)
    out = by_kind[REMOVED] | by_kind[CLOSURE]
    closed = by_kind[CLOSURE] if closures else set()
    published_to = _sure_to(shipped.published_to, by_kind[BANK])
    return replace(
        shipped,
        holidays=frozenset(shipped.holidays - out | by_kind[BANK] | closed),
        published_to=published_to,
        known_to=max(published_to, _sure_to(shipped.known_to, by_kind[BANK])),
        about=_about(by_kind[BANK] - shipped.holidays, out & shipped.holidays, closed),
        event_day_counts=event_day,
    )


def _sure_to(until: date, own: set[date]) -> date:
    """Return the end of the last year that is sure: each further one needs all its holidays."""
    year = until.year + 1
    while sum(day.year == year for day in own) >= WHOLE_YEAR:
        year += 1
    return date(year - 1, 12, 31)


def _about(added: set[date], removed: set[date], closed: set[date]) -> str:
    changed = [
        words.count(len(added), "day") + " added here" if added else "",
        words.count(len(removed), "day") + " taken out here" if removed else "",
        words.count(len(closed), "closure day") + " counted" if closed else "",
    ]
    return ", ".join(["England’s bank holidays", *(each for each in changed if each)])


def table(session: Session) -> list[HolidayRow]:
    """Return every holiday from last year on, and this area's own whenever they are, in order."""
    shipped, names = calendars.england(), calendars.england_names()
    sure_to = calendar(session).published_to
    own = {row.day: row for row in queries.holidays(session)}
    found = [
        HolidayRow(day, name, BANK, is_own=False, is_sure=day <= sure_to)
        for day, name in names.items()
        if day.year >= session.today.year - 1 and day not in own
    ]
    for row in own.values():
        if row.kind != REMOVED or row.day in shipped.holidays:  # one that was added and taken back is gone
            is_shipped = row.kind == BANK and row.day in shipped.holidays
            found.append(HolidayRow(row.day, row.name, row.kind, not is_shipped, is_sure=True))
    return sorted(found)


def add(session: Session, day: date, name: str, kind: str) -> None:
    """Add a bank holiday, or a day on which this area is closed.

    For administrators, in a session for «settings». Raises Problem for a weekend, a year that cannot be
    right, no name, or a day that is there already.
    """
    authorise(session.actor, PURPOSE)
    called = line(name, "A name")
    problem = trouble_with(day, called)
    if kind not in (BANK, CLOSURE):
        problem = "Say whether it is a bank holiday or a closure day."
    known = {row.day for row in table(session) if row.kind != REMOVED} | calendar(session).holidays
    if problem is None and day in known:
        problem = f"{words.day(day)} is in the table already."
    if problem:
        raise Problem(f"{problem} Nothing was changed.")
    put(session, {day: (called, kind)})


def take_out(session: Session, day: date) -> None:
    """Let a day be an ordinary day, which can be put back. For administrators, as `add`."""
    authorise(session.actor, PURPOSE)
    found = next((row for row in table(session) if row.day == day and row.kind != REMOVED), None)
    if found is None:
        raise Problem(f"{words.day(day)} is no holiday here. Nothing was changed.")
    put(session, {day: (found.name, REMOVED)})


def put_back(session: Session, day: date) -> None:
    """Let a day that was taken out be a bank holiday again. For administrators, as `add`."""
    authorise(session.actor, PURPOSE)
    found = next((row for row in table(session) if row.day == day and row.kind == REMOVED), None)
    if found is None:
        raise Problem(f"{words.day(day)} was not taken out. Nothing was changed.")
    put(session, {day: (found.name, BANK)})


def trouble_with(day: date, name: str) -> str | None:
    """Return a sentence when a day cannot be a holiday of the table, or None."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{words.day(day)} cannot be right: give a year from {FIRST_YEAR} to {LAST_YEAR}."
    if day.weekday() >= SATURDAY:
        return f"{words.day(day)} is a {words.WEEKDAYS[day.weekday()]}: give the weekday that stands for it."
    return None if name else f"Say what {words.day(day)} is called."


def put(session: Session, days: Mapping[date, tuple[str, str]]) -> None:
    """Write days with their names and kinds. The caller has asked whether it may; open dates follow.

    A day keeps its row for good: one that is taken out says so, so that it can be added again.
    """
    stored = {row.day: row for row in queries.holidays(session)}
    for day, (name, kind) in days.items():
        if row := stored.get(day):
            row.name, row.kind = name, kind
        else:
            session.add(Holiday(day=day, name=name, kind=kind))
    session.flush()
    session.info.pop(CALENDAR_KEPT, None)
    settings.put(session, CLOCKS_ON, "")
