"""How the rules look at episodes: one alone, one and the next, one and the birthday of its child. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from caseapp.returns.rule import Check, Fault
from caseapp.returns.tables import Line, Return

SHORT_BREAKS = frozenset({"V3", "V4"})
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
OTHER_PLACEMENTS = frozenset({"Z11", "Z12", "Z13", "Z14"})
FOSTER = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})
FOR_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
ADOPTED = frozenset({"E11", "E12"})
CONTINUES = "X1"

_NO_LATER_BIRTH = 9900  # the calendar ends with 9999, and a later birthday would be no date


def alone(*columns: str, broken: Callable[[Line], bool]) -> Check:
    """Return a check of each episode for itself."""

    def check(told: Return) -> list[Fault]:
        return [Fault(line, columns) for line in told.lines("Episodes") if broken(line)]

    return check


def in_year(*columns: str, broken: Callable[[Return, Line], bool]) -> Check:
    """Return a check of each episode against the whole return: its year, other tables, the year before."""

    def check(told: Return) -> list[Fault]:
        return [Fault(line, columns) for line in told.lines("Episodes") if broken(told, line)]

    return check


def at_next(*columns: str, broken: Callable[[Line, Line], bool]) -> Check:
    """Return a check of each episode against the one before, told at the later one."""

    def check(told: Return) -> list[Fault]:
        return [Fault(after, columns) for before, after in linked(told) if broken(before, after)]

    return check


def at_before(*columns: str, broken: Callable[[Line, Line], bool]) -> Check:
    """Return a check of each episode against the next, told at the earlier one."""

    def check(told: Return) -> list[Fault]:
        return [Fault(before, columns) for before, after in linked(told) if broken(before, after)]

    return check


def by_birth(*columns: str, broken: Callable[[date, Line], bool]) -> Check:
    """Return a check of each episode against the date of birth in the header, where that can be read."""

    def check(told: Return) -> Iterator[Fault]:
        for child in told.children:
            day = born_on(told, child)
            if day:
                yield from (Fault(line, columns) for line in told.episodes(child) if broken(day, line))

    return check


def born_on(told: Return, child: str) -> date | None:
    """Return a child's date of birth as the header has it; None where it cannot be read."""
    header = told.header(child)
    day = header.day("DOB") if header else None
    return day if day and day.year < _NO_LATER_BIRTH else None


def linked(told: Return) -> Iterator[tuple[Line, Line]]:
    """Yield each episode with the child's next one."""
    for child in told.children:
        yield from pairwise(told.episodes(child))


def first_of_each(told: Return) -> Iterator[Line]:
    """Yield the first episode of every child."""
    for child in told.children:
        yield from told.episodes(child)[:1]


def goes_on(before: Line, after: Line) -> bool:
    """Return whether an episode starts on the day on which the one before ended."""
    ended_on = before.day("DEC")
    return ended_on is not None and ended_on == after.day("DECOM")


def days_of(told: Return, line: Line) -> int:
    """Return how many days an episode lasted; one that is open is counted to the end of the collection."""
    started_on = line.day("DECOM")
    ended_on = line.day("DEC") if line["DEC"] else told.ends_on
    return max((ended_on - started_on).days, 0) if started_on and ended_on else 0


def stretches(episodes: Iterable[Line], column: str, code: str) -> list[list[Line]]:
    """Return the unbroken stretches of episodes with a code in a column."""
    found: list[list[Line]] = []
    before: Line | None = None
    for line in episodes:
        if line[column] == code:
            if before is not None and before[column] == code and goes_on(before, line):
                found[-1].append(line)
            else:
                found.append([line])
        before = line
    return found
