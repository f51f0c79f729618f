"""Queries about young people in and after care whose day has come, and the decisions on their plans."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from db.models import Child, PlanApproval, Worker

_MOST = 2_000


def grown_up(session: Session, born_by_18: date, born_by_25: date) -> list[Child]:
    """Return those noted as looked after born by the first day, and care leavers born by the second."""
    at_18 = and_(Child.status == "looked_after", Child.born_on <= born_by_18)
    at_25 = and_(Child.status == "care_leaver", Child.born_on <= born_by_25)
    return list(session.scalars(select(Child).where(or_(at_18, at_25)).order_by(Child.id).limit(_MOST)))


def approvals(session: Session, child_id: UUID) -> list[PlanApproval]:
    """Return the decisions on a child's plans, oldest first."""
    asked = select(PlanApproval).where(PlanApproval.child_id == child_id)
    return list(session.scalars(asked.order_by(PlanApproval.happened_on, PlanApproval.id)))


def worker_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of workers by id."""
    if not ids:
        return {}
    found = session.execute(select(Worker.id, Worker.name).where(Worker.id.in_(ids)))
    return {row.id: row.name for row in found}
