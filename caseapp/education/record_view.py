"""A child's schooling as the record holds it, worked out for a screen: lines, figures and flags."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, calendars, codes, dates, holidays, school_terms, words
from caseapp.calendars import Calendar
from caseapp.education import school_rules as rules
from caseapp.education import suspension_rules, variants
from caseapp.education.attainment_grid import Grid, grid
from caseapp.education.new_rows import (
    NewAttendance,
    NewProvision,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from caseapp.education.school_rules import Alert, Gap, SchoolDay, Stay, YearView
from caseapp.education.suspension_rules import Spell
from caseapp.form_parts import pep_lists as lists
from db import children
from db import education as queries
from db.children import child_of
from db.models import (
    AlternativeProvision,
    Attainment,
    Attendance,
    Child,
    ReducedTimetable,
    School,
    Schooling,
    Suspension,
)
from db.store import Session

_MAJORITY: Final = 18
_ONE_DAY: Final = timedelta(days=1)


class SchoolRow(NamedTuple):
    """A piece of the line of schools, newest first: a spell, or a gap (without an id, words in `name`)."""

    id: UUID | None
    version: int
    name: str
    kind: str
    from_on: date | None
    until_on: date | None
    designated_teacher: str
    reason: str
    is_gap: bool
    is_now: bool
    given: NewSchooling | None


class TermRow(NamedTuple):
    """A term at a school. `absence` is "", "persistent" or "severe"."""

    id: UUID
    version: int
    term: str
    school: str
    percent: Decimal | None
    absence: str
    given: NewAttendance


class YearAttendance(NamedTuple):
    """A school year's sessions over all schools."""

    words: str
    possible: int
    attended: int
    percent: Decimal | None
    absence: str


class SuspensionRow(NamedTuple):
    """A suspension or a permanent exclusion."""

    id: UUID
    version: int
    title: str
    reasons: str
    school: str
    alert: Alert | None
    given: NewSuspension


class Suspensions(NamedTuple):
    """All of them, newest first; the sessions of this school year and of this term; what the law says."""

    rows: list[SuspensionRow]
    year_sessions: int
    term_sessions: int
    alerts: list[Alert]
    permanent: int


class TimetableRow(NamedTuple):
    """A reduced timetable."""

    id: UUID
    version: int
    title: str
    is_open: bool
    alert: Alert | None
    school: str
    given: NewTimetable


class ProvisionRow(NamedTuple):
    """Alternative provision."""

    id: UUID
    version: int
    title: str
    is_open: bool
    given: NewProvision


class EducationView(NamedTuple):
    """Everything the Education tab shows above the plans."""

    school_now: SchoolRow | None
    year: YearView | None
    school_year: int
    sen: str
    variant: str
    next_pep: dates.Due | None
    schools: list[SchoolRow]
    moves_last_year: int
    key_stage_4_moves: int
    attendance: list[TermRow]
    years: list[YearAttendance]
    suspensions: Suspensions
    timetables: list[TimetableRow]
    provision: list[ProvisionRow]
    attainment: Grid


def view(session: Session, child_id: UUID) -> EducationView:
    """Return a child's schooling. The record is open: the caller has seen to the look. Raises NotFound."""
    child = child_of(session, child_id)
    today = session.today
    spells = queries.schools_of(session, child_id)
    stays = [Stay(each.from_on, each.until_on) for each in spells]
    line = _schools(child, spells, today, holidays.calendar(session))
    schools = queries.schools_in(session, child_id)
    attended = children.of_child(session, Attendance, child_id)
    return EducationView(
        school_now=next((each for each in line if each.is_now), None),
        year=_year(session, child),
        school_year=rules.school_year(today),
        sen=codes.SEN.get(child.sen_status, child.sen_status),
        variant=variants.variant_of(session, child),
        next_pep=_next_pep(session, child),
        schools=line,
        moves_last_year=len(rules.moves_in_last_year(stays, today)),
        key_stage_4_moves=len(rules.key_stage_4_moves(stays, child.born_on, today)) if child.born_on else 0,
        attendance=_terms(attended, schools),
        years=_years(attended),
        suspensions=_suspensions(session, child_id, schools),
        timetables=[
            _timetable(each, schools, today)
            for each in reversed(
                children.of_child(session, ReducedTimetable, child_id, ReducedTimetable.started_on)
            )
        ],
        provision=[
            _provision(each, today)
            for each in reversed(
                children.of_child(session, AlternativeProvision, child_id, AlternativeProvision.started_on)
            )
        ],
        attainment=grid(children.of_child(session, Attainment, child_id, Attainment.assessed_on)),
    )


def _next_pep(session: Session, child: Child) -> dates.Due | None:
    row = queries.next_pep(session, child.id)
    return dates.due_row(child.name, child.ref, row, session.today, dates.rules(session)) if row else None


def _year(session: Session, child: Child) -> YearView | None:
    if not child.born_on:
        return None
    other = queries.year_group(session, child.id, rules.school_year(session.today))
    return rules.year_view(
        child.born_on, session.today, other.group if other else None, other.reason if other else ""
    )


# Schools


def _schools(child: Child, spells: Sequence[Schooling], today: date, calendar: Calendar) -> list[SchoolRow]:
    now = variants.current(spells, today)
    rows = [
        SchoolRow(
            each.id, each.version, each.school.name, each.school.kind, each.from_on, each.until_on,
            each.designated_teacher, each.reason_left, False, each is now,
            NewSchooling(
                each.school_id, each.from_on, each.until_on, each.designated_teacher, each.reason_left
            ),
        )
        for each in spells
    ]  # fmt: skip
    rows += [_gap_row(each) for each in school_gaps(child, spells, today, calendar)]
    return sorted(rows, key=lambda row: (row.from_on or date.min, row.is_now), reverse=True)


def school_gaps(child: Child, spells: Sequence[Schooling], today: date, calendar: Calendar) -> list[Gap]:
    """Return the days without a school on record: of compulsory school age, and between schools."""
    starts = [each.from_on for each in spells if each.from_on]
    if child.born_on:
        # Compulsory school age begins on the last day of the term of the fifth birthday
        first = min([calendars.term_of(ages.birthday(child.born_on, 5)).ends_on, *starts])
        last = ages.birthday(child.born_on, _MAJORITY) - _ONE_DAY
    elif starts:
        first, last = min(starts), today
    else:
        return []
    stays = [Stay(each.from_on, each.until_on) for each in spells]
    return rules.gaps(stays, first, last, today, partial(rules.is_taught_day, calendar=calendar))


def _gap_row(gap: Gap) -> SchoolRow:
    name = rules.gap_words(gap)
    return SchoolRow(None, 0, name, "", gap.first_on, gap.last_on, "", "", True, False, None)


# Attendance


def _terms(rows: Sequence[Attendance], schools: dict[UUID, School]) -> list[TermRow]:
    ordered = sorted(rows, key=lambda each: (*rules.term_order(each.school_year, each.term), each.id))
    return [
        TermRow(
            each.id, each.version, rules.term_words(each.school_year, each.term),
            _named(schools, each.school_id),
            rules.attendance_percent(each.attended, each.possible),
            rules.absence(each.attended, each.possible),
            NewAttendance(
                each.school_id, each.school_year, each.term, each.possible, each.attended, each.authorised,
                each.unauthorised, each.late,
            ),
        )
        for each in ordered
    ]  # fmt: skip


def _years(rows: Sequence[Attendance]) -> list[YearAttendance]:
    found = []
    for year in sorted({each.school_year for each in rows}, reverse=True):
        own = [each for each in rows if each.school_year == year]
        possible, attended = sum(each.possible for each in own), sum(each.attended for each in own)
        percent, flag = rules.attendance_percent(attended, possible), rules.absence(attended, possible)
        found.append(YearAttendance(rules.school_year_words(year), possible, attended, percent, flag))
    return found


def _named(schools: dict[UUID, School], school_id: UUID | None) -> str:
    return schools[school_id].name if school_id in schools else ""


# Suspensions, timetables, provision


def _suspensions(session: Session, child_id: UUID, schools: dict[UUID, School]) -> Suspensions:
    found = children.of_child(session, Suspension, child_id, Suspension.started_on)
    spells = [spell_of(each) for each in found]
    term = school_terms.term_of(session, session.today)
    year_sessions = suspension_rules.sessions_in_year(spells, rules.school_year(session.today))
    term_sessions = suspension_rules.sessions_between(spells, term.starts_on, term.ends_on)
    is_school_day = partial(rules.is_working_day, calendar=holidays.calendar(session))
    rows = [_suspension(each, schools, session.today, is_school_day) for each in reversed(found)]
    permanent = sum(each.permanent and not each.rescinded_on for each in spells)
    alerts = suspension_rules.suspension_alerts(year_sessions, term_sessions)
    return Suspensions(rows, year_sessions, term_sessions, alerts, permanent)


def spell_of(row: Suspension) -> Spell:
    """Return a suspension as the rules read it."""
    return Spell(row.started_on, row.sessions, row.permanent, row.provision_from, row.rescinded_on)


def _suspension(
    row: Suspension, schools: dict[UUID, School], today: date, is_school_day: SchoolDay
) -> SuspensionRow:
    named = dict(lists.SUSPENSION_REASONS)
    given = NewSuspension(
        row.school_id, row.started_on, row.sessions, row.ended_on, tuple(row.reasons), row.permanent,
        row.provision_from, row.told_on, row.return_meeting_on, row.governors_on, row.outcome,
        row.rescinded_on,
    )  # fmt: skip
    return SuspensionRow(
        row.id,
        row.version,
        suspension_words(row),
        "; ".join(named.get(code, code) for code in row.reasons),
        _named(schools, row.school_id),
        suspension_rules.provision_alert(spell_of(row), today, is_school_day),
        given,
    )


def suspension_words(row: Suspension) -> str:
    """Return a suspension in a line: 1½ days, 03/11/2026 to 04/11/2026."""
    if row.permanent:
        said = f"Permanently excluded {words.day(row.started_on)}"
    else:
        said = f"{rules.days_words(row.sessions).capitalize()}, {period(row.started_on, row.ended_on)}"
    return f"{said}, withdrawn {words.day(row.rescinded_on)}" if row.rescinded_on else said


def period(first: date | None, last: date | None) -> str:
    """Return two days as a stretch of time; one that still runs says since when."""
    if not first:
        return f"until {words.day(last)}" if last else "dates not known"
    if not last:
        return f"since {words.day(first)}"
    return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"


def _timetable(row: ReducedTimetable, schools: dict[UUID, School], today: date) -> TimetableRow:
    is_open = rules.is_open(row.ended_on, today)
    hours = f"{rules.hours_words(row.minutes)} of {rules.hours_words(row.full_minutes)} a week"
    until = row.ended_on or row.until_on
    said = f"{hours}, {words.day(row.started_on)} to {words.day(until)}"
    given = NewTimetable(
        row.school_id, row.started_on, row.until_on, row.minutes, row.full_minutes, row.reason, row.agreed_by,
        row.ended_on, row.review_on,
    )  # fmt: skip
    alert = rules.timetable_alert(row.started_on, row.until_on, row.ended_on, today)
    return TimetableRow(row.id, row.version, said, is_open, alert, _named(schools, row.school_id), given)


def _provision(row: AlternativeProvision, today: date) -> ProvisionRow:
    given = NewProvision(
        row.name, row.started_on, row.registered, row.ended_on, row.review_on, row.days, row.minutes,
        row.commissioner,
    )  # fmt: skip
    said = f"{row.name}, {period(row.started_on, row.ended_on)}"
    return ProvisionRow(row.id, row.version, said, rules.is_open(row.ended_on, today), given)
