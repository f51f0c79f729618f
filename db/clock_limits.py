"""Queries of an area's own limits and holidays, and of the open dates that they move."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Child, ClockLimit, ClockRow, Holiday


def limits(session: Session) -> list[ClockLimit]:
    """Return every local limit that was set, oldest first."""
    return list(session.scalars(select(ClockLimit).order_by(ClockLimit.clock_id, ClockLimit.from_on)))


def holidays(session: Session) -> list[Holiday]:
    """Return every day that this area added, took out or closes on, in order."""
    return list(session.scalars(select(Holiday).order_by(Holiday.day)))


def open_rows(
    session: Session, kinds: Collection[str] | None = None, *, in_working_days: bool = False
) -> list[tuple[ClockRow, Child]]:
    """Return what is due and not done, of some clocks or all, with the child; the earliest due first."""
    asked = (
        select(ClockRow, Child).join(Child, Child.id == ClockRow.child_id).where(ClockRow.met_on.is_(None))
    )
    if kinds is not None:
        asked = asked.where(ClockRow.kind.in_(kinds))
    if in_working_days:
        asked = asked.where(or_(ClockRow.limit.startswith("WD"), ClockRow.limit == ""))
    ordered = asked.order_by(ClockRow.due_on, ClockRow.kind, ClockRow.id)
    return [(row, child) for row, child in session.execute(ordered)]
