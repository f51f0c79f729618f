"""Queries about questionnaires, goals and scaling."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Goal, Measure


def standing(session: Session, child_id: UUID, tool: str) -> list[Measure]:
    """Return a child's results of one tool, oldest first, without those that a later one puts right."""
    asked = select(Measure).where(Measure.child_id == child_id, Measure.tool == tool)
    found = list(session.scalars(asked.order_by(Measure.happened_on, Measure.id)))
    replaced = {each.replaces_id for each in found}
    return [each for each in found if each.id not in replaced]


def of_goal(session: Session, goal: Goal) -> list[Measure]:
    """Return the ratings of a goal, oldest first, without those that a later one puts right."""
    return [each for each in standing(session, goal.child_id, "goal") if each.goal_id == goal.id]


def replacement(session: Session, measure_id: UUID) -> Measure | None:
    """Return the result that puts another one right."""
    return session.scalar(select(Measure).where(Measure.replaces_id == measure_id).limit(1))


def goals(session: Session, child_id: UUID) -> list[Goal]:
    """Return a child's goals, in the order in which they were set."""
    return list(session.scalars(select(Goal).where(Goal.child_id == child_id).order_by(Goal.set_on, Goal.id)))
