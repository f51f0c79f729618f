"""The one clock and the one maker of ids. Imports nothing heavy."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from uuid import UUID


def utc_now() -> datetime:
    """Return the present moment, aware. Tests replace it here and nowhere else."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562): its leading 48 bits are milliseconds, so ids of one child run with time."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    number &= ~(0xF << 76) & ~(0x3 << 62)
    return UUID(int=number | (0x7 << 76) | (0x2 << 62))
