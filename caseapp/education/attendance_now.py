"""The attendance to be told of a child: the record’s or the last education plan’s, whichever is newer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.education import school_rules as rules
from db import children as queries
from db.models import Attendance
from db.store import Session


class YearSoFar(NamedTuple):
    """A school year's attendance over all schools, and the day up to which the record has it."""

    percent: Decimal
    school_year: int
    on: date


def year_so_far(session: Session, child_id: UUID) -> YearSoFar | None:
    """Return the attendance of the latest school year of which the record has any; none where it has none."""
    rows = queries.of_child(session, Attendance, child_id)
    year = max((each.school_year for each in rows), default=0)
    own = [each for each in rows if each.school_year == year]
    percent = rules.attendance_percent(sum(each.attended for each in own), sum(each.possible for each in own))
    if percent is None:
        return None
    return YearSoFar(percent, year, max(_known_until(each) for each in own))


def _known_until(row: Attendance) -> date:
    """Return the day up to which a term's sessions were counted: its last, or when they were written down."""
    return min(rules.term_ends(row.school_year, row.term), words.london_day(row.updated_at))


def newest_words(session: Session, child_id: UUID, planned: str, planned_on: date | None) -> str:
    """Return the newest attendance with its day; `planned` is that of the last education plan, as shown."""
    held = year_so_far(session, child_id)
    if held and not (planned and planned_on and planned_on > held.on):
        return (
            f"{held.percent} % in the school year {rules.school_year_words(held.school_year)}, "
            f"as recorded on {words.day(held.on)}"
        )
    return f"{planned} (PEP of {words.day(planned_on)})" if planned and planned_on else ""
