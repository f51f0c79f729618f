"""Queries about what waits for a manager's decision, over many children."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from db.models import (
    Assessment,
    Child,
    ClockRow,
    Contact,
    HelpEpisode,
    HelpStep,
    PlanApproval,
    Referral,
    Revision,
    Worker,
)

_ASSESSMENT, _PATHWAY = "early-help", "pathway-plan"


class HelpWaiting(NamedTuple):
    """Early help with the manager: the child, its episode, the step that brought it there, who signed."""

    child: Child
    episode: HelpEpisode
    step: HelpStep | None
    signed_by: UUID | None


def pathway_plans(session: Session, limit: int) -> list[tuple[Revision, Child]]:
    """Return the signed pathway plans that no manager has decided on, longest waiting first.

    One that a later approved plan or a signed correction has overtaken waits no more.
    """
    newer, replacing = aliased(Revision), aliased(Revision)
    decided = select(PlanApproval.id).where(PlanApproval.revision_id == Revision.id).correlate(Revision)
    overtaken = (
        select(newer.id)
        .join(PlanApproval, PlanApproval.revision_id == newer.id)
        .where(newer.child_id == Revision.child_id, newer.kind == _PATHWAY)
        .where(newer.number > Revision.number, PlanApproval.kind == "approved")
        .correlate(Revision)
    )
    replaced = (
        select(replacing.id)
        .where(replacing.child_id == Revision.child_id, replacing.replaces_id == Revision.id)
        .where(replacing.signed_at.is_not(None))
        .correlate(Revision)
    )
    asked = (
        select(Revision, Child)
        .join(Child, Child.id == Revision.child_id)
        .where(Revision.kind == _PATHWAY, Revision.signed_at.is_not(None))
        .where(~decided.exists(), ~overtaken.exists(), ~replaced.exists())
        .order_by(Revision.signed_at, Revision.id)
        .limit(limit)
    )
    return [(revision, child) for revision, child in session.execute(asked)]


def helped(session: Session, limit: int) -> list[HelpWaiting]:
    """Return early help whose assessment is with the manager, each with the step that sent it there."""
    asked = (
        select(HelpEpisode, Child)
        .join(Child, Child.id == HelpEpisode.child_id)
        .where(HelpEpisode.status == "with_manager", HelpEpisode.closed_on.is_(None))
        .order_by(HelpEpisode.number, Child.born_on, Child.id)
        .limit(limit)
    )
    found = [(child, episode) for episode, child in session.execute(asked)]
    children, episodes = {child.id for child, _ in found}, [episode.id for _, episode in found]
    steps = select(HelpStep).where(
        HelpStep.child_id.in_(children), HelpStep.episode_id.in_(episodes), HelpStep.now == "with_manager"
    )
    sent = {each.episode_id: each for each in session.scalars(steps.order_by(HelpStep.id))}
    signed = (
        select(Revision.episode_id, Revision.signed_by)
        .where(Revision.child_id.in_(children), Revision.episode_id.in_(episodes))
        .where(Revision.kind == _ASSESSMENT, Revision.signed_at.is_not(None))
        .order_by(Revision.number)
    )
    signers = {row.episode_id: row.signed_by for row in session.execute(signed)}
    return [
        HelpWaiting(child, episode, sent.get(episode.id), signers.get(episode.id)) for child, episode in found
    ]


def assessments(session: Session, limit: int) -> list[tuple[Assessment, Child]]:
    """Return the assessments that were submitted and that nobody has authorised, the oldest first."""
    asked = (
        select(Assessment, Child)
        .join(Child, Child.id == Assessment.child_id)
        .where(Assessment.submitted_on.is_not(None), Assessment.authorised_on.is_(None))
        .where(Assessment.abandoned_on.is_(None))
        .order_by(Assessment.submitted_on, Assessment.id)
        .limit(limit)
    )
    return [(row, child) for row, child in session.execute(asked)]


def contacts(session: Session, limit: int) -> list[tuple[Contact, Child]]:
    """Return the contacts that nobody has decided on, the oldest first; duplicates wait for nobody."""
    asked = (
        select(Contact, Child)
        .join(Child, Child.id == Contact.child_id)
        .where(Contact.decided_at.is_(None), Contact.duplicate_of_id.is_(None))
        .order_by(Contact.received_at, Contact.id)
        .limit(limit)
    )
    return [(row, child) for row, child in session.execute(asked)]


def referrals(session: Session, limit: int) -> list[tuple[Referral, Child]]:
    """Return the referrals that nobody has decided on, the oldest first."""
    asked = (
        select(Referral, Child)
        .join(Child, Child.id == Referral.child_id)
        .where(Referral.decided_at.is_(None), Referral.closed_on.is_(None))
        .order_by(Referral.received_at, Referral.id)
        .limit(limit)
    )
    return [(row, child) for row, child in session.execute(asked)]


def open_clocks(
    session: Session, child_ids: Collection[UUID], kinds: Collection[str]
) -> dict[tuple[UUID, str], ClockRow]:
    """Return by child and kind the clock that runs out first."""
    asked = (
        select(ClockRow)
        .where(ClockRow.child_id.in_(child_ids), ClockRow.kind.in_(kinds), ClockRow.met_on.is_(None))
        .order_by(ClockRow.due_on.desc())
    )
    return {(each.child_id, each.kind): each for each in session.scalars(asked)}


def worker_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of workers by id."""
    found = session.execute(select(Worker.id, Worker.name).where(Worker.id.in_(ids)))
    return {row.id: row.name for row in found}
