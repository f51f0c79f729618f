"""Queries about young carers: what signed documents told, over all children in reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from db.models import Child, Fact, Revision


class Told(NamedTuple):
    """A signed document that says something of caring, with the child whose it is."""

    child_id: UUID
    child: str
    ref: int
    revision: Revision
    answers: dict[str, Any]


def told(session: Session, marks: Collection[tuple[str, str, str]]) -> list[Told]:
    """Return the documents that hold one of the marks (kind, question, answer), oldest first.

    Facts find them, so a corrected version is not among them; its answers are read afterwards.
    """
    ids: set[UUID] = set()
    for kind, field, code in marks:
        asked = select(Fact.revision_id).join(Revision, Revision.id == Fact.revision_id)
        ids |= set(
            session.scalars(asked.where(Revision.kind == kind, Fact.field == field, Fact.code == code))
        )
    found: list[Told] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), 500):  # a statement takes so many values and no more
        wanted = select(Revision, Child).join(Child, Child.id == Revision.child_id)
        wanted = wanted.where(Revision.id.in_(ordered[start : start + 500]))
        rows = session.execute(wanted.options(joinedload(Revision.document)))
        found += [Told(child.id, child.name, child.ref, each, each.document.answers) for each, child in rows]
    return sorted(found, key=lambda each: (each.revision.dated_on or each.revision.started_on, each.ref))
