"""Queries of working time: shares of full time, first years, time away, and when supervision was and is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.models import Leave, SupervisionSession, Worker


class TimeRow(NamedTuple):
    """What is kept of a worker's time. Without a share it is whole."""

    id: UUID
    name: str
    job: str
    fte: Decimal | None
    nqsw_from: date | None
    roles: Sequence[str]


class LeaveRow(NamedTuple):
    """Time away that covers a day; without an end it goes on."""

    worker_id: UUID
    from_on: date
    until_on: date | None


def away_on(session: Session, on: date) -> list[LeaveRow]:
    """Return the times away that cover a day, of every worker of the service."""
    row = Leave.__table__.c
    asked = select(row.worker_id, row.from_on, row.until_on).where(
        row.deleted_at.is_(None), row.from_on <= on, or_(row.until_on.is_(None), row.until_on >= on)
    )
    return [LeaveRow(*each) for each in session.connection().execute(asked)]


def worker(session: Session, worker_id: UUID) -> Worker | None:
    """Return a worker."""
    return session.get(Worker, worker_id)


def leave_of(session: Session, worker_id: UUID) -> list[Leave]:
    """Return a worker's times away, the earliest first."""
    asked = select(Leave).where(Leave.worker_id == worker_id)
    return list(session.scalars(asked.order_by(Leave.from_on, Leave.id).limit(200)))


def supervised(
    session: Session, ids: Collection[UUID], on: date
) -> dict[UUID, tuple[date | None, date | None]]:
    """Return by worker when supervision was held last by a day, and when it is planned or agreed next.

    Of the sessions that one may read: those of the two whom each was between.
    """
    row = SupervisionSession
    was_held = row.held_on <= on
    to_come = and_(row.planned_on >= on, or_(row.held_on.is_(None), row.held_on > on))
    asked = (
        select(
            row.supervisee_id,
            func.max(case((was_held, row.held_on))),
            func.min(case((to_come, row.planned_on))),
            func.max(case((and_(was_held, row.next_on >= on), row.next_on))),
        )
        .where(row.supervisee_id.in_(ids), row.cancelled_because == "")
        .group_by(row.supervisee_id)
    )
    return {who: (last, planned or agreed) for who, last, planned, agreed in session.execute(asked)}
