"""Queries about stars: packs and licences of this store, and what an import of readings needs to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from db.models import Child, Revision, StarLicence, StarPack

Value = TypeVar("Value", str, UUID)
_AT_A_TIME = 500  # values in one query


def packs(session: Session) -> list[StarPack]:
    """Return the packs that were brought into this store."""
    return list(session.scalars(select(StarPack).order_by(StarPack.pack_key)))


def pack(session: Session, pack_key: str) -> StarPack | None:
    """Return a pack that was brought into this store."""
    return session.scalar(select(StarPack).where(StarPack.pack_key == pack_key))


def licences(session: Session, owner: str = "") -> list[StarLicence]:
    """Return the licences of one owner or all, the one that runs longest first."""
    asked = select(StarLicence).order_by(StarLicence.valid_until.desc(), StarLicence.id.desc())
    if owner:
        asked = asked.where(StarLicence.owner == owner)
    return list(session.scalars(asked))


def licence(session: Session, licence_id: UUID) -> StarLicence | None:
    """Return a licence."""
    return session.get(StarLicence, licence_id)


def readings_under(session: Session, form_key: str, edition: int) -> int:
    """Return how many signed readings stand under an edition, in every file: a number shows no record."""
    revision = Revision.__table__.c  # the table: administrators see no files, and still may not break them
    asked = select(func.count()).where(
        revision.form_key == form_key, revision.form_version == edition, revision.signed_at.is_not(None)
    )
    return session.connection().scalar(asked) or 0


def children_named(session: Session, refs: Collection[str]) -> dict[str, Child]:
    """Return the children of some references, of this store or of the national return."""
    found: dict[str, Child] = {}
    for some in _parts(sorted(refs)):
        numbers = [int(each) for each in some if each.isdecimal() and len(each) < 10]
        asked = select(Child).where(or_(Child.ref.in_(numbers), Child.source_ref.in_(some)))
        for child in session.scalars(asked):
            found |= {child.source_ref: child} if child.source_ref else {}
            found[str(child.ref)] = child
    return {ref: found[ref] for ref in refs if ref in found}


def signed_stars(session: Session, ids: Collection[UUID], form_key: str) -> dict[UUID, list[Revision]]:
    """Return the signed readings of a star in some files, with their answers."""
    found: dict[UUID, list[Revision]] = defaultdict(list)
    for some in _parts(sorted(ids)):
        asked = (
            select(Revision)
            .options(joinedload(Revision.document))
            .where(
                Revision.child_id.in_(some),
                Revision.form_key == form_key,
                Revision.signed_at.is_not(None),
            )
            .order_by(Revision.number)
        )
        for each in session.scalars(asked):
            found[each.child_id].append(each)
    return found


def _parts(values: list[Value]) -> list[list[Value]]:
    return [values[at : at + _AT_A_TIME] for at in range(0, len(values), _AT_A_TIME)]
