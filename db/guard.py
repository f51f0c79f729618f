"""The guard on every session, so that no use case can forget it.

It narrows what is read (`db/narrowing.py`), refuses what may not be written (`db/write_rights.py`), and
records what changes (`db/history.py`).
"""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import FromStatement, ORMExecuteState, Session, UOWTransaction

from db.history import changes, record_changes
from db.models import AccessGrant, Record
from db.moments import utc_now
from db.narrowing import narrowed
from db.reach import WHOLE_STORE
from db.roles import Actor
from db.write_rights import authorise_rows


class Forbidden(Exception):
    """A statement that would pass by the guard: a fault of ours, never a user's."""


def watch(session_class: type[Session]) -> None:
    """Hang the guard on a session class."""
    event.listen(session_class, "do_orm_execute", _narrow_reads)
    event.listen(session_class, "before_flush", _check_writes)
    event.listen(session_class, "after_flush", _record)


def _narrow_reads(state: ORMExecuteState) -> None:
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
    state.statement = narrowed(state.session, state.statement, of_one=of_one)


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
        authorise_rows(session, actor)


def _record(session: Session, _context: UOWTransaction) -> None:
    record_changes(session)
    if any(isinstance(row, AccessGrant) for row in [*session.new, *session.dirty]):
        session.info.pop("ways", None)  # other records are open from here on
        session.info.pop("criteria", None)
