"""Wrong passwords are slowed down: five free, then 1, 2, 4 … 60 seconds, across restarts, never for good."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

FREE = 5
LONGEST_WAIT_SECONDS = 60.0


class Wrong(NamedTuple):
    """How many wrong passwords were tried, and when the first of them was, in seconds since 1970."""

    number: int
    since: float


class _Counted(NamedTuple):
    """`wrong` slows down and is 0 after a right password; `untold` waits until somebody was told of them."""

    wrong: int
    last_at: float
    untold: int
    first_at: float


class Tries:
    """The wrong passwords at one store, in a small file beside its keys: a count and a time, no name."""

    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self._path = path
        self._now = now

    def seconds_to_wait(self) -> float:
        """Return how long the next password has to wait: 0 when it may be tried now."""
        counted = self._read()
        if counted.wrong < FREE:
            return 0.0
        wait = min(LONGEST_WAIT_SECONDS, 2.0 ** min(counted.wrong - FREE, 6))
        now = self._now()
        if now < counted.last_at:
            # The clock was put back: counted from now, or the wait would last for years.
            self._write(counted._replace(last_at=now))
            return wait
        return max(0.0, counted.last_at + wait - now)

    def count(self) -> None:
        """Count one wrong password."""
        before, now = self._read(), self._now()
        first_at = before.first_at if before.untold else now
        self._write(_Counted(before.wrong + 1, now, before.untold + 1, first_at))

    def let_in(self) -> None:
        """Slow nobody down any more, after a right one; what was tried stays to be told."""
        counted = self._read()
        if counted.untold:
            self._write(counted._replace(wrong=0))
        else:
            self.clear()

    def untold(self) -> Wrong | None:
        """Return what nobody was told of yet."""
        counted = self._read()
        return Wrong(counted.untold, counted.first_at) if counted.untold > 0 else None

    def clear(self) -> None:
        """Forget them, once they are on record."""
        with suppress(OSError):  # a folder that is read-only must not shut its readers out
            self._path.unlink(missing_ok=True)

    def _read(self) -> _Counted:
        try:
            content = json.loads(self._path.read_bytes()[:1000])
            wrong, last_at = int(content["wrong"]), float(content["last_at"])
            # A file of an older version counts no further than what slows down.
            return _Counted(
                wrong, last_at, int(content.get("untold", wrong)), float(content.get("first_at", last_at))
            )
        except (OSError, ValueError, TypeError, LookupError, OverflowError):
            return _Counted(0, 0.0, 0, 0.0)

    def _write(self, counted: _Counted) -> None:
        new = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(counted._asdict(), file)
            os.replace(new, self._path)
        except OSError:  # a folder that is read-only must not shut its readers out
            with suppress(OSError):
                new.unlink()
