"""Queries of an import: many children's files at a time, each table by one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Child, Look, OfChild

Row = TypeVar("Row", bound=OfChild)


def children_of(session: Session, source_refs: Collection[str]) -> dict[str, Child]:
    """Return the children of some references of the return."""
    found = session.scalars(select(Child).where(Child.source_ref.in_(source_refs)))
    return {child.source_ref: child for child in found if child.source_ref}


def rows_by_child(session: Session, table: type[Row], ids: Collection[UUID]) -> dict[UUID, list[Row]]:
    """Return a table's live rows in some children's files."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    if ids:
        for row in session.scalars(select(table).where(table.child_id.in_(ids))).unique():
            found[row.child_id].append(row)
    return found


def newest_year(session: Session) -> int:
    """Return the latest year of the returns imported so far; nought if there was none."""
    look = Look.__table__.c
    details = session.connection().scalars(select(look.detail).where(look.act == "import"))
    return max((detail.get("year", 0) for detail in details), default=0)
