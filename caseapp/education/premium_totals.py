"""What a year's pupil premium brings, and what of it is approved, paid, spent and left: with the rows behind.

Source: DfE pupil premium conditions of grant: looked after for at least one day, aged 4 to 15 on the
31 August before the financial year. Younger children have early years pupil premium, older ones the
post-16 money; the three are kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import ages, dates, words
from caseapp.education import premium, rates, terms
from caseapp.education.premium import RequestRow, request_row
from caseapp.education.rates import Rate
from db import premium as queries
from db.children import child_of
from db.looks import record_look
from db.models import STREAMS, Child, Episode, School
from db.reach import child_subject
from db.roles import may
from db.store import Session

FIRST_AGE, FIRST_POST_16_AGE = 4, 16
EARLY_YEARS_MONTHS = 9  # from which funded early education is for every child
_LAST_QUARTER = (1, 1)  # from the new year on, what is unspent is warned of


class Eligible(NamedTuple):
    """A child for whom a year's money of a stream comes, and why."""

    child_id: UUID
    child: str
    ref: int
    school_id: UUID | None
    school: str
    why: str


@dataclass(frozen=True)
class Total:
    """One sum of a year and stream, for `name`: worked out from the rows that it holds."""

    name: str
    stream: str
    rate: Rate
    eligible: tuple[Eligible, ...]
    requests: tuple[RequestRow, ...]

    @property
    def allocated(self) -> int | None:
        """Return the rate times the children; None while the rate is not known."""
        if not self.eligible:
            return 0
        return None if self.rate.pence is None else self.rate.pence * len(self.eligible)

    @property
    def asked(self) -> int:
        """Return what was asked for and not taken back."""
        return sum(each.asked for each in self.requests if each.state != "withdrawn")

    @property
    def approved(self) -> int:
        """Return what was approved."""
        return sum(each.approved for each in self.requests)

    @property
    def paid(self) -> int:
        """Return what was paid."""
        return sum(each.paid for each in self.requests)

    @property
    def spent(self) -> int:
        """Return what was spent, as far as it is recorded."""
        return sum(each.spent or 0 for each in self.requests)

    @property
    def left(self) -> int | None:
        """Return what of the allocation is not spent; None while the rate is not known."""
        return None if self.allocated is None else self.allocated - self.spent

    @property
    def unplanned(self) -> int | None:
        """Return what of the allocation nothing is approved for; None while the rate is not known."""
        return None if self.allocated is None else self.allocated - self.approved

    @property
    def unspent(self) -> int:
        """Return what was approved and is not recorded as spent."""
        return sum(each.unspent for each in self.requests)


class Start(NamedTuple):
    """What a new request begins with."""

    stream: str
    year: int
    season: str
    school_id: UUID | None
    school: str
    revision_id: UUID | None
    targets: tuple[str, ...]


class PremiumView(NamedTuple):
    """A child's requests, newest first, and the totals of each year and stream."""

    requests: list[RequestRow]
    totals: list[Total]
    why: str
    warnings: list[str]
    start: Start
    may_approve: bool
    not_mine: frozenset[UUID]  # requests that whoever is at work may not decide: they asked for them


class YearTotals(NamedTuple):
    """A financial year of all children whom I may see, as it stood on a day."""

    year: int
    as_at: date
    streams: list[Total]
    children: list[Total]
    schools: list[Total]
    warnings: list[str]


def stream_of(born_on: date | None, year: int) -> str:
    """Return the stream of a child in a financial year, by the age on the 31 August before; or nothing."""
    if born_on is None:
        return ""
    age = ages.age(born_on, date(year - 1, 8, 31))
    if age >= FIRST_POST_16_AGE:
        return "post_16"
    return "school" if age >= FIRST_AGE else "early_years"


def is_looked_after_in(episodes: Sequence[Episode], first_on: date, last_on: date) -> bool:
    """Return whether a stretch of time holds at least one day of care; short breaks are no care."""
    return any(
        start <= last_on and (end is None or end > first_on)
        for start, end in dates.care_periods(list(episodes))
    )


def eligible_for(child: Child, episodes: Sequence[Episode], year: int, today: date) -> tuple[str, str]:
    """Return (stream, why); the stream is empty where no money comes for the child."""
    first_on, last_on = rates.first_day(year), min(rates.last_day(year), today)
    if not is_looked_after_in(episodes, first_on, last_on):
        return "", f"not looked after on any day of {rates.year_words(year)} so far"
    stream = stream_of(child.born_on, year)
    if not stream or child.born_on is None:
        return "", "the date of birth is not known"
    if stream == "early_years" and child.born_on + relativedelta(months=EARLY_YEARS_MONTHS) > last_on:
        return "", f"under {EARLY_YEARS_MONTHS} months old"
    age = max(0, ages.age(child.born_on, date(year - 1, 8, 31)))
    return stream, f"looked after in {rates.year_words(year)}, aged {age} on 31/08/{year - 1}"


def view(session: Session, child_id: UUID) -> PremiumView:
    """Return a child’s pupil premium: requests, totals of each year, and what a new request begins with."""
    child = child_of(session, child_id)
    found = queries.requests(session, child_id=child_id)
    rows = [request_row(each) for each in found]
    episodes = queries.episodes(session, [child_id])[child_id]
    this_year = rates.financial_year(session.today)
    keys = {(each.year, each.stream) for each in rows}
    stream, why = eligible_for(child, episodes, this_year, session.today)
    keys |= {(this_year, stream)} if stream else set()
    totals = [
        _child_total(session, child, episodes, year, each, rows)
        for year, each in sorted(keys, key=lambda key: (-key[0], STREAMS.index(key[1])))
    ]
    me = session.actor
    return PremiumView(
        rows, totals, why, [said for each in totals if (said := unspent_words(each, session.today))],
        _start(session, child, stream), may(me, "approve", child_subject(session, child)).allowed,
        frozenset(each.row.id for each in found if premium.is_own(each.row, me)),
    )  # fmt: skip


def _child_total(
    session: Session,
    child: Child,
    episodes: Sequence[Episode],
    year: int,
    stream: str,
    rows: list[RequestRow],
) -> Total:
    its_stream, why = eligible_for(child, episodes, year, session.today)
    school = queries.school_on(session, [child.id], _as_at(year, session.today)).get(child.id)
    eligible = (_listed(child, school, why),) if its_stream == stream else ()
    return Total(
        child.name, stream, rates.rate(session, stream, year), eligible,
        tuple(each for each in rows if (each.year, each.stream) == (year, stream)),
    )  # fmt: skip


def _listed(child: Child, school: School | None, why: str) -> Eligible:
    at = school.id if school else None
    return Eligible(child.id, child.name, child.ref, at, school.name if school else "", why)


def _start(session: Session, child: Child, stream: str) -> Start:
    today, year = session.today, rates.financial_year(session.today)
    school = queries.school_on(session, [child.id], today).get(child.id)
    pep = queries.newest_pep(session, child.id)
    agreed = pep.document.answers.get("targets") if pep else None
    targets = [str(each["what"]) for each in agreed or [] if isinstance(each, dict) and each.get("what")]
    return Start(
        stream or stream_of(child.born_on, year) or "school", year,
        terms.term_of(session, today).name.split(" ")[0],
        school.id if school else None, school.name if school else "",
        pep.id if pep else None, tuple(targets),
    )  # fmt: skip


def totals(session: Session, year: int) -> YearTotals:
    """Return a financial year's sums by stream, child and school, of the children whom I may see.

    The children who are listed are recorded as seen.
    """
    eligible = _eligible(session, year)
    rows = [request_row(each) for each in queries.requests(session, year=year)]
    of_stream = [
        Total(
            rates.STREAM_WORDS[stream], stream, rates.rate(session, stream, year),
            tuple(eligible[stream]), tuple(each for each in rows if each.stream == stream),
        )
        for stream in STREAMS
    ]  # fmt: skip
    ids = {each.child_id for found in eligible.values() for each in found} | {each.child_id for each in rows}
    listed = {"list": f"Pupil premium {rates.year_words(year)}", "ids": sorted(each.hex for each in ids)}
    record_look(session, "list", detail=listed)
    return YearTotals(
        year, _as_at(year, session.today), of_stream,
        [part for each in of_stream for part in _parts(each, _by_child)],
        [part for each in of_stream for part in _parts(each, _by_school)],
        [said for each in of_stream if (said := unspent_words(each, session.today))],
    )  # fmt: skip


def _eligible(session: Session, year: int) -> dict[str, list[Eligible]]:
    as_at = _as_at(year, session.today)
    children = queries.children_in_care(session, rates.first_day(year), as_at)
    ids = [each.id for each in children]
    episodes, schools = queries.episodes(session, ids), queries.school_on(session, ids, as_at)
    found: dict[str, list[Eligible]] = {stream: [] for stream in STREAMS}
    for child in children:
        stream, why = eligible_for(child, episodes[child.id], year, session.today)
        if stream:
            school = schools.get(child.id)
            found[stream].append(_listed(child, school, why))
    return found


def _by_child(each: Eligible | RequestRow) -> tuple[UUID | None, str]:
    return each.child_id, each.child


def _by_school(each: Eligible | RequestRow) -> tuple[UUID | None, str]:
    return each.school_id, each.school or "No school on record"


Key = Callable[[Eligible | RequestRow], tuple[UUID | None, str]]


def _parts(whole: Total, key: Key) -> list[Total]:
    """Return a stream's total split by child or by school; every row of the whole is in one part."""
    eligible: dict[tuple[UUID | None, str], list[Eligible]] = defaultdict(list)
    asked: dict[tuple[UUID | None, str], list[RequestRow]] = defaultdict(list)
    for child in whole.eligible:
        eligible[key(child)].append(child)
    for row in whole.requests:
        asked[key(row)].append(row)
    return [
        Total(each[1], whole.stream, whole.rate, tuple(eligible[each]), tuple(asked[each]))
        for each in sorted({*eligible, *asked}, key=_by_name)
    ]


def _by_name(each: tuple[UUID | None, str]) -> tuple[str, str]:
    return each[1].casefold(), str(each[0])


def _as_at(year: int, today: date) -> date:
    """Return the day as at which a year is told: its last, or today while it runs."""
    return min(rates.last_day(year), today)


def unspent_words(total: Total, today: date) -> str:
    """Return what to say of money at risk on 31 March; nothing before the year's last quarter."""
    year = total.rate.year
    last_on = rates.last_day(year)
    told = f"{rates.STREAM_WORDS[total.stream]} {rates.year_words(year)}"
    if total.unspent <= 0 or today < date(year + 1, *_LAST_QUARTER):
        return ""
    at_risk = words.money(total.unspent)
    if today > last_on:
        return (
            f"{told}: {at_risk} approved is not recorded as spent by {words.day(last_on)}; it cannot be kept."
        )
    return (
        f"{told}: {at_risk} approved is not spent yet. What is left on {words.day(last_on)} cannot be kept."
    )
