"""Queries of what is being written into small forms. The guard shows everybody their own alone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Child, Jotting

_MOST = 50


class Written(NamedTuple):
    """A jotting, and the name of the child whom it is about."""

    jotting: Jotting
    child: str


def of_form(session: Session, form: str, place: str) -> list[Jotting]:
    """Return what was written into a form about the same thing: what waits first, the newest first."""
    asked = select(Jotting).where(
        Jotting.author == session.info["actor"].worker_id, Jotting.form == form, Jotting.place == place
    )
    return list(session.scalars(asked.order_by(Jotting.discarded_at.is_not(None), Jotting.updated_at.desc())))


def is_kept(session: Session, jotting_id: UUID) -> bool:
    """Return whether it is in the store, though its child may be out of its writer's reach now."""
    table = Jotting.__table__.c  # the table: the guard would hide it
    return session.connection().scalar(select(table.id).where(table.id == jotting_id)) is not None


def writing(session: Session) -> list[Written]:
    """Return what somebody has written and neither recorded nor discarded, the newest first."""
    asked = (
        select(Jotting, Child)
        .outerjoin(Child, Child.id == Jotting.child_id)
        .where(Jotting.author == session.info["actor"].worker_id, Jotting.discarded_at.is_(None))
        .order_by(Jotting.updated_at.desc())
        .limit(_MOST)
    )
    return [Written(row, child.name if child else "") for row, child in session.execute(asked)]


def discarded_before(session: Session, at: datetime) -> list[Jotting]:
    """Return one's own that were discarded too long ago."""
    asked = select(Jotting).where(
        Jotting.author == session.info["actor"].worker_id, Jotting.discarded_at < at
    )
    return list(session.scalars(asked))
