"""Many new records at once, as an import brings them: stamped, stored and sealed in one pass a table.

A flush spends most of its time on keeping watch over objects that nobody changes again. Here a row is plain
until it is stored, and what is worked out is worked out a column at a time. The store ends as a flush would
leave it: rights, stamps, a first version, and an entry in the chain of its child for each record, all in the
session's own transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, FromClause, bindparam, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from db.guard import Forbidden
from db.history import BARE, NO_CHILD, sealed_link, sealed_text
from db.models import NO_HISTORY, Base, ChainHead, Child, History, OfChild, Record
from db.moments import new_ids, utc_now
from db.roles import authorise
from db.stored import Column, columns, pair_json
from db.types import Id

PURPOSE = "import"
_AHEAD = 1000  # ids, made at a time
_CHAINS = 500  # asked after in one query

Stored = list[Any]  # values of a column as SQLite keeps them, one a row


class _Entry(NamedTuple):
    """What history says of a new record."""

    child_id: bytes
    tbl: str
    row_id: bytes
    change: str
    content: bytes


class NewRows:
    """Rows on their way into the store. Each reads like one that is there, and may change until `write`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._ids: list[UUID] = []

    def add(self, table: type[Any], values: dict[str, Any]) -> Any:
        """Return a new row with an id of its own: its other attributes are as the table has them at first."""
        row = SimpleNamespace(**_unsaid(table.__table__))
        vars(row).update(values)
        if "id" in table.__table__.c:
            row.id = self._next_id()
        self._rows[table].append(vars(row))
        return row

    def _next_id(self) -> UUID:
        if not self._ids:
            self._ids = new_ids(_AHEAD)[::-1]  # they run with time: the earliest is taken first
        return self._ids.pop()

    def write(self) -> None:
        """Store all that was added. Raises NotAllowed, and Forbidden for any other purpose than an import."""
        if self._session.info["purpose"] != PURPOSE:
            raise Forbidden("Only an import stores rows in one go: others pass by rights and history.")
        authorise(self._session.info["actor"], PURPOSE)
        entries = [each for table, rows in self._rows.items() for each in self._store(table, rows)]
        if entries:
            _extend_chains(self._session, entries)
        self._rows.clear()

    def _store(self, table: type[Base], rows: list[dict[str, Any]]) -> list[_Entry]:
        """Store the rows of a table; return what history says of them."""
        connection = self._session.connection()
        stamp = _stamp(self._session) if issubclass(table, Record) else {}
        for row in rows:
            row.update(stamp)
        stored = {
            each.name: _as_stored(each, [row[each.name] for row in rows], connection.dialect)
            for each in table.__table__.c
        }
        _insert(connection, table.__table__, stored)
        return [] if table.__tablename__ in NO_HISTORY else _entries(self._session, table, stored)


@cache
def _unsaid(table: FromClause) -> dict[str, Any]:
    """Return what the columns of a new row hold where nothing is said."""
    said = {each.name: each.default.arg for each in table.c if each.default and each.default.is_scalar}
    return dict.fromkeys(table.c.keys()) | said | ({"version": 1} if "version" in table.c else {})


def _stamp(session: Session) -> dict[str, Any]:
    """Return who wrote a record when and where: the guard's own words for what a flush writes."""
    now, by = utc_now(), session.info["actor"].worker_id
    made = {"created_at": now, "created_by": by, "updated_at": now, "updated_by": by}
    return made | {"device_id": session.info["device_id"]}


def _as_stored(column: Any, values: list[Any], dialect: Dialect) -> Stored:
    """Return the values as SQLite keeps them; each that stands there often is worked out once."""
    if isinstance(column.type, Id):
        return [each and each.bytes for each in values]
    process = _processor(column.type, dialect)
    if process is None:
        return values
    known = {each: process(each) for each in set(values)}
    return [known[each] for each in values]


def _processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    made: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return made


def _insert(connection: Connection, table: FromClause, stored: dict[str, Stored]) -> None:
    """Store rows. What stays empty in all of them is not named."""
    told = {name: values for name, values in stored.items() if values.count(None) < len(values)}
    names, marks = ", ".join(f'"{name}"' for name in told), ", ".join("?" * len(told))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # type: ignore[attr-defined]  # noqa: S608  # our own names
    connection.exec_driver_sql(statement, list(zip(*map(_bindable, told.values()), strict=True)))


def _bindable(values: Stored) -> Stored:
    """Return ids and seals as the driver takes them at once: for plain bytes it seeks another form first."""
    if not isinstance(next(each for each in values if each is not None), bytes):
        return values
    return [each and bytearray(each) for each in values]


def _entries(session: Session, table: type[Base], stored: dict[str, Stored]) -> list[_Entry]:
    """Return what history says of the rows: what they hold, and the seal of each as a whole."""
    key, ordered = session.info["history_key"], columns(table.__table__)
    whole = [
        _pairs(each, stored[each.name], "" if each.is_later else f'"{each.name}":null') for each in ordered
    ]
    said = [_pairs(each, stored[each.name], "") for each in ordered]
    seals = [
        sealed_text(key, _document(each).encode("utf-8", "surrogatepass"))
        for each in zip(*whole, strict=True)
    ]
    changes = map(_document, zip(*said, strict=True))
    named = [table.__tablename__] * len(seals)
    return list(map(_Entry, _child_ids(table, stored), named, stored["id"], changes, seals))


def _pairs(column: Column, values: Stored, blank: str) -> list[str]:
    """Return each value with its name, as canonical JSON has them."""
    known = {each: f'"{column.name}":{column.write(each)}' for each in set(values) if each is not None}
    return [blank if each is None else known[each] for each in values]


def _document(pairs: Iterable[str]) -> str:
    return f"{{{','.join(filter(None, pairs))}}}"


def _child_ids(table: type[Base], stored: dict[str, Stored]) -> Stored:
    if table is Child:
        return stored["id"]
    return stored["child_id"] if issubclass(table, OfChild) else [NO_CHILD.bytes] * len(stored["id"])


def _extend_chains(session: Session, entries: list[_Entry]) -> None:
    """Put the entries to the ends of their chains."""
    key, connection, table = session.info["history_key"], session.connection(), History.__table__
    ends = _ends(connection, {each.child_id for each in entries})
    stored = {name: [value] * len(entries) for name, value in _same(session).items()}
    stored |= dict(zip(_Entry._fields, map(list, zip(*entries, strict=True)), strict=True))
    stored["id"] = [each.bytes for each in new_ids(len(entries))]
    stored["n"] = list(_numbers(stored["child_id"], ends))
    stored["mac"] = []
    sealed = [
        _written(each, stored[each.name]) for each in columns(table) if each.name in stored.keys() - BARE
    ]
    for child_id, n, *fields in zip(stored["child_id"], stored["n"], *sealed, strict=True):
        mac = sealed_link(key, ends[child_id][1] if child_id in ends else b"", fields)
        ends[child_id] = (n, mac)
        stored["mac"].append(mac)
    _insert(connection, table, stored)
    connection.exec_driver_sql(_MOVE, [(child_id, _CHAIN, *end) for child_id, end in ends.items()])


def _numbers(child_ids: Stored, ends: Mapping[bytes, tuple[int, bytes]]) -> Iterator[int]:
    """Yield the place of each entry in its chain."""
    reached = {child_id: n for child_id, (n, _) in ends.items()}
    for each in child_ids:
        reached[each] = reached.get(each, 0) + 1
        yield reached[each]


def _written(column: Column, values: Stored) -> list[bytes]:
    """Return each value with its name as a seal takes it."""
    alone = column._replace(place=0)
    known = {each: pair_json(alone, (each,)) for each in set(values)}
    return [known[each] for each in values]


def _same(session: Session) -> dict[str, Any]:
    """Return what all entries of this moment have in common, as SQLite keeps it."""
    said = {
        "act": "create", "version": 1, "at": utc_now(), "by": session.info["actor"].worker_id,
        "device_id": session.info["device_id"], "reason": session.info["reason"],
    }  # fmt: skip
    dialect = session.connection().dialect
    return {name: _as_stored(History.__table__.c[name], [value], dialect)[0] for name, value in said.items()}


_CHAIN = History.__tablename__
_HEAD = ChainHead.__table__.c
_ENDS = select(_HEAD.child_id, _HEAD.n, _HEAD.mac).where(
    _HEAD.chain == _CHAIN, _HEAD.child_id.in_(bindparam("ids", expanding=True))
)
_MOVE = (
    "INSERT INTO chain_head (child_id, chain, n, mac) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (child_id, chain) DO UPDATE SET n = excluded.n, mac = excluded.mac"
)


def _ends(connection: Connection, ids: set[bytes]) -> dict[bytes, tuple[int, bytes]]:
    ordered = [UUID(bytes=each) for each in sorted(ids)]
    some = (ordered[start : start + _CHAINS] for start in range(0, len(ordered), _CHAINS))
    found = (row for ids in some for row in connection.execute(_ENDS, {"ids": ids}))
    return {row.child_id.bytes: (row.n, row.mac) for row in found}
