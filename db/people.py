"""Queries about workers and schools."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import School, Team, Worker


def workers(session: Session) -> list[tuple[Worker, str | None]]:
    """Return the workers who have not left, by name, each with the team's name."""
    asked = select(Worker, Team.name).outerjoin(Team, Team.id == Worker.team_id)
    rows = session.execute(asked.where(Worker.left_on.is_(None)).order_by(Worker.sort_name).limit(2_000))
    return [(worker, team) for worker, team in rows]


def worker_of_user(session: Session, user_name: str) -> Worker | None:
    """Return the worker who signs in by a user name."""
    return session.scalar(select(Worker).where(Worker.user_name == user_name))


def users(session: Session) -> list[tuple[Worker, str | None]]:
    """Return those who can sign in or once could, by name, each with the team's name."""
    asked = select(Worker, Team.name).outerjoin(Team, Team.id == Worker.team_id)
    rows = session.execute(asked.where(Worker.user_name.is_not(None)).order_by(Worker.sort_name).limit(2_000))
    return [(worker, team) for worker, team in rows]


def team(session: Session, name: str) -> Team | None:
    """Return the team of a name."""
    return session.scalar(select(Team).where(Team.name == name))


def teams(session: Session) -> list[Team]:
    """Return all teams by name."""
    return list(session.scalars(select(Team).order_by(Team.name).limit(500)))


def school(session: Session, sort_name: str, urn: str) -> School | None:
    """Return the school of a URN or, without one, of a folded name."""
    test = School.urn == urn if urn else School.sort_name == sort_name
    return session.scalar(select(School).where(test).limit(1))


def schools(session: Session, start: str, limit: int) -> list[School]:
    """Return schools whose folded name begins with the text, or holds it after a blank."""
    holds = or_(
        School.sort_name.startswith(start, autoescape=True),
        School.sort_name.contains(f" {start}", autoescape=True),
    )
    return list(session.scalars(select(School).where(holds).order_by(School.sort_name).limit(limit)))


def by_id(session: Session, worker_id: UUID) -> tuple[Worker, Team | None] | None:
    """Return a worker with the team."""
    asked = select(Worker, Team).outerjoin(Team, Team.id == Worker.team_id).where(Worker.id == worker_id)
    row = session.execute(asked).one_or_none()
    return (row[0], row[1]) if row else None


def first_administrator(session: Session) -> tuple[Worker, Team | None] | None:
    """Return the first administrator who has not left: whom a recovery key lets in."""
    found = [each for each, _ in users(session) if "administrator" in each.roles and not each.left_on]
    return by_id(session, min(found, key=lambda each: each.id).id) if found else None
