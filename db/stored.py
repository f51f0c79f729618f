"""The canonical JSON of values as SQLite keeps them, without making Python's of them first: far quicker.

A check reads every value of the store. What is written here is what `db.history.canonical` writes of the same
value. What a column cannot hold raises ValueError, TypeError, LookupError or AttributeError.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Date, FromClause, Integer, LargeBinary, Numeric

from db.history import json_text
from db.types import Doc, Id, Utc, Words, canonical_value


class Column(NamedTuple):
    """Where in a row a column lies, and how its values are written; a later one counts once it holds some."""

    name: str
    place: int
    write: Callable[[Any], str]
    is_later: bool


@cache
def columns(table: FromClause) -> list[Column]:
    """Return the columns of a table by name."""
    found = [
        Column(each.name, place, _writer(each.type), "later" in each.info)
        for place, each in enumerate(table.c)
    ]
    return sorted(found, key=lambda column: column.name)


def row_json(columns: Sequence[Column], row: Sequence[Any]) -> bytes:
    """Return the canonical JSON of a whole row."""
    written = [
        f'"{column.name}":{"null" if row[column.place] is None else column.write(row[column.place])}'
        for column in columns
        if row[column.place] is not None or not column.is_later
    ]
    return f"{{{','.join(written)}}}".encode("utf-8", "surrogatepass")


def pair_json(column: Column, row: Sequence[Any]) -> bytes:
    """Return the canonical JSON of one column's name and value."""
    value = row[column.place]
    written = "null" if value is None else column.write(value)
    return f'["{column.name}",{written}]'.encode("utf-8", "surrogatepass")


def _writer(kind: object) -> Callable[[Any], str]:
    return next(write for types, write in _WRITERS if isinstance(kind, types))


def _bytes(value: bytes) -> str:
    return f'"{value.hex()}"'


def _moment(value: str) -> str:
    return _quoted(f"{value[:10]}T{value[11:]}+00:00")


def _words(value: str) -> str:
    return _quoted(value if value.isascii() else unicodedata.normalize("NFC", value))


def _flag(value: int) -> str:
    return ("false", "true")[value]


def _number(value: int) -> str:
    return str(int(value))


def _amount(value: float) -> str:
    return json_text(canonical_value(Decimal(f"{value:.4f}")))


def _document(value: str) -> str:
    return json_text(canonical_value(json.loads(value)))


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    ((Id, LargeBinary), _bytes),
    (Utc, _moment),
    (Words, _words),
    (Date, _quoted),
    (Boolean, _flag),
    (Integer, _number),
    (Numeric, _amount),
    (Doc, _document),
)
