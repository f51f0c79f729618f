"""A backup as a file: a stored zip of store, key file and list of contents, with a digest at its end."""

from __future__ import annotations

import hmac
import json
import os
import struct
import zipfile
import zlib
from errno import EINVAL
from hashlib import sha256
from pathlib import Path
from typing import Any

from db.problems import Damaged, Problem
from db.store import SCHEMA

FORMAT = "caseapp backup 1"
PARTS = ("store", "keys", "manifest.json")
LIMIT = 8 * 1024**3  # a part larger than this is no store of ours
_BLOCK = 1024**2
_STAMP_LENGTH = 64  # a SHA-256 in hex
# What reading a zip or a manifest that somebody else wrote can end in; RuntimeError: it asks a password.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, KeyError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def pack(packed: Path, copy: Path, key_file: bytes, manifest: dict[str, Any]) -> None:
    """Write a backup and flush it to the disk."""
    with zipfile.ZipFile(packed, "x", zipfile.ZIP_STORED) as bundle:
        bundle.write(copy, "store")
        bundle.writestr("keys", key_file)
        bundle.writestr("manifest.json", json.dumps(manifest, sort_keys=True, indent=1))
    stamp(packed)
    packed.chmod(0o600)
    flush(packed)


def check_parts(packed: Path, manifest: dict[str, Any]) -> None:
    """Read a packed backup back. Raises Damaged unless it is whole and holds the parts that were compared."""
    with zipfile.ZipFile(packed) as bundle:
        same = all(_digest_in(bundle, part) == said for part, said in manifest["sha256"].items())
    if not same or not is_whole(packed):
        raise Damaged("The backup could not be read back as it was written and was thrown away. Try again.")


def _digest_in(bundle: zipfile.ZipFile, part: str) -> str:
    digest = sha256()
    with bundle.open(part) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def stamp(packed: Path) -> None:
    """Write the digest of all before it into the comment at the end of a zip: no byte goes unwatched."""
    with packed.open("r+b") as file:
        file.seek(-2, os.SEEK_END)  # the length of the comment, none so far
        file.write(_STAMP_LENGTH.to_bytes(2, "little"))
    digest = digest_of(packed).encode()
    with packed.open("ab") as file:
        file.write(digest)


def is_whole(path: Path) -> bool:
    """Return whether a backup ends with the digest of everything before."""
    size = path.stat().st_size - _STAMP_LENGTH
    if size < 0:
        return False
    with path.open("rb") as file:
        file.seek(size)
        said = file.read()
    return hmac.compare_digest(said, digest_of(path, size).encode())


def unpack(path: Path, scratch: Path) -> dict[str, Any]:
    """Unpack a backup; return its list of contents, as yet unproved. Raises Damaged, Problem if newer."""
    if not is_whole(path):
        raise Damaged("This file is damaged, or it is no backup. Nothing was changed. Try an older one.")
    try:
        with zipfile.ZipFile(path) as bundle:
            if sorted(bundle.namelist()) != sorted(PARTS):
                raise Damaged("This file is not a backup of this program. Nothing was changed.")
            if any(part.file_size > LIMIT for part in bundle.infolist()):
                raise Damaged("This backup claims a size that cannot be right. Nothing was changed.")
            for name in PARTS:
                _unpack_part(bundle, name, scratch / name)
        manifest = json.loads((scratch / "manifest.json").read_text(encoding="utf-8"))
    except _UNREADABLE:
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.") from None
    except OSError as error:
        if error.errno != EINVAL:  # what zipfile meets when told to look outside the file
            raise
        raise Damaged("This backup is damaged. Nothing was changed. Try an older one.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Damaged("This file is not a backup of this program. Nothing was changed.")
    if str(manifest.get("schema", "")) > SCHEMA:
        raise Problem(
            "This backup was made by a newer version. Nothing was changed. Update this program first."
        )
    return manifest


def _unpack_part(bundle: zipfile.ZipFile, name: str, target: Path) -> None:
    with bundle.open(name) as source, target.open("xb") as file:
        while block := source.read(_BLOCK):
            file.write(block)
    target.chmod(0o600)


def digest_of(path: Path, size: int | None = None) -> str:
    """Return the digest of a file, or of its first bytes."""
    digest, left = sha256(), path.stat().st_size if size is None else size
    with path.open("rb") as file:
        while left and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Flush a file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
