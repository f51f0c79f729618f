"""Queries about pupil premium: requests, rates, term dates, and the children whom a year's money is for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Child, Episode, Premium, PremiumRate, Revision, School, Schooling, TermDates, Worker

_LONGEST_AGE = timedelta(days=19 * 366)


class Request(NamedTuple):
    """A request with the names that it is read with."""

    row: Premium
    child: Child
    school: str
    decided_by: str


def requests(
    session: Session,
    *,
    child_id: UUID | None = None,
    year: int | None = None,
    school_id: UUID | None = None,
) -> list[Request]:
    """Return the requests of a child, a financial year or a school, newest first."""
    asked = (
        select(Premium, Child, School.name, Worker.name)
        .join(Child, Child.id == Premium.child_id)
        .outerjoin(School, School.id == Premium.school_id)
        .outerjoin(Worker, Worker.id == Premium.decided_by)
        .order_by(Premium.year.desc(), Premium.asked_on.desc(), Child.sort_name, Premium.number.desc())
    )
    if child_id is not None:
        asked = asked.where(Premium.child_id == child_id)
    if year is not None:
        asked = asked.where(Premium.year == year)
    if school_id is not None:
        asked = asked.where(Premium.school_id == school_id)
    return [Request(row, child, school or "", by or "") for row, child, school, by in session.execute(asked)]


def last_number(session: Session, child_id: UUID) -> int:
    """Return the highest number that a request of a child ever had; nought before the first."""
    premium = Premium.__table__.c  # the table: a number once given is never given again
    asked = select(func.max(premium.number)).where(premium.child_id == child_id)
    return session.connection().execute(asked).scalar() or 0


def children_in_care(session: Session, first_on: date, last_on: date) -> list[Child]:
    """Return the children with an episode of care that touches a stretch of time, by name.

    Those born too long ago to be of school age are left out; short breaks are still among them.
    """
    in_time = select(Episode.child_id).where(
        Episode.started_on <= last_on, or_(Episode.ended_on.is_(None), Episode.ended_on >= first_on)
    )
    asked = select(Child).where(Child.id.in_(in_time), Child.born_on > first_on - _LONGEST_AGE)
    return list(session.scalars(asked.order_by(Child.sort_name, Child.id)))


def episodes(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Episode]]:
    """Return the episodes of care of some children."""
    found: dict[UUID, list[Episode]] = {each: [] for each in ids}
    for row in session.scalars(select(Episode).where(Episode.child_id.in_(ids))):
        found[row.child_id].append(row)
    return found


def school_on(session: Session, ids: Collection[UUID], on: date) -> dict[UUID, School]:
    """Return the school that each of some children was at on a day, the newest spell where two overlap."""
    asked = (
        select(Schooling)
        .where(Schooling.child_id.in_(ids))
        .where(or_(Schooling.from_on.is_(None), Schooling.from_on <= on))
        .where(or_(Schooling.until_on.is_(None), Schooling.until_on > on))
        .order_by(Schooling.from_on)
    )
    return {row.child_id: row.school for row in session.scalars(asked)}


def pep_of(session: Session, child_id: UUID, revision_id: UUID) -> Revision | None:
    """Return a version of a child's PEP."""
    asked = select(Revision).where(
        Revision.id == revision_id, Revision.child_id == child_id, Revision.kind == "pep"
    )
    return session.scalar(asked)


def newest_pep(session: Session, child_id: UUID) -> Revision | None:
    """Return the newest version of a child's PEP, signed or not."""
    asked = select(Revision).where(Revision.child_id == child_id, Revision.kind == "pep")
    return session.scalar(asked.order_by(Revision.number.desc()).limit(1))


def rates(session: Session) -> list[PremiumRate]:
    """Return the rates that this office has set."""
    return list(session.scalars(select(PremiumRate).order_by(PremiumRate.year, PremiumRate.stream)))


def term_dates(session: Session) -> list[TermDates]:
    """Return the terms that this office has set, oldest first."""
    return list(session.scalars(select(TermDates).order_by(TermDates.first_on)))
