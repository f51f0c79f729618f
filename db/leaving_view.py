"""Queries of the leaving-care view: a fixed number of them, each over all the young people in reach.

Whoever was in care and is of an age for leaving care, or has a manager's word on the category, is read whole:
what counts on which day is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, load_only

from db.models import (
    AboutChild,
    CareLeaverYear,
    Child,
    Document,
    Episode,
    Fact,
    InTouch,
    Involvement,
    LeaverActivity,
    LeaverHome,
    LeaverMoney,
    LeavingEvent,
    Note,
    Person,
    PlanApproval,
    Revision,
    StatusOverride,
    Team,
    Worker,
)


@dataclass(frozen=True)
class Reach:
    """Whom the queries are about: born in these days and ever in care, or with a manager's word."""

    born_since: date
    born_until: date

    @property
    def ids(self) -> Select[UUID]:
        """Return the query of the ids: the guard narrows it, so it begins with those in reach."""
        of_age = Child.born_on.between(self.born_since, self.born_until)
        in_care = exists().where(Episode.__table__.c.child_id == Child.id).correlate(Child)
        decided = exists().where(StatusOverride.__table__.c.child_id == Child.id).correlate(Child)
        return select(Child.id).where(or_(and_(of_age, in_care), decided))


class ChildRow(NamedTuple):
    """A young person, as the record says today."""

    id: UUID
    ref: int
    name: str
    born_on: date | None
    team_id: UUID | None
    team: str
    worker_id: UUID | None
    worker: str


class AdviserRow(NamedTuple):
    """A spell of somebody as the personal adviser."""

    child_id: UUID
    name: str
    from_on: date | None
    until_on: date | None


class PlanRow(NamedTuple):
    """A signed version of a plan and the one that it puts right."""

    id: UUID
    child_id: UUID
    number: int
    on: date
    replaces_id: UUID | None


class FactRow(NamedTuple):
    """A reportable answer or event of a signed version; a corrected one has none."""

    child_id: UUID
    revision_id: UUID
    field: str
    is_event: bool
    code: str | None
    day: date | None


def children(session: Session, reach: Reach) -> list[ChildRow]:
    """Return the young people, by name."""
    asked = (
        select(Child, Team.name, Worker.name)
        .outerjoin(Team, Team.id == Child.team_id)
        .outerjoin(Worker, Worker.id == Child.worker_id)
        .where(Child.id.in_(reach.ids))
        .order_by(Child.sort_name, Child.ref)
    )
    return [
        ChildRow(
            each.id, each.ref, each.name, each.born_on, each.team_id, team or "", each.worker_id, worker or ""
        )
        for each, team, worker in session.execute(asked)
    ]  # fmt: skip


def episodes(session: Session, reach: Reach) -> list[Episode]:
    """Return all episodes of care, the oldest first."""
    return list(session.scalars(_about(Episode, reach).order_by(Episode.started_on)))


def leaving_events(session: Session, reach: Reach) -> list[LeavingEvent]:
    """Return what rights depend on beside care, the oldest first."""
    return list(session.scalars(_about(LeavingEvent, reach).order_by(LeavingEvent.from_on, LeavingEvent.id)))


def overrides(session: Session, reach: Reach) -> list[StatusOverride]:
    """Return the managers' words on the category, the oldest first."""
    return list(session.scalars(_about(StatusOverride, reach).order_by(StatusOverride.from_on)))


def in_touch(session: Session, reach: Reach) -> list[InTouch]:
    """Return whether we were in touch, the oldest first."""
    return list(session.scalars(_about(InTouch, reach).order_by(InTouch.happened_on, InTouch.id)))


def homes(session: Session, reach: Reach) -> list[LeaverHome]:
    """Return the homes, the oldest first."""
    return list(session.scalars(_about(LeaverHome, reach).order_by(LeaverHome.from_on, LeaverHome.id)))


def activities(session: Session, reach: Reach) -> list[LeaverActivity]:
    """Return what they did, the oldest first."""
    asked = _about(LeaverActivity, reach).order_by(LeaverActivity.from_on, LeaverActivity.id)
    return list(session.scalars(asked))


def years(session: Session, reach: Reach) -> list[CareLeaverYear]:
    """Return the items of the returns, the oldest year first."""
    return list(session.scalars(_about(CareLeaverYear, reach).order_by(CareLeaverYear.year)))


def contacts(session: Session, reach: Reach, since: date, kinds: Collection[str]) -> list[Note]:
    """Return notes of some kinds since a day, the oldest first; their words are not read."""
    asked = _about(Note, reach, Note.happened_on >= since, Note.kind.in_(sorted(kinds))).options(
        load_only(Note.child_id, Note.happened_on, Note.kind, Note.seen, Note.where_seen)
    )
    return list(session.scalars(asked.order_by(Note.happened_on, Note.id)))


def advisers(session: Session, reach: Reach, role: str) -> list[AdviserRow]:
    """Return who had a role and when, the first first; of an unknown beginning before all others."""
    asked = (
        select(
            Involvement.child_id, Worker.name, Person.given, Person.family, Involvement.from_on,
            Involvement.until_on,
        )
        .outerjoin(Worker, Worker.id == Involvement.worker_id)
        .outerjoin(Person, Person.id == Involvement.person_id)
        .where(Involvement.role == role, Involvement.child_id.in_(reach.ids))
        .order_by(Involvement.id)
    )  # fmt: skip
    found = [
        AdviserRow(child_id, worker or f"{given or ''} {family or ''}".strip(), from_on, until_on)
        for child_id, worker, given, family, from_on, until_on in session.execute(asked)
    ]
    return sorted(found, key=lambda each: each.from_on or date.min)


def plans(session: Session, reach: Reach, kind: str) -> list[PlanRow]:
    """Return the signed versions of a kind of plan, the first first."""
    asked = (
        select(
            Revision.id, Revision.child_id, Revision.number, Revision.dated_on, Revision.started_on,
            Revision.replaces_id,
        )
        .where(Revision.kind == kind, Revision.signed_at.is_not(None), Revision.child_id.in_(reach.ids))
        .order_by(Revision.number)
    )  # fmt: skip
    return [
        PlanRow(id_, child_id, number, dated_on or started_on, replaces_id)
        for id_, child_id, number, dated_on, started_on, replaces_id in session.execute(asked)
    ]


def facts(session: Session, reach: Reach, fields: Collection[str]) -> list[FactRow]:
    """Return some reportable answers and events of signed plans."""
    asked = select(
        Fact.child_id, Fact.revision_id, Fact.field, Fact.is_event, Fact.code, Fact.day
    ).where(Fact.field.in_(sorted(fields)), Fact.child_id.in_(reach.ids))  # fmt: skip
    return [FactRow(*row) for row in session.execute(asked)]


def approvals(session: Session, reach: Reach) -> list[PlanApproval]:
    """Return the managers' decisions on plans, the oldest first."""
    asked = _about(PlanApproval, reach).order_by(PlanApproval.happened_on, PlanApproval.id)
    return list(session.scalars(asked))


def money(session: Session, reach: Reach) -> list[LeaverMoney]:
    """Return what was granted and spent of the setting-up-home allowance, the oldest first."""
    return list(session.scalars(_about(LeaverMoney, reach).order_by(LeaverMoney.happened_on, LeaverMoney.id)))


def answers(session: Session, reach: Reach, kind: str, born: tuple[date, date]) -> dict[UUID, dict[str, Any]]:
    """Return by version the answers of the signed plans of those born from one day to another."""
    child = Child.__table__.c
    of_age = select(child.id).where(child.born_on.between(*born))
    asked = (
        select(Document.revision_id, Document.answers)
        .join(Revision, Revision.id == Document.revision_id)
        .where(
            Revision.kind == kind,
            Revision.signed_at.is_not(None),
            Document.child_id.in_(reach.ids),
            Document.child_id.in_(of_age),
        )
    )
    return {row.revision_id: row.answers for row in session.execute(asked)}


def _about(table: type[AboutChild], reach: Reach, *tests: ColumnElement[bool]) -> Select[Any]:
    return select(table).where(table.child_id.in_(reach.ids), *tests)
