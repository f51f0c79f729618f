"""What happened to a child, as the clocks read it: events, and the stretches of time that they make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from caseapp.ages import birthday
from caseapp.calendars import Calendar, Term, term_after, term_of

_CARE_DAYS_FOR_ELIGIBLE = 91
_LEAVING_CARE_ENDS_AT = 25
_ONE_DAY = timedelta(days=1)


class Event(NamedTuple):
    """Something that happened to a child on a day; `about` joins those of one contact or referral."""

    kind: str
    day: date
    about: str = ""


class Span(NamedTuple):
    """A stretch of time in which clocks run: care, one placement, early help. No end: it is going on."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a clock may start on the day: the last day starts nothing."""
        return self.start <= day and (self.end is None or day < self.end)


def _as_shipped(clock_id: str, start: date) -> str:
    return ""


@dataclass(frozen=True)
class Local:
    """What differs by area and by star: terms, the age for a PEP, weeks between readings, limits.

    Every day is of a term: those of the holidays are of the term before. No weeks: as the clock says.
    `limit_of` gives the area's own limit for a local clock and the day on which it starts, or nothing.
    `cautious_from`: health assessments from this day on lead to one in six months until the child is five.
    `status`: what the child is now, which says how often it is talked about; `supervised_from`: since when
    this area records that it is. `own_start_from`: assessments that start from this day on count from then.
    """

    term_of: Callable[[date], Term] = term_of
    term_after: Callable[[Term], Term] = term_after
    pep_from_age: int = 3
    star_weeks: int = 0
    limit_of: Callable[[str, date], str] = _as_shipped
    cautious_from: date | None = None
    status: str = ""
    supervised_from: date | None = None
    own_start_from: date | None = None


USUAL = Local()


@dataclass(frozen=True)
class Story:
    """One child's events up to today, by kind, each day once and in order."""

    days: Mapping[str, tuple[date, ...]]
    born_on: date | None
    calendar: Calendar
    today: date
    local: Local = USUAL
    threads: Sequence[Mapping[str, tuple[date, ...]]] = ()
    """The same days, of one contact, referral or assessment at a time."""

    @cached_property
    def care(self) -> tuple[Span, ...]:
        """The periods of care; each ends at 18 if nothing ended it before."""
        spans: list[Span] = []
        for start in self.on("looked_after"):
            before = spans[-1] if spans else None
            if before and (before.end is None or start < before.end):
                continue
            if any(start >= adult for adult in self.reached(18)):
                break
            # Care that ends and starts again on one day is two periods.
            again = before is not None and before.end == start
            ends = [day for day in self.on("care_ended") if day > start or (day == start and not again)]
            spans.append(Span(start, min([*ends, *self.reached(18)], default=None)))
        return tuple(spans)

    @cached_property
    def placements(self) -> tuple[Span, ...]:
        """The placements in care; without any on record, care itself counts as one."""
        return tuple(placement for care in self.care for placement in self.placements_in(care))

    @cached_property
    def early_help(self) -> tuple[Span, ...]:
        """The stretches between closings, the day of closing being the last of its stretch."""
        closed = self.on("early_help_closed")
        starts = (date.min, *(day + _ONE_DAY for day in closed))
        return tuple(map(Span, starts, (*closed, None)))

    @cached_property
    def to_25(self) -> Span:
        """The time in which leaving care clocks run."""
        return Span(date.min, min(self.reached(_LEAVING_CARE_ENDS_AT), default=None))

    def on(self, kind: str, span: Span | None = None) -> tuple[date, ...]:
        """Return the days of a kind of event, all of them or those in a span."""
        days = self.days.get(kind, ())
        if not days or span is None:
            return days
        until = bisect_left(days, span.end) if span.end else None
        return days[bisect_left(days, span.start) : until]

    def placements_in(self, care: Span) -> Iterable[Span]:
        """Return the placements of one period of care; a new one ends the one before."""
        starts = self.on("placement_started", care) or (care.start,)
        return map(Span, starts, (*starts[1:], care.end))

    def reached(self, years: int) -> tuple[date, ...]:
        """Return the birthday, if it is known and not still to come."""
        day = birthday(self.born_on, years) if self.born_on else None
        return (day,) if day and day <= self.today else ()

    def before(self, care: Span) -> date:
        """Return the end of the care before this, or the beginning of time."""
        return max((span.end for span in self.care if span.end and span.end <= care.start), default=date.min)


def eligible_on(care: Sequence[Span], born_on: date) -> date | None:
    """Return the day on which 13 weeks in care after 14 and the age of 16 are both reached, or None.

    Periods of care in order, short breaks left out. Care that goes on is taken to go on.
    """
    fourteen, sixteen = birthday(born_on, 14), birthday(born_on, 16)
    total = 0
    for start, end in care:
        counted_from = max(start, fourteen)
        reached = counted_from + timedelta(days=max(0, _CARE_DAYS_FOR_ELIGIBLE - total))
        eligible = max(reached, sixteen)
        if end is None or (eligible <= end and end > sixteen):
            return eligible
        total += max(0, (end - counted_from).days)
    return None
