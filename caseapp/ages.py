"""Ages, year groups and key stages: one helper for each, used everywhere."""

from __future__ import annotations

from datetime import date, timedelta

from caseapp import words
from caseapp.calendars import term_of

FRIDAY = 4
RECEPTION, LAST_YEAR = 0, 14
_NURSERY = {-2: "Nursery 1", -1: "Nursery 2", 0: "Reception"}
# The last year group of each stage, in order.
_STAGES = ((RECEPTION, "EYFS"), (2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4"), (LAST_YEAR, "post-16"))


def birthday(born_on: date, years: int) -> date:
    """Return the day on which so many years are complete.

    Someone born on 29 February has their birthday on 1 March in a common year.
    """
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def age(born_on: date, on: date) -> int:
    """Return the completed years; below nought before birth.

    >>> age(date(2012, 2, 29), date(2027, 2, 28)), age(date(2012, 2, 29), date(2027, 3, 1))
    (14, 15)
    """
    return _months(born_on, on) // 12


def age_words(born_on: date, on: date) -> str:
    """Return an age as people say it: 15 years 2 months, 20 months, 5 weeks, unborn, due 04/01/2027."""
    if on < born_on:
        return f"unborn, due {words.day(born_on)}"
    months = _months(born_on, on)
    if months < 3:
        weeks = (on - born_on).days // 7
        return words.count(weeks, "week") if weeks else "under 1 week"
    if months < 24:
        return words.count(months, "month")
    years, rest = divmod(months, 12)
    return " ".join([words.count(years, "year"), *([words.count(rest, "month")] if rest else [])])


def year_group(born_on: date, on: date) -> int:
    """Return the year group of someone with their own age: 0 is Reception, -1 and -2 are nursery.

    The school year runs from 1 September to 31 August.
    """
    return _school_year(on) - _school_year(born_on) - 5


def year_group_words(group: int) -> str:
    """Return the name of a year group: Nursery 1, Reception, Year 4."""
    if group < min(_NURSERY):
        return "before nursery"
    if group > LAST_YEAR:
        return "past school age"
    return _NURSERY.get(group, f"Year {group}")


def key_stage(group: int) -> str:
    """Return the stage of a year group, EYFS to post-16; nothing before nursery and after Year 14."""
    if group < min(_NURSERY):
        return ""
    return next((stage for last, stage in _STAGES if group <= last), "")


def school_leaving_date(born_on: date) -> date:
    """Return the last Friday in June of the school year in which someone turns 16."""
    end_of_june = date(_school_year(birthday(born_on, 16)) + 1, 6, 30)
    return end_of_june - timedelta(days=(end_of_june.weekday() - FRIDAY) % 7)


def is_compulsory_school_age(born_on: date, on: date) -> bool:
    """Return whether the day is one of compulsory school age, first and last day included.

    It begins on the 31 December, 31 March or 31 August on or after the fifth birthday, which are the last
    days of the terms, and ends with the school leaving date. Source: Education Act 1996 s8.
    """
    return term_of(birthday(born_on, 5)).ends_on <= on <= school_leaving_date(born_on)


def _months(born_on: date, on: date) -> int:
    """Return the completed months; a month lacking the day of birth completes on the first of the next."""
    return (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
