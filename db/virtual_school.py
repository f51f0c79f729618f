"""Queries of the virtual school: a fixed number of them, each over all the children in reach.

Whoever was in care since a day, or had pupil premium in certain years, is read whole: what counts on which
day is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from db.models import (
    AboutChild,
    Attainment,
    Attendance,
    Child,
    Episode,
    Fact,
    PepStep,
    Premium,
    ReducedTimetable,
    Revision,
    School,
    Schooling,
    Suspension,
    Worker,
    YearGroup,
)

PEP = "pep"


@dataclass(frozen=True)
class Reach:
    """Whom the queries are about: in care at some time from `since` to `until`, or with premium in a year."""

    since: date
    until: date
    premium_years: tuple[int, ...]

    @property
    def ids(self) -> Select[UUID]:
        """Return the query of the children's ids: the guard narrows it, so it begins with those in reach."""
        episode, premium = Episode.__table__.c, Premium.__table__.c
        in_care = exists().where(
            episode.child_id == Child.id,
            episode.started_on <= self.until,
            or_(episode.ended_on.is_(None), episode.ended_on >= self.since),
        )
        with_money = exists().where(premium.child_id == Child.id, premium.year.in_(self.premium_years))
        return select(Child.id).where(or_(in_care.correlate(Child), with_money.correlate(Child)))


class ChildRow(NamedTuple):
    """A child, as the record says today."""

    id: UUID
    ref: int
    name: str
    sort_name: str
    born_on: date | None
    sen: str
    worker_id: UUID | None
    worker: str


class StayRow(NamedTuple):
    """A spell at a school."""

    child_id: UUID
    from_on: date | None
    until_on: date | None
    school_id: UUID
    school: str
    kind: str


class FactRow(NamedTuple):
    """A reportable answer or event of a signed PEP; a corrected or void one has none."""

    child_id: UUID
    revision_id: UUID
    number: int
    field: str
    is_event: bool
    code: str | None
    day: date | None


class PlanRow(NamedTuple):
    """A signed version of a PEP and the one that it puts right."""

    id: UUID
    number: int
    replaces_id: UUID | None


def children(session: Session, reach: Reach) -> list[ChildRow]:
    """Return the children, by name."""
    asked = (
        select(Child, Worker.name)
        .outerjoin(Worker, Worker.id == Child.worker_id)
        .where(Child.id.in_(reach.ids))
        .order_by(Child.sort_name, Child.ref)
    )
    return [
        ChildRow(
            each.id, each.ref, each.name, each.sort_name, each.born_on, each.sen_status, each.worker_id,
            worker or "",
        )
        for each, worker in session.execute(asked)
    ]  # fmt: skip


def episodes(session: Session, reach: Reach) -> list[Episode]:
    """Return all episodes of care of the children, the oldest first."""
    return list(session.scalars(_about(Episode, reach).order_by(Episode.started_on)))


def stays(session: Session, reach: Reach) -> list[StayRow]:
    """Return the children's schools, the oldest first; one of unknown beginning stands before all others."""
    asked = (
        select(
            Schooling.child_id, Schooling.from_on, Schooling.until_on, Schooling.school_id, School.name,
            School.kind,
        )
        .join(School, School.id == Schooling.school_id)
        .where(Schooling.child_id.in_(reach.ids))
        .order_by(Schooling.from_on, Schooling.id)
    )  # fmt: skip
    found = [StayRow(*row) for row in session.execute(asked)]
    return sorted(found, key=lambda each: each.from_on or date.min)


def facts(session: Session, reach: Reach, fields: Collection[str]) -> list[FactRow]:
    """Return some reportable answers and events of the children's PEPs, in the order of the versions."""
    asked = (
        select(
            Fact.child_id, Fact.revision_id, Revision.number, Fact.field, Fact.is_event, Fact.code, Fact.day
        )
        .join(Revision, Revision.id == Fact.revision_id)
        .where(Revision.kind == PEP, Fact.field.in_(sorted(fields)), Fact.child_id.in_(reach.ids))
        .order_by(Revision.number)
    )
    return [FactRow(*row) for row in session.execute(asked)]


def plans(session: Session, reach: Reach) -> list[PlanRow]:
    """Return the signed versions of the children's PEPs."""
    asked = select(Revision.id, Revision.number, Revision.replaces_id).where(
        Revision.kind == PEP, Revision.signed_at.is_not(None), Revision.child_id.in_(reach.ids)
    )
    return [PlanRow(*row) for row in session.execute(asked)]


def steps(session: Session, reach: Reach) -> list[PepStep]:
    """Return the steps of the children's PEPs, in the order they were taken."""
    return list(session.scalars(_about(PepStep, reach).order_by(PepStep.id)))


def year_groups(session: Session, reach: Reach) -> list[YearGroup]:
    """Return the year groups that children are taught in other than by age."""
    return list(session.scalars(_about(YearGroup, reach)))


def attendance(session: Session, reach: Reach, school_years: Sequence[int]) -> list[Attendance]:
    """Return the attendance of some school years."""
    asked = _about(Attendance, reach, Attendance.school_year.in_(school_years))
    return list(session.scalars(asked.order_by(Attendance.id)))


def suspensions(session: Session, reach: Reach, since: date) -> list[Suspension]:
    """Return suspensions and exclusions that began on or after a day."""
    asked = _about(Suspension, reach, Suspension.started_on >= since)
    return list(session.scalars(asked.order_by(Suspension.started_on, Suspension.id)))


def timetables(session: Session, reach: Reach, since: date) -> list[ReducedTimetable]:
    """Return the reduced timetables that ran on or after a day."""
    runs = or_(ReducedTimetable.ended_on.is_(None), ReducedTimetable.ended_on >= since)
    return list(session.scalars(_about(ReducedTimetable, reach, runs).order_by(ReducedTimetable.started_on)))


def attainment(session: Session, reach: Reach, since: date) -> list[Attainment]:
    """Return what was assessed on or after a day, the oldest first; starting points are left out."""
    asked = _about(Attainment, reach, Attainment.assessed_on >= since, Attainment.baseline.is_(False))
    return list(session.scalars(asked.order_by(Attainment.assessed_on, Attainment.id)))


def premiums(session: Session, reach: Reach) -> list[Premium]:
    """Return the requests for pupil premium of the financial years asked for."""
    asked = _about(Premium, reach, Premium.year.in_(reach.premium_years))
    return list(session.scalars(asked.order_by(Premium.year, Premium.number)))


def _about(table: type[AboutChild], reach: Reach, *tests: ColumnElement[bool]) -> Select[Any]:
    return select(table).where(table.child_id.in_(reach.ids), *tests)
