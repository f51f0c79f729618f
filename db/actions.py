"""Queries about what was agreed to be done: in one file, in a family's files, for one owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import Action, ActionStep, Child, HelpEpisode, Revision, Worker
from db.reach import shut_children, ways_of


def _family(child_id: UUID) -> Select[tuple[UUID]]:
    """Return the query of the children who were ever helped together with a child; the child is not named."""
    help_, other = HelpEpisode.__table__.c, HelpEpisode.__table__.alias().c
    families = select(help_.family_id).where(help_.child_id == child_id)
    asked: Select[tuple[UUID]] = select(other.child_id).where(other.family_id.in_(families))
    return asked


def of_family(session: Session, child_id: UUID) -> list[Action]:
    """Return the actions in the files of a child and of those helped together with it, by number."""
    asked = select(Action).where(or_(Action.child_id == child_id, Action.child_id.in_(_family(child_id))))
    return list(session.scalars(asked.order_by(Action.no, Action.id)))


def of_child(session: Session, child_id: UUID) -> list[Action]:
    """Return the actions in one file, by number."""
    asked = select(Action).where(Action.child_id == child_id)
    return list(session.scalars(asked.order_by(Action.no, Action.id)))


def has_open(session: Session, child_id: UUID) -> bool:
    """Return whether anything in one file waits to be done."""
    asked = select(Action.id).where(Action.child_id == child_id, Action.done_on.is_(None)).limit(1)
    return session.scalar(asked) is not None


def highest_no(session: Session, child_id: UUID) -> int:
    """Return the highest number of a family's actions, seen or not: none is used twice.

    Those of a restricted brother or sister do not count: a gap would tell of them.
    """
    table = Action.__table__.c
    family = and_(
        table.child_id.in_(_family(child_id)),
        table.child_id.not_in(shut_children(session.info["actor"], ways_of(session))),
    )
    mine = or_(table.child_id == child_id, family)
    return session.connection().scalar(select(func.max(table.no)).where(mine)) or 0


def copies(session: Session, action: Action) -> list[Action]:
    """Return the same action in each file that holds it and may be seen, this one first."""
    if not action.group_id:
        return [action]
    asked = select(Action).where(Action.group_id == action.group_id, Action.id != action.id)
    return [action, *session.scalars(asked.order_by(Action.id))]


def mine(session: Session, worker_id: UUID, limit: int) -> list[tuple[Action, Child]]:
    """Return what waits for one owner with the child, the earliest day first, those without a day last."""
    asked = (
        select(Action, Child)
        .join(Child, Child.id == Action.child_id)
        .where(Action.worker_id == worker_id, Action.done_on.is_(None))
        .order_by(Action.by_on.is_(None), Action.by_on, Action.no, Child.born_on, Action.id)
        .limit(limit)
    )
    return [(action, child) for action, child in session.execute(asked)]


def steps_of(session: Session, actions: Collection[Action]) -> list[ActionStep]:
    """Return how actions went on, latest first."""
    if not actions:
        return []
    asked = select(ActionStep).where(
        ActionStep.child_id.in_({each.child_id for each in actions}),
        ActionStep.action_id.in_([each.id for each in actions]),
    )
    return list(session.scalars(asked.order_by(ActionStep.happened_on.desc(), ActionStep.id.desc())))


def children_of(session: Session, group_ids: Collection[UUID]) -> list[tuple[UUID, Child]]:
    """Return (group, child) for every file that holds one of some shared actions, the oldest child first."""
    if not group_ids:
        return []
    asked = (
        select(Action.group_id, Child)
        .join(Child, Child.id == Action.child_id)
        .where(Action.group_id.in_(group_ids))
        .order_by(Child.born_on, Child.sort_name, Child.id)
    )
    found: Sequence[Any] = session.execute(asked).all()
    return [(group_id, child) for group_id, child in found]


def worker_names(session: Session) -> list[tuple[UUID, str]]:
    """Return the workers who have not left, with their names."""
    asked: Sequence[Any] = session.execute(
        select(Worker.id, Worker.name).where(Worker.left_on.is_(None))
    ).all()
    return [(worker_id, name) for worker_id, name in asked]


def is_frozen(session: Session, revision_id: UUID | None) -> bool:
    """Return whether an action's plan belongs to early help for which consent was withdrawn."""
    if not revision_id:
        return False
    asked = (
        select(HelpEpisode.id)
        .join(Revision, Revision.episode_id == HelpEpisode.id)
        .where(Revision.id == revision_id, HelpEpisode.status == "consent_withdrawn")
    )
    return session.scalar(asked) is not None
