"""One window a store: an OS lock on a file beside it, gone with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from db.moments import utc_now
from db.problems import NotSaved, Problem

# Windows locks bytes so that nobody can read them: one far behind the words, so that they stay readable.
FAR = 1 << 30


class InUse(Problem):
    """Another window or command has the store. `who` is its user's name, empty when it could not be read."""

    def __init__(self, who: str, since: str) -> None:
        holder = f" ({who}, since {since})" if who else ""
        super().__init__(
            f"This store is open in another window{holder}. Close it there first. Nothing was changed."
        )
        self.who = who


class Held:
    """The lock while it is held. Close it, or use it in a `with`."""

    def __init__(self, descriptor: int, alone: bool = True) -> None:
        self._descriptor: int | None = descriptor
        self._alone = alone

    def close(self) -> None:
        """Give the store free. The file stays: deleting it could take another window's lock away."""
        if self._descriptor is None:
            return
        if self._alone:
            with suppress(OSError):  # the name is only a courtesy: closing must not fail on a full disk
                os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None

    def __enter__(self) -> Held:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def hold(path: Path, who: str, *, alone: bool = True, now: Callable[[], datetime] = utc_now) -> Held:
    """Lock the file at `path` and write into it who has it, since when.

    A window holds it alone. Commands (`alone=False`) may hold it side by side, but not beside a window.
    Raises InUse, naming the other one, or NotSaved when the file cannot be made or locked here.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as fault:
        raise _cannot_lock(path, fault) from fault
    try:
        if not _lock(descriptor, alone):
            raise InUse(*_holder(descriptor, now()))
        if alone:
            _write(descriptor, who, now())
    except OSError as fault:
        os.close(descriptor)
        raise _cannot_lock(path, fault) from fault
    except InUse:
        os.close(descriptor)
        raise
    return Held(descriptor, alone)


def holder(path: Path, now: Callable[[], datetime] = utc_now) -> str:
    """Return whose window has the store now, and since when; nothing where no window has it."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return ""
    try:
        if _lock(descriptor, alone=False):  # what stands in the file is of a window that was killed
            return ""
        who, since = _holder(descriptor, now())
    finally:
        os.close(descriptor)
    return f"{who}, since {since}" if who else ""


def _lock(descriptor: int, alone: bool) -> bool:
    """Return whether the lock is ours. Windows has no shared one: a command there asks and lets go."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        if not alone:
            os.lseek(descriptor, FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        # Not lockf: closing any other opening of the file in this process would let such a lock go.
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _write(descriptor: int, who: str, at: datetime) -> None:
    line = f"{at.isoformat(timespec='seconds')} {' '.join(who.split())[:100]}\n"
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, line.encode("utf-8", "replace"))


def _holder(descriptor: int, now: datetime) -> tuple[str, str]:
    """Return the holder's name and the local time, with the date if it was not today; blanks if unknown."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    moment, _, who = os.read(descriptor, 1000).decode("utf-8", "replace").strip().partition(" ")
    try:
        since = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return "", ""
    today = now.astimezone().date()
    return who, f"{since:%H:%M}" if since.date() == today else f"{since:%d/%m/%Y %H:%M}"


def _cannot_lock(path: Path, fault: OSError) -> NotSaved:
    return NotSaved(
        f"The lock {path.name} beside the store could not be made ({fault.strerror}). Nothing was changed. "
        "Check that the folder is there and may be written, then try again."
    )
