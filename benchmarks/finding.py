"""Find-as-you-type and the list of children, as the county grows: both ought to stay flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any
from uuid import UUID

from benchmarks.names_county import county
from benchmarks.timing import Row, row, side_by_side
from caseapp import children
from caseapp.children import Filter
from db.roles import Actor
from db.store import Store

_FEW = 160
SIZES, QUICK = (1_000, 10_000, 100_000), (1_000, 10_000)
_TYPED = ("k", "ka", "kal", "ranwick", "ran osttoden", "shelka", "den lo", "10412", "pri")
_BARE = """
SELECT child.id, child.given, child.family FROM name_token JOIN child ON child.id = name_token.child_id
WHERE token >= ? AND token < ? ORDER BY token, name_token.sort_name, name_token.child_id LIMIT 20
"""
_PLACE = "SELECT sort_name, id FROM child ORDER BY sort_name, id LIMIT 1 OFFSET ?"
_PAGE = "SELECT * FROM child WHERE (sort_name, id) > (?, ?) ORDER BY sort_name, id LIMIT 200"


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the lines of finding and scrolling: for a manager of all, and a worker of a few children."""
    sizes = QUICK if quick else SIZES
    for size in sizes:
        store, manager = county(size)
        yield _keystroke(store, manager, f"{size:,} children")
        if size == sizes[-1]:
            worker = _with_few(store, manager, size)
            yield _keystroke(store, worker, f"{_FEW} of {size:,} children in reach")
            yield _far_page(store, manager, size)
        store.close()


def _with_few(store: Store, manager: Actor, size: int) -> Actor:
    """Return a practitioner with some children, spread over the whole county."""
    _raw(store, "UPDATE child SET worker_id = ? WHERE ref % ? = 0", (manager.worker_id.bytes, size // _FEW))
    return replace(manager, team_id=None, roles=frozenset({"practitioner"}))


def _keystroke(store: Store, actor: Actor, whose: str) -> Row:
    typed, bare = cycle(_TYPED), cycle(_TYPED)

    def find() -> None:
        with store.session(actor) as session:
            children.find(session, next(typed))

    def floor() -> None:
        text = next(bare).split()[0]
        _raw(store, _BARE, (text, text + "\U0010ffff"))

    ms, floor_ms = side_by_side(find, floor)
    return row(f"a keystroke in the find box, {whose} / a bare indexed query", ms, floor_ms, most_ms=16)


def _far_page(store: Store, manager: Actor, size: int) -> Row:
    value, row_id = _raw(store, _PLACE, (size * 9 // 10,))[0]
    last = children.Place(value, UUID(bytes=row_id))

    def page() -> None:
        with store.session(manager) as session:
            children.page(session, Filter(), last, 200)

    ms, floor_ms = side_by_side(page, lambda: _raw(store, _PAGE, (value, row_id)))
    return row(f"200 rows far down {size:,} children / a bare query of them", ms, floor_ms, most_ms=16)


def _raw(store: Store, statement: str, values: tuple[Any, ...]) -> list[Any]:
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return list(driver.execute(statement, values))
