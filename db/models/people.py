"""People and places that no single file owns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import LATER, Base, Record, key


class Team(Base, Record):
    """A team of workers."""

    __tablename__ = "team"
    name: Mapped[str]


class Worker(Base, Record):
    """Somebody who works for the council. With a `user_name` they sign in; `roles` says what they may do."""

    __tablename__ = "worker"
    name: Mapped[str]
    sort_name: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    team_id: Mapped[UUID | None] = mapped_column(key("team.id"))
    user_name: Mapped[str | None] = mapped_column(unique=True)
    roles: Mapped[list[str]] = mapped_column(default=list)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    source_ref: Mapped[str | None] = mapped_column(unique=True)  # the return's SW_ID
    left_on: Mapped[date | None]
    fte: Mapped[Decimal | None] = mapped_column(info=LATER)  # share of full time; nothing: whole
    nqsw_from: Mapped[date | None] = mapped_column(info=LATER)  # the assessed first year begins


class Leave(Base, Record):
    """A worker's time away: of over four weeks it takes them out of the caseload's averages."""

    __tablename__ = "leave"
    worker_id: Mapped[UUID] = mapped_column(key("worker.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]  # the last day away
    why: Mapped[str] = mapped_column(default="")


class School(Base, Record):
    """A school or other setting."""

    __tablename__ = "school"
    name: Mapped[str]
    sort_name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    urn: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Person(Base, Record):
    """A family member or a professional of another agency. Seen only through a child's file."""

    __tablename__ = "person"
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str]
    born_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    job: Mapped[str] = mapped_column(default="")

    @property
    def name(self) -> str:
        """Return the name people read."""
        return f"{self.given} {self.family}".strip()
