"""Backups: one file each, a stored zip of store, key file and manifest. One counts once it was compared."""

from __future__ import annotations

import hmac
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from sqlcipher3 import dbapi2 as sqlcipher

from db import keys
from db.check import check, counts, heads_digest
from db.moments import utc_now
from db.problems import Damaged, NotSaved, Problem
from db.store import SCHEMA, Store, open_store

PARTS = ("store", "keys", "manifest.json")
LIMIT = 8 * 1024**3  # a part larger than this is no store of ours
_BLOCK = 1024**2
_STAMP_LENGTH = 64  # a SHA-256 in hex
# What reading a zip or a manifest that somebody else wrote can end in; RuntimeError: it asks a password.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, KeyError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


class Backup(NamedTuple):
    """A backup that was opened and compared."""

    path: Path
    made_at: str
    rows: int


def make(store: Store, keys_path: Path, target: Path) -> Backup:
    """Copy an open store into one file, open the copy, compare it, and only then give it its name.

    Raises Problem if something is there already, NotSaved if the place cannot be written, Damaged if the copy
    is not sound.
    """
    if target.exists():
        raise Problem(f"There is already a file at {target}. Nothing was overwritten. Choose another name.")
    try:
        with _scratch(target.parent) as scratch:
            copy = scratch / "store"
            with store.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                _copy(raw, copy)
            manifest = _compared(copy, keys_path, store.dek)
            packed = scratch / "packed"
            _pack(packed, copy, keys_path.read_bytes(), manifest)
            os.replace(packed, target)
            _sync_folder(target.parent)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise NotSaved(f"The backup could not be written to {target.parent}: {error.strerror}.") from None
    return Backup(target, manifest["made_at"], sum(manifest["rows"].values()))


def restore(path: Path, to: Path, user_name: str, password: str) -> Backup:
    """Verify a backup whole, then put it where no store is yet. All or nothing.

    Raises Damaged for a file that is no sound backup, WrongKey, Problem if something is there already.
    """
    target_keys = to.with_name(to.name + ".keys")
    # A log left behind by a store that is gone would be played into the restored one.
    beside = [to.with_name(to.name + ending) for ending in (".keys.bak", "-wal", "-journal")]
    if any(each.exists() for each in (to, target_keys, *beside)):
        raise Problem(f"There is already a store at {to}. Nothing was overwritten. Choose another place.")
    if not path.exists():
        raise Problem(f"There is no backup at {path}. Check the name.")
    try:
        with _scratch(to.parent) as scratch:
            manifest = _unpacked(path, scratch)
            keyring = keys.unlock(scratch / "keys", user_name, password)
            _check_manifest(scratch, manifest, keyring.dek)
            _fsync(scratch / "store")
            os.replace(scratch / "keys", target_keys)
            os.replace(scratch / "store", to)
            _sync_folder(to.parent)
    except OSError as error:
        for each in (to, target_keys):
            each.unlink(missing_ok=True)
        raise NotSaved(f"The backup could not be restored to {to.parent}: {error.strerror}.") from None
    return Backup(to, manifest["made_at"], sum(manifest["rows"].values()))


def _copy(raw: Any, copy: Path) -> None:
    try:
        raw.execute("VACUUM INTO ?", (str(copy),))
    except sqlcipher.DatabaseError as error:
        raise NotSaved(
            f"The store could not be copied ({error}). Nothing was written. Run a check."
        ) from None


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = folder / f".caseapp-{uuid4().hex}"
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        for each in scratch.iterdir():
            each.unlink()
        scratch.rmdir()


def _compared(copy: Path, keys_path: Path, dek: bytes) -> dict[str, Any]:
    """Return the manifest of a copy that was opened and found sound."""
    opened = open_store(copy, dek)
    try:
        report = check(opened)
        if report.faults:
            raise Damaged(
                f"The copy is not sound ({report.faults[0].what}) and was thrown away. Run a check."
            )
        with opened.engine.connect() as connection:
            rows, heads = counts(connection), heads_digest(connection)
    finally:
        opened.close()
    manifest: dict[str, Any] = {
        "format": "caseapp backup 1",
        "made_at": utc_now().isoformat(timespec="seconds"),
        "schema": SCHEMA,
        "rows": rows,
        "heads": heads,
        "sha256": {"store": _sha256(copy), "keys": sha256(keys_path.read_bytes()).hexdigest()},
    }
    manifest["seal"] = _seal(manifest, dek)
    return manifest


def _seal(manifest: dict[str, Any], dek: bytes) -> str:
    bare = {key: value for key, value in manifest.items() if key != "seal"}
    text = json.dumps(bare, sort_keys=True).encode()
    return hmac.new(keys.derive(dek, "backup"), text, sha256).hexdigest()


def _pack(packed: Path, copy: Path, key_file: bytes, manifest: dict[str, Any]) -> None:
    with zipfile.ZipFile(packed, "x", zipfile.ZIP_STORED) as bundle:
        bundle.write(copy, "store")
        bundle.writestr("keys", key_file)
        bundle.writestr("manifest.json", json.dumps(manifest, sort_keys=True, indent=1))
    stamp(packed)
    packed.chmod(0o600)
    _fsync(packed)


def stamp(packed: Path) -> None:
    """Write the digest of all before it into the comment at the end of a zip: no byte goes unwatched."""
    with packed.open("r+b") as file:
        file.seek(-2, os.SEEK_END)  # the length of the comment, none so far
        file.write(_STAMP_LENGTH.to_bytes(2, "little"))
    digest = _sha256(packed).encode()
    with packed.open("ab") as file:
        file.write(digest)


def _is_whole(path: Path) -> bool:
    """Return whether a backup ends with the digest of everything before."""
    size = path.stat().st_size - _STAMP_LENGTH
    if size < 0:
        return False
    with path.open("rb") as file:
        file.seek(size)
        said = file.read()
    return hmac.compare_digest(said, _sha256(path, size).encode())


def _unpacked(path: Path, scratch: Path) -> dict[str, Any]:
    if not _is_whole(path):
        raise Damaged("This file is damaged, or it is no backup. Nothing was changed. Try an older one.")
    try:
        with zipfile.ZipFile(path) as bundle:
            if sorted(bundle.namelist()) != sorted(PARTS):
                raise Damaged("This file is not a backup of this program. Nothing was changed.")
            if any(part.file_size > LIMIT for part in bundle.infolist()):
                raise Damaged("This backup claims a size that cannot be right. Nothing was changed.")
            for name in PARTS:
                _unpack(bundle, name, scratch / name)
        manifest = json.loads((scratch / "manifest.json").read_text(encoding="utf-8"))
    except _UNREADABLE:
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.") from None
    except OSError as error:
        if error.errno != EINVAL:  # what zipfile meets when told to look outside the file
            raise
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != "caseapp backup 1":
        raise Damaged("This file is not a backup of this program. Nothing was changed.")
    if str(manifest.get("schema", "")) > SCHEMA:
        raise Problem(
            "This backup was made by a newer version. Nothing was changed. Update this program first."
        )
    return manifest


def _unpack(bundle: zipfile.ZipFile, name: str, target: Path) -> None:
    with bundle.open(name) as source, target.open("xb") as file:
        while block := source.read(_BLOCK):
            file.write(block)
    target.chmod(0o600)


def _check_manifest(scratch: Path, manifest: dict[str, Any], dek: bytes) -> None:
    if not hmac.compare_digest(_seal(manifest, dek), str(manifest.get("seal", ""))):
        raise Damaged("This backup's list of contents was altered. Nothing was changed. Try an older one.")
    if any(_sha256(scratch / part) != manifest["sha256"][part] for part in ("store", "keys")):
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.")
    store = open_store(scratch / "store", dek)
    try:
        report = check(store)
        with store.engine.connect() as connection:
            same = heads_digest(connection) == manifest["heads"]
    finally:
        store.close()
    if report.faults or not same:
        raise Damaged("The store in this backup is not sound. Nothing was changed. Try an older one.")


def _sha256(path: Path, size: int | None = None) -> str:
    """Return the digest of a file, or of its first bytes."""
    digest, left = sha256(), path.stat().st_size if size is None else size
    with path.open("rb") as file:
        while left and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def _fsync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to flush
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
