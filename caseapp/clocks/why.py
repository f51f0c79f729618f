"""Why something is due when it is, taken apart: what «why this date» shows line by line."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseapp import words
from caseapp.calendars import Calendar
from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.limits import limit_words, plan_by

NATIONAL = "National"
AS_SHIPPED = "Local practice: this area has set no limit of its own"
_MARKS = {"V": "read in its source", "K": "not looked up for this program: check it before you rely on it"}
_COUNTED = {
    "WD": "The day it starts is day 0, and the next working day is day 1.",
    "CD": "Every day counts, weekends and holidays too.",
    "M-": "To the same day of the month, or the last day of a shorter one.",
    "M+": "To the same day of the month, or the last day of a shorter one.",
    "H+": "Nights, weekends and holidays count. Only a day is known here, so they run from 23:59.",
    "TE": "Terms are those of this area.",
}
_FIRST_DAY_COUNTS = "The day it starts is day 1 where it is a working day: this area counts it so."


class Why(NamedTuple):
    """Where a due date comes from. `facts`: what each line is about, and what it says, in reading order."""

    what: str
    due_on: date
    facts: tuple[tuple[str, str], ...]


def story_of(running: Running, today: date, calendar: Calendar, whose: str = "") -> Why:
    """Return why an occurrence falls due when it does. `whose` says where a local limit is set, if it is."""
    limit, due = running.limit or running.clock.limit, running.due_on
    told = (
        ("Starts with", _start(running, limit)),
        ("Rule", f"{_rule(running, limit)}. {_counted(limit, calendar)}"),
        ("Calendar", calendar.about),
        ("Source", f"{running.clock.source} ({_MARKS[running.clock.verified]})"),
        ("Limit", (whose or AS_SHIPPED) if running.clock.local else NATIONAL),
        ("Plan by", _planned(due, calendar)),
        ("Left", days_left(due, today, calendar) if running.is_open else ""),
        ("Also", running.also if running.is_open else ""),
        ("Note", _note(running.clock)),
        ("Take care", calendar.caution(due)),
    )
    return Why(running.what or running.clock.name, due, tuple(each for each in told if each[1]))


def days_left(due: date, today: date, calendar: Calendar) -> str:
    """Return how far off a day is, in days and in working days."""
    if due == today:
        return "Today"
    days = words.count(abs((due - today).days), "day")
    working = words.count(abs(calendar.working_days_between(today, due)), "working day")
    return f"{days} late ({working})" if due < today else f"{days} ({working})"


def _start(running: Running, limit: str) -> str:
    why = f"{running.why[:1].upper()}{running.why[1:]}"
    return (
        why if limit == "TERM" or limit.startswith("M-") else f"{why}, {words.long_day(running.started_on)}"
    )


def _rule(running: Running, limit: str) -> str:
    if limit == "TERM":
        return "Once a term"
    if limit.endswith("+0"):
        return "At once"
    return f"{limit_words(limit)} {'before' if limit.startswith('M-') else 'after'} it"


def _counted(limit: str, calendar: Calendar) -> str:
    if limit.startswith("WD") and calendar.event_day_counts:
        return _FIRST_DAY_COUNTS
    return _COUNTED[limit[:2]]


def _planned(due: date, calendar: Calendar) -> str:
    planned = plan_by(due, calendar)
    if planned == due:
        return "The day itself: it is a working day"
    return f"{words.long_day(planned)}, the last working day before it. The date itself does not move."


def _note(clock: Clock) -> str:
    return f"{clock.note[:1].upper()}{clock.note[1:]}"
