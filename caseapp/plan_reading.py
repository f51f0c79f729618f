"""Plans as they are read: a version with all that its screen shows, those before it, two compared."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import known, shared_plans, stars, words
from caseapp.early_help import episodes
from caseapp.form import Answers, Change, Form
from caseapp.plan_versions import title
from caseapp.plan_writing import form_of
from db import discarded
from db import pep_cycle as pep_queries
from db import plans as queries
from db.looks import record_look
from db.models import Child, Revision
from db.moments import utc_now
from db.problems import NotAllowed, NotFound
from db.reach import child_subject
from db.roles import may
from db.store import Session


class Last(NamedTuple):
    """What was written last time."""

    number: int
    label: str
    signed_at: datetime
    signed_by: str
    answers: Answers


class Unsaved(NamedTuple):
    """Typing that is newer than the saved version, such as after a crash."""

    at: datetime
    answers: Answers


class PlanView(NamedTuple):
    """A version opened for reading or writing."""

    revision_id: UUID
    child_id: UUID
    child_name: str
    kind: str
    title: str
    form: Form
    answers: Answers
    version: int
    number: int
    signed_at: datetime | None
    signed_by: str
    saved_at: datetime
    known: dict[str, str]
    last: Last | None
    unsaved: Unsaved | None
    earlier: tuple[tuple[str, Answers], ...]
    replaces: int | None
    reason: str
    may_write: bool
    siblings: tuple[SiblingPlan, ...] = ()
    discarded: Unsaved | None = None
    """Unsaved work that its writer discarded lately, unless it is what was saved."""


class SiblingPlan(NamedTuple):
    """The part of a brother or sister in the same plan."""

    revision_id: UUID
    name: str
    signed: bool


def open_plan(session: Session, revision_id: UUID) -> PlanView:
    """Return a version with everything its screen shows. The look is recorded before."""
    revision = revision_of(session, revision_id)
    child = session.get_one(Child, revision.child_id)
    rights = may(session.actor, "write", child_subject(session, child))
    if not rights.allowed and episodes.writing_refused(session, child.id, revision.kind):
        raise NotAllowed("Consent was withdrawn: only those who work with the family may open this now.")
    detail = {"kind": revision.kind, "number": revision.number}
    record_look(session, "open", child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    form = form_of(session, revision)
    last = queries.last_signed(session, child.id, revision.kind, before=revision.number)
    return PlanView(
        revision.id, child.id, child.name, revision.kind, title(form, revision), form,
        revision.document.answers, revision.version, revision.number, revision.signed_at,
        queries.worker_name(session, revision.signed_by),
        revision.updated_at, known.known(session, child.id), _last(session, last),
        _unsaved(session, revision), earlier(session, revision), _number_of(session, revision.replaces_id),
        revision.reason, rights.allowed and _is_open(session, revision), _siblings(session, revision),
        _discarded(session, revision),
    )  # fmt: skip


def _is_open(session: Session, revision: Revision) -> bool:
    return not revision.signed_at and not pep_queries.is_void(session, revision.id)


def _siblings(session: Session, revision: Revision) -> tuple[SiblingPlan, ...]:
    return tuple(
        SiblingPlan(other.id, child.known_as or child.given or child.name, other.signed_at is not None)
        for child, other in shared_plans.others(session, revision.group_id)
    )


def numbered(session: Session, child_id: UUID, kind: str, number: int | None = None) -> Revision:
    """Return a version by number: without one, the newest signed, else the newest. Raises NotFound."""
    if number is not None:
        found = queries.numbered(session, child_id, kind, number)
    else:
        found = queries.last_signed(session, child_id, kind) or queries.draft(session, child_id, kind)
    if not found:
        wanted = f"version {number}" if number is not None else "version"
        raise NotFound(f"There is no {wanted} of that kind in this record.")
    return found


def compare(session: Session, child_id: UUID, kind: str, was: int, now: int) -> list[Change]:
    """Return what differs between two versions, in the form's order. Raises NotFound."""
    old, new = numbered(session, child_id, kind, was), numbered(session, child_id, kind, now)
    detail = {"kind": kind, "versions": [was, now]}
    record_look(session, "compare", child_id, tbl="revision", row_id=new.id, detail=detail)
    session.commit()
    return form_of(session, new).changes(old.document.answers, new.document.answers)


def revision_of(session: Session, revision_id: UUID) -> Revision:
    """Return a version, as it stands in the store. Raises NotFound."""
    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    return revision


def _last(session: Session, revision: Revision | None) -> Last | None:
    if not revision or not revision.signed_at:
        return None
    label = title(form_of(session, revision), revision)
    by = queries.worker_name(session, revision.signed_by)
    return Last(revision.number, label, revision.signed_at, by, revision.document.answers)


def _unsaved(session: Session, revision: Revision) -> Unsaved | None:
    row = queries.typing(session, revision.id, session.actor.worker_id)
    if not row or row.answers == revision.document.answers:
        return None
    return Unsaved(row.updated_at, row.answers)


def _discarded(session: Session, revision: Revision) -> Unsaved | None:
    found = discarded.newest(session, revision.id, session.actor.worker_id, utc_now())
    if not found or found.answers == revision.document.answers:
        return None
    return Unsaved(found.typed_at, found.answers)


def earlier(session: Session, revision: Revision) -> tuple[tuple[str, Answers], ...]:
    """Return the signed versions of the same form before this one, newest first: (label, answers).

    Of readings only those about the same person: a father's star is never laid over a mother's.
    """
    found = queries.versions(session, revision.child_id, revision.kind, documents=True)
    replaced = {each.replaces_id for each in found}
    form = form_of(session, revision)
    about = _about(form, revision)
    return tuple(
        (words.day(each.dated_on or each.started_on), each.document.answers)
        for each in found
        if each.signed_at
        and each.number < revision.number
        and each.form_key == revision.form_key
        and each.id not in replaced
        and _about(form, each) == about
    )


def _about(form: Form, revision: Revision) -> tuple[str, str]:
    answers = revision.document.answers
    return stars.whose_key(form, str(answers.get("whose", "")), str(answers.get("whose_name", "")))


def _number_of(session: Session, revision_id: UUID | None) -> int | None:
    return revision_of(session, revision_id).number if revision_id else None
