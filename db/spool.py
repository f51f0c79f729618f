"""The spool: what has to be kept while the store cannot be written, encrypted, in a file beside it.

Each entry stands alone: a mark, its length, a nonce, and a JSON document sealed with AES-GCM. It counts as
kept once the disk has it. An entry whose writing was cut short is skipped; the mark leads to the next one.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from db.problems import NotSaved

_MARK = b"\xc5SP1"
_LENGTH, _NONCE, _TAG = 4, 12, 16
_HEAD = len(_MARK) + _LENGTH + _NONCE


class Found(NamedTuple):
    """What a spool held: its entries, oldest first, how many cannot be read, and how far it was read."""

    entries: list[dict[str, Any]]
    damaged: int
    end: int


class Spool:
    """The spool of a store. Threads of one window share it; a second window cannot open the store."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Return how many bytes wait here."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def add(self, entry: dict[str, Any]) -> None:
        """Keep an entry; it is on the disk when this returns. Raises NotSaved."""
        sealed = self._sealed(entry)
        with self._lock:
            is_new = not self.path.exists()
            try:
                _append(self.path, sealed)
                if is_new:
                    _sync_folder(self.path.parent)
            except OSError as error:
                raise NotSaved(
                    f"Nothing can be written beside the store: {error.strerror}. What you typed is still "
                    "on the screen. Leave the window open and make room, then try again."
                ) from None

    def read(self) -> Found:
        """Return what waits here. Raises NotSaved if the file cannot be read."""
        try:
            content = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise NotSaved(
                f"{self.path.name} could not be read: {error.strerror}. It was left as it is."
            ) from None
        entries: list[dict[str, Any]] = []
        damaged, at, is_lost = 0, 0, False
        while at < len(content):
            entry, end = self._opened(content, at)
            if entry is not None:
                entries.append(entry)
                at, is_lost = end, False
                continue
            following = content.find(_MARK, at + 1)
            if following < 0 and end > len(content):
                break  # cut short as it was written: nobody was told that it is kept
            damaged += not is_lost
            at, is_lost = following if following >= 0 else len(content), True
        return Found(entries, damaged, len(content))

    def drop(self, found: Found, left: list[dict[str, Any]]) -> None:
        """Take away what was read, but for entries that are left; what came since stays. Raises NotSaved."""
        with self._lock:
            try:
                kept = b"".join(self._sealed(each) for each in left) + self.path.read_bytes()[found.end :]
                if kept:
                    self._replace(kept)
                else:
                    self.path.unlink()
                    _sync_folder(self.path.parent)
            except OSError as error:
                raise NotSaved(
                    f"{self.path.name} could not be tidied: {error.strerror}. Nothing is lost."
                ) from None

    def _replace(self, content: bytes) -> None:
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.unlink(missing_ok=True)
        _append(beside, content)
        os.replace(beside, self.path)
        _sync_folder(self.path.parent)

    def _sealed(self, entry: dict[str, Any]) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        # A drawn nonce, not a running one: a count would have to outlive the file, or it would begin again.
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), _MARK)
        return _MARK + len(sealed).to_bytes(_LENGTH, "big") + nonce + sealed

    def _opened(self, content: bytes, at: int) -> tuple[dict[str, Any] | None, int]:
        """Return the entry that begins here, None if it cannot be read, and where it says that it ends."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        start = at + _HEAD
        if start > len(content):
            return None, start
        length = int.from_bytes(content[at + len(_MARK) : at + len(_MARK) + _LENGTH], "big")
        end = start + length
        if not content.startswith(_MARK, at) or length < _TAG or end > len(content):
            return None, end
        try:
            text = AESGCM(self._key).decrypt(content[start - _NONCE : start], content[start:end], _MARK)
        except InvalidTag:
            return None, end
        entry: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
        return entry, end


def _append(path: Path, content: bytes) -> None:
    """Write at the end of a file for this user only, whole and through to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    size = os.fstat(descriptor).st_size
    try:
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):  # half an entry is passed over by reading all the same
            os.ftruncate(descriptor, size)
        raise
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Put a file's name on the disk too. Windows has no such call and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
