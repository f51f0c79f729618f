"""Queries about the way of a Personal Education Plan: its steps, what waits to be checked, what went back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from db.models import Child, ClockRow, PepStep, Revision, Typing, Worker

PEP = "pep"
_DECIDED = ("returned", "approved", "void")


def revisions(session: Session, child_id: UUID) -> list[Revision]:
    """Return a child's plans, oldest first; the answers are read when asked for."""
    asked = select(Revision).where(Revision.child_id == child_id, Revision.kind == PEP)
    return list(session.scalars(asked.order_by(Revision.number)))


def steps(session: Session, child_ids: Sequence[UUID]) -> list[PepStep]:
    """Return the steps of some children's plans, in the order they were taken."""
    asked = select(PepStep).where(PepStep.child_id.in_(child_ids))
    return list(session.scalars(asked.order_by(PepStep.id)))


def names(session: Session, worker_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of workers by id."""
    asked = select(Worker.id, Worker.name).where(Worker.id.in_(worker_ids))
    return {row.id: row.name for row in session.execute(asked)}


def stands() -> ColumnElement[bool]:
    """Return the test that a version was neither cancelled nor made void; other kinds always stand."""
    step = PepStep.__table__.c
    return (
        ~select(step.id)
        .where(step.revision_id == Revision.id, step.state == "void")
        .correlate(Revision)
        .exists()
    )


def void_ids(session: Session) -> set[UUID]:
    """Return the versions that were cancelled or made void."""
    return set(session.scalars(select(PepStep.revision_id).where(PepStep.state == "void")))


def is_void(session: Session, revision_id: UUID) -> bool:
    """Return whether a version was cancelled or made void."""
    asked = select(PepStep.id).where(PepStep.revision_id == revision_id, PepStep.state == "void").limit(1)
    return session.scalar(asked) is not None


class Listed(NamedTuple):
    """A plan in a list, with whose it is."""

    revision: Revision
    child: Child


def waiting(session: Session, limit: int) -> list[Listed]:
    """Return the submitted plans that nobody has decided on, longest waiting first.

    One that a signed correction replaces waits no more, nor one before a plan that is approved already.
    """
    asked = _signed().where(~_step_of(Revision, _DECIDED), ~_replaced(), ~_overtaken())
    return _listed(session, asked, limit)


def given_back(session: Session, limit: int) -> list[Listed]:
    """Return the plans that went back and that no signed correction replaces yet, longest ago first."""
    asked = _signed().where(
        _step_of(Revision, ("returned",)),
        ~_step_of(Revision, ("void",)),
        ~_replaced(),
        ~_overtaken(),
    )
    return _listed(session, asked, limit)


def chains(session: Session, child_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return by version the one that it replaces, of some children's plans."""
    asked = select(Revision.id, Revision.replaces_id).where(
        Revision.child_id.in_(child_ids), Revision.kind == PEP, Revision.replaces_id.is_not(None)
    )
    return {row.id: row.replaces_id for row in session.execute(asked) if row.replaces_id is not None}


def _signed() -> Select[Revision, Child]:
    return (
        select(Revision, Child)
        .join(Child, Child.id == Revision.child_id)
        .where(Revision.kind == PEP, Revision.signed_at.is_not(None))
    )


def _listed(session: Session, asked: Select[Revision, Child], limit: int) -> list[Listed]:
    ordered = asked.order_by(Revision.signed_at, Revision.id).limit(limit)
    return [Listed(revision, child) for revision, child in session.execute(ordered)]


def _step_of(revision: Any, states: Sequence[str]) -> ColumnElement[bool]:
    step = PepStep.__table__.alias().c
    return (
        select(step.id)
        .where(step.revision_id == revision.id, step.state.in_(states))
        .correlate(revision)
        .exists()
    )


def _replaced() -> ColumnElement[bool]:
    newer = aliased(Revision)
    return (
        select(newer.id)
        .where(
            newer.child_id == Revision.child_id,  # an index begins with it
            newer.replaces_id == Revision.id,
            newer.signed_at.is_not(None),
            ~_step_of(newer, ("void",)),
        )
        .correlate(Revision)
        .exists()
    )


def _overtaken() -> ColumnElement[bool]:
    later = aliased(Revision)
    return (
        select(later.id)
        .where(
            later.child_id == Revision.child_id,
            later.kind == PEP,
            later.number > Revision.number,
            _step_of(later, ("approved",)),
            ~_step_of(later, ("void",)),
        )
        .correlate(Revision)
        .exists()
    )


def has_typing(session: Session, revision_id: UUID) -> bool:
    """Return whether somebody has typed into a draft that nobody has saved yet."""
    asked = select(Typing.revision_id).where(Typing.revision_id == revision_id).limit(1)
    return session.scalar(asked) is not None


class Meeting(NamedTuple):
    """A meeting that was held: whose plan, when, and when the plan was approved."""

    child_id: UUID
    met_on: date
    approved_on: date | None


def meetings(session: Session, child_ids: Sequence[UUID], first_on: date, last_on: date) -> list[Meeting]:
    """Return the meetings of signed plans that stand, between two days, oldest first.

    A plan and the correction that replaced it are one meeting each time they are signed.
    """
    step = PepStep.__table__.c
    approved = (
        select(step.happened_on)
        .where(step.revision_id == Revision.id, step.state == "approved")
        .order_by(step.id)
        .limit(1)
        .correlate(Revision)
        .scalar_subquery()
    )
    asked = (
        select(Revision.child_id, Revision.dated_on, approved.label("approved_on"))
        .where(
            Revision.child_id.in_(child_ids),
            Revision.kind == PEP,
            Revision.signed_at.is_not(None),
            Revision.dated_on.between(first_on, last_on),
            stands(),
        )
        .order_by(Revision.dated_on, Revision.number)
    )
    return [
        Meeting(row.child_id, row.dated_on, row.approved_on)
        for row in session.execute(asked)
        if row.dated_on is not None
    ]


def clocks_met(
    session: Session, child_ids: Sequence[UUID], kinds: Sequence[str]
) -> dict[tuple[UUID, date], date]:
    """Return by child and day of the meeting the earliest date by which it was due."""
    asked = select(ClockRow.child_id, ClockRow.met_on, ClockRow.due_on).where(
        ClockRow.child_id.in_(child_ids), ClockRow.kind.in_(kinds), ClockRow.met_on.is_not(None)
    )
    found: dict[tuple[UUID, date], date] = {}
    for row in session.execute(asked):
        if row.met_on is not None:
            place = (row.child_id, row.met_on)
            found[place] = min(row.due_on, found.get(place, row.due_on))
    return found
