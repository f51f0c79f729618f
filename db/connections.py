"""Connections to the encrypted file: how one is opened, what is set on each, how a transaction begins."""

from __future__ import annotations

import os
import sys
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from db import keys
from db.error_words import GONE, worded
from db.problems import NotSaved, Problem

CONNECTIONS = 6  # as many as the threads that a desk works with
# Planned, of each connection. One record alone asks a hundred, the driver's usual number. Beyond it goes what
# was used least often: two newcomers would turn each other out for good, and be planned anew at every run.
STATEMENTS_KEPT = 1_000
WAIT_SECONDS = 30.0  # for whoever else writes; 5 s lost a write on a busy disk

_PRAGMAS = (
    # WAL with FULL lost nothing in 250 simulated power cuts; NORMAL lost saves in 96.
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("cell_size_check", "ON", 1),
)


def open_raw(path: str, dek: keys.Key) -> Any:
    """Return a connection to an encrypted file. Raises Damaged if key and file do not fit."""
    if sqlcipher.sqlite_version_info < (3, 51, 3):
        raise Problem(
            "This program is too old to be trusted with records: its encryption library has known faults. "
            "Nothing was changed. Install the newest version of the program."
        )
    if path != ":memory:" and not os.path.exists(path):  # the library would make an empty one in its place
        raise NotSaved(GONE)
    connection = sqlcipher.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False,
        cached_statements=STATEMENTS_KEPT,
    )  # fmt: skip
    try:
        _prepare(connection, path, dek)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise worded(error) from None
    return connection


def _prepare(connection: Any, path: str, dek: keys.Key) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # before the key: it logs to stderr otherwise
    connection.execute(f"PRAGMA key = \"x'{dek.hex()}'\"")
    if not (connection.execute("PRAGMA cipher_version").fetchone() or [""])[0]:
        raise Problem(
            "The encryption library is missing, so the store stays shut. Nothing was changed. "
            "Install the program again."
        )
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here
    wanted = "memory" if path == ":memory:" else "wal"
    for name, value, answer in (("journal_mode", "WAL", wanted), *_PRAGMAS, *_MAC_PRAGMAS):
        connection.execute(f"PRAGMA {name} = {value}")
        row = connection.execute(f"PRAGMA {name}").fetchone()  # one that fails says nothing: read it back
        if path == ":memory:" and row is None:
            continue  # a setting of files, such as mmap_size
        if not row or row[0] != answer:
            raise Problem(
                f"The store could not be opened safely ({name}). Nothing was changed. "
                "Install the newest version of the program, then try again."
            )


_MAC_PRAGMAS = (("fullfsync", "ON", 1), ("checkpoint_fullfsync", "ON", 1)) if sys.platform == "darwin" else ()


def engine_of(path: str, dek: keys.Key) -> Engine:
    """Return what lends connections to a file, or to a store in memory."""
    size = 1 if path == ":memory:" else CONNECTIONS
    made = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: open_raw(path, dek),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    """Begin a transaction: one that only reads sees the store as it stands now and waits for nobody."""
    options = connection.get_execution_options()
    is_reading = bool(options.get("reading"))
    wanted = {"query_only": int(is_reading), "busy_timeout": options.get("wait_ms", WAIT_SECONDS * 1000)}
    for name, value in wanted.items():
        if connection.info.get(name) != value:
            connection.exec_driver_sql(f"PRAGMA {name} = {value:.0f}")
            connection.info[name] = value
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
