"""Plans: versions, their answers, the forms they were signed under."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.models.base import LATER, AboutChild, Base, Record, key


class Revision(Base, AboutChild):
    """A version of a plan: a draft until `signed_at`, then closed for good. `number` runs in child and kind.

    `replaces_id` names the version that a correction puts right, `follows_id` the one a review goes on from.
    `group_id` joins the versions of brothers and sisters whose common parts are typed once.
    """

    __tablename__ = "revision"
    MORE = (
        UniqueConstraint("child_id", "kind", "number"),
        Index(
            "ix_revision_drafts", "created_by", "started_on", "child_id", "kind",
            sqlite_where=text("signed_at IS NULL"),
            postgresql_where=text("signed_at IS NULL"),
        ),
    )  # fmt: skip
    kind: Mapped[str]
    number: Mapped[int]
    form_key: Mapped[str]
    form_version: Mapped[int]
    form_digest: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date]
    dated_on: Mapped[date | None]
    sections_done: Mapped[int] = mapped_column(default=0)
    sections_asked: Mapped[int] = mapped_column(default=0)
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    replaces_id: Mapped[UUID | None]
    follows_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    episode_id: Mapped[UUID | None] = mapped_column(info=LATER)
    group_id: Mapped[UUID | None] = mapped_column(index=True, info=LATER)
    document: Mapped[Document] = relationship(back_populates="revision", uselist=False)


class Document(Base, AboutChild):
    """The answers of a version. Assign a new dictionary: a change inside the old one is not seen."""

    __tablename__ = "document"
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"), unique=True)
    answers: Mapped[dict[str, Any]]
    revision: Mapped[Revision] = relationship(back_populates="document")


class Clash(Base, AboutChild):
    """What somebody typed on a version that was no longer the newest. Kept until a person decides."""

    __tablename__ = "clash"
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"))
    opened_version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    settled_on: Mapped[date | None]


class FormCopy(Base, Record):
    """A form as it stood when something was first signed under it."""

    __tablename__ = "form_copy"
    digest: Mapped[str] = mapped_column(unique=True)
    form_key: Mapped[str]
    form_version: Mapped[int]
    definition: Mapped[dict[str, Any]]
