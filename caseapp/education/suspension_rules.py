"""Rules of suspension and exclusion: how many days are lawful, and from when education is owed. Pure.

Sources: Education Act 2002 s51A and its regulations of 2012; DfE, Suspension and permanent exclusion guidance
(2024).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from caseapp import words
from caseapp.education.school_rules import (
    SESSIONS_A_DAY,
    Alert,
    SchoolDay,
    days,
    days_words,
    is_working_day,
)

YEAR_LIMIT_DAYS: Final = 45
"""School days of suspension in a school year: no more are lawful (Education Act 2002 s51A)."""
TERM_LIMIT_DAYS: Final = 15
"""More of them in one term, and the governors must meet (regulations of 2012)."""
PROVISION_DAY: Final = 6
"""The school day of an exclusion from which education must be provided; for children in care: the first."""


class Spell(NamedTuple):
    """A suspension or permanent exclusion, as far as the rules read it."""

    started_on: date
    sessions: int
    permanent: bool = False
    provision_from: date | None = None
    rescinded_on: date | None = None


def sessions_between(spells: Iterable[Spell], first: date, last: date) -> int:
    """Return the sessions of suspensions begun between two days; what was withdrawn counts for nothing."""
    return sum(
        each.sessions
        for each in spells
        if first <= each.started_on <= last and not each.permanent and not each.rescinded_on
    )


def sessions_in_year(spells: Iterable[Spell], year: int) -> int:
    """Return the sessions of suspensions in a school year."""
    return sessions_between(spells, date(year, 9, 1), date(year + 1, 8, 31))


def suspension_alerts(year_sessions: int, term_sessions: int) -> list[Alert]:
    """Return what the law says about so many sessions of suspension in the school year and in the term."""
    found = []
    limit = YEAR_LIMIT_DAYS * SESSIONS_A_DAY
    if year_sessions > limit:
        found.append(
            Alert(
                "alert",
                f"Suspended {days_words(year_sessions)} this school year, over the legal limit of "
                f"{YEAR_LIMIT_DAYS} days. Tell the virtual school today.",
            )
        )
    elif year_sessions == limit:
        found.append(
            Alert("alert", f"The legal limit of {YEAR_LIMIT_DAYS} days this school year is reached.")
        )
    if term_sessions > TERM_LIMIT_DAYS * SESSIONS_A_DAY:
        found.append(
            Alert("warning", f"Over {TERM_LIMIT_DAYS} days this term: the governors must meet about it.")
        )
    return found


def provision_due(spell: Spell, is_school_day: SchoolDay = is_working_day) -> date | None:
    """Return the sixth school day of an exclusion, from which education is owed; none if it is shorter."""
    if spell.rescinded_on or (not spell.permanent and days(spell.sessions) < PROVISION_DAY):
        return None
    day, counted = spell.started_on, 0
    for _ in range(120):  # school holidays are shorter than this
        counted += is_school_day(day)
        if counted == PROVISION_DAY:
            return day
        day += timedelta(days=1)
    return None


def provision_alert(spell: Spell, today: date, is_school_day: SchoolDay = is_working_day) -> Alert | None:
    """Return what is to be said about education during an exclusion."""
    due = provision_due(spell, is_school_day)
    if due is None:
        return None
    by = words.day(due)
    if spell.provision_from:
        is_late = spell.provision_from > due
        return Alert("alert", f"Education came after the sixth day, {by}") if is_late else None
    if today > due:
        return Alert("alert", f"Education owed since {by}, the sixth day")
    return Alert("warning", f"Education owed from {by}; aim for day one")
