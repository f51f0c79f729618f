"""How this area counts: closure days, the day of the event, late receipt, health, what is due soon."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from caseapp import words
from caseapp.calendars import SOON_WORKING_DAYS
from caseapp.pep_settings import CLOCKS_ON, PURPOSE
from db import settings as queries
from db.clock_limits import settled
from db.problems import Problem
from db.roles import authorise
from db.store import Session

_PREFIX: Final = "clocks."
_CLOSURE, _EVENT_DAY, _CAUTIOUS = "clocks.closure_days", "clocks.event_day", "clocks.cautious_from"
_CUT_OFF, _CUT_OFF_FROM = "clocks.cut_off", "clocks.cut_off_from"
_SOON_DAYS, _SOON_PERCENT = "clocks.soon_days", "clocks.soon_percent"
_SUPERVISED, _OWN_START = "clocks.supervised_from", "clocks.own_start_from"
_YES = "yes"
_KEPT = "clock_counting"
CALENDAR_KEPT = "calendar"  # where a session holds the calendar that follows from it, once it is made
MOST_SOON_DAYS: Final = 60
MOST_SOON_PERCENT: Final = 90
MOST_DAYS_OFF: Final = 366
_ONE_DAY: Final = timedelta(days=1)


class CutOff(NamedTuple):
    """What comes in after this time of day counts as of the next day; for what comes in from a day on."""

    after: time
    from_on: date

    def day_of(self, received_at: datetime) -> date:
        """Return the day on which something counts as received."""
        at = received_at.astimezone(words.LONDON)
        is_late = at.date() >= self.from_on and at.time() > self.after
        return at.date() + _ONE_DAY if is_late else at.date()


class Counting(NamedTuple):
    """What an area settles about counting; the usual is what the law is read to mean.

    `event_day`: the day of the event is day 1. `cautious_from`: after a health assessment from that day on, a
    child under five is asked for the next in six months, even where that is after the fifth birthday.
    `soon_days`: how many working days before its date something is due soon; with `soon_percent`, when so
    much of its time is left. `supervised_from`: the day on which it was first recorded here that a child was
    talked about in supervision: from then on every child is owed it. `own_start_from`: single assessments
    that start from that day on count from their own start, as the census does, not from the referral.
    """

    closure_days: bool = False
    event_day: bool = False
    cautious_from: date | None = None
    cut_off: CutOff | None = None
    soon_days: int = SOON_WORKING_DAYS
    soon_percent: int = 0
    supervised_from: date | None = None
    own_start_from: date | None = None


def read(session: Session) -> Counting:
    """Return what is settled here; read once a session."""
    if _KEPT not in session.info:
        found = settled(session, _PREFIX)
        session.info[_KEPT] = Counting(
            found.get(_CLOSURE) == _YES,
            found.get(_EVENT_DAY) == _YES,
            words.stored_day(found.get(_CAUTIOUS)),
            _cut_off(found.get(_CUT_OFF), words.stored_day(found.get(_CUT_OFF_FROM))),
            int(found.get(_SOON_DAYS) or SOON_WORKING_DAYS),
            int(found.get(_SOON_PERCENT) or 0),
            words.stored_day(found.get(_SUPERVISED)),
            words.stored_day(found.get(_OWN_START)),
        )
    kept: Counting = session.info[_KEPT]
    return kept


def _cut_off(after: str | None, from_on: date | None) -> CutOff | None:
    return CutOff(time.fromisoformat(after), from_on) if after and from_on else None


def cut_off(typed: str, now: CutOff | None, today: date) -> CutOff | None:
    """Return the cut-off that was typed, from today on where it is another; nothing typed: none.

    Raises Problem when it is no time of day.
    """
    if not typed.strip():
        return None
    try:
        after = time.fromisoformat(typed.strip().replace(".", ":").zfill(5))
    except ValueError:
        raise Problem("Give the time as 16:30. Nothing was changed.") from None
    return now if now and now.after == after else CutOff(after, today)


def choose(session: Session, chosen: Counting) -> None:
    """Settle it anew. For administrators, in a session whose purpose is «settings».

    Open dates are worked out anew when the window next opens; what is done keeps the date that it was due on.
    Since when supervision is recorded is nothing to choose.
    """
    authorise(session.actor, PURPOSE)
    check(session, chosen)
    late = chosen.cut_off
    values = {
        _CLOSURE: _YES if chosen.closure_days else "",
        _EVENT_DAY: _YES if chosen.event_day else "",
        _CAUTIOUS: chosen.cautious_from.isoformat() if chosen.cautious_from else "",
        _CUT_OFF: late.after.isoformat("minutes") if late else "",
        _CUT_OFF_FROM: late.from_on.isoformat() if late else "",
        _SOON_DAYS: str(chosen.soon_days),
        _SOON_PERCENT: str(chosen.soon_percent or ""),
        _OWN_START: chosen.own_start_from.isoformat() if chosen.own_start_from else "",
    }
    for name, value in values.items():
        queries.put(session, name, value)
    _begin_anew(session)


def check(session: Session, chosen: Counting) -> None:
    """Refuse what cannot be meant. Raises Problem with a sentence."""
    for day in _days_of(chosen) - _days_of(read(session)):  # what holds already may be years old
        if abs((day - session.today).days) > MOST_DAYS_OFF:
            raise Problem(f"{words.day(day)} is more than a year away. Check the year. Nothing was changed.")
    if not 1 <= chosen.soon_days <= MOST_SOON_DAYS:
        raise Problem(
            f"Something is due soon 1 to {MOST_SOON_DAYS} working days before. Nothing was changed."
        )
    if not 0 <= chosen.soon_percent <= MOST_SOON_PERCENT:
        raise Problem(f"Give 1 to {MOST_SOON_PERCENT} per cent, or nothing. Nothing was changed.")


def _days_of(counting: Counting) -> set[date]:
    late = counting.cut_off
    days = (counting.cautious_from, counting.own_start_from, late.from_on if late else None)
    return {day for day in days if day}


def begin_supervision(session: Session) -> None:
    """Note that from today on it is recorded here when a child is talked about; the first time counts."""
    if read(session).supervised_from is None:
        queries.put(session, _SUPERVISED, session.today.isoformat())
        _begin_anew(session)


def _begin_anew(session: Session) -> None:
    queries.put(session, CLOCKS_ON, "")
    session.flush()
    for kept in (_KEPT, CALENDAR_KEPT):
        session.info.pop(kept, None)
