"""The child: who, where, with whom, and what was noted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import LATER, AboutChild, Base, Record, key
from db.models.people import Person, School, Worker

RESTRICTIONS = ("absent", "exists")
"""What others are told of a restricted record: nothing at all, or that there is one and whom to ask."""
_RESTRICTED = text("restricted IS NOT NULL")  # a handful in any county: every read asks for them
CHILD_STATUSES = (
    "early_help", "child_in_need", "child_protection", "looked_after", "care_leaver", "closed",
)  # fmt: skip


NOTE_KINDS = (
    "visit", "call", "meeting", "message", "attempt", "taf", "review", "placement_plan", "care_plan",
    "health", "dental", "supervision", "note",
)  # fmt: skip


class Child(Base, Record):
    """A child or young person. `ref` is the printed reference, `source_ref` the return's CHILD."""

    __tablename__ = "child"
    ref: Mapped[int] = mapped_column(unique=True)
    source_ref: Mapped[str | None] = mapped_column(unique=True)
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    known_as: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str]
    born_on: Mapped[date | None]
    due_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="")
    first_language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")
    religion: Mapped[str] = mapped_column(default="")
    nationality: Mapped[str] = mapped_column(default="")
    disability: Mapped[str] = mapped_column(default="")
    sen_status: Mapped[str] = mapped_column(default="")
    alerts: Mapped[str] = mapped_column(default="")
    gp: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    upn: Mapped[str] = mapped_column(default="")
    uln: Mapped[str] = mapped_column(default="")
    nhs_number: Mapped[str] = mapped_column(default="")
    is_mother: Mapped[bool | None]
    mother_child_born_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="early_help")
    team_id: Mapped[UUID | None] = mapped_column(key("team.id"))
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    last_seen_on: Mapped[date | None]
    restricted: Mapped[str | None] = mapped_column(info=LATER)  # nobody but named people reads; else nothing
    ask_id: Mapped[UUID | None] = mapped_column(info=LATER)  # whom others are told to ask about it

    __table_args__ = (
        CheckConstraint(f"status IN {CHILD_STATUSES}", "status"),
        Index("ix_child_restricted", "restricted", sqlite_where=_RESTRICTED, postgresql_where=_RESTRICTED),
        Index("ix_child_sort_name_id", "sort_name", "id"),
        Index("ix_child_worker_id_sort_name", "worker_id", "sort_name", "id"),
        Index("ix_child_team_id_sort_name", "team_id", "sort_name", "id"),
        Index("ix_child_born_on", "born_on"),
    )

    @property
    def name(self) -> str:
        """Return the name people read. An imported child has only the return's reference."""
        full = f"{self.given} {self.family}".strip()
        if not self.given and self.due_on and not self.born_on:
            return f"Baby {self.family}".strip()
        return full or f"Child {self.source_ref or self.ref}"


class FormerName(Base, AboutChild):
    """A name that the child has or had beside the present one."""

    __tablename__ = "former_name"
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="former")


class Address(Base, AboutChild):
    """Where the child lives or lived. A withheld one never leaves the screen."""

    __tablename__ = "address"
    lines: Mapped[str]
    postcode: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    withheld: Mapped[bool] = mapped_column(default=False)


class Schooling(Base, AboutChild):
    """A spell at a school."""

    __tablename__ = "schooling"
    school_id: Mapped[UUID] = mapped_column(key("school.id"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    designated_teacher: Mapped[str] = mapped_column(default="")
    reason_left: Mapped[str] = mapped_column(default="")
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)


class Relation(Base, AboutChild):
    """Who somebody is to the child: a person, or another child with an own file (`other_child_id`)."""

    __tablename__ = "relation"
    person_id: Mapped[UUID | None] = mapped_column(key("person.id"), index=True)
    other_child_id: Mapped[UUID | None] = mapped_column(key("child.id"))
    kind: Mapped[str]
    lives_with: Mapped[bool] = mapped_column(default=False)
    parental_responsibility: Mapped[bool] = mapped_column(default=False)
    emergency_contact: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    person: Mapped[Person | None] = relationship(lazy="joined")


class Involvement(Base, AboutChild):
    """A worker of ours, or a professional of another agency, in the child's life."""

    __tablename__ = "involvement"
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    person_id: Mapped[UUID | None] = mapped_column(key("person.id"), index=True)
    role: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    worker: Mapped[Worker | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship(lazy="joined")


class Note(Base, AboutChild):
    """A case note: a visit, a call, a meeting. `group_id` joins the same note in siblings' files."""

    __tablename__ = "note"
    MORE = (CheckConstraint(f"kind IN {NOTE_KINDS}", "kind"),)
    happened_on: Mapped[date]
    kind: Mapped[str]
    words: Mapped[str]
    quote: Mapped[str] = mapped_column(default="")  # the child's own words
    seen: Mapped[bool] = mapped_column(default=False)
    seen_alone: Mapped[bool] = mapped_column(default=False)
    group_id: Mapped[UUID | None]
    replaces_id: Mapped[UUID | None]
    bedroom_seen: Mapped[bool | None] = mapped_column(info=LATER)
    why_not_alone: Mapped[str | None] = mapped_column(info=LATER)
    where_seen: Mapped[str | None] = mapped_column(info=LATER)  # home, school, office, elsewhere
    present: Mapped[str | None] = mapped_column(info=LATER)
    purpose: Mapped[str | None] = mapped_column(info=LATER)
    worries: Mapped[str | None] = mapped_column(info=LATER)
    planned: Mapped[bool | None] = mapped_column(info=LATER)
    method: Mapped[str | None] = mapped_column(info=LATER)  # phone, video, text, letter, email
    mood: Mapped[int | None] = mapped_column(info=LATER)  # of 10, as the young person says
