"""Queries about schooling: what stands in one file, and schools by name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db import names
from db.models import (
    Attainment,
    Attendance,
    ClockRow,
    ReducedTimetable,
    School,
    Schooling,
    Suspension,
    YearGroup,
)

PEP_CLOCKS = ("P1", "P2", "P3")


def schools_of(session: Session, child_id: UUID) -> list[Schooling]:
    """Return a child's spells at schools, oldest first; one of unknown beginning is the oldest."""
    asked = select(Schooling).where(Schooling.child_id == child_id)
    found = session.scalars(asked.order_by(Schooling.from_on, Schooling.id)).unique()
    return sorted(found, key=lambda each: each.from_on or date.min)


def schools_in(session: Session, child_id: UUID) -> dict[UUID, School]:
    """Return the schools that the rows of one file name, by id."""
    named = [
        select(table.school_id).where(table.child_id == child_id)
        for table in (Schooling, Attendance, Suspension, ReducedTimetable, Attainment)
    ]
    found = session.scalars(select(School).where(or_(*(School.id.in_(each) for each in named))))
    return {each.id: each for each in found}


def next_pep(session: Session, child_id: UUID) -> ClockRow | None:
    """Return the clock of the PEP that is due next."""
    asked = select(ClockRow).where(
        ClockRow.child_id == child_id, ClockRow.kind.in_(PEP_CLOCKS), ClockRow.met_on.is_(None)
    )
    return session.scalar(asked.order_by(ClockRow.due_on).limit(1))


def attendance_of(
    session: Session, child_id: UUID, school_id: UUID, school_year: int, term: str
) -> Attendance | None:
    """Return the row of a term at a school."""
    return session.scalar(
        select(Attendance).where(
            Attendance.child_id == child_id,
            Attendance.school_id == school_id,
            Attendance.school_year == school_year,
            Attendance.term == term,
        )
    )


def year_group(session: Session, child_id: UUID, school_year: int) -> YearGroup | None:
    """Return the year group that a child is taught in other than by age, in a school year."""
    return session.scalar(
        select(YearGroup).where(YearGroup.child_id == child_id, YearGroup.school_year == school_year)
    )


def suspension_on(session: Session, child_id: UUID, started_on: date, permanent: bool) -> Suspension | None:
    """Return the suspension, or the permanent exclusion, that began on a day."""
    asked = select(Suspension).where(
        Suspension.child_id == child_id,
        Suspension.started_on == started_on,
        Suspension.permanent == permanent,
    )
    return session.scalar(asked.order_by(Suspension.id).limit(1))


def attainment_on(session: Session, child_id: UUID, assessed_on: date, baseline: bool) -> list[Attainment]:
    """Return what was assessed on a day, in all subjects."""
    asked = select(Attainment).where(
        Attainment.child_id == child_id,
        Attainment.assessed_on == assessed_on,
        Attainment.baseline == baseline,
    )
    return list(session.scalars(asked.order_by(Attainment.id)))


def school_named(session: Session, name: str) -> School:
    """Return the school of a name, adding it where it is not known yet. The name is tidy."""
    folded = names.fold(name)
    found = session.scalar(select(School).where(School.sort_name == folded).limit(1))
    if found:
        return found
    school = School(name=name, sort_name=folded)
    session.add(school)
    session.flush()
    return school
