"""Settings of this store on this device, and when it was backed up last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from db.models import ChainHead, History, Jotting, Look, Setting, Typing, Worker


def value(session: Session, name: str) -> str | None:
    """Return a setting, or None if it was never set."""
    found = session.get(Setting, name)
    return found.value if found else None


def values(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return those of some settings that were set, by name."""
    session.flush()  # as a query of records would: what was just set counts
    found = session.connection().execute(_VALUES, {"names": list(names)})
    return {row.name: row.value for row in found}


# The table, which is no record, and made once: every form asks for the names of the levels.
_SETTING = Setting.__table__.c
_VALUES = select(_SETTING.name, _SETTING.value).where(_SETTING.name.in_(bindparam("names", expanding=True)))


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
    head = ChainHead.__table__.c
    connection = session.connection()
    changes = connection.execute(select(func.sum(head.n)).where(head.chain == "history")).scalar()
    typing, jotting = Typing.__table__.c, Jotting.__table__.c
    typed = connection.execute(select(func.count(), func.max(typing.updated_at))).one()
    jotted = connection.execute(
        select(func.count(), func.max(jotting.updated_at), func.max(jotting.discarded_at))
    ).one()
    return " ".join(str(each or "") for each in (changes or 0, *typed, *jotted))


def first_opened_at(session: Session) -> datetime | None:
    """Return when somebody first signed in; before that, when the first thing was written.

    What was brought in may bear older moments than the store: a demo is made of months.
    """
    look, entry = Look.__table__.c, History.__table__.c  # ids run with time, and have an index
    signed_in = select(look.at).where(look.act == "sign in").order_by(look.id).limit(1)
    written = select(entry.at).order_by(entry.id).limit(1)
    connection = session.connection()
    return connection.execute(signed_in).scalar() or connection.execute(written).scalar()
