"""Queries of the two chains of one child."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import ChainHead, History, Look, Worker


def changes(session: Session, child_id: UUID, before: datetime | None, limit: int) -> list[History]:
    """Return a child's changes, latest first. The caller has checked that the child may be seen."""
    asked = select(History).where(History.child_id == child_id)
    if before:
        asked = asked.where(History.at < before)
    return list(session.scalars(asked.order_by(History.n.desc()).limit(limit)))


def looks(session: Session, child_id: UUID, before: datetime | None, limit: int) -> list[Look]:
    """Return who looked at a child's record, latest first. The caller has checked the right to see it."""
    asked = select(Look).where(Look.child_id == child_id)
    if before:
        asked = asked.where(Look.at < before)
    return list(session.scalars(asked.order_by(Look.n.desc()).limit(limit)))


def look_mark(session: Session, child_id: UUID) -> str:
    """Return the number and first letters of a child's newest look: what a print bears as its mark."""
    head = ChainHead.__table__.c
    asked = select(head.n, head.mac).where(head.child_id == child_id, head.chain == "look")
    row = session.connection().execute(asked).one()
    return f"{row.n}-{row.mac.hex()[:6].upper()}"


def worker_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of some workers, those who left too."""
    asked = select(Worker.id, Worker.name).where(Worker.id.in_(ids))
    return {row.id: row.name for row in session.execute(asked)}
