"""The guard on every session: who may see, who may write, what is recorded. Use cases cannot forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, event, inspect, or_, select, true
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
    AccessGrant,
    Child,
    ClockRow,
    Document,
    History,
    Involvement,
    Leave,
    Look,
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
from db.moments import utc_now
from db.problems import NotAllowed
from db.roles import (
    ABSENT,
    ASK,
    EMERGENCY,
    NAMED,
    ORDINARY,
    TEAM,
    UNALLOCATED,
    Actor,
    Subject,
    authorise,
    may,
    scopes,
)

# Purposes that reach every record without showing one: the use case returns counts, not content.
WHOLE_STORE = frozenset({"import", "backup", "check", "restore", "rebuild"})


WORKING_TIME = "working time"
_TIME = frozenset({"fte", "nqsw_from", "updated_at", "updated_by", "device_id"})


class Forbidden(Exception):
    """A statement that would pass by the guard: a fault of ours, never a user's."""


def watch(session_class: type[Session]) -> None:
    """Hang the guard on a session class."""
    event.listen(session_class, "do_orm_execute", _scope_reads)
    event.listen(session_class, "before_flush", _check_writes)
    event.listen(session_class, "after_flush", _record)


class _Ways(NamedTuple):
    """The records that somebody is let into beside the ordinary ones: ids, or the queries of them."""

    named: Any
    hour: Any


def visible_children(actor: Actor, action: str = "read") -> Select[tuple[UUID]]:
    """Return the query of the ids of the children whom the actor may see."""
    return _visible(actor, action, _Ways(_granted(actor, "named"), _granted(actor, "emergency")))


def shut_children(actor: Actor) -> Select[tuple[UUID]]:
    """Return the query of the ids of the restricted children whom the actor is not let into.

    What counts or numbers past the guard leaves them out. Few, and found by an index of their own.
    """
    return _shut(_Ways(_granted(actor, "named"), _granted(actor, "emergency")))


def ordinary_reach(actor: Actor, action: str, child: Any) -> list[ColumnElement[bool]]:
    """Return the tests, one of which a child's row must pass to be within reach if nothing restricts it."""
    reach = scopes(actor, action)
    tests: list[ColumnElement[bool]] = []
    if reach & {TEAM, UNALLOCATED}:
        tests.append(child.worker_id == actor.worker_id)
        if actor.team_id:
            tests.append(child.team_id == actor.team_id)
    if UNALLOCATED in reach:
        tests.append(child.worker_id.is_(None))
    return tests


def _visible(actor: Actor, action: str, ways: _Ways) -> Select[tuple[UUID]]:
    child = Child.__table__.c  # the table, not the class: the guard would scope the class again
    ordinary = ordinary_reach(actor, action, child)
    # One alternative each, so that SQLite finds each by its index.
    tests = [and_(each, child.restricted.is_(None)) for each in ordinary]
    tests += _let_in(ways, child) if ordinary else []
    return select(child.id).where(or_(*tests) if tests else ~true(), child.deleted_at.is_(None))


def _shut(ways: _Ways) -> Select[tuple[UUID]]:
    child = Child.__table__.c
    let_in = _let_in(ways, child)
    return select(child.id).where(child.restricted.is_not(None), *(~each for each in let_in))


def _let_in(ways: _Ways, child: Any) -> list[ColumnElement[bool]]:
    """Return the tests of the ways into a record beside the ordinary ones: named, or for an hour."""
    tests: list[ColumnElement[bool]] = []
    if ways.named != ():
        tests.append(child.id.in_(ways.named))
    if ways.hour != ():
        # An absent record opens to nobody in an emergency, though it became absent within the hour.
        tests.append(and_(child.id.in_(ways.hour), child.restricted.is_distinct_from("absent")))
    return tests


def _granted(actor: Actor, kind: str) -> Select[tuple[UUID]]:
    grant = AccessGrant.__table__.c
    return select(grant.child_id).where(grant.kind == kind, *_running(actor, grant))


def _running(actor: Actor, grant: Any) -> list[ColumnElement[bool]]:
    """Return the tests of a grant that lets somebody in now."""
    in_time = or_(grant.until_at.is_(None), grant.until_at > utc_now())
    return [grant.worker_id == actor.worker_id, in_time, grant.deleted_at.is_(None)]


def _ways(session: Session) -> _Ways:
    """Return the ids that whoever is at work is let into: few have any, and reads stay short."""
    grant, actor = AccessGrant.__table__.c, session.info["actor"]
    asked = select(grant.child_id, grant.kind).where(*_running(actor, grant))
    found = session.connection().execute(asked).all()
    return _Ways(
        tuple(row.child_id for row in found if row.kind == "named"),
        tuple(row.child_id for row in found if row.kind == "emergency"),
    )


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
        kept = session.info["criteria"] = (made_for, _made_criteria(session, *made_for))
    criteria: list[Any] = kept[1]
    return criteria


def _made_criteria(session: Session, purpose: str, actor: Actor) -> list[Any]:
    live = with_loader_criteria(Record, lambda cls: cls.deleted_at.is_(None), include_aliases=True)
    if purpose in WHOLE_STORE:
        return [live]
    ways = _ways(session)
    ids, shut = _visible(actor, "read", ways), _shut(ways)
    me, related, involved = actor.worker_id, _people(Relation, ids), _people(Involvement, ids)
    to_shut = _relations_to(shut)
    # Functions, not expressions: those stay on the first table where an alias is joined (SQLAlchemy 2.1).
    return [
        live,
        with_loader_criteria(OfChild, lambda cls: cls.child_id.in_(ids), include_aliases=True),
        with_loader_criteria(
            History,
            lambda cls: and_(
                cls.child_id.in_(ids), or_(cls.tbl != Relation.__tablename__, cls.row_id.not_in(to_shut))
            ),
            include_aliases=True,
        ),
        with_loader_criteria(Look, lambda cls: cls.child_id.in_(ids), include_aliases=True),
        with_loader_criteria(Child, lambda cls: cls.id.in_(ids), include_aliases=True),
        with_loader_criteria(
            Relation,  # another record's word of a brother or sister tells of a restricted one as well
            lambda cls: or_(cls.other_child_id.is_(None), cls.other_child_id.not_in(shut)),
            include_aliases=True,
        ),
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


def _relations_to(children: Select[tuple[UUID]]) -> Select[tuple[UUID]]:
    table = Relation.__table__.c
    return select(table.id).where(table.other_child_id.in_(children))


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


def _refuse_signed(actor: Actor, row: Revision | Document) -> None:
    revision = row if isinstance(row, Revision) else row.revision
    if _was_signed(revision) and not may(actor, "write", Subject(None, actor.worker_id, "signed")).allowed:
        raise NotAllowed("This is signed and stays as it is. Make a correction instead.")


def _was_signed(revision: Revision) -> bool:
    """Return whether the version stands signed in the store, whatever this flush makes of it."""
    seen = inspect(revision).attrs.signed_at.history
    before: Sequence[Any] = seen.deleted or seen.unchanged
    return any(each is not None for each in before)


def subject_of(session: Session, child_id: UUID) -> Subject:
    """Return whose child it is, as stored before this flush, and which way leads into the record."""
    actor: Actor = session.info["actor"]
    child = Child.__table__.c
    named, hour = child.id.in_(_granted(actor, "named")), child.id.in_(_granted(actor, "emergency"))
    asked = select(child.team_id, child.worker_id, child.restricted, named.label("named"), hour.label("hour"))
    row = session.connection().execute(asked.where(child.id == child_id)).one()
    return Subject(row.team_id, row.worker_id, way=_way(actor, row))


def _way(actor: Actor, row: Any) -> str:
    if row.named:
        return NAMED
    if row.restricted == "absent":
        return ABSENT
    ordinary = Subject(row.team_id, row.worker_id)
    if row.restricted is None and may(actor, "read", ordinary).allowed:
        return ORDINARY
    if row.hour:
        return EMERGENCY
    return ORDINARY if row.restricted is None else ASK


def _record(session: Session, _context: UOWTransaction) -> None:
    record_changes(session)
    if any(isinstance(row, AccessGrant) for row in [*session.new, *session.dirty]):
        session.info.pop("criteria", None)  # other records are open from here on


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
    if _said_lately(session, child_id or NO_CHILD, values):
        return
    if spool_look := session.info.get("spool_look"):  # the log cannot be written now: noted beside the store
        spool_look(session, child_id or NO_CHILD, values)
    else:
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
