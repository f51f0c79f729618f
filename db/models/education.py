"""Schooling in typed rows: attendance, suspensions, timetables, attainment, pupil premium, a PEP's way."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, Record, key

TERMS = ("autumn", "spring", "summer")
STREAMS = ("early_years", "school", "post_16")
PEP_STATES = ("submitted", "in_qa", "returned", "approved", "void")


class YearGroup(Base, AboutChild):
    """A year group other than the one that the date of birth gives, in one school year. -1 is Nursery 2."""

    __tablename__ = "year_group"
    MORE = (UniqueConstraint("child_id", "school_year"),)
    school_year: Mapped[int]
    group: Mapped[int]
    reason: Mapped[str]


class Attendance(Base, AboutChild):
    """A term's attendance in sessions: two to a school day. `school_year` is the year it begins in."""

    __tablename__ = "attendance"
    MORE = (
        UniqueConstraint("child_id", "school_id", "school_year", "term"),
        CheckConstraint(f"term IN {TERMS}", "term"),
        CheckConstraint("attended BETWEEN 0 AND possible", "attended"),
    )
    school_id: Mapped[UUID] = mapped_column(key("school.id"))
    school_year: Mapped[int]
    term: Mapped[str]
    possible: Mapped[int]
    attended: Mapped[int]
    authorised: Mapped[int] = mapped_column(default=0)
    unauthorised: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)


class Suspension(Base, AboutChild):
    """A suspension, in half days, or a permanent exclusion. `reasons`: codes of the school census."""

    __tablename__ = "suspension"
    school_id: Mapped[UUID] = mapped_column(key("school.id"))
    permanent: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    sessions: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[str]]
    provision_from: Mapped[date | None]
    told_on: Mapped[date | None]
    return_meeting_on: Mapped[date | None]
    governors_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    rescinded_on: Mapped[date | None]


class ReducedTimetable(Base, AboutChild):
    """Fewer hours at school than a full timetable, for a short time. Hours in minutes a week."""

    __tablename__ = "reduced_timetable"
    school_id: Mapped[UUID] = mapped_column(key("school.id"))
    started_on: Mapped[date]
    until_on: Mapped[date]
    ended_on: Mapped[date | None]
    review_on: Mapped[date | None]
    minutes: Mapped[int]
    full_minutes: Mapped[int]
    reason: Mapped[str]
    agreed_by: Mapped[str] = mapped_column(default="")


class AlternativeProvision(Base, AboutChild):
    """Where a child learns beside or in place of the school. Hours in minutes a week."""

    __tablename__ = "alternative_provision"
    name: Mapped[str]
    registered: Mapped[bool | None]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    review_on: Mapped[date | None]
    days: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    commissioner: Mapped[str] = mapped_column(default="")


class Attainment(Base, AboutChild):
    """How a child stands in a subject on a day: the result as the school writes it, and against age."""

    __tablename__ = "attainment"
    MORE = (Index("ix_attainment_child_id_subject", "child_id", "subject", "assessed_on"),)
    school_id: Mapped[UUID | None] = mapped_column(key("school.id"))
    subject: Mapped[str]
    assessed_on: Mapped[date]
    school_year: Mapped[int]
    term: Mapped[str]
    framework: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    judgement: Mapped[str] = mapped_column(default="")
    progress: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    baseline: Mapped[bool] = mapped_column(default=False)


class Premium(Base, AboutChild):
    """A request for pupil premium plus, and what came of it. Pence. `year`: the financial year's first."""

    __tablename__ = "premium"
    MORE = (CheckConstraint(f"stream IN {STREAMS}", "stream"),)
    stream: Mapped[str]
    year: Mapped[int]
    term: Mapped[str]
    number: Mapped[int]
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))
    school_id: Mapped[UUID | None] = mapped_column(key("school.id"))
    targets: Mapped[list[str]]
    thing: Mapped[str]
    category: Mapped[str]
    asked: Mapped[int]
    asked_by: Mapped[str]
    asked_on: Mapped[date]
    decision: Mapped[str] = mapped_column(default="")
    approved: Mapped[int] = mapped_column(default=0)
    decided_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    decided_on: Mapped[date | None]
    decided_because: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    spent: Mapped[int | None]
    impact: Mapped[str] = mapped_column(default="")


class PepStep(Base, AboutChild):
    """A step of a signed PEP through quality assurance. Never changed; the newest says how it stands."""

    __tablename__ = "pep_step"
    MORE = (CheckConstraint(f"state IN {PEP_STATES}", "state"),)
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"), index=True)
    state: Mapped[str]
    happened_on: Mapped[date]
    grade: Mapped[str] = mapped_column(default="")
    grades: Mapped[list[str]]
    criteria: Mapped[list[str]]
    words: Mapped[str] = mapped_column(default="")
    mend_by: Mapped[date | None]


class PremiumRate(Base, Record):
    """What a year's pupil premium brings for each child, in pence; null while it is not known."""

    __tablename__ = "premium_rate"
    stream: Mapped[str]
    year: Mapped[int]
    pence: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("stream", "year"),)


class TermDates(Base, Record):
    """A term of the area: its first and last day. Without it a term is what the law's dates make it."""

    __tablename__ = "term_dates"
    school_year: Mapped[int]
    term: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    __table_args__ = (UniqueConstraint("school_year", "term"),)
