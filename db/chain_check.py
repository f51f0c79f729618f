"""Along the chains: each link worked out again, what users sealed still there, each change followed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Table

from db.faults import Fault
from db.history import BARE, json_text, sealed_link, sealed_text
from db.models import Base, History, Look
from db.seals import Named
from db.stored import columns, pair_json

_BETWEEN_LOOKS = 500  # entries, between two questions whether to go on
_ODD = (ValueError, TypeError, LookupError, AttributeError)  # what a value that no column can hold ends in


class Stopped(Exception):
    """Whoever asked for a check wants it no more."""


_is_over: ContextVar[Callable[[], bool]] = ContextVar("is_over", default=lambda: False)


@contextmanager
def until(is_over: Callable[[], bool]) -> Iterator[None]:
    """Let checks in here raise Stopped soon after `is_over()` is true: locking waits for no check."""
    token = _is_over.set(is_over)
    try:
        yield
    finally:
        _is_over.reset(token)


def go_on(number: int) -> None:
    """Ask every so many entries whether to go on. Raises Stopped."""
    if not number % _BETWEEN_LOOKS and _is_over.get()():
        raise Stopped


class Replay:
    """Follows each row's changes from its creation: what an entry says was changed must give its content.

    The change itself stands outside a link's seal, so that redaction can blank it; a blank one is right only
    where an entry of redaction comes after it.
    """

    def __init__(self, key: bytes) -> None:
        self.faults = list[Fault]()
        self.newest: dict[bytes, tuple[int, bytes]] = {}
        self._key = key
        self._rows: dict[bytes, dict[str, Any] | None] = {}  # of one child; None: not known from here on
        self._blank: dict[bytes, Fault] = {}

    def begin(self) -> None:
        """Begin another child's chain: a row stands in one chain only."""
        self._rows.clear()

    def follow(self, row: Any, place: dict[str, int]) -> None:
        """Take one entry of history."""
        row_id, version, content = row[place["row_id"]], row[place["version"]], row[place["content"]]
        if row_id not in self.newest or self.newest[row_id][0] < version:
            self.newest[row_id] = (version, content)
        where = f"{_hex(row[place['child_id']])} entry {row[place['n']]}"
        act, table = row[place["act"]], Base.metadata.tables.get(row[place["tbl"]])
        if act == "redact":
            self._blank.pop(row_id, None)
        try:
            change = json.loads(row[place["change"]])
            if not change:
                self._blank[row_id] = Fault("history-blanked", _BLANKED, where)
                self._rows[row_id] = None
            elif table is not None:
                self._rows[row_id] = self._changed(row_id, act, table, change, version)
        except _ODD:
            self._rows[row_id] = None
            self.faults.append(Fault("history-change", _CHANGE, where))
            return
        values = self._rows.get(row_id)
        if values is not None and table is not None and self._content(table, values) != content:
            self.faults.append(Fault("history-change", _CHANGE, where))
            self._rows[row_id] = None  # one fault is enough: all after it would differ too

    def _changed(
        self, row_id: bytes, act: str, table: Table, change: dict[str, Any], version: int
    ) -> dict[str, Any] | None:
        """Return the row after a change, or None where it was not known before. Raises ValueError."""
        if act in ("create", "redact"):
            return {column.name: None for column in table.c} | change
        values = self._rows.get(row_id)
        if values is None:
            return None
        for name, (old, new) in change.items():
            if old not in (None, values[name]):  # None as well where the old value was not at hand
                raise ValueError(name)
            values[name] = new
        values["version"] = version  # stands beside the change, under the seal
        return values

    def _content(self, table: Table, values: dict[str, Any]) -> bytes:
        sealed = {
            name: value
            for name, value in values.items()
            if value is not None or "later" not in table.c[name].info
        }
        return sealed_text(self._key, json_text(sealed).encode("utf-8", "surrogatepass"))

    def end(self) -> list[Fault]:
        """Return all that does not hold."""
        return [*self.faults, *self._blank.values()]


_CHANGE = "What an entry says was changed does not give the row that it sealed."
_BLANKED = "What an entry says was changed was blanked, and no redaction says why."


class _Walk:
    """Goes along one kind of chain, child by child, and keeps what does not hold."""

    def __init__(self, model: type[History | Look], key: bytes) -> None:
        self.name, self.faults, self.entries = model.__tablename__, list[Fault](), 0
        names = list(model.__table__.c.keys())
        self.place = {name: at for at, name in enumerate(names)}
        self.listed = ", ".join(f'e."{name}"' for name in names)
        self._sealed = [each for each in columns(model.__table__) if each.name not in BARE]
        self._key = key
        self._ends: dict[bytes, tuple[int, bytes]] = {}
        self._last: tuple[bytes, int, bytes] = (b"", 0, b"")

    def follow(self, row: Any) -> None:
        """Look at the entry that comes next."""
        self.entries += 1
        go_on(self.entries)
        child_id, n, mac = row[self.place["child_id"]], row[self.place["n"]], row[self.place["mac"]]
        last = self._last if self._last[0] == child_id else (child_id, 0, b"")
        if n != last[1] + 1:
            self.add("gap", "Entries are missing from the chain.", row)
        elif self._mac(last[2], row) != mac:
            self.add("altered", "An entry was altered outside the program.", row)
        self.stand_at(row)

    def stand_at(self, row: Any) -> None:
        """Take an entry as it is, for the next one to follow."""
        child_id, n, mac = row[self.place["child_id"]], row[self.place["n"]], row[self.place["mac"]]
        self._last, self._ends[child_id] = (child_id, n, mac), (n, mac)

    def _mac(self, before: bytes, row: Any) -> bytes:
        try:
            return sealed_link(self._key, before, [pair_json(each, row) for each in self._sealed])
        except _ODD:
            return b""

    def add(self, kind: str, said: str, row: Any) -> None:
        """Keep a fault, named by the place of an entry."""
        where = f"{_hex(row[self.place['child_id']])} entry {row[self.place['n']]}"
        self.faults.append(Fault(f"{self.name}-{kind}", said, where))

    def meet(self, heads: dict[bytes, tuple[int, bytes]]) -> list[Fault]:
        """Return all that does not hold, chains that do not end where their heads say among it."""
        cut = "The end of the chain was cut off or put back."
        differ = [
            each for each in heads.keys() | self._ends.keys() if heads.get(each) != self._ends.get(each)
        ]
        return [*self.faults, *(Fault(f"{self.name}-cut", cut, _hex(each)) for each in differ)]


def chain(
    connection: Connection, model: type[History | Look], key: bytes, named: Named, replay: Replay
) -> tuple[int, list[Fault]]:
    """Look at every entry of a kind of chain; return how many there are, and where it does not hold.

    What is found as it was sealed is taken out of `named`; what history says of its rows goes to the replay.
    """
    walk = _Walk(model, key)
    child_at, n_at, mac_at = (walk.place[name] for name in ("child_id", "n", "mac"))
    asked = f'SELECT {walk.listed} FROM "{walk.name}" AS e ORDER BY e.child_id, e.n'  # noqa: S608  # our own names
    child_id = b""
    for row in connection.exec_driver_sql(asked):
        walk.follow(row)
        sealed = named.pop((walk.name, _hex(row[child_at]), row[n_at]), None)
        if sealed and sealed[0] != row[mac_at]:
            walk.add("rewritten", f"An entry is not the one that seal {sealed[1]} covers.", row)
        if row[child_at] != child_id:
            child_id = row[child_at]
            replay.begin()
        if model is History:
            replay.follow(row, walk.place)
    return walk.entries, walk.meet(_heads(connection, walk.name, ""))


def since_seal(connection: Connection, model: type[History | Look], key: bytes) -> list[Fault]:
    """Look at the entries after the last seal, chain by chain, and where they end."""
    walk = _Walk(model, key)
    grown = "(h.sealed_n IS NULL OR h.sealed_n < h.n)"
    asked = (
        f'SELECT {walk.listed}, coalesce(h.sealed_n, 0) FROM "{walk.name}" AS e '  # noqa: S608  # our own names
        f"JOIN chain_head AS h ON h.child_id = e.child_id AND h.chain = '{walk.name}' "
        f"WHERE {grown} AND e.n >= coalesce(h.sealed_n, 0) ORDER BY e.child_id, e.n"
    )
    for row in connection.exec_driver_sql(asked):
        if row[walk.place["n"]] == row[-1]:
            walk.stand_at(row)
        else:
            walk.follow(row)
    return walk.meet(_heads(connection, walk.name, f" AND {grown}"))


def _heads(connection: Connection, name: str, narrowed: str) -> dict[bytes, tuple[int, bytes]]:
    asked = f"SELECT h.child_id, h.n, h.mac FROM chain_head AS h WHERE h.chain = '{name}'{narrowed}"  # noqa: S608  # our own names
    return {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(asked)}


def _hex(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
