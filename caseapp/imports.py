"""Files in: the SSDA903 return. All that can be taken goes in, or nothing does; the rest is named."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from caseapp import clocks, dates, ssda903
from caseapp.events import CARE_TABLES, CASE_TABLES, FRONT_TABLES
from caseapp.returns.stored import HEADER, STORED, Stored
from caseapp.ssda903 import Refused, ReturnSet, Row
from caseapp.ssda903_rows import Value
from caseapp.work import Session, authorise
from db import case_spells, names
from db import children as child_queries
from db import imports as queries
from db.looks import record_look
from db.models import (
    AboutChild,
    CareLeaverYear,
    CaseSpell,
    Child,
    ClockRow,
    Consent,
    Episode,
    Fact,
    HelpEpisode,
    LacReview,
    Measure,
    MissingPeriod,
    NameToken,
    Note,
    Schooling,
)
from db.new_records import NewRows

__all__ = ["Imported", "Preview", "Refused", "import_ssda903", "preview"]

Kept = TypeVar("Kept", bound=AboutChild)
AT_A_TIME = 500  # children: few queries, and no more rows in memory than that

# Ends that are no care leaver's: adopted, died, taken over by another council.
_NOT_LEAVING_CARE = frozenset({"E11", "E12", "E2", "E3"})


class Preview(NamedTuple):
    """What a set holds: rows that can be taken, by table, and those that cannot. `year`: when it ends."""

    children: int
    tables: dict[str, int]
    refused: list[Refused]
    year: int


class Imported(NamedTuple):
    """What an import did. `taken` counts rows by table: new, changed and unchanged ones together."""

    children: int
    new_children: int
    taken: dict[str, int]
    new: int
    changed: int
    unchanged: int
    refused: list[Refused]
    year: int


_END = ("ended_on", "reason_ended", "reason_moved")


def preview(folder: Path) -> Preview:
    """Return what a folder's return holds, nothing being stored. Raises Problem if it is refused whole."""
    found = ssda903.read_set(folder)
    return Preview(len(found.tables["Header"]), _counts(found), found.refused, found.year)


def _counts(found: ReturnSet) -> dict[str, int]:
    """Return the rows by table."""
    return {name: len(each) for name, each in found.tables.items()}


def _silent(_done: int, _total: int) -> None:
    """Say nothing about progress."""


@dataclass
class _Work:
    """An import under way."""

    session: Session
    found: ReturnSet
    only_adds: bool
    next_ref: int
    fresh: NewRows
    new_children: int = 0
    rows: Counter[str] = field(default_factory=Counter)  # new, changed, unchanged

    @property
    def ends_on(self) -> date:
        """Return the last day of the collection."""
        return date(self.found.year, 3, 31)


def import_ssda903(
    session: Session,
    folder: Path,
    progress: Callable[[int, int], None] = _silent,
    *,
    dry_run: bool = False,
) -> Imported:
    """Take an SSDA903 return into the store, in one transaction. The session's purpose must be «import».

    A child is known by the return's CHILD, a row by its dates: the same set twice changes nothing, and the
    next year's set goes on with the same children. A set older than the newest one imported adds what is
    missing and changes nothing. A blank in the header table leaves what is stored, and so does a blank end
    where the store knows of one after the collection's 31 March.

    New children have no worker and no team. A child whose care or OC3 row is new or changed becomes looked
    after while an episode is open (or none is known at all); a care leaver once care ended, if OC3 names
    them or 13 weeks in care after 14 and the age of 16 were reached; else closed, on the day care ended.

    `progress` hears (children done, all children) and may raise to give up. A dry run stores nothing.
    Raises Problem if the set is refused whole, NotAllowed for anybody but an administrator.
    """
    authorise(session.actor, "import")
    with _uncollected():
        return _import(session, folder, progress, dry_run)


def _import(session: Session, folder: Path, progress: Callable[[int, int], None], dry_run: bool) -> Imported:
    found = ssda903.read_set(folder)
    only_adds = found.year < queries.newest_year(session)
    work = _Work(session, found, only_adds, child_queries.next_ref(session), NewRows(session))
    by_child = _by_child(found)
    header = found.tables["Header"]
    done = 0
    for some in _batches(header):
        _take(work, some, by_child)
        done += len(some)
        progress(done, len(header))
    return _finish(work, dry_run)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Search for no unused rings of objects meanwhile: among so many new rows that is a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finish(work: _Work, dry_run: bool) -> Imported:
    found, rows = work.found, work.rows
    taken = _counts(found)
    counts = {"year": found.year, "taken": taken, "refused": len(found.refused)}
    if dry_run:
        work.session.rollback()
    else:
        record_look(work.session, "import", tbl="store", detail=counts)
    return Imported(
        taken["Header"], work.new_children, taken, rows["new"], rows["changed"], rows["unchanged"],
        found.refused, found.year,
    )  # fmt: skip


def _by_child(found: ReturnSet) -> dict[str, dict[str, list[Row]]]:
    """Return the rows by child and table, the header's apart."""
    sorted_rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name in STORED:
        for row in found.tables.get(name, ()):
            sorted_rows[str(row.cells["CHILD"])][name].append(row)
    return sorted_rows


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, AT_A_TIME)):
        yield some


class _Files:
    """What is stored of some children, by table and child: one query a table."""

    def __init__(self, session: Session, ids: list[UUID]) -> None:
        self.kept: dict[type[AboutChild], dict[UUID, list[AboutChild]]] = {
            each.table: queries.rows_by_child(session, each.table, ids) for each in STORED.values()
        }
        self.notes = queries.rows_by_child(session, Note, ids)
        self.facts = queries.rows_by_child(session, Fact, ids)
        self.helped = queries.rows_by_child(session, HelpEpisode, ids)
        self.consents = queries.rows_by_child(session, Consent, ids)
        self.measures = queries.rows_by_child(session, Measure, ids)
        self.schools = queries.rows_by_child(session, Schooling, ids)
        self.clocks = queries.rows_by_child(session, ClockRow, ids)
        self.care: dict[str, dict[UUID, list[AboutChild]]] = {
            name: queries.rows_by_child(session, table, ids)
            for name, table in (CARE_TABLES | CASE_TABLES | FRONT_TABLES).items()
        }

    def of(self, table: type[Kept], child: Child) -> list[Kept]:
        """Return a child's rows of one table, those that this import brings among them."""
        found: list[Any] = self.kept[table][child.id]
        return found

    def episodes(self, child: Child) -> list[Episode]:
        """Return a child's episodes, the oldest first."""
        return sorted(self.of(Episode, child), key=lambda each: each.started_on)

    def held(self, child: Child) -> dates.Held:
        """Return what the child's clocks depend on."""
        cared: dict[str, Any] = {name: rows[child.id] for name, rows in self.care.items()}
        cared["missing"] = self.of(MissingPeriod, child)  # with those that this import brings
        return dates.Held(
            self.episodes(child), self.of(LacReview, child), self.notes[child.id], self.facts[child.id],
            self.helped[child.id], self.consents[child.id], self.measures[child.id],
            self.schools[child.id], **cared,
        )  # fmt: skip


def _take(work: _Work, header: list[Row], by_child: dict[str, dict[str, list[Row]]]) -> None:
    """Take some children with all their rows: to the database and its history in one go."""
    session = work.session
    known = queries.children_of(session, [str(row.cells["CHILD"]) for row in header])
    files = _Files(session, [child.id for child in known.values()])
    new: list[Child] = []
    renewed: list[Child] = []  # known, and the header says something else of them
    concerned: list[Child] = []
    for row in header:
        rows = by_child[str(row.cells["CHILD"])]
        child = known.get(str(row.cells["CHILD"]))
        is_new = child is None
        if child is None:
            child = _new_child(work, row, rows["Episodes"])
            new.append(child)
        is_renewed = not is_new and _changes(work, child, _told(row))
        if is_renewed:
            renewed.append(child)
        moved = {name for name, each in rows.items() if _merge(work, STORED[name], child, each, files)}
        if is_new or moved & {"Episodes", "OC3"}:
            _settle(work, child, files)
        if is_new or is_renewed or moved:
            concerned.append(child)
    for child in new:
        _index(work, child)
    for child in renewed:
        names.index_child(session, child)
    for child in concerned:
        _refresh(work, child, files)
    session.flush()
    work.fresh.write()


def _index(work: _Work, child: Child) -> None:
    """Begin a new child's caseload, and write what finds it: it has nothing but its own row yet."""
    work.fresh.add(CaseSpell, case_spells.begun(child, child.opened_on))
    for token in names.tokens_of(child, (), (), ()):
        work.fresh.add(NameToken, {"token": token, "sort_name": child.sort_name, "child_id": child.id})


def _refresh(work: _Work, child: Child, files: _Files) -> None:
    """Write a child's clocks anew."""
    stored = files.clocks[child.id]
    for row in stored:
        work.session.delete(row)
    for values in dates.clock_values(work.session, child, files.held(child), stored):
        work.fresh.add(ClockRow, values)


def _told(row: Row) -> dict[str, Value]:
    """Return what a header row says; a blank says nothing."""
    return {name: row.cells[column] for column, name in HEADER.items() if row.cells[column] not in (None, "")}


def _new_child(work: _Work, row: Row, episodes: list[Row]) -> Child:
    """Put a child on file: unallocated, open since the first episode, or since the collection began."""
    starts = [each.cells["DECOM"] for each in episodes]
    opened_on = min((day for day in starts if isinstance(day, date)), default=date(work.found.year - 1, 4, 1))
    source_ref = str(row.cells["CHILD"])
    said = {"ref": work.next_ref, "source_ref": source_ref, "sort_name": names.fold(f"Child {source_ref}")}
    child: Child = work.fresh.add(
        Child, said | _told(row) | {"status": "looked_after", "opened_on": opened_on}
    )
    work.next_ref += 1
    work.new_children += 1
    work.rows["new"] += 1
    return child


def _merge(work: _Work, stored: Stored, child: Child, rows: list[Row], files: _Files) -> bool:
    """Add a child's rows of one table, or bring those stored up to date. Return whether anything changed."""
    held = files.kept[stored.table][child.id]
    by_key = {tuple(getattr(each, name) for name in stored.key): each for each in held}
    before = work.rows["new"], work.rows["changed"]
    for row in rows:
        values = _values(stored, row, child, work.found.year)
        there = by_key.get(tuple(values[name] for name in stored.key))
        if there is not None:
            _changes(work, there, _without_later_end(work, there, values))
            continue
        held.append(work.fresh.add(stored.table, values))
        work.rows["new"] += 1
    return before != (work.rows["new"], work.rows["changed"])


def _values(stored: Stored, row: Row, child: Child, year: int) -> dict[str, Any]:
    values: dict[str, Any] = {name: row.cells[column] for column, name in stored.attributes.items()}
    if stored.of_year:
        values["year"] = year
    return values | {"child_id": child.id}


def _without_later_end(work: _Work, there: AboutChild, values: dict[str, Any]) -> dict[str, Any]:
    """Leave a blank end out where the store knows of one that the collection could not know yet."""
    known = getattr(there, "ended_on", None)
    if values.get("ended_on") or known is None or known <= work.ends_on:
        return values
    return {name: value for name, value in values.items() if name not in _END}


def _changes(work: _Work, there: Child | AboutChild, values: dict[str, Any]) -> bool:
    """Set what differs, count the row, and return whether anything did."""
    differing = {name: value for name, value in values.items() if getattr(there, name) != value}
    if work.only_adds or not differing:
        work.rows["unchanged"] += 1
        return False
    for name, value in differing.items():
        setattr(there, name, value)
    work.rows["changed"] += 1
    return True


def _settle(work: _Work, child: Child, files: _Files) -> None:
    """Set a child's status from all that is known of care. A status that is not of care stays on closing."""
    episodes = files.episodes(child)
    years = sorted(files.of(CareLeaverYear, child), key=lambda each: each.year)
    ended_on = care_ended_on(episodes)
    if episodes:
        child.opened_on = min(child.opened_on, episodes[0].started_on)
    if ended_on is None and (episodes or not years):
        child.status, child.closed_on = "looked_after", None
    elif years and years[-1].in_touch == "DIED":
        child.status, child.closed_on = "closed", child.closed_on or date(years[-1].year, 3, 31)
    elif years or is_care_leaver(child.born_on, episodes):
        child.status, child.closed_on = "care_leaver", None
    elif child.status in ("looked_after", "care_leaver"):
        child.status, child.closed_on = "closed", ended_on


def care_ended_on(episodes: list[Episode]) -> date | None:
    """Return the day on which care ended; None while an episode is open or the last says it goes on."""
    ends = [each.ended_on for each in episodes if each.ended_on]
    periods = dates.care_periods(episodes)
    if len(ends) < len(episodes) or (periods and periods[-1][1] is None):
        return None
    return max(ends, default=None)


def is_care_leaver(born_on: date | None, episodes: list[Episode]) -> bool:
    """Return whether care that ended makes a care leaver: 13 weeks since 14, some of it since 16.

    Source: the Children Act 1989, Schedule 2, paragraph 19B; adoption, death and another council's care are
    no leaving of care here.
    """
    if born_on is None or not episodes or episodes[-1].reason_ended in _NOT_LEAVING_CARE:
        return False
    spans = [clocks.Span(*period) for period in dates.care_periods(episodes)]
    return clocks.eligible_on(spans, born_on) is not None
