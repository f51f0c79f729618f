"""Who may read a restricted record, who opened one in an emergency, and the seals over what was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, key
from db.types import new_id

GRANT_KINDS = ("named", "emergency")
"""Named: one of those who may read a restricted record. Emergency: somebody broke the glass."""


class AccessGrant(Base, AboutChild):
    """A person's way into one record beside the ordinary ones, for a time; an emergency is reviewed after."""

    __tablename__ = "access_grant"
    worker_id: Mapped[UUID] = mapped_column(key("worker.id"))
    kind: Mapped[str]
    why: Mapped[str]
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]  # open for the named until somebody takes them off
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    finding: Mapped[str] = mapped_column(default="")
    MORE = (
        CheckConstraint(f"kind IN {GRANT_KINDS}", "kind"),
        Index("ix_access_grant_worker_id", "worker_id", "until_at", "child_id"),
    )


class Seal(Base):
    """A user's signature, made at lock and sign-out, over the chains as they stood: nobody else can make it.

    `heads` holds the ends of the chains that grew since the seal before: {child: {chain: [n, mac]}}.
    """

    __tablename__ = "seal"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    n: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[UUID]
    heads: Mapped[dict[str, Any]]
    before: Mapped[bytes]  # the signature of the seal before, empty for the first
    public_key: Mapped[bytes]
    signature: Mapped[bytes]
    __table_args__ = (UniqueConstraint("n"),)
