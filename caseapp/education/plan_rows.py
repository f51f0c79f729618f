"""The rows of schooling that a PEP begins with, as its questions have them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final
from uuid import UUID

from caseapp import holidays
from caseapp.education import premium_plan, record_view
from caseapp.education import school_rules as rules
from caseapp.form import Answers, is_empty
from db import children, names
from db import education as queries
from db.models import (
    AlternativeProvision,
    Attainment,
    Attendance,
    Child,
    ReducedTimetable,
    Suspension,
)
from db.store import Session

SCHOOLS: Final = "schools"
BASELINE: Final = "baseline"
WHAT: Final = (
    SCHOOLS, "attendance", "suspensions", "timetables", "provision", "attainment", BASELINE, "premium",
)  # fmt: skip
"""What of the record a plan's rows may begin with."""
TERMS_IN_A_PLAN: Final = 4


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
        for gap in record_view.school_gaps(child, spells, session.today, holidays.calendar(session))
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
            "hours": hours(each.minutes),
            "full_hours": hours(each.full_minutes),
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
            "hours": hours(each.minutes) if each.minutes else None,
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


_READ: Final[dict[str, Callable[[Session, UUID], list[Answers]]]] = {
    SCHOOLS: _schools,
    "attendance": _attendance,
    "suspensions": _suspensions,
    "timetables": _timetables,
    "provision": _provision,
    "attainment": _attainment,
    BASELINE: _baseline,
    "premium": premium_plan.for_plan,
}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _yes_no(said: bool) -> str:
    return "yes" if said else "no"


def _decimal(number: object) -> str:
    return "" if number is None else str(number)


def hours(minutes: int) -> str:
    """Return minutes as the hours that a question takes, to one place."""
    return f"{minutes / 60:.1f}"


def _plain_term(year: int, term: str) -> str:
    return rules.term_words(year, term).lower().replace(" term", "")
