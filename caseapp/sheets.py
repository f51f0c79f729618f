"""Tables as CSV files that a spreadsheet opens as they are: no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as a CSV file in UTF-8 with a byte order mark, which spreadsheets need to see the accents.

    Text that begins like a formula gets an apostrophe before it; numbers stay numbers.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(each) for each in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """Return a value as a safe cell: nothing for None, ISO dates, guarded text.

    >>> cell("=1+1"), cell("  @cmd"), cell(-3), cell("-3"), cell(None), cell(date(2026, 11, 9))
    ("'=1+1", "'  @cmd", '-3', "'-3", '', '2026-11-09')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if isinstance(value, int | float | Decimal):
        return text
    # Some programs drop leading spaces before they look for a formula.
    is_formula = text.startswith(_FORMULA) or text.lstrip(" ").startswith(_FORMULA)
    return f"'{text}" if is_formula else text
