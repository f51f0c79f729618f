"""Signed versions that stand: those which no signed correction replaces."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from db.models import Revision
from db.pep_cycle import stands


def standing(session: Session, child_id: UUID, kinds: Collection[str] = ()) -> list[Revision]:
    """Return a child's signed versions with their answers, of some kinds or all, oldest first."""
    asked = select(Revision).where(Revision.child_id == child_id, Revision.signed_at.is_not(None), stands())
    if kinds:
        asked = asked.where(Revision.kind.in_(kinds))
    found = list(session.scalars(asked.options(joinedload(Revision.document)).order_by(Revision.number)))
    replaced = {each.replaces_id for each in found}
    kept = [each for each in found if each.id not in replaced]
    return sorted(kept, key=lambda each: (each.dated_on or each.started_on, each.kind, each.number))
