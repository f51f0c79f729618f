"""Working days of England and the terms of its school year. Pure: the holidays come from resources/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from caseapp import words

SATURDAY = 5
SOON_WORKING_DAYS = 10
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Bank holidays, with the last day that the government has published and the last day in the table.

    `about` says in words which holidays these are. `event_day_counts`: the day of the event is day 1 of a
    limit in working days, where it is a working day itself; usually it is day 0. Something is due soon within
    `soon_working_days`, or, where `soon_percent` is set, once no more of its time is left.
    """

    holidays: frozenset[date]
    published_to: date
    known_to: date
    about: str = "England’s bank holidays"
    event_day_counts: bool = False
    soon_working_days: int = SOON_WORKING_DAYS
    soon_percent: int = 0

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is neither a weekend nor a bank holiday in England."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def add_working_days(self, day: date, count: int) -> date:
        """Return the working day `count` after the day (before it when negative); the day itself is day 0."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            if day.weekday() < SATURDAY and day not in self.holidays:
                left -= 1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return the working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (end - start).days
        rest = sum((start + timedelta(days=step)).weekday() < SATURDAY for step in range(1, days % 7 + 1))
        closed = sum(start < holiday <= end and holiday.weekday() < SATURDAY for holiday in self.holidays)
        return days // 7 * 5 + rest - closed

    def last_working_day_on_or_before(self, day: date) -> date:
        """Return the day itself when it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def caution(self, day: date) -> str:
        """Return a sentence when the holidays up to the day are not certain yet, else nothing."""
        if day > self.known_to:
            return f"Bank holidays after {words.day(self.known_to)} are not known to this program yet."
        if day > self.published_to:
            return f"Bank holidays after {words.day(self.published_to)} are worked out, not yet published."
        return ""


@cache
def _shipped() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        (files("resources") / "calendars" / "bank-holidays-england.json").read_bytes()
    )
    return table


@cache
def england_names() -> Mapping[date, str]:
    """Return what each shipped bank holiday is called, in order."""
    return {date.fromisoformat(each["date"]): each["title"] for each in _shipped()["holidays"]}


@cache
def england() -> Calendar:
    """Return the shipped calendar of England: 2012 to 2030, the last two years by rule."""
    table = _shipped()
    return Calendar(
        frozenset(england_names()),
        date.fromisoformat(table["published_to"]),
        date.fromisoformat(table["known_to"]),
    )


@dataclass(frozen=True)
class Term:
    """A school term with its first and last day."""

    name: str
    starts_on: date
    ends_on: date


# Each month's term: its season, first month, last month and last day. These windows end on the dates that
# decide when compulsory school age begins.
_SPRING = ("spring", 1, 3, 31)
_SUMMER = ("summer", 4, 8, 31)
_AUTUMN = ("autumn", 9, 12, 31)
_BY_MONTH = (_SPRING,) * 3 + (_SUMMER,) * 5 + (_AUTUMN,) * 4


def term_of(day: date) -> Term:
    """Return the term that holds the day: 1 Sep to 31 Dec, 1 Jan to 31 Mar or 1 Apr to 31 Aug."""
    season, first, last, last_day = _BY_MONTH[day.month - 1]
    return Term(f"{season} term {day.year}", date(day.year, first, 1), date(day.year, last, last_day))


def term_after(term: Term) -> Term:
    """Return the term that follows."""
    return term_of(term.ends_on + ONE_DAY)
