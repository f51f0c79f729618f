"""The column types. Nothing else declares one."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BINARY, JSON, DateTime, Dialect, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.moments import new_id, utc_now

__all__ = ["Doc", "Id", "Utc", "Words", "canonical_value", "new_id", "utc_now"]


class Id(TypeDecorator[UUID]):
    """A UUID: 16 raw bytes on SQLite, `uuid` on PostgreSQL."""

    impl = BINARY(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else BINARY(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Return the value as the engine takes it."""
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """Return the UUID."""
        return UUID(bytes=value) if isinstance(value, bytes) else value


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC with six decimals in the store."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC. Raises ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment, aware."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text: NFC, so that equal words are equal bytes; without NUL, which PostgreSQL refuses."""

    impl = String()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as stored. Raises ValueError for a NUL."""
        if value is None:
            return None
        if "\0" in value:
            raise ValueError("Text cannot hold the character NUL.")
        return unicodedata.normalize("NFC", value)


class Doc(TypeDecorator[Any]):
    """A JSON document. Never filtered or sorted inside by SQL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        return dialect.type_descriptor(
            JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(none_as_null=True)
        )


def canonical_value(value: Any) -> Any:
    """Return a value as the history's canonical JSON holds it: ISO dates, hex bytes, NFC text."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # the same whether typed as 0.8 or read back as 0.8000
    if isinstance(value, dict):
        return {str(key): canonical_value(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [canonical_value(each) for each in value]
    return value
