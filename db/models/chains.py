"""Who changed and who saw: append-only chains, one a child; and what the file itself refuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import new_id


class _Link:
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID]  # all noughts where no child is concerned
    n: Mapped[int]
    tbl: Mapped[str]
    row_id: Mapped[UUID | None]
    act: Mapped[str]
    mac: Mapped[bytes]
    at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    by: Mapped[UUID]
    device_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(default="")


class History(Base, _Link):
    """A change: the whole row at its creation, {column: [old, new]} after."""

    __tablename__ = "history"
    version: Mapped[int]
    change: Mapped[dict[str, Any]]
    content: Mapped[bytes]
    __table_args__ = (UniqueConstraint("child_id", "n"), UniqueConstraint("row_id", "version"))


class Look(Base, _Link):
    """Somebody opened, listed, searched, printed or exported."""

    __tablename__ = "look"
    detail: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("child_id", "n"), Index("ix_look_by_at", "by", "at"))


class ChainHead(Base):
    """The last link of a chain."""

    __tablename__ = "chain_head"
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)  # history or look
    n: Mapped[int]
    mac: Mapped[bytes]
    sealed_n: Mapped[int | None]  # how far the newest seal reaches


TRIGGERS = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER look_no_update BEFORE UPDATE ON look "
    "BEGIN SELECT RAISE(ABORT, 'look is append-only'); END",
    "CREATE TRIGGER look_no_delete BEFORE DELETE ON look "
    "BEGIN SELECT RAISE(ABORT, 'look is append-only'); END",
    "CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END",
    "CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END",
    "CREATE TRIGGER revision_signed BEFORE UPDATE ON revision WHEN OLD.signed_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a signed version is closed'); END",
    "CREATE TRIGGER document_signed BEFORE UPDATE ON document "
    "WHEN (SELECT signed_at FROM revision WHERE id = OLD.revision_id) IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a signed version is closed'); END",
)


def _trigger(statement: str) -> DDL:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy 2.1 leaves DDL untyped
    return ddl.execute_if(dialect="sqlite")


for _statement in TRIGGERS:
    event.listen(Base.metadata, "after_create", _trigger(_statement))
