"""Where a clock stands today, in words, and why its date is what it is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseapp import words
from caseapp.calendars import Calendar
from caseapp.clocks.clock import Running
from caseapp.clocks.limits import limit_words, plan_by


class State(NamedTuple):
    """Where a clock stands. `working_days` is what is left, or was left when met; negative when late."""

    kind: str
    working_days: int
    words: str


def state(
    due: date, met_on: date | None, today: date, calendar: Calendar, started_on: date | None = None
) -> State:
    """Return where a clock stands, with its words.

    The kind is overdue, due_today, due_soon (as the calendar says), on_track, met or met_late. Where an area
    goes by the share of the time that is left, it takes `started_on` to know it.
    """
    until = met_on or today
    left = calendar.working_days_between(until, due)
    late = until > due
    if met_on:
        return (
            State("met_late", left, f"met {_span(left, due, until)} late")
            if late
            else State("met", left, "met")
        )
    if late:
        return State("overdue", left, f"{_span(left, due, until)} late")
    if due == today:
        return State("due_today", 0, "today")
    kind = "due_soon" if _is_soon(due, today, left, calendar, started_on) else "on_track"
    return State(kind, left, f"in {_span(left, due, until)}")


def _is_soon(due: date, today: date, left: int, calendar: Calendar, started_on: date | None) -> bool:
    if calendar.soon_percent and started_on:
        return (due - today).days * 100 <= (due - started_on).days * calendar.soon_percent
    return left <= calendar.soon_working_days


def state_of(running: Running, today: date, calendar: Calendar) -> State:
    """Return where an occurrence stands; a term without a PEP is overdue after its grace day.

    One that ended unmet is `ended`: "missed" when its due date had passed by then, else "no longer applies".
    """
    if running.ended_on:
        missed = running.due_on < running.ended_on
        return State("ended", 0, "missed" if missed else "no longer applies")
    if running.is_open and running.red_after and running.red_after < today <= running.due_on:
        return State("overdue", calendar.working_days_between(today, running.red_after), "none yet this term")
    return state(running.due_on, running.met_on, today, calendar, running.started_on)


def explain(running: Running, calendar: Calendar) -> str:
    """Return why an occurrence falls due when it does, as sentences for «why this date»."""
    due, started = words.day(running.due_on), words.day(running.started_on)
    limit = limit_words(running.limit or running.clock.limit)
    reason = f"{limit} after {running.why} on {started}"
    if running.clock.limit == "TERM":
        reason = running.why
    elif running.limit.startswith("M-"):
        reason = f"{limit} before {running.why}"
    planned = plan_by(running.due_on, calendar)
    parts = [
        f"Due {due}: {reason} ({running.clock.source}).",
        f"Plan by {words.day(planned)}." if planned != running.due_on else "",
        running.also if running.is_open else "",
        calendar.caution(running.due_on),
    ]
    return " ".join(part for part in parts if part)


def _span(working_days: int, due: date, until: date) -> str:
    """Return working days in words; calendar days when only a weekend or a holiday lies between."""
    if working_days:
        return words.count(abs(working_days), "working day")
    return words.count(abs((due - until).days), "day")
