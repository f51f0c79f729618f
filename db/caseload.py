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
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.visitors import replacement_traverse
from sqlalchemy.types import NullType

from db.caseload_rows import ClockLine, FactLine, GoneRow, HeldRow, HolderRow, Key, RevisionLine
from db.guard import visible_children
from db.models import (
    CaseloadReview,
    CaseSpell,
    Child,
    ClockRow,
    Fact,
    Leave,
    Note,
    Proceedings,
    Relation,
    Revision,
    Setting,
    Team,
    Worker,
)
from db.moments import utc_now
from db.roles import Actor
from db.store import Session
from db.types import Id, Utc
from db.working_time import LeaveRow, TimeRow

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


def _one_of(column: Any, values: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the test of a few fixed values: a list would be written out anew each time it is asked."""
    return or_(*(column == each for each in values))


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
    found = _rows(session, _held(reach.shape, session.actor), {**reach.values, "now": utc_now()})
    return [_held_row(row) for row in found]


def _held_row(row: Any) -> HeldRow:
    key, worker, status, ref, opened_on, last_seen_on, noted_on, in_court, *_ = row
    return HeldRow(
        key, _id(key), ref, _NAME(row), _id_or_none(worker), status, opened_on, last_seen_on, noted_on,
        bool(in_court),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _held(shape: Shape, actor: Actor) -> Select[Any]:
    note, court = Note.__table__.c, Proceedings.__table__.c
    noted_on = select(func.max(note.happened_on)).where(
        note.child_id == _SPELL.child_id, note.seen.is_(True), note.happened_on <= _ON,
        note.deleted_at.is_(None),
    )  # fmt: skip
    in_court = select(literal(1)).where(
        court.child_id == _SPELL.child_id,
        court.kind != "pre",
        court.began_on <= _ON,
        or_(court.ended_on.is_(None), court.ended_on > _ON),
        court.deleted_at.is_(None),
    )
    return (
        select(
            _raw(_SPELL.child_id).label("key"), _raw(_SPELL.worker_id), _SPELL.status, _CHILD.ref,
            _CHILD.opened_on, _CHILD.last_seen_on, noted_on.scalar_subquery(), in_court.exists(),
            _CHILD.source_ref, _CHILD.given, _CHILD.family, _CHILD.born_on, _CHILD.due_on,
        )
        .join_from(CaseSpell.__table__, Child.__table__, _CHILD.id == _SPELL.child_id)
        .where(*_spells(shape), _CHILD.id.in_(_visible(actor)))
        .order_by(_CHILD.sort_name, _CHILD.ref)
    )  # fmt: skip


def _visible(actor: Actor) -> Select[Any]:
    """Return the query of whom the actor may see, the moment left open to be told each time.

    It is put together once for each actor: that costs more than running it. The one moment that the guard
    asks about is the present, at which ways in begin and end.
    """
    moment = bindparam("now", type_=Utc())

    def at_any_moment(element: Any, **_: object) -> Any:
        is_moment = isinstance(element, BindParameter) and isinstance(element.value, datetime)
        return moment if is_moment else None

    found: Any = visible_children(actor)
    asked: Select[Any] = replacement_traverse(found, {}, at_any_moment)
    return asked


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


def clocks(session: Session, reach: Reach, kinds: tuple[str, ...]) -> list[ClockLine]:
    """Return the dates that were running on the day, of each child the earliest first; and among them those
    of some kinds that were met by it.

    Of today also those that begin later, as a PEP of the term to come: that is the next thing then.
    """
    return _rows(session, _clocks(reach.shape, kinds), reach.values)


@cache
def _clocks(shape: Shape, kinds: tuple[str, ...]) -> Select[Any]:
    asked = (
        select(
            _raw(_CLOCK.child_id), _CLOCK.kind, _CLOCK.what, _CLOCK.due_on, _CLOCK.red_after,
            _CLOCK.started_on, _CLOCK.met_on,
        )
        .where(_CLOCK.child_id.in_(_ids(shape)))
        .where(or_(_CLOCK.met_on.is_(None), _CLOCK.met_on > _ON, _one_of(_CLOCK.kind, kinds)))
        .order_by(_CLOCK.child_id, _CLOCK.due_on)  # as the index runs: by kind too would sort anew, 0.3 ms
    )  # fmt: skip
    return asked.where(_CLOCK.started_on <= _ON) if shape.is_past else asked


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


def siblings(session: Session, reach: Reach, kinds: tuple[str, ...]) -> list[tuple[Key, Key]]:
    """Return pairs of children with files of their own who are brothers or sisters."""
    return [(one, other) for one, other in _rows(session, _siblings(reach.shape, kinds), reach.values)]


@cache
def _siblings(shape: Shape, kinds: tuple[str, ...]) -> Select[Any]:
    row = Relation.__table__.c
    return select(_raw(row.child_id), _raw(row.other_child_id)).where(
        row.child_id.in_(_ids(shape)),
        row.other_child_id.is_not(None),
        _one_of(row.kind, kinds),
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


def workers(session: Session, reach: Reach) -> tuple[dict[UUID, TimeRow], list[LeaveRow]]:
    """Return by id the workers who held a child on the day, in reach or not, and their times away that
    cover it.
    """
    known, away = dict[UUID, TimeRow](), list[LeaveRow]()
    for key, name, job, fte, nqsw_from, from_on, until_on in _rows(
        session, _workers(reach.shape), reach.values
    ):
        worker_id = _id(key)
        known[worker_id] = TimeRow(worker_id, name, job, fte, nqsw_from)
        if from_on:
            away.append(LeaveRow(worker_id, from_on, until_on))
    return known, away


@cache
def _workers(shape: Shape) -> Select[Any]:
    row, leave = Worker.__table__.c, Leave.__table__.c
    is_away = and_(
        leave.worker_id == row.id,
        leave.deleted_at.is_(None),
        leave.from_on <= _ON,
        or_(leave.until_on.is_(None), leave.until_on >= _ON),
    )
    return (
        select(_raw(row.id), row.name, row.job, row.fte, row.nqsw_from, leave.from_on, leave.until_on)
        .join_from(Worker.__table__, Leave.__table__, is_away, isouter=True)
        .where(row.id.in_(select(_SPELL.worker_id).where(*_spells(shape))))
    )


def team_name(session: Session, team_id: UUID) -> str:
    """Return the name of a team, nothing if there is none."""
    found = _rows(session, _team_name(), {"team": team_id})
    return found[0][0] if found else ""


@cache
def _team_name() -> Select[Any]:
    team = Team.__table__.c
    return select(team.name).where(team.id == _TEAM)


def settings(session: Session, names: tuple[str, ...]) -> dict[str, str]:
    """Return those of some settings that were ever set."""
    return dict(_rows(session, _settings(names), {}))


@cache
def _settings(names: tuple[str, ...]) -> Select[Any]:
    setting = Setting.__table__.c
    return select(setting.name, setting.value).where(_one_of(setting.name, names))


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
