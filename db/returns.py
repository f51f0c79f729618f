"""Queries of a return: every child with care on record, and the rows of its tables, within reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import AboutChild, CareLeaverYear, Child, Episode, Worker


def children_with_care(session: Session) -> list[Child]:
    """Return the children who were ever in care, or have a care leaver's items, by reference."""
    in_care = select(Episode.child_id).where(Episode.child_id == Child.id).exists()
    left = select(CareLeaverYear.child_id).where(CareLeaverYear.child_id == Child.id).exists()
    return list(session.scalars(select(Child).where(or_(in_care, left)).order_by(Child.ref)))


def by_child(session: Session, kind: type[AboutChild]) -> Mapping[UUID, Sequence[Any]]:
    """Return all rows of a table within reach, by child, in the order in which they were made."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in session.scalars(select(kind).order_by(kind.child_id, kind.id)):
        found[row.child_id].append(row)
    return found


def workers(session: Session) -> dict[UUID, tuple[UUID, str]]:
    """Return the allocated worker, with the name, of each child within reach."""
    asked = select(Child.id, Worker.id, Worker.name).join(Worker, Worker.id == Child.worker_id)
    return {child_id: (worker_id, name) for child_id, worker_id, name in session.execute(asked)}
