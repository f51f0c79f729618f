"""Seals: at lock and at exit a user signs the ends of both chains with a key that only their password opens.

Whoever holds the file key alone can work every chain out anew, but cannot make somebody else's seal. Each
seal signs the one before it, so none can be left out either.
"""

from __future__ import annotations

from itertools import dropwhile
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from db.faults import Fault
from db.history import NO_CHILD, Link, append, canonical, mark_sealed, unsealed
from db.models import ChainHead, History, Look, Seal, Worker
from db.moments import utc_now

NEW_KEY = "signing key"  # the look entry of somebody who signs with another key than before
_SIGNED = ("n", "at", "by", "heads", "before", "public_key")

# (chain, child in hex, n) of an entry that a seal names -> its mac, and the seal's number
Named = dict[tuple[str, str, int], tuple[bytes, int]]


def public_key(seed: bytes | bytearray) -> bytes:
    """Return the public half of a user's signing key."""
    return _private(seed).public_key().public_bytes_raw()


def seal(session: Session, seed: bytes | bytearray) -> Seal | None:
    """Sign, as whoever is at work, the ends of the chains that grew since the last seal.

    Returns None where none did.
    """
    connection, own = session.connection(), public_key(seed)
    user_id: UUID = session.info["actor"].worker_id
    if not _any_grown(connection):
        return None
    if _key_of(connection, user_id) not in (b"", own):  # a new password after the recovery key: say so first
        row = {"act": NEW_KEY, "tbl": "worker", "row_id": user_id, "detail": {"public_key": own.hex()}}
        append(session, Look, [Link(NO_CHILD, row)])
    n, before = newest(connection)
    values = {
        "n": n + 1, "at": utc_now(), "by": user_id, "heads": _grown(connection), "before": before,
        "public_key": own,
    }  # fmt: skip
    made = Seal(**values, signature=_private(seed).sign(_text(values)))
    session.add(made)
    session.flush()
    mark_sealed(connection)
    return made


def _private(seed: bytes | bytearray) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(seed))


def _key_of(connection: Connection, user_id: UUID) -> bytes:
    """Return the key that somebody signed with last, or nothing."""
    table = Seal.__table__.c
    asked = select(table.public_key).where(table.by == user_id).order_by(table.n.desc()).limit(1)
    return connection.execute(asked).scalar() or b""


def _any_grown(connection: Connection) -> bool:
    return connection.execute(select(ChainHead.__table__.c.n).where(unsealed()).limit(1)).first() is not None


def newest(connection: Connection) -> tuple[int, bytes]:
    """Return number and signature of the newest seal: 0 and nothing where there is none."""
    table = Seal.__table__.c
    found = connection.execute(select(table.n, table.signature).order_by(table.n.desc()).limit(1)).first()
    return (found.n, found.signature) if found else (0, b"")


def _grown(connection: Connection) -> dict[str, dict[str, list[Any]]]:
    """Return the ends of the chains that no seal reaches: {child: {chain: [n, mac]}}."""
    head = ChainHead.__table__.c
    asked = select(head.child_id, head.chain, head.n, head.mac).where(unsealed())
    found: dict[str, dict[str, list[Any]]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.child_id.hex, {})[row.chain] = [row.n, row.mac.hex()]
    return found


def _text(values: Any) -> bytes:
    return b"caseapp seal 1\0" + canonical({name: values[name] for name in _SIGNED})


class Sealed(NamedTuple):
    """How many seals were looked at, what is wrong with them, and which entries the sound ones name."""

    number: int
    faults: list[Fault]
    named: Named


def look_at(connection: Connection) -> Sealed:
    """Verify every seal: its signature, its place after the one before, whose key made it."""
    faults, named, last, number = list[Fault](), Named(), (0, b""), 0
    makers = _Makers(connection)
    for row in connection.execute(select(Seal.__table__).order_by(Seal.__table__.c.n)).mappings():
        number += 1
        found = [*_in_place(row, last), *_signed(row), *makers.look_at(row)]
        faults.extend(found)
        if not found:
            named.update(_named(row))
        last = (row["n"], row["signature"])
    return Sealed(number, [*faults, *_marks(connection, named)], named)


def look_at_newest(connection: Connection) -> Sealed:
    """Verify the newest seal alone, and that none before it is missing."""
    table = Seal.__table__
    row = connection.execute(select(table).order_by(table.c.n.desc()).limit(1)).mappings().first()
    if row is None:
        return Sealed(0, [], {})
    faults = _signed(row)
    if connection.execute(select(func.count()).select_from(table)).scalar() != row["n"]:
        faults.append(Fault("seal-gap", _GAP, _place(row)))
    return Sealed(1, faults, {} if faults else _named(row))


def not_by(connection: Connection, user_id: UUID, key: bytes) -> list[Fault]:
    """Find seals in somebody's name that their own key did not make: the one thing only they can see.

    Those before their key's first seal were made with the key they had before.
    """
    table = Seal.__table__.c
    asked = select(table.n, table.public_key).where(table.by == user_id).order_by(table.n)
    keys = dropwhile(lambda row: row.public_key != key, connection.execute(asked))
    return [Fault("seal-forged", _FORGED, f"seal {row.n}") for row in keys if row.public_key != key]


_FORGED = "A seal was not made by the person it names, but by somebody with the key of the file."
_GAP = "A seal is missing, or one was put in the place of another."


def _in_place(row: Any, last: tuple[int, bytes]) -> list[Fault]:
    fits = row["n"] == last[0] + 1 and row["before"] == last[1]
    return [] if fits else [Fault("seal-gap", _GAP, _place(row))]


def _signed(row: Any) -> list[Fault]:
    try:
        Ed25519PublicKey.from_public_bytes(row["public_key"]).verify(row["signature"], _text(row))
    except (InvalidSignature, ValueError):  # ValueError: what stands there is no key
        return [Fault("seal-altered", "A seal was altered outside the program.", _place(row))]
    return []


class _Makers:
    """Who signs with which key. Another key than before counts once it was announced."""

    def __init__(self, connection: Connection) -> None:
        look = Look.__table__.c
        self._keys = dict.fromkeys(connection.execute(select(Worker.__table__.c.id)).scalars(), b"")
        said = connection.execute(select(look.row_id, look.detail).where(look.act == NEW_KEY))
        self._announced = {(row.row_id, bytes.fromhex(row.detail["public_key"])) for row in said}

    def look_at(self, row: Any) -> list[Fault]:
        """Find a seal that is signed with another key than its maker's."""
        by, key = row["by"], row["public_key"]
        was = self._keys.get(by)
        if was is None or (was not in (b"", key) and (by, key) not in self._announced):
            return [Fault("seal-forged", _FORGED, _place(row))]
        self._keys[by] = key
        return []


def _named(row: Any) -> Named:
    return {
        (chain, child_id, n): (bytes.fromhex(mac), row["n"])
        for child_id, chains in row["heads"].items()
        for chain, (n, mac) in chains.items()
    }


def _marks(connection: Connection, named: Named) -> list[Fault]:
    """Find chains that say they are sealed further than any seal there is: seals were cut off."""
    reach = _furthest(named)
    head = ChainHead.__table__.c
    asked = select(head.chain, head.child_id, head.sealed_n).where(head.sealed_n.is_not(None))
    said = "A chain was sealed further than the seals go: seals were taken away."
    return [
        Fault("seal-cut", said, f"{row.child_id.hex} entry {row.sealed_n}")
        for row in connection.execute(asked)
        if reach.get((row.chain, row.child_id.hex), 0) < row.sealed_n
    ]


def _furthest(named: Named) -> dict[tuple[str, str], int]:
    reach: dict[tuple[str, str], int] = {}
    for chain, child_id, n in named:
        reach[chain, child_id] = max(n, reach.get((chain, child_id), 0))
    return reach


def left_over(named: Named) -> list[Fault]:
    """Return each chain of which entries were not met that seals name: cut off, or erased with its child."""
    return [
        Fault("seal-unmet", _UNMET.format(chain, named[chain, child_id, n][1]), f"{child_id} entry {n}")
        for (chain, child_id), n in _furthest(named).items()
    ]


def missing(connection: Connection, named: Named) -> list[Fault]:
    """Return each named entry that is not there as it was sealed."""
    found = []
    for (chain, child_id, n), (mac, seal_n) in named.items():
        asked = _ASKED[chain]  # a statement of the driver's own: a first seal names every child of a county
        row = connection.exec_driver_sql(asked, (bytes.fromhex(child_id), n)).first()
        if row is None or row[0] != mac:
            found.append(Fault("seal-unmet", _UNMET.format(chain, seal_n), f"{child_id} entry {n}"))
    return found


_ASKED = {
    name: f'SELECT mac FROM "{name}" WHERE child_id = ? AND n = ?'  # noqa: S608  # our own names
    for name in (History.__tablename__, Look.__tablename__)
}
_UNMET = "An entry of the {} is not there as seal {} covers it."


def _place(row: Any) -> str:
    return f"seal {row['n']}"
