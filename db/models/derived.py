"""What is worked out from records, and what is this device's own: neither has a history."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, OfChild, key
from db.types import Id, new_id


class Fact(Base, OfChild):
    """A reportable answer or event of a signed version. Of code, number and day one is set."""

    __tablename__ = "fact"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"))
    field: Mapped[str]
    is_event: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str | None]
    number: Mapped[Decimal | None]
    day: Mapped[date | None]
    __table_args__ = (
        Index("ix_fact_child_id_field", "child_id", "field"),
        Index("ix_fact_revision_id", "revision_id"),
    )


class ClockRow(Base, OfChild):
    """A date by which something is due, worked out from the child's events."""

    __tablename__ = "clock"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    worker_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    started_on: Mapped[date]
    due_on: Mapped[date]
    red_after: Mapped[date | None]  # late in practice before it is late in law, as a PEP in its term
    met_on: Mapped[date | None]
    what: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    limit: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index("ix_clock_child_id", "child_id", "due_on"),
        Index("ix_clock_worker_id", "worker_id", "due_on", "kind"),
        Index("ix_clock_team_id", "team_id", "due_on", "kind"),
    )


class NameToken(Base, OfChild):
    """What finds a child: a folded name, phrase, sound, reference, date of birth, postcode or school."""

    __tablename__ = "name_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    sort_name: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(Id(), key("child.id"), primary_key=True)
    __table_args__ = (Index("ix_name_token_child_id", "child_id", "token"), {"sqlite_with_rowid": False})


class Typing(Base, OfChild):
    """What is being typed into a draft, between its saved versions. One row a draft and writer."""

    __tablename__ = "typing"
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"), primary_key=True)
    author: Mapped[UUID] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    base_version: Mapped[int]
    updated_at: Mapped[datetime]


class Jotting(Base):
    """What is being written into a small form until it is recorded. Its writer alone reads it.

    `form` and `place` tell which form, and what it is about; `answers` are those that differ from what it
    was opened with; `screen` is where it was opened. One that its writer discarded stays for some days.
    """

    __tablename__ = "jotting"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    author: Mapped[UUID]
    form: Mapped[str]
    place: Mapped[str]
    child_id: Mapped[UUID | None] = mapped_column(key("child.id"))
    title: Mapped[str]
    screen: Mapped[str]
    answers: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_jotting_author", "author", "form", "place"),
        Index("ix_jotting_child_id", "child_id"),
    )


class Setting(Base):
    """A setting of this store on this device."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
