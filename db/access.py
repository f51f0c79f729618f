"""Queries about who may read a record, who did, and of records that are restricted, past the guard."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from db.models import AccessGrant, Child, Look, NameToken, Team, Worker
from db.names import fold
from db.reach import ordinary_reach, shut_children, ways_of


class LookerRow(NamedTuple):
    """Somebody who looked at a record: the first and the last time, and how often."""

    worker_id: UUID
    first_at: datetime
    last_at: datetime
    times: int


def grants(session: Session, child_id: UUID) -> list[AccessGrant]:
    """Return everybody's ways into a record beside the ordinary ones, the oldest first."""
    asked = select(AccessGrant).where(AccessGrant.child_id == child_id)
    return list(session.scalars(asked.order_by(AccessGrant.from_at, AccessGrant.id)))


def lookers(session: Session, child_id: UUID) -> list[LookerRow]:
    """Return who looked at a record, whoever looked last first."""
    last_at = func.max(Look.at)
    asked = select(Look.by, func.min(Look.at), last_at, func.count()).where(Look.child_id == child_id)
    return [LookerRow(*row) for row in session.execute(asked.group_by(Look.by).order_by(last_at.desc()))]


def workers(session: Session) -> list[tuple[Worker, str]]:
    """Return every worker by name, those who left too, each with the team's name."""
    asked = select(Worker, Team.name).outerjoin(Team, Team.id == Worker.team_id).order_by(Worker.sort_name)
    return [(worker, team or "") for worker, team in session.execute(asked)]


def unreviewed(session: Session, limit: int) -> list[tuple[AccessGrant, Child]]:
    """Return the emergency openings of records in reach that nobody has reviewed, the oldest first."""
    asked = (
        select(AccessGrant, Child)
        .join(Child, Child.id == AccessGrant.child_id)
        .where(AccessGrant.kind == "emergency", AccessGrant.reviewed_at.is_(None))
        .order_by(AccessGrant.from_at, AccessGrant.id)
        .limit(limit)
    )
    return [(grant, child) for grant, child in session.execute(asked)]


def whom_to_ask(session: Session, text: str) -> list[str]:
    """Return whom to ask about restricted records that a whole name or a reference says exactly.

    Past the guard, and only of those that tell others that they exist, and that would be in ordinary reach.
    """
    child, worker, actor = Child.__table__.c, Worker.__table__.c, session.info["actor"]
    ordinary = ordinary_reach(actor, "read", child)
    if not ordinary:
        return []
    asked = (
        select(func.coalesce(worker.name, ""))
        .select_from(Child.__table__.outerjoin(Worker.__table__, worker.id == child.ask_id))
        .where(child.id.in_(_said_exactly(text)), child.restricted == "exists", or_(*ordinary))
        .where(child.id.in_(shut_children(actor, ways_of(session))), child.deleted_at.is_(None))
        .distinct()
        .order_by(func.coalesce(worker.name, ""))
    )
    return list(session.connection().scalars(asked))


def _said_exactly(text: str) -> Select[tuple[UUID]]:
    token, said = NameToken.__table__.c, fold(text)
    return select(token.child_id).where(token.token.in_([f"={said}", f"r:{said}"]))


def in_an_emergency(session: Session, ref: int | None, name: str, born_on: date | None) -> list[UUID]:
    """Return the ids of the children whom a reference, or a whole name and a birthday, say exactly.

    Past the guard: any team's, restricted ones too, but for those that are absent for others.
    """
    child = Child.__table__.c
    asked = select(child.id).where(child.deleted_at.is_(None), child.restricted.is_distinct_from("absent"))
    if ref is not None:
        asked = asked.where(child.ref == ref)
    else:
        asked = asked.where(child.born_on == born_on, child.id.in_(_named(name)))
    return list(session.connection().scalars(asked.order_by(child.id)))


def _named(name: str) -> Select[tuple[UUID]]:
    token = NameToken.__table__.c
    return select(token.child_id).where(token.token == f"={fold(name)}")


def had_an_hour(session: Session, child_id: UUID) -> bool:
    """Return whether whoever is at work once opened a record in an emergency; no if it is absent now."""
    grant, child = AccessGrant.__table__.c, Child.__table__.c
    asked = (
        select(grant.id)
        .join_from(AccessGrant.__table__, Child.__table__, child.id == grant.child_id)
        .where(grant.child_id == child_id, grant.worker_id == session.info["actor"].worker_id)
        .where(grant.kind == "emergency", child.restricted.is_distinct_from("absent"))
        .limit(1)
    )
    return session.connection().scalar(asked) is not None
