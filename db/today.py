"""Queries of what is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Child, ClockRow, HelpEpisode, HelpStep, PepStep, PlanApproval, Revision, Typing

_ASSESSMENT, _PATHWAY = "early-help", "pathway-plan"
_MOST = 200


def clocks_of(session: Session, child_id: UUID) -> list[ClockRow]:
    """Return a child's clocks, the earliest due first."""
    asked = select(ClockRow).where(ClockRow.child_id == child_id)
    return list(session.scalars(asked.order_by(ClockRow.due_on, ClockRow.kind)))


def open_clocks(
    session: Session,
    until: date,
    *,
    worker_id: UUID | None = None,
    team_id: UUID | None = None,
    limit: int = 200,
) -> list[tuple[ClockRow, str, int]]:
    """Return open clocks due up to a day, or red by then, with the child's name and reference."""
    soon = or_(ClockRow.due_on <= until, ClockRow.red_after < until)
    tests: list[ColumnElement[bool]] = [ClockRow.met_on.is_(None), soon]
    if worker_id:
        tests.append(ClockRow.worker_id == worker_id)
    if team_id:
        tests.append(ClockRow.team_id == team_id)
    asked = select(ClockRow, Child).join(Child, Child.id == ClockRow.child_id).where(*tests)
    ordered = asked.order_by(ClockRow.due_on, ClockRow.kind, ClockRow.id).limit(limit)
    return [(clock, child.name, child.ref) for clock, child in session.execute(ordered)]


class SentBack(NamedTuple):
    """A signed plan that came back to whoever signed it, with the step that says why."""

    revision: Revision
    child: Child
    on: date
    because: str
    mend_by: date | None


def sent_back(session: Session, worker_id: UUID) -> list[SentBack]:
    """Return the plans that a worker signed, that came back and that no signed correction replaces yet."""
    found = [*_peps_back(session, worker_id), *_pathways_back(session, worker_id)]
    return sorted([*found, *_assessments_back(session, worker_id)], key=lambda each: each.on)


def _peps_back(session: Session, worker_id: UUID) -> list[SentBack]:
    from db import pep_cycle

    mine = [each for each in pep_cycle.given_back(session, _MOST) if each.revision.signed_by == worker_id]
    last: dict[UUID, PepStep] = {}
    for step in pep_cycle.steps(session, [each.child.id for each in mine]):
        last[step.revision_id] = step
    steps = [(each, last[each.revision.id]) for each in mine]
    return [
        SentBack(each.revision, each.child, step.happened_on, step.words, step.mend_by)
        for each, step in steps
        if step.state == "returned"
    ]


def _pathways_back(session: Session, worker_id: UUID) -> list[SentBack]:
    newer, replacing, later = aliased(Revision), aliased(Revision), aliased(PlanApproval)
    decided_again = select(later.id).where(later.revision_id == Revision.id, later.id > PlanApproval.id)
    overtaken = (
        select(newer.id)
        .join(PlanApproval, PlanApproval.revision_id == newer.id)
        .where(newer.child_id == Revision.child_id, newer.kind == _PATHWAY, newer.number > Revision.number)
        .where(PlanApproval.kind == "approved")
        .correlate(Revision)
    )
    replaced = select(replacing.id).where(
        replacing.child_id == Revision.child_id,
        replacing.replaces_id == Revision.id,
        replacing.signed_at.is_not(None),
    )
    asked = (
        select(Revision, Child, PlanApproval)
        .join(Child, Child.id == Revision.child_id)
        .join(PlanApproval, PlanApproval.revision_id == Revision.id)
        .where(Revision.kind == _PATHWAY, Revision.signed_by == worker_id, PlanApproval.kind == "returned")
        .where(~decided_again.exists(), ~overtaken.exists(), ~replaced.exists())
        .limit(_MOST)
    )
    return [
        SentBack(revision, child, step.happened_on, step.note, None)
        for revision, child, step in session.execute(asked)
    ]


def _assessments_back(session: Session, worker_id: UUID) -> list[SentBack]:
    asked = (
        select(Revision, Child)
        .join(Child, Child.id == Revision.child_id)
        .join(HelpEpisode, HelpEpisode.id == Revision.episode_id)
        .where(Revision.kind == _ASSESSMENT, Revision.signed_by == worker_id)
        .where(HelpEpisode.status == "in_assessment", HelpEpisode.closed_on.is_(None))
        .order_by(Revision.number)
        .limit(_MOST)
    )
    newest = {
        revision.episode_id: (revision, child)
        for revision, child in session.execute(asked)
        if revision.episode_id
    }
    children = {child.id for _, child in newest.values()}
    steps = select(HelpStep).where(
        HelpStep.child_id.in_(children), HelpStep.episode_id.in_(newest), HelpStep.now != ""
    )
    last = {each.episode_id: each for each in session.scalars(steps.order_by(HelpStep.id))}
    return [
        SentBack(revision, child, step.happened_on, step.reason, None)
        for episode_id, (revision, child) in newest.items()
        if (step := last.get(episode_id)) and step.was == "with_manager" and _before(revision, step)
    ]


def _before(revision: Revision, step: HelpStep) -> bool:
    """Return whether the version is the one that was sent back, not one signed since."""
    return revision.signed_at is not None and revision.signed_at <= step.created_at


def drafts_of_corrections(session: Session, revision_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return by version the draft that puts it right, where one is begun."""
    asked = select(Revision.replaces_id, Revision.id).where(
        Revision.replaces_id.in_(revision_ids), Revision.signed_at.is_(None)
    )
    return {row.replaces_id: row.id for row in session.execute(asked) if row.replaces_id}


def typed_since(session: Session, author: UUID, revision_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return by draft what its writer typed after its saved version."""
    asked = select(Typing).where(Typing.author == author, Typing.revision_id.in_(revision_ids))
    return {row.revision_id: row.answers for row in session.scalars(asked)}
