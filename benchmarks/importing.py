"""Taking a whole return in, beside reading its files with csv and inserting the bare cells."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.timing import ROOT, Row, row
from caseapp.imports import import_ssda903
from db.moments import new_id
from db.roles import Actor
from db.store import create_store

_SET = ROOT / "tests" / "data" / "ssda903" / "fake_volume"
_ROWS_A_SECOND = 10_000
_TIMES = 3


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the line of importing: the quickest of some, for what else the machine does only ever adds."""
    files = sorted(_SET.glob("*.csv"))
    cells = sum(len(list(_read(each))) for each in files)
    times = 1 if quick else _TIMES
    with TemporaryDirectory() as folder:
        taken = min(_taken_in(Path(folder) / f"bench-{each}.caseapp") for each in range(times))
        bare = min(_bare(Path(folder) / f"bare-{each}.caseapp", files) for each in range(times))
    name = (
        f"importing a return of {cells:,} rows ({1000 * cells / taken:,.0f} a second) / csv and bare inserts"
    )
    yield row(name, taken, bare, most_ms=1000 * cells / _ROWS_A_SECOND)


def _taken_in(path: Path) -> float:
    store = create_store(path, bytes(32))
    store.today = lambda: date(2026, 11, 23)
    office = Actor(new_id(), "Office", None, frozenset({"administrator"}))
    begun = time.perf_counter()
    with store.session(office, purpose="import") as session:
        import_ssda903(session, _SET)
    took = 1000 * (time.perf_counter() - begun)
    store.close()
    return took


def _bare(path: Path, files: list[Path]) -> float:
    store = create_store(path, bytes(32))
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("CREATE TABLE bare (id BLOB PRIMARY KEY, file TEXT, cells TEXT)")
        begun = time.perf_counter()
        driver.execute("BEGIN IMMEDIATE")
        for each in files:
            told = ((new_id().bytes, each.name, "\t".join(cells)) for cells in _read(each))
            driver.executemany("INSERT INTO bare VALUES (?, ?, ?)", told)
        driver.execute("COMMIT")
        took = 1000 * (time.perf_counter() - begun)
    store.close()
    return took


def _read(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)
