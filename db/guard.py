"""The guard on every session: who may see, who may write, what is recorded. Use cases cannot forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, event, inspect, or_, select, true
from sqlalchemy.orm import (
    FromStatement,
    InstanceState,
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)

from db.history import NO_CHILD, Link, append, record_changes
from db.models import (
    Child,
    ClockRow,
    Document,
    History,
    Involvement,
    Look,
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
from db.moments import utc_now
from db.problems import NotAllowed
from db.roles import TEAM, UNALLOCATED, Actor, Subject, authorise, may, scopes

# Purposes that reach every record without showing one: the use case returns counts, not content.
WHOLE_STORE = frozenset({"import", "backup", "check", "restore", "rebuild"})


class Forbidden(Exception):
    """A statement that would pass by the guard: a fault of ours, never a user's."""


def watch(session_class: type[Session]) -> None:
    """Hang the guard on a session class."""
    event.listen(session_class, "do_orm_execute", _scope_reads)
    event.listen(session_class, "before_flush", _check_writes)
    event.listen(session_class, "after_flush", _record)


def visible_children(actor: Actor, action: str = "read") -> Select[tuple[UUID]]:
    """Return the query of the ids of the children whom the actor may see."""
    child = Child.__table__.c  # the table, not the class: the guard would scope the class again
    return select(child.id).where(_reach(actor, action, child), child.deleted_at.is_(None))


def _reach(actor: Actor, action: str, child: Any) -> ColumnElement[bool]:
    reach = scopes(actor, action)
    tests: list[ColumnElement[bool]] = []
    if reach & {TEAM, UNALLOCATED}:
        tests.append(child.worker_id == actor.worker_id)
        if actor.team_id:
            tests.append(child.team_id == actor.team_id)
    if UNALLOCATED in reach:
        tests.append(child.worker_id.is_(None))
    return or_(*tests) if tests else ~true()


def _scope_reads(state: ORMExecuteState) -> None:
    if not state.is_orm_statement:
        raise Forbidden("A statement without mapped classes would pass by the guard.")
    if state.is_update or state.is_delete:
        raise Forbidden("A bulk statement passes by versions and history.")
    if state.is_insert:
        raise Forbidden("A bulk insert passes by rights and history.")
    if isinstance(state.statement, FromStatement):
        raise Forbidden("A statement of text would pass by the guard.")
    if not state.is_select or state.is_column_load or state.is_relationship_load:
        return  # criteria travel with the statement to the loads of its relationships
    state.statement = state.statement.options(*_criteria(state.session))


def _criteria(session: Session) -> list[Any]:
    """Return what narrows every read of a session; made once, as making it costs a third of a short query."""
    made_for = (session.info["purpose"], session.info["actor"])
    kept = session.info.get("criteria")
    if not kept or kept[0] != made_for:
        kept = session.info["criteria"] = (made_for, _made_criteria(*made_for))
    criteria: list[Any] = kept[1]
    return criteria


def _made_criteria(purpose: str, actor: Actor) -> list[Any]:
    live = with_loader_criteria(Record, lambda cls: cls.deleted_at.is_(None), include_aliases=True)
    if purpose in WHOLE_STORE:
        return [live]
    ids = visible_children(actor)
    me, related, involved = actor.worker_id, _people(Relation, ids), _people(Involvement, ids)
    # Functions, not expressions: those stay on the first table where an alias is joined (SQLAlchemy 2.1).
    return [
        live,
        with_loader_criteria(OfChild, lambda cls: cls.child_id.in_(ids), include_aliases=True),
        with_loader_criteria(History, lambda cls: cls.child_id.in_(ids), include_aliases=True),
        with_loader_criteria(Look, lambda cls: cls.child_id.in_(ids), include_aliases=True),
        with_loader_criteria(Child, lambda cls: cls.id.in_(ids), include_aliases=True),
        with_loader_criteria(
            SupervisionSession,
            lambda cls: or_(cls.supervisor_id == me, cls.supervisee_id == me),
            include_aliases=True,
        ),
        with_loader_criteria(
            Person,
            lambda cls: or_(cls.created_by == me, cls.id.in_(related), cls.id.in_(involved)),
            include_aliases=True,
        ),
    ]


def _people(link: type[Relation | Involvement], ids: Select[tuple[UUID]]) -> Select[tuple[UUID | None]]:
    table = link.__table__.c
    return select(table.person_id).where(table.child_id.in_(ids))


def _check_writes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if any(isinstance(row, Record) for row in session.deleted):
        raise Forbidden("A record is never deleted: give it a tombstone.")
    actor: Actor = session.info["actor"]
    now = utc_now()
    for row in session.new:
        if isinstance(row, Record):
            row.created_at = row.updated_at = now
            row.created_by = row.updated_by = actor.worker_id
            row.device_id = session.info["device_id"]
    for row in session.dirty:
        if isinstance(row, Record) and session.is_modified(row):
            row.updated_at, row.updated_by = now, actor.worker_id
            row.device_id = session.info["device_id"]
    if session.info["purpose"] not in WHOLE_STORE:
        _authorise_rows(session, actor)


def _authorise_rows(session: Session, actor: Actor) -> None:
    concerned: set[UUID] = set()
    for row in [*session.new, *session.dirty]:
        if isinstance(row, ClockRow):
            continue  # worked out from what was authorised
        if isinstance(row, Child):
            _authorise_child(session, actor, row)
        elif isinstance(row, OfChild):
            concerned.add(row.child_id)
            if isinstance(row, Relation | Involvement):
                _refuse_stranger(session, row)
            if isinstance(row, Revision | Document) and row not in session.new:
                _refuse_signed(actor, row)
        elif isinstance(row, Worker | Team):
            authorise(actor, "users")
        elif isinstance(row, StarLicence | StarPack):
            authorise(actor, "licences")
        elif isinstance(row, SupervisionSession):
            _refuse_third(actor, row)
        elif isinstance(row, Record):
            authorise(actor, session.info["purpose"] or "write")
    new = {row.id for row in session.new if isinstance(row, Child)}
    for child_id in concerned - new:
        authorise(actor, "write", _subject(session, child_id))


def _authorise_child(session: Session, actor: Actor, child: Child) -> None:
    if child in session.new:
        authorise(actor, "register", Subject(child.team_id, child.worker_id))
    else:
        authorise(actor, "write", _subject(session, child.id))


def _refuse_stranger(session: Session, link: Relation | Involvement) -> None:
    """Refuse a link to a person of files out of reach: it would bring them within reach."""
    state: InstanceState[Any] = inspect(link)
    named_now = state.attrs.person_id.history.has_changes()
    if link.person_id and named_now and not session.get(Person, link.person_id):
        raise NotAllowed("There is no such person.")


def _refuse_third(actor: Actor, row: SupervisionSession) -> None:
    """Supervision is between two workers: nobody else writes it."""
    if actor.worker_id not in (row.supervisor_id, row.supervisee_id):
        raise NotAllowed("Supervision is written by the two whom it is between.")


def _refuse_signed(actor: Actor, row: Revision | Document) -> None:
    revision = row if isinstance(row, Revision) else row.revision
    if _was_signed(revision) and not may(actor, "write", Subject(None, actor.worker_id, "signed")).allowed:
        raise NotAllowed("This is signed and stays as it is. Make a correction instead.")


def _was_signed(revision: Revision) -> bool:
    """Return whether the version stands signed in the store, whatever this flush makes of it."""
    seen = inspect(revision).attrs.signed_at.history
    before: Sequence[Any] = seen.deleted or seen.unchanged
    return any(each is not None for each in before)


def _subject(session: Session, child_id: UUID) -> Subject:
    """Return whose child it is, as stored before this flush."""
    child = Child.__table__.c
    row = (
        session.connection().execute(select(child.team_id, child.worker_id).where(child.id == child_id)).one()
    )
    return Subject(row.team_id, row.worker_id)


def _record(session: Session, _context: UOWTransaction) -> None:
    record_changes(session)


QUIET = timedelta(minutes=10)


def record_look(
    session: Session,
    act: str,
    child_id: UUID | None = None,
    *,
    tbl: str = "child",
    row_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that somebody looks, before the data show. The same look within ten minutes is one entry."""
    values = {"act": act, "tbl": tbl, "row_id": row_id, "detail": detail or {}}
    if not _said_lately(session, child_id or NO_CHILD, values):
        append(session, Look, [Link(child_id or NO_CHILD, values)])


def _said_lately(session: Session, child_id: UUID, values: dict[str, Any]) -> bool:
    if values["act"] not in ("open", "list", "search"):
        return False
    look = Look.__table__.c
    asked = (
        select(look.row_id, look.detail)
        .where(look.by == session.info["actor"].worker_id, look.at > utc_now() - QUIET)
        .where(look.child_id == child_id, look.act == values["act"])
    )
    return any(
        row.row_id == values["row_id"] and row.detail == values["detail"]
        for row in session.connection().execute(asked)
    )
