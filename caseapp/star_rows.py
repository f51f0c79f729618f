"""Reading a CSV of star readings: its columns found by their headings, its rows by their lines. No store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from caseapp import words
from caseapp.ssda903_rows import printable
from db.problems import Problem

FILE_LIMIT, ROW_LIMIT = 10_000_000, 100_000  # bytes, rows
NEEDED = ("child", "date", "area", "score")
COLUMNS: dict[str, tuple[str, ...]] = {
    "child": ("child", "child ref", "ref", "reference"),
    "date": ("date", "reading date", "date of the reading"),
    "area": ("area", "outcome area", "scale"),
    "score": ("score", "points"),
    "kind": ("kind", "kind of reading"),
    "respondent": ("respondent", "completed by"),
    "person": ("person", "whose"),
    "written": ("written", "written down on"),
}
"""What each column may be called."""


class Row(NamedTuple):
    """A row as the file has it: every column of `COLUMNS`, empty where the file says nothing."""

    line: int
    cells: dict[str, str]


def rows_of(path: Path) -> tuple[list[Row], tuple[str, ...]]:
    """Return the rows with something in them, and the columns that have no place here.

    Raises Problem if the file is refused whole.
    """
    lines = _lines(path)
    header = next(lines, None)
    if header is None:
        raise _not_taken(path, "It is empty.")
    names = [_column(cell) for cell in header[1]]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise _not_taken(path, f"It has the column “{name}” twice.")
    if missing := [f"“{name}”" for name in NEEDED if name not in names]:
        raise _not_taken(path, f"It lacks the column {words.listed(missing)}.")
    not_used = tuple(printable(cell)[:60] for cell, name in zip(header[1], names, strict=True) if not name)
    rows = [_row(line, names, cells) for line, cells in lines]
    if len(rows) > ROW_LIMIT:
        raise _not_taken(path, f"It has {len(rows):,} rows: {ROW_LIMIT:,} are the most at once.")
    return rows, not_used


def _row(line: int, names: list[str], cells: list[str]) -> Row:
    told = {name: words.tidy(cell).strip() for name, cell in zip(names, cells, strict=False) if name}
    return Row(line, dict.fromkeys(COLUMNS, "") | told)


def _column(cell: str) -> str:
    """Return what a column holds by its heading; nothing if it is none of ours."""
    heading = " ".join(cell.replace("_", " ").casefold().split())
    return next((name for name, headings in COLUMNS.items() if heading in headings), "")


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of every row with something in it. A quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(_text_of(path), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _not_taken(path, f"From line {line} on it is no CSV: look at its quotes.") from None
        if any(each.strip() for each in cells):
            yield line, cells


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError:
        raise _not_taken(path, "There is no such file, or it cannot be read.") from None
    if len(content) > FILE_LIMIT:
        raise _not_taken(path, f"It is larger than {FILE_LIMIT // 1_000_000} MB.")
    if b"\0" in content:
        raise _not_taken(path, "It is not UTF-8 text: save it as «CSV UTF-8».")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_taken(path, "It is neither UTF-8 nor Windows text.")


def _not_taken(path: Path, what: str) -> Problem:
    return Problem(f"{printable(path.name)} is refused whole, and nothing was imported. {what}")
