"""A CSV as somebody else's program wrote it: its headings, its rows by their lines. No store.

Taken are UTF-8 (with or without a byte order mark) and Windows text, parted by commas, semicolons or tabs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from caseapp import intake, words
from caseapp.ssda903_rows import printable
from db.problems import Problem

FILE_LIMIT: Final = intake.CSV_LIMIT  # bytes
ROW_LIMIT: Final = 20_000
COLUMN_LIMIT: Final = 200
CELL_LIMIT: Final = 5_000  # letters
_LIMITS: Final = intake.Limits(ROW_LIMIT, COLUMN_LIMIT, CELL_LIMIT, parted_by=",;\t")
_HEADING_LETTERS: Final = 80


class Row(NamedTuple):
    """A row with something in it: its line in the file (the headings' is 1) and its cells, tidied."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A file as it was read. Every heading is there once; a row may have fewer or more cells.

    `note`: what a reader should know of its letters; mostly nothing.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def samples(self, heading: str, most: int = 3) -> list[str]:
        """Return the first different things that stand in a column."""
        return self.values(heading)[:most]

    def values(self, heading: str) -> list[str]:
        """Return everything that stands in a column, each once, in the file's order."""
        place = self.headings.index(heading)
        found = (row.cells[place] for row in self.rows if place < len(row.cells))
        return list(dict.fromkeys(each for each in found if each))


def read(path: Path) -> Table:
    """Return what a CSV holds. Raises Problem if the file is refused whole."""
    try:
        sheet = intake.sheet(intake.content_of(path, FILE_LIMIT), _LIMITS)
    except intake.Refused as error:
        raise _not_taken(path, str(error)) from None
    tidied = [Row(line, tuple(words.tidy(each).strip() for each in cells)) for line, cells in sheet.rows]
    rows = [row for row in tidied if any(row.cells)]
    if not rows:
        raise _not_taken(path, "It is empty.")
    if len(rows) == 1:
        raise _not_taken(path, "It has headings and no rows.")
    return Table(printable(path.name), _headings(rows[0].cells), tuple(rows[1:]), sheet.note)


def _headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings, told apart where a file has one twice or leaves it blank."""
    found: list[str] = []
    for number, cell in enumerate(cells, 1):
        plain = " ".join(printable(cell).split())[:_HEADING_LETTERS] or f"Column {number}"
        found.append(f"{plain} ({number})" if plain in found else plain)
    return tuple(found)


def _not_taken(path: Path, what: str) -> Problem:
    return Problem(f"{printable(path.name)} is refused whole, and nothing was imported. {what}")
