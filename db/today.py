"""Queries of what is due."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models import Child, ClockRow


def clocks_of(session: Session, child_id: UUID) -> list[ClockRow]:
    """Return a child's clocks, the earliest due first."""
    asked = select(ClockRow).where(ClockRow.child_id == child_id)
    return list(session.scalars(asked.order_by(ClockRow.due_on, ClockRow.kind)))


def open_clocks(
    session: Session,
    until: date,
    *,
    worker_id: UUID | None = None,
    team_id: UUID | None = None,
    limit: int = 200,
) -> list[tuple[ClockRow, str, int]]:
    """Return open clocks due up to a day, or red by then, with the child's name and reference."""
    soon = or_(ClockRow.due_on <= until, ClockRow.red_after < until)
    tests: list[ColumnElement[bool]] = [ClockRow.met_on.is_(None), soon]
    if worker_id:
        tests.append(ClockRow.worker_id == worker_id)
    if team_id:
        tests.append(ClockRow.team_id == team_id)
    asked = select(ClockRow, Child).join(Child, Child.id == ClockRow.child_id).where(*tests)
    ordered = asked.order_by(ClockRow.due_on, ClockRow.kind, ClockRow.id).limit(limit)
    return [(clock, child.name, child.ref) for clock, child in session.execute(ordered)]
