"""How the rules look at the tables beside the episodes: one row, its year, its child's time in care. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from caseapp import ages
from caseapp.returns.episode_checks import CONTINUES, SHORT_BREAKS
from caseapp.returns.rule import Check, Fault
from caseapp.returns.tables import Line, Return
from caseapp.returns.year_codes import valid

# The years of a rule that is no older.
SINCE_2025 = frozenset({2025, 2026, 2027})
SINCE_2026 = frozenset({2026, 2027})

FLAGS = frozenset({"0", "1"})
OC2_FLAGS = (
    "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
)  # fmt: skip
OC3_ITEMS = ("IN_TOUCH", "ACTIV", "ACCOM")
AD1_ITEMS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")

_LAST_BIRTH_YEAR = 9000  # beyond it a later birthday would be no date at all


class Period(NamedTuple):
    """A period of care. `begun`: its first episode is at hand; an open one has no end."""

    started_on: date
    ended_on: date | None
    begun: bool


def rows(table: str, *columns: str, broken: Callable[[Line], bool]) -> Check:
    """Return a check of each row of a table for itself."""

    def check(told: Return) -> list[Fault]:
        return [Fault(line, columns) for line in told.lines(table) if broken(line)]

    return check


def in_return(table: str, *columns: str, broken: Callable[[Return, Line], bool]) -> Check:
    """Return a check of each row of a table against the whole return."""

    def check(told: Return) -> list[Fault]:
        return [Fault(line, columns) for line in told.lines(table) if broken(told, line)]

    return check


def unlisted(table: str, column: str, field: str = "", *, needed: bool = False) -> Check:
    """Return a check that a cell holds a code of its year; a blank one is let be unless it is needed."""

    def broken(told: Return, line: Line) -> bool:
        code = line[column]
        return code not in valid(field or column, told.year) if code else needed

    return in_return(table, column, broken=broken)


def no_date(table: str, column: str, *, needed: bool = False) -> Check:
    """Return a check that a cell holds a date; a blank one is let be unless it is needed."""
    return rows(
        table, column, broken=lambda line: line.day(column) is None and (needed or bool(line[column]))
    )


def given(line: Line, columns: Iterable[str]) -> bool:
    """Return whether any of the cells holds something."""
    return any(line[column] for column in columns)


def whole(line: Line, columns: Iterable[str]) -> bool:
    """Return whether all of the cells hold something."""
    return all(line[column] for column in columns)


def birthday(line: Line, years: int) -> date | None:
    """Return the day on which so many years are complete; None where the row's DOB cannot be read."""
    born_on = line.day("DOB")
    return ages.birthday(born_on, years) if born_on and born_on.year < _LAST_BIRTH_YEAR else None


def is_aged(line: Line, years: int, on: date) -> bool:
    """Return whether so many years are complete on a day; not where the DOB cannot be read."""
    complete_on = birthday(line, years)
    return complete_on is not None and complete_on <= on


def is_under(line: Line, years: int, on: date) -> bool:
    """Return whether someone is younger than so many years on a day; not where the DOB cannot be read."""
    complete_on = birthday(line, years)
    return complete_on is not None and complete_on > on


def is_in_year(told: Return, episode: Line) -> bool:
    """Return whether an episode touches the year of the return."""
    started_on, ended_on = episode.day("DECOM"), episode.day("DEC")
    if started_on is None or started_on > told.ends_on:
        return False
    return ended_on is None or ended_on >= told.starts_on


def beside_short_breaks(told: Return, child: str) -> list[Line]:
    """Return a child's episodes that are no short breaks of a series, as written."""
    return [line for line in told.of("Episodes", child) if line["LS"] not in SHORT_BREAKS]


def left_care(episode: Line) -> bool:
    """Return whether care ended with an episode."""
    return bool(episode["REC"]) and episode["REC"] != CONTINUES and episode.day("DEC") is not None


def is_in_care_at_end(told: Return, child: str) -> bool:
    """Return whether a child is looked after on 31 March, short breaks left out."""
    return any(
        not line["DEC"] and line["LS"] not in SHORT_BREAKS and is_in_year(told, line)
        for line in told.episodes(child)
    )


def is_in_care_all_year(told: Return, child: str) -> bool:
    """Return whether a child was looked after from 1 April to 31 March without a break.

    No short break, no start after 1 April, no end before 31 March. Source: the Department's validation rules.
    """
    episodes = told.of("Episodes", child)
    return any(is_in_year(told, line) for line in episodes) and not any(
        _breaks_the_year(told, line) for line in episodes
    )


def _breaks_the_year(told: Return, episode: Line) -> bool:
    started_on, ended_on = episode.day("DECOM"), episode.day("DEC")
    entered = episode["RNE"] == "S" and started_on and told.starts_on < started_on <= told.ends_on
    left = episode["REC"] != CONTINUES and ended_on and told.starts_on <= ended_on < told.ends_on
    return bool(entered or left or (episode["LS"] in SHORT_BREAKS and is_in_year(told, episode)))


def known_episodes(told: Return, child: str) -> Sequence[Line]:
    """Return a child's episodes of this year and the year before, the oldest first, none twice."""
    now = told.episodes(child)
    if told.prior is None:
        return now
    starts = {line["DECOM"] for line in now}
    before = [line for line in told.prior.episodes(child) if line["DECOM"] not in starts]
    return sorted((*before, *now), key=lambda line: line.day("DECOM") or date.min)


def periods(told: Return, child: str) -> list[Period]:
    """Return a child's periods of care, as far as this year's and last year's episodes tell."""
    found: list[Period] = []
    for line in known_episodes(told, child):
        started_on = line.day("DECOM") or date.min
        ended_on = None if line["REC"] == CONTINUES else line.day("DEC")
        if not found or line["RNE"] == "S" or found[-1].ended_on:
            found.append(Period(started_on, ended_on, line["RNE"] == "S"))
        else:
            found[-1] = found[-1]._replace(ended_on=ended_on)
    return found
