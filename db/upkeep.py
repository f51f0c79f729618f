"""Queries over the whole store, for sessions whose purpose shows no record."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Child, Revision


def signed_revisions(session: Session) -> list[Revision]:
    """Return every signed version."""
    return list(session.scalars(select(Revision).where(Revision.signed_at.is_not(None))))


def children_after(session: Session, after: UUID | None, limit: int) -> list[Child]:
    """Return open children in the order of their ids."""
    asked = select(Child).where(Child.closed_on.is_(None))
    if after:
        asked = asked.where(Child.id > after)
    return list(session.scalars(asked.order_by(Child.id).limit(limit)))
