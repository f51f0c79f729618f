"""The terms of the area: its own dates where they are known, else the dates that the law knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from caseapp import calendars
from caseapp.calendars import Term
from db import premium as queries
from db.models import TERMS
from db.store import Session

_ONE_DAY = timedelta(days=1)
KEPT = "area_terms"  # where a session holds them once they are read
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
    _made: dict[int, Term] = field(default_factory=dict, init=False, repr=False, compare=False)

    def term_of(self, day: date) -> Term:
        """Return the term of a day."""
        place = school_year_of(day) * 3 + 2
        while (term := self._at(place)).starts_on > day:
            place -= 1
        following = self._at(place + 1)
        return following if following.starts_on <= day else term

    def term_after(self, term: Term) -> Term:
        """Return the term that follows."""
        return self._at(_place_of(term.name) + 1)

    def term(self, school_year: int, season: str) -> Term:
        """Return a term by name; a default one makes room for the area's own beside it."""
        return self._at(_place(school_year, season))

    def is_own(self, school_year: int, season: str) -> bool:
        """Return whether the area set the dates itself."""
        return (school_year, season) in self.own

    def _at(self, place: int) -> Term:
        if place not in self._made:
            self._made[place] = self._term_at(place)
        return self._made[place]

    def _term_at(self, place: int) -> Term:
        school_year, season = place // 3, TERMS[place % 3]
        first, last = self._days(place)
        if not self.is_own(school_year, season):
            before, after = (self._days(each) for each in (place - 1, place + 1))
            first, last = max(first, before[1] + _ONE_DAY), min(last, after[0] - _ONE_DAY)
        return Term(term_name(school_year, season), first, last)

    def _days(self, place: int) -> tuple[date, date]:
        school_year, season = place // 3, TERMS[place % 3]
        window = calendars.term_of(middle(school_year, season))
        return self.own.get((school_year, season), (window.starts_on, window.ends_on))


def term_name(school_year: int, season: str) -> str:
    """Return what a term is called: autumn term 2026."""
    return f"{season} term {middle(school_year, season).year}"


def area(session: Session) -> AreaTerms:
    """Return the terms of this area; read once a session."""
    if KEPT not in session.info:
        session.info[KEPT] = AreaTerms(
            {(row.school_year, row.term): (row.first_on, row.last_on) for row in queries.term_dates(session)}
        )
    kept: AreaTerms = session.info[KEPT]
    return kept


def term_of(session: Session, day: date) -> Term:
    """Return the term of a day, by this area's dates; a day in the holidays belongs to the term before."""
    return area(session).term_of(day)


def middle(school_year: int, season: str) -> date:
    """Return a day that lies in a term wherever the holidays fall."""
    month, day, later = _MIDDLES[season]
    return date(school_year + later, month, day)


@lru_cache
def _place_of(name: str) -> int:
    season, year = name.split(" ")[0], int(name.rsplit(" ", 1)[1])
    return _place(year - _MIDDLES[season][2], season)


def _place(school_year: int, season: str) -> int:
    return school_year * 3 + TERMS.index(season)
