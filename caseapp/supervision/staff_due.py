"""By when supervision of a worker is owed (clock O1): one's own, and of those whom one supervises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import clock_limits, clocks, holidays, words
from caseapp.supervision import measures, owed
from db import supervision as queries
from db.models import Worker
from db.roles import may
from db.store import Session

AHEAD: Final = timedelta(days=30)
_LAST: Final = "the last supervision"
_QUALIFIED: Final = "the assessed first year began"


class StaffDue(NamedTuple):
    """Supervision that is owed: `is_mine` where one is supervised oneself. `reasons` are «why this date»."""

    worker_id: UUID
    is_mine: bool
    what: str
    due_on: date
    state: str
    words: str
    why: str
    reasons: clocks.Why


def staff_due(session: Session, until: date | None = None) -> list[StaffDue]:
    """Return the supervision that is owed up to a day (30 days on), the earliest first.

    Of those whom one supervises, and one's own: nobody else's sessions are read. Who was never supervised by
    whoever is at work is owed nothing by them yet, unless their assessed first year has begun.
    """
    last = until or session.today + AHEAD
    found = [each for each in (*_mine(session), *_of_others(session)) if each.due_on <= last]
    return sorted(found, key=lambda each: (each.due_on, each.what))


def _mine(session: Session) -> Iterator[StaffDue]:
    me = queries.workers(session, [session.actor.worker_id]).get(session.actor.worker_id)
    if me is None:
        return
    held = [each.held_on for each in queries.sessions_of(session, me.id) if each.held_on]
    yield from _owed(session, me, max(held, default=None), "My own supervision")


def _of_others(session: Session) -> Iterator[StaffDue]:
    if not may(session.actor, "approve").allowed:
        return
    held = queries.sessions_with(session, session.actor.worker_id)
    for worker in measures.supervised(session, held):
        days = [each.held_on for each in held if each.supervisee_id == worker.id and each.held_on]
        yield from _owed(session, worker, max(days, default=None), f"Supervision of {worker.name}")


def _owed(session: Session, worker: Worker, last_on: date | None, what: str) -> Iterator[StaffDue]:
    start = last_on or _first_year(session, worker)
    if start is None:
        return
    limit, calendar = owed.staff_limit(session, worker, start), holidays.calendar(session)
    running = clocks.Running(
        clocks.CLOCKS_BY_ID[owed.STAFF], start, clocks.due_on(limit, start, calendar), None,
        _LAST if last_on else _QUALIFIED, what, limit,
    )  # fmt: skip
    state = clocks.state_of(running, session.today, calendar)
    reasons = clocks.story_of(running, session.today, calendar, _whose(session, worker, limit, start))
    yield StaffDue(
        worker.id, worker.id == session.actor.worker_id, what, running.due_on, state.kind, state.words,
        clocks.explain(running, calendar), reasons,
    )  # fmt: skip


def _first_year(session: Session, worker: Worker) -> date | None:
    """Return when the assessed first year began, while supervision is more frequent because of it."""
    began = worker.nqsw_from
    is_on = began is not None and began <= session.today < began + clocks.FORTNIGHTLY_UNTIL
    return began if is_on else None


def _whose(session: Session, worker: Worker, limit: str, start: date) -> str:
    own = clock_limits.in_force(session, owed.STAFF, start)
    if own.limit == limit or worker.nqsw_from is None:
        return own.words
    return (
        f"Newly qualified, since {words.day(worker.nqsw_from)}: weekly for six weeks, every fortnight to six "
        "months, then as everybody."
    )
