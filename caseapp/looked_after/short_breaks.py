"""Short breaks counted against what the law allows: 17 days each, 75 days in any 12 months.

A day is counted as the return counts an episode: the day on which the child goes home is none.
Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48 (clock L24).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.looked_after.shown import Flag
from db.models import Episode

LONGEST: Final = 17
IN_A_YEAR: Final = 75
_NEARLY: Final = 60
_ONE_DAY: Final = timedelta(days=1)
EACH_BREAK, AGREEMENT = "V3", "V4"


class Break(NamedTuple):
    """A stay away from home. `ended_on` is the day on which the child went home, None while it lasts."""

    started_on: date
    ended_on: date | None = None

    def days(self, today: date) -> int:
        """Return how many days it lasted, so far if it is not over."""
        return max(((self.ended_on or today) - self.started_on).days, 0)


class BreaksView(NamedTuple):
    """The breaks, newest first, as (words, flags), and how the last 12 months stand."""

    used: int
    left: int
    most: int
    flags: tuple[Flag, ...]
    listed: list[tuple[str, tuple[Flag, ...]]]
    note: str


def used_in_year(breaks: Sequence[Break], last: date, today: date) -> int:
    """Return the days of breaks in the 12 months that end with a day.

    >>> used_in_year([Break(date(2026, 3, 6), date(2026, 3, 8))], date(2026, 11, 23), date(2026, 11, 23))
    2
    """
    first = last - relativedelta(years=1) + _ONE_DAY
    return sum(_within(each, first, last, today) for each in breaks)


def _within(each: Break, first: date, last: date, today: date) -> int:
    until = min(each.ended_on or today, last + _ONE_DAY)
    return max((until - max(each.started_on, first)).days, 0)


def most_in_any_year(breaks: Sequence[Break], today: date) -> int:
    """Return the most days in any 12 months: those months count that end within a break."""
    # Not only those that end with a break: from one day to the next a leap year can lose two days
    lasts = [
        each.started_on + timedelta(days=number) for each in breaks for number in range(each.days(today))
    ]
    return max((used_in_year(breaks, last, today) for last in lasts), default=0)


def breaks_view(episodes: Sequence[Episode], today: date) -> BreaksView | None:
    """Return a child's short breaks as a card shows them; None for a child who has none."""
    kinds = {each.legal_status for each in episodes}
    if not kinds & {EACH_BREAK, AGREEMENT}:
        return None
    breaks = [Break(each.started_on, each.ended_on) for each in episodes if each.legal_status == EACH_BREAK]
    used, most = used_in_year(breaks, today, today), most_in_any_year(breaks, today)
    listed = [
        (_words(each, today), _too_long(each, today))
        for each in sorted(breaks, key=lambda one: one.started_on, reverse=True)
    ]
    note = "Breaks under an agreement (V4) are not recorded one by one, so their days are not counted here."
    return BreaksView(
        used,
        max(IN_A_YEAR - used, 0),
        most,
        _year_flags(used, most),
        listed,
        note if AGREEMENT in kinds else "",
    )


def _words(each: Break, today: date) -> str:
    lasted = words.count(each.days(today), "day")
    if each.ended_on is None:
        return f"Since {words.day(each.started_on)}, {lasted} so far"
    return f"{words.day(each.started_on)} to {words.day(each.ended_on)}, {lasted}"


def _too_long(each: Break, today: date) -> tuple[Flag, ...]:
    return (Flag(f"Over {LONGEST} days", "overdue"),) if each.days(today) > LONGEST else ()


def _year_flags(used: int, most: int) -> tuple[Flag, ...]:
    if most > IN_A_YEAR:
        return (Flag(f"{most} days in 12 months, over {IN_A_YEAR}", "overdue"),)
    if used > _NEARLY:
        return (Flag(f"{IN_A_YEAR - used} of {IN_A_YEAR} days left", "due_soon"),)
    return (Flag(f"{used} of {IN_A_YEAR} days used", "on_track"),)
