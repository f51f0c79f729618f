"""Queries of the caseload of a day: a fixed number of them, each over the children held then.

A team's children are found by the spells that say who held whom when, so that the county's size costs
nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, load_only

from db.models import (
    CaseSpell,
    Child,
    ClockRow,
    Fact,
    Note,
    Proceedings,
    Relation,
    Revision,
    Setting,
    Team,
    Worker,
)

CLOSED = "closed"
STAR = "star"


@dataclass(frozen=True)
class Reach:
    """Whose children on which day: a team's, else all in reach. `before`: the first moment after the day.

    With `teamless` those who have neither worker nor team are among a team's: somebody has to see them.
    """

    on: date
    before: datetime
    team_id: UUID | None = None
    teamless: bool = False
    is_past: bool = False

    @property
    def ids(self) -> Select[Any]:
        """Return the query of the children's ids. The guard narrows what is read by it, not this."""
        spell = CaseSpell.__table__.c
        return select(spell.child_id).where(*self.tests(spell))

    def tests(self, spell: Any) -> list[ColumnElement[bool]]:
        """Return what a spell must be to count: open on the day, and the team's."""
        found = open_on(spell, self.on)
        if self.team_id:
            is_teams = spell.team_id == self.team_id
            nobodys = and_(spell.team_id.is_(None), spell.worker_id.is_(None))
            found.append(or_(is_teams, nobodys) if self.teamless else is_teams)
        return found


def open_on(spell: Any, on: date) -> list[ColumnElement[bool]]:
    """Return what a spell must be to hold an open case on a day."""
    return [
        spell.from_on <= on,
        or_(spell.until_on.is_(None), spell.until_on > on),
        spell.status != CLOSED,
    ]


class HeldRow(NamedTuple):
    """A child and who held the case on the day."""

    id: UUID
    ref: int
    name: str
    sort_name: str
    worker_id: UUID | None
    team_id: UUID | None
    status: str
    opened_on: date
    last_seen_on: date | None


class GoneRow(NamedTuple):
    """A case held on the day whose record has since gone out of reach: who held it, and nothing else."""

    worker_id: UUID | None
    status: str


class ClockLine(NamedTuple):
    """A date that was running on the day."""

    child_id: UUID
    kind: str
    what: str
    due_on: date
    red_after: date | None
    started_on: date


class RevisionLine(NamedTuple):
    """A version of a plan or a star; `on` is the day it is dated."""

    id: UUID
    child_id: UUID
    kind: str
    form_key: str
    number: int
    started_on: date
    on: date
    signed_at: datetime | None
    replaces_id: UUID | None


class FactLine(NamedTuple):
    """A reportable answer of a reading."""

    revision_id: UUID
    field: str
    code: str | None
    number: Decimal | None


class TeamRow(NamedTuple):
    """A team's children with a worker on the day, and the workers who held them."""

    team_id: UUID
    name: str
    children: int
    holders: int


def held(session: Session, reach: Reach) -> list[HeldRow]:
    """Return the children held on the day, by name."""
    asked = (
        select(CaseSpell.worker_id, CaseSpell.team_id, CaseSpell.status, Child)
        .join(Child, Child.id == CaseSpell.child_id)
        .options(
            load_only(
                Child.id, Child.ref, Child.source_ref, Child.given, Child.family, Child.sort_name,
                Child.born_on, Child.due_on, Child.opened_on, Child.last_seen_on,
            )
        )
        .where(*reach.tests(CaseSpell))
        .order_by(Child.sort_name, Child.ref)
    )  # fmt: skip
    return [
        HeldRow(
            child.id, child.ref, child.name, child.sort_name, worker_id, team_id, status, child.opened_on,
            child.last_seen_on,
        )
        for worker_id, team_id, status, child in session.execute(asked)
    ]  # fmt: skip


def gone(session: Session, reach: Reach, seen: Collection[UUID]) -> list[GoneRow]:
    """Return the team's cases of the day other than those seen: of children who are with others today.

    The table is read past the guard for worker and status alone: whose children they are stays hidden.
    """
    spell, child = CaseSpell.__table__.c, Child.__table__.c
    asked = (
        select(spell.child_id, spell.worker_id, spell.status)
        .join_from(CaseSpell.__table__, Child.__table__, child.id == spell.child_id)
        .where(*reach.tests(spell), child.deleted_at.is_(None))
        .order_by(spell.child_id)
    )
    known = set(seen)
    rows = session.connection().execute(asked)
    return [GoneRow(row.worker_id, row.status) for row in rows if row.child_id not in known]


def teams(session: Session, on: date) -> list[TeamRow]:
    """Return every team's children and case holders on a day, by name: numbers alone, of all."""
    spell, team, child = CaseSpell.__table__.c, Team.__table__.c, Child.__table__.c
    asked = (
        select(
            team.id, team.name, func.count().label("children"), func.count(spell.worker_id.distinct())
        )
        .join_from(CaseSpell.__table__, Team.__table__, team.id == spell.team_id)
        .join(Child.__table__, child.id == spell.child_id)
        .where(*open_on(spell, on), spell.worker_id.is_not(None), child.deleted_at.is_(None))
        .group_by(team.id, team.name)
        .order_by(team.name)
    )  # fmt: skip
    return [TeamRow(*row) for row in session.connection().execute(asked)]


def clocks(session: Session, reach: Reach) -> list[ClockLine]:
    """Return the dates that were running on the day, the earliest first.

    Of today also those that begin later, as a PEP of the term to come: that is the next thing then.
    """
    tests = [
        ClockRow.child_id.in_(reach.ids),
        or_(ClockRow.met_on.is_(None), ClockRow.met_on > reach.on),
    ]
    if reach.is_past:
        tests.append(ClockRow.started_on <= reach.on)
    asked = select(
        ClockRow.child_id, ClockRow.kind, ClockRow.what, ClockRow.due_on, ClockRow.red_after,
        ClockRow.started_on,
    )  # fmt: skip
    found = session.execute(asked.where(*tests).order_by(ClockRow.due_on, ClockRow.kind))
    return [ClockLine(*row) for row in found]


def met(session: Session, reach: Reach, kinds: Collection[str]) -> set[UUID]:
    """Return the children for whom a date of some kinds was met by the day."""
    asked = select(ClockRow.child_id).where(
        ClockRow.child_id.in_(reach.ids), ClockRow.kind.in_(sorted(kinds)), ClockRow.met_on <= reach.on
    )
    return set(session.scalars(asked.distinct()))


def revisions(session: Session, reach: Reach) -> list[RevisionLine]:
    """Return the versions of plans and stars that were begun by the day, by the day they are dated."""
    on = func.coalesce(Revision.dated_on, Revision.started_on)
    asked = (
        select(
            Revision.id, Revision.child_id, Revision.kind, Revision.form_key, Revision.number,
            Revision.started_on, on, Revision.signed_at, Revision.replaces_id,
        )
        .where(Revision.child_id.in_(reach.ids), Revision.started_on <= reach.on)
        .order_by(on, Revision.number)
    )  # fmt: skip
    return [RevisionLine(*row) for row in session.execute(asked)]


def seen(session: Session, reach: Reach) -> dict[UUID, date]:
    """Return when each child was seen last by the day, as the notes say."""
    asked = (
        select(Note.child_id, func.max(Note.happened_on))
        .where(Note.child_id.in_(reach.ids), Note.seen.is_(True), Note.happened_on <= reach.on)
        .group_by(Note.child_id)
    )
    return {child_id: on for child_id, on in session.execute(asked) if on}


def star_facts(session: Session, reach: Reach) -> list[FactLine]:
    """Return the scores of the readings, and what says whose they are and whether they count."""
    asked = (
        select(Fact.revision_id, Fact.field, Fact.code, Fact.number)
        .join(Revision, Revision.id == Fact.revision_id)
        .where(
            Fact.child_id.in_(reach.ids),
            Revision.kind == STAR,
            or_(Fact.number.is_not(None), Fact.field.in_(("reading", "agreed", "for_report", "whose"))),
        )
    )
    return [FactLine(*row) for row in session.execute(asked)]


def in_court(session: Session, reach: Reach) -> set[UUID]:
    """Return the children about whom a case was before the court on the day."""
    asked = select(Proceedings.child_id).where(
        Proceedings.child_id.in_(reach.ids),
        Proceedings.kind != "pre",
        Proceedings.began_on <= reach.on,
        or_(Proceedings.ended_on.is_(None), Proceedings.ended_on > reach.on),
    )
    return set(session.scalars(asked))


def siblings(session: Session, reach: Reach, kinds: Collection[str]) -> list[tuple[UUID, UUID]]:
    """Return pairs of children with files of their own who are brothers or sisters."""
    asked = select(Relation.child_id, Relation.other_child_id).where(
        Relation.child_id.in_(reach.ids),
        Relation.other_child_id.is_not(None),
        Relation.kind.in_(sorted(kinds)),
    )
    return [(one, other) for one, other in session.execute(asked) if other]


def worker_names(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return the names and jobs of some workers, those who have left among them."""
    asked = select(Worker.id, Worker.name, Worker.job).where(Worker.id.in_(ids))
    return {row.id: (row.name, row.job) for row in session.execute(asked)}


def teams_in_reach(session: Session, on: date, own: UUID | None) -> list[tuple[UUID, str]]:
    """Return the teams of the children in reach on a day, and one's own, by name."""
    theirs = select(CaseSpell.team_id).where(*open_on(CaseSpell, on)).distinct()
    found = {each for each in session.scalars(theirs) if each} | ({own} if own else set())
    asked = select(Team.id, Team.name).where(Team.id.in_(found)).order_by(Team.name)
    return [(row.id, row.name) for row in session.execute(asked)]


def settings(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return those of some settings that were ever set."""
    asked = select(Setting.name, Setting.value).where(Setting.name.in_(sorted(names)))
    return {row.name: row.value for row in session.execute(asked)}


def running_spell(session: Session, child_id: UUID) -> CaseSpell | None:
    """Return the spell in which a child's case stands now."""
    asked = select(CaseSpell).where(CaseSpell.child_id == child_id, CaseSpell.until_on.is_(None))
    return session.scalar(asked)


def held_now(session: Session, on: date) -> dict[UUID, int]:
    """Return how many open cases each worker of the service holds: numbers alone."""
    spell, child = CaseSpell.__table__.c, Child.__table__.c
    asked = (
        select(spell.worker_id, func.count())
        .join_from(CaseSpell.__table__, Child.__table__, child.id == spell.child_id)
        .where(*open_on(spell, on), spell.worker_id.is_not(None), child.deleted_at.is_(None))
        .group_by(spell.worker_id)
    )
    return {row[0]: row[1] for row in session.connection().execute(asked)}
