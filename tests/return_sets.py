"""Sets of the SSDA903 return, a store to bring them into, and ways to spoil a file."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from caseapp import intake
from caseapp.imports import Imported, import_ssda903
from caseapp.work import Actor, Store
from db.moments import new_id
from db.store import memory_store
from tests import fuzz_files

DATA = Path(__file__).parent / "data" / "ssda903"
CLEAN, PRIOR = DATA / "clean_2025_26", DATA / "clean_2024_25_prior_year"
TODAY = date(2026, 4, 20)


def somebody(*roles: str) -> Actor:
    return Actor(new_id(), "Somebody", new_id(), frozenset(roles))


ADMINISTRATOR = somebody("administrator")


@pytest.fixture(scope="module")
def stores() -> Iterator[tuple[Store, Store]]:
    """Return an empty store to copy and one to work in: a new one costs more than most tests."""
    empty, made = memory_store(today=lambda: TODAY), memory_store(today=lambda: TODAY)
    yield empty, made
    empty.close()
    made.close()


@pytest.fixture
def store(stores: tuple[Store, Store]) -> Store:
    empty, made = stores
    emptied(empty, made)
    return made


def emptied(empty: Store, store: Store) -> None:
    with empty.engine.connect() as source, store.engine.connect() as target:
        source.connection.driver_connection.backup(target.connection.driver_connection)


@pytest.fixture(autouse=True)
def parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are taken apart in this process; tests/test_intake.py sees that another ends the same."""
    monkeypatch.setattr(intake, "parsed_apart", fuzz_files.parsed_here)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Return a copy of the clean set that a test may spoil."""
    return Path(shutil.copytree(CLEAN, tmp_path / "set"))


def take(store: Store, folder: Path, **how: bool) -> Imported:
    with store.session(ADMINISTRATOR, f"Import of {folder.name}", purpose="import") as session:
        return import_ssda903(session, folder, **how)


def rows(store: Store, table: type, *order: object) -> list:
    """Return every row of a table, as a check of the whole store reads them."""
    with store.session(ADMINISTRATOR, purpose="check") as session:
        return list(session.scalars(select(table).order_by(*order)))


def replace(path: Path, was: str, now: str) -> None:
    content = path.read_bytes().decode()
    assert was in content
    path.write_bytes(content.replace(was, now).encode())


def add_line(path: Path, line: str) -> int:
    """Add a line and return its number."""
    content = path.read_bytes().decode().rstrip("\r\n")
    path.write_bytes(f"{content}\r\n{line}\r\n".encode())
    return len(content.splitlines()) + 1
