"""Who reaches which children, and by which way: the ordinary ones, named, or for an hour.

Asked of the tables, past the guard: it is what narrows every read (`db/narrowing.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, or_, select, true
from sqlalchemy.orm import Session

from db.models import AccessGrant, Child, Worker
from db.moments import utc_now
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

# The tables, not the classes: the guard would narrow those again.
_GRANT, _CHILD = AccessGrant.__table__.c, Child.__table__.c


class Ways(NamedTuple):
    """The ids of the records that somebody is let into beside the ordinary ones."""

    named: tuple[UUID, ...]
    hour: tuple[UUID, ...]


def visible_children(actor: Actor, ways: Ways) -> Select[tuple[UUID]]:
    """Return the query of the ids of the children whom the actor may see."""
    return select(_CHILD.id).where(within_reach(actor, "read", ways, _CHILD))


def shut_children(actor: Actor, ways: Ways) -> Select[tuple[UUID]]:
    """Return the query of the ids of the restricted children whom the actor is not let into.

    What counts or numbers past the guard leaves them out. Few, and found by an index of their own.
    """
    let_in = _let_in(ways, _CHILD)
    return select(_CHILD.id).where(_CHILD.restricted.is_not(None), *(~each for each in let_in))


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


def within_reach(actor: Actor, action: str, ways: Ways, child: Any) -> ColumnElement[bool]:
    """Return the test that a child's row passes if it is within reach."""
    ordinary = ordinary_reach(actor, action, child)
    # One alternative each, so that SQLite finds each by its index.
    tests = [and_(each, child.restricted.is_(None)) for each in ordinary]
    tests += _let_in(ways, child) if ordinary else []
    return and_(or_(*tests) if tests else ~true(), child.deleted_at.is_(None))


def _let_in(ways: Ways, child: Any) -> list[ColumnElement[bool]]:
    """Return the tests of the ways into a record beside the ordinary ones: named, or for an hour."""
    tests: list[ColumnElement[bool]] = []
    if ways.named:
        tests.append(child.id.in_(ways.named))
    if ways.hour:
        # An absent record opens to nobody in an emergency, though it became absent within the hour.
        tests.append(and_(child.id.in_(ways.hour), child.restricted.is_distinct_from("absent")))
    return tests


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


def ways_of(session: Session) -> Ways:
    """Return the ids that whoever is at work is let into: few have any, and reads stay short."""
    actor: Actor = session.info["actor"]
    kept = session.info.get("ways")
    if not kept or kept[0] != actor:
        now, connection = utc_now(), session.connection()
        found = connection.execute(_LET_IN, {"me": actor.worker_id, "now": now}).all()
        alone = connection.scalars(_left_alone(actor), {"now": now}) if scopes(actor, "restrict") else ()
        named = (*(row.child_id for row in found if row.kind == "named"), *sorted(alone))
        hour = tuple(row.child_id for row in found if row.kind == "emergency")
        kept = session.info["ways"] = (actor, Ways(named, hour))
    ways: Ways = kept[1]
    return ways


def authorise_taking_out(session: Session, action: str, subject: Subject | None = None) -> None:
    """Raise NotAllowed unless one may print or export; what is read from here on may go into the file.

    What a screen read before is read anew after this.
    """
    authorise(session.info["actor"], action, subject)
    leave_out_emergencies(session)


def leave_out_emergencies(session: Session) -> None:
    """Put what is open in an emergency alone out of a session’s reach: it is read, and leaves in no file."""
    ways = ways_of(session)._replace(hour=())
    session.info["ways"] = (session.info["actor"], ways)
    session.info.pop("criteria", None)


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
    return Subject(child.team_id, child.worker_id, way=_way(session.info["actor"], child, ways_of(session)))


def _way(actor: Actor, row: Any, ways: Ways) -> str:
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
