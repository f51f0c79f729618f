"""The table of the area's term dates, as administrators keep it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseapp import words
from caseapp.pep_settings import CLOCKS_ON, PURPOSE
from caseapp.school_terms import KEPT, AreaTerms, area, middle, school_year_of, term_name, term_of
from db import premium as queries
from db import settings
from db.models import TERMS, TermDates
from db.problems import Problem
from db.roles import authorise
from db.store import Session

__all__ = ["TermRow", "set_term", "table", "term_of"]

SHORTEST_DAYS, LONGEST_DAYS = 28, 153  # a summer term to 31 August is the longest


class TermRow(NamedTuple):
    """A term as the table of settings shows it."""

    school_year: int
    season: str
    name: str
    first_on: date
    last_on: date
    is_own: bool


def table(session: Session) -> list[TermRow]:
    """Return the terms of the last school year, this one and the next two, and older ones that were set."""
    terms, this_year = area(session), school_year_of(session.today)
    years = {*range(this_year - 1, this_year + 3), *(year for year, _ in terms.own)}
    return [_row(terms, year, season) for year in sorted(years) for season in TERMS]


def _row(terms: AreaTerms, school_year: int, season: str) -> TermRow:
    term = terms.term(school_year, season)
    is_own = terms.is_own(school_year, season)
    return TermRow(school_year, season, term.name, term.starts_on, term.ends_on, is_own)


def set_term(session: Session, school_year: int, season: str, first_on: date, last_on: date) -> None:
    """Set a term's first and last day. For administrators, in a session whose purpose is «settings».

    Raises Problem for dates that no such term can have, or that overlap another term that was set.
    All clocks are worked out anew when the window next opens.
    """
    authorise(session.actor, PURPOSE)
    _check(session, school_year, season, first_on, last_on)
    found = _stored(session, school_year, season)
    if found:
        found.first_on, found.last_on = first_on, last_on
    else:
        row = TermDates(school_year=school_year, term=season, first_on=first_on, last_on=last_on)
        session.add(row)
    session.flush()
    session.info.pop(KEPT, None)
    settings.put(session, CLOCKS_ON, "")


def _check(session: Session, school_year: int, season: str, first_on: date, last_on: date) -> None:
    name = _known_name(school_year, season)
    if last_on < first_on:
        raise Problem(f"The {name} would end before it begins. Nothing was changed.")
    inside = middle(school_year, season)
    if not first_on <= inside <= last_on:
        raise Problem(f"The {name} holds {words.day(inside)}. Check the years. Nothing was changed.")
    _refuse_middle_of_another(name, school_year * 3 + TERMS.index(season), first_on, last_on)
    days = (last_on - first_on).days + 1
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        raise Problem(f"A term of {words.count(days, 'day')} cannot be right. Nothing was changed.")
    for row in queries.term_dates(session):
        is_other = (row.school_year, row.term) != (school_year, season)
        if is_other and row.first_on <= last_on and first_on <= row.last_on:
            raise Problem(
                f"The {name} would overlap the {term_name(row.school_year, row.term)} "
                f"({words.day(row.first_on)} to {words.day(row.last_on)}). Nothing was changed."
            )


def _refuse_middle_of_another(name: str, place: int, first_on: date, last_on: date) -> None:
    for beside in (place - 1, place + 1):
        school_year, season = beside // 3, TERMS[beside % 3]
        if first_on <= middle(school_year, season) <= last_on:
            other = term_name(school_year, season)
            raise Problem(f"The {name} would run far into the {other}. Nothing was changed.")


def _known_name(school_year: int, season: str) -> str:
    if season not in TERMS or not 2000 <= school_year <= 2100:
        raise Problem("Say which term it is: autumn, spring or summer, and its school year.")
    return term_name(school_year, season)


def _stored(session: Session, school_year: int, season: str) -> TermDates | None:
    rows = queries.term_dates(session)
    return next((row for row in rows if (row.school_year, row.term) == (school_year, season)), None)
