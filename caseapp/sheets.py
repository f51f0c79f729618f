"""Tables as CSV files and Excel workbooks: no cell is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

# The wide signs of East Asian keyboards are signs of a formula too, in the programs that are used there.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_LONGEST = 32_767  # in a cell of Excel, counted as it counts: an emoji is two


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
    # Some programs drop blanks, and what is not seen, before they look for a formula.
    seen = text.lstrip().lstrip(_UNSEEN).lstrip()
    is_formula = text.startswith(_FORMULA) or seen.startswith(_FORMULA)
    return f"'{text}" if is_formula else text


class Sheet(NamedTuple):
    """A sheet of a workbook: its name, its header, its rows, and the columns' widths in letters.

    Cells are text, numbers, dates or nothing.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int]


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as an Excel workbook: headers bold and frozen, dates real dates, text only ever text.

    Text that begins like a formula gets an apostrophe before it, as in CSV: whoever saves the sheet as CSV
    later is safe too. Raises ValueError for two sheets of one name, or a name that Excel refuses.
    """
    import xlsxwriter

    out = io.BytesIO()
    # In memory: no temporary file ever holds what leaves. The rest keeps text from being anything else.
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    looks = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    try:
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, looks)
    except xlsxwriter.exceptions.XlsxInputError as error:
        raise ValueError(str(error)) from None
    book.close()
    return out.getvalue()


def _fill(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    page.freeze_panes(1, 0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for column, title in enumerate(sheet.header):
        page.write_string(0, column, cell(title), looks["head"])
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            _write(page, number, column, value, looks)


def _write(page: Any, row: int, column: int, value: Any, looks: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(row, column, value, looks["date"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(row, column, float(value), looks["number"])
    else:
        page.write_string(row, column, _fitting(cell(str(value))), looks["text"])


def _fitting(text: str) -> str:
    """Return a text that a cell takes: a longer one ends in …, for Excel would cut it without a word."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= _LONGEST:
        return text
    return units[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
