"""Queries of the caseload of a day: a fixed number of them, each over the children held then.

A team's children are found by the spells that say who held whom when, so that the county's size costs
nothing. The statements are made once, of tables: an object a row would cost more than reading it. `held`
alone says who is in reach; what the other queries tell of a child counts only for one of those.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from db.caseload_rows import ClockLine, FactLine, GoneRow, HeldRow, HolderRow, Key, RevisionLine
from db.guard import visible_children
from db.models import (
    CaseloadReview,
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
from db.store import Session
from db.types import Id

CLOSED = "closed"
STAR = "star"

_SPELL, _CHILD, _CLOCK = CaseSpell.__table__.c, Child.__table__.c, ClockRow.__table__.c
_NAME: Any = Child.__dict__["name"].fget  # the one rule of names, upon a row in place of an object
_ON, _TEAM = bindparam("on", type_=Date()), bindparam("team", type_=Id())


class Shape(NamedTuple):
    """What a statement depends on beside its values."""

    has_team: bool
    teamless: bool
    is_past: bool


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
    def shape(self) -> Shape:
        """Return what the statements depend on."""
        return Shape(self.team_id is not None, self.teamless, self.is_past)

    @property
    def values(self) -> dict[str, Any]:
        """Return the values that the statements take."""
        return {"on": self.on, "team": self.team_id} if self.team_id else {"on": self.on}


def _raw(column: Any) -> ColumnElement[Any]:
    """Return a column as the driver hands it over: making a UUID of each row costs as much as reading it."""
    return type_coerce(column, NullType())


@lru_cache(maxsize=8_192)
def _id(found: Key) -> UUID:
    return UUID(bytes=found) if isinstance(found, bytes) else found


def _id_or_none(found: Key | None) -> UUID | None:
    return _id(found) if found else None


def _open_spell() -> list[ColumnElement[bool]]:
    """Return what a spell must be to hold an open case on the day."""
    return [
        _SPELL.from_on <= _ON,
        or_(_SPELL.until_on.is_(None), _SPELL.until_on > _ON),
        _SPELL.status != CLOSED,
    ]


def _spells(shape: Shape) -> list[ColumnElement[bool]]:
    """Return what a spell must be to count: open on the day, and the team's."""
    found = _open_spell()
    if shape.has_team:
        nobodys = and_(_SPELL.team_id.is_(None), _SPELL.worker_id.is_(None))
        found.append(or_(_SPELL.team_id == _TEAM, nobodys) if shape.teamless else _SPELL.team_id == _TEAM)
    return found


def _ids(shape: Shape) -> Select[Any]:
    return select(_SPELL.child_id).where(*_spells(shape))


def _not_hidden(session: Session) -> ColumnElement[bool]:
    """Return what keeps a restricted record out of plain numbers too, but for those whom it is open to."""
    return or_(_CHILD.restricted.is_(None), _CHILD.id.in_(visible_children(session.actor)))


def _rows(session: Session, asked: Select[Any], values: dict[str, Any]) -> list[Any]:
    return list(session.connection().execute(asked, values).all())


def held(session: Session, reach: Reach) -> list[HeldRow]:
    """Return the children held on the day who are in reach, by name."""
    asked = _held(reach.shape).where(_CHILD.id.in_(visible_children(session.actor)))
    return [
        HeldRow(
            row.key, _id(row.key), row.ref, _NAME(row), _id_or_none(row.worker_id), row.status,
            row.opened_on, row.last_seen_on,
        )
        for row in _rows(session, asked, reach.values)
    ]  # fmt: skip


@cache
def _held(shape: Shape) -> Select[Any]:
    return (
        select(
            _raw(_SPELL.child_id).label("key"), _raw(_SPELL.worker_id).label("worker_id"), _SPELL.status,
            _CHILD.ref, _CHILD.source_ref, _CHILD.given, _CHILD.family, _CHILD.born_on, _CHILD.due_on,
            _CHILD.opened_on, _CHILD.last_seen_on,
        )
        .join_from(CaseSpell.__table__, Child.__table__, _CHILD.id == _SPELL.child_id)
        .where(*_spells(shape))
        .order_by(_CHILD.sort_name, _CHILD.ref)
    )  # fmt: skip


def gone(session: Session, reach: Reach, seen: Collection[UUID]) -> list[GoneRow]:
    """Return the team's cases of the day other than those seen: of children who are with others today.

    The table is read past the guard for worker and status alone: whose children they are stays hidden.
    """
    asked = (
        select(_raw(_SPELL.child_id), _raw(_SPELL.worker_id), _SPELL.status)
        .join_from(CaseSpell.__table__, Child.__table__, _CHILD.id == _SPELL.child_id)
        .where(*_spells(reach.shape), _CHILD.deleted_at.is_(None), _not_hidden(session))
        .order_by(_SPELL.child_id)
    )
    known = set(seen)
    return [
        GoneRow(_id_or_none(worker), status)
        for child, worker, status in _rows(session, asked, reach.values)
        if _id(child) not in known
    ]


def holders(session: Session, on: date) -> list[HolderRow]:
    """Return who held how many children of which team on a day, by the team's name: numbers alone, of all."""
    team, worker = Team.__table__.c, Worker.__table__.c
    asked = (
        select(_raw(team.id), team.name, _raw(_SPELL.worker_id), func.count(), worker.fte)
        .join_from(CaseSpell.__table__, Team.__table__, team.id == _SPELL.team_id)
        .join(Child.__table__, _CHILD.id == _SPELL.child_id)
        .join(Worker.__table__, worker.id == _SPELL.worker_id)
        .where(*_open_spell(), _CHILD.deleted_at.is_(None), _not_hidden(session))
        .group_by(team.id, team.name, _SPELL.worker_id, worker.fte)
        .order_by(team.name, _SPELL.worker_id)
    )
    return [
        HolderRow(_id(team_id), name, _id(worker_id), children, fte)
        for team_id, name, worker_id, children, fte in _rows(session, asked, {"on": on})
    ]


def clocks(session: Session, reach: Reach, kinds: tuple[str, ...]) -> tuple[list[ClockLine], set[Key]]:
    """Return the dates that were running on the day, of each child the earliest first; and the children for
    whom a date of some kinds was met by it.

    Of today also those that begin later, as a PEP of the term to come: that is the next thing then.
    """
    found: list[ClockLine] = _rows(session, _running(reach.shape), reach.values)
    later: list[ClockLine] = []
    met = set[Key]()
    for met_on, *line in _rows(session, _met(reach.shape, kinds), reach.values):
        if met_on <= reach.on:
            met.add(line[0])
        else:
            later.append(tuple(line))
    return sorted(found + later, key=lambda each: (each[3], each[1])) if later else found, met


def _clocks_of(shape: Shape, *columns: Any) -> Select[Any]:
    asked = select(
        *columns, _raw(_CLOCK.child_id), _CLOCK.kind, _CLOCK.what, _CLOCK.due_on, _CLOCK.red_after,
        _CLOCK.started_on,
    ).where(_CLOCK.child_id.in_(_ids(shape)))  # fmt: skip
    return asked.where(_CLOCK.started_on <= _ON) if shape.is_past else asked


@cache
def _running(shape: Shape) -> Select[Any]:
    return (
        _clocks_of(shape).where(_CLOCK.met_on.is_(None)).order_by(_CLOCK.child_id, _CLOCK.due_on, _CLOCK.kind)
    )


@cache
def _met(shape: Shape, kinds: tuple[str, ...]) -> Select[Any]:
    asked = _clocks_of(shape, _CLOCK.met_on).where(_CLOCK.met_on.is_not(None))
    return asked.where(or_(_CLOCK.met_on > _ON, _CLOCK.kind.in_(kinds)))


def revisions(session: Session, reach: Reach) -> list[RevisionLine]:
    """Return the versions of plans and stars that were begun by the day, by the day they are dated."""
    return list(map(RevisionLine._make, _rows(session, _revisions(reach.shape), reach.values)))


@cache
def _revisions(shape: Shape) -> Select[Any]:
    row = Revision.__table__.c
    on = func.coalesce(row.dated_on, row.started_on)
    return (
        select(
            _raw(row.id), _raw(row.child_id), row.kind, row.form_key, row.number, row.started_on, on,
            row.signed_at, _raw(row.replaces_id),
        )
        .where(row.child_id.in_(_ids(shape)), row.started_on <= _ON, row.deleted_at.is_(None))
        .order_by(on, row.number)
    )  # fmt: skip


def seen(session: Session, reach: Reach) -> dict[Key, date]:
    """Return when each child was seen last by the day, as the notes say."""
    return dict(_rows(session, _seen(reach.shape), reach.values))


@cache
def _seen(shape: Shape) -> Select[Any]:
    note = Note.__table__.c
    return (
        select(_raw(note.child_id), func.max(note.happened_on))
        .where(
            note.child_id.in_(_ids(shape)),
            note.seen.is_(True),
            note.happened_on <= _ON,
            note.deleted_at.is_(None),
        )
        .group_by(note.child_id)
    )


def star_facts(session: Session, reach: Reach) -> list[FactLine]:
    """Return the scores of the readings, and what says whose they are and whether they count."""
    return list(map(FactLine._make, _rows(session, _star_facts(reach.shape), reach.values)))


@cache
def _star_facts(shape: Shape) -> Select[Any]:
    fact, revision = Fact.__table__.c, Revision.__table__.c
    return (
        select(_raw(fact.revision_id), fact.field, fact.code, fact.number)
        .join_from(Fact.__table__, Revision.__table__, revision.id == fact.revision_id)
        .where(
            fact.child_id.in_(_ids(shape)),
            revision.kind == STAR,
            revision.deleted_at.is_(None),
            or_(fact.number.is_not(None), fact.field.in_(("reading", "agreed", "for_report", "whose"))),
        )
    )


def in_court(session: Session, reach: Reach) -> set[Key]:
    """Return the children about whom a case was before the court on the day."""
    return {row[0] for row in _rows(session, _in_court(reach.shape), reach.values)}


@cache
def _in_court(shape: Shape) -> Select[Any]:
    row = Proceedings.__table__.c
    return select(_raw(row.child_id)).where(
        row.child_id.in_(_ids(shape)),
        row.kind != "pre",
        row.began_on <= _ON,
        or_(row.ended_on.is_(None), row.ended_on > _ON),
        row.deleted_at.is_(None),
    )


def siblings(session: Session, reach: Reach, kinds: tuple[str, ...]) -> list[tuple[Key, Key]]:
    """Return pairs of children with files of their own who are brothers or sisters."""
    return [(one, other) for one, other in _rows(session, _siblings(reach.shape, kinds), reach.values)]


@cache
def _siblings(shape: Shape, kinds: tuple[str, ...]) -> Select[Any]:
    row = Relation.__table__.c
    return select(_raw(row.child_id), _raw(row.other_child_id)).where(
        row.child_id.in_(_ids(shape)),
        row.other_child_id.is_not(None),
        row.kind.in_(kinds),
        row.deleted_at.is_(None),
    )


def teams_in_reach(session: Session, on: date, own: UUID | None) -> list[tuple[UUID, str]]:
    """Return the teams of the children in reach on a day, and one's own, by name."""
    team = Team.__table__.c
    theirs = select(_SPELL.team_id).where(
        _SPELL.child_id.in_(visible_children(session.actor)), *_open_spell()
    )
    asked = (
        select(team.id, team.name)
        .where(or_(team.id.in_(theirs), team.id == own), team.deleted_at.is_(None))
        .order_by(team.name)
    )
    return [(team_id, name) for team_id, name in _rows(session, asked, {"on": on})]


def team_name(session: Session, team_id: UUID) -> str:
    """Return the name of a team, nothing if there is none."""
    found = _rows(session, _team_name(), {"team": team_id})
    return found[0][0] if found else ""


@cache
def _team_name() -> Select[Any]:
    team = Team.__table__.c
    return select(team.name).where(team.id == _TEAM)


def settings(session: Session, names: Collection[str]) -> dict[str, str]:
    """Return those of some settings that were ever set."""
    return dict(_rows(session, _settings(tuple(names)), {}))


@cache
def _settings(names: tuple[str, ...]) -> Select[Any]:
    setting = Setting.__table__.c
    return select(setting.name, setting.value).where(setting.name.in_(names))


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
        select(_SPELL.worker_id, func.count())
        .join_from(CaseSpell.__table__, Child.__table__, _CHILD.id == _SPELL.child_id)
        .where(*_open_spell(), _SPELL.worker_id.is_not(None), _CHILD.deleted_at.is_(None))
        .where(_not_hidden(session))
        .group_by(_SPELL.worker_id)
    )
    return dict(_rows(session, asked, {"on": on}))
