"""Rows of schooling in a plan: what a PEP begins with, and what its signing puts into the record.

A row typed in the plan becomes a row of the record; one that is there already takes the plan's words, unless
it was put right in the record after the plan was begun: then the record stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from caseapp import words
from caseapp.education import record_view, records, variants
from caseapp.education import school_rules as rules
from caseapp.education.records import (
    New,
    NewAttainment,
    NewAttendance,
    NewProvision,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from caseapp.form import Answers, Form, Rows, filled_rows, is_empty
from caseapp.lines import line
from db import children, names
from db import education as queries
from db.models import (
    AboutChild,
    AlternativeProvision,
    Attainment,
    Attendance,
    Child,
    Premium,
    ReducedTimetable,
    Revision,
    Schooling,
    Suspension,
)
from db.plans import worker_name
from db.problems import Problem
from db.store import Session

SCHOOLS: Final = "schools"
BASELINE: Final = "baseline"
WHAT: Final = (
    SCHOOLS, "attendance", "suspensions", "timetables", "provision", "attainment", BASELINE, "premium",
)  # fmt: skip
"""What of the record a plan's rows may begin with."""
TERMS_IN_A_PLAN: Final = 4
_TERM: Final = re.compile(r"(autumn|spring|summer)(?: term)? (\d{4})(/\d{2,4})?")


# From the record into the plan


def rows_for_plan(session: Session, child_id: UUID, what: str, keys: Collection[str]) -> list[Answers]:
    """Return the rows of the record that a plan begins with, oldest first; each has only the keys asked for.

    Schools with the gaps between them; attendance of the last four terms; suspensions of this school year
    and every exclusion; timetables and provision that run; the latest of each subject.
    """
    rows = _READ[what](session, child_id)
    return [{key: said for key, said in row.items() if key in keys and not is_empty(said)} for row in rows]


def _schools(session: Session, child_id: UUID) -> list[Answers]:
    child = session.get_one(Child, child_id)
    spells = queries.schools_of(session, child_id)
    rows = [
        {
            "school": each.school.name,
            "from_on": _iso(each.from_on),
            "until_on": _iso(each.until_on),
            "reason_left": each.reason_left,
        }
        for each in spells
    ]
    rows += [
        {"school": rules.NO_SCHOOL, "from_on": _iso(gap.first_on), "until_on": _iso(gap.last_on)}
        for gap in record_view.school_gaps(child, spells, session.today)
    ]
    return sorted(rows, key=lambda row: row["from_on"])


def _attendance(session: Session, child_id: UUID) -> list[Answers]:
    schools = queries.schools_in(session, child_id)
    found = children.of_child(session, Attendance, child_id)
    kept = rules.latest_terms([(each.school_year, each.term) for each in found], TERMS_IN_A_PLAN)
    ordered = sorted(found, key=lambda each: (*rules.term_order(each.school_year, each.term), each.id))
    return [
        {
            "school": schools[each.school_id].name,
            "term": _plain_term(each.school_year, each.term),
            "possible": each.possible,
            "attended": each.attended,
            "percent": _decimal(rules.attendance_percent(each.attended, each.possible)),
            "authorised": each.authorised,
            "unauthorised": each.unauthorised,
            "late": each.late,
        }
        for each in ordered
        if (each.school_year, each.term) in kept
    ]


def _suspensions(session: Session, child_id: UUID) -> list[Answers]:
    schools = queries.schools_in(session, child_id)
    year = rules.school_year(session.today)
    return [
        {
            "school": schools[each.school_id].name,
            "permanent": _yes_no(each.permanent),
            "started_on": _iso(each.started_on),
            "ended_on": _iso(each.ended_on),
            "sessions": None if each.permanent else each.sessions,
            "reasons": list(each.reasons),
            "provision_from": _iso(each.provision_from),
            "told_on": _iso(each.told_on),
            "return_meeting_on": _iso(each.return_meeting_on),
            "governors_on": _iso(each.governors_on),
            "outcome": each.outcome,
            "rescinded_on": _iso(each.rescinded_on),
        }
        for each in children.of_child(session, Suspension, child_id, Suspension.started_on)
        if each.permanent or rules.school_year(each.started_on) == year
    ]


def _timetables(session: Session, child_id: UUID) -> list[Answers]:
    schools = queries.schools_in(session, child_id)
    return [
        {
            "school": schools[each.school_id].name,
            "started_on": _iso(each.started_on),
            "until_on": _iso(each.until_on),
            "ended_on": _iso(each.ended_on),
            "review_on": _iso(each.review_on),
            "hours": _hours(each.minutes),
            "full_hours": _hours(each.full_minutes),
            "reason": each.reason,
            "agreed_by": each.agreed_by,
        }
        for each in children.of_child(session, ReducedTimetable, child_id, ReducedTimetable.started_on)
        if rules.is_open(each.ended_on, session.today)
    ]


def _provision(session: Session, child_id: UUID) -> list[Answers]:
    return [
        {
            "name": each.name,
            "registered": "" if each.registered is None else _yes_no(each.registered),
            "started_on": _iso(each.started_on),
            "ended_on": _iso(each.ended_on),
            "review_on": _iso(each.review_on),
            "days": each.days or None,
            "hours": _hours(each.minutes) if each.minutes else None,
            "commissioner": each.commissioner,
        }
        for each in children.of_child(
            session, AlternativeProvision, child_id, AlternativeProvision.started_on
        )
        if rules.is_open(each.ended_on, session.today)
    ]


def _attainment(session: Session, child_id: UUID) -> list[Answers]:
    rows = [each for each in _assessed(session, child_id) if not each.baseline]
    latest = {names.fold(each.subject): each for each in rows}  # the last of a subject wins
    return [_attainment_row(each) for each in latest.values()]


def _baseline(session: Session, child_id: UUID) -> list[Answers]:
    return [_attainment_row(each) for each in _assessed(session, child_id) if each.baseline]


def _assessed(session: Session, child_id: UUID) -> list[Attainment]:
    return children.of_child(session, Attainment, child_id, Attainment.assessed_on)


def _attainment_row(row: Attainment) -> Answers:
    names_of = ("subject", "framework", "result", "judgement", "progress", "target", "comment")
    return {name: getattr(row, name) for name in names_of} | {"assessed_on": _iso(row.assessed_on)}


def _premium(session: Session, child_id: UUID) -> list[Answers]:
    year = session.today.year if session.today.month >= 4 else session.today.year - 1
    plain = (
        "number", "stream", "term", "thing", "category", "asked", "asked_by", "decision", "decided_because",
        "spent", "impact",
    )  # fmt: skip
    return [
        {name: getattr(each, name) for name in plain}
        | {
            "targets": "; ".join(each.targets),
            "asked_on": _iso(each.asked_on),
            "approved": each.approved or None,
            "decided_by": worker_name(session, each.decided_by),
            "decided_on": _iso(each.decided_on),
            "paid_on": _iso(each.paid_on),
        }
        for each in children.of_child(session, Premium, child_id, Premium.number)
        if each.year == year
    ]


_READ: Final[dict[str, Callable[[Session, UUID], list[Answers]]]] = {
    SCHOOLS: _schools,
    "attendance": _attendance,
    "suspensions": _suspensions,
    "timetables": _timetables,
    "provision": _provision,
    "attainment": _attainment,
    BASELINE: _baseline,
    "premium": _premium,
}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes_no(said: bool) -> str:
    return "yes" if said else "no"


def _decimal(number: object) -> str:
    return "" if number is None else str(number)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _plain_term(year: int, term: str) -> str:
    return rules.term_words(year, term).lower().replace(" term", "")


# From the signed plan into the record


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
    if question.key == BASELINE:
        return BASELINE
    return question.from_record if question.from_record in WHAT else ""


def _take_row(session: Session, revision: Revision, what: str, row: Mapping[str, Any]) -> None:
    new = _TAKE[what](session, revision, row)
    if new is None:
        return
    there = _standing(session, revision.child_id, new)
    if there is None:
        records.add(session, revision.child_id, new)
    elif there.updated_at <= revision.created_at:
        records.change(session, there.id, there.version, _joined(there, new))


def _joined(there: AboutChild, new: New) -> New:
    """Return what the plan says, and what the record says where the plan has no such question or answer."""
    unsaid = [name for name, value in asdict(new).items() if is_empty(value)]
    kept = {name: getattr(there, name) for name in unsaid}
    if "reasons" in kept:
        kept["reasons"] = tuple(kept["reasons"])
    return type(new)(**(asdict(new) | kept))


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
    SCHOOLS: _take_school,
    "attendance": _take_attendance,
    "suspensions": _take_suspension,
    "timetables": _take_timetable,
    "provision": _take_provision,
    "attainment": _take_attainment,
    BASELINE: _take_baseline,
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
