"""How this area counts: closure days, the day of the event, and health reviews before the age of five."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseapp import words
from caseapp.pep_settings import CLOCKS_ON, PURPOSE
from db import settings as queries
from db.problems import Problem
from db.roles import authorise
from db.store import Session

_CLOSURE, _EVENT_DAY, _CAUTIOUS = "clocks.closure_days", "clocks.event_day", "clocks.cautious_from"
_YES = "yes"
_KEPT = "clock_counting"
CALENDAR_KEPT = "calendar"  # where a session holds the calendar that follows from it, once it is made


class Counting(NamedTuple):
    """What an area settles about counting; the usual is what the law is read to mean.

    `event_day`: the day of the event is day 1. `cautious_from`: after a health assessment from that day on, a
    child under five is asked for the next in six months, even where that is after the fifth birthday.
    """

    closure_days: bool = False
    event_day: bool = False
    cautious_from: date | None = None


def read(session: Session) -> Counting:
    """Return what is settled here; read once a session."""
    if _KEPT not in session.info:
        session.info[_KEPT] = Counting(
            queries.value(session, _CLOSURE) == _YES,
            queries.value(session, _EVENT_DAY) == _YES,
            words.stored_day(queries.value(session, _CAUTIOUS)),
        )
    kept: Counting = session.info[_KEPT]
    return kept


def choose(session: Session, chosen: Counting) -> None:
    """Settle it anew. For administrators, in a session whose purpose is «settings».

    Open dates are worked out anew when the window next opens; what is done keeps the date that it was due on.
    """
    authorise(session.actor, PURPOSE)
    if chosen.cautious_from and chosen.cautious_from.year < session.today.year - 1:
        raise Problem("Give a day of this year or the last. Nothing was changed.")
    queries.put(session, _CLOSURE, _YES if chosen.closure_days else "")
    queries.put(session, _EVENT_DAY, _YES if chosen.event_day else "")
    queries.put(session, _CAUTIOUS, chosen.cautious_from.isoformat() if chosen.cautious_from else "")
    queries.put(session, CLOCKS_ON, "")
    session.flush()
    for kept in (_KEPT, CALENDAR_KEPT):
        session.info.pop(kept, None)
