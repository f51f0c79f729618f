"""A school's file in: attendance or attainment from a CSV. What can be taken goes in, or nothing does.

A child is found by UPN, or by name and date of birth together, and never guessed. Whoever may write in a
child's record may take in that child's rows; all other rows are refused, each with line, column and reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.education import csv_file, csv_rows, records
from caseapp.education import csv_mapping as mapping
from caseapp.education import school_rules as rules
from caseapp.education.csv_file import Row, Table
from caseapp.education.csv_mapping import ATTENDANCE, ColumnMap
from caseapp.education.csv_rows import Entry, Fault
from caseapp.education.pupils import Pupils
from caseapp.education.records import NewAttainment, NewAttendance
from caseapp.form_parts import pep_lists as lists
from db import education as queries
from db import names, settings
from db import school_import as import_queries
from db.looks import record_look
from db.models import Attainment, Attendance, School
from db.problems import NotFound, Problem, Stale
from db.roles import authorise
from db.store import Session

New = NewAttendance | NewAttainment
MOST_NAMED: Final = 5
_SETTING: Final = "school_csv"
_SAME, _CHANGED, _NEW = "same", "changed", "new"


class Refused(NamedTuple):
    """A row that stays out: its line (the headings' is 1), the column at fault, and why."""

    line: int
    column: str
    reason: str


class Line(NamedTuple):
    """A row that goes in: whose, what, how it stood before and how it will; `state` new, changed or same."""

    line: int
    child: str
    what: str
    was: str
    now: str
    state: str


class Opened(NamedTuple):
    """A file that was chosen, and what its columns probably hold; `known`: as they did last time."""

    table: Table
    school_id: UUID
    school: str
    columns: ColumnMap
    known: bool


class Preview(NamedTuple):
    """What a file would bring, or has brought. `notes` are for the reader; nothing hangs on them."""

    kind: str
    school: str
    rows: int
    children: int
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    not_used: tuple[str, ...]
    notes: tuple[str, ...]

    def count(self, state: str) -> int:
        """Return how many go in as new, changed or same."""
        return sum(1 for each in self.lines if each.state == state)

    @property
    def taken(self) -> int:
        """Return how many rows of the record are added or changed."""
        return self.count(_NEW) + self.count(_CHANGED)


class _Found(NamedTuple):
    """What one line says of one child."""

    line: int
    child_id: UUID
    entry: Entry


@dataclass
class _File:
    """A file as it is being read."""

    session: Session
    school: School
    table: Table
    chosen: ColumnMap
    pupils: Pupils
    lines: list[Line] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    taken: set[UUID] = field(default_factory=set)  # children of whom a row goes in

    def refuse(self, line: int, column: str, reason: str) -> None:
        """Keep a row out."""
        self.refused.append(Refused(line, column, reason))


def school_of_urn(session: Session, urn: str) -> UUID:
    """Return the school of a URN. Raises NotFound, or Problem where two schools bear it."""
    typed = words.tidy(urn).strip()
    found = import_queries.school_with_urn(session, typed) if typed else []
    if not found:
        raise NotFound(f"No school on record has the URN “{mapping.short(typed)}”. Add it to a child first.")
    if len(found) > 1:
        raise Problem("Two schools on record have this URN. Nothing was imported. Put one of them right.")
    return found[0].id


def open_file(session: Session, path: Path, school_id: UUID, kind: str) -> Opened:
    """Return a file with what its columns probably hold. Raises Problem if it is refused whole."""
    authorise(session.actor, "write")
    school = _school(session, school_id)
    table = csv_file.read(path)
    before = remembered(session, school_id, kind)
    return Opened(
        table, school_id, school.name, mapping.suggested(kind, table.headings, before), bool(before)
    )


def remembered(session: Session, school_id: UUID, kind: str) -> ColumnMap | None:
    """Return what the columns of this school's files held last time."""
    kept = settings.value(session, _name(school_id, kind))
    try:
        return mapping.from_remembered(kind, json.loads(kept)) if kept else None
    except ValueError:
        return None  # not what we wrote: the headings decide again


def remember(session: Session, school_id: UUID, chosen: ColumnMap) -> None:
    """Keep what the columns of a school's files hold, for its next file."""
    settings.put(session, _name(school_id, chosen.kind), json.dumps(mapping.remembered(chosen)))


def _name(school_id: UUID, kind: str) -> str:
    return f"{_SETTING}.{kind}.{school_id.hex}"


def preview(session: Session, table: Table, school_id: UUID, chosen: ColumnMap) -> Preview:
    """Return what a file would bring, nothing being stored.

    It is put in and taken back in one transaction: what is shown has passed every check of the record.
    """
    try:
        return _put(session, table, school_id, chosen)
    finally:
        session.rollback()


def _silent(_done: int, _total: int) -> None:
    """Say nothing about progress."""


def take(
    session: Session,
    table: Table,
    school_id: UUID,
    chosen: ColumnMap,
    seen: Preview | None = None,
    progress: Callable[[int, int], None] = _silent,
) -> Preview:
    """Put every row that can be taken on record, or nothing; the same file again changes nothing.

    `seen` is the preview that somebody agreed to: raises Stale if the records have changed since. What the
    columns hold is remembered for the school. `progress` hears (rows done, all rows), may raise to give up.
    """
    done = _put(session, table, school_id, chosen, progress)
    if seen and (seen.lines, seen.refused) != (done.lines, done.refused):
        raise Stale("The records have changed since you looked. Nothing was imported. Look at it again.")
    remember(session, school_id, chosen)
    counts = {"kind": done.kind, "taken": done.taken, "refused": len(done.refused)}
    record_look(session, "import", tbl="school", row_id=school_id, detail=counts)
    return done


def _put(
    session: Session,
    table: Table,
    school_id: UUID,
    chosen: ColumnMap,
    progress: Callable[[int, int], None] = _silent,
) -> Preview:
    authorise(session.actor, "write")
    _check(chosen)
    pupils = Pupils(session, chosen, table)
    file = _File(session, _school(session, school_id), table, chosen, pupils)
    found = _without_doubles(file, [each for row in table.rows for each in _read(file, row)])
    for done, each in enumerate(found, 1):
        _put_one(file, each)
        progress(done, len(found))
    return _told(file)


def _check(chosen: ColumnMap) -> None:
    if lacking := mapping.missing(chosen):
        raise Problem(f"{lacking[0]} Nothing was imported.")
    if doubles := mapping.twice(chosen):
        raise Problem(f"Two columns go to {words.listed(doubles)}. Nothing was imported. Choose one of them.")


def _school(session: Session, school_id: UUID) -> School:
    found = session.get(School, school_id)
    if not found:
        raise NotFound("There is no such school. Nothing was imported.")
    return found


def _read(file: _File, row: Row) -> list[_Found]:
    """Return what a row says and of whom; what is wrong with it is named in the file."""
    try:
        child = file.pupils.of(row.cells)
        entries = csv_rows.entries(file.chosen, file.table.headings, row.cells)
    except Fault as fault:
        file.refuse(row.line, fault.column, str(fault))
        return []
    return [_Found(row.line, child.id, each) for each in entries]


def _key(file: _File, found: _Found) -> tuple[object, ...]:
    """Return what makes two entries the same row of the record."""
    given = found.entry.given
    if file.chosen.kind == ATTENDANCE:
        return found.child_id, given["school_year"], given["term"]
    subject = names.fold(given["subject"])
    return found.child_id, subject, given["assessed_on"], given["framework"], given.get("baseline") == "yes"


def _without_doubles(file: _File, found: list[_Found]) -> list[_Found]:
    """Return the entries that are there once. Where two lines disagree nobody can tell which is right."""
    by_key: dict[tuple[object, ...], list[_Found]] = {}
    for each in found:
        by_key.setdefault(_key(file, each), []).append(each)
    kept = []
    for some in by_key.values():
        lines = words.listed([str(each.line) for each in some])
        if any(each.entry.given != some[0].entry.given for each in some):
            for each in some:
                file.refuse(each.line, "", f"Lines {lines} say different things of the same. Keep one.")
            continue
        kept.append(some[0])
        for each in some[1:]:
            file.refuse(each.line, "", f"It says the same as line {some[0].line}, which is enough.")
    return kept


def _put_one(file: _File, found: _Found) -> None:
    """Add a row to the record, or change the one that is there; what the record refuses is named."""
    try:
        _check_entry(file, found)
        _put_entry(file, found)
    except Fault as fault:
        file.refuse(found.line, fault.column, str(fault))
    except Problem as problem:
        file.refuse(found.line, "", problem.words.partition(" Nothing was saved.")[0])


def _check_entry(file: _File, found: _Found) -> None:
    """Raise Fault for what can be told of a column, before the record is asked."""
    given, columns = found.entry.given, found.entry.columns
    if file.chosen.kind == ATTENDANCE:
        try:
            rules.check_sessions(given["attended"], given["possible"])
        except ValueError as error:
            raise Fault(columns.get("attended", ""), str(error)) from None
        return
    day, born_on = given["assessed_on"], file.pupils.child(found.child_id).born_on
    if day > file.session.today:
        raise Fault(columns.get("assessed_on", ""), f"{words.day(day)} is still to come.")
    if born_on and day < born_on:
        raise Fault(columns.get("assessed_on", ""), f"{words.day(day)} is before the child was born.")


def _put_entry(file: _File, found: _Found) -> None:
    is_attendance = file.chosen.kind == ATTENDANCE
    there = _attendance_there(file, found) if is_attendance else _attainment_there(file, found)
    new = _new(file, found, there)
    was, state = "", _NEW
    if there:
        before = _as_new(there)
        was, state = _words(before), _SAME if before == new else _CHANGED
    if state == _NEW:
        records.add(file.session, found.child_id, new)
    elif there and state == _CHANGED:
        records.change(file.session, there.id, there.version, new)
    child = file.pupils.child(found.child_id)
    file.taken.add(found.child_id)
    file.lines.append(Line(found.line, child.name, _what(new), was, _words(new), state))


def _attendance_there(file: _File, found: _Found) -> Attendance | None:
    given = found.entry.given
    return queries.attendance_of(
        file.session, found.child_id, file.school.id, given["school_year"], given["term"]
    )


def _attainment_there(file: _File, found: _Found) -> Attainment | None:
    given = found.entry.given
    is_baseline = given.get("baseline") == "yes"
    on_day = queries.attainment_on(file.session, found.child_id, given["assessed_on"], is_baseline)
    subject = names.fold(given["subject"])
    return next(
        (
            each
            for each in on_day
            if names.fold(each.subject) == subject and each.framework == given["framework"]
        ),
        None,
    )


def _new(file: _File, found: _Found, there: Attendance | Attainment | None) -> New:
    """Return the row as it shall be: what the file does not speak of stays as it is."""
    given = dict(found.entry.given)
    if file.chosen.kind == ATTENDANCE:
        kept = _as_new(there) if there else None
        return replace(kept, **given) if kept else NewAttendance(school_id=file.school.id, **given)
    given["baseline"] = given.get("baseline") == "yes"
    if isinstance(there, Attainment):
        return replace(_as_new(there), **(given | {"subject": there.subject}))
    return NewAttainment(school_id=file.school.id, **given)


def _as_new(row: Attendance | Attainment) -> New:
    if isinstance(row, Attendance):
        return NewAttendance(**{each.name: getattr(row, each.name) for each in fields(NewAttendance)})
    return NewAttainment(**{each.name: getattr(row, each.name) for each in fields(NewAttainment)})


def _what(new: New) -> str:
    if isinstance(new, NewAttendance):
        return rules.term_words(new.school_year, new.term)
    return f"{new.subject}, {words.day(new.assessed_on)}{', baseline' if new.baseline else ''}"


def _words(new: New) -> str:
    """Return a row in words."""
    if isinstance(new, NewAttendance):
        percent = rules.attendance_percent(new.attended, new.possible)
        shown = f" ({percent} %)" if percent is not None else ""
        return f"{new.attended} of {words.count(new.possible, 'session')}{shown}"
    judged = dict(lists.JUDGEMENTS).get(new.judgement, "")
    return ", ".join(filter(None, (new.result, judged, new.target and f"target {new.target}")))


def _told(file: _File) -> Preview:
    at_school = import_queries.ever_at(file.session, file.school.id, file.taken)
    strangers = sorted(file.pupils.child(each).name for each in file.taken - at_school)
    notes = [file.table.note] if file.table.note else []
    if strangers:
        few = len(strangers) <= MOST_NAMED
        who = words.listed(strangers) if few else words.count(len(strangers), "child", "children")
        notes.append(
            f"Not on record as ever at {file.school.name}: {who}. Check the school, or add it there."
        )
    not_used = tuple(each for each in file.table.headings if not file.chosen.columns.get(each))
    return Preview(
        file.chosen.kind, file.school.name, len(file.table.rows), len(file.taken),
        tuple(sorted(file.lines)), tuple(sorted(file.refused)), not_used, tuple(notes),
    )  # fmt: skip
