"""Rows of schooling: added, changed and taken off the record, each checked in plain sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from caseapp import ages, dates, words
from caseapp.education import judgements
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
from caseapp.education.record_view import EducationView, view
from caseapp.form import Options
from caseapp.form_parts import pep_lists as lists
from caseapp.lines import line, paragraphs
from db import education as queries
from db import names
from db.children import child_of
from db.models import (
    AboutChild,
    AlternativeProvision,
    Attainment,
    Attendance,
    Child,
    ReducedTimetable,
    School,
    Schooling,
    Suspension,
    YearGroup,
)
from db.moments import utc_now
from db.problems import NotFound, Problem, Stale
from db.store import Session

__all__ = [
    "EducationView", "New", "NewAttainment", "NewAttendance", "NewProvision", "NewSchooling", "NewSuspension",
    "NewTimetable", "add", "add_attainment", "add_attendance", "add_provision", "add_schooling",
    "add_suspension", "add_timetable", "change", "remove", "set_year_group", "view",
]  # fmt: skip

MOST_REASONS: Final = 3
LONGEST_NAME: Final = 120
_MOST_MINUTES: Final = 60 * 60
_YEARS: Final = range(1990, 2101)
_DAYS_A_WEEK: Final = 7


Row = Schooling | Attendance | Suspension | ReducedTimetable | AlternativeProvision | Attainment


def add_schooling(session: Session, child_id: UUID, new: NewSchooling) -> UUID:
    """Add a spell at a school, now or long ago. One that runs ends those begun before, on its first day."""
    before = queries.schools_of(session, child_id)
    begins = new.from_on
    if begins and new.until_on is None:
        later = [each.from_on for each in before if each.from_on and each.from_on > begins]
        new = replace(new, until_on=min(later, default=None))
        for each in before:
            if each.until_on is None and (each.from_on or date.min) <= begins:
                each.until_on = begins
    return add(session, child_id, new)


def add_attendance(session: Session, child_id: UUID, new: NewAttendance) -> UUID:
    """Add a term's attendance at a school. Raises Problem for a second row of the same term and school."""
    if queries.attendance_of(session, child_id, new.school_id, new.school_year, new.term):
        said = rules.term_words(new.school_year, new.term).lower() if new.term in rules.TERMS else new.term
        raise Problem(
            f"The attendance of the {said} at this school is on record already. Nothing was saved. "
            "Change that."
        )
    return add(session, child_id, new)


def add_suspension(session: Session, child_id: UUID, new: NewSuspension) -> UUID:
    """Add a suspension or a permanent exclusion. Raises Problem for one that is on record already."""
    if queries.suspension_on(session, child_id, new.started_on, new.permanent):
        raise Problem(
            f"What began on {words.day(new.started_on)} is on record already. Nothing was saved. Change that."
        )
    return add(session, child_id, new)


def add_timetable(session: Session, child_id: UUID, new: NewTimetable) -> UUID:
    """Add a reduced timetable, which needs an end."""
    return add(session, child_id, new)


def add_provision(session: Session, child_id: UUID, new: NewProvision) -> UUID:
    """Add alternative provision."""
    return add(session, child_id, new)


def add_attainment(session: Session, child_id: UUID, new: NewAttainment) -> UUID:
    """Add how a child stands in a subject. Raises Problem for a second row of the same subject and day."""
    twin = queries.attainment_on(session, child_id, new.assessed_on, new.baseline)
    if any(
        names.fold(each.subject) == names.fold(new.subject) and each.framework == new.framework
        for each in twin
    ):
        raise Problem(
            f"{words.tidy(new.subject).strip()} of {words.day(new.assessed_on)} is on record already. "
            "Nothing was saved. Change that."
        )
    return add(session, child_id, new)


def add(session: Session, child_id: UUID, new: New) -> UUID:
    """Add any of the rows, checked by itself. Raises Problem or NotFound."""
    child = child_of(session, child_id)
    table, checked = _KINDS[type(new)]
    row = table(child_id=child.id, **checked(session, child, new))
    session.add(row)
    _indexed(session, child, new)
    return row.id


def change(session: Session, row_id: UUID, opened: int, new: New) -> None:
    """Put other values into a row that was opened at a version. Raises Stale, Problem or NotFound."""
    table, checked = _KINDS[type(new)]
    row = _row(session, table, row_id, opened)
    child = child_of(session, row.child_id)
    if isinstance(new, NewAttendance):
        twin = queries.attendance_of(session, child.id, new.school_id, new.school_year, new.term)
        _refuse_unless(twin in (None, row), "That term at that school is on record in a row of its own.")
    for name, value in checked(session, child, new).items():
        setattr(row, name, value)
    _indexed(session, child, new)


def remove(session: Session, kind: type[New], row_id: UUID, opened: int, reason: str) -> None:
    """Take a row off the record that was entered by mistake; the history keeps it, with the reason.

    A term's attendance is put right instead: there is one row for each term and school.
    """
    _refuse_unless(kind is not NewAttendance, "A term's attendance is put right, not taken off.")
    because = line(reason, "A reason")
    _refuse_unless(bool(because), "Say why it is taken off the record.")
    row = _row(session, _KINDS[kind][0], row_id, opened)
    row.deleted_at, row.deleted_by, row.delete_reason = utc_now(), session.actor.worker_id, because
    session.flush()
    if kind is NewSchooling:
        child = child_of(session, row.child_id)
        names.index_child(session, child)
        dates.refresh(session, child)


def set_year_group(session: Session, child_id: UUID, school_year: int, group: int, reason: str) -> None:
    """Say which year group a child is taught in, in a school year. Raises Problem without a reason.

    The group that the age gives needs none: it takes an earlier difference back.
    """
    child = child_of(session, child_id)
    _refuse_unless(bool(child.born_on), "The date of birth is not on file.")
    by_age = ages.year_group(cast(date, child.born_on), date(school_year, 9, 1))
    because = line(reason, "A reason")
    _refuse_unless(-2 <= group <= ages.LAST_YEAR, "A year group lies between Nursery 1 and Year 14.")
    _refuse_unless(group == by_age or bool(because), "Say why it is not the year group of the child's age.")
    row = queries.year_group(session, child_id, school_year)
    if row:
        row.group, row.reason = group, because
    else:
        session.add(YearGroup(child_id=child_id, school_year=school_year, group=group, reason=because))
    session.flush()


# What may stand in a row


def _schooling(session: Session, child: Child, new: NewSchooling) -> dict[str, Any]:
    _check_school(session, new.school_id)
    _check_order(new.from_on, new.until_on, "leave a school before the first day there")
    if new.from_on and child.born_on:
        _refuse_unless(new.from_on >= child.born_on, "That is before the child was born.")
    return {
        "school_id": new.school_id,
        "from_on": new.from_on,
        "until_on": new.until_on,
        "designated_teacher": line(new.designated_teacher, "A name"),
        "reason_left": line(new.reason_left, "A reason"),
    }


def _attendance(session: Session, child: Child, new: NewAttendance) -> dict[str, Any]:
    _check_school(session, new.school_id)
    _refuse_unless(new.term in rules.TERMS, "Say which term: autumn, spring or summer.")
    _refuse_unless(new.school_year in _YEARS, "Give the year in which the school year began.")
    begins = rules.term_starts(new.school_year, new.term)
    _refuse_unless(begins <= session.today, f"That term begins on {words.day(begins)}.")
    try:
        rules.check_sessions(new.attended, new.possible)
    except ValueError as error:
        raise Problem(f"{error} Nothing was saved.") from None
    _refuse_unless(min(new.authorised, new.unauthorised, new.late) >= 0, "Sessions are counted from 0.")
    missed = new.possible - new.attended
    _refuse_unless(
        new.authorised + new.unauthorised <= missed,
        f"{words.count(missed, 'session')} were missed, but more are given as absences.",
    )
    _refuse_unless(new.late <= new.attended, "A late session is one that was attended.")
    return asdict(new)


def _suspension(session: Session, child: Child, new: NewSuspension) -> dict[str, Any]:
    _check_school(session, new.school_id)
    _check_past(session, new.started_on, new.told_on, new.rescinded_on)
    _check_order(new.started_on, new.ended_on, "end before it began")
    for code in new.reasons:
        _check_known(code, lists.SUSPENSION_REASONS, "a reason")
    _refuse_unless(len(new.reasons) <= MOST_REASONS, f"Give {MOST_REASONS} reasons at most, the main ones.")
    _check_known(new.outcome, lists.GOVERNORS, "a decision of the governors")
    _refuse_unless(new.sessions >= 0, "Sessions are counted from 0.")
    _refuse_unless(new.permanent or new.sessions > 0, "Say for how many half days.")
    if new.ended_on and not new.permanent:
        most = ((new.ended_on - new.started_on).days + 1) * rules.SESSIONS_A_DAY
        _refuse_unless(new.sessions <= most, f"Between these days lie {most} half days at most.")
    return asdict(new) | {"reasons": list(new.reasons)}


def _timetable(session: Session, child: Child, new: NewTimetable) -> dict[str, Any]:
    _check_school(session, new.school_id)
    _check_order(new.started_on, new.until_on, "end before it began")
    _check_order(new.started_on, new.ended_on, "end before it began")
    _refuse_unless(0 <= new.minutes <= _MOST_MINUTES, "Hours a week lie between 0 and 60.")
    _refuse_unless(
        new.minutes < new.full_minutes <= _MOST_MINUTES,
        "A reduced timetable has fewer hours than a full week, which has 60 at most.",
    )
    reason = paragraphs(new.reason, "A reason")
    _refuse_unless(bool(reason), "Say why the timetable is reduced.")
    return asdict(new) | {"reason": reason, "agreed_by": line(new.agreed_by, "Who agreed")}


def _provision(session: Session, child: Child, new: NewProvision) -> dict[str, Any]:
    name = _name(new.name, "The provider")
    _check_order(new.started_on, new.ended_on, "end before it began")
    _refuse_unless(0 <= new.days <= _DAYS_A_WEEK, "Days a week lie between 0 and 7.")
    _refuse_unless(0 <= new.minutes <= _MOST_MINUTES, "Hours a week lie between 0 and 60.")
    return asdict(new) | {"name": name, "commissioner": line(new.commissioner, "Who commissions it")}


def _attainment(session: Session, child: Child, new: NewAttainment) -> dict[str, Any]:
    if new.school_id:
        _check_school(session, new.school_id)
    _check_past(session, new.assessed_on)
    _check_known(new.framework, lists.FRAMEWORKS, "a way of assessing")
    _check_known(new.judgement, lists.JUDGEMENTS, "a judgement against the age")
    _check_known(new.progress, lists.PROGRESS, "a word for progress")
    result = line(new.result, "A result")
    try:
        judgements.check_result(new.framework, result)
    except ValueError as error:
        raise Problem(f"{error} Nothing was saved.") from None
    _refuse_unless(bool(result or new.judgement), "Give a result or a judgement against the age.")
    return asdict(new) | {
        "subject": _name(new.subject, "The subject"),
        "result": result,
        "target": line(new.target, "A target"),
        "comment": paragraphs(new.comment, "A comment"),
        "school_year": rules.school_year(new.assessed_on),
        "term": rules.term_key(new.assessed_on),
    }


_KINDS: Final[dict[type[New], tuple[type[Row], Callable[[Session, Child, Any], dict[str, Any]]]]] = {
    NewSchooling: (Schooling, _schooling),
    NewAttendance: (Attendance, _attendance),
    NewSuspension: (Suspension, _suspension),
    NewTimetable: (ReducedTimetable, _timetable),
    NewProvision: (AlternativeProvision, _provision),
    NewAttainment: (Attainment, _attainment),
}


def _indexed(session: Session, child: Child, new: New) -> None:
    session.flush()
    if isinstance(new, NewSchooling):  # a school finds its children, and a new one asks for a PEP
        names.index_child(session, child)
        dates.refresh(session, child)


def _row(session: Session, table: type[Row], row_id: UUID, opened: int) -> Row:
    row = session.get(cast(type[AboutChild], table), row_id)
    if row is None:
        raise NotFound("There is no such row, or you may not see it.")
    if row.version != opened:
        raise Stale("Somebody else changed this row after you opened it. Nothing was saved. Open it again.")
    return cast(Row, row)


def _check_school(session: Session, school_id: UUID) -> None:
    _refuse_unless(session.get(School, school_id) is not None, "There is no such school.")


def _check_past(session: Session, *days: date | None) -> None:
    for day in days:
        if day and day > session.today:
            raise Problem(f"{words.day(day)} is still to come. Nothing was saved. Give the day it happened.")


def _check_order(first: date | None, last: date | None, what: str) -> None:
    _refuse_unless(not first or not last or first <= last, f"It cannot {what}.")


def _check_known(code: str, options: Options, what: str) -> None:
    _refuse_unless(not code or code in dict(options), f"“{code}” is not {what} on the list.")


def _name(typed: str, what: str) -> str:
    name = line(typed, what)
    _refuse_unless(bool(name), f"{what} needs a name.")
    _refuse_unless(len(name) <= LONGEST_NAME, f"{what}'s name takes {LONGEST_NAME} letters.")
    return name


def _refuse_unless(holds: bool, because: str) -> None:
    if not holds:
        raise Problem(f"{because} Nothing was saved.")
