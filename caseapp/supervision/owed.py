"""By when supervision is owed: by the limits and the calendar that this area keeps to."""

from __future__ import annotations

from datetime import date

from caseapp import clock_counting, clock_limits, clocks, holidays
from caseapp.clocks import State, due_on, state
from db.models import Worker
from db.store import Session

STAFF, CASES = "O1", "O2"


def staff_limit(session: Session, worker: Worker, last_on: date) -> str:
    """Return how often a worker is supervised after a day (clock O1): more often while newly qualified."""
    usual = clock_limits.in_force(session, STAFF, last_on).limit
    return clocks.staff_limit(usual, worker.nqsw_from, last_on, holidays.calendar(session))


def session_due_on(session: Session, worker: Worker, last_on: date) -> date:
    """Return the last day on which a worker is to have supervision again."""
    return due_on(staff_limit(session, worker, last_on), last_on, holidays.calendar(session))


def case_limit(session: Session, status: str, last_on: date) -> str:
    """Return how often a child of a status is talked about (clock O2)."""
    own = clock_limits.table(session).limit_of(CASES, last_on)
    return clocks.case_limit(status, own, last_on, holidays.calendar(session))


def first_case_on(session: Session, opened_on: date) -> date:
    """Return the day from which a child who was never talked about is owed it."""
    begun = clock_counting.read(session).supervised_from
    return clocks.first_case_on(opened_on, begun) if begun else opened_on


def case_due_on(session: Session, status: str, last_on: date) -> date:
    """Return the last day on which a child is to be talked about again."""
    return due_on(case_limit(session, status, last_on), last_on, holidays.calendar(session))


def standing(session: Session, owed_by: date) -> State:
    """Return how urgent it is."""
    return state(owed_by, None, session.today, holidays.calendar(session))
