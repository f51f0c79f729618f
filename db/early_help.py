"""Queries about early help: episodes, the family's, consents, leads, steps, what was signed in one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Child, Consent, HelpEpisode, HelpStep, LeadPractitioner, Revision

_Row = TypeVar("_Row", HelpStep, Consent, LeadPractitioner)


def episodes(session: Session, child_id: UUID) -> list[HelpEpisode]:
    """Return a child's episodes, newest first."""
    asked = select(HelpEpisode).where(HelpEpisode.child_id == child_id)
    return list(session.scalars(asked.order_by(HelpEpisode.opened_on.desc(), HelpEpisode.id.desc())))


def family(session: Session, family_id: UUID) -> list[tuple[Child, HelpEpisode]]:
    """Return the children helped together, the oldest first, each with the episode."""
    asked = (
        select(Child, HelpEpisode)
        .join(HelpEpisode, HelpEpisode.child_id == Child.id)
        .where(HelpEpisode.family_id == family_id)
        .order_by(Child.born_on, Child.sort_name, Child.id)
    )
    return [(child, episode) for child, episode in session.execute(asked)]


def next_number(session: Session) -> int:
    """Return the number of the next family's episode, counted over all files: one is never used twice."""
    table = HelpEpisode.__table__.c
    return (session.connection().scalar(select(func.max(table.number))) or 0) + 1


def of_episode(session: Session, model: type[_Row], episode_ids: Sequence[UUID]) -> list[_Row]:
    """Return the rows of a kind that belong to episodes, in the order they were made."""
    table: Any = model
    help_ = HelpEpisode.__table__.c
    whose = select(help_.child_id).where(help_.id.in_(episode_ids))  # an index begins with the child alone
    asked = select(model).where(table.child_id.in_(whose), table.episode_id.in_(episode_ids))
    return list(session.scalars(asked.order_by(table.id)))


def consents_of_child(session: Session, child_id: UUID) -> list[Consent]:
    """Return everybody's decisions about one child, latest first."""
    asked = select(Consent).where(Consent.child_id == child_id)
    return list(session.scalars(asked.order_by(Consent.happened_on.desc(), Consent.id.desc())))


def signed(session: Session, episode_id: UUID, kind: str) -> Revision | None:
    """Return the newest signed version of a kind in an episode."""
    help_ = HelpEpisode.__table__.c
    whose = select(help_.child_id).where(help_.id == episode_id).scalar_subquery()
    asked = select(Revision).where(
        Revision.child_id == whose,
        Revision.kind == kind,
        Revision.episode_id == episode_id,
        Revision.signed_at.is_not(None),
    )
    return session.scalar(asked.order_by(Revision.number.desc()).limit(1))


def group(session: Session, group_id: UUID) -> list[tuple[Child, Revision]]:
    """Return the versions of brothers and sisters whose common parts are typed once."""
    asked = (
        select(Child, Revision)
        .join(Revision, Revision.child_id == Child.id)
        .where(Revision.group_id == group_id)
        .order_by(Child.born_on, Child.sort_name, Child.id)
    )
    return [(child, revision) for child, revision in session.execute(asked)]
