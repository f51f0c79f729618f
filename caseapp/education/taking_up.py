"""What the signing of a PEP puts into the record of schooling.

A row typed in the plan becomes a row of the record; one that is there already takes the plan's words, unless
it was put right in the record after the plan was begun: then the record stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from caseapp import words
from caseapp.education import plan_rows, records, variants
from caseapp.education import school_rules as rules
from caseapp.education.new_rows import (
    New,
    NewAttainment,
    NewAttendance,
    NewProvision,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from caseapp.form import Form, Rows, filled_rows, is_empty
from caseapp.lines import line
from db import children, names
from db import education as queries
from db.models import AboutChild, AlternativeProvision, ReducedTimetable, Revision, Schooling
from db.problems import Problem
from db.store import Session

_TERM: Final = re.compile(r"(autumn|spring|summer)(?: term)? (\d{4})(/\d{2,4})?")
_IN_HOURS: Final = {"minutes": "hours", "full_minutes": "full_hours"}


def take_up(session: Session, revision: Revision, form: Form) -> None:
    """Let each row of a signed plan stand in the record. Raises Problem naming the row that cannot.

    Requests for pupil premium are not taken up here: they go their own way.
    """
    answers = revision.document.answers
    for question in form.fields:
        what = what_of(question) if isinstance(question, Rows) else ""
        if not isinstance(question, Rows) or what not in _TAKE:
            continue
        for number, row in enumerate(filled_rows(answers.get(question.key)), 1):
            try:
                _take_row(session, revision, what, row)
            except (Problem, ValueError) as problem:
                said = problem.words if isinstance(problem, Problem) else str(problem)
                where = f"{question.label}, {question.row} {number}"
                raise Problem(f"Not signed yet. {where}: {said} Your text stays as it is.") from None


def what_of(question: Rows) -> str:
    """Return what of the record a question's rows are; nothing for other rows."""
    if question.key == plan_rows.BASELINE:
        return plan_rows.BASELINE
    return question.from_record if question.from_record in plan_rows.WHAT else ""


def _take_row(session: Session, revision: Revision, what: str, row: Mapping[str, Any]) -> None:
    new = _TAKE[what](session, revision, row)
    if new is None:
        return
    there = _standing(session, revision.child_id, new)
    if there is None and isinstance(new, NewSchooling):
        records.add_schooling(session, revision.child_id, new)  # one that runs ends the one before
    elif there is None:
        records.add(session, revision.child_id, new)
    elif there.updated_at <= revision.created_at:
        records.change(session, there.id, there.version, _joined(there, new, row))


def _joined(there: AboutChild, new: New, row: Mapping[str, Any]) -> New:
    """Return what the plan says, and what the record says where the plan has no such question or answer."""
    kept = {
        name: getattr(there, name)
        for name, value in asdict(new).items()
        if _is_unsaid(there, name, value, row)
    }
    if "reasons" in kept:
        kept["reasons"] = tuple(kept["reasons"])
    return type(new)(**(asdict(new) | kept))


def _is_unsaid(there: AboutChild, name: str, value: Any, row: Mapping[str, Any]) -> bool:
    if name in _IN_HOURS and plan_rows.hours(getattr(there, name)) == plan_rows.hours(value):
        return True  # a plan has hours to one place: the minutes of the record are the finer
    return is_empty(value) or value == () or (value == 0 and is_empty(row.get(_IN_HOURS.get(name, name))))


def _take_school(session: Session, revision: Revision, row: Mapping[str, Any]) -> New | None:
    name = str(row.get("school") or row.get("name") or "")
    if names.fold(name).startswith(names.fold(rules.NO_SCHOOL)):
        return None  # a gap is worked out
    return NewSchooling(
        _school_id(session, revision, row),
        _day(row, "from_on"),
        _day(row, "until_on") or _day(row, "to_on"),
        reason_left=str(row.get("reason_left") or row.get("reason") or ""),
    )


def _take_attendance(session: Session, revision: Revision, row: Mapping[str, Any]) -> New:
    year, term = term_from(str(row.get("term", "")))
    return NewAttendance(
        _school_id(session, revision, row, rules.term_starts(year, term)),
        year,
        term,
        *(_whole(row, key) for key in ("possible", "attended", "authorised", "unauthorised", "late")),
    )


def _take_suspension(session: Session, revision: Revision, row: Mapping[str, Any]) -> New:
    started_on = _needed_day(row, "started_on")
    return NewSuspension(
        _school_id(session, revision, row, started_on),
        started_on,
        _whole(row, "sessions"),
        _day(row, "ended_on"),
        tuple(row.get("reasons") or ()),
        row.get("permanent") == "yes",
        _day(row, "provision_from"),
        _day(row, "told_on"),
        _day(row, "return_meeting_on"),
        _day(row, "governors_on"),
        str(row.get("outcome") or ""),
        _day(row, "rescinded_on"),
    )


def _take_timetable(session: Session, revision: Revision, row: Mapping[str, Any]) -> New:
    started_on = _needed_day(row, "started_on")
    return NewTimetable(
        _school_id(session, revision, row, started_on),
        started_on,
        _needed_day(row, "until_on"),
        _minutes(row, "hours"),
        _minutes(row, "full_hours"),
        str(row.get("reason") or ""),
        str(row.get("agreed_by") or ""),
        _day(row, "ended_on"),
        _day(row, "review_on"),
    )


def _take_provision(session: Session, revision: Revision, row: Mapping[str, Any]) -> New:
    registered = row.get("registered")
    return NewProvision(
        str(row.get("name") or ""),
        _needed_day(row, "started_on"),
        None if is_empty(registered) else registered == "yes",
        _day(row, "ended_on"),
        _day(row, "review_on"),
        _whole(row, "days"),
        _minutes(row, "hours"),
        str(row.get("commissioner") or ""),
    )


def _take_attainment(session: Session, revision: Revision, row: Mapping[str, Any]) -> New:
    return _attained(session, revision, row, baseline=False)


def _take_baseline(session: Session, revision: Revision, row: Mapping[str, Any]) -> New | None:
    # A starting point without its day has no place in time: it stays in the plan alone
    return _attained(session, revision, row, baseline=True) if _day(row, "assessed_on") else None


def _attained(session: Session, revision: Revision, row: Mapping[str, Any], *, baseline: bool) -> New:
    on = _needed_day(row, "assessed_on")
    now = variants.current(queries.schools_of(session, revision.child_id), on)
    texts = ("framework", "result", "judgement", "progress", "target", "comment")
    said = {key: str(row.get(key) or "") for key in texts}
    return NewAttainment(
        str(row.get("subject") or ""), on, **said, baseline=baseline, school_id=now.school_id if now else None
    )


_TAKE: Final[dict[str, Callable[[Session, Revision, Mapping[str, Any]], New | None]]] = {
    plan_rows.SCHOOLS: _take_school,
    "attendance": _take_attendance,
    "suspensions": _take_suspension,
    "timetables": _take_timetable,
    "provision": _take_provision,
    "attainment": _take_attainment,
    plan_rows.BASELINE: _take_baseline,
}


def _standing(session: Session, child_id: UUID, new: New) -> AboutChild | None:
    """Return the row of the record that a plan's row is about."""
    match new:
        case NewSchooling():
            return _same_stay(queries.schools_of(session, child_id), new)
        case NewAttendance():
            return queries.attendance_of(session, child_id, new.school_id, new.school_year, new.term)
        case NewSuspension():
            return queries.suspension_on(session, child_id, new.started_on, new.permanent)
        case NewTimetable():
            found = children.of_child(session, ReducedTimetable, child_id)
            return next((each for each in found if each.started_on == new.started_on), None)
        case NewProvision():
            offered = children.of_child(session, AlternativeProvision, child_id)
            key = new.started_on, names.fold(new.name)
            return next((each for each in offered if (each.started_on, names.fold(each.name)) == key), None)
        case NewAttainment():
            rows = queries.attainment_on(session, child_id, new.assessed_on, new.baseline)
            wanted = names.fold(new.subject), new.framework
            return next((each for each in rows if (names.fold(each.subject), each.framework) == wanted), None)


def _same_stay(spells: list[Schooling], new: NewSchooling) -> Schooling | None:
    there = [each for each in spells if each.school_id == new.school_id]
    return next(
        (each for each in there if not each.from_on or not new.from_on or each.from_on == new.from_on), None
    )


def _school_id(session: Session, revision: Revision, row: Mapping[str, Any], on: date | None = None) -> UUID:
    """Return the school that a row names, or the child's on the day, in the plan's words at the last."""
    name = line(str(row.get("school") or row.get("name") or ""), "A school")
    if not name:
        day = on or revision.dated_on or session.today
        spells = queries.schools_of(session, revision.child_id)
        now = variants.current(spells, day) or variants.current(spells, session.today)
        if now:
            return now.school_id
        name = line(str(revision.document.answers.get("school") or ""), "A school")
    if not name:
        raise ValueError("Say at which school.")
    return queries.school_named(session, name).id


def term_from(said: str) -> tuple[int, str]:
    """Return (year in which the school year began, term) of a term in words. Raises ValueError.

    >>> term_from("Autumn term 2026"), term_from("spring 2027"), term_from("summer 2026/27")
    ((2026, 'autumn'), (2026, 'spring'), (2026, 'summer'))
    """
    found = _TERM.fullmatch(" ".join(said.casefold().split()))
    if not found:
        raise ValueError(f"“{said}” is no term. Write it as autumn 2026.")
    term, year, is_school_year = found.group(1), int(found.group(2)), bool(found.group(3))
    return (year if is_school_year or term == "autumn" else year - 1), term


def _day(row: Mapping[str, Any], key: str) -> date | None:
    return words.stored_day(row.get(key))


def _needed_day(row: Mapping[str, Any], key: str) -> date:
    found = _day(row, key)
    if not found:
        raise ValueError("Give the date.")
    return found


def _whole(row: Mapping[str, Any], key: str) -> int:
    said = row.get(key)
    return said if isinstance(said, int) else 0


def _minutes(row: Mapping[str, Any], key: str) -> int:
    return round(float(row.get(key) or 0) * 60)
