"""Queries about children: lists by key, what stands in one file. Every list has a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import AboutChild, Child, ClockRow, Look, Team, Worker
from db.problems import NotFound

Row = TypeVar("Row", bound=AboutChild)


class ChildRow(NamedTuple):
    """A child in a list."""

    id: UUID
    ref: int
    name: str
    sort_name: str
    born_on: date | None
    due_on: date | None
    status: str
    worker: str
    team: str
    next_due_on: date | None
    last_seen_on: date | None


@dataclass(frozen=True)
class Filter:
    """What a list of children is narrowed to. `whose` is mine, team, unallocated or all."""

    whose: str = "all"
    statuses: tuple[str, ...] = ()
    worker_id: UUID | None = None
    overdue_on: date | None = None
    order: str = "name"  # name, born, seen, due
    backwards: bool = False


class Place(NamedTuple):
    """Where a page ended: the value it was sorted by, and the id."""

    value: str | date
    id: UUID


NEXT_DUE = (
    select(func.min(ClockRow.__table__.c.due_on))
    .where(ClockRow.__table__.c.child_id == Child.id, ClockRow.__table__.c.met_on.is_(None))
    .correlate(Child)
    .scalar_subquery()
)
_NEVER = date(9999, 12, 31)
_ORDERS: dict[str, ColumnElement[str] | ColumnElement[date] | InstrumentedAttribute[str]] = {
    "name": Child.sort_name,
    "born": func.coalesce(Child.born_on, Child.due_on, _NEVER),
    "seen": func.coalesce(Child.last_seen_on, date(1, 1, 1)),
    "due": func.coalesce(NEXT_DUE, _NEVER),
}


_LISTED = (
    select(
        Child.id, Child.ref, Child.source_ref, Child.given, Child.family, Child.sort_name, Child.born_on,
        Child.due_on, Child.status, Child.last_seen_on, Worker.name.label("worker"), Team.name.label("team"),
        NEXT_DUE.label("next_due_on"),
    )
    .outerjoin(Worker, Worker.id == Child.worker_id)
    .outerjoin(Team, Team.id == Child.team_id)
)  # fmt: skip
"""Columns and not children: making two hundred mapped objects costs more than the query."""


def rows_after(
    session: Session, narrowed: Filter, me: UUID, team: UUID | None, last: Place | None, limit: int
) -> list[tuple[ChildRow, Place]]:
    """Return the next rows of a list, each with its place for the page after."""
    order = _ORDERS[narrowed.order]
    asked = _LISTED.add_columns(order.label("place")).where(*_narrowed(narrowed, me, team))
    key = (order.desc(), Child.id.desc()) if narrowed.backwards else (order.asc(), Child.id.asc())
    if last:
        # The first test alone gives the index its place: without it every page before is read again.
        if narrowed.backwards:
            asked = asked.where(order <= last.value, or_(order < last.value, Child.id < last.id))
        else:
            asked = asked.where(order >= last.value, or_(order > last.value, Child.id > last.id))
    found: Sequence[Any] = session.execute(asked.order_by(*key).limit(limit)).all()
    return [(_row(row), Place(row.place, row.id)) for row in found]


def count(session: Session, narrowed: Filter, me: UUID, team: UUID | None) -> int:
    """Return how many children a list holds."""
    asked = select(func.count(Child.id)).where(*_narrowed(narrowed, me, team))
    return session.scalar(asked) or 0


def rows_of(session: Session, ids: Sequence[UUID]) -> list[ChildRow]:
    """Return the rows of some children, in the order given; those out of reach are left out."""
    found: Sequence[Any] = session.execute(_LISTED.where(Child.id.in_(ids))).all() if ids else ()
    by_id = {row.id: _row(row) for row in found}
    return [by_id[each] for each in ids if each in by_id]


_name_of: Callable[[Any], str] = vars(Child)["name"].fget  # one rule, for a child's columns as well


def _row(row: Any) -> ChildRow:
    return ChildRow(
        row.id, row.ref, _name_of(row), row.sort_name, row.born_on, row.due_on, row.status,
        row.worker or "", row.team or "", row.next_due_on, row.last_seen_on,
    )  # fmt: skip


def _narrowed(narrowed: Filter, me: UUID, team: UUID | None) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if narrowed.whose == "mine":
        tests.append(Child.worker_id == me)
    if narrowed.whose == "team":
        tests.append(Child.team_id == team)
    if narrowed.whose == "unallocated":
        tests.append(Child.worker_id.is_(None))
    if narrowed.statuses:
        tests.append(Child.status.in_(narrowed.statuses))
    else:
        tests.append(Child.closed_on.is_(None))
    if narrowed.worker_id:
        tests.append(Child.worker_id == narrowed.worker_id)
    if narrowed.overdue_on:
        tests.append(narrowed.overdue_on > NEXT_DUE)
    return tests


def child_of(session: Session, child_id: UUID) -> Child:
    """Return a child within reach. Raises NotFound."""
    child = session.get(Child, child_id)
    if not child:
        raise NotFound("There is no such record, or you may not see it.")
    return child


def by_ref(session: Session, ref: int) -> Child | None:
    """Return the child of a printed reference."""
    return session.scalar(select(Child).where(Child.ref == ref))


def by_source_ref(session: Session, source_ref: str) -> Child | None:
    """Return the child of a return's reference."""
    return session.scalar(select(Child).where(Child.source_ref == source_ref))


def next_ref(session: Session) -> int:
    """Return the next printed reference. Counted over every child, seen or not."""
    highest = session.connection().scalar(select(func.max(Child.__table__.c.ref)))
    return (highest or 10_000) + 1


def of_child(
    session: Session,
    table: type[Row],
    child_id: UUID,
    *order: ColumnElement[object] | InstrumentedAttribute[object],
) -> list[Row]:
    """Return a table's live rows in one file, oldest first unless another order is given."""
    asked = select(table).where(table.child_id == child_id)
    return list(session.scalars(asked.order_by(*(order or (table.id,)))).unique())


def possible_matches(
    session: Session, born_on: date | None, first_letters: str, limit: int = 500
) -> list[ChildRow]:
    """Return children worth comparing with a name: born the same day, or a family name that begins alike."""
    tests: list[ColumnElement[bool]] = []
    if first_letters:
        tests.append(Child.sort_name.between(first_letters, first_letters + "\U0010ffff"))
    if born_on:
        tests.append(Child.born_on == born_on)
    found: Sequence[Any] = session.execute(_LISTED.where(or_(*tests)).limit(limit)).all() if tests else []
    return [_row(row) for row in found]


def lately_opened(session: Session, me: UUID, limit: int = 8) -> list[UUID]:
    """Return the ids of the children whose files I opened, latest first."""
    look = Look.__table__.c
    asked = (
        select(look.child_id)
        .where(look.by == me, look.act == "open", look.tbl == "child")
        .group_by(look.child_id)
        .order_by(func.max(look.at).desc())
        .limit(limit)
    )
    return list(session.connection().scalars(asked))
