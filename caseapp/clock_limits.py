"""An area's own limits for the clocks that are local practice, each from a day on and with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from caseapp import clocks, words
from caseapp.clocks import CLOCKS, CLOCKS_BY_ID, Clock
from caseapp.lines import line
from caseapp.pep_settings import CLOCKS_ON, PURPOSE
from db import clock_limits as queries
from db import settings
from db.models import ClockLimit
from db.problems import Problem
from db.roles import authorise
from db.store import Session

# The shortest and the longest limit that somebody uses or could sensibly use. W9 is shown at six and at three
# months whatever an area likes, and O4 and A11 are counts of audits and alerts, so they are not among them.
RANGES: Final[Mapping[str, tuple[str, str]]] = {
    "F1": ("H+1", "WD+5"), "F11": ("H+1", "H+24"), "F12": ("H+1", "WD+3"), "F13": ("H+1", "WD+5"),
    "F3": ("WD+1", "WD+10"), "F4": ("WD+10", "WD+45"), "F5": ("CD+7", "CD+84"),
    "F6": ("CD+14", "CD+84"), "F7": ("CD+7", "CD+56"), "F8": ("M+1", "M+12"), "A2": ("WD+5", "WD+30"),
    "A3": ("WD+1", "WD+10"), "A4": ("H+1", "WD+5"), "A10": ("WD+5", "WD+20"), "A12": ("WD+5", "WD+30"),
    "A13": ("CD+7", "CD+56"), "A14": ("M+1", "M+6"), "L22": ("CD+28", "CD+182"), "P6": ("WD+5", "WD+30"),
    "W2": ("WD+5", "WD+45"), "W7": ("CD+14", "CD+91"), "O1": ("CD+7", "CD+56"), "O2": ("CD+7", "CD+91"),
    "O3": ("WD+1", "WD+20"), "O5": ("WD+1", "WD+60"), "O6": ("M+1", "M+12"), "O7": ("WD+1", "WD+10"),
}  # fmt: skip
UNITS: Final = (("WD", "working days"), ("CD", "days"), ("M", "months"), ("H", "hours"))
YEARS_BACK: Final = 1
_DAYS: Final = {"WD": 7 / 5, "CD": 1.0, "M": 365.25 / 12, "H": 1 / 24}
_LIMIT: Final = re.compile(r"(WD|CD|H|M)\+([1-9]\d{0,3})")
_KEPT: Final = "clock_limits"


class InForce(NamedTuple):
    """The limit of a clock on a day. `from_on` is None while it is the one that came with the program."""

    limit: str
    from_on: date | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """Return where the limit comes from: local since when and why, or nothing if none was set."""
        if self.from_on is None:
            return ""
        return f"Local: set by this area for what starts from {words.day(self.from_on)} on. {self.reason}"


class LimitRow(NamedTuple):
    """A local clock as the table of settings shows it. `set`: what this area set, the newest first."""

    clock: Clock
    now: InForce
    set: tuple[InForce, ...]
    shortest: str
    longest: str


class Table(NamedTuple):
    """Every limit that this area set: by clock, oldest first."""

    by_clock: Mapping[str, Sequence[InForce]]

    def in_force(self, clock_id: str, start: date) -> InForce:
        """Return the limit for what starts on a day."""
        own = [each for each in self.by_clock.get(clock_id, ()) if each.from_on and each.from_on <= start]
        return own[-1] if own else InForce(CLOCKS_BY_ID[clock_id].limit)

    def limit_of(self, clock_id: str, start: date) -> str:
        """Return the area's own limit for what starts on a day, or nothing: for `clocks.Local`."""
        found = self.in_force(clock_id, start)
        return found.limit if found.from_on else ""

    def with_limit(self, clock_id: str, new: InForce) -> Table:
        """Return what the limits would be with one more, or one from the same day changed."""
        others = [each for each in self.by_clock.get(clock_id, ()) if each.from_on != new.from_on]
        ordered = sorted([*others, new], key=lambda each: each.from_on or date.min)
        return Table({**self.by_clock, clock_id: ordered})


def table(session: Session) -> Table:
    """Return every limit that this area set; read once a session."""
    if _KEPT not in session.info:
        by_clock: dict[str, list[InForce]] = {}
        for row in queries.limits(session):
            by_clock.setdefault(row.clock_id, []).append(InForce(row.limit, row.from_on, row.reason))
        session.info[_KEPT] = Table(by_clock)
    kept: Table = session.info[_KEPT]
    return kept


def in_force(session: Session, clock_id: str, start: date) -> InForce:
    """Return the limit of a clock for what starts on a day: the area's own, else the shipped one."""
    return table(session).in_force(clock_id, start)


def rows(session: Session) -> list[LimitRow]:
    """Return every clock whose limit an area may set, with what holds today and what was set."""
    found = table(session)
    return [
        LimitRow(
            each,
            found.in_force(each.id, session.today),
            tuple(reversed(found.by_clock.get(each.id, ()))),
            *RANGES[each.id],
        )
        for each in CLOCKS
        if each.id in RANGES
    ]


def set_limit(session: Session, clock_id: str, limit: str, from_on: date, reason: str) -> None:
    """Set the limit for what starts from a day on. For administrators, in a session for «settings».

    One from the same day is replaced. Raises Problem when the clock is not local, the limit is no sensible
    one, the day is too far off or there is no reason. What is done keeps the date that it was due on.
    """
    authorise(session.actor, PURPOSE)
    new = checked(session, clock_id, limit, from_on, reason)
    found = next(
        (row for row in queries.limits(session) if (row.clock_id, row.from_on) == (clock_id, from_on)), None
    )
    if found:
        found.limit, found.reason = new.limit, new.reason
    else:
        row = ClockLimit(clock_id=clock_id, limit=new.limit, from_on=from_on, reason=new.reason)
        session.add(row)
    session.flush()
    session.info.pop(_KEPT, None)
    settings.put(session, CLOCKS_ON, "")


def checked(session: Session, clock_id: str, limit: str, from_on: date, reason: str) -> InForce:
    """Return a limit as it would be set. Raises Problem with a sentence when it cannot be."""
    clock = CLOCKS_BY_ID.get(clock_id)
    if clock is None or clock_id not in RANGES:
        name = f"“{clock.name}”" if clock else f"“{clock_id}”"
        raise Problem(f"{name} is not for an area to set. Nothing was changed.")
    _check_length(clock, limit)
    _check_day(session, from_on)
    because = line(reason, "A reason")
    if not because:
        raise Problem("Say why, and who agreed it: others will ask. Nothing was changed.")
    if clock.limit == limit and not table(session).by_clock.get(clock_id):
        raise Problem(f"It is {clocks.limit_words(limit)} already. Nothing was changed.")
    return InForce(limit, from_on, because)


def _check_length(clock: Clock, limit: str) -> None:
    if not _LIMIT.fullmatch(limit):
        raise Problem("Give a number of working days, days, months or hours. Nothing was changed.")
    shortest, longest = RANGES[clock.id]
    if not _length(shortest) <= _length(limit) <= _length(longest):
        between = f"{clocks.limit_words(shortest)} and {clocks.limit_words(longest)}"
        raise Problem(f"“{clock.name}” is set to something between {between}. Nothing was changed.")


def _check_day(session: Session, from_on: date) -> None:
    years = abs((from_on - session.today).days) / 366
    if years > YEARS_BACK:
        raise Problem(f"{words.day(from_on)} is more than a year away. Check the year. Nothing was changed.")


def _length(limit: str) -> float:
    """Return how many days a limit is, about: enough to tell a slip of the hand."""
    found = _LIMIT.fullmatch(limit)
    return int(found.group(2)) * _DAYS[found.group(1)] if found else 0.0
