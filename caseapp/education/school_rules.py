"""Rules of schooling: terms, attendance, reduced timetables, gaps, moves. Pure.

A session is half a school day.

Sources: DfE, Working together to improve school attendance (2024); the PEP's fields and rules as this
program's education page gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from caseapp import ages, calendars, words
from caseapp.calendars import Calendar

ENGLAND: Final = calendars.england()
SESSIONS_A_DAY: Final = 2
LONG_TIMETABLE_DAYS: Final = 42
"""A reduced timetable is meant to be short: six weeks."""
SUMMER_FROM: Final = (7, 20)
SUMMER_TO: Final = (9, 10)
LOW_PERCENT: Final = 95
"""Attendance below it calls for a plan."""
TERMS: Final = ("autumn", "spring", "summer")
NO_SCHOOL: Final = "No school on record"
_MONTH_OF: Final = {"autumn": 9, "spring": 1, "summer": 4}
_DAY: Final = timedelta(days=1)
SchoolDay = Callable[[date], bool]


# Years and terms


def school_year(day: date) -> int:
    """Return the year in which the day's school year begins: it runs from 1 September to 31 August."""
    return day.year if day.month >= 9 else day.year - 1


def school_year_words(year: int) -> str:
    """Return a school year as people write it.

    >>> school_year_words(2026), school_year_words(1999)
    ('2026/27', '1999/00')
    """
    return f"{year}/{(year + 1) % 100:02d}"


def term_key(day: date) -> str:
    """Return autumn, spring or summer."""
    return calendars.term_of(day).name.split(" ")[0]


def term_words(year: int, term: str) -> str:
    """Return a term of a school year with the calendar year it lies in: Spring term 2027."""
    return calendars.term_of(term_starts(year, term)).name.capitalize()


def term_starts(year: int, term: str) -> date:
    """Return the first day of a term of a school year, as the law's dates have it."""
    return date(year if term == "autumn" else year + 1, _MONTH_OF[term], 1)


def term_ends(year: int, term: str) -> date:
    """Return the last day of a term of a school year, as the law's dates have it."""
    return calendars.term_of(term_starts(year, term)).ends_on


def term_order(year: int, term: str) -> tuple[int, int]:
    """Return what sorts terms by time."""
    return year, TERMS.index(term)


# Attendance


def attendance_percent(attended: int, possible: int) -> Decimal | None:
    """Return attended sessions in per cent of possible ones to one place; nothing if none was possible.

    Raises ValueError if more were attended than possible, or for a number below nought.
    """
    check_sessions(attended, possible)
    return words.percent(attended, possible) if possible else None


def check_sessions(attended: int, possible: int) -> None:
    """Raise ValueError with a sentence unless the sessions can be."""
    if min(attended, possible) < 0:
        raise ValueError("Sessions are counted from 0.")
    if attended > possible:
        raise ValueError(f"{attended} sessions cannot be attended where {possible} were possible.")


def absence(attended: int, possible: int) -> str:
    """Return "severe" at half of the sessions missed, "persistent" at a tenth, else nothing.

    Told from the sessions, not from the rounded per cent: 90.04 % attended is less than a tenth missed.
    """
    missed = possible - attended
    if possible <= 0:
        return ""
    if missed * 2 >= possible:
        return "severe"
    return "persistent" if missed * 10 >= possible else ""


ABSENCE_WORDS: Final = {"persistent": "Persistent absence", "severe": "Severe absence"}

_ATTENDED_MARKS: Final = frozenset({"/", "\\", "L", "B", "K", "P", "V", "W"})
_NOT_POSSIBLE_MARKS: Final = frozenset(
    {"D", "Q", "X", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"}
)
_AUTHORISED_MARKS: Final = frozenset({"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"})
_UNAUTHORISED_MARKS: Final = frozenset({"G", "N", "O", "U"})


class Register(NamedTuple):
    """A register counted, in sessions."""

    possible: int
    attended: int
    authorised: int
    unauthorised: int
    late: int


def count_register(marks: Iterable[str]) -> Register:
    """Return a register's marks counted by the national codes of 2024. Raises ValueError for another mark."""
    given = [mark.strip().upper() for mark in marks if mark.strip()]
    known = _ATTENDED_MARKS | _NOT_POSSIBLE_MARKS | _AUTHORISED_MARKS | _UNAUTHORISED_MARKS
    for mark in given:
        if mark not in known:
            raise ValueError(f"“{mark}” is no attendance code.")
    return Register(
        sum(mark not in _NOT_POSSIBLE_MARKS for mark in given),
        sum(mark in _ATTENDED_MARKS for mark in given),
        sum(mark in _AUTHORISED_MARKS for mark in given),
        sum(mark in _UNAUTHORISED_MARKS for mark in given),
        given.count("L"),
    )


# Days


def days(sessions: int) -> Decimal:
    """Return sessions as school days: 3 sessions are 1.5."""
    return Decimal(sessions) / SESSIONS_A_DAY


def days_words(sessions: int) -> str:
    """Return sessions as people say days.

    >>> days_words(0), days_words(1), days_words(2), days_words(3), days_words(90)
    ('no days', 'half a day', '1 day', '1½ days', '45 days')
    """
    whole, half = divmod(sessions, SESSIONS_A_DAY)
    if not whole:
        return "half a day" if half else "no days"
    return f"{whole}½ days" if half else words.count(whole, "day")


class Alert(NamedTuple):
    """Something that the rules call out. `meaning` names how it is shown: alert or warning."""

    meaning: str
    words: str


def is_working_day(day: date, calendar: Calendar = ENGLAND) -> bool:
    """Return whether a day may be a school day: no weekend, no bank holiday. Holidays are local."""
    return calendar.is_working_day(day)


def is_taught_day(day: date, calendar: Calendar = ENGLAND) -> bool:
    """Return whether schools may teach: a working day outside the longest summer holiday of any area."""
    return is_working_day(day, calendar) and not SUMMER_FROM <= (day.month, day.day) <= SUMMER_TO


# Reduced timetables


def is_open(ended_on: date | None, today: date) -> bool:
    """Return whether something without an end, or with one to come, still runs."""
    return ended_on is None or ended_on >= today


def timetable_alert(started_on: date, until_on: date, ended_on: date | None, today: date) -> Alert | None:
    """Return what is to be said about a reduced timetable that still runs."""
    if not is_open(ended_on, today):
        return None
    weeks = (today - started_on).days // 7
    if is_long_timetable(started_on, ended_on, today):
        return Alert("alert", f"Open for {words.count(weeks, 'week')}; six are the most to plan for")
    if until_on < today:
        return Alert("warning", f"Was to end on {words.day(until_on)}")
    return None


def is_long_timetable(started_on: date, ended_on: date | None, today: date) -> bool:
    """Return whether a reduced timetable still runs after six weeks."""
    return is_open(ended_on, today) and (today - started_on).days > LONG_TIMETABLE_DAYS


def hours_words(minutes: int) -> str:
    """Return minutes a week as hours.

    >>> hours_words(750), hours_words(1500), hours_words(725)
    ('12½ hours', '25 hours', '12 h 5 min')
    """
    whole, rest = divmod(minutes, 60)
    if rest == 30:
        return f"{whole}½ hours"
    return f"{whole} h {rest} min" if rest else words.count(whole, "hour")


# Schools, gaps and moves


class Stay(NamedTuple):
    """A spell at a school. An unknown beginning lies before all that is known."""

    from_on: date | None
    until_on: date | None


class Gap(NamedTuple):
    """Days without a school, both included; `last_on` is None while it lasts."""

    first_on: date
    last_on: date | None


def gaps(
    stays: Iterable[Stay],
    first: date,
    last: date,
    today: date,
    is_school_day: SchoolDay = is_taught_day,
) -> list[Gap]:
    """Return the days between `first` and `last` (today at most) on which no school stands, oldest first.

    A school that begins on the day on which the one before ends, or the day after, leaves no gap; nor does
    a time that holds no school day, such as a summer holiday.
    """
    end = min(last, today)
    found, covered = [], first - _DAY  # the last day that a school is known for
    for each in sorted(stays, key=lambda stay: (stay.from_on or date.min, stay.until_on or date.max)):
        begins = each.from_on or date.min
        if begins > covered + _DAY and covered < end:
            found.append(Gap(covered + _DAY, min(begins - _DAY, end)))
        covered = max(covered, min(each.until_on or end, end))
    if covered < end:
        found.append(Gap(covered + _DAY, None if last >= today else end))
    return [each for each in found if _holds_school(each, end, is_school_day)]


def _holds_school(gap: Gap, end: date, is_school_day: SchoolDay) -> bool:
    last = gap.last_on or end
    length = min((last - gap.first_on).days, 60)
    return any(is_school_day(gap.first_on + timedelta(days=step)) for step in range(length + 1))


def gap_words(gap: Gap) -> str:
    """Return a gap as the line of schools shows it: No school on record 01/04/2026–19/04/2026."""
    if gap.last_on is None:
        return f"{NO_SCHOOL} since {words.day(gap.first_on)}"
    if gap.last_on == gap.first_on:
        return f"{NO_SCHOOL} {words.day(gap.first_on)}"
    return f"{NO_SCHOOL} {words.day(gap.first_on)}–{words.day(gap.last_on)}"


def moves(stays: Iterable[Stay], after: date, up_to: date) -> list[date]:
    """Return the days on which a child began at another school than before, after a day, up to another."""
    begun = sorted(each.from_on or date.min for each in stays)
    return [day for day in begun[1:] if after < day <= up_to]


def moves_in_last_year(stays: Iterable[Stay], today: date) -> list[date]:
    """Return the moves of the last twelve months."""
    return moves(stays, ages.birthday(today, -1), today)


def key_stage_4_moves(stays: Iterable[Stay], born_on: date, up_to: date) -> list[date]:
    """Return the moves within key stage 4. Beginning it at a new school, in September, is none of them."""
    return [
        day
        for day in moves(stays, date.min, up_to)
        if ages.year_group(born_on, day) == 11 or (ages.year_group(born_on, day) == 10 and day.month != 9)
    ]


# Year group


class YearView(NamedTuple):
    """A child's year group: by age, as taught, in words, its key stage, and why the two differ."""

    by_age: int
    taught: int
    words: str
    key_stage: str
    reason: str


def year_view(born_on: date, on: date, taught: int | None = None, reason: str = "") -> YearView:
    """Return the year group on a day; `taught` overrides what the date of birth gives, with its reason."""
    by_age = ages.year_group(born_on, on)
    group = by_age if taught is None else taught
    said = ages.year_group_words(group)
    if group != by_age:
        said += f" ({ages.year_group_words(by_age)} by age)"
    return YearView(by_age, group, said, ages.key_stage(group), reason if group != by_age else "")


def latest_terms(terms: Sequence[tuple[int, str]], most: int) -> list[tuple[int, str]]:
    """Return the latest terms, each once, in the order of time."""
    return sorted(set(terms), key=lambda each: term_order(*each))[-most:]
