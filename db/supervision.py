"""Queries about supervision: sessions between two workers, what was said of children, who is held by whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import CaseSpell, CaseSupervision, Child, MissingPeriod, Note, SupervisionSession, Team, Worker
from db.reach import shut_children, ways_of

_MOST = 500


def team_workers(session: Session, team_id: UUID) -> list[Worker]:
    """Return the workers of a team who have not left, by name."""
    asked = select(Worker).where(Worker.team_id == team_id, Worker.left_on.is_(None))
    return list(session.scalars(asked.order_by(Worker.sort_name).limit(_MOST)))


def workers(session: Session, ids: Collection[UUID]) -> dict[UUID, Worker]:
    """Return workers by id."""
    return {each.id: each for each in session.scalars(select(Worker).where(Worker.id.in_(ids)))}


def team_name(session: Session, team_id: UUID | None) -> str:
    """Return the name of a team, nothing without one."""
    team = session.get(Team, team_id) if team_id else None
    return team.name if team else ""


def children_of(session: Session, worker_ids: Collection[UUID]) -> list[Child]:
    """Return the open children of some workers, by name."""
    asked = select(Child).where(Child.worker_id.in_(worker_ids), Child.closed_on.is_(None))
    return list(session.scalars(asked.where(Child.status != "closed").order_by(Child.sort_name, Child.id)))


def last_discussions(session: Session, worker_ids: Collection[UUID]) -> dict[UUID, CaseSupervision]:
    """Return by child what was said in supervision last, of the open children of some workers."""
    newer = aliased(CaseSupervision)
    later = or_(
        newer.happened_on > CaseSupervision.happened_on,
        and_(newer.happened_on == CaseSupervision.happened_on, newer.id > CaseSupervision.id),
    )
    asked = (
        select(CaseSupervision)
        .join(Child, Child.id == CaseSupervision.child_id)
        .outerjoin(newer, and_(newer.child_id == CaseSupervision.child_id, later, newer.deleted_at.is_(None)))
        .where(Child.worker_id.in_(worker_ids), Child.closed_on.is_(None), newer.id.is_(None))
    )
    return {each.child_id: each for each in session.scalars(asked)}


def held_since(session: Session, worker_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return by child since when its worker has held it without a break."""
    asked = (
        select(CaseSpell)
        .join(Child, Child.id == CaseSpell.child_id)
        .where(Child.worker_id.in_(worker_ids), Child.closed_on.is_(None))
        .order_by(CaseSpell.child_id, CaseSpell.from_on)
    )
    found: dict[UUID, date] = {}
    before: dict[UUID, UUID | None] = {}
    for spell in session.scalars(asked):
        if spell.child_id not in found or before[spell.child_id] != spell.worker_id:
            found[spell.child_id] = spell.from_on
        before[spell.child_id] = spell.worker_id
    return found


def missing_now(session: Session, worker_ids: Collection[UUID]) -> set[UUID]:
    """Return the children of some workers who are missing and not back yet."""
    asked = (
        select(MissingPeriod.child_id)
        .join(Child, Child.id == MissingPeriod.child_id)
        .where(Child.worker_id.in_(worker_ids), MissingPeriod.ended_on.is_(None))
        .where(MissingPeriod.returned_at.is_(None))
    )
    return set(session.scalars(asked))


def sessions_of(session: Session, supervisee_id: UUID) -> list[SupervisionSession]:
    """Return the sessions of a worker that may be read, the latest first."""
    asked = select(SupervisionSession).where(SupervisionSession.supervisee_id == supervisee_id)
    found = session.scalars(asked.order_by(SupervisionSession.id.desc()).limit(_MOST))
    return sorted(found, key=_day, reverse=True)


def sessions_with(session: Session, supervisor_id: UUID) -> list[SupervisionSession]:
    """Return the sessions in which somebody supervises, the latest first."""
    asked = select(SupervisionSession).where(SupervisionSession.supervisor_id == supervisor_id)
    found = session.scalars(asked.order_by(SupervisionSession.id.desc()).limit(4 * _MOST))
    return sorted(found, key=_day, reverse=True)


def _day(each: SupervisionSession) -> date:
    return each.held_on or each.planned_on or date.min


def to_sign(session: Session, worker_id: UUID) -> list[SupervisionSession]:
    """Return the sessions that were held and that somebody has still to sign, the oldest first."""
    row = SupervisionSession
    asked = select(row).where(
        row.held_on.is_not(None),
        or_(
            and_(row.supervisor_id == worker_id, row.supervisor_signed_on.is_(None)),
            and_(row.supervisee_id == worker_id, row.supervisee_signed_on.is_(None)),
        ),
    )
    return list(session.scalars(asked.order_by(row.held_on, row.id).limit(_MOST)))


def cases_of_sessions(session: Session, session_ids: Collection[UUID]) -> list[tuple[CaseSupervision, Child]]:
    """Return what was said of children within reach in some sessions, by the child's name."""
    asked = (
        select(CaseSupervision, Child)
        .join(Child, Child.id == CaseSupervision.child_id)
        .where(CaseSupervision.session_id.in_(session_ids))
        .order_by(Child.sort_name, CaseSupervision.id)
    )
    return [(case, child) for case, child in session.execute(asked)]


class SessionCount(NamedTuple):
    """Of a worker who holds cases, unnamed: when supervised last, sessions planned and called off."""

    team_id: UUID | None
    last_on: date | None
    planned: int
    called_off: int


class CaseCount(NamedTuple):
    """So many open children of a team and a status, opened and talked about last on the same days."""

    team_id: UUID | None
    status: str
    opened_on: date
    last_on: date | None
    number: int


def team_names(session: Session) -> dict[UUID, str]:
    """Return every team by name."""
    return {each.id: each.name for each in session.scalars(select(Team).order_by(Team.name))}


def session_counts(session: Session, since: date, until: date) -> list[SessionCount]:
    """Return a count for every worker who holds cases; sessions planned between two days."""
    # The tables: the guard would hide the sessions of others, of which no more than counts is told.
    held, worker = SupervisionSession.__table__.c, Worker.__table__.c
    is_planned = held.planned_on.between(since, until)
    asked = (
        select(
            worker.team_id,
            worker.roles,
            func.max(case((held.cancelled_because == "", held.held_on))),
            func.count(case((is_planned, held.id))),
            func.count(case((and_(is_planned, held.cancelled_because != ""), held.id))),
        )
        .select_from(Worker.__table__)
        .outerjoin(
            SupervisionSession.__table__,
            and_(held.supervisee_id == worker.id, held.deleted_at.is_(None)),
        )
        .where(worker.left_on.is_(None), worker.deleted_at.is_(None))
        .group_by(worker.id)
    )
    found = session.connection().execute(asked)
    return [SessionCount(team, *counts) for team, roles, *counts in found if "practitioner" in roles]


def case_counts(session: Session, statuses: Collection[str]) -> list[CaseCount]:
    """Return counts of the open children of some statuses, those of other teams too.

    Restricted children whom the reader may not see are not counted: a number would tell of them.
    """
    child, said = Child.__table__.c, CaseSupervision.__table__.c
    last = (
        select(said.child_id, func.max(said.happened_on).label("last_on"))
        .where(said.deleted_at.is_(None))
        .group_by(said.child_id)
        .subquery()
    )
    keys = (child.team_id, child.status, child.opened_on, last.c.last_on)
    asked = (
        select(*keys, func.count())
        .select_from(Child.__table__.outerjoin(last, last.c.child_id == child.id))
        .where(child.status.in_(statuses), child.closed_on.is_(None), child.deleted_at.is_(None))
        .where(child.id.not_in(shut_children(session.info["actor"], ways_of(session))))
        .group_by(*keys)
    )
    return [CaseCount(*row) for row in session.connection().execute(asked)]


def visits_written(session: Session, worker_ids: Collection[UUID], since: date) -> list[tuple[Note, Child]]:
    """Return the visits since a day that some workers wrote up, of children in reach, the latest first.

    A note that puts another right is left out: it says nothing about when the visit was written up.
    """
    asked = (
        select(Note, Child)
        .join(Child, Child.id == Note.child_id)
        .where(Note.kind == "visit", Note.happened_on >= since, Note.replaces_id.is_(None))
        .where(Note.created_by.in_(worker_ids))
        .order_by(Note.happened_on.desc(), Note.id)
    )
    return [(note, child) for note, child in session.execute(asked)]
