"""What this computer remembers of a store outside it: an older copy put in its place is noticed.

An anchor holds numbers and one signature, nothing about anybody.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from db.faults import Fault
from db.models import ChainHead, Seal
from db.moments import utc_now
from db.seals import newest


class Anchor(NamedTuple):
    """The newest seal, its signature in hex, how many entries all chains had, and when that was."""

    store_id: str
    n: int
    signature: str
    entries: int
    at: str


def anchor(connection: Connection, store_id: UUID) -> Anchor:
    """Return what is to be remembered of a store as it stands."""
    n, signature = newest(connection)
    now = utc_now().isoformat(timespec="seconds")
    return Anchor(store_id.hex, n, signature.hex(), _entries(connection), now)


def renewed(session: Session, store_id: UUID, file: Path) -> Anchor | None:
    """Return what is to be remembered once this session is committed.

    None where the store is not as it was remembered: that must not be forgotten by going on with it.
    """
    connection = session.connection()
    known = read(file, store_id)
    return None if known and compare(connection, known) else anchor(connection, store_id)


def read(file: Path, store_id: UUID) -> Anchor | None:
    """Return what was remembered; None where nothing was, it cannot be read, or it is of another store."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        found = Anchor(
            str(said["store_id"]),
            int(said["n"]),
            str(said["signature"]),
            int(said["entries"]),
            str(said["at"]),
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found if found.store_id == store_id.hex else None


def write(file: Path, anchor: Anchor) -> None:
    """Remember, whole or not at all, for this user only. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as out:
            json.dump(anchor._asdict(), out)
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)


def forget(file: Path) -> None:
    """Remember no more: a backup was restored, which is older by rights."""
    file.unlink(missing_ok=True)


def compare(connection: Connection, known: Anchor) -> list[Fault]:
    """Find that a store is older than it was here, or that its seals are no longer the ones seen here."""
    n, _ = newest(connection)
    where = f"seal {known.n} of {_day(known.at)}"
    if n < known.n or _entries(connection) < known.entries:
        said = "The store is older than it was when it was last closed on this computer."
        return [Fault("rolled-back", said, where)]
    table = Seal.__table__.c
    signature = connection.execute(select(table.signature).where(table.n == known.n)).scalar() or b""
    if signature.hex() != known.signature:
        said = "The store is not the one that was last closed on this computer: its seals are others."
        return [Fault("seals-replaced", said, where)]
    return []


def _day(at: str) -> str:
    return "/".join(reversed(at[:10].split("-")))


def _entries(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.sum(ChainHead.__table__.c.n), 0))).scalar_one())
