"""The store: one encrypted SQLite file, and sessions lent for one function call each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Engine, exc, orm, text
from sqlalchemy.orm.exc import StaleDataError
from sqlcipher3 import dbapi2 as sqlcipher

from db import case_spells, connections, guard, keys, spooled_looks
from db.error_words import NOT_OURS, is_busy, worded
from db.models import Base, Setting
from db.moments import new_id
from db.problems import Damaged, NotLogged, NotSaved, Problem, Stale
from db.roles import Actor
from db.spool import Spool

R = TypeVar("R")

APPLICATION_ID = 0x43617365  # «Case», so that `file` and we know our own
HISTORY_KEY = "history_key"
SCHEMA = "0005"  # the newest step of db/migrations
GLANCE_SECONDS = 0.3  # what a reading waits for its place in the log, before it notes itself in the spool


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


class Store:
    """An open store. Made by `create_store`, `open_store` or `memory_store`."""

    def __init__(self, path: Path | None, dek: keys.Key, today: Callable[[], date] = date.today) -> None:
        self.path = path
        self.today = today
        self.dek = dek
        self.history_key = keys.derive(dek, "history-v1")
        self._engine = connections.engine_of(str(path) if path else ":memory:", dek)
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
        wait_ms = round(1000 * (connections.WAIT_SECONDS if wait_seconds is None else wait_seconds))
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
            raise worded(error, self.path) from error
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
        raise Damaged(NOT_OURS)
    store = Store(path, dek)
    try:
        _check_schema(store)
        store.remember_device()
    except exc.DBAPIError as error:
        store.close()
        raise worded(error) from None
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
            raise Damaged(NOT_OURS)
        schema = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if schema > SCHEMA:
        raise Problem(
            "This store was made by a newer version of the program. Nothing was changed. "
            "Update this program, then open it again."
        )
    if schema < SCHEMA:
        from db.migrations import upgrade

        upgrade(store.engine)


def beside(path: Path, ending: str) -> Path:
    """Return where something that belongs to a store stands."""
    return path.with_name(path.name + ending)
