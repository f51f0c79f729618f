"""The terms of the area: its own dates where they are known, else the dates that the law knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from caseapp import calendars, words
from caseapp.calendars import Term
from caseapp.education.pep_settings import CLOCKS_ON, PURPOSE
from db import premium as queries
from db import settings
from db.models import TERMS, TermDates
from db.problems import Problem
from db.roles import authorise
from db.store import Session

SHORTEST_DAYS, LONGEST_DAYS = 28, 153  # a summer term to 31 August is the longest

_ONE_DAY = timedelta(days=1)
_KEPT = "area_terms"
# A day that lies in each term wherever the holidays fall: month, day, and years after the school year began.
_MIDDLES = {"autumn": (11, 1, 0), "spring": (2, 15, 1), "summer": (6, 1, 1)}


def school_year_of(day: date) -> int:
    """Return the year in which the school year of a day began: 2026 for 2026/27."""
    return day.year if day.month >= 9 else day.year - 1


def school_year_words(year: int) -> str:
    """Return a school year as read: 2026/27."""
    return f"{year}/{(year + 1) % 100:02d}"


@dataclass(frozen=True)
class AreaTerms:
    """The terms of one area. `own`: (school year, season) to first and last day, where the area set them.

    Every day belongs to a term: one in the holidays to the term before it.
    """

    own: Mapping[tuple[int, str], tuple[date, date]]

    def term_of(self, day: date) -> Term:
        """Return the term of a day."""
        place = school_year_of(day) * 3 + 2
        while (term := self._at(place)).starts_on > day:
            place -= 1
        following = self._at(place + 1)
        return following if following.starts_on <= day else term

    def term_after(self, term: Term) -> Term:
        """Return the term that follows."""
        return self._at(_place(*_named(term)) + 1)

    def term(self, school_year: int, season: str) -> Term:
        """Return a term by name; a default one makes room for the area's own beside it."""
        return self._at(_place(school_year, season))

    def is_own(self, school_year: int, season: str) -> bool:
        """Return whether the area set the dates itself."""
        return (school_year, season) in self.own

    def _at(self, place: int) -> Term:
        school_year, season = place // 3, TERMS[place % 3]
        first, last = self._days(place)
        if not self.is_own(school_year, season):
            before, after = (self._days(each) for each in (place - 1, place + 1))
            first, last = max(first, before[1] + _ONE_DAY), min(last, after[0] - _ONE_DAY)
        return Term(term_name(school_year, season), first, last)

    def _days(self, place: int) -> tuple[date, date]:
        school_year, season = place // 3, TERMS[place % 3]
        window = calendars.term_of(_middle(school_year, season))
        return self.own.get((school_year, season), (window.starts_on, window.ends_on))


def term_name(school_year: int, season: str) -> str:
    """Return what a term is called: autumn term 2026."""
    return f"{season} term {_middle(school_year, season).year}"


class TermRow(NamedTuple):
    """A term as the table of settings shows it."""

    school_year: int
    season: str
    name: str
    first_on: date
    last_on: date
    is_own: bool


def area(session: Session) -> AreaTerms:
    """Return the terms of this area; read once a session."""
    if _KEPT not in session.info:
        session.info[_KEPT] = AreaTerms(
            {(row.school_year, row.term): (row.first_on, row.last_on) for row in queries.term_dates(session)}
        )
    kept: AreaTerms = session.info[_KEPT]
    return kept


def term_of(session: Session, day: date) -> Term:
    """Return the term of a day, by this area's dates; a day in the holidays belongs to the term before."""
    return area(session).term_of(day)


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
    session.info.pop(_KEPT, None)
    settings.put(session, CLOCKS_ON, "")


def _check(session: Session, school_year: int, season: str, first_on: date, last_on: date) -> None:
    name = _known_name(school_year, season)
    if last_on < first_on:
        raise Problem(f"The {name} would end before it begins. Nothing was changed.")
    middle = _middle(school_year, season)
    if not first_on <= middle <= last_on:
        raise Problem(f"The {name} holds {words.day(middle)}. Check the years. Nothing was changed.")
    _refuse_middle_of_another(name, _place(school_year, season), first_on, last_on)
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
        if first_on <= _middle(school_year, season) <= last_on:
            other = term_name(school_year, season)
            raise Problem(f"The {name} would run far into the {other}. Nothing was changed.")


def _known_name(school_year: int, season: str) -> str:
    if season not in TERMS or not 2000 <= school_year <= 2100:
        raise Problem("Say which term it is: autumn, spring or summer, and its school year.")
    return term_name(school_year, season)


def _stored(session: Session, school_year: int, season: str) -> TermDates | None:
    rows = queries.term_dates(session)
    return next((row for row in rows if (row.school_year, row.term) == (school_year, season)), None)


def _middle(school_year: int, season: str) -> date:
    month, day, later = _MIDDLES[season]
    return date(school_year + later, month, day)


def _named(term: Term) -> tuple[int, str]:
    season, year = term.name.split(" ")[0], int(term.name.rsplit(" ", 1)[1])
    return year - _MIDDLES[season][2], season


def _place(school_year: int, season: str) -> int:
    return school_year * 3 + TERMS.index(season)
