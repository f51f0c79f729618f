"""Rules of the front door over plain days: repeats, urgency, days used. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from dateutil.relativedelta import relativedelta

from caseapp import clocks, words
from caseapp.calendars import Calendar
from caseapp.front_door.lists import NOTHING_MORE

REPEATS: Final = 3  # contacts in twelve months from which a child is flagged (recommended)
DECISION_DAYS: Final = 1
ASSESSMENT_DAYS: Final = 45
OPENS, CLOSES = time(9), time(17)  # the hours in which a front door's minutes count
_ONE_YEAR: Final = relativedelta(years=1)
RATING_CLOCKS: Final = {"red": "F11", "amber": "F12", "green": "F13"}
"""The limits for the decision on a contact of each rating."""
OPEN_STATUSES: Final = frozenset({"child_in_need", "child_protection", "looked_after", "care_leaver"})


def in_year_before(day: date, days: Iterable[date]) -> int:
    """Return how many of the days lie in the twelve months up to a day, the day itself counted."""
    return sum(day - _ONE_YEAR <= each <= day for each in days)


def is_re_referral(day: date, earlier: Iterable[date]) -> bool:
    """Return whether a referral follows an earlier one within twelve months; the same day counts.

    Source: children in need statistics, methodology: re-referrals.
    """
    return in_year_before(day, earlier) > 0


def is_flagged(number: int) -> bool:
    """Return whether so many contacts in twelve months ask for a closer look."""
    return number >= REPEATS


def urgent_by(limit: str, received_at: datetime, calendar: Calendar) -> datetime | None:
    """Return by when the limit of a rating asks for a decision; None without one.

    Hours run through nights and weekends; a limit in days ends with its day.
    """
    if not limit:
        return None
    if limit.startswith("H+"):
        return clocks.due_at(limit, received_at)
    day = clocks.due_on(limit, words.london_day(received_at), calendar)
    return datetime.combine(day, time(23, 59), words.LONDON)


def working_minutes(since: datetime, until: datetime, calendar: Calendar) -> int:
    """Return the minutes of office hours (9 to 17 on working days) between two moments."""
    start, end = since.astimezone(words.LONDON), until.astimezone(words.LONDON)
    whole_days = calendar.working_days_between(start.date(), end.date())
    a_day = _minutes(CLOSES) - _minutes(OPENS)
    return max(0, whole_days * a_day - _used(start, calendar) + _used(end, calendar))


def _used(at: datetime, calendar: Calendar) -> int:
    """Return the minutes of a day's office hours that are over."""
    if not calendar.is_working_day(at.date()):
        # working_days_between left the day out: as many minutes as at the end of the working day before
        return _minutes(CLOSES) - _minutes(OPENS)
    return min(max(_minutes(at.time()), _minutes(OPENS)), _minutes(CLOSES)) - _minutes(OPENS)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def minutes_words(minutes: int) -> str:
    """Return working minutes as people say them: 45 minutes, 2 hours 10 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [words.count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(words.count(rest, "minute"))
    return " ".join(parts)


def is_contradicted(outcomes: Iterable[str]) -> bool:
    """Return whether «no further action» stands beside something that is done."""
    given = set(outcomes)
    return bool(given & NOTHING_MORE) and len(given) > 1
