"""Is the store sound? The file, its links, the seals, both chains, every row against its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, exc, select

from db import anchors, seals
from db.chain_check import Replay, chain, go_on, since_seal
from db.faults import Fault
from db.history import canonical, sealed_text
from db.keys import Keyring
from db.models import NO_HISTORY, Base, ChainHead, History, Look
from db.store import Store
from db.stored import columns, row_json

__all__ = ["Fault", "Report", "at_this_computer", "check", "check_newest", "counts", "heads_digest", "pages"]


class Report(NamedTuple):
    """What was looked at, in numbers, and what was found."""

    looked_at: dict[str, int]
    faults: list[Fault]


def check(store: Store) -> Report:
    """Look at everything. Reads only. What cannot be read is a fault; the rest is then not looked at."""
    report = Report({}, [])
    with _reading(store, report.faults) as connection:
        if store.path:  # in memory there are no encrypted pages
            report.faults.extend(pages(connection))
        _look_at(connection, store.history_key, report)
    return report


def check_newest(store: Store) -> list[Fault]:
    """Look at the newest seal and at what was written after it: milliseconds, for each start."""
    faults: list[Fault] = []
    with _reading(store, faults) as connection:
        sealed = seals.look_at_newest(connection)
        faults.extend(sealed.faults)
        for model in (History, Look) if sealed.number else ():  # without a seal that would be all there is
            faults.extend(since_seal(connection, model, store.history_key))
        faults.extend(seals.missing(connection, sealed.named))
    return faults


def at_this_computer(store: Store, keyring: Keyring, file: Path | None) -> list[Fault]:
    """Hold a store against what it cannot lie about: the user's own key, and what stands outside it."""
    faults: list[Fault] = []
    known = anchors.read(file, keyring.store_id) if file else None
    with _reading(store, faults) as connection:
        faults.extend(anchors.compare(connection, known) if known else [])
        if any(keyring.seed):  # else it was wiped, and with it what to compare
            faults.extend(seals.not_by(connection, keyring.user_id, seals.public_key(keyring.seed)))
    return faults


@contextmanager
def _reading(store: Store, faults: list[Fault]) -> Iterator[Connection]:
    """Lend a connection that keeps nobody from writing; what cannot be read on it becomes a fault."""
    try:
        with store.engine.execution_options(reading=store.path is not None).connect() as connection:
            yield connection
    except exc.DBAPIError:
        said = "The file is damaged: it could not be read to its end."
        faults.append(Fault("file-unreadable", said, str(store.path)))
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # not what a column can hold
        said = (
            "A value was changed outside the program and cannot be read; what comes after it was not checked."
        )
        faults.append(Fault("value-unreadable", said, str(error)[:200]))


def _look_at(connection: Connection, key: bytes, report: Report) -> None:
    report.looked_at["pages"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    report.faults.extend([*_structure(connection), *_links(connection)])
    sealed = seals.look_at(connection)
    report.looked_at["seals"] = sealed.number
    report.faults.extend(sealed.faults)
    replay = Replay(key)
    for model in (History, Look):
        entries, found = chain(connection, model, key, sealed.named, replay)
        report.looked_at[f"{model.__tablename__} entries"] = entries
        report.faults.extend(found)
    report.faults.extend([*seals.left_over(sealed.named), *replay.end()])
    rows, found = _contents(connection, key, replay.newest)
    report.looked_at["rows"] = rows
    report.faults.extend(found)


def pages(connection: Connection) -> Iterator[Fault]:
    """Yield each page of an encrypted file that was changed outside the program."""
    for said in connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars():
        yield Fault("file-cipher", "A page of the file was changed outside the program.", str(said))


def _structure(connection: Connection) -> Iterator[Fault]:
    for said in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if said != "ok":
            yield Fault("file-structure", "The file's structure is damaged.", str(said))


def _links(connection: Connection) -> Iterator[Fault]:
    for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault("link", f"A row of {table} names a row of {target} that is not there.", str(row))


def _contents(
    connection: Connection, key: bytes, newest: dict[bytes, tuple[int, bytes]]
) -> tuple[int, list[Fault]]:
    """Return how many rows there are, and which differ from their newest history entry."""
    faults: list[Fault] = []
    count = 0
    for name in sorted(Base.metadata.tables.keys() - NO_HISTORY):
        table = Base.metadata.tables[name]
        written, places = columns(table), {each.name: place for place, each in enumerate(table.c)}
        row_id, version = places["id"], places["version"]
        for found in connection.exec_driver_sql(_all_of(table.name, list(places))):
            count += 1
            go_on(count)
            known = newest.pop(found[row_id], None)
            if known is None:
                faults.append(Fault("row-unknown", f"A row of {name} has no history.", found[row_id].hex()))
            elif known != (found[version], sealed_text(key, row_json(written, found))):
                said = f"A row of {name} is not as history left it."
                faults.append(Fault("row-altered", said, found[row_id].hex()))
    faults += [Fault("row-gone", "A row that history knows is not there.", each.hex()) for each in newest]
    return count, faults


def _all_of(table: str, names: list[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'SELECT {listed} FROM "{table}"'  # noqa: S608  # our own names


def heads_digest(connection: Connection) -> str:
    """Return one digest of the ends of all chains. How far they are sealed is no part of it."""
    head = ChainHead.__table__.c
    asked = select(head.child_id, head.chain, head.n, head.mac).order_by(head.child_id, head.chain)
    return sha256(canonical([dict(row) for row in connection.execute(asked).mappings()])).hexdigest()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608  # our own table names
        for name in sorted(Base.metadata.tables)
    }
