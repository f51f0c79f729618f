"""The guard on every session: who may see, who may write, what is recorded. Use cases cannot forget it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    event,
    false,
    func,
    inspect,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import (
    FromStatement,
    InstanceState,
    ORMExecuteState,
    Session,
    UOWTransaction,
    with_loader_criteria,
)

from db.history import NO_CHILD, Link, append, changes, record_changes
from db.models import (
    AccessGrant,
    Child,
    ClockRow,
    Document,
    History,
    Involvement,
    Jotting,
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
from db.problems import NotAllowed, NotLogged
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


class _Reach(NamedTuple):
    """How the rows within reach are told: of any table of files, of children, of people, of jottings."""

    of_child: Callable[[Any], ColumnElement[bool]]
    child: Callable[[Any], ColumnElement[bool]]
    person: Callable[[Any], ColumnElement[bool]]
    jotting: Callable[[Any], ColumnElement[bool]]  # its writer's alone; of a child out of reach nobody's


WIDE = 1_000
"""Whoever reaches more children is asked about row by row; for others their children are listed first.

Either way tells the same. With 100,000 children in reach a list takes a second, row by row under a
millisecond; with 160 it is the other way round.
"""
COUNTED_FOR = 300.0  # seconds: how wide somebody's reach is matters for speed alone


def visible_children(actor: Actor, action: str = "read") -> Select[tuple[UUID]]:
    """Return the query of the ids of the children whom the actor may see."""
    return _visible(actor, action, _asked_ways(actor))


def shut_children(actor: Actor) -> Select[tuple[UUID]]:
    """Return the query of the ids of the restricted children whom the actor is not let into.

    What counts or numbers past the guard leaves them out. Few, and found by an index of their own.
    """
    return _shut(_asked_ways(actor))


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
    return select(child.id).where(_reached(actor, action, ways, child))


def _reached(actor: Actor, action: str, ways: _Ways, child: Any) -> ColumnElement[bool]:
    """Return the test that a child's row passes if it is within reach."""
    ordinary = ordinary_reach(actor, action, child)
    # One alternative each, so that SQLite finds each by its index.
    tests = [and_(each, child.restricted.is_(None)) for each in ordinary]
    tests += _let_in(ways, child) if ordinary else []
    return and_(or_(*tests) if tests else ~true(), child.deleted_at.is_(None))


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


_GRANT, _CHILD = AccessGrant.__table__.c, Child.__table__.c


def _asked_ways(actor: Actor) -> _Ways:
    named, hour = (
        select(_GRANT.child_id).where(_GRANT.kind == kind, *_running(actor.worker_id, utc_now()))
        for kind in ("named", "emergency")
    )
    return _Ways(named.union_all(_left_alone(actor).params(now=utc_now())), hour)


def _running(me: Any, now: Any) -> list[ColumnElement[bool]]:
    """Return the tests of a grant that lets somebody in now."""
    return [_GRANT.worker_id == me, _in_time(now), _GRANT.deleted_at.is_(None)]


def _in_time(now: Any) -> ColumnElement[bool]:
    return or_(_GRANT.until_at.is_(None), _GRANT.until_at > now)


# Made once, here and below: putting a statement together costs more than running it.
_LET_IN = (
    select(_GRANT.child_id, _GRANT.kind)
    .where(*_running(bindparam("me"), bindparam("now")))
    .order_by(_GRANT.child_id)
)


@lru_cache(maxsize=32)
def _left_alone(actor: Actor) -> Select[tuple[UUID]]:
    """Return the query of the restricted records that nobody named is here for any more.

    Once the last of those named left the council, a record would be shut to all for good. So the managers
    in whose ordinary reach it would be read it as if named, see so on its access page, and name people anew.
    """
    ordinary = ordinary_reach(actor, "restrict", _CHILD)
    here = (
        select(_GRANT.id)
        .join_from(AccessGrant.__table__, Worker.__table__, Worker.__table__.c.id == _GRANT.worker_id)
        .where(_GRANT.child_id == _CHILD.id, _GRANT.kind == "named", _in_time(bindparam("now")))
        .where(_GRANT.deleted_at.is_(None), Worker.__table__.c.left_on.is_(None))
        .correlate(Child.__table__)
    )
    alone = [_CHILD.restricted.is_not(None), _CHILD.deleted_at.is_(None), ~here.exists()]
    # A case, so that SQLite begins with the few restricted ones.
    in_reach = case((or_(*ordinary), 1), else_=0) == 1 if ordinary else false()
    return select(_CHILD.id).where(in_reach, *alone)


def _ways(session: Session) -> _Ways:
    """Return the ids that whoever is at work is let into: few have any, and reads stay short."""
    actor: Actor = session.info["actor"]
    kept = session.info.get("ways")
    if not kept or kept[0] != actor:
        now, connection = utc_now(), session.connection()
        found = connection.execute(_LET_IN, {"me": actor.worker_id, "now": now}).all()
        alone = connection.scalars(_left_alone(actor), {"now": now}) if scopes(actor, "restrict") else ()
        named = (*(row.child_id for row in found if row.kind == "named"), *sorted(alone))
        hour = tuple(row.child_id for row in found if row.kind == "emergency")
        kept = session.info["ways"] = (actor, _Ways(named, hour))
    ways: _Ways = kept[1]
    return ways


def is_wide(session: Session, actor: Actor) -> bool:
    """Return whether many children are in the actor's reach, as counted lately."""
    kept: dict[Actor, tuple[float, bool]] = session.info["widths"]
    until, wide = kept.get(actor, (0.0, False))
    if until < monotonic():
        some = _visible(actor, "read", _Ways((), ())).limit(WIDE + 1).subquery()
        wide = (session.connection().scalar(select(func.count()).select_from(some)) or 0) > WIDE
        kept[actor] = (monotonic() + COUNTED_FOR, wide)
    return wide


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
    of_one = bool(state.execution_options.get("of_one"))
    state.statement = _scoped(state.statement, _criteria(state.session, of_one=of_one))


def _scoped(statement: Any, criteria: tuple[Any, ...]) -> Any:
    """Return a statement with its criteria: one that is made once and for all is narrowed once for each."""
    kept = _SCOPED.get(statement)
    if not kept or kept[0] is not criteria:
        kept = _SCOPED[statement] = (criteria, statement.options(*criteria))
    return kept[1]


# With it goes what SQLAlchemy knows of the statement, so that it need not be read again to be recognised.
_SCOPED: WeakKeyDictionary[Any, tuple[tuple[Any, ...], Any]] = WeakKeyDictionary()


def _criteria(session: Session, *, of_one: bool = False) -> tuple[Any, ...]:
    """Return what narrows every read of a session; `of_one` that of a single row, whose id is given."""
    purpose, actor = session.info["purpose"], session.info["actor"]
    kept: dict[Any, tuple[Any, ...]] = session.info.setdefault("criteria", {})
    asked = (purpose, actor, of_one)
    if asked not in kept:
        kept[asked] = _LIVE if purpose in WHOLE_STORE else _narrowed(session, actor, of_one=of_one)
    return kept[asked]


def _narrowed(session: Session, actor: Actor, *, of_one: bool) -> tuple[Any, ...]:
    return _made_criteria(actor, _ways(session), of_one or is_wide(session, actor))


_LIVE = (with_loader_criteria(Record, lambda cls: cls.deleted_at.is_(None), include_aliases=True),)


@lru_cache(maxsize=32)  # made once, as making them costs more than a short query
def _made_criteria(actor: Actor, ways: _Ways, wide: bool) -> tuple[Any, ...]:
    reach = _row_by_row(actor, ways) if wide and scopes(actor, "read") else _by_list(actor, ways)
    of_child, shut, me = reach.of_child, _shut(ways), actor.worker_id
    to_shut = _relations_to(shut)
    # Functions, not expressions: those stay on the first table where an alias is joined (SQLAlchemy 2.1).
    return (
        *_LIVE,
        with_loader_criteria(OfChild, of_child, include_aliases=True),
        with_loader_criteria(History, of_child, include_aliases=True),
        with_loader_criteria(
            History,
            lambda cls: or_(cls.tbl != Relation.__tablename__, cls.row_id.not_in(to_shut)),
            include_aliases=True,
        ),
        with_loader_criteria(Look, of_child, include_aliases=True),
        with_loader_criteria(Child, reach.child, include_aliases=True),
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
        with_loader_criteria(Person, reach.person, include_aliases=True),
        with_loader_criteria(Jotting, reach.jotting, include_aliases=True),
    )


def _by_list(actor: Actor, ways: _Ways) -> _Reach:
    """Return the tests by the list of everybody in reach: SQLite begins with those few."""
    ids, me = _visible(actor, "read", ways), actor.worker_id
    related, involved = _people(Relation, ids), _people(Involvement, ids)
    return _Reach(
        lambda cls: cls.child_id.in_(ids),
        lambda cls: cls.id.in_(ids),
        lambda cls: or_(cls.created_by == me, cls.id.in_(related), cls.id.in_(involved)),
        # Named here, not by the test above: SQLAlchemy tells functions apart by what they hold, values alone.
        lambda cls: and_(cls.author == me, or_(cls.child_id.is_(None), cls.child_id.in_(ids))),
    )


_REACHED, _RELATED, _INVOLVED = (
    each.__table__.alias(name)
    for each, name in ((Child, "reached"), (Relation, "related"), (Involvement, "involved"))
)


_ONE: ColumnElement[int] = literal_column("1")


def _row_by_row(actor: Actor, ways: _Ways) -> _Reach:
    """Return the tests of each row by its own child: they cost the same however many are in reach."""
    me, child_id, in_reach = actor.worker_id, _REACHED.c.id, _reached(actor, "read", ways, _REACHED.c)
    reached = select(_ONE).select_from(_REACHED).where(in_reach).correlate_except(_REACHED)
    related, involved = (
        select(_ONE)
        .select_from(link.join(_REACHED, link.c.child_id == child_id))
        .where(in_reach)
        .correlate_except(link, _REACHED)
        for link in (_RELATED, _INVOLVED)
    )
    related_id, involved_id = _RELATED.c.person_id, _INVOLVED.c.person_id
    return _Reach(
        lambda cls: reached.where(child_id == cls.child_id).exists(),
        _by_its_columns(actor, ways),
        lambda cls: or_(
            cls.created_by == me,
            related.where(related_id == cls.id).exists(),
            involved.where(involved_id == cls.id).exists(),
        ),
        lambda cls: and_(
            cls.author == me,
            or_(cls.child_id.is_(None), reached.where(child_id == cls.child_id).exists()),
        ),
    )


def _by_its_columns(actor: Actor, ways: _Ways) -> Callable[[Any], ColumnElement[bool]]:
    """Return the test of a child's own row, which says everything itself."""
    me, teams = actor.worker_id, (actor.team_id,) if actor.team_id else ()
    waiting = true() if UNALLOCATED in scopes(actor, "read") else false()
    named, hour = ways
    # A case, since SQLite would gather everybody in reach by the indices that bare tests name.
    if not named and not hour:
        return lambda cls: (
            case(
                (cls.restricted.is_not(None), 0),
                (or_(cls.worker_id == me, cls.team_id.in_(teams)), 1),
                (and_(cls.worker_id.is_(None), waiting), 1),
                else_=0,
            )
            == 1
        )
    return lambda cls: (
        case(
            (cls.id.in_(named), 1),
            (and_(cls.id.in_(hour), cls.restricted.is_distinct_from("absent")), 1),
            (cls.restricted.is_not(None), 0),
            (or_(cls.worker_id == me, cls.team_id.in_(teams)), 1),
            (and_(cls.worker_id.is_(None), waiting), 1),
            else_=0,
        )
        == 1
    )


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
    new, dirty = [*session.new], [*session.dirty]  # each is gathered anew whenever it is asked for
    for row in new:
        if isinstance(row, Record):
            row.created_at = row.updated_at = now
            row.created_by = row.updated_by = actor.worker_id
            row.device_id = session.info["device_id"]
    for row in dirty:
        if isinstance(row, Record) and changes(row):
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


def subject_of(session: Session, child_id: UUID) -> Subject:
    """Return whose child it is, as stored before this flush, and which way leads into the record."""
    return _subject(session, session.connection().execute(_WHOSE, {"wanted": child_id}).one())


_WHOSE = select(_CHILD.id, _CHILD.team_id, _CHILD.worker_id, _CHILD.restricted).where(
    _CHILD.id == bindparam("wanted")
)


def child_subject(session: Session, child: Child) -> Subject:
    """Return whose child it is, as it stands here, and which way leads into the record: without a query."""
    return _subject(session, child)


def _subject(session: Session, child: Any) -> Subject:
    return Subject(child.team_id, child.worker_id, way=_way(session.info["actor"], child, _ways(session)))


def _way(actor: Actor, row: Any, ways: _Ways) -> str:
    if row.id in ways.named:
        return NAMED
    if row.restricted == "absent":
        return ABSENT
    ordinary = Subject(row.team_id, row.worker_id)
    if row.restricted is None and may(actor, "read", ordinary).allowed:
        return ORDINARY
    if row.id in ways.hour:
        return EMERGENCY
    return ORDINARY if row.restricted is None else ASK


def _record(session: Session, _context: UOWTransaction) -> None:
    record_changes(session)
    if any(isinstance(row, AccessGrant) for row in [*session.new, *session.dirty]):
        session.info.pop("ways", None)  # other records are open from here on
        session.info.pop("criteria", None)


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
        _refuse_restricted(session, child_id)
        spool_look(session, child_id or NO_CHILD, values)
    else:
        append(session, Look, [Link(child_id or NO_CHILD, values)])


def _refuse_restricted(session: Session, child_id: UUID | None) -> None:
    """Keep a restricted record shut while the log itself cannot say who looks."""
    child = Child.__table__.c
    if session.connection().scalar(select(child.restricted).where(child.id == child_id)):
        raise NotLogged(
            "Who looks cannot be written into the log now, and a restricted record stays shut without that. "
            "Nothing was changed. Try again once the store can be written."
        )


_LATELY = select(Look.__table__.c.row_id, Look.__table__.c.detail).where(
    Look.__table__.c.by == bindparam("me"),
    Look.__table__.c.at > bindparam("since"),
    Look.__table__.c.child_id == bindparam("child"),
    Look.__table__.c.act == bindparam("what"),
)


def _said_lately(session: Session, child_id: UUID, values: dict[str, Any]) -> bool:
    if values["act"] not in ("open", "list", "search"):
        return False
    asked = {"me": session.info["actor"].worker_id, "since": utc_now() - QUIET}
    found = session.connection().execute(_LATELY, asked | {"child": child_id, "what": values["act"]})
    return any(row.row_id == values["row_id"] and row.detail == values["detail"] for row in found)
