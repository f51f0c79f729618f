"""Clocks of supervision: how often a child is talked about, and how often a worker is supervised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from caseapp.calendars import Calendar
from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.limits import due_on
from caseapp.clocks.rules import run
from caseapp.clocks.story import Span, Story

TALKED_ABOUT: Final = "case_supervision"
MOST_OFTEN: Final = frozenset({"child_protection", "looked_after"})
WEEKLY_FOR: Final = timedelta(weeks=6)
FORTNIGHTLY_UNTIL: Final = relativedelta(months=6)
_CASE_LIMITS: Final[Mapping[str, str]] = {
    "child_protection": "CD+28", "looked_after": "CD+28", "child_in_need": "CD+42",
}  # fmt: skip
_OTHER_CASES: Final = "M+2"
_ONE_DAY: Final = timedelta(days=1)
_OPENED: Final = "the record was opened"
_BEGUN: Final = "supervision of children began to be recorded here"


def case_limit(status: str, own: str, start: date, calendar: Calendar) -> str:
    """Return how often a child of a status is talked about, an area's own limit heeded.

    That one is for children looked after or with a protection plan; it never lets others be talked about more
    often than these.
    """
    usual = _CASE_LIMITS.get(status, _OTHER_CASES)
    if not own:
        return usual
    is_longer = due_on(own, start, calendar) > due_on(usual, start, calendar)
    return own if status in MOST_OFTEN or is_longer else usual


def first_case_on(opened_on: date, recorded_from: date) -> date:
    """Return the day from which a child who was never talked about is owed it.

    A record older than the recording of supervision is not overdue for years that nobody wrote down.
    """
    return max(opened_on, recorded_from)


def case_supervision(clock: Clock, story: Story) -> Iterable[Running]:
    """Each time that a child is talked about starts the next; the first counts from the opening."""
    talked, begun = story.on(clock.stops), story.local.supervised_from
    opened = next(iter(story.on("case_opened")), None)
    if opened and begun and (first := first_case_on(opened, begun)) <= min(talked, default=date.max):
        yield _until_next(clock, story, first, _OPENED if first == opened else _BEGUN, talked)
    for start in talked:
        yield _until_next(clock, story, start, "the child was last talked about", talked, start + _ONE_DAY)


def _until_next(
    clock: Clock, story: Story, start: date, why: str, talked: tuple[date, ...], since: date | None = None
) -> Running:
    own = story.local.limit_of(clock.id, start)
    limit = case_limit(story.local.status, own, start, story.calendar)
    return run(clock, story, start, Span(start), talked, since, limit, why=why)


def staff_limit(usual: str, newly_qualified_from: date | None, last_on: date, calendar: Calendar) -> str:
    """Return how often a worker is supervised after a day: `usual` unless they are newly qualified.

    Weekly for six weeks, every fortnight to six months, then as everybody (ASYE); never less often.

    >>> from caseapp.calendars import england
    >>> began = date(2026, 9, 1)
    >>> [staff_limit("CD+28", began, on, england()) for on in (began, date(2026, 10, 13), date(2027, 3, 1))]
    ['CD+7', 'CD+14', 'CD+28']
    """
    if newly_qualified_from is None or last_on >= newly_qualified_from + FORTNIGHTLY_UNTIL:
        return usual
    protected = "CD+7" if last_on < newly_qualified_from + WEEKLY_FOR else "CD+14"
    return min(protected, usual, key=lambda limit: due_on(limit, last_on, calendar))
