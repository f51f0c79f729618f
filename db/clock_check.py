"""When the newest entry of a store was made, by the clock that made it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import History, Look


def newest_entry_at(session: Session) -> datetime | None:
    """Return the latest moment that a change or a look bears. Ids run with time, and have an index."""
    newest = [
        session.connection().execute(select(func.max(table.__table__.c.id))).scalar()
        for table in (History, Look)
    ]
    return max((_moment(each) for each in newest if each), default=None)


def _moment(entry_id: UUID) -> datetime:
    """Return the moment in a UUIDv7: its leading 48 bits are milliseconds."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=entry_id.int >> 80)
