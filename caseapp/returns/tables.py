"""A return as its tables of text, just as its files hold them. Pure: no store.

The rules are about what was written, so nothing is read or refused here: a cell keeps its text, trimmed and
in capitals, and a date that is none is no date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from caseapp.ssda903_rows import TABLES

COLUMNS: dict[str, tuple[str, ...]] = {
    name: tuple(column.name for column in columns) for name, columns in TABLES.items()
}

_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Line:
    """A row of a table. `number` counts from 0 within it; `cells` holds every column, blank where empty."""

    table: str
    number: int
    cells: Mapping[str, str] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        """Return the cell's text, trimmed and in capitals; blank where the table has no such column."""
        return self.cells.get(column, "")

    @property
    def child(self) -> str:
        """Return the return's reference of the child."""
        return self["CHILD"]

    def day(self, column: str) -> date | None:
        """Return a cell's date; None where it is blank or no date written DD/MM/YYYY."""
        return day_of(self[column])


def day_of(text: str) -> date | None:
    """Return the date of a cell written DD/MM/YYYY, else None."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return None
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        return None


@dataclass(frozen=True)
class Return:
    """A year's return. `year` is the one in which it ends; `prior` the year before, where it is at hand."""

    year: int
    tables: Mapping[str, Sequence[Line]]
    prior: Return | None = None
    authority: str = ""
    """The council's three digits, where known: a rule on «own council» needs it."""

    def lines(self, table: str) -> Sequence[Line]:
        """Return a table's rows as written; none where the table was left out."""
        return self.tables.get(table, ())

    def of(self, table: str, child: str) -> Sequence[Line]:
        """Return one child's rows of a table, as written."""
        return self._by_child.get(table, {}).get(child, ())

    def episodes(self, child: str) -> Sequence[Line]:
        """Return a child's episodes with a readable start, the oldest first."""
        return self._episodes.get(child, ())

    def header(self, child: str) -> Line | None:
        """Return a child's first row of the header table."""
        return next(iter(self.of("Header", child)), None)

    @property
    def starts_on(self) -> date:
        """Return the first day of the collection, 1 April."""
        return date(self.year - 1, 4, 1)

    @property
    def ends_on(self) -> date:
        """Return the last day of the collection, 31 March."""
        return date(self.year, 3, 31)

    @cached_property
    def children(self) -> tuple[str, ...]:
        """Return the children of the header and episodes tables, each once, in their order."""
        return tuple(
            dict.fromkeys(line.child for name in ("Header", "Episodes") for line in self.lines(name))
        )

    @cached_property
    def _by_child(self) -> dict[str, dict[str, list[Line]]]:
        found: dict[str, dict[str, list[Line]]] = {}
        for name, lines in self.tables.items():
            found[name] = defaultdict(list)
            for line in lines:
                found[name][line.child].append(line)
        return found

    @cached_property
    def _episodes(self) -> dict[str, list[Line]]:
        dated = sorted(
            ((line.day("DECOM"), line.number, line) for line in self.lines("Episodes") if line.day("DECOM")),
            key=lambda each: (each[0] or date.min, each[1]),
        )
        found: dict[str, list[Line]] = defaultdict(list)
        for _, _, line in dated:
            found[line.child].append(line)
        return found


def table(name: str, rows: Iterable[Mapping[str, str]]) -> list[Line]:
    """Return a table from its rows of text, each cell trimmed and in capitals."""
    return [
        Line(name, number, {column: str(row.get(column) or "").strip().upper() for column in COLUMNS[name]})
        for number, row in enumerate(rows)
    ]
