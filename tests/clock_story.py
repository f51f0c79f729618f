"""A child's events as short lines, and the clocks that run from them."""

from datetime import datetime

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import Event, running_clocks


def day(text):
    """Return a date written as 14 Sep 2026."""
    return datetime.strptime(text, "%d %b %Y").date()  # noqa: DTZ007


def story(*events, today, born=None):
    """Return the running clocks of a child whose events read «kind 14 Sep 2026»."""
    read = [Event(kind, day(when)) for kind, when in (event.split(" ", 1) for event in events)]
    return running_clocks(read, day(born) if born else None, england(), day(today))


def of(running, clock_id):
    """Return (started, due, met) of one clock's occurrences."""
    return [(each.started_on, each.due_on, each.met_on) for each in running if each.clock.id == clock_id]


def still_open(running):
    """Return the due date of each open clock by its id."""
    return {each.clock.id: each.due_on for each in running if each.is_open}


def standing(running, clock_id, today):
    """Return the kinds of state of one clock's occurrences."""
    found = [each for each in running if each.clock.id == clock_id]
    return [clocks.state_of(each, day(today), england()).kind for each in found]


PUPIL = "01 Mar 2015"
