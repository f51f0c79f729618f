"""Queries for files of schools: whom a row can be about, and the school of a URN."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Child, FormerName, School, Schooling

Value = TypeVar("Value", str, date, UUID)
_AT_A_TIME = 500  # values in one query


def school_with_urn(session: Session, urn: str) -> list[School]:
    """Return the schools of a URN: one, unless somebody entered it twice."""
    return list(session.scalars(select(School).where(School.urn == urn).order_by(School.id)))


def children_with_upn(session: Session, upns: Collection[str]) -> dict[str, list[Child]]:
    """Return the children within reach by their UPN, in capitals."""
    found: dict[str, list[Child]] = defaultdict(list)
    for some in _parts(sorted(upns)):
        for child in session.scalars(select(Child).where(func.upper(Child.upn).in_(some))):
            found[child.upn.upper()].append(child)
    return found


def children_born_on(session: Session, days: Collection[date]) -> dict[date, list[Child]]:
    """Return the children within reach by their date of birth."""
    found: dict[date, list[Child]] = defaultdict(list)
    for some in _parts(sorted(days)):
        for child in session.scalars(select(Child).where(Child.born_on.in_(some))):
            if child.born_on:
                found[child.born_on].append(child)
    return found


def former_names(session: Session, child_ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return the (given, family) names that children had before."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for some in _parts(sorted(child_ids)):
        for name in session.scalars(select(FormerName).where(FormerName.child_id.in_(some))):
            found[name.child_id].append((name.given, name.family))
    return found


def ever_at(session: Session, school_id: UUID, child_ids: Collection[UUID]) -> set[UUID]:
    """Return which of the children have a spell at a school on record."""
    found: set[UUID] = set()
    for some in _parts(sorted(child_ids)):
        asked = select(Schooling.child_id).where(
            Schooling.school_id == school_id, Schooling.child_id.in_(some)
        )
        found |= set(session.scalars(asked))
    return found


def _parts(values: list[Value]) -> Iterator[list[Value]]:
    for start in range(0, len(values), _AT_A_TIME):
        yield values[start : start + _AT_A_TIME]
