"""What a report on a star is made of: readings, and figures that hold the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from caseapp import star_change
from caseapp.form import Stage
from caseapp.star_change import Improvement, Points


class Reading(NamedTuple):
    """A reading that counts."""

    on: date
    points: Points
    is_partial: bool = False


class Who(NamedTuple):
    """Whose star it is, in whose file, and who works with them."""

    child_id: UUID
    ref: int
    child: str
    whose: str = ""
    worker: str = ""
    team: str = ""
    agency: str = ""


class Star(NamedTuple):
    """One person's readings of one star in one spell of help, oldest first."""

    who: Who
    readings: tuple[Reading, ...]


class Ended(NamedTuple):
    """A child's early help that ended, and the most readings of one person in the family."""

    who: Who
    on: date
    readings: int


class Overdue(NamedTuple):
    """A child whose next reading should have been by now."""

    who: Who
    due_on: date


class Scale(NamedTuple):
    """What a star asks: its areas in order, its points, its stages if it names any."""

    areas: tuple[str, ...]
    low: int
    high: int
    stages: tuple[Stage, ...] = ()


class Ask(NamedTuple):
    """What a report is asked for: the period, and what counts."""

    until: date
    since: date | None = None
    improved: Improvement = Improvement()
    with_partial: bool = False

    def holds(self, on: date) -> bool:
        """Return whether a day lies in the period."""
        return (self.since is None or self.since <= on) and on <= self.until


class Behind(NamedTuple):
    """A row behind a figure: a child, whose star it is, and what the figure saw."""

    child_id: UUID
    ref: int
    child: str
    whose: str
    said: str


@dataclass(frozen=True)
class Figure:
    """A number with the rows behind it: as many as it counts. `of` is the whole of a share.

    `value` is set for a mean; the rows behind it are those that it is the mean of.
    """

    key: str
    title: str
    definition: str
    behind: tuple[Behind, ...]
    of: int | None = None
    value: Decimal | None = None
    is_mean: bool = False

    @property
    def count(self) -> int:
        """Return how many rows are behind the figure."""
        return len(self.behind)

    @property
    def child_ids(self) -> tuple[UUID, ...]:
        """Return the children behind the figure, one for each that it counts."""
        return tuple(each.child_id for each in self.behind)

    @property
    def share(self) -> int | None:
        """Return the share in percent, if the figure is a part of something."""
        return None if self.of is None else star_change.percent(self.count, self.of)

    @property
    def shown(self) -> str:
        """Return the figure as people read it: 12, 12 of 20 (60 %), or a mean change."""
        if self.is_mean:
            return star_change.signed(self.value)
        if self.of is None:
            return str(self.count)
        if not self.of:
            return "0 of 0"
        return f"{self.count} of {self.of} ({self.share} %)"


class AreaRow(NamedTuple):
    """One area over everybody: means of the same people, directions, and where people started."""

    label: str
    n: int
    first: Decimal | None
    latest: Decimal | None
    change: Decimal | None
    compared: Figure
    increased: Figure
    same: Figure
    decreased: Figure
    stage_up: Figure | None
    needed_help: Figure | None
    moved_up: Figure | None
    profile: tuple[Figure, ...]


class Group(NamedTuple):
    """A worker's, a team's or an agency's part of the report."""

    by: str
    name: str
    stars: Figure
    compared: Figure
    improved: Figure
    change: Figure


class Figures(NamedTuple):
    """All figures: the headline ones, by area, by worker, team and agency."""

    headline: tuple[Figure, ...]
    areas: tuple[AreaRow, ...]
    groups: tuple[Group, ...]
    bands: tuple[str, ...]
    sentence: str

    def one(self, key: str) -> Figure:
        """Return a headline figure by its key."""
        return next(each for each in self.headline if each.key == key)


def behind(who: Who, said: str) -> Behind:
    """Return a row behind a figure."""
    return Behind(who.child_id, who.ref, who.child, who.whose, said)


def figure(key: str, title: str, definition: str, behind: Iterable[Behind], of: int | None = None) -> Figure:
    """Return a figure of the rows behind it, by name."""
    return Figure(key, title, definition, tuple(sorted(behind, key=_by_name)), of)


def mean_figure(key: str, title: str, definition: str, told: Sequence[tuple[Behind, Decimal]]) -> Figure:
    """Return the mean of numbers, with the row behind each."""
    value = sum((number for _, number in told), Decimal(0)) / len(told) if told else None
    rows = sorted((behind for behind, _ in told), key=_by_name)
    return Figure(key, title, definition, tuple(rows), value=value, is_mean=True)


def _by_name(each: Behind) -> tuple[str, int, str]:
    return each.child.casefold(), each.ref, each.whose
