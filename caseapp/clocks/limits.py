"""When a limit ends: working days, days, hours, months or the term, counted from the day it starts."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from caseapp import words
from caseapp.calendars import Calendar, term_of

FIRST_YEAR, LAST_YEAR = 1900, 2200

_LIMIT = re.compile(r"(WD|CD|H)\+(\d{1,4})|(M)([+-]\d{1,3})|(TERM)|SD\+(\d{1,3})|COUNT")
_UNITS = {"WD": "working day", "CD": "day", "H": "hour", "M": "month"}


@lru_cache(maxsize=16_384)  # many children have the same days: a return tells of one year
def due_on(limit: str, start: date, calendar: Calendar) -> date:
    """Return the last day of a limit counted from the day of the event, which is day 0.

    The calendar may say that the day of the event counts. A due date on a weekend or holiday stays there:
    `plan_by` is the working day to aim for.
    Raises ValueError with a sentence when the limit is not one that leads to a date.
    """
    found = _LIMIT.fullmatch(limit)
    if found is None:
        raise ValueError(f"“{limit}” is not a limit. Write it as WD+10, CD+42, M+6, H+72 or TERM.")
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ValueError(f"{words.day(start)} cannot be right. Check the year.")
    return _COUNTS[found.group(1) or found.group(3) or found.group(5) or ""](found, start, calendar)


def due_at(limit: str, started_at: datetime) -> datetime:
    """Return the moment at which a limit in hours ends, in London time, clock changes counted in."""
    hours = int(limit.removeprefix("H+"))
    return (started_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(words.LONDON)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later (earlier when negative), or the last day of a shorter month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def plan_by(due: date, calendar: Calendar) -> date:
    """Return the last working day on or before the due date."""
    return calendar.last_working_day_on_or_before(due)


def limit_words(limit: str) -> str:
    """Return a limit as people say it: 20 working days, 6 months, the end of the term."""
    if limit == "TERM":
        return "the end of the term"
    found = _LIMIT.fullmatch(limit)
    unit = (found.group(1) or found.group(3)) if found else None
    if found is None or unit is None:
        return limit
    number = int(found.group(2) or found.group(4))
    return words.count(abs(number), _UNITS[unit])


def _working_days(found: re.Match[str], start: date, calendar: Calendar) -> date:
    days = int(found.group(2))
    if calendar.event_day_counts and days and calendar.is_working_day(start):
        days -= 1
    return calendar.add_working_days(start, days)


def _days(found: re.Match[str], start: date, calendar: Calendar) -> date:
    return start + timedelta(days=int(found.group(2)))


def _hours(found: re.Match[str], start: date, calendar: Calendar) -> date:
    # Only a date is known, so the hours run from the end of that day: nobody is called late too early.
    return due_at(found.group(), datetime.combine(start, time(23, 59), words.LONDON)).date()


def _months(found: re.Match[str], start: date, calendar: Calendar) -> date:
    # The corresponding date rule: 31 August + 6 months is the last day of February (Dodds v Walker, 1981).
    return months_after(start, int(found.group(4)))


def _end_of_term(found: re.Match[str], start: date, calendar: Calendar) -> date:
    return term_of(start).ends_on


def _no_date(found: re.Match[str], start: date, calendar: Calendar) -> date:
    if found.group(6):
        raise ValueError(f"{found.group(6)} school days cannot be counted without the school's own dates.")
    raise ValueError("This clock counts what has been used up, so it has no due date.")


_COUNTS = {
    "WD": _working_days, "CD": _days, "H": _hours, "M": _months, "TERM": _end_of_term, "": _no_date,
}  # fmt: skip
