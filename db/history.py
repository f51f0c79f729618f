"""The two chains: `history` for every change, `look` for who saw or took what. One chain a child in each.

A link's `mac` covers the link before it, so that an entry edited, left out or put in by hand shows.
`content` covers the whole row after the change, so that an old page put back shows as well.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, insert, inspect, or_, select, update
from sqlalchemy.orm import InstanceState, Mapper, Session

from db.models import NO_HISTORY, ChainHead, Child, History, Look, OfChild
from db.moments import new_id, utc_now
from db.types import canonical_value

NO_CHILD = UUID(int=0)  # the chain of entries that concern no child
BARE = ("mac", "received_at", "change")  # what a link's seal does not cover: redaction may blank a change
json_text = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


class Link(NamedTuple):
    """What is to be added to a chain."""

    child_id: UUID
    values: dict[str, Any]


def canonical(value: Any) -> bytes:
    """Return the one JSON text of a value: sorted keys, no blanks, NFC, ISO dates, bytes as hex."""
    return _encoded(canonical_value(value))


def _encoded(value: Any) -> bytes:
    return json_text(value).encode("utf-8", "surrogatepass")  # what was typed into a draft stays as it came


def record_changes(session: Session) -> None:
    """Write a history entry for every row that this flush creates or changes."""
    key = session.info["history_key"]
    links = [
        link
        for act, rows in (("create", session.new), ("update", session.dirty))
        for row in rows
        if row.__tablename__ not in NO_HISTORY and (link := _change_link(key, act, row))
    ]
    append(session, History, links)


def append(session: Session, table: type[History | Look], links: Sequence[Link]) -> None:
    """Add links to their chains in the session's own transaction."""
    if not links:
        return
    chain, key = table.__tablename__, session.info["history_key"]
    connection = session.connection()
    heads = _heads(connection, chain, {link.child_id for link in links})
    was, stamp = dict(heads), _stamp(session)
    same = {name: canonical([name, value]) for name, value in stamp.items()}
    rows = []
    for link in links:
        n, mac = heads.get(link.child_id, (0, b""))
        row = {"id": new_id(), "child_id": link.child_id, "n": n + 1, **stamp, **link.values}
        as_stamped = same.keys() - link.values  # a look of the spool keeps its own moment and person
        fields = [same[name] if name in as_stamped else _field(name, row[name]) for name in _sealed(row)]
        row["mac"] = sealed_link(key, mac, fields)
        heads[link.child_id] = (n + 1, row["mac"])
        rows.append(row)
    connection.execute(_LINKED[table], rows)
    _move_heads(connection, chain, was, {link.child_id: heads[link.child_id] for link in links})


def link_mac(key: bytes, before: bytes, row: dict[str, Any]) -> bytes:
    """Return the seal of a link: HMAC over the seal before it and each field with its length."""
    return sealed_link(key, before, [_field(name, row[name]) for name in _sealed(row)])


def _sealed(row: dict[str, Any]) -> list[str]:
    return sorted(name for name in row if name not in BARE)


def _field(name: str, value: Any) -> bytes:
    if isinstance(value, UUID | bytes):  # most of a link: hex needs no writer of JSON
        return f'["{name}","{value.hex if isinstance(value, UUID) else value.hex()}"]'.encode()
    return _word(name, value) if name in ("act", "tbl") else canonical([name, value])


@lru_cache
def _word(name: str, value: str) -> bytes:
    return canonical([name, value])


def sealed_link(key: bytes, before: bytes, fields: Iterable[bytes]) -> bytes:
    """Return the seal of a link whose fields are canonical already, in the order of their names."""
    lengths = (part for field in fields for part in (len(field).to_bytes(8, "big"), field))
    return hmac.digest(key, before + b"".join(lengths), "sha256")


def values_mac(key: bytes, table: FromClause, values: Mapping[str, Any]) -> bytes:
    """Return the seal of a row's values. A column of a later schema counts only once it holds something."""
    return sealed_text(key, canonical(_counting(table, values)))


def _counting(table: FromClause, values: Mapping[str, Any]) -> dict[str, Any]:
    later = _later(table)
    return {name: value for name, value in values.items() if value is not None or name not in later}


@cache
def _later(table: FromClause) -> frozenset[str]:
    return frozenset(each.key for each in table.c if "later" in each.info)


def sealed_text(key: bytes, text: bytes) -> bytes:
    """Return the seal of a row whose values are canonical already."""
    return hmac.digest(key, text, "sha256")


def changes(row: Any) -> dict[str, Any]:
    """Return what was set in a row of the store to something else, by name, with what was there before."""
    state: InstanceState[Any] = inspect(row)
    seen = {name: state.attrs[name].history for name in state.committed_state}  # most is never set
    return {
        name: each.deleted[0] if each.deleted else None for name, each in seen.items() if each.has_changes()
    }


def mark_sealed(connection: Connection) -> None:
    """Note at every chain that a seal reaches its end."""
    connection.execute(update(ChainHead).values(sealed_n=ChainHead.n).where(unsealed()))


def unsealed() -> ColumnElement[bool]:
    """Return the criterion of a chain that grew since it was sealed last."""
    head = ChainHead.__table__.c
    return or_(head.sealed_n.is_(None), head.sealed_n < head.n)


def _change_link(key: bytes, act: str, row: Any) -> Link | None:
    """Return the entry of a row that is new or changed: none if nothing of it did."""
    state: InstanceState[Any] = inspect(row)
    columns = _columns(state.mapper)
    before = changes(row) if act == "update" else {}
    changed = [name for name in columns if name in before]
    if act == "update" and not changed:
        return None
    told = {name: canonical_value(getattr(row, name)) for name in columns}
    if changed:
        change = {name: [canonical_value(before[name]), told[name]] for name in changed}
    else:
        change = {name: value for name, value in told.items() if value is not None}
    values = {
        "tbl": row.__tablename__,
        "row_id": row.id,
        "version": row.version,
        "act": "delete" if act == "update" and change.get("deleted_at", [None, None])[1] else act,
        "change": change,
        "content": sealed_text(key, _encoded(_counting(row.__table__, told))),
    }
    return Link(_child_of(row), values)


@cache
def _columns(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(each.key for each in mapper.column_attrs)


def _child_of(row: Any) -> UUID:
    if isinstance(row, Child):
        return row.id
    return row.child_id if isinstance(row, OfChild) else NO_CHILD


def _stamp(session: Session) -> dict[str, Any]:
    return {
        "at": utc_now(),
        "by": session.info["actor"].worker_id,
        "device_id": session.info["device_id"],
        "reason": session.info["reason"],
    }


# Made once: putting a statement together costs more than running it.
_HEAD = ChainHead.__table__.c
_HEADS = select(_HEAD.child_id, _HEAD.n, _HEAD.mac).where(
    _HEAD.chain == bindparam("of_chain"), _HEAD.child_id.in_(bindparam("ids", expanding=True))
)
_HEAD_OF = select(_HEAD.child_id, _HEAD.n, _HEAD.mac).where(
    _HEAD.chain == bindparam("of_chain"), _HEAD.child_id == bindparam("of_child")
)
_LINKED = {table: insert(table) for table in (History, Look)}
_NEW_HEADS = insert(ChainHead)
_MOVED = (
    update(ChainHead)
    .where(ChainHead.child_id == bindparam("of_child"), ChainHead.chain == bindparam("of_chain"))
    .values(n=bindparam("to_n"), mac=bindparam("to_mac"))
)


def _heads(connection: Connection, chain: str, ids: set[UUID]) -> dict[UUID, tuple[int, bytes]]:
    if len(ids) == 1:
        only = connection.execute(_HEAD_OF, {"of_chain": chain, "of_child": next(iter(ids))})
        return {row.child_id: (row.n, row.mac) for row in only}
    found: dict[UUID, tuple[int, bytes]] = {}
    for some in _hundreds(sorted(ids)):
        rows = connection.execute(_HEADS, {"of_chain": chain, "ids": some})
        found |= {row.child_id: (row.n, row.mac) for row in rows}
    return found


def _hundreds(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def _move_heads(
    connection: Connection,
    chain: str,
    was: dict[UUID, tuple[int, bytes]],
    heads: dict[UUID, tuple[int, bytes]],
) -> None:
    new = [
        {"child_id": child_id, "chain": chain, "n": n, "mac": mac}
        for child_id, (n, mac) in heads.items()
        if child_id not in was
    ]
    if new:
        connection.execute(_NEW_HEADS, new)
    moved = [
        {"of_child": child_id, "of_chain": chain, "to_n": n, "to_mac": mac}
        for child_id, (n, mac) in heads.items()
        if child_id in was
    ]
    if moved:
        connection.execute(_MOVED, moved)
