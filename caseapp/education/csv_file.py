"""A CSV as somebody else's program wrote it: its headings, its rows by their lines. No store.

Taken are UTF-8 (with or without a byte order mark) and Windows text, parted by commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from caseapp import words
from caseapp.ssda903_rows import printable
from db.problems import Problem

FILE_LIMIT: Final = 10_000_000  # bytes
ROW_LIMIT: Final = 20_000
COLUMN_LIMIT: Final = 200
CELL_LIMIT: Final = 5_000  # letters
_PARTED_BY: Final = ",;\t"
_HEADING_LETTERS: Final = 80


class Row(NamedTuple):
    """A row with something in it: its line in the file (the headings' is 1) and its cells, tidied."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A file as it was read. Every heading is there once; a row may have fewer or more cells."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

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
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise _not_taken(path, "It is empty.")
    if len(first.cells) > COLUMN_LIMIT:
        raise _not_taken(path, f"It has more than {COLUMN_LIMIT} columns.")
    rows: list[Row] = []
    for row in lines:
        if len(rows) == ROW_LIMIT:
            raise _not_taken(path, f"It has more than {ROW_LIMIT:,} rows: send it in parts.")
        rows.append(row)
    if not rows:
        raise _not_taken(path, "It has headings and no rows.")
    return Table(printable(path.name), _headings(first.cells), tuple(rows))


def _headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings, told apart where a file has one twice or leaves it blank."""
    found: list[str] = []
    for number, cell in enumerate(cells, 1):
        plain = " ".join(printable(cell).split())[:_HEADING_LETTERS] or f"Column {number}"
        found.append(f"{plain} ({number})" if plain in found else plain)
    return tuple(found)


def _lines(path: Path) -> Iterator[Row]:
    """Yield every row with something in it. A quoted cell may run over several lines."""
    text = _text_of(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_parted_by(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = tuple(words.tidy(each).strip() for each in next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise _not_taken(path, f"From line {line} on it is no CSV: look at its quotes.") from None
        if any(len(each) > CELL_LIMIT for each in cells):
            raise _not_taken(path, f"Line {line} has a cell of more than {CELL_LIMIT:,} letters.")
        if any(cells):
            yield Row(line, cells)


def _parted_by(text: str) -> str:
    """Return what parts the headings most often; programs set to other countries write semicolons."""
    heading = text.lstrip().partition("\n")[0]
    return max(_PARTED_BY, key=heading.count)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)  # never more: whatever the file's size says
    except OSError:
        raise _not_taken(path, "There is no such file, or it cannot be read.") from None
    if len(content) > FILE_LIMIT:
        raise _not_taken(path, f"It is larger than {FILE_LIMIT // 1_000_000} MB.")
    if b"\0" in content:
        raise _not_taken(path, "It is no text in UTF-8: a workbook must be saved as «CSV UTF-8» first.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_taken(path, "It is neither UTF-8 nor Windows text: save it as «CSV UTF-8».")


def _not_taken(path: Path, what: str) -> Problem:
    return Problem(f"{printable(path.name)} is refused whole, and nothing was imported. {what}")
