"""The versions of a child's plans as lists show them: number, title, how far, who signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import calendars, words
from caseapp.education import pep_states
from caseapp.education.pep_states import PepState
from caseapp.form import Form
from caseapp.plan_writing import form_of
from db import plans as queries
from db.models import Revision
from db.store import Session


class VersionRow(NamedTuple):
    """A version in a list."""

    revision_id: UUID
    number: int
    kind: str
    title: str
    status: str
    dated_on: date | None
    signed_at: datetime | None
    signed_by: str
    sections_done: int
    sections_asked: int
    replaces: int | None
    reason: str
    pep: PepState | None = None


def title(form: Form, revision: Revision) -> str:
    """Return a version's title: «Personal Education Plan, autumn term 2026»."""
    on = revision.dated_on or revision.started_on
    if form.kind == "pep":
        return f"{form.title}, {calendars.term_of(on).name}"
    return f"{form.title}, {words.day(on)}"


def versions(session: Session, child_id: UUID, kind: str = "") -> list[VersionRow]:
    """Return a child's versions, of one kind or all, newest first."""
    found = queries.versions(session, child_id, kind)
    numbers = {each.id: each.number for each in found}
    peps = pep_states.states(session, child_id) if kind in ("", "pep") else {}
    return [
        VersionRow(
            each.id, each.number, each.kind, title(form_of(session, each), each),
            "signed" if each.signed_at else "draft", each.dated_on or each.started_on, each.signed_at,
            queries.worker_name(session, each.signed_by), each.sections_done, each.sections_asked,
            numbers.get(each.replaces_id) if each.replaces_id else None, each.reason, peps.get(each.id),
        )
        for each in found
    ]  # fmt: skip
