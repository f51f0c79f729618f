"""Reading an SSDA903 return from a folder of CSV files: a clean yes, or a plain no. Pure: no store.

A set that is not the format is refused whole. A row that cannot be kept truthfully stays out and is named:
a cell that is no value of its column, an end before its start, the same row twice, a child that is not in the
header table or has another date of birth there. Other breaks of the return's rules are no reason to refuse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from caseapp import intake, words
from caseapp.intake import Limits, Sheet
from caseapp.ssda903_rows import KEYS, NEEDED, STRETCHES, TABLES, Column, Value, cell, printable, table_of
from caseapp.work import Problem

FILE_LIMIT, FOLDER_LIMIT = intake.CSV_LIMIT, 30_000_000  # bytes
ROW_LIMIT, SET_ROW_LIMIT = 100_000, 200_000
_TEXTS = 4096  # of a column, known while its file is read
_LIMITS = Limits(ROW_LIMIT, letters=100_000)  # a cell too long is refused by its row, not with the set


Reader = Callable[[str], Value]


class Refused(NamedTuple):
    """A row that stays out: file, line (the header's is 1), the first column at fault, and why."""

    file: str
    line: int
    column: str
    reason: str


class Row(NamedTuple):
    """A row as the return has it, its cells read."""

    file: str
    line: int
    cells: dict[str, Value]


@dataclass(frozen=True)
class ReturnSet:
    """A return: the rows that can be taken, by table, and those that cannot. `year` is the one it ends in."""

    year: int
    tables: dict[str, list[Row]]
    refused: list[Refused]


class RawTable(NamedTuple):
    """A table as its file holds it: names of the columns, and the rows that have something in them."""

    table: str
    file: str
    columns: list[str]
    rows: list[tuple[int, list[str]]]  # (line, cells)


def read_set(folder: Path) -> ReturnSet:
    """Return the return that a folder holds. Raises Problem if the whole of it is refused."""
    raws = raw_tables(folder)
    refused: list[Refused] = []
    reader = cache(_reader)  # one for a column that stands in several tables: the child, the day of birth
    tables = {name: _readable(raw, reader, refused) for name, raw in raws.items()}
    year = _collection_year(tables)
    kept = _kept(tables, raws["Header"], refused)
    return ReturnSet(year, kept, sorted(refused))


def raw_tables(folder: Path) -> dict[str, RawTable]:
    """Return {table: its rows as written} of a folder. Raises Problem if the folder is not the format."""
    found: dict[str, RawTable] = {}
    for name, sheet in _sheets(_files(folder)):
        raw = _raw_table(name, sheet)
        if raw.table in found:
            raise _not_taken(f"{raw.file} and {found[raw.table].file} hold the same table, {raw.table}.")
        found[raw.table] = raw
    for name in NEEDED:
        if name not in found:
            raise _not_taken(f"There is no file with the columns of the table {name} in this folder.")
    return {name: found[name] for name in TABLES if name in found}


def _not_taken(what: str) -> Problem:
    return Problem(f"{what} The whole set is refused and nothing was imported. Mend it, then try again.")


def _files(folder: Path) -> list[Path]:
    """Return the CSV files of a folder: ordinary ones, inside it, not too large."""
    try:
        inside = folder.resolve(strict=True)
        found = sorted(each for each in inside.iterdir() if _is_csv(each))
        if any(not each.resolve().is_relative_to(inside) for each in found):
            raise _not_taken("A file of this folder is a link to another place.")
        if not all(each.is_file() for each in found):
            raise _not_taken("Something in this folder has the name of a CSV file and is none.")
        sizes = [each.stat().st_size for each in found]
    except (OSError, ValueError):
        raise _not_taken("There is no such folder, or it cannot be read.") from None
    if max(sizes, default=0) > FILE_LIMIT or sum(sizes) > FOLDER_LIMIT:
        most, whole = FILE_LIMIT // 1_000_000, FOLDER_LIMIT // 1_000_000
        raise _not_taken(f"A file may have {most} MB and a set {whole} MB: this is more.")
    return found


def _is_csv(path: Path) -> bool:
    return path.suffix.casefold() == ".csv" and not path.name.startswith(".")


def _sheets(paths: list[Path]) -> list[tuple[str, Sheet]]:
    """Return (name, what it holds) of each file. All are read before one is judged."""
    named, contents = [printable(path.name) for path in paths], []
    for name, path in zip(named, paths, strict=True):
        try:
            contents.append(intake.content_of(path, FILE_LIMIT))
        except intake.Refused as error:
            raise _not_taken(f"{name}: {error}") from None
    try:
        found = intake.sheets(contents, _LIMITS)
    except intake.Refused as error:
        raise _not_taken(str(error)) from None
    if sum(len(each.rows) for each in found if isinstance(each, Sheet)) > SET_ROW_LIMIT:
        raise _not_taken(f"A set may have {SET_ROW_LIMIT:,} rows: this has more.")
    return [(name, _whole(name, each)) for name, each in zip(named, found, strict=True)]


def _whole(name: str, sheet: Sheet | intake.Refused) -> Sheet:
    if isinstance(sheet, intake.Refused):
        raise _not_taken(f"{name}: {sheet}")
    return sheet


def _raw_table(name: str, sheet: Sheet) -> RawTable:
    if not sheet.rows:
        raise _not_taken(f"{name} is empty. Leave a table without rows out.")
    header = sheet.rows[0][1]
    try:
        table = table_of(header)
    except ValueError as error:
        raise _not_taken(f"{name} {error}.") from None
    return RawTable(table, name, header, sheet.rows[1:])


def _readable(raw: RawTable, reader: Callable[[Column], Reader], refused: list[Refused]) -> list[Row]:
    """Return the rows whose own cells are good; the others go to the refused."""
    columns = {column.name: column for column in TABLES[raw.table]}
    readers = {name: reader(columns[name]) for name in raw.columns}
    stretch = STRETCHES.get(raw.table)
    rows = []
    for line, texts in raw.rows:
        if len(texts) != len(readers):
            reason = f"The row has {len(texts)} cells where the header line has {len(readers)}."
            refused.append(Refused(raw.file, line, "", reason))
            continue
        try:
            cells = {name: read(text) for (name, read), text in zip(readers.items(), texts, strict=True)}
            faults: list[tuple[str, str]] = []
        except ValueError:
            cells, faults = {}, list(_faults(readers, texts))
        if stretch and not faults:
            faults = _backwards(cells, *stretch)
        if faults:
            refused.append(Refused(raw.file, line, faults[0][0], " ".join(words for _, words in faults)))
        else:
            rows.append(Row(raw.file, line, cells))
    return rows


def _faults(readers: Mapping[str, Reader], texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each column whose cell cannot be read, and why."""
    for (name, read), text in zip(readers.items(), texts, strict=True):
        try:
            read(text)
        except ValueError as error:
            yield name, str(error)


def _reader(column: Column) -> Reader:
    """Return what reads the cells of a column, each text once: most are codes, flags and days of a year."""
    return lru_cache(_TEXTS)(partial(cell, column))


def _backwards(cells: dict[str, Value], start: str, end: str) -> list[tuple[str, str]]:
    first, last = cells[start], cells[end]
    if not (isinstance(first, date) and isinstance(last, date) and last < first):
        return []
    return [(end, f"{end} {words.day(last)} is before {start} {words.day(first)}.")]


def _collection_year(tables: dict[str, list[Row]]) -> int:
    """Return the year in which the collection ends: the rows of OC2 and OC3 do not say it.

    A return holds only the reviews, ends of episodes and missing periods of its own year, so the year to
    31 March with the most of them is meant, and a few dates typed wrong do not move it. Without any, it is
    the year of the latest start of an episode.
    """
    told = [row.cells[column] for table, column in _OF_THE_YEAR for row in tables.get(table, ())]
    years = Counter(_year_to_march(day) for day in told if isinstance(day, date))
    if years:
        return max(years, key=lambda year: (years[year], year))
    starts = [row.cells["DECOM"] for row in tables["Episodes"]]
    if not starts:
        raise _not_taken("Not one row of the table Episodes can be read. Dates are written DD/MM/YYYY.")
    return max(_year_to_march(day) for day in starts if isinstance(day, date))


_OF_THE_YEAR = (("Reviews", "REVIEW"), ("Episodes", "DEC"), ("Missing", "MIS_START"), ("Missing", "MIS_END"))


def _year_to_march(day: date) -> int:
    return day.year + (day.month > 3)


def _kept(tables: dict[str, list[Row]], raw: RawTable, refused: list[Refused]) -> dict[str, list[Row]]:
    """Return the rows that stand once and are about a child of the header table."""
    header = _once("Header", tables["Header"], refused)
    children = {row.cells["CHILD"]: row for row in header}
    at = raw.columns.index("CHILD")
    named = {cells[at].strip().upper() for _, cells in raw.rows if at < len(cells)}
    kept = {"Header": header}
    for name, rows in tables.items():
        if name != "Header":
            placed = [row for row in rows if not _misplaced(row, children, named, raw.file, refused)]
            kept[name] = _once(name, placed, refused)
    return kept


def _once(table: str, rows: list[Row], refused: list[Refused]) -> list[Row]:
    first: dict[tuple[Value, ...], Row] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in KEYS[table])
        if key in first:
            same = words.listed(list(KEYS[table]))
            reason = f"A row with the same {same} stands in line {first[key].line} already."
            refused.append(Refused(row.file, row.line, KEYS[table][-1], reason))
        else:
            first[key] = row
    return list(first.values())


def _misplaced(
    row: Row, children: dict[Value, Row], named: set[str], header: str, refused: list[Refused]
) -> bool:
    """Refuse a row about no child of the header table, or whose birthday or sex is not that child's."""
    child = row.cells["CHILD"]
    if child not in children:
        why = f"its row in {header} was refused" if child in named else f"it is not in {header}"
        refused.append(Refused(row.file, row.line, "CHILD", f"CHILD “{child}” is not taken: {why}."))
        return True
    for column in ("DOB", "SEX"):
        said, known = row.cells.get(column), children[child].cells[column]
        if said and known and said != known:
            reason = (
                f"{column} is not the one that {header} gives for this child, so another child may be meant."
            )
            refused.append(Refused(row.file, row.line, column, reason))
            return True
    return False
