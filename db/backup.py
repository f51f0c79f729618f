"""Backups: made, brought back, proved. One counts once it was opened and compared."""

from __future__ import annotations

import hmac
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EIO
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import event, exc
from sqlcipher3 import dbapi2 as sqlcipher

from db import keys
from db.backup_file import FORMAT, check_parts, digest_of, flush, pack, unpack
from db.check import check
from db.connections import open_raw
from db.history import canonical
from db.key_file import copy_of
from db.moments import utc_now
from db.problems import Damaged, NotSaved, Problem
from db.store import SCHEMA, Store, open_store
from db.swap import ENDINGS, clear, is_taken, note_path, place, sync_folder

SCRATCH = ".caseapp-"  # what half a backup is called
TRIES = 3
STOP_STEPS = 50_000  # steps of the database between two looks whether the work is still wanted: some 2 ms

_AS_IT_WAS = "The store is as it was. Make room there, or connect the place again, or choose another."

Wanted = Callable[[], bool]


class Backup(NamedTuple):
    """A backup that was opened and compared."""

    path: Path
    made_at: str
    rows: int


class Restored(NamedTuple):
    """A store brought back, and the folder that keeps what stood there before."""

    path: Path
    made_at: str
    rows: int
    former: Path | None


class Stopped(Problem):
    """Somebody did not want to wait for it."""

    def __init__(self) -> None:
        super().__init__("The backup was stopped. Nothing else was changed. The next one makes up for it.")


def _always() -> bool:
    return True


def make(store: Store, keys_path: Path, target: Path, *, is_wanted: Wanted = _always) -> Backup:
    """Copy an open store into one file, open the copy, compare it, and only then give it its name.

    Raises Problem if something is there already, NotSaved if the place cannot be written, Damaged if the copy
    is not sound, Stopped once `is_wanted()` says no.
    """
    if target.exists():
        raise Problem(f"There is already a file at {target}. Nothing was overwritten. Choose another name.")
    try:
        with _stoppable(is_wanted), _scratch(target.parent) as scratch:
            copy, key_file = scratch / "store", keys_path.read_bytes()
            manifest = _contents(store, copy, is_wanted)
            _go_on(is_wanted)
            _check_copy(copy, manifest["schema"], store.dek, is_wanted)
            _go_on(is_wanted)
            if keys_path.read_bytes() != key_file:
                raise NotSaved("The keys were changed meanwhile, so nothing was written. Back up again.")
            manifest["sha256"] = {"store": digest_of(copy), "keys": sha256(key_file).hexdigest()}
            manifest["seal"] = _seal(manifest, store.dek)
            packed = scratch / "packed"
            pack(packed, copy, key_file, manifest)
            check_parts(packed, manifest)
            os.replace(packed, target)
            sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):  # the place may be gone altogether
            target.unlink(missing_ok=True)
        raise NotSaved(
            f"The backup could not be written to {target.parent}: {error.strerror}. {_AS_IT_WAS}"
        ) from None
    return Backup(target, manifest["made_at"], sum(manifest["rows"].values()))


def restore(
    path: Path,
    to: Path,
    user_name: str,
    password: str,
    vouch: Callable[[Path, str], object],
    *,
    replacing: bool = False,
) -> Restored:
    """Verify a backup whole, then put it in place. All or nothing. The caller holds the store's lock.

    `vouch(store_path, made_at)` is asked about the store while it stands aside, and may raise. With
    `replacing` what stands there is kept in a folder beside it; else that is refused. Raises Damaged for a
    file that is no sound backup, WrongKey, Problem.
    """
    if not replacing and is_taken(to):
        raise Problem(f"There is already a store at {to}. Nothing was overwritten. Choose another place.")
    if not path.exists():
        raise Problem(f"There is no backup at {path}. Nothing was changed. Check the name.")
    former = to.with_name(f"before-restore-{utc_now().astimezone():%Y-%m-%d-%H%M%S}-{uuid4().hex[:4]}")
    try:
        with _set_aside(to) as scratch:
            manifest = unpack(path, scratch)
            keyring = keys.unlock(scratch / "keys", user_name, password)
            try:
                _check_manifest(scratch, manifest, keyring.dek)
            finally:
                keyring.wipe()
            ready = scratch / to.name
            _name_as_a_store(scratch, ready)
            vouch(ready, manifest["made_at"])
            _keep_only(scratch, ready)
            place(scratch, to, former)
    except OSError as error:
        raise NotSaved(
            f"The backup could not be restored to {to.parent}: {error.strerror}. {_AS_IT_WAS}"
        ) from None
    kept = former if former.exists() else None
    return Restored(to, manifest["made_at"], sum(manifest["rows"].values()), kept)


def prove(path: Path, dek: keys.Key, *, is_wanted: Wanted = _always) -> Backup:
    """Bring a backup back into a folder beside it, compare it with its list of contents, take it away again.

    Raises Damaged for one that would not do, NotSaved when there is no room to try, Stopped.
    """
    try:
        with _stoppable(is_wanted), _scratch(path.parent) as scratch:
            manifest = unpack(path, scratch)
            _check_manifest(scratch, manifest, dek, is_wanted)
    except OSError as error:
        raise NotSaved(
            f"The backup could not be tried in {path.parent}: {error.strerror}. {_AS_IT_WAS}"
        ) from None
    return Backup(path, manifest["made_at"], sum(manifest["rows"].values()))


def copy_to(path: Path, folder: Path) -> None:
    """Copy a backup into another folder and read the copy back before it gets its name. Raises NotSaved."""
    new = folder / f"{SCRATCH}{uuid4().hex}.part"
    try:
        shutil.copyfile(path, new)
        new.chmod(0o600)
        flush(new)
        if digest_of(new) != digest_of(path):
            raise OSError(EIO, "the copy differs from the backup")
        os.replace(new, folder / path.name)
        sync_folder(folder)
    except OSError as error:
        with suppress(OSError):  # the place may be gone altogether
            new.unlink(missing_ok=True)
        raise NotSaved(
            f"The backup could not be copied to {folder}: {error.strerror}. {_AS_IT_WAS}"
        ) from None


def clear_left_behind(folder: Path) -> None:
    """Take away what a backup that was cut short left in the folder of backups."""
    for each in folder.glob(f"{SCRATCH}*"):
        if each.is_dir():
            clear(each)
        else:
            each.unlink(missing_ok=True)


def _contents(store: Store, copy: Path, is_wanted: Wanted) -> dict[str, Any]:
    """Copy a store; return what both hold at the same moment. Neither readers nor writers wait for it."""
    for _ in range(TRIES):
        with _opened(store.path, store.dek, is_wanted) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees no change
            with _opened(store.path, store.dek, is_wanted) as copying:
                _copy(copying, copy)
            live = dump_digest(reading)
        with _opened(copy, store.dek, is_wanted) as copied:
            if dump_digest(copied) == live:
                return {
                    "format": FORMAT,
                    "made_at": utc_now().isoformat(timespec="seconds"),
                    "schema": copied.execute("SELECT version_num FROM alembic_version").fetchone()[0],
                    "rows": _rows(copied),
                    "heads": _heads(copied),
                    "dump": live,
                }
        copy.unlink()  # somebody saved between the two looks
    raise Damaged("The copy never equalled the store and was thrown away. Run a check, then back up again.")


@contextmanager
def _opened(path: Path | None, dek: keys.Key, is_wanted: Wanted) -> Iterator[Any]:
    """Lend a connection of one's own, which stops in the middle of a query that is wanted no more."""
    raw = open_raw(str(path), dek)
    raw.set_progress_handler(lambda: not is_wanted(), STOP_STEPS)
    try:
        yield raw
    finally:
        raw.close()


def _go_on(is_wanted: Wanted) -> None:
    if not is_wanted():
        raise Stopped


@contextmanager
def _stoppable(is_wanted: Wanted) -> Iterator[None]:
    try:
        yield
    except (exc.DBAPIError, sqlcipher.DatabaseError, Problem):
        if is_wanted():
            raise
        raise Stopped from None


def _copy(raw: Any, copy: Path) -> None:
    try:
        raw.execute("VACUUM INTO ?", (str(copy),))
    except sqlcipher.DatabaseError:
        raise NotSaved(
            "The store could not be copied. Nothing was written. Make room on the disk, and run a check."
        ) from None


def dump_digest(raw: Any) -> str:
    """Return one digest of every row of every table, in the order of the file."""
    digest, text = sha256(), raw.text_factory
    raw.text_factory = bytes
    asked = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
    asked += "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    try:
        for name, is_without_rowid in raw.execute(asked).fetchall():
            order = "NOT INDEXED" if is_without_rowid else "ORDER BY rowid"
            digest.update(b"\0" + name)
            for row in raw.execute(f'SELECT * FROM "{name.decode()}" {order}'):  # noqa: S608  # the file's own
                digest.update(repr(row).encode())
    finally:
        raw.text_factory = text
    return digest.hexdigest()


def _rows(raw: Any) -> dict[str, int]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [name for (name,) in raw.execute(asked)]
    return {
        name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  # the file's own
        for name in names
    }


def _heads(raw: Any) -> str:
    """Return one digest of the ends of all chains."""
    rows = raw.execute("SELECT child_id, chain, n, mac FROM chain_head ORDER BY child_id, chain")
    heads = [{"child_id": c.hex(), "chain": chain, "n": n, "mac": mac.hex()} for c, chain, n, mac in rows]
    return sha256(canonical(heads)).hexdigest()


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = folder / f"{SCRATCH}{uuid4().hex}"
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        clear(scratch)


def _check_soundness(copy: Path, dek: keys.Key, is_wanted: Wanted) -> None:
    """Look at a whole copy, bringing an older schema up to date. Raises Damaged."""
    opened = open_store(copy, dek)
    try:
        opened.close()  # the next connection is made with the way to stop it

        @event.listens_for(opened.engine, "connect")
        def _connected(raw: Any, _record: object) -> None:
            raw.set_progress_handler(lambda: not is_wanted(), STOP_STEPS)

        report = check(opened)
    finally:
        opened.close()
    if report.faults:
        raise Damaged(f"The copy is not sound ({report.faults[0].what}) and was thrown away. Run a check.")


def _check_copy(copy: Path, schema: str, dek: keys.Key, is_wanted: Wanted) -> None:
    """Look at the copy that goes into a backup; where looking would upgrade it, at a twin."""
    if schema == SCHEMA:
        _check_soundness(copy, dek, is_wanted)
        return
    twin = copy.with_name("tried")
    shutil.copyfile(copy, twin)
    twin.chmod(0o600)
    _check_soundness(twin, dek, is_wanted)


def _seal(manifest: dict[str, Any], dek: keys.Key) -> str:
    bare = {key: value for key, value in manifest.items() if key != "seal"}
    text = json.dumps(bare, sort_keys=True).encode()
    return hmac.new(keys.derive(dek, "backup"), text, sha256).hexdigest()


def _check_manifest(
    scratch: Path, manifest: dict[str, Any], dek: keys.Key, is_wanted: Wanted = _always
) -> None:
    if not hmac.compare_digest(_seal(manifest, dek), str(manifest.get("seal", ""))):
        raise Damaged("This backup's list of contents was altered. Nothing was changed. Try an older one.")
    if any(digest_of(scratch / part) != manifest["sha256"][part] for part in ("store", "keys")):
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.")
    with _opened(scratch / "store", dek, is_wanted) as raw:
        same = _heads(raw) == manifest["heads"] and manifest.get("dump") in (None, dump_digest(raw))
        same = same and manifest["rows"].items() <= _rows(raw).items()
    if not same:
        raise Damaged("The store in this backup is not as listed. Nothing was changed. Try an older one.")
    try:
        _check_soundness(scratch / "store", dek, is_wanted)
    except Damaged:
        raise Damaged(
            "The store in this backup is not sound. Nothing was changed. Try an older one."
        ) from None


@contextmanager
def _set_aside(to: Path) -> Iterator[Path]:
    """Lend a folder beside a store's place. One whose files are about to be put there outlives a failure."""
    prefix = f".{to.name}.restoring-"
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in [each for each in to.parent.iterdir() if each.name.startswith(prefix)]:
        clear(left)
    scratch = to.with_name(f"{prefix}{uuid4().hex}")
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        if not note_path(to).exists():
            clear(scratch)


def _name_as_a_store(scratch: Path, ready: Path) -> None:
    """Let the parts be called as a store's files are, the key file with its copy."""
    (scratch / "store").rename(ready)
    (scratch / "keys").rename(keys_beside := ready.with_name(f"{ready.name}.keys"))
    shutil.copyfile(keys_beside, copy_of(keys_beside))
    copy_of(keys_beside).chmod(0o600)


def _keep_only(scratch: Path, ready: Path) -> None:
    """Take away what unpacking and opening left beside the three files of a store."""
    log = ready.with_name(f"{ready.name}-wal")
    if log.exists() and log.stat().st_size:
        raise NotSaved("The restored store is still in use. Nothing was changed. Try again.")
    wanted = {ready.name + ending for ending in ENDINGS}
    for each in scratch.iterdir():
        if each.name not in wanted:
            each.unlink()
