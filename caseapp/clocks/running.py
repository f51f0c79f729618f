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
    days: dict[str, set[date]] = {}
    for event in events:
        if event.day <= today:
            days.setdefault(event.kind, set()).add(event.day)
    story = Story({kind: tuple(sorted(each)) for kind, each in days.items()}, born_on, calendar, today, local)
    found = [running for clock in CLOCKS if clock.rule for running in clock.rule(clock, story)]
    return sorted(found, key=lambda running: running.due_on)
