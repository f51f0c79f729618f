"""The schema of a new store: reached by its steps once in a test run, and then written whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from db import migrations

_steps = migrations.upgrade  # the program's own: for every older store, and the first new one
_written: list[tuple[str, tuple[Any, ...]]] = []


def share() -> None:
    """Let each new store after the first get the schema that the steps gave the first."""
    migrations.upgrade = _upgrade


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        is_new = not driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if is_new and _written:
            driver.execute("BEGIN IMMEDIATE")
            for statement, values in _written:
                driver.execute(statement, values)
            driver.execute("COMMIT")
            return
    _steps(engine)
    if is_new:
        with engine.connect() as connection:
            _written[:] = _statements(connection.connection.driver_connection)


def _statements(driver: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """Return what makes this schema, and the few rows that are in it."""
    asked = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    made = list(driver.execute(asked))
    rows = [
        (f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", tuple(row))
        for kind, name, _ in made
        if kind == "table"
        for row in driver.execute(f"SELECT * FROM {name}")
    ]
    return [(sql, ()) for _, _, sql in made] + rows
