"""The leaving-care view: what managers watch over all in and leaving care; a list behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, words
from caseapp.pathway.leaving_formula import Asked, Told
from caseapp.pathway.leaving_measures import COUNT, GROUPS, MEASURES, MONEY, SHARE, Measure
from caseapp.pathway.leaving_people import Seen, YoungPerson
from caseapp.pathway.leaving_roll import roll
from caseapp.pathway.status import CATEGORY_WORDS
from caseapp.typed_rows import refuse_unless
from db.looks import record_look
from db.moments import utc_now
from db.roles import authorise
from db.store import Session

TITLE: Final = "Leaving care"
NOTHING: Final = "–"
BANDS: Final = (("17-18", "17 and 18", 17, 18), ("19-21", "19 to 21", 19, 21), ("22-25", "22 to 25", 22, 25))
"""The ages that the national figures are told of: key, words, from and to."""


@dataclass(frozen=True)
class Filter:
    """Which young people figures are about. Team and worker are those of today, age that of the day."""

    team_id: UUID | None = None
    worker_id: UUID | None = None
    band: str = ""


class Row(NamedTuple):
    """A young person in the list behind a number: who, and what the number saw."""

    child_id: UUID
    ref: int
    name: str
    age: int | None
    category: str
    worker: str
    said: str
    amount: Decimal | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what a list shows, in its columns' order."""
        age = "" if self.age is None else str(self.age)
        return (self.name, str(self.ref), age, self.category, self.worker or "Nobody", self.said)


COLUMNS: Final = ("Young person", "Reference", "Age", "Category", "Worker", "What was seen")


@dataclass(frozen=True)
class Figure:
    """A number as of a day: made of nothing but its rows. `others`: who was looked at and does not count."""

    measure: Measure
    rows: tuple[Row, ...]
    others: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return how many are listed: the numerator."""
        return len(self.rows)

    @property
    def of(self) -> int:
        """Return how many were looked at: the denominator."""
        return len(self.rows) + len(self.others)

    @property
    def value(self) -> Decimal | None:
        """Return the number: young people, per cent or pence; None for a share of nobody."""
        if self.measure.unit == COUNT:
            return Decimal(self.count)
        if self.measure.unit == SHARE:
            return words.percent(self.count, self.of) if self.of else None
        return sum((each.amount or Decimal(0) for each in self.rows), Decimal(0))

    @property
    def shown(self) -> str:
        """Return the number as people read it: 12, 60.0 %, £1,200.00."""
        if self.value is None:
            return NOTHING
        if self.measure.unit == MONEY:
            return words.money(int(self.value))
        return f"{self.value} %" if self.measure.unit == SHARE else str(self.value)

    @property
    def sentence(self) -> str:
        """Return what the number is told of: «9 of 12 in the cohort, less those who died or went home»."""
        among, (one, many) = self.measure.among, self.measure.of
        if self.measure.unit == SHARE:
            return f"{self.count} of {self.of} {among}" if self.of else f"nobody {among}"
        return f"{words.count(self.count, one, many)} {among}"

    @property
    def whole(self) -> str:
        """Return the number with what it is told of, in one line."""
        return self.sentence if self.measure.unit == COUNT else f"{self.shown} ({self.sentence})"


class Line(NamedTuple):
    """A measure as of the day, and as of a year before where that makes sense."""

    measure: Measure
    now: Figure
    before: Figure | None


class Offer(NamedTuple):
    """What can be filtered by: teams and workers of those on the list, bands of age."""

    teams: tuple[tuple[UUID, str], ...]
    workers: tuple[tuple[UUID, str], ...]
    bands: tuple[tuple[str, str], ...]


class LeavingView(NamedTuple):
    """All measures as of a day, those of a year before beside them, and what was asked for."""

    as_of: date
    before_on: date
    counted_at: datetime
    filter: Filter
    filter_words: str
    lines: tuple[Line, ...]
    offer: Offer

    def one(self, key: str) -> Line:
        """Return a measure by its key."""
        return next(each for each in self.lines if each.measure.key == key)

    @property
    def as_of_words(self) -> str:
        """Return as of when, compared with when."""
        return (
            f"As of {words.day(self.as_of)}, counted {words.moment(self.counted_at)}. Beside it the year "
            f"before, as of {words.day(self.before_on)}."
        )

    @property
    def groups(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Return the measures by group, each group with its title."""
        return tuple(
            (title, tuple(each for each in self.lines if each.measure.group == key)) for key, title in GROUPS
        )


def leaving_view(session: Session, asked: Filter | None = None, as_of: date | None = None) -> LeavingView:
    """Return every measure of the young people whom I may see, narrowed by a filter. The look is recorded.

    Raises Problem for a day ahead, NotAllowed for those who see no records.
    """
    authorise(session.actor, "read")
    on, narrowed = as_of or session.today, asked or Filter()
    refuse_unless(on <= session.today, "Figures are told of today or a day before. Choose an earlier day.")
    before_on = ages.birthday(on, -1)
    people = roll(session, (on, before_on))
    now = [Seen(each, on) for each in people]
    offered = _offer(now)
    found = LeavingView(
        on, before_on, utc_now(), narrowed, filter_words(narrowed, offered),
        tuple(_lines(now, [Seen(each, before_on) for each in people], narrowed)), offered,
    )  # fmt: skip
    record_look(session, "list", detail={"list": TITLE, "ids": _listed_ids(found.lines)})
    return found


def _lines(now: Sequence[Seen], before: Sequence[Seen], narrowed: Filter) -> Iterable[Line]:
    told = figures(now, narrowed)
    earlier = figures(before, narrowed)
    for one, other in zip(told, earlier, strict=True):
        yield Line(one.measure, one, other if one.measure.compared else None)


def figures(everybody: Sequence[Seen], narrowed: Filter) -> list[Figure]:
    """Return every measure of people as of one day; pure."""
    wanted = [each for each in everybody if _is_wanted(each, narrowed)]
    asked = Asked(wanted, everybody[0].on if everybody else date.min)
    return [_figure(each, list(each.formula(asked))) for each in MEASURES]


def _listed_ids(lines: Iterable[Line]) -> list[str]:
    """Return the young people whom any list shows."""
    told = [each for line in lines for each in (line.now, line.before) if each]
    return sorted({row.child_id.hex for each in told for row in (*each.rows, *each.others)})


def _is_wanted(each: Seen, narrowed: Filter) -> bool:
    person: YoungPerson = each.person
    band = next((one for one in BANDS if one[0] == narrowed.band), None)
    return (
        (narrowed.team_id is None or person.team_id == narrowed.team_id)
        and (narrowed.worker_id is None or person.worker_id == narrowed.worker_id)
        and (band is None or (each.age is not None and band[2] <= each.age <= band[3]))
    )


def _figure(measure: Measure, told: Sequence[Told]) -> Figure:
    rows = tuple(_row(each) for each in told if each.counts)
    return Figure(measure, rows, tuple(_row(each) for each in told if not each.counts))


def _row(told: Told) -> Row:
    person = told.seen.person
    return Row(
        person.id, person.ref, person.name, told.seen.age, CATEGORY_WORDS[told.seen.category], person.worker,
        told.said, told.amount,
    )  # fmt: skip


def _offer(now: Sequence[Seen]) -> Offer:
    listed = [each.person for each in now if each.is_listed]
    teams = {each.team_id: each.team for each in listed if each.team_id}
    workers = {each.worker_id: each.worker for each in listed if each.worker_id}
    return Offer(
        tuple(sorted(teams.items(), key=lambda each: each[1].casefold())),
        tuple(sorted(workers.items(), key=lambda each: each[1].casefold())),
        tuple((key, said) for key, said, _, _ in BANDS),
    )


def filter_parts(narrowed: Filter, offered: Offer) -> list[tuple[str, str]]:
    """Return the parts of a filter that are in force: (field, words)."""
    found = []
    if narrowed.team_id is not None:
        found.append(("team_id", f"team {dict(offered.teams).get(narrowed.team_id, 'of nobody now')}"))
    if narrowed.worker_id is not None:
        worker = dict(offered.workers).get(narrowed.worker_id, "a worker of nobody now")
        found.append(("worker_id", f"young people of {worker}"))
    if narrowed.band:
        found.append(("band", f"aged {dict(offered.bands).get(narrowed.band, narrowed.band)}"))
    return found


def filter_words(narrowed: Filter, offered: Offer) -> str:
    """Return a filter in words."""
    said = words.listed([part for _, part in filter_parts(narrowed, offered)])
    return f"{said[:1].upper()}{said[1:]}" if said else "All young people that you may see"
