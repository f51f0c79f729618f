"""The two chains: `history` for every change, `look` for who saw or took what. One chain a child in each.

A link's `mac` covers the link before it, so that an entry edited, left out or put in by hand shows.
`content` covers the whole row after the change, so that an old page put back shows as well.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, insert, inspect, or_, select, update
from sqlalchemy.orm import InstanceState, Session

from db.models import NO_HISTORY, Base, ChainHead, Child, History, Look, OfChild
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
    text = json_text(canonical_value(value))
    return text.encode("utf-8", "surrogatepass")  # what was typed into a draft is kept as it came


def record_changes(session: Session) -> None:
    """Write a history entry for every row that this flush creates or changes."""
    links = [
        _change_link(session, act, row, change)
        for act, rows in (("create", session.new), ("update", session.dirty))
        for row in rows
        if row.__tablename__ not in NO_HISTORY and (change := _change(inspect(row), act))
    ]
    append(session, History, links)


def append(session: Session, table: type[History | Look], links: Sequence[Link]) -> None:
    """Add links to their chains in the session's own transaction."""
    if not links:
        return
    chain, key = table.__tablename__, session.info["history_key"]
    connection = session.connection()
    heads = _heads(connection, chain, {link.child_id for link in links})
    was = dict(heads)
    rows = []
    for link in links:
        n, mac = heads.get(link.child_id, (0, b""))
        row = {"id": new_id(), "child_id": link.child_id, "n": n + 1, **_stamp(session), **link.values}
        row["mac"] = link_mac(key, mac, row)
        heads[link.child_id] = (n + 1, row["mac"])
        rows.append(row)
    connection.execute(insert(table), rows)
    _move_heads(connection, chain, was, {link.child_id: heads[link.child_id] for link in links})


def link_mac(key: bytes, before: bytes, row: dict[str, Any]) -> bytes:
    """Return the seal of a link: HMAC over the seal before it and each field with its length."""
    return sealed_link(
        key, before, [canonical([name, row[name]]) for name in sorted(row) if name not in BARE]
    )


def sealed_link(key: bytes, before: bytes, fields: Iterable[bytes]) -> bytes:
    """Return the seal of a link whose fields are canonical already, in the order of their names."""
    lengths = (part for field in fields for part in (len(field).to_bytes(8, "big"), field))
    return hmac.digest(key, before + b"".join(lengths), "sha256")


def content_mac(key: bytes, row: Base) -> bytes:
    """Return the seal of a whole row as it stands."""
    state: InstanceState[Any] = inspect(row)
    names = [each.key for each in state.mapper.column_attrs]
    return values_mac(key, row.__table__, {name: getattr(row, name) for name in names})


def values_mac(key: bytes, table: FromClause, values: Mapping[str, Any]) -> bytes:
    """Return the seal of a row's values. A column of a later schema counts only once it holds something."""
    sealed = {
        name: value
        for name, value in values.items()
        if value is not None or "later" not in table.c[name].info
    }
    return sealed_text(key, canonical(sealed))


def sealed_text(key: bytes, text: bytes) -> bytes:
    """Return the seal of a row whose values are canonical already."""
    return hmac.digest(key, text, "sha256")


def mark_sealed(connection: Connection) -> None:
    """Note at every chain that a seal reaches its end."""
    connection.execute(update(ChainHead).values(sealed_n=ChainHead.n).where(unsealed()))


def unsealed() -> ColumnElement[bool]:
    """Return the criterion of a chain that grew since it was sealed last."""
    head = ChainHead.__table__.c
    return or_(head.sealed_n.is_(None), head.sealed_n < head.n)


def _change(state: InstanceState[Any], act: str) -> dict[str, Any]:
    names = [each.key for each in state.mapper.column_attrs]
    if act == "create":
        values = {name: getattr(state.obj(), name) for name in names}
        return {name: canonical_value(value) for name, value in values.items() if value is not None}
    changed = {}
    for name in names:
        seen = state.attrs[name].history
        if seen.has_changes():
            changed[name] = [
                canonical_value(each[0]) if each else None for each in (seen.deleted, seen.added)
            ]
    return changed


def _change_link(session: Session, act: str, row: Any, change: dict[str, Any]) -> Link:
    values = {
        "tbl": row.__tablename__,
        "row_id": row.id,
        "version": row.version,
        "act": "delete" if change.get("deleted_at", [None, None])[1] and act == "update" else act,
        "change": change,
        "content": content_mac(session.info["history_key"], row),
    }
    return Link(_child_of(row), values)


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


def _heads(connection: Connection, chain: str, ids: set[UUID]) -> dict[UUID, tuple[int, bytes]]:
    found: dict[UUID, tuple[int, bytes]] = {}
    for some in _hundreds(sorted(ids)):
        asked = select(ChainHead.child_id, ChainHead.n, ChainHead.mac)
        rows = connection.execute(asked.where(ChainHead.chain == chain, ChainHead.child_id.in_(some)))
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
        connection.execute(insert(ChainHead), new)
    for child_id, (n, mac) in heads.items():
        if child_id in was:
            head = update(ChainHead).where(ChainHead.child_id == child_id, ChainHead.chain == chain)
            connection.execute(head.values(n=n, mac=mac))
