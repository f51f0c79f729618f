"""A case on a day, and a figure over cases: one definition from which the number and its list both come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from caseapp import codes, star_change
from caseapp.caseload.settled import Settled

COUNT, SHARE, MEAN, SUM, MOST = "count", "share", "mean", "sum", "most"
"""Units: rows; a share of the children asked about; a mean, a sum, or the largest of their values."""
ELSEWHERE = "A child who is with others today"


class Deadline(NamedTuple):
    """A date that was running on the day.

    `is_late`: it had passed, the date itself or the day after which it counts as late. `has_begun`: its time
    ran by the day; one that is shown ahead runs later.
    """

    clock: str
    what: str
    due_on: date
    is_late: bool = False
    has_begun: bool = True


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


Seen = TypeVar("Seen")
"""What of a case a figure is about: a date, a draft, a number; nothing where it is the case itself."""
Of = tuple[Case, Seen]
"""A case and what was seen of it: a row before it is in words."""


class Found(NamedTuple, Generic[Seen]):
    """What a formula finds among cases: what counts, and of a share what does not."""

    counted: Sequence[Of[Seen]]
    left_out: Sequence[Of[Seen]] = ()


@dataclass(frozen=True)
class Definition(Generic[Seen]):
    """A figure: what it is called, what it means, how it is told, the formula, and the words of a row.

    What was seen is put into words when its list is opened: the numbers are shown without. Where days, a sum
    or a mean are told, what was seen is the number.
    """

    key: str
    title: str
    meaning: str
    unit: str
    formula: Callable[[Sequence[Case], Asked], Found[Seen]]
    said: Callable[[Case, Seen, Asked], str]


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


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure over cases: those that count, and of a share those that do not. The rows are of the same."""

    definition: Definition[Any]
    counted: Sequence[Of[Any]]
    left_out: Sequence[Of[Any]]
    asked: Asked

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows that count."""
        return tuple(self._row(case, seen) for case, seen in self.counted)

    @cached_property
    def others(self) -> tuple[Row, ...]:
        """Return the rows that were asked about and do not count."""
        return tuple(self._row(case, seen) for case, seen in self.left_out)

    def _row(self, case: Case, seen: object) -> Row:
        status = codes.STATUSES.get(case.status, case.status)
        said = self.definition.said(case, seen, self.asked)
        value = Decimal(seen) if isinstance(seen, int | Decimal) else None
        return Row(case.child_id, case.ref, case.child, case.worker, status, said, value)

    @property
    def first(self) -> Case | None:
        """Return the case of the first row that counts: of days the longest."""
        return self.counted[0][0] if self.counted else None

    @property
    def children(self) -> int:
        """Return of how many children the rows are that count."""
        return len({case.child_id for case, _ in self.counted})

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
        if self.definition.unit == SHARE:
            share = star_change.percent(self.count, self.of)
            return None if share is None else Decimal(share)
        values = [seen for _, seen in self.counted]
        if self.definition.unit == SUM:
            return sum(values, Decimal(0))
        if self.definition.unit == MEAN:
            return sum(values, Decimal(0)) / len(values) if values else None
        return Decimal(max(values)) if values else None

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
        if self.definition.unit == MOST and self.first:
            return f"{self.shown} days, {self.first.child}"
        if self.definition.unit == MEAN and self.counted:
            return f"{self.shown}, over {self.count} with two readings"
        return self.shown


def figure(definition: Definition[Any], cases: Sequence[Case], asked: Asked) -> Figure:
    """Return a figure over cases, the longest first where days are told."""
    counted, left_out = definition.formula(cases, asked)
    if definition.unit == MOST:
        counted = sorted(counted, key=itemgetter(1), reverse=True)
    return Figure(definition, counted, left_out, asked)
