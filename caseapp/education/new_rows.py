"""What is known of a row of schooling before it is in the record, and what an edit begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class NewSchooling:
    """A spell at a school."""

    school_id: UUID
    from_on: date | None = None
    until_on: date | None = None
    designated_teacher: str = ""
    reason_left: str = ""


@dataclass(frozen=True)
class NewAttendance:
    """A term at a school, in sessions. `school_year` is the year in which it began."""

    school_id: UUID
    school_year: int
    term: str
    possible: int
    attended: int
    authorised: int = 0
    unauthorised: int = 0
    late: int = 0


@dataclass(frozen=True)
class NewSuspension:
    """A suspension in sessions, or a permanent exclusion; `reasons` are codes, three at most."""

    school_id: UUID
    started_on: date
    sessions: int = 0
    ended_on: date | None = None
    reasons: tuple[str, ...] = ()
    permanent: bool = False
    provision_from: date | None = None
    told_on: date | None = None
    return_meeting_on: date | None = None
    governors_on: date | None = None
    outcome: str = ""
    rescinded_on: date | None = None


@dataclass(frozen=True)
class NewTimetable:
    """A reduced timetable: agreed until a day, over on another, in minutes a week."""

    school_id: UUID
    started_on: date
    until_on: date
    minutes: int
    full_minutes: int
    reason: str
    agreed_by: str = ""
    ended_on: date | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class NewProvision:
    """Alternative provision: days and minutes a week."""

    name: str
    started_on: date
    registered: bool | None = None
    ended_on: date | None = None
    review_on: date | None = None
    days: int = 0
    minutes: int = 0
    commissioner: str = ""


@dataclass(frozen=True)
class NewAttainment:
    """A subject on a day. `baseline` marks where the child stood on coming into care."""

    subject: str
    assessed_on: date
    framework: str
    result: str = ""
    judgement: str = ""
    progress: str = ""
    target: str = ""
    comment: str = ""
    baseline: bool = False
    school_id: UUID | None = None


New = NewSchooling | NewAttendance | NewSuspension | NewTimetable | NewProvision | NewAttainment
