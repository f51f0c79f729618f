"""Settings of this store on this device, and when it was backed up last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ChainHead, History, Look, Setting, Typing, Worker


def value(session: Session, name: str) -> str | None:
    """Return a setting, or None if it was never set."""
    found = session.get(Setting, name)
    return found.value if found else None


def values(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return those of some settings that were set, by name."""
    found = session.execute(select(Setting.name, Setting.value).where(Setting.name.in_(names)))
    return {row.name: row.value for row in found}


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


def change_sign(session: Session) -> str:
    """Return a text that changes with every change of a record and with what is typed, and with no look."""
    head, typing = ChainHead.__table__.c, Typing.__table__.c
    connection = session.connection()
    changes = connection.execute(select(func.sum(head.n)).where(head.chain == "history")).scalar()
    typed = connection.execute(select(func.count(), func.max(typing.updated_at))).one()
    return f"{changes or 0} {typed[0]} {typed[1] or ''}"


def begun_at(session: Session) -> datetime | None:
    """Return when the first thing was written into the store."""
    entry = History.__table__.c  # ids run with time, and have an index
    asked = select(entry.at).order_by(entry.id).limit(1)
    return session.connection().execute(asked).scalar()
