"""What narrows every read of a session to the rows within reach of whoever is at work."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal_column, or_, select, true
from sqlalchemy.orm import Session, with_loader_criteria

from db.models import (
    Child,
    History,
    Involvement,
    Jotting,
    Look,
    OfChild,
    Person,
    Record,
    Relation,
    SupervisionSession,
)
from db.reach import WHOLE_STORE, Ways, shut_children, visible_children, ways_of, within_reach
from db.roles import UNALLOCATED, Actor, scopes

WIDE = 1_000
"""Whoever reaches more children is asked about row by row; for others their children are listed first.

Either way tells the same. With 100,000 children in reach a list takes a second, row by row under a
millisecond; with 160 it is the other way round.
"""
COUNTED_FOR = 300.0  # seconds: how wide somebody's reach is matters for speed alone


class _Reach(NamedTuple):
    """How the rows within reach are told: of any table of files, of children, of people, of jottings."""

    of_child: Callable[[Any], ColumnElement[bool]]
    child: Callable[[Any], ColumnElement[bool]]
    person: Callable[[Any], ColumnElement[bool]]
    jotting: Callable[[Any], ColumnElement[bool]]  # its writer's alone; of a child out of reach nobody's


def narrowed(session: Session, statement: Any, *, of_one: bool = False) -> Any:
    """Return a statement narrowed to what is within reach; `of_one`: it asks for one row, by its id.

    A statement that is made once and for all is narrowed once for each reach.
    """
    criteria = _criteria(session, of_one=of_one)
    kept = _NARROWED.get(statement)
    if not kept or kept[0] is not criteria:
        kept = _NARROWED[statement] = (criteria, statement.options(*criteria))
    return kept[1]


# With it goes what SQLAlchemy knows of the statement, so that it need not be read again to be recognised.
_NARROWED: WeakKeyDictionary[Any, tuple[tuple[Any, ...], Any]] = WeakKeyDictionary()


def _criteria(session: Session, *, of_one: bool) -> tuple[Any, ...]:
    purpose, actor = session.info["purpose"], session.info["actor"]
    kept: dict[Any, tuple[Any, ...]] = session.info.setdefault("criteria", {})
    asked = (purpose, actor, of_one)
    if asked not in kept:
        kept[asked] = _LIVE if purpose in WHOLE_STORE else _of_actor(session, actor, of_one=of_one)
    return kept[asked]


def _of_actor(session: Session, actor: Actor, *, of_one: bool) -> tuple[Any, ...]:
    return _made_criteria(actor, ways_of(session), of_one or is_wide(session, actor))


def is_wide(session: Session, actor: Actor) -> bool:
    """Return whether many children are in the actor's reach, as counted lately."""
    kept: dict[Actor, tuple[float, bool]] = session.info["widths"]
    until, wide = kept.get(actor, (0.0, False))
    if until < monotonic():
        some = visible_children(actor, Ways((), ())).limit(WIDE + 1).subquery()
        wide = (session.connection().scalar(select(func.count()).select_from(some)) or 0) > WIDE
        kept[actor] = (monotonic() + COUNTED_FOR, wide)
    return wide


_LIVE = (with_loader_criteria(Record, lambda cls: cls.deleted_at.is_(None), include_aliases=True),)


@lru_cache(maxsize=32)  # made once, as making them costs more than a short query
def _made_criteria(actor: Actor, ways: Ways, wide: bool) -> tuple[Any, ...]:
    reach = _row_by_row(actor, ways) if wide and scopes(actor, "read") else _by_list(actor, ways)
    of_child, shut, me = reach.of_child, shut_children(actor, ways), actor.worker_id
    to_shut = _relations_to(shut)
    # Functions, not expressions: those stay on the first table where an alias is joined (SQLAlchemy 2.1).
    return (
        *_LIVE,
        with_loader_criteria(OfChild, of_child, include_aliases=True),
        with_loader_criteria(History, of_child, include_aliases=True),
        with_loader_criteria(
            History,
            lambda cls: or_(
                cls.tbl != Relation.__tablename__, ~to_shut.where(_KIN.c.id == cls.row_id).exists()
            ),
            include_aliases=True,
        ),
        with_loader_criteria(Look, of_child, include_aliases=True),
        with_loader_criteria(Child, reach.child, include_aliases=True),
        with_loader_criteria(
            Relation,  # another record's word of a brother or sister tells of a restricted one as well
            lambda cls: or_(cls.other_child_id.is_(None), cls.other_child_id.not_in(shut)),
            include_aliases=True,
        ),
        with_loader_criteria(
            SupervisionSession,
            lambda cls: or_(cls.supervisor_id == me, cls.supervisee_id == me),
            include_aliases=True,
        ),
        with_loader_criteria(Person, reach.person, include_aliases=True),
        with_loader_criteria(Jotting, reach.jotting, include_aliases=True),
    )


def _by_list(actor: Actor, ways: Ways) -> _Reach:
    """Return the tests by the list of everybody in reach: SQLite begins with those few."""
    ids, me = visible_children(actor, ways), actor.worker_id
    related, involved = _people(Relation, ids), _people(Involvement, ids)
    return _Reach(
        lambda cls: cls.child_id.in_(ids),
        lambda cls: cls.id.in_(ids),
        lambda cls: or_(cls.created_by == me, cls.id.in_(related), cls.id.in_(involved)),
        # Named here, not by the test above: SQLAlchemy tells functions apart by what they hold, values alone.
        lambda cls: and_(cls.author == me, or_(cls.child_id.is_(None), cls.child_id.in_(ids))),
    )


_REACHED, _RELATED, _INVOLVED = (
    each.__table__.alias(name)
    for each, name in ((Child, "reached"), (Relation, "related"), (Involvement, "involved"))
)


_ONE: ColumnElement[int] = literal_column("1")


def _row_by_row(actor: Actor, ways: Ways) -> _Reach:
    """Return the tests of each row by its own child: they cost the same however many are in reach."""
    me, child_id, in_reach = actor.worker_id, _REACHED.c.id, within_reach(actor, "read", ways, _REACHED.c)
    reached = select(_ONE).select_from(_REACHED).where(in_reach).correlate_except(_REACHED)
    related, involved = (
        select(_ONE)
        .select_from(link.join(_REACHED, link.c.child_id == child_id))
        .where(in_reach)
        .correlate_except(link, _REACHED)
        for link in (_RELATED, _INVOLVED)
    )
    related_id, involved_id = _RELATED.c.person_id, _INVOLVED.c.person_id
    return _Reach(
        lambda cls: reached.where(child_id == cls.child_id).exists(),
        _by_its_columns(actor, ways),
        lambda cls: or_(
            cls.created_by == me,
            related.where(related_id == cls.id).exists(),
            involved.where(involved_id == cls.id).exists(),
        ),
        lambda cls: and_(
            cls.author == me,
            or_(cls.child_id.is_(None), reached.where(child_id == cls.child_id).exists()),
        ),
    )


def _by_its_columns(actor: Actor, ways: Ways) -> Callable[[Any], ColumnElement[bool]]:
    """Return the test of a child's own row, which says everything itself."""
    me, teams = actor.worker_id, (actor.team_id,) if actor.team_id else ()
    waiting = true() if UNALLOCATED in scopes(actor, "read") else false()
    named, hour = ways
    # A case, since SQLite would gather everybody in reach by the indices that bare tests name.
    if not named and not hour:
        return lambda cls: (
            case(
                (cls.restricted.is_not(None), 0),
                (or_(cls.worker_id == me, cls.team_id.in_(teams)), 1),
                (and_(cls.worker_id.is_(None), waiting), 1),
                else_=0,
            )
            == 1
        )
    return lambda cls: (
        case(
            (cls.id.in_(named), 1),
            (and_(cls.id.in_(hour), cls.restricted.is_distinct_from("absent")), 1),
            (cls.restricted.is_not(None), 0),
            (or_(cls.worker_id == me, cls.team_id.in_(teams)), 1),
            (and_(cls.worker_id.is_(None), waiting), 1),
            else_=0,
        )
        == 1
    )


_KIN = Relation.__table__.alias("kin")


def _relations_to(children: Select[tuple[UUID]]) -> Select[Any]:
    """Return what tells of some children, to be asked of one relation each: no index leads to them all."""
    return select(_ONE).select_from(_KIN).where(_KIN.c.other_child_id.in_(children)).correlate_except(_KIN)


def _people(link: type[Relation | Involvement], ids: Select[tuple[UUID]]) -> Select[tuple[UUID | None]]:
    table = link.__table__.c
    return select(table.person_id).where(table.child_id.in_(ids))
