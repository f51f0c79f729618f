"""Settings of this store on this device, and when it was backed up last."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Look, Setting, Worker


def value(session: Session, name: str) -> str | None:
    """Return a setting, or None if it was never set."""
    found = session.get(Setting, name)
    return found.value if found else None


def put(session: Session, name: str, value: str) -> None:
    """Set a setting."""
    found = session.get(Setting, name)
    if found:
        found.value = value
    else:
        session.add(Setting(name=name, value=value))


def worker(session: Session, worker_id: UUID) -> Worker | None:
    """Return a worker by id."""
    return session.get(Worker, worker_id)


def last_backup(session: Session) -> datetime | None:
    """Return when a backup was made last, by whomever."""
    look = Look.__table__.c  # the table: a backup concerns no child, so the guard would hide it
    asked = select(look.at).where(look.act == "backup").order_by(look.at.desc()).limit(1)
    return session.connection().execute(asked).scalar()
