"""A case on a day, and a figure over cases: one definition from which the number and its list both come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from caseapp import codes, star_change
from caseapp.caseload.settled import Settled

COUNT, SHARE, MEAN, SUM, MOST = "count", "share", "mean", "sum", "most"
"""Units: rows; a share of the children asked about; a mean, a sum, or the largest of their values."""
ELSEWHERE = "A child who is with others today"


class Deadline(NamedTuple):
    """A date that was running on the day."""

    clock: str
    what: str
    due_on: date
    red_after: date | None = None
    started_on: date = date.min

    def is_late(self, on: date) -> bool:
        """Return whether it had passed: the date itself, or the day after which it counts as late."""
        return self.due_on < on or (self.red_after is not None and self.red_after < on)


class Draft(NamedTuple):
    """A plan that was begun and not signed."""

    title: str
    begun_on: date


class Case(NamedTuple):
    """A child as held on a day. One whose record has since gone elsewhere has status and worker alone."""

    child_id: UUID | None
    ref: int | None
    child: str
    status: str
    worker_id: UUID | None = None
    worker: str = ""
    opened_on: date | None = None
    seen_on: date | None = None
    deadlines: Sequence[Deadline] = ()
    drafts: Sequence[Draft] = ()
    plans: AbstractSet[str] = frozenset()
    star: Decimal | None = None
    star_said: str = ""
    in_court: bool = False
    siblings: AbstractSet[UUID] = frozenset()
    had_pep: bool = False
    points: Decimal = Decimal(1)

    @property
    def is_here(self) -> bool:
        """Return whether the record is in reach today."""
        return self.child_id is not None

    @property
    def next_due_on(self) -> date | None:
        """Return the first date that was running, passed or to come."""
        return min((each.due_on for each in self.deadlines), default=None)

    def unseen_days(self, on: date) -> int | None:
        """Return for how many days the child was not seen by a day, from the opening if never."""
        since = self.seen_on or self.opened_on
        return (on - since).days if since else None


class Asked(NamedTuple):
    """The day, and what is settled here."""

    on: date
    settled: Settled


class Told(NamedTuple):
    """What a formula says of a case: whether it counts, what was seen, and its part of a sum or mean.

    What was seen is put into words when its list is opened: the numbers are shown without.
    """

    counts: bool
    said: Callable[[], str]
    value: Decimal | None = None


Formula = Callable[[Case, Asked], Iterable[Told]]


@dataclass(frozen=True)
class Definition:
    """A figure: what it is called, what it means, how it is told, and the formula."""

    key: str
    title: str
    meaning: str
    unit: str
    formula: Formula


class Row(NamedTuple):
    """A row of a list behind a figure. One without an id is of a child who is with others today."""

    child_id: UUID | None
    ref: int | None
    child: str
    worker: str
    status: str
    said: str
    value: Decimal | None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row as people read it, in the order of COLUMNS."""
        return (self.child, str(self.ref or "–"), self.worker or "Not allocated", self.status, self.said)


COLUMNS = ("Child", "Reference", "Worker", "Status", "What was seen")


Of = tuple[Case, Told]
"""A case, and what a formula says of it: a row before it is in words."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure over cases: those that count, and of a share those that do not. The rows are of the same."""

    definition: Definition
    counted: Sequence[Of]
    left_out: Sequence[Of]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows that count."""
        return tuple(_row(case, told) for case, told in self.counted)

    @cached_property
    def others(self) -> tuple[Row, ...]:
        """Return the rows that were asked about and do not count."""
        return tuple(_row(case, told) for case, told in self.left_out)

    @property
    def count(self) -> int:
        """Return how many rows count."""
        return len(self.counted)

    @property
    def of(self) -> int:
        """Return how many were asked about."""
        return len(self.counted) + len(self.left_out)

    @cached_property
    def value(self) -> Decimal | None:
        """Return the figure as a number; None where nobody was asked about."""
        if self.definition.unit == COUNT:
            return Decimal(self.count)
        values = [told.value for _, told in self.counted if told.value is not None]
        if self.definition.unit == SHARE:
            share = star_change.percent(self.count, self.of)
            return None if share is None else Decimal(share)
        if self.definition.unit == SUM:
            return sum(values, Decimal(0))
        if self.definition.unit == MEAN:
            return sum(values, Decimal(0)) / len(values) if values else None
        return max(values, default=None)

    @property
    def shown(self) -> str:
        """Return the figure as people read it: 9, 89 %, +0.8, a dash for nothing."""
        if self.value is None:
            return "–"
        if self.definition.unit == SHARE:
            return f"{self.value} %"
        if self.definition.unit == MEAN:
            way = "+" if self.value > 0 else ""
            return f"{way}{star_change.shown(self.value, 1)}"
        return f"{self.value.normalize():f}"

    @property
    def whole(self) -> str:
        """Return the figure in full: 89 %, 16 of 18 children."""
        if self.definition.unit == SHARE and self.of:
            return f"{self.shown}, {self.count} of {self.of}"
        if self.definition.unit == MOST and self.counted:
            return f"{self.shown} days, {self.counted[0][0].child}"
        if self.definition.unit == MEAN and self.counted:
            return f"{self.shown}, over {self.count} with two readings"
        return self.shown


def figure(definition: Definition, cases: Sequence[Case], asked: Asked) -> Figure:
    """Return a figure over cases, the longest first where days are told."""
    formula = definition.formula
    told = [(case, each) for case in cases for each in formula(case, asked)]
    counted = [each for each in told if each[1].counts]
    left_out = [each for each in told if not each[1].counts] if len(counted) < len(told) else []
    if definition.unit == MOST:
        counted.sort(key=lambda each: each[1].value or 0, reverse=True)
    return Figure(definition, counted, left_out)


def _row(case: Case, told: Told) -> Row:
    status = codes.STATUSES.get(case.status, case.status)
    return Row(case.child_id, case.ref, case.child, case.worker, status, told.said(), told.value)
