"""Times missing: moments as they are typed and read, how often, how long.

Source: statutory guidance on children who run away or go missing from home or care, 2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from caseapp import words
from caseapp.form import Text

PATTERN_TIMES, PATTERN_DAYS, YEAR_DAYS = 3, 90, 365
PATTERN_WORDS: Final = (
    f"{PATTERN_TIMES} times or more in {PATTERN_DAYS} days: hold a strategy or planning meeting "
    "(local practice)"
)
TIME_HELP: Final = "Such as 21:30 or 9.30pm"
_HALF: Final = r"\s*[ap]\.?m\b\.?"
_TIME: Final = re.compile(r"(\d{1,2})(?:\s*[:.]?\s*([0-5]\d))?(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
_WITHIN: Final = re.compile(rf"\b\d{{1,2}}(?:[:.][0-5]\d(?:{_HALF})?|{_HALF})", re.IGNORECASE)


def time_from(typed: str) -> time | None:
    """Return the time of day that was typed (21:30, 9.05, 2130, 9.30pm, 9 pm); None for nothing.

    Raises ValueError with a sentence for anything else.
    """
    text = typed.strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    at = _of_day(int(found[1]), found[2], (found[3] or "").casefold()) if found else None
    if at is None:
        raise ValueError(f"“{text}” is not a time. Type it as 21:30 or 9.30pm.")
    return at


def time_within(text: str) -> time | None:
    """Return the first time of day that a text names.

    >>> time_within("about 4.05 pm, at school")
    datetime.time(16, 5)
    """
    for found in _WITHIN.finditer(text):
        with suppress(ValueError):
            return time_from(found[0])
    return None


def _of_day(hour: int, minutes: str | None, half: str) -> time | None:
    """Return a time from what was typed; none where nobody could tell which it is."""
    if not half and minutes is None:
        return None
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif (half, hour == 0) in (("a", False), ("p", True)):
        return None
    return time(hour, int(minutes or 0)) if hour < 24 else None


@dataclass(frozen=True)
class TimeOfDay(Text):
    """A time of day, kept by the 24-hour clock."""

    def clean(self, raw: Any) -> str | None:
        """Return HH:MM."""
        at = time_from(str(raw or ""))
        return f"{at:%H:%M}" if at else None


def moment_of(day: date | None, typed: str) -> datetime | None:
    """Return the London moment of a day and a typed time; None where one of them is not known."""
    at = time_from(typed)
    return datetime.combine(day, at, words.LONDON) if day and at else None


def long_moment(at: datetime) -> str:
    """Return a moment with its weekday, in London: Mon 26 Oct 2026 17:00."""
    here = at.astimezone(words.LONDON)
    return f"{short_day(here.date())} {here:%H:%M}"


def short_day(day: date) -> str:
    """Return a day with its weekday: Mon 26 Oct 2026."""
    return f"{words.WEEKDAYS[day.weekday()][:3]} {day.day} {words.MONTHS[day.month - 1][:3]} {day.year}"


def lasted(since: datetime, until: datetime) -> str:
    """Return how long a time was: 45 minutes, 26 hours, 3 days."""
    minutes = int((until - since).total_seconds()) // 60
    if minutes < 60:
        return words.count(minutes, "minute")
    if minutes < 48 * 60:
        return words.count(minutes // 60, "hour")
    return words.count(minutes // (24 * 60), "day")


def in_last(number: int, days: Iterable[date], today: date) -> list[date]:
    """Return those of the last so many days, today counted."""
    return [each for each in days if today - timedelta(days=number) < each <= today]
