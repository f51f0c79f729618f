"""Which clocks run for a child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseapp.calendars import Calendar
from caseapp.clocks.clock import Running
from caseapp.clocks.rows import CLOCKS
from caseapp.clocks.story import USUAL, Event, Local, Story


def running_clocks(
    events: Sequence[Event],
    born_on: date | None,
    calendar: Calendar,
    today: date,
    local: Local = USUAL,
) -> list[Running]:
    """Return every occurrence of every clock of one child, by due date. Events after today do not count yet.

    Met and ended occurrences are among them: `is_open` tells those that still have to be done.
    """
    past = [event for event in events if event.day <= today]
    threads = [
        _days([event for event in past if event.about == about])
        for about in sorted({event.about for event in past})
    ]
    story = Story(_days(past), born_on, calendar, today, local, threads)
    found = [running for clock in CLOCKS if clock.rule for running in clock.rule(clock, story)]
    return sorted(found, key=lambda running: running.due_on)


def _days(events: Sequence[Event]) -> dict[str, tuple[date, ...]]:
    """Return the days of each kind of event, each once and in order."""
    days: dict[str, set[date]] = {}
    for event in events:
        days.setdefault(event.kind, set()).add(event.day)
    return {kind: tuple(sorted(each)) for kind, each in days.items()}
