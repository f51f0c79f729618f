"""Who may write which row: asked of every row before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, Session

from db.models import (
    AccessGrant,
    Child,
    ClockRow,
    Document,
    Involvement,
    Jotting,
    Leave,
    Note,
    OfChild,
    Person,
    Record,
    Relation,
    Revision,
    StarLicence,
    StarPack,
    SupervisionSession,
    Team,
    Worker,
)
from db.problems import NotAllowed
from db.reach import subject_of
from db.roles import Actor, Subject, authorise, may

WORKING_TIME = "working time"
_TIME = frozenset({"fte", "nqsw_from", "updated_at", "updated_by", "device_id"})


def authorise_rows(session: Session, actor: Actor) -> None:
    """Raise NotAllowed unless the actor may write everything that waits in the session."""
    concerned: set[UUID] = set()
    for row in [*session.new, *session.dirty]:
        if isinstance(row, ClockRow):
            continue  # worked out from what was authorised
        if isinstance(row, Child):
            _authorise_child(session, actor, row)
        elif isinstance(row, AccessGrant):
            _authorise_grant(session, actor, row)
        elif isinstance(row, Note):
            authorise(actor, "note", subject_of(session, row.child_id))
        elif isinstance(row, OfChild):
            concerned.add(row.child_id)
            if isinstance(row, Relation | Involvement):
                _refuse_stranger(session, row)
            if isinstance(row, Revision | Document) and row not in session.new:
                _refuse_signed(actor, row)
        elif isinstance(row, Worker | Leave) and session.info["purpose"] == WORKING_TIME:
            _authorise_time(session, actor, row)
        elif isinstance(row, Worker | Team):
            authorise(actor, "users")
        elif isinstance(row, StarLicence | StarPack):
            authorise(actor, "licences")
        elif isinstance(row, SupervisionSession):
            _refuse_third(actor, row)
        elif isinstance(row, Jotting):
            _authorise_jotting(session, actor, row)
        elif isinstance(row, Record):
            authorise(actor, session.info["purpose"] or "write")
    new = {row.id for row in session.new if isinstance(row, Child)}
    for child_id in concerned - new:
        authorise(actor, "write", subject_of(session, child_id))


def _authorise_child(session: Session, actor: Actor, child: Child) -> None:
    if child in session.new:
        authorise(actor, "register", Subject(child.team_id, child.worker_id))
        return
    changed = {each.key for each in inspect(child).attrs if each.history.has_changes()}
    subject = subject_of(session, child.id)
    if changed & _RESTRICTING:
        authorise(actor, "restrict", subject)
    authorise(actor, "note" if changed <= _BY_A_NOTE else "write", subject)


_RESTRICTING = frozenset({"restricted", "ask_id"})
_BY_A_NOTE = frozenset({"last_seen_on", "updated_at", "updated_by", "device_id"})


def _authorise_grant(session: Session, actor: Actor, grant: AccessGrant) -> None:
    """Named people are a manager's to choose; one lets oneself in; somebody else reviews it."""
    subject = subject_of(session, grant.child_id)
    if grant.kind == "named":
        authorise(actor, "restrict", subject)
    elif grant in session.new:
        authorise(actor, "emergency", subject)
        if grant.worker_id != actor.worker_id:
            raise NotAllowed("Nobody opens a record in an emergency for somebody else.")
    elif inspect(grant).attrs.reviewed_by.history.has_changes():
        authorise(actor, "approve", subject)
        if grant.worker_id == actor.worker_id:
            raise NotAllowed("You opened this record: somebody else reviews it.")
    else:
        authorise(actor, "restrict", subject)


def _refuse_stranger(session: Session, link: Relation | Involvement) -> None:
    """Refuse a link to a person of files out of reach: it would bring them within reach."""
    state: InstanceState[Any] = inspect(link)
    named_now = state.attrs.person_id.history.has_changes()
    if link.person_id and named_now and not session.get(Person, link.person_id):
        raise NotAllowed("There is no such person.")


def _authorise_time(session: Session, actor: Actor, row: Worker | Leave) -> None:
    """Let administrators write working time, and managers that of their own team: nothing else of theirs."""
    if may(actor, "users").allowed:
        return
    authorise(actor, "allocate")
    worker = row if isinstance(row, Worker) else session.get(Worker, row.worker_id)
    state: InstanceState[Any] = inspect(row)
    changed = {each.key for each in state.attrs if each.history.has_changes()}
    is_time = isinstance(row, Leave) or changed <= _TIME
    if worker is None or worker in session.new or worker.team_id != actor.team_id or not is_time:
        raise NotAllowed("The manager of the worker’s own team records working time, and nothing else.")


def _refuse_third(actor: Actor, row: SupervisionSession) -> None:
    """Supervision is between two workers: nobody else writes it."""
    if actor.worker_id not in (row.supervisor_id, row.supervisee_id):
        raise NotAllowed("Supervision is written by the two whom it is between.")


def _authorise_jotting(session: Session, actor: Actor, row: Jotting) -> None:
    """Let everybody write their own, about children whom they may read."""
    if row.author != actor.worker_id:
        raise NotAllowed("What somebody is writing is theirs alone.")
    if row.child_id:
        authorise(actor, "read", subject_of(session, row.child_id))


def _refuse_signed(actor: Actor, row: Revision | Document) -> None:
    revision = row if isinstance(row, Revision) else row.revision
    if _was_signed(revision) and not may(actor, "write", Subject(None, actor.worker_id, "signed")).allowed:
        raise NotAllowed("This is signed and stays as it is. Make a correction instead.")


def _was_signed(revision: Revision) -> bool:
    """Return whether the version stands signed in the store, whatever this flush makes of it."""
    seen = inspect(revision).attrs.signed_at.history
    before: Sequence[Any] = seen.deleted or seen.unchanged
    return any(each is not None for each in before)
