"""Queries of who holds the cases of a day, in which team: numbers of all, names of those in reach."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from db.caseload_reach import (
    CHILD,
    ON,
    SPELL,
    TEAM,
    Reach,
    Shape,
    id_of,
    not_hidden,
    open_spell,
    raw,
    rows_of,
    spells,
)
from db.caseload_rows import HolderRow
from db.models import CaseloadReview, CaseSpell, Child, Leave, Team, Worker
from db.reach import visible_children, ways_of
from db.store import Session
from db.working_time import LeaveRow, TimeRow


def holders(session: Session, on: date) -> list[HolderRow]:
    """Return who held how many children of which team on a day, by the team's name: numbers alone, of all."""
    team, worker = Team.__table__.c, Worker.__table__.c
    asked = (
        select(raw(team.id), team.name, raw(worker.id), func.count(), worker.fte, worker.roles)
        .join_from(CaseSpell.__table__, Team.__table__, team.id == SPELL.team_id)
        .join(Child.__table__, CHILD.id == SPELL.child_id)
        .join(Worker.__table__, worker.id == SPELL.worker_id)
        .where(*open_spell(), CHILD.deleted_at.is_(None), not_hidden(session))
        .group_by(team.id, team.name, worker.id)
        .order_by(team.name, worker.id)
    )
    return [
        HolderRow(id_of(team_id), name, id_of(worker_id), children, fte, roles)
        for team_id, name, worker_id, children, fte, roles in rows_of(session, asked, {"on": on})
    ]


def teams_in_reach(session: Session, on: date, own: UUID | None) -> list[tuple[UUID, str]]:
    """Return the teams of the children in reach on a day, and one's own, by name."""
    team = Team.__table__.c
    seen = visible_children(session.actor, ways_of(session))
    theirs = select(SPELL.team_id).where(SPELL.child_id.in_(seen), *open_spell())
    asked = (
        select(team.id, team.name)
        .where(or_(team.id.in_(theirs), team.id == own), team.deleted_at.is_(None))
        .order_by(team.name)
    )
    return [(team_id, name) for team_id, name in rows_of(session, asked, {"on": on})]


def workers(session: Session, reach: Reach) -> tuple[dict[UUID, TimeRow], list[LeaveRow]]:
    """Return by id the workers who held a child on the day, in reach or not, and their times away that
    cover it.
    """
    known, away = dict[UUID, TimeRow](), list[LeaveRow]()
    for key, name, job, fte, nqsw_from, roles, from_on, until_on in rows_of(
        session, _workers(reach.shape), reach.values
    ):
        worker_id = id_of(key)
        known[worker_id] = TimeRow(worker_id, name, job, fte, nqsw_from, roles)
        if from_on:
            away.append(LeaveRow(worker_id, from_on, until_on))
    return known, away


@cache
def _workers(shape: Shape) -> Select[Any]:
    row, leave = Worker.__table__.c, Leave.__table__.c
    is_away = and_(
        leave.worker_id == row.id,
        leave.deleted_at.is_(None),
        leave.from_on <= ON,
        or_(leave.until_on.is_(None), leave.until_on >= ON),
    )
    return (
        select(
            raw(row.id), row.name, row.job, row.fte, row.nqsw_from, row.roles, leave.from_on, leave.until_on
        )
        .join_from(Worker.__table__, Leave.__table__, is_away, isouter=True)
        .where(row.id.in_(select(SPELL.worker_id).where(*spells(shape))))
    )


def team_name(session: Session, team_id: UUID) -> str:
    """Return the name of a team, nothing if there is none."""
    found = rows_of(session, _team_name(), {"team": team_id})
    return found[0][0] if found else ""


@cache
def _team_name() -> Select[Any]:
    team = Team.__table__.c
    return select(team.name).where(team.id == TEAM)


def running_spell(session: Session, child_id: UUID) -> CaseSpell | None:
    """Return the spell in which a child's case stands now."""
    asked = select(CaseSpell).where(CaseSpell.child_id == child_id, CaseSpell.until_on.is_(None))
    return session.scalar(asked)


def meetings(session: Session, team_id: UUID, until: date) -> list[CaseloadReview]:
    """Return a team's caseload meetings held by a day, the latest first."""
    row = CaseloadReview
    asked = select(row).where(row.team_id == team_id, row.held_on <= until)
    return list(session.scalars(asked.order_by(row.held_on.desc(), row.id.desc()).limit(12)))


def held_now(session: Session, on: date) -> dict[UUID, int]:
    """Return how many open cases each worker of the service holds: numbers alone."""
    asked = (
        select(SPELL.worker_id, func.count())
        .join_from(CaseSpell.__table__, Child.__table__, CHILD.id == SPELL.child_id)
        .where(*open_spell(), SPELL.worker_id.is_not(None), CHILD.deleted_at.is_(None))
        .where(not_hidden(session))
        .group_by(SPELL.worker_id)
    )
    return dict(rows_of(session, asked, {"on": on}))
