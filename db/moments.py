"""The one clock and the one maker of ids. Imports nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from uuid import UUID

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def utc_now() -> datetime:
    """Return the present moment, aware."""
    return _pretended.get() or computers_now()


def computers_now() -> datetime:
    """Return what the computer's clock says, whatever moment is pretended."""
    return datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be another moment: for tests, and for the made-up lives of the demo."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): its leading 48 bits are milliseconds, so ids of one child run with time."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """Return so many ids of this moment, in order."""
    milliseconds = (utc_now() - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    chance = os.urandom(_CHANCE * count)
    parts = (chance[at : at + _CHANCE] for at in range(0, len(chance), _CHANCE))
    numbers = ((milliseconds << 80 | int.from_bytes(part, "big")) & _BESIDE_MARKS | _MARKS for part in parts)
    return [UUID(int=number) for number in sorted(numbers)]


_CHANCE = 10  # bytes of an id that are left to chance
_MARKS = (0x7 << 76) | (0x2 << 62)  # the kind of id
_BESIDE_MARKS = ~(0xF << 76) & ~(0x3 << 62)
