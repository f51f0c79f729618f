"""The virtual school: what managers watch over all children who need a PEP; a list behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, codes, holidays, pep_settings, school_terms, words
from caseapp.education.virtual_school_formula import Asked, Told
from caseapp.education.virtual_school_measures import (
    COUNT,
    DAYS,
    GROUPS,
    MEAN,
    MEASURES,
    MONEY,
    PERCENT,
    SHARE,
    Measure,
)
from caseapp.education.virtual_school_pupils import Day, Pupil
from caseapp.education.virtual_school_roll import roll
from caseapp.star_change import percent
from db.looks import record_look
from db.moments import utc_now
from db.roles import authorise
from db.store import Session

TITLE: Final = "Virtual school"
NOTHING: Final = "–"
_ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True)
class Filter:
    """Which children figures are about. Things are taken as they stood on the day a figure is told of."""

    school_id: UUID | None = None
    group: int | None = None
    worker_id: UUID | None = None
    sen: str = ""


class Row(NamedTuple):
    """A child in the list behind a number: who, where, and what the number saw."""

    child_id: UUID
    ref: int
    child: str
    year: str
    school: str
    said: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """A number as at a day: made of nothing but its rows. `others`: who was looked at and does not count."""

    measure: Measure
    rows: tuple[Row, ...]
    others: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return how many rows are listed."""
        return len(self.rows)

    @property
    def of(self) -> int:
        """Return how many were looked at."""
        return len(self.rows) + len(self.others)

    @property
    def value(self) -> Decimal | None:
        """Return the number: children, per cent, a mean, days or pence; None where nobody is looked at."""
        unit = self.measure.unit
        if unit == COUNT:
            return Decimal(self.count)
        if unit == SHARE:
            share = percent(self.count, self.of)
            return None if share is None else Decimal(share)
        total = sum((each.amount or Decimal(0) for each in self.rows), Decimal(0))
        if unit in (PERCENT, MEAN):
            return _place(total / self.count) if self.rows else None
        return total

    @property
    def shown(self) -> str:
        """Return the number as people read it: 12, 60 %, 4.5 days, £1,200.00."""
        if self.value is None:
            return NOTHING
        if self.measure.unit in (SHARE, PERCENT):
            return f"{self.value} %"
        if self.measure.unit == MONEY:
            return words.money(int(self.value))
        if self.measure.unit == DAYS:
            return f"{self.value.normalize():f} {'day' if self.value == 1 else 'days'}"
        return str(self.value)

    @property
    def beneath(self) -> str:
        """Return what stands beneath the number: of how many it is told."""
        if self.measure.unit == SHARE:
            return f"{self.count} of {self.of}" if self.of else "nobody to count"
        if self.measure.unit == COUNT:
            return "child" if self.count == 1 else "children"
        return f"of {words.count(self.count, 'child', 'children')}"

    @property
    def whole(self) -> str:
        """Return number and what it is told of, in one line."""
        if self.measure.unit == COUNT:
            return self.shown
        return f"{self.shown} ({self.beneath})" if self.of else self.shown


def _place(value: Decimal) -> Decimal:
    return value.quantize(_ONE_PLACE, "ROUND_HALF_UP")


class Line(NamedTuple):
    """A measure as it stands now, and as it stood at the end of the term before."""

    measure: Measure
    now: Figure
    before: Figure


class Offer(NamedTuple):
    """What can be filtered by: schools and workers of the children on the roll, year groups, SEN."""

    schools: tuple[tuple[UUID, str], ...]
    groups: tuple[tuple[int, str], ...]
    workers: tuple[tuple[UUID, str], ...]
    sen: tuple[tuple[str, str], ...]


class VirtualSchool(NamedTuple):
    """All measures as at a day, those of the term before beside them, and what was asked for."""

    as_at: date
    term: str
    before_on: date
    before_term: str
    counted_at: datetime
    filter: Filter
    filter_words: str
    lines: tuple[Line, ...]
    offer: Offer

    def one(self, key: str) -> Line:
        """Return a measure by its key."""
        return next(each for each in self.lines if each.measure.key == key)

    @property
    def as_at_words(self) -> str:
        """Return as at when, compared with when."""
        return (
            f"As at {words.day(self.as_at)}, {self.term}, counted {words.moment(self.counted_at)}. Beside it "
            f"the {self.before_term}, as at {words.day(self.before_on)}."
        )

    @property
    def groups(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Return the measures by group, each group with its title."""
        return tuple(
            (title, tuple(each for each in self.lines if each.measure.group == key)) for key, title in GROUPS
        )


def virtual_school(session: Session, asked: Filter | None = None) -> VirtualSchool:
    """Return every measure of the children whom I may see, narrowed by a filter. The look is recorded."""
    authorise(session.actor, "read")
    narrowed = asked or Filter()
    area = school_terms.area(session)
    day = Day(session.today, area.term_of, pep_settings.read(session).from_age, holidays.calendar(session))
    pupils = roll(session, day)
    offered = _offer(pupils, day)
    now = figures(pupils, day, session.today, narrowed)
    before = figures(pupils, day.before, session.today, narrowed)
    found = VirtualSchool(
        day.on, day.term.name, day.before.on, day.before.term.name, utc_now(), narrowed,
        filter_words(narrowed, offered),
        tuple(Line(one.measure, one, other) for one, other in zip(now, before, strict=True)),
        offered,
    )  # fmt: skip
    record_look(session, "list", detail={"list": TITLE, "ids": _seen(found.lines)})
    return found


def _seen(lines: Iterable[Line]) -> list[str]:
    """Return the children whom any list shows."""
    figures = [each for line in lines for each in (line.now, line.before)]
    return sorted({row.child_id.hex for each in figures for row in (*each.rows, *each.others)})


def figures(pupils: Sequence[Pupil], day: Day, today: date, narrowed: Filter) -> list[Figure]:
    """Return every measure as at a day; pure."""
    everybody = [each for each in pupils if _is_wanted(each, day, today, narrowed)]
    asked = Asked(everybody, [each for each in everybody if each.needs_pep(day)], day, today)
    return [_figure(each, list(each.formula(asked)), day) for each in MEASURES]


def _is_wanted(pupil: Pupil, day: Day, today: date, narrowed: Filter) -> bool:
    school = pupil.school_on(day.on)
    return (
        (narrowed.school_id is None or (school is not None and school.school_id == narrowed.school_id))
        and (narrowed.group is None or pupil.group(day.on) == narrowed.group)
        and (narrowed.worker_id is None or pupil.worker_id == narrowed.worker_id)
        and (not narrowed.sen or pupil.sen_on(day, today) == narrowed.sen)
    )


def _figure(measure: Measure, told: Sequence[Told], day: Day) -> Figure:
    rows = tuple(_row(each, day) for each in told if each.counts)
    return Figure(measure, rows, tuple(_row(each, day) for each in told if not each.counts))


def _row(told: Told, day: Day) -> Row:
    pupil = told.pupil
    group, school = pupil.group(day.on), pupil.school_on(day.on)
    return Row(
        pupil.id, pupil.ref, pupil.name, "" if group is None else ages.year_group_words(group),
        school.school if school else "No school", told.said, told.amount,
    )  # fmt: skip


def _offer(pupils: Sequence[Pupil], day: Day) -> Offer:
    needing = [each for each in pupils if each.needs_pep(day)]
    schools = {at.school_id: at.school for each in needing if (at := each.school_on(day.on))}
    workers = {each.worker_id: each.worker for each in needing if each.worker_id}
    groups = {group for each in needing if (group := each.group(day.on)) is not None}
    return Offer(
        tuple(sorted(schools.items(), key=lambda each: each[1].casefold())),
        tuple((each, ages.year_group_words(each)) for each in sorted(groups)),
        tuple(sorted(workers.items(), key=lambda each: each[1].casefold())),
        tuple((code, said) for code, said in codes.SEN.items() if code),
    )


def filter_parts(narrowed: Filter, offered: Offer) -> list[tuple[str, str]]:
    """Return the parts of a filter that are in force: (field, words)."""
    found = []
    if narrowed.school_id is not None:
        school = dict(offered.schools).get(narrowed.school_id, "a school nobody is at now")
        found.append(("school_id", school))
    if narrowed.group is not None:
        found.append(("group", ages.year_group_words(narrowed.group)))
    if narrowed.worker_id is not None:
        worker = dict(offered.workers).get(narrowed.worker_id, "a worker of nobody now")
        found.append(("worker_id", f"children of {worker}"))
    if narrowed.sen:
        found.append(("sen", f"SEN: {dict(offered.sen).get(narrowed.sen, narrowed.sen)}"))
    return found


def filter_words(narrowed: Filter, offered: Offer) -> str:
    """Return a filter in words."""
    parts = [said for _, said in filter_parts(narrowed, offered)]
    return words.listed(parts) if parts else "All children that you may see"
