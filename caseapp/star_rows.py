"""Reading a CSV of star readings: its columns found by their headings, its rows by their lines. No store."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from caseapp import intake, words
from caseapp.ssda903_rows import printable
from db.problems import Problem

ROW_LIMIT = 100_000
_LIMITS = intake.Limits(ROW_LIMIT)
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
    try:
        lines = intake.sheet(intake.content_of(path, intake.CSV_LIMIT), _LIMITS).rows
    except intake.Refused as error:
        raise _not_taken(path, str(error)) from None
    if not lines:
        raise _not_taken(path, "It is empty.")
    header = lines[0]
    names = [_column(cell) for cell in header[1]]
    for name in COLUMNS:
        if names.count(name) > 1:
            raise _not_taken(path, f"It has the column “{name}” twice.")
    if missing := [f"“{name}”" for name in NEEDED if name not in names]:
        raise _not_taken(path, f"It lacks the column {words.listed(missing)}.")
    not_used = tuple(printable(cell)[:60] for cell, name in zip(header[1], names, strict=True) if not name)
    return [_row(line, names, cells) for line, cells in lines[1:]], not_used


def _row(line: int, names: list[str], cells: list[str]) -> Row:
    told = {name: words.tidy(cell).strip() for name, cell in zip(names, cells, strict=False) if name}
    return Row(line, dict.fromkeys(COLUMNS, "") | told)


def _column(cell: str) -> str:
    """Return what a column holds by its heading; nothing if it is none of ours."""
    heading = " ".join(cell.replace("_", " ").casefold().split())
    return next((name for name, headings in COLUMNS.items() if heading in headings), "")


def _not_taken(path: Path, what: str) -> Problem:
    return Problem(f"{printable(path.name)} is refused whole, and nothing was imported. {what}")
