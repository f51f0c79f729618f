"""By when supervision is owed: by the limits and the calendar that this area keeps to."""

from __future__ import annotations

from datetime import date

from caseapp import clock_limits, holidays
from caseapp.clocks import State, due_on, state
from caseapp.supervision import rules
from db.store import Session

_STAFF, _CASES = "O1", "O2"


def session_due_on(session: Session, last_on: date) -> date:
    """Return the last day on which a worker is to have supervision again (clock O1)."""
    limit = clock_limits.in_force(session, _STAFF, last_on).limit
    return due_on(limit, last_on, holidays.calendar(session))


def case_limit(session: Session, status: str, last_on: date) -> str:
    """Return how often a child of a status is talked about (clock O2).

    A limit that the area set is that of children looked after or with a protection plan; it never lets others
    be talked about more often than these.
    """
    usual, local = rules.case_limit(status), clock_limits.in_force(session, _CASES, last_on)
    if local.from_on is None:
        return usual
    england = holidays.calendar(session)
    if status in rules.MOST_OFTEN or due_on(local.limit, last_on, england) > due_on(usual, last_on, england):
        return local.limit
    return usual


def case_due_on(session: Session, status: str, last_on: date) -> date:
    """Return the last day on which a child is to be talked about again."""
    return due_on(case_limit(session, status, last_on), last_on, holidays.calendar(session))


def standing(session: Session, owed_by: date) -> State:
    """Return how urgent it is."""
    return state(owed_by, None, session.today, holidays.calendar(session))
