"""Readings in: a CSV of scores, a row an area. What can be taken goes in as signed readings, or nothing does.

Columns: child, date, area, score; and, where they are known, kind, respondent, person and written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import dates, plan_writing, star_licences, star_packs, words
from caseapp.early_help import episodes
from caseapp.form import Answers, Choice, Date, Field, Form, Score
from caseapp.ssda903_rows import printable
from caseapp.star_rows import Row, rows_of
from caseapp.stars import areas
from db import stars as queries
from db.looks import record_look
from db.models import Child, Revision
from db.moments import utc_now
from db.problems import NotFound
from db.roles import authorise
from db.store import Session


class Refused(NamedTuple):
    """A row that stays out: its line (the header's is 1), the column at fault, and why."""

    line: int
    column: str
    reason: str


class Preview(NamedTuple):
    """What a file of readings holds. `already` counts readings that stand in the records as they are."""

    star: str
    rows: int
    readings: int
    children: int
    already: int
    refused: list[Refused]
    not_used: tuple[str, ...]


class _Key(NamedTuple):
    """What makes rows one reading."""

    child_id: UUID
    day: date
    person: str
    respondent: str


@dataclass
class _Reading:
    """The rows of one reading as they come together."""

    child: Child
    key: _Key
    lines: list[int] = field(default_factory=list)
    scores: dict[str, int | None] = field(default_factory=dict)
    kind: str = ""
    written: str = ""

    @property
    def points(self) -> dict[str, int]:
        """Return the scores of the areas that were discussed."""
        return {key: score for key, score in self.scores.items() if score is not None}


class _Fault(Exception):
    """Keeps a row out: the column at fault, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass
class _File:
    """A file as it is being read, with what the store knows of its children."""

    session: Session
    form: Form
    rows: list[Row]
    not_used: tuple[str, ...]
    source: str
    children: dict[str, Child]
    stored: dict[UUID, list[Revision]]
    refused: list[Refused] = field(default_factory=list)
    already: int = 0


class _New(NamedTuple):
    """A reading that goes in."""

    reading: _Reading
    answers: Answers


def preview(path: Path, session: Session, form_key: str) -> Preview:
    """Return what a file holds, nothing being stored. The session's purpose must be «import».

    Raises Problem if the file is refused whole or the star is locked, NotAllowed for most.
    """
    file = _read(path, session, form_key)
    return _told(file, _taken(file))


def _silent(_done: int, _total: int) -> None:
    """Say nothing about progress."""


def take(
    path: Path, session: Session, form_key: str, progress: Callable[[int, int], None] = _silent
) -> Preview:
    """Put every reading of a file that can be taken on record, signed. The session's purpose: «import».

    A reading goes in whole or not at all, and once: the same file again changes nothing. Without a kind the
    earliest reading of a person on this star is the first, each later one a review. `progress` hears
    (readings done, all readings) and may raise to give up. Raises as `preview`.
    """
    file = _read(path, session, form_key)
    new = _taken(file)
    if new:
        plan_writing.keep_form(session, file.form)
    for done, each in enumerate(new, 1):
        _sign(session, file.form, each)
        progress(done, len(new))
    for child in {each.reading.child.id: each.reading.child for each in new}.values():
        dates.refresh(session, child)
    told = _told(file, new)
    counts = {"star": form_key, "readings": told.readings, "refused": len(told.refused)}
    record_look(session, "import", tbl="store", detail=counts)
    return told


def _told(file: _File, new: list[_New]) -> Preview:
    children = {each.reading.child.id for each in new}
    rows = sum(len(each.reading.lines) for each in new)
    return Preview(
        file.form.title, rows, len(new), len(children), file.already, sorted(file.refused), file.not_used
    )


def _read(path: Path, session: Session, form_key: str) -> _File:
    authorise(session.actor, "import")
    form = star_packs.find(session, form_key)
    if not form:
        raise NotFound(f"There is no star “{printable(form_key)[:60]}”. caseapp star-licence lists them.")
    star_licences.refuse_locked(session, form_key)
    rows, not_used = rows_of(path)
    children = queries.children_named(session, {row.cells["child"] for row in rows})
    stored = queries.signed_stars(session, {child.id for child in children.values()}, form_key)
    return _File(session, form, rows, not_used, f"Import of {path.name}", children, stored)


def _taken(file: _File) -> list[_New]:
    """Return the readings that go in, the oldest first; what stays out is named in the file.

    A reading with a row that is refused stays out whole; a row that does not say to which of a child's
    readings it belongs keeps them all out.
    """
    readings: dict[_Key, _Reading] = {}
    spoilt: dict[UUID | _Key, int] = {}
    for row in file.rows:
        place: UUID | _Key | None = None
        try:
            child = _child(file, row)
            place = child.id
            place = key = _key(file, row, child)
            _add(file, row, readings.setdefault(key, _Reading(child, key)))
        except _Fault as fault:
            file.refused.append(Refused(row.line, fault.column, str(fault)))
            if place:
                spoilt.setdefault(place, row.line)
    whole = [each for each in readings.values() if not _left_out(file, each, spoilt)]
    return _new_ones(file, sorted(whole, key=lambda each: (each.key.day, each.lines[0])))


def _left_out(file: _File, reading: _Reading, spoilt: dict[UUID | _Key, int]) -> bool:
    """Return whether a reading stays out for one row; its other rows are then refused too."""
    if reading.key in spoilt:
        said = f"Left out with line {spoilt[reading.key]}: a reading goes in whole."
    elif reading.child.id in spoilt:
        said = f"Left out with line {spoilt[reading.child.id]} of the same child: mend that one first."
    else:
        return False
    file.refused += [Refused(line, "", said) for line in reading.lines]
    return True


def _child(file: _File, row: Row) -> Child:
    child = file.children.get(row.cells["child"])
    if not child:
        raise _Fault("child", f"No record has the reference “{printable(row.cells['child'])[:40]}”.")
    return child


def _key(file: _File, row: Row, child: Child) -> _Key:
    """Return to which of a child's readings a row belongs."""
    day = words.stored_day(_answer(Date("date", "Date"), row, "date"))
    if not day:
        raise _Fault("date", "There is no date.")
    if day > file.session.today:
        raise _Fault("date", f"{words.day(day)} is still to come.")
    if child.born_on and day < child.born_on:
        raise _Fault("date", f"{words.day(day)} is before the child was born.")
    respondent = _answer(_question(file.form, "completed_by"), row, "respondent") or "unknown"
    return _Key(child.id, day, _folded(row.cells["person"]), str(respondent))


def _add(file: _File, row: Row, reading: _Reading) -> None:
    """Add a row to its reading."""
    area = _area(file.form, row)
    if area.key in reading.scores:
        raise _Fault("area", f"This reading has a score for {area.label} in an earlier line.")
    kind = str(_answer(_question(file.form, "reading"), row, "kind") or "")
    if reading.lines and kind != reading.kind:
        raise _Fault("kind", "An earlier line gives this reading another kind.")
    written = str(_answer(Date("written", "Written down on"), row, "written") or "")
    reading.scores[area.key] = _answer(area, row, "score")
    reading.kind, reading.written = kind, written or reading.written
    reading.lines.append(row.line)


def _area(form: Form, row: Row) -> Score:
    wanted = _folded(row.cells["area"])
    for each in areas(form):
        if wanted in (_folded(each.label), _folded(each.key)) and wanted:
            return each
    raise _Fault("area", f"“{printable(row.cells['area'])[:60]}” is no area of {form.title}.")


def _answer(question: Field, row: Row, column: str) -> Any:
    try:
        return question.clean(row.cells[column])
    except ValueError as error:
        raise _Fault(column, printable(str(error))) from None


def _question(form: Form, key: str) -> Choice:
    return next(each for each in form.fields if each.key == key and isinstance(each, Choice))


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _new_ones(file: _File, readings: list[_Reading]) -> list[_New]:
    new: list[_New] = []
    begun: dict[tuple[UUID, str], bool] = defaultdict(bool)
    frozen: dict[UUID, str] = {}
    for each in readings:
        answers = _answers(file, each)
        child_id = each.child.id
        if child_id not in frozen:
            frozen[child_id] = episodes.writing_refused(file.session, child_id, "star")
        stands = _standing(file, each, answers)
        series = child_id, each.key.person
        if stands == "same":
            file.already += 1
            begun[series] = True
            continue
        if not answers.get("reading"):
            is_later = begun[series] or _has_earlier(file, each, answers)
            answers["reading"] = "review" if is_later else "first"
        if fault := _fault(file, each, answers, stands, frozen[child_id]):
            file.refused += [Refused(line, fault.column, str(fault)) for line in each.lines]
            continue
        begun[series] = True
        new.append(_New(each, answers))
    return new


def _fault(file: _File, reading: _Reading, answers: Answers, stands: str, frozen: str) -> _Fault | None:
    """Return what keeps a whole reading out."""
    if frozen:
        return _Fault("child", frozen)
    if not reading.points:
        return _Fault("score", "No area of this reading has a score.")
    if stands:
        return _Fault("score", stands)
    cleaned, troubles = file.form.clean(answers, today=file.session.today, to_sign=True)
    if troubles:
        column = "written" if troubles[0].key == "written_on" else ""
        return _Fault(column, f"{troubles[0].label}: {troubles[0].words}")
    answers.update(cleaned)
    return None


def _answers(file: _File, reading: _Reading) -> Answers:
    person = next(row.cells["person"] for row in file.rows if row.line == reading.lines[0])
    answers: Answers = {
        "read_on": reading.key.day.isoformat(),
        "reading": reading.kind,
        "completed_by": reading.key.respondent,
        "written_on": reading.written,
        "source": file.source,
    }
    answers |= _whose(file.form, reading.child, " ".join(person.split()))
    return {key: answer for key, answer in answers.items() if answer} | reading.points


def _whose(form: Form, child: Child, person: str) -> Answers:
    if all(each.key != "whose" for each in form.fields):
        return {"whose_name": person or child.known_as or child.given or child.name}
    return {"whose": "parent", "whose_name": person} if person else {"whose": "family"}


def _standing(file: _File, reading: _Reading, answers: Answers) -> str:
    """Return «same» for a reading that is on record, a sentence for one with other scores, else nothing.

    A reading that was corrected since still counts as on record: the same file again changes nothing.
    """
    replaced = {each.replaces_id for each in file.stored[reading.child.id]}
    stands = ""
    for each in file.stored[reading.child.id]:
        if not _is_of(each, reading, answers):
            continue
        there = each.document.answers
        points = {area.key: there[area.key] for area in areas(file.form) if there.get(area.key) is not None}
        if points == reading.points:
            return "same"
        if each.id not in replaced:
            stands = (
                f"A reading of {words.day(reading.key.day)} is on record with other scores. "
                "Correct it in the record."
            )
    return stands


def _is_of(revision: Revision, reading: _Reading, answers: Answers) -> bool:
    """Return whether a stored reading is of the same day and person, and by the same respondent if told."""
    there = revision.document.answers
    return (
        revision.dated_on == reading.key.day
        and _whose_it_is(there) == _whose_it_is(answers)
        and reading.key.respondent in ("unknown", there.get("completed_by"))
    )


def _whose_it_is(answers: Answers) -> tuple[str, str]:
    """Return whose reading it is; a name that is no longer asked for does not count."""
    whose = str(answers.get("whose") or "")
    name = "" if whose in ("family", "child") else _folded(str(answers.get("whose_name") or ""))
    return whose, name


def _has_earlier(file: _File, reading: _Reading, answers: Answers) -> bool:
    replaced = {each.replaces_id for each in file.stored[reading.child.id]}
    return any(
        each.dated_on is not None
        and each.dated_on < reading.key.day
        and each.id not in replaced
        and each.document.answers.get("reading") != "retrospective"
        and _whose_it_is(each.document.answers) == _whose_it_is(answers)
        for each in file.stored[reading.child.id]
    )


def _sign(session: Session, form: Form, new: _New) -> None:
    """Put a reading on record, closed for good, as a reading that is signed on screen is."""
    child, day = new.reading.child, new.reading.key.day
    during = [
        each.id
        for each in episodes.episodes(session, child.id)
        if each.opened_on <= day <= (each.closed_on or date.max)
    ]
    revision = plan_writing.begin(session, child, form, new.answers, episode_id=during[0] if during else None)
    revision.dated_on = day
    revision.signed_at, revision.signed_by = utc_now(), session.actor.worker_id
    session.flush()
    plan_writing.write_facts(session, revision, form)
