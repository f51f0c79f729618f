"""Everything that the store holds about one child, as the guard lets whoever is at work read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Child, Clash, Person, Revision, School, Team, Worker
from db.models.base import NO_HISTORY, Base, OfChild

Row = dict[str, Any]
_OWN: Final = frozenset({Clash.__tablename__})
"""Typing that clashed: its author's, no part of the record before it is taken up."""

_NAMED: Final[tuple[tuple[type[Any], bool], ...]] = (
    (Person, True), (School, True), (Worker, False), (Team, False),
)  # fmt: skip


def kinds() -> list[type[Any]]:
    """Return the mapped classes of a child's file: what was recorded, not what is worked out of it."""
    every: list[type[Any]] = [
        each.class_ for each in Base.registry.mappers if issubclass(each.class_, OfChild)
    ]
    found = [each for each in every if each.__tablename__ not in NO_HISTORY | _OWN]
    return sorted(found, key=lambda each: str(each.__tablename__))


def rows(session: Session, child_id: UUID) -> dict[str, list[Row]]:
    """Return the rows of a child's file by table, the child's own first, each as column: value."""
    child = session.scalars(select(Child).where(Child.id == child_id)).one()
    told = {Child.__tablename__: [_row(child)]}
    for kind in kinds():
        found = session.scalars(select(kind).where(kind.child_id == child_id).order_by(kind.id))
        told[kind.__tablename__] = [_row(each) for each in found]
    return told


def named(session: Session, ids: Iterable[UUID]) -> dict[str, dict[UUID, Row]]:
    """Return who and what those ids are, by table: staff and teams by name, schools and people whole."""
    wanted = sorted(set(ids))
    told: dict[str, dict[UUID, Row]] = {}
    for kind, is_whole in _NAMED:
        found = session.scalars(select(kind).where(kind.id.in_(wanted)))
        told[kind.__tablename__] = {
            each.id: _row(each) if is_whole else {"name": each.name} for each in found
        }
    return told


def revisions(session: Session, child_id: UUID) -> list[Revision]:
    """Return the versions of a child's plans, the oldest first."""
    return list(session.scalars(select(Revision).where(Revision.child_id == child_id).order_by(Revision.id)))


def _row(record: Any) -> Row:
    keys = [each.key for each in record.__mapper__.column_attrs]
    return {key: getattr(record, key) for key in keys if getattr(record, key) is not None}
