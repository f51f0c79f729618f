"""What pupil premium brings for each child, by financial year and stream. A year not known is said so."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from caseapp import words
from caseapp.lines import line
from db import premium as queries
from db.models import STREAMS, PremiumRate
from db.problems import Problem
from db.roles import authorise
from db.store import Session

PURPOSE = "settings"  # of a session that sets a rate
STREAM_WORDS = {
    "early_years": "Early years pupil premium",
    "school": "Pupil premium plus",
    "post_16": "Post-16 pupil premium plus",
}
MOST_PENCE = 2_000_000  # £20,000 a child: beyond it somebody typed pounds as pence
MARKS = {
    "V": "as published",
    "K": "from knowledge, check it",
    "U": "not known",
    "own": "set by this office",
}
_FIRST_YEAR = 2022


class Rate(NamedTuple):
    """A year's rate for one stream. `pence` is None while it is not known; `mark`: how sure it is."""

    stream: str
    year: int
    pence: int | None
    source: str
    mark: str

    @property
    def words(self) -> str:
        """Return the sum as read, or that it is not known."""
        return words.money(self.pence) if self.pence is not None else "Not known"


def financial_year(day: date) -> int:
    """Return the year in which the financial year of a day began.

    >>> financial_year(date(2026, 3, 31)), financial_year(date(2026, 4, 1))
    (2025, 2026)
    """
    return day.year if day.month >= 4 else day.year - 1


def year_words(year: int) -> str:
    """Return a financial year as read: 2026-27."""
    return f"{year}-{(year + 1) % 100:02d}"


def first_day(year: int) -> date:
    """Return the first day of a financial year."""
    return date(year, 4, 1)


def last_day(year: int) -> date:
    """Return the last day of a financial year."""
    return date(year + 1, 3, 31)


@cache
def shipped() -> dict[tuple[str, int], Rate]:
    """Return the rates that the program knows, by stream and year."""
    told = json.loads((files("resources") / "education" / "rates.json").read_text(encoding="utf-8"))
    found = [Rate(each["stream"], each["year"], each["pence"], each["source"], each["mark"])
             for each in told["rates"]]  # fmt: skip
    return {(each.stream, each.year): each for each in found}


def _known(session: Session) -> dict[tuple[str, int], Rate]:
    """Return the rates known here: what this office set goes before what came with the program."""
    own = [Rate(row.stream, row.year, row.pence, row.source, "own") for row in queries.rates(session)]
    return shipped() | {(each.stream, each.year): each for each in own}


def rate(session: Session, stream: str, year: int) -> Rate:
    """Return a year's rate for a stream; one without a sum where it is not known."""
    return _known(session).get((stream, year), Rate(stream, year, None, "", "U"))


def table(session: Session) -> list[Rate]:
    """Return every stream's rate for each year up to the next, the newest year first."""
    known = _known(session)
    first = min(_FIRST_YEAR, *(year for _, year in known))
    years = range(financial_year(session.today) + 1, first - 1, -1)
    return [
        known.get((stream, year), Rate(stream, year, None, "", "U")) for year in years for stream in STREAMS
    ]


def set_rate(session: Session, stream: str, year: int, pence: int | None, source: str) -> None:
    """Set what a year brings for each child; None says that it is not known.

    For administrators, in a session whose purpose is «settings». Raises Problem for a sum without its
    source, one that cannot be, or a year too far off.
    """
    authorise(session.actor, PURPOSE)
    told = line(source, "A source")
    _check(session, stream, year, pence, told)
    found = next((row for row in queries.rates(session) if (row.stream, row.year) == (stream, year)), None)
    if found:
        found.pence, found.source = pence, told
    else:
        session.add(PremiumRate(stream=stream, year=year, pence=pence, source=told))
    session.flush()


def _check(session: Session, stream: str, year: int, pence: int | None, source: str) -> None:
    if stream not in STREAMS:
        raise Problem("Say whether it is for early years, for school or for post-16. Nothing was changed.")
    if not 2011 <= year <= financial_year(session.today) + 1:
        raise Problem(f"There is no rate for {year_words(year)} to be set yet. Nothing was changed.")
    if pence is None:
        return
    if type(pence) is not int or not 0 < pence <= MOST_PENCE:
        most = words.money(MOST_PENCE)
        raise Problem(f"A rate is a sum of money over £0 and up to {most} a child. Nothing was changed.")
    if not source:
        raise Problem("Say where the rate is published, so that others can check it. Nothing was changed.")
