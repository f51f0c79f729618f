"""The data-quality screen: what the rules find, with child and worker, narrowed by filters, and as a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from caseapp import words
from caseapp.returns import folder, rules
from caseapp.returns.opens import DETAILS, Opens
from caseapp.returns.quality import judge
from caseapp.returns.rule import Finding, messages
from caseapp.returns.rules_structure import TITLES
from caseapp.sheets import Sheet, csv_bytes, xlsx_bytes
from db import returns as queries
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

_YEARS_BACK: Final = 6
_MORE_TITLES: Final = {"SWEpisodes": "social workers", "DoLo": "deprivation of liberty"}
HEADER: Final = (
    "Child", "Reference", "Worker", "What is wrong", "How to mend it", "Rule", "Columns", "Table", "Row",
    "Where to mend it",
)  # fmt: skip


class Row(NamedTuple):
    """A finding as people read it. `opens` is where it is mended; a folder's rows have no such place."""

    rule: str
    ref: str
    name: str
    worker: str
    is_mine: bool
    wrong: str
    mend: str
    columns: tuple[str, ...]
    table: str
    line: int
    opens: Opens | None

    @property
    def who(self) -> str:
        """Return the child's name and reference, each once."""
        return self.name if self.ref in self.name or not self.ref else f"{self.name} ({self.ref})"

    @property
    def place(self) -> tuple[str, str]:
        """Return the tab of the record and its part; blank for a folder's rows."""
        if self.opens is None:
            return "", ""
        return self.opens.tab, "Edit details" if self.opens.part == DETAILS else self.opens.part

    @property
    def where(self) -> str:
        """Return where it is mended, in words."""
        if self.opens is None:
            return f"Row {self.line} of the file"
        return ", ".join(part for part in self.place if part)


class Found(NamedTuple):
    """What was judged: the year by its end, whose return (a folder's name, or blank for the record), rows."""

    year: int
    folder: str
    children: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Filter:
    """Which findings are shown. Blank: all."""

    rule: str = ""
    table: str = ""
    worker: str = ""
    mine: bool = False

    def holds(self, row: Row) -> bool:
        """Return whether a finding is shown."""
        return (
            (not self.rule or row.rule == self.rule)
            and (not self.table or row.table == self.table)
            and (not self.worker or row.worker == self.worker)
            and (not self.mine or row.is_mine)
        )


class Count(NamedTuple):
    """How often a rule is broken, and by how many children."""

    rule: str
    wrong: str
    times: int
    children: int


class Undone(NamedTuple):
    """A rule that is not judged here: the Department's message, and why not."""

    rule: str
    message: str
    why: str


def years(today: date) -> list[int]:
    """Return the years that can be judged, by their end: the last full one, the one under way, older ones.

    >>> years(date(2026, 11, 23))[:3], years(date(2026, 3, 31))[:2]
    ([2026, 2027, 2025], [2025, 2026])
    """
    last = today.year if today >= date(today.year, 4, 1) else today.year - 1
    return [last, last + 1, *range(last - 1, last - _YEARS_BACK, -1)]


def year_words(year: int, today: date) -> str:
    """Return a year of the return in words; one that is not over says so."""
    so_far = ", so far" if date(year, 3, 31) >= today else ""
    return f"1 April {year - 1} to 31 March {year}{so_far}"


def look(session: Session, year: int) -> Found:
    """Return what the rules find in the record for the year that ends on 31 March `year`.

    It is for team managers and stands on record. Raises NotAllowed.
    """
    judged = judge(session, year)
    workers = queries.workers(session)
    rows = []
    for each in judged.findings:
        opens = judged.opens(each)
        worker_id, worker = workers.get(opens.child_id, (None, "")) if opens else (None, "")
        name = judged.made.names.get(each.child, f"Child {each.child}")
        rows.append(_row(each, name, worker, worker_id == session.actor.worker_id, opens))
    return Found(year, "", len(judged.made.told.lines("Header")), tuple(rows))


def look_into(path: Path, year: int) -> Found:
    """Return what the rules find in a folder of files made elsewhere. Raises Problem if it is no return."""
    told = folder.read(path, year)
    rows = tuple(_row(each, f"Child {each.child}", "", False, None) for each in rules.check(told))
    return Found(year, path.name, len(told.children), rows)


def _row(each: Finding, name: str, worker: str, is_mine: bool, opens: Opens | None) -> Row:
    return Row(
        each.code, each.child, name, worker, is_mine, each.wrong, each.mend, each.columns, each.line.table,
        each.line.number + 2, opens,
    )  # fmt: skip


def table_words(table: str) -> str:
    """Return what a table of the return is called.

    >>> table_words("OC2"), table_words("SWEpisodes")
    ('Health (OC2)', 'Social workers')
    """
    title = TITLES.get(table) or _MORE_TITLES.get(table, table)
    return f"{title[:1].upper()}{title[1:]}"


def narrowed(rows: Iterable[Row], chosen: Filter) -> list[Row]:
    """Return the findings that a filter lets through, in their order."""
    return [each for each in rows if chosen.holds(each)]


def in_full(row: Row) -> str:
    """Return a finding in sentences, with the Department's own words."""
    theirs = messages().get(row.rule, "")
    whose = f" The Department’s words: {theirs}" if theirs else ""
    return f"{row.who}: {row.wrong} {row.mend} Rule {row.rule} ({', '.join(row.columns)}).{whose}"


def counts(rows: Iterable[Row]) -> list[Count]:
    """Return how often each rule is broken, the most frequent first."""
    told = list(rows)
    times = Counter(each.rule for each in told)
    children: dict[str, set[str]] = {}
    for each in told:
        children.setdefault(each.rule, set()).add(each.ref)
    found = [
        Count(code, rules.BY_CODE[code].wrong, number, len(children[code])) for code, number in times.items()
    ]
    return sorted(found, key=lambda each: (-each.times, each.rule))


def offered(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Return the tables and the workers that the findings name, for the choice of a filter."""
    tables = sorted({each.table for each in rows}, key=table_words)
    return tables, sorted({each.worker for each in rows if each.worker})


def filter_words(chosen: Filter) -> str:
    """Return the filter in words.

    >>> filter_words(Filter()), filter_words(Filter("141", "Episodes", mine=True))
    ('All findings', 'Rule 141; table episodes; my children')
    """
    parts = [
        f"rule {chosen.rule}" if chosen.rule else "",
        f"table {table_words(chosen.table)[:1].lower()}{table_words(chosen.table)[1:]}"
        if chosen.table
        else "",
        f"worker {chosen.worker}" if chosen.worker else "",
        "my children" if chosen.mine else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}" if said else "All findings"


def judged_words(found: Found) -> str:
    """Return what was judged, and how much was found."""
    whose = f"Files of {found.folder}" if found.folder else "The record"
    judged = (
        f"{whose}, year to 31 March {found.year}: {words.count(found.children, 'child', 'children')} "
        f"judged by {len(rules.RULES)} rules"
    )
    if not found.rows:
        return f"{judged}."
    about = len({each.ref for each in found.rows})
    told = words.count(len(found.rows), "finding")
    return f"{judged}, {told} about {words.count(about, 'child', 'children')}."


def undone() -> list[Undone]:
    """Return the rules that are not judged here, with the Department's message and why not."""
    said = messages()
    return [Undone(code, said.get(code, ""), why) for code, why in sorted(rules.NOT_DONE.items())]


def file_of(session: Session, found: Found, chosen: Filter, *, as_csv: bool = False) -> bytes:
    """Return the findings shown as a workbook or a CSV file, with the filter in words.

    The record is judged anew: whom only an emergency opens is not in it. They name many children, so it is
    for team managers; the export stands on record first. Raises NotAllowed.
    """
    authorise_taking_out(session, "bulk export")
    if not found.folder:
        found = look(session, found.year)
    rows = [_cells(each) for each in narrowed(found.rows, chosen)]
    detail = {"what": f"findings on the SSDA903 return {found.year - 1}", "filter": filter_words(chosen)}
    record_look(session, "export", tbl="store", detail=detail | {"rows": len(rows)})
    session.commit()
    about = (
        ("Return", judged_words(found)),
        ("Shown", filter_words(chosen)),
        ("Exported by", session.actor.name),
        ("On", session.today),
    )
    if as_csv:
        return csv_bytes([*about, (), HEADER, *rows])
    return xlsx_bytes(
        [
            Sheet("Findings", HEADER, rows, (24, 12, 20, 60, 60, 8, 24, 22, 8, 28)),
            Sheet("About", ("Findings", ""), about, (14, 90)),
            Sheet("Not judged here", ("Rule", "The Department’s message", "Why not"), undone(), (8, 90, 70)),
        ]
    )


def _cells(each: Row) -> tuple[str | int, ...]:
    return (
        each.name, each.ref, each.worker, each.wrong, each.mend, each.rule, ", ".join(each.columns),
        table_words(each.table), each.line, each.where,
    )  # fmt: skip
