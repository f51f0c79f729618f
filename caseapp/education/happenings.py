"""What happened in a child's schooling, for the timeline: suspensions, timetables, provision, attainment."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.education import judgements, record_view
from caseapp.education import school_rules as rules
from caseapp.form_parts import pep_lists as lists
from db import children
from db import education as queries
from db.models import AlternativeProvision, Attainment, Attendance, ReducedTimetable, Schooling, Suspension
from db.store import Session


class Happening(NamedTuple):
    """Something on a day. `id` is the row's."""

    on: date
    title: str
    words: str
    id: UUID


def happened(session: Session, child_id: UUID) -> list[Happening]:
    """Return what happened in a child's schooling, in no order, of a record that is open.

    Attendance stands on the last day of its term, or on the day it was written down if that is earlier.
    """
    return [
        *_left(session, child_id),
        *_attendance(session, child_id),
        *_suspensions(session, child_id),
        *_timetables(session, child_id),
        *_provision(session, child_id),
        *_attainment(session, child_id),
    ]


def _left(session: Session, child_id: UUID) -> list[Happening]:
    return [
        Happening(each.until_on, "Left school", f"{each.school.name}: {each.reason_left}", each.id)
        for each in children.of_child(session, Schooling, child_id)
        if each.until_on and each.reason_left
    ]


def _attendance(session: Session, child_id: UUID) -> list[Happening]:
    found = []
    for each in children.of_child(session, Attendance, child_id):
        percent = rules.attendance_percent(each.attended, each.possible)
        flag = rules.ABSENCE_WORDS.get(rules.absence(each.attended, each.possible), "")
        said = f"{percent} % ({each.attended} of {each.possible} sessions)"
        ends = rules.term_ends(each.school_year, each.term)
        title = f"Attendance, {rules.term_words(each.school_year, each.term).lower()}"
        on = min(ends, words.london_day(each.created_at))
        if percent is not None:
            found.append(Happening(on, title, ". ".join(filter(None, (said, flag))), each.id))
    return found


def _suspensions(session: Session, child_id: UUID) -> list[Happening]:
    named = dict(lists.SUSPENSION_REASONS)
    schools = queries.schools_in(session, child_id)
    return [
        Happening(
            each.started_on,
            "Permanently excluded" if each.permanent else "Suspended from school",
            ". ".join(
                filter(
                    None,
                    (
                        record_view.suspension_words(each),
                        schools[each.school_id].name,
                        "; ".join(named.get(code, code) for code in each.reasons),
                    ),
                )
            ),
            each.id,
        )
        for each in children.of_child(session, Suspension, child_id)
    ]


def _timetables(session: Session, child_id: UUID) -> list[Happening]:
    return [
        Happening(
            each.started_on,
            "Reduced timetable",
            f"{rules.hours_words(each.minutes)} of {rules.hours_words(each.full_minutes)} a week, agreed to "
            f"{words.day(each.until_on)}. {each.reason}",
            each.id,
        )
        for each in children.of_child(session, ReducedTimetable, child_id)
    ]


def _provision(session: Session, child_id: UUID) -> list[Happening]:
    return [
        Happening(each.started_on, "Alternative provision began", each.name, each.id)
        for each in children.of_child(session, AlternativeProvision, child_id)
    ]


def _attainment(session: Session, child_id: UUID) -> list[Happening]:
    by_day: dict[tuple[date, bool], list[Attainment]] = defaultdict(list)
    for each in children.of_child(session, Attainment, child_id):
        by_day[each.assessed_on, each.baseline].append(each)
    return [
        Happening(
            on,
            "Starting point at school" if baseline else "Assessed at school",
            "; ".join(f"{each.subject}: {_stood(each)}" for each in rows),
            rows[0].id,
        )
        for (on, baseline), rows in by_day.items()
    ]


def _stood(row: Attainment) -> str:
    said = (judgements.judgement_words(row.judgement), row.result)
    return ", ".join(part for part in said if part)
