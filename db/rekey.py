"""All keys change: the store is written anew under another data key, which only the slots left can read.

The order keeps a store that opens on disk at every moment: the new store is whole and compared beside the
old one; then the key file holds both data keys; then the new store takes the old one's name; then the old
data key goes. Whoever opens the store after a change that was cut short finishes it or takes it back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exc, orm
from sqlcipher3 import dbapi2 as sqlcipher

from db import key_file, settings
from db.boxes import Key, box, is_vouched, new_private, vouch
from db.check import check, counts, heads_digest
from db.connections import open_raw
from db.key_file import RECOVERY, KeyFile, Slot
from db.keys import Keyring
from db.looks import record_look
from db.moments import utc_now
from db.problems import Damaged, NotSaved, Problem
from db.roles import Actor
from db.store import APPLICATION_ID, HISTORY_KEY, Store

REKEYED_AT = "rekeyed_at"
"""Setting: when all keys were changed last, UTC in ISO."""
REKEY_DUE = "rekey_due"
"""Setting: since when somebody who left still knows the data key, UTC in ISO; empty when nobody does."""
_HELD = "The keys were not changed; the store is as it was and opens with the same passwords."


_NOT_WRITTEN = (OSError, sqlcipher.DatabaseError, exc.DBAPIError)


class CannotRekey(Problem):
    """Some slots cannot get a new data key: those of `user_ids`, and the recovery key's if `recovery`."""

    def __init__(self, user_ids: list[UUID], recovery: bool) -> None:
        super().__init__(f"Some users must sign in once before all keys can change. {_HELD}")
        self.user_ids, self.recovery = user_ids, recovery


def waiting(keys_path: Path, keyring: Keyring) -> list[Slot]:
    """Return the slots that cannot be given a new data key before their password or sheet is typed once."""
    file = key_file.load(keys_path)
    return [slot for slot in file.slots if not is_vouched(keyring.dek, file.store_id, slot)]


def rotate(store: Store, keys_path: Path, keyring: Keyring, actor: Actor) -> Keyring:
    """Write the store anew under another data key; return the keys that open it. Closes the store.

    The caller holds the store's lock alone, and nothing else is at work in it. Raises CannotRekey, Damaged
    for a store that is not sound, NotSaved when it cannot be written: the old keys then still hold.
    """
    path = store.path
    if path is None:
        raise RuntimeError("A store in memory has no file to write anew.")
    late = waiting(keys_path, keyring)
    if late:
        people = [slot.user_id for slot in late if slot.label != RECOVERY]
        raise CannotRekey(people, len(people) < len(late))
    dek = new_private()
    try:
        _drop_leftovers(path)
        _export(path, keyring.dek, _fresh(path), dek)
        _compare(store, _fresh(path), dek, actor)
        _sync(_fresh(path))
        _announce(keys_path, keyring, dek)
    except _NOT_WRITTEN as fault:
        _drop_leftovers(path)
        said = f"The store could not be written anew ({_reason(fault)}). {_HELD} Make room, then try again."
        raise NotSaved(said) from fault
    except BaseException:
        _drop_leftovers(path)
        raise
    changing = replace(keyring, pending=dek)
    try:
        _swap(store, path)
    except _NOT_WRITTEN as fault:
        settled = settle(path, keys_path, changing)
        if settled.dek is dek:  # the new store has its place; what failed came after
            return settled
        said = f"The new store could not take its place ({_reason(fault)}). {_HELD} Try again."
        raise NotSaved(said) from fault
    return settle(path, keys_path, changing)


def settle(path: Path, keys_path: Path, keyring: Keyring) -> Keyring:
    """Finish a change of keys that was cut short, or take it back; return the keys that open the store.

    The caller holds the store's lock. Raises NotSaved when the key file cannot be written.
    """
    if keyring.pending:
        file = key_file.load(keys_path)
        is_done = _opens(path, keyring.pending)
        if not is_done and not _opens(path, keyring.dek):  # damaged, or not there: neither key is given up
            return keyring
        if file.pending:
            left = replace(file, slots=file.pending if is_done else file.slots, pending=())
            key_file.store(keys_path, left, lambda back: back == left)
        keyring = replace(keyring, dek=keyring.pending if is_done else keyring.dek, pending=bytearray())
    _drop_leftovers(path)
    return keyring


def _reason(fault: Exception) -> str:
    return (fault.strerror or "") if isinstance(fault, OSError) else str(getattr(fault, "orig", fault))


def _export(path: Path, dek: Key, fresh: Path, new: Key) -> None:
    """Copy every page's content into an empty file under the new key."""
    fresh.touch(mode=0o600)
    connection = open_raw(str(path), dek)
    try:
        connection.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(fresh), f"x'{new.hex()}'"))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT sqlcipher_export('fresh')")
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
        said = connection.execute("PRAGMA fresh.application_id").fetchone()
        if said[0] != APPLICATION_ID:  # a pragma that fails says nothing: read it back
            raise Damaged(f"The new store could not be marked as ours. {_HELD} Try again.")
        connection.execute("DETACH DATABASE fresh")
    finally:
        connection.close()


def _compare(store: Store, fresh: Path, dek: Key, actor: Actor) -> None:
    """Open the new store, compare all of it with the old one, and write into it that the keys changed."""
    with _opened(fresh, dek) as new:
        with orm.Session(new.engine) as session, session.begin():
            settings.put(session, HISTORY_KEY, store.history_key.hex())
            settings.put(session, REKEYED_AT, utc_now().isoformat(timespec="seconds"))
            settings.put(session, REKEY_DUE, "")
        new.remember_device()
        with store.engine.connect() as before, new.engine.connect() as after:
            if _contents(before) != _contents(after):
                raise Damaged(
                    f"The new store is not the same as the old one and was thrown away. {_HELD} Run a check."
                )
        report = check(new)
        if report.faults:
            raise Damaged(f"The store is not sound ({report.faults[0].what}). {_HELD} Run a check.")
        with new.session(actor, "All keys changed", purpose="users") as session:
            record_look(session, "change keys", tbl="store")
    if _log(fresh).exists():
        raise Damaged(f"The new store could not be closed and was thrown away. {_HELD} Try again.")


@contextmanager
def _opened(path: Path, dek: Key) -> Iterator[Store]:
    store = Store(path, dek)
    try:
        yield store
    finally:
        store.close()


def _contents(connection: Connection) -> tuple[dict[str, int], str, list[Any]]:
    """Return rows by table, the ends of all chains, and what the file is built of; settings aside."""
    rows = counts(connection)
    rows.pop("setting")
    built = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2"
    )
    return rows, heads_digest(connection), [tuple(each) for each in built]


def _announce(keys_path: Path, keyring: Keyring, dek: Key) -> None:
    """Write the next data key into the key file, beside the one in force."""
    file = key_file.load(keys_path)
    both = replace(file, pending=tuple(_with_key(file, slot, keyring.dek, dek) for slot in file.slots))
    key_file.store(keys_path, both, lambda back: back == both)


def _with_key(file: KeyFile, slot: Slot, before: Key, dek: Key) -> Slot:
    boxed = slot._replace(boxes=(*slot.boxes, box(dek, slot, file.store_id, before)))
    return boxed._replace(vouch=vouch(dek, file.store_id, boxed))


def _swap(store: Store, path: Path) -> None:
    """Put the new store in the old one's place, whose log must be empty: it would be played into the new."""
    with store.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    if _log(path).exists() and _log(path).stat().st_size:
        raise OSError(0, "the log of the old store is still in use")
    os.replace(_fresh(path), path)
    _sync_folder(path.parent)


def _opens(path: Path, dek: Key) -> bool:
    if not path.is_file() or not path.stat().st_size:  # SQLite would make one
        return False
    try:
        open_raw(str(path), dek).close()
    except Damaged:
        return False
    return True


def _fresh(path: Path) -> Path:
    return path.with_name(path.name + ".rekey")


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _drop_leftovers(path: Path) -> None:
    fresh = _fresh(path)
    for each in (fresh, *(fresh.with_name(fresh.name + ending) for ending in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):  # it is in nobody's way, and goes the next time
            each.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; its rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
