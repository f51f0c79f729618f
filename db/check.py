"""Is the store sound? The file, its links, both chains, and every row against its newest history entry."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, exc, select

from db.history import canonical, link_mac, values_mac
from db.models import NO_HISTORY, Base, ChainHead, History, Look
from db.store import Store


class Fault(NamedTuple):
    """Something that is not as the program left it: a code, words, and where."""

    code: str
    what: str
    where: str


class Report(NamedTuple):
    """What was looked at, in numbers, and what was found."""

    looked_at: dict[str, int]
    faults: list[Fault]


def check(store: Store) -> Report:
    """Look at everything. Reads only. What cannot be read is a fault; the rest is then not looked at."""
    report = Report({}, [])
    try:
        with store.engine.connect() as connection:
            if store.path:  # in memory there are no encrypted pages
                report.faults.extend(pages(connection))
            _look_at(connection, store.history_key, report)
    except exc.DBAPIError:
        said = "The file is damaged: it could not be read to its end."
        report.faults.append(Fault("file-unreadable", said, str(store.path)))
    except (ValueError, TypeError) as error:  # a column does not hold what its type can read
        said = (
            "A value was changed outside the program and cannot be read; what comes after it was not checked."
        )
        report.faults.append(Fault("value-unreadable", said, str(error)[:200]))
    return report


def _look_at(connection: Connection, key: bytes, report: Report) -> None:
    report.looked_at["pages"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    report.faults.extend([*_structure(connection), *_links(connection)])
    for table in (History, Look):
        entries, found = _chain(connection, table, key)
        report.looked_at[f"{table.__tablename__} entries"] = entries
        report.faults.extend(found)
    rows, found = _contents(connection, key)
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


def _chain(connection: Connection, model: type[History | Look], key: bytes) -> tuple[int, list[Fault]]:
    """Return how many entries there are, and where a chain does not hold."""
    table, name = model.__table__, model.__tablename__
    heads = {
        row.child_id: (row.n, row.mac)
        for row in connection.execute(select(ChainHead.__table__).where(ChainHead.chain == name))
    }
    faults: list[Fault] = []
    entries, at, last = 0, None, (0, b"")
    ends: dict[UUID, tuple[int, bytes]] = {}
    for row in connection.execute(select(table).order_by(table.c.child_id, table.c.n)).mappings():
        entries += 1
        if row["child_id"] != at:
            at, last = row["child_id"], (0, b"")
        if row["n"] != last[0] + 1:
            faults.append(Fault(f"{name}-gap", "Entries are missing from the chain.", _place(row)))
        elif link_mac(key, last[1], dict(row)) != row["mac"]:
            faults.append(Fault(f"{name}-altered", "An entry was altered outside the program.", _place(row)))
        last = ends[row["child_id"]] = (row["n"], row["mac"])
    cut = "The end of the chain was cut off or put back."
    differ = [each for each in heads.keys() | ends.keys() if heads.get(each) != ends.get(each)]
    return entries, [*faults, *(Fault(f"{name}-cut", cut, each.hex) for each in differ)]


def _place(row: Any) -> str:
    return f"{row['child_id'].hex} entry {row['n']}"


def _contents(connection: Connection, key: bytes) -> tuple[int, list[Fault]]:
    """Return how many rows there are, and which differ from their newest history entry."""
    newest: dict[UUID, tuple[int, bytes]] = {}
    table = History.__table__.c
    for row in connection.execute(select(table.row_id, table.version, table.content)):
        if row.row_id not in newest or newest[row.row_id][0] < row.version:
            newest[row.row_id] = (row.version, row.content)
    faults: list[Fault] = []
    count = 0
    for mapper in sorted(Base.registry.mappers, key=lambda each: each.class_.__tablename__):
        name = mapper.class_.__tablename__
        if name in NO_HISTORY:
            continue
        for found in connection.execute(select(mapper.local_table)).mappings():
            count += 1
            seal = values_mac(key, mapper.local_table, dict(found))
            known = newest.pop(found["id"], None)
            if known is None:
                faults.append(Fault("row-unknown", f"A row of {name} has no history.", found["id"].hex))
            elif known != (found["version"], seal):
                said = f"A row of {name} is not as history left it."
                faults.append(Fault("row-altered", said, found["id"].hex))
    faults += [Fault("row-gone", "A row that history knows is not there.", each.hex) for each in newest]
    return count, faults


def heads_digest(connection: Connection) -> str:
    """Return one digest of the ends of all chains."""
    table = ChainHead.__table__
    rows = connection.execute(select(table).order_by(table.c.child_id, table.c.chain)).mappings()
    return sha256(canonical([dict(row) for row in rows])).hexdigest()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608  # our own table names
        for name in sorted(Base.metadata.tables)
    }
