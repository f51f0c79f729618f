"""Who held which child when, supervision, and the limits and holidays that an area sets for itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, OfChild, Record, key
from db.models.child import Note
from db.models.derived import ClockRow
from db.types import new_id

HOLIDAY_KINDS = ("bank", "closure", "removed")
SUPERVISION_KINDS = ("personal", "case", "group", "oversight")


class CaseSpell(Base, OfChild):
    """A stretch of time in which a child had one worker, team and status: the caseload of any day.

    Derived from the child's changes as they happen, so that no past day is rebuilt from today's allocations.
    """

    __tablename__ = "case_spell"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    status: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    __table_args__ = (
        Index("ix_case_spell_child_id", "child_id", "from_on"),
        Index("ix_case_spell_team_id", "team_id", "from_on", "until_on", "worker_id", "status"),
        Index("ix_case_spell_worker_id", "worker_id", "from_on", "until_on", "status"),
    )


class SupervisionSession(Base, Record):
    """Supervision of a worker: for the two of them alone. What is about a child stands in its file."""

    __tablename__ = "supervision_session"
    supervisor_id: Mapped[UUID] = mapped_column(key("worker.id"), index=True)
    supervisee_id: Mapped[UUID] = mapped_column(key("worker.id"), index=True)
    kind: Mapped[str] = mapped_column(default="personal")
    planned_on: Mapped[date | None]
    held_on: Mapped[date | None]
    cancelled_because: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    wellbeing: Mapped[str] = mapped_column(default="")
    workload: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    agreed: Mapped[list[str]]
    next_on: Mapped[date | None]
    supervisor_signed_on: Mapped[date | None]
    supervisee_signed_on: Mapped[date | None]
    __table_args__ = (CheckConstraint(f"kind IN {SUPERVISION_KINDS}", "kind"),)


class CaseSupervision(Base, AboutChild):
    """What was said about a child in supervision: it stands in the child's file, without the worker's own."""

    __tablename__ = "case_supervision"
    session_id: Mapped[UUID | None] = mapped_column(key("supervision_session.id"))
    happened_on: Mapped[date]
    supervisor_id: Mapped[UUID] = mapped_column(key("worker.id"))
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    discussion: Mapped[str]
    risk: Mapped[str] = mapped_column(default="")
    progress: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    reflection: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]


class CaseloadReview(Base, Record):
    """What a team's caseload meeting settled."""

    __tablename__ = "caseload_review"
    team_id: Mapped[UUID] = mapped_column(key("team.id"), index=True)
    held_on: Mapped[date]
    present: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    agreed: Mapped[list[str]]  # one action a line
    staffing: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]


class ClockLimit(Base, Record):
    """A local limit of a clock, from a day on."""

    __tablename__ = "clock_limit"
    clock_id: Mapped[str]
    limit: Mapped[str]
    from_on: Mapped[date]
    reason: Mapped[str]
    __table_args__ = (UniqueConstraint("clock_id", "from_on"),)


class Holiday(Base, Record):
    """A bank holiday that the shipped table lacks, one of it that was taken back, or a closure day."""

    __tablename__ = "holiday"
    day: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="bank")
    __table_args__ = (CheckConstraint(f"kind IN {HOLIDAY_KINDS}", "kind"),)


# What a team's figures count by holds every column they read, so that no note and no document is touched.
_SEEN, _RUNNING = text("seen IS 1 AND deleted_at IS NULL"), text("met_on IS NULL")
Index(
    "ix_note_seen", Note.child_id, Note.happened_on, Note.seen, Note.deleted_at, sqlite_where=_SEEN,
    postgresql_where=text("seen AND deleted_at IS NULL"),
)  # fmt: skip
Index(
    "ix_clock_running", ClockRow.child_id, ClockRow.due_on, ClockRow.kind, ClockRow.started_on,
    ClockRow.red_after, ClockRow.what, ClockRow.met_on, sqlite_where=_RUNNING, postgresql_where=_RUNNING,
)  # fmt: skip
