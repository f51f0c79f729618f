"""How long a court case lasts, and whether that is long: in weeks, from the day it was issued.

Sources: Children Act 1989 s32 (26 weeks); for the steps before proceedings 16 weeks are our own aim, as good
practice has it (12 to 16).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from caseapp import calendars, clocks
from caseapp.calendars import Calendar

ENGLAND: Final = calendars.england()
_WEEK: Final = 7


class Limit(NamedTuple):
    """Weeks up to which a case is on track, and by which it is to be over; `basis`: where that is from."""

    green_weeks: int
    weeks: int
    basis: str


LIMITS: Final[Mapping[str, Limit]] = {
    "care": Limit(20, 26, "Children Act 1989 s32"),
    "supervision": Limit(20, 26, "Children Act 1989 s32"),
    "pre": Limit(12, 16, "our own aim"),
}
"""By kind of case; other cases have no limit."""


class Standing(NamedTuple):
    """How a case stands on a day; `due_on` and `plan_by` only where it has a limit."""

    days: int
    colour: str
    due_on: date | None
    plan_by: date | None

    @property
    def weeks(self) -> int:
        """Return the whole weeks."""
        return self.days // _WEEK

    def in_words(self) -> str:
        """Return the count of weeks as people say it: 20 weeks 1 day."""
        weeks, days = divmod(self.days, _WEEK)
        counted = f"{weeks} {'week' if weeks == 1 else 'weeks'}"
        return f"{counted} {days} {'day' if days == 1 else 'days'}" if days else counted


def standing(kind: str, began_on: date, on: date, calendar: Calendar = ENGLAND) -> Standing:
    """Return how a case stands; the colour is green, amber, red, or nothing without a limit.

    Proceedings are green to the end of week 20, amber to the end of week 26, red from the day after:

    >>> issued = date(2026, 1, 5)
    >>> [standing("care", issued, on).colour for on in (date(2026, 5, 25), date(2026, 5, 26))]
    ['green', 'amber']
    >>> [standing("care", issued, on).colour for on in (date(2026, 7, 6), date(2026, 7, 7))]
    ['amber', 'red']
    """
    days = max((on - began_on).days, 0)
    limit = LIMITS.get(kind)
    if limit is None:
        return Standing(days, "", None, None)
    due_on = clocks.due_on(f"CD+{limit.weeks * _WEEK}", began_on, calendar)
    colour = "green" if days <= limit.green_weeks * _WEEK else "amber" if on <= due_on else "red"
    return Standing(days, colour, due_on, clocks.plan_by(due_on, calendar))


def is_past_extension(extended_to: date | None, on: date) -> bool:
    """Return whether even the time that the court added is over."""
    return extended_to is not None and on > extended_to
