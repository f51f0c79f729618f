"""Queries about plans and their versions."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from db.models import Child, Fact, FormCopy, HelpEpisode, PepStep, Revision, Typing, Worker
from db.pep_cycle import stands


class DraftRow(NamedTuple):
    """A draft in a list."""

    revision_id: UUID
    child_id: UUID
    child: str
    kind: str
    form_key: str
    sections_done: int
    sections_asked: int
    revision: Revision


class Held(NamedTuple):
    """A version, what somebody typed into it since, and what shuts it."""

    revision: Revision
    typing: Typing | None
    is_void: bool
    is_unconsented: bool
    """Whether consent was withdrawn from any early help of the child."""


# The tables: the version that they are asked for is within reach, or there is no row.
_STEP, _HELP = PepStep.__table__.c, HelpEpisode.__table__.c
_DRAFT = (
    select(
        Revision,
        Typing,
        exists().where(_STEP.revision_id == Revision.id, _STEP.state == "void", _STEP.deleted_at.is_(None)),
        exists().where(
            _HELP.child_id == Revision.child_id,
            _HELP.status == "consent_withdrawn",
            _HELP.deleted_at.is_(None),
        ),
    )
    .options(defer(Typing.answers))
    .outerjoin(
        Typing, and_(Typing.revision_id == Revision.id, Typing.author == bindparam("author"))
    )
    .where(Revision.id == bindparam("wanted"))
    .execution_options(of_one=True)
)  # fmt: skip
_WHOLE = _DRAFT.options(joinedload(Revision.document, innerjoin=True))


def held(session: Session, revision_id: UUID, author: UUID, *, document: bool = True) -> Held | None:
    """Return a version, its answers unless not wanted, what its writer typed since, and what shuts it."""
    asked = _WHOLE if document else _DRAFT
    found = session.execute(asked, {"wanted": revision_id, "author": author}).one_or_none()
    return Held(*found) if found else None


def versions(session: Session, child_id: UUID, kind: str = "", *, documents: bool = False) -> list[Revision]:
    """Return a child's versions, of one kind or all, newest first; on request with their answers at once."""
    asked = select(Revision).where(Revision.child_id == child_id)
    if documents:
        asked = asked.options(selectinload(Revision.document))
    if kind:
        asked = asked.where(Revision.kind == kind)
    return list(session.scalars(asked.order_by(Revision.kind, Revision.number.desc())))


def draft(session: Session, child_id: UUID, kind: str) -> Revision | None:
    """Return the open draft of a kind."""
    asked = select(Revision).where(
        Revision.child_id == child_id, Revision.kind == kind, Revision.signed_at.is_(None), stands()
    )
    return session.scalar(asked.order_by(Revision.number.desc()).limit(1))


def last_signed(session: Session, child_id: UUID, kind: str, before: int = 1_000_000) -> Revision | None:
    """Return the newest signed version below a number."""
    asked = select(Revision).where(
        Revision.child_id == child_id,
        Revision.kind == kind,
        Revision.signed_at.is_not(None),
        Revision.number < before,
        stands(),
    )
    return session.scalar(asked.order_by(Revision.number.desc()).limit(1))


def numbered(session: Session, child_id: UUID, kind: str, number: int) -> Revision | None:
    """Return one version by its number."""
    return session.scalar(
        select(Revision).where(
            Revision.child_id == child_id, Revision.kind == kind, Revision.number == number
        )
    )


def correction_of(session: Session, revision: Revision) -> Revision | None:
    """Return the version that puts a signed one right."""
    asked = select(Revision).where(Revision.child_id == revision.child_id, stands())
    return session.scalar(asked.where(Revision.replaces_id == revision.id).limit(1))


def next_number(session: Session, child_id: UUID, kind: str) -> int:
    """Return the number of the next version; a number is never used twice."""
    table = Revision.__table__.c
    asked = select(func.max(table.number)).where(table.child_id == child_id, table.kind == kind)
    return (session.connection().scalar(asked) or 0) + 1


def drafts(session: Session, author: UUID, limit: int = 20) -> list[DraftRow]:
    """Return somebody's open drafts, latest first."""
    asked = (
        select(Revision, Child)
        .join(Child, Child.id == Revision.child_id)
        .where(Revision.signed_at.is_(None), Revision.created_by == author, stands())
        .order_by(Revision.updated_at.desc())
        .limit(limit)
    )
    return [
        DraftRow(
            each.id, child.id, child.name, each.kind, each.form_key,
            each.sections_done, each.sections_asked, each,
        )
        for each, child in session.execute(asked)
    ]  # fmt: skip


def touch(revision: Revision) -> None:
    """Let the version that people hold step, even if no column of it changes and the clock stands still."""
    flag_modified(revision, "updated_at")


def typing(session: Session, revision_id: UUID, author: UUID) -> Typing | None:
    """Return what somebody typed into a draft since its last saved version."""
    return session.get(Typing, (revision_id, author))


def form_copy(session: Session, digest: str) -> FormCopy | None:
    """Return the form as it stood when it was signed."""
    return session.scalar(select(FormCopy).where(FormCopy.digest == digest))


def form_copy_of(session: Session, revision_id: UUID) -> FormCopy | None:
    """Return the form that a version was signed under."""
    return session.scalar(
        select(FormCopy)
        .join(Revision, Revision.form_digest == FormCopy.digest)
        .where(Revision.id == revision_id)
    )


def facts(session: Session, child_id: UUID, field: str = "") -> list[Fact]:
    """Return a child's facts, of one question or all, oldest day first."""
    asked = select(Fact).where(Fact.child_id == child_id)
    if field:
        asked = asked.where(Fact.field == field)
    return list(session.scalars(asked.order_by(Fact.day, Fact.id)))


def facts_of(session: Session, revision_id: UUID) -> list[Fact]:
    """Return the facts of one version."""
    return list(session.scalars(select(Fact).where(Fact.revision_id == revision_id)))


def worker_name(session: Session, worker_id: UUID | None) -> str:
    """Return a worker's name, or nothing."""
    return session.scalar(select(Worker.name).where(Worker.id == worker_id)) or "" if worker_id else ""
