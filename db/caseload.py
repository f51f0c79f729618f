"""Queries of the caseload of a day: a fixed number of them, each over the children held then.

A team's children are found by the spells that say who held whom when, so that the county's size costs
nothing. The statements are made once, of tables: an object a row would cost more than reading it. `held`
alone says who is in reach; what the other queries tell of a child counts only for one of those.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from db.caseload_reach import (
    CHILD,
    ON,
    SPELL,
    Reach,
    Shape,
    id_of,
    id_or_none,
    not_hidden,
    one_of,
    raw,
    rows_of,
    spells,
)
from db.caseload_rows import ClockLine, FactLine, GoneRow, HeldRow, Key, RevisionLine
from db.models import CaseSpell, Child, ClockRow, Fact, Note, Proceedings, Relation, Revision
from db.reach import Ways, visible_children, ways_of, within_reach
from db.roles import Actor
from db.store import Session

STAR, LOOKED_AFTER = "star", "looked_after"

_CLOCK = ClockRow.__table__.c
_NAME: Any = Child.__dict__["name"].fget  # the one rule of names, upon a row in place of an object


def _ids(shape: Shape) -> Select[Any]:
    return select(SPELL.child_id).where(*spells(shape))


def held(session: Session, reach: Reach, pep_clocks: tuple[str, ...]) -> list[HeldRow]:
    """Return the children held on the day who are in reach, by name."""
    asked = _held(reach.shape, pep_clocks, session.actor, ways_of(session))
    return [_held_row(row) for row in rows_of(session, asked, reach.values)]


def _held_row(row: Any) -> HeldRow:
    key, worker, status, ref, opened_on, last_seen_on, noted_on, in_court, had_pep, *_ = row
    return HeldRow(
        key, id_of(key), ref, _NAME(row), id_or_none(worker), status, opened_on, last_seen_on, noted_on,
        bool(in_court), bool(had_pep),
    )  # fmt: skip


@lru_cache(maxsize=32)
def _held(shape: Shape, pep_clocks: tuple[str, ...], actor: Actor, ways: Ways) -> Select[Any]:
    note, court = Note.__table__.c, Proceedings.__table__.c
    noted_on = select(func.max(note.happened_on)).where(
        note.child_id == SPELL.child_id, note.seen.is_(True), note.happened_on <= ON,
        note.deleted_at.is_(None),
    )  # fmt: skip
    in_court = select(literal(1)).where(
        court.child_id == SPELL.child_id,
        court.kind != "pre",
        court.began_on <= ON,
        or_(court.ended_on.is_(None), court.ended_on > ON),
        court.deleted_at.is_(None),
    )
    had_pep = select(literal(1)).where(
        _CLOCK.child_id == SPELL.child_id, one_of(_CLOCK.kind, pep_clocks), _CLOCK.met_on <= ON
    )
    return (
        select(
            raw(SPELL.child_id).label("key"), raw(SPELL.worker_id), SPELL.status, CHILD.ref,
            CHILD.opened_on, CHILD.last_seen_on, noted_on.scalar_subquery(), in_court.exists(),
            and_(SPELL.status == LOOKED_AFTER, had_pep.exists()),
            CHILD.source_ref, CHILD.given, CHILD.family, CHILD.born_on, CHILD.due_on,
        )
        .join_from(CaseSpell.__table__, Child.__table__, CHILD.id == SPELL.child_id)
        .where(*spells(shape), _in_reach(shape, actor, ways))
        .order_by(CHILD.sort_name, CHILD.ref)
    )  # fmt: skip


def _in_reach(shape: Shape, actor: Actor, ways: Ways) -> ColumnElement[bool]:
    """Return the test of who is in reach: a team's children, who are few, are each looked at."""
    if not shape.has_team:
        return CHILD.id.in_(visible_children(actor, ways))
    # A case, so that SQLite begins with the team's spells and not with all whom the actor reaches.
    return case((within_reach(actor, "read", ways, CHILD), 1), else_=0) == 1


def gone(session: Session, reach: Reach, seen: Collection[UUID]) -> list[GoneRow]:
    """Return the team's cases of the day other than those seen: of children who are with others today.

    The table is read past the guard for worker and status alone: whose children they are stays hidden.
    """
    asked = (
        select(raw(SPELL.child_id), raw(SPELL.worker_id), SPELL.status)
        .join_from(CaseSpell.__table__, Child.__table__, CHILD.id == SPELL.child_id)
        .where(*spells(reach.shape), CHILD.deleted_at.is_(None), not_hidden(session))
        .order_by(SPELL.child_id)
    )
    known = set(seen)
    return [
        GoneRow(id_or_none(worker), status)
        for child, worker, status in rows_of(session, asked, reach.values)
        if id_of(child) not in known
    ]


def clocks(session: Session, reach: Reach) -> list[ClockLine]:
    """Return the dates that were running on the day, of each child the earliest first.

    Of today also those that begin later, as a PEP of the term to come: that is the next thing then. What is
    to come meets no clock yet, so that today the dates that run are those not met: the index holds just them.
    """
    return rows_of(session, _clocks(reach.shape), reach.values)


@cache
def _clocks(shape: Shape) -> Select[Any]:
    asked = (
        select(
            raw(_CLOCK.child_id), _CLOCK.kind, _CLOCK.what, _CLOCK.due_on, _CLOCK.red_after,
            _CLOCK.started_on,
        )
        .where(_CLOCK.child_id.in_(_ids(shape)))
        .order_by(_CLOCK.child_id, _CLOCK.due_on)  # as the index runs: by kind too would sort anew, 0.3 ms
    )  # fmt: skip
    if not shape.is_past:
        return asked.where(_CLOCK.met_on.is_(None))
    return asked.where(or_(_CLOCK.met_on.is_(None), _CLOCK.met_on > ON), _CLOCK.started_on <= ON)


def revisions(session: Session, reach: Reach) -> list[RevisionLine]:
    """Return the versions of plans and stars that were begun by the day, by the day they are dated."""
    return list(map(RevisionLine._make, rows_of(session, _revisions(reach.shape), reach.values)))


@cache
def _revisions(shape: Shape) -> Select[Any]:
    row = Revision.__table__.c
    on = func.coalesce(row.dated_on, row.started_on)
    return (
        select(
            raw(row.id), raw(row.child_id), row.kind, row.form_key, row.number, row.started_on, on,
            row.signed_at, raw(row.replaces_id),
        )
        .where(row.child_id.in_(_ids(shape)), row.started_on <= ON, row.deleted_at.is_(None))
        .order_by(on, row.number)
    )  # fmt: skip


def star_facts(session: Session, reach: Reach) -> list[FactLine]:
    """Return the scores of the readings, and what says whose they are and whether they count."""
    return list(map(FactLine._make, rows_of(session, _star_facts(reach.shape), reach.values)))


@cache
def _star_facts(shape: Shape) -> Select[Any]:
    fact, revision = Fact.__table__.c, Revision.__table__.c
    return (
        select(raw(fact.revision_id), fact.field, fact.code, fact.number)
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
    return [(one, other) for one, other in rows_of(session, _siblings(reach.shape, kinds), reach.values)]


@cache
def _siblings(shape: Shape, kinds: tuple[str, ...]) -> Select[Any]:
    row = Relation.__table__.c
    return select(raw(row.child_id), raw(row.other_child_id)).where(
        row.child_id.in_(_ids(shape)),
        row.other_child_id.is_not(None),
        one_of(row.kind, kinds),
        row.deleted_at.is_(None),
    )
