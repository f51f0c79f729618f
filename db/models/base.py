"""What every table shares: types, names of constraints, common columns, the child whose file it is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, Numeric, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from db.types import Doc, Id, Utc, Words, new_id

# What has no history entry: derived rows (class E), this device's own (class F), and the chains themselves.
NO_HISTORY = frozenset(
    {
        "fact",
        "clock",
        "name_token",
        "case_spell",
        "typing",
        "jotting",
        "setting",
        "history",
        "look",
        "chain_head",
        "seal",
    }
)


# Marks a column that a later schema added: while it holds nothing, a row's seal is what it was before.
LATER = {"later": True}


def key(target: str) -> Any:
    """Return a deferred foreign key: a batch may arrive in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


def once(table: str, *columns: str) -> Index:
    """Return what keeps a row the only one of its kind among those that were not taken off the record."""
    live = text("deleted_at IS NULL")
    name = f"ix_{table}_{'_'.join(columns)}_live"
    return Index(name, *columns, unique=True, sqlite_where=live, postgresql_where=live)


class Base(DeclarativeBase):
    """What every table shares: the types and the names of constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Id(),
        datetime: Utc(),
        date: Date(),
        dict[str, Any]: Doc(),
        list[str]: Doc(),
        bytes: LargeBinary(),
        Decimal: Numeric(18, 4),
        str: Words(),
        int: Integer(),
        bool: Boolean(),
    }

    def __repr__(self) -> str:
        # Logs and tracebacks hold names of tables and ids, never what they contain; nothing is read for it.
        return f"<{type(self).__name__} {vars(self).get('id', '')}>"


class Record:
    """Common columns of every record: identity, version, who and when, tombstone."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    created_by: Mapped[UUID]
    updated_at: Mapped[datetime]
    updated_by: Mapped[UUID]
    device_id: Mapped[UUID]
    deleted_at: Mapped[datetime | None] = mapped_column()  # given a value: the guard reads it on the mixin
    deleted_by: Mapped[UUID | None]
    delete_reason: Mapped[str | None]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class OfChild:
    """Rows that belong to one child's file, derived ones too: the guard scopes them."""

    child_id: Mapped[UUID] = mapped_column(Id(), key("child.id"))


class AboutChild(Record, OfChild):
    """A record about a child."""

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        name = cls.__tablename__  # type: ignore[attr-defined]  # each class with this mixin has one
        return (Index(f"ix_{name}_child_id_id", "child_id", "id"), *getattr(cls, "MORE", ()))
