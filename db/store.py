"""The store: one encrypted SQLite file, and sessions lent for one function call each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, exc, orm, text
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from db import case_spells, guard, keys, lockfile, spooled_looks
from db.models import Base, Setting
from db.moments import new_id
from db.problems import Damaged, NotLogged, NotSaved, Problem, Stale
from db.roles import Actor
from db.spool import Spool

R = TypeVar("R")

APPLICATION_ID = 0x43617365  # «Case», so that `file` and we know our own
HISTORY_KEY = "history_key"
SCHEMA = "0005"  # the newest step of db/migrations
CONNECTIONS = 6  # as many as the threads that a desk works with
WAIT_SECONDS = 30.0  # for whoever else writes; 5 s lost a write on a busy disk
GLANCE_SECONDS = 0.3  # what a reading waits for its place in the log, before it notes itself in the spool

_PRAGMAS = (
    (
        "synchronous",
        "FULL",
        2,
    ),  # WAL with FULL lost nothing in 250 simulated power cuts; NORMAL lost saves in 96
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("cell_size_check", "ON", 1),
)


class Session(orm.Session):
    """The only session class. `info` holds actor, reason, purpose, device_id and history_key."""

    @property
    def actor(self) -> Actor:
        """Return who is at work."""
        actor: Actor = self.info["actor"]
        return actor

    @property
    def today(self) -> date:
        """Return the day that counts as today in this session."""
        today: date = self.info["today"]
        return today


case_spells.watch(Session)
guard.watch(Session)


def open_raw(path: str, dek: keys.Key) -> Any:
    """Return a connection to an encrypted file. Raises Damaged if key and file do not fit."""
    if sqlcipher.sqlite_version_info < (3, 51, 3):
        raise Problem(
            "This program is too old to be trusted with records: its encryption library has known faults. "
            "Nothing was changed. Install the newest version of the program."
        )
    if path != ":memory:" and not os.path.exists(path):  # the library would make an empty one in its place
        raise NotSaved(_GONE)
    connection = sqlcipher.connect(path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, dek)
    except sqlcipher.DatabaseError as error:
        connection.close()
        raise _worded(error) from None
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
        row = connection.execute(
            f"PRAGMA {name}"
        ).fetchone()  # a pragma that fails says nothing: read it back
        if path == ":memory:" and row is None:
            continue  # a setting of files, such as mmap_size
        if not row or row[0] != answer:
            raise Problem(
                f"The store could not be opened safely ({name}). Nothing was changed. "
                "Install the newest version of the program, then try again."
            )


_MAC_PRAGMAS = (("fullfsync", "ON", 1), ("checkpoint_fullfsync", "ON", 1)) if sys.platform == "darwin" else ()


class Store:
    """An open store. Made by `create_store`, `open_store` or `memory_store`."""

    def __init__(self, path: Path | None, dek: keys.Key, today: Callable[[], date] = date.today) -> None:
        self.path = path
        self.today = today
        self.dek = dek
        self.history_key = keys.derive(dek, "history-v1")
        self._engine = _engine(str(path) if path else ":memory:", dek)
        self._engines: dict[tuple[bool, int], Engine] = {}
        self.spool = Spool(beside(path, ".spool"), keys.derive(dek, "spool")) if path else None
        self._is_doubtful = False
        self._device_id = new_id()
        self._widths: dict[Actor, tuple[float, bool]] = {}

    @contextmanager
    def session(
        self,
        actor: Actor,
        reason: str = "",
        *,
        purpose: str = "",
        wait_seconds: float | None = None,
        reading: bool = False,
    ) -> Iterator[Session]:
        """Lend a session for one unit of work: commit at the end, roll back on any error.

        One that is only for reading waits for no writer; it notes its looks in the spool and writes nothing.
        Raises Stale, NotSaved or Damaged in place of the database's own errors.
        """
        if self._is_doubtful:
            self._look_over()
        wait_ms = round(1000 * (WAIT_SECONDS if wait_seconds is None else wait_seconds))
        session = Session(self._opted(reading, wait_ms), expire_on_commit=False)
        session.info.update(
            actor=actor,
            reason=reason,
            purpose=purpose,
            today=self.today(),
            device_id=self._device_id,
            history_key=self.history_key,
            store_path=self.path,
            widths=self._widths,
            spool_look=partial(spooled_looks.note, spool=self.spool) if reading else None,
        )
        try:
            yield session
            session.commit()
        except StaleDataError:
            session.rollback()
            raise Stale(
                "Somebody else saved this in between. Nothing was overwritten, and your text is kept. "
                "Compare the two, then save again."
            ) from None
        except (exc.DBAPIError, sqlcipher.DatabaseError) as error:
            self._leave(session, error)
            raise _worded(error, self.path) from error
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()

    def _opted(self, reading: bool, wait_ms: int) -> Engine:
        """Return the engine for sessions of a kind, made once for each."""
        if (reading, wait_ms) not in self._engines:
            opted = self._engine.execution_options(reading=reading, wait_ms=wait_ms)
            self._engines[reading, wait_ms] = opted
        return self._engines[reading, wait_ms]

    def _leave(self, session: Session, error: Exception) -> None:
        """Undo, and never write again on a connection that failed; in memory it is the whole store."""
        if self.path is None or session.info["spool_look"] or is_busy(error):
            session.rollback()
            return
        session.invalidate()
        self._engine.dispose()
        self._is_doubtful = isinstance(getattr(error, "orig", error), sqlcipher.OperationalError)

    def _look_over(self) -> None:
        """See that the file is whole before more is written, after the disk failed. Raises Damaged."""
        with self._engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            found = raw.execute("PRAGMA quick_check(1)").fetchone()
        if not found or found[0] != "ok":
            raise Damaged("The store file is damaged. It was left as it is. Restore the last good backup.")
        self._is_doubtful = False

    def call(self, actor: Actor, work: Callable[[Session], R], reason: str = "", *, purpose: str = "") -> R:
        """Return what `work(session)` returns. A mere reading waits for no writer, nor for a failing disk.

        Where the log cannot be written at once, the work is begun again with its look in the spool. If it
        then turns out to write, it is begun once more and waits its turn.
        """
        if self.path is None:
            return self._called(actor, work, reason, purpose)
        try:
            return self._called(actor, work, reason, purpose, wait_seconds=GLANCE_SECONDS)
        except NotSaved as problem:
            refused = problem
        try:
            return self._called(actor, work, reason, purpose, reading=True)
        except NotSaved as problem:
            if not is_busy(refused.__cause__):
                raise (problem if isinstance(problem, NotLogged) else refused) from None
        return self._called(actor, work, reason, purpose)

    def _called(self, actor: Actor, work: Callable[[Session], R], reason: str, purpose: str, **how: Any) -> R:
        with self.session(actor, reason, purpose=purpose, **how) as session:
            return work(session)

    def remember_device(self) -> None:
        """Read this installation's id from the store, or set it the first time; and the chains' first key."""
        with orm.Session(self._engine) as session, session.begin():
            if kept := session.get(Setting, HISTORY_KEY):  # the data key changed since the chains began
                self.history_key = bytes.fromhex(kept.value)
            found = session.get(Setting, "device_id")
            if found:
                self._device_id = UUID(found.value)
            else:
                session.add(Setting(name="device_id", value=str(self._device_id)))

    @property
    def engine(self) -> Engine:
        """Return the engine, for the parts of `db` that work below records: migration, backup, check."""
        return self._engine

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def create_store(path: Path, dek: keys.Key) -> Store:
    """Make an empty store file at the newest schema. Raises Problem if something is there already."""
    if path.exists():
        raise Problem(f"There is already a file at {path}. Nothing was changed. Choose another name.")
    from db.migrations import upgrade

    path.touch(mode=0o600)
    store = Store(path, dek)
    try:
        with store.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        upgrade(store.engine)
        store.remember_device()
    except BaseException:
        store.close()
        raise
    return store


def open_store(path: Path, dek: keys.Key) -> Store:
    """Open a store file, bringing an older schema up to date.

    Raises Problem for a missing file or a newer schema, Damaged for a file that is not ours or broken.
    """
    if not os.path.exists(path):  # a share that went stale is not there either
        raise Problem(
            f"There is no store at {path}. Nothing was changed. Check the name and that its disk or network "
            "drive is connected, or restore a backup."
        )
    if path.is_dir() or not path.stat().st_size:  # SQLite would make an empty file a new database
        raise Damaged(_NOT_OURS)
    store = Store(path, dek)
    try:
        _check_schema(store)
        store.remember_device()
    except exc.DBAPIError as error:
        store.close()
        raise _worded(error) from None
    except BaseException:
        store.close()
        raise
    return store


def memory_store(dek: keys.Key = bytes(32), today: Callable[[], date] = date.today) -> Store:
    """Return a store that lives in memory only: for tests."""
    store = Store(None, dek, today)
    Base.metadata.create_all(store.engine)
    return store


def _check_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        if connection.execute(text("PRAGMA application_id")).scalar() != APPLICATION_ID:
            raise Damaged(_NOT_OURS)
        schema = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if schema > SCHEMA:
        raise Problem(
            "This store was made by a newer version of the program. Nothing was changed. "
            "Update this program, then open it again."
        )
    if schema < SCHEMA:
        from db.migrations import upgrade

        upgrade(store.engine)


def _engine(path: str, dek: keys.Key) -> Engine:
    size = 1 if path == ":memory:" else CONNECTIONS
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: open_raw(path, dek),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
    )

    event.listen(engine, "begin", _begin)
    return engine


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


def beside(path: Path, ending: str) -> Path:
    """Return where something that belongs to a store stands."""
    return path.with_name(path.name + ending)


def is_busy(error: BaseException | None) -> bool:
    """Return whether a database error says that somebody else is writing."""
    return "locked" in str(getattr(error, "orig", error)).casefold()


def _worded(error: Exception, path: Path | None = None) -> Problem:
    """Return a database error in words. The first match decides."""
    said = str(getattr(error, "orig", error)).casefold()
    if path is not None and not os.path.exists(path):
        return NotSaved(_GONE)
    if is_busy(error):
        return NotSaved(_busy_words(path))
    for sign, kind, words in _WORDS:
        if sign in said:
            return kind(words)
    return NotSaved(f"The store could not be written. {_KEPT} Try again.")


def _busy_words(path: Path | None) -> str:
    who = lockfile.holder(beside(path, ".lock")) if path else ""
    held = f" It is open in the window of {who}." if who else ""
    return (
        f"Something else is writing to the store, such as an import, and did not end in time.{held} {_KEPT} "
        "Wait for it to end, then try again."
    )


_KEPT = "What was saved before is safe, and what you typed is still on the screen."
_GONE = (
    "The store cannot be reached: its folder, disk or network drive is gone. What was saved there before is "
    "safe, and what you typed is still on the screen. Leave the window open and connect it again, then try "
    "again."
)
_NOT_OURS = "This file is not a caseapp store. Nothing was changed. Choose another file, or restore a backup."
_UNREADABLE = "It was left as it is. Restore the last good backup."
_WORDS: tuple[tuple[str, type[Problem], str], ...] = (
    ("version is closed", Problem, "This is signed and stays as it is. Make a correction instead."),
    (
        "append-only",
        Problem,
        "History cannot be changed. It was left as it is. Make a correction instead.",
    ),
    (
        "not a database",
        Damaged,
        f"The store does not open with this key, or the file is damaged. {_UNREADABLE}",
    ),
    ("no such table", Damaged, f"A part of the store is missing. {_UNREADABLE}"),
    ("malformed", Damaged, f"The store file is damaged. {_UNREADABLE}"),
    ("full", NotSaved, f"The disk is full. {_KEPT} Make room, then try again."),
    (
        "readonly",
        NotSaved,
        f"The store is read-only here: it can be read, not written. {_KEPT} Ask whoever looks after this "
        "computer for the right to write in its folder, then try again.",
    ),
    (
        "unable to open",
        NotSaved,
        f"The store cannot be opened here now. {_KEPT} Check that its folder is there and may be read, then "
        "try again.",
    ),
    (
        "disk i/o",
        NotSaved,
        f"The disk did not answer. {_KEPT} Check the disk and its connection, then try again.",
    ),
)
