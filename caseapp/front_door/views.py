"""What the lists of the front door show, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import clock_counting, clocks, dates, words
from caseapp.clocks import State
from caseapp.front_door import lists
from caseapp.front_door.rules import (
    ASSESSMENT_DAYS,
    RATING_CLOCKS,
    in_year_before,
    is_flagged,
    is_re_referral,
)
from db import front_door as queries
from db import names
from db.front_door import Narrowed, Place
from db.histories import worker_names
from db.looks import record_look
from db.models import Assessment, Child, Contact, Referral
from db.store import Session

PAGE: Final = 100
STATES: Final = {"waiting": "Waiting", "decided": "Decided", "all": "All"}
_TABLES: Final[dict[str, type[Contact | Referral | Assessment]]] = {
    "contacts": Contact, "referrals": Referral, "assessments": Assessment,
}  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to: waiting, decided or all; and a name."""

    state: str = "waiting"
    text: str = ""


class ContactRow(NamedTuple):
    """A contact in the list. `due` says how urgent the decision is; `times`: contacts in twelve months."""

    id: UUID
    child_id: UUID
    child: str
    received_at: datetime
    source: str
    rating: str
    times: int
    is_repeat: bool
    due: State | None
    outcome: str


class ReferralRow(NamedTuple):
    """A referral in the list."""

    id: UUID
    child_id: UUID
    child: str
    received_at: datetime
    source: str
    is_again: bool
    due: State | None
    outcome: str


class AssessmentRow(NamedTuple):
    """An assessment in the list; `used` working days of 45, and how it stands in words."""

    id: UUID
    child_id: UUID
    child: str
    worker: str
    referred_on: date
    started_on: date
    used: int
    is_late: bool
    due: State | None
    stands: str


class Counting(NamedTuple):
    """What the rows of a list are counted by."""

    session: Session
    rules: dates.Rules

    def due(self, clock_id: str, start: date, met_on: date | None = None) -> State:
        """Return how a clock stands that started on a day."""
        due_on, _ = self.due_on(clock_id, start)
        return clocks.state(due_on, met_on, self.session.today, self.rules.calendar)

    def due_on(self, clock_id: str, start: date) -> tuple[date, str]:
        """Return the day on which a clock falls due that started on a day, and its limit in words."""
        limit = self.rules.limits.in_force(clock_id, start).limit
        return clocks.due_on(limit, start, self.rules.calendar), clocks.limit_words(limit)

    def received_on(self, at: datetime) -> date:
        """Return the day on which something counts as received: after the area's cut-off, the next."""
        cut_off = clock_counting.read(self.session).cut_off
        return cut_off.day_of(at) if cut_off else words.london_day(at)

    def assessed_from(self, row: Assessment) -> date:
        """Return the day from which an assessment's working days count: the referral's, or its own start."""
        own_start_from = clock_counting.read(self.session).own_start_from
        return clocks.counted_from(row.referred_on, row.started_on, own_start_from)

    def rating_limit(self, row: Contact) -> str:
        """Return how soon the rating of a contact asks for a decision; nothing where it asks for none."""
        clock_id = RATING_CLOCKS.get(row.rating, "")
        return (
            self.rules.limits.in_force(clock_id, words.london_day(row.received_at)).limit if clock_id else ""
        )


def counting(session: Session) -> Counting:
    """Return what lists are counted by."""
    return Counting(session, dates.rules(session))


def contacts(session: Session, asked: Filter, last: Place | None = None) -> list[tuple[ContactRow, Place]]:
    """Return the next contacts, the newest first; the look is recorded."""
    found = queries.contacts(session, _narrowed(asked), last, PAGE)
    received = days_by_child(session, [child.id for _, child in found])
    by = counting(session)
    _record(session, "Contacts", found)
    return [
        (_contact_row(by, row, child, received[child.id]), Place(row.received_at, row.id))
        for row, child in found
    ]


def days_by_child(session: Session, child_ids: Sequence[UUID]) -> dict[UUID, list[date]]:
    """Return the days of every contact of some children, duplicates left out."""
    days: dict[UUID, list[date]] = defaultdict(list)
    for child_id, at in queries.contact_days(session, set(child_ids)):
        days[child_id].append(words.london_day(at))
    return days


def _contact_row(by: Counting, row: Contact, child: Child, days: Iterable[date]) -> ContactRow:
    day = words.london_day(row.received_at)
    times = in_year_before(day, days)
    waits = row.decided_at is None and row.duplicate_of_id is None
    outcome = "Duplicate" if row.duplicate_of_id else lists.words_of(row.outcomes, lists.CONTACT_OUTCOMES)
    return ContactRow(
        row.id, child.id, child.name, row.received_at, lists.meaning(lists.SOURCES, row.source), row.rating,
        times, is_flagged(times), by.due("F1", by.received_on(row.received_at)) if waits else None, outcome,
    )  # fmt: skip


def referrals(session: Session, asked: Filter, last: Place | None = None) -> list[tuple[ReferralRow, Place]]:
    """Return the next referrals, the newest first; the look is recorded."""
    found = queries.referrals(session, _narrowed(asked), last, PAGE)
    again = re_referrals(session, {child.id for _, child in found})
    by = counting(session)
    _record(session, "Referrals", found)
    return [
        (_referral_row(by, row, child, row.id in again), Place(row.received_at, row.id))
        for row, child in found
    ]


def re_referrals(session: Session, child_ids: set[UUID]) -> set[UUID]:
    """Return the referrals of some children that followed another within twelve months."""
    before: dict[UUID, list[date]] = defaultdict(list)
    again = set()
    for child_id, row_id, at in queries.referral_days(session, child_ids):
        if is_re_referral(words.london_day(at), before[child_id]):
            again.add(row_id)
        before[child_id].append(words.london_day(at))
    return again


def _referral_row(by: Counting, row: Referral, child: Child, is_again: bool) -> ReferralRow:
    due = by.due("F2", by.received_on(row.received_at)) if row.decided_at is None else None
    return ReferralRow(
        row.id, child.id, child.name, row.received_at, lists.meaning(lists.SOURCES, row.source), is_again,
        due, lists.words_of([row.outcome], lists.REFERRAL_OUTCOMES),
    )  # fmt: skip


def assessments(
    session: Session, asked: Filter, last: Place | None = None
) -> list[tuple[AssessmentRow, Place]]:
    """Return the next assessments, the newest first; the look is recorded."""
    found = queries.assessments(session, _narrowed(asked), last, PAGE)
    named = worker_names(session, {row.worker_id for row, _ in found if row.worker_id})
    by = counting(session)
    _record(session, "Assessments", found)
    return [(_assessment_row(by, row, child, named), Place(row.referred_on, row.id)) for row, child in found]


def _assessment_row(by: Counting, row: Assessment, child: Child, named: dict[UUID, str]) -> AssessmentRow:
    ended = row.authorised_on or row.abandoned_on
    start = by.assessed_from(row)
    used = by.rules.calendar.working_days_between(start, ended or by.session.today)
    worker = named.get(row.worker_id, "") if row.worker_id else ""
    return AssessmentRow(
        row.id, child.id, child.name, worker, row.referred_on, row.started_on, used,
        used > ASSESSMENT_DAYS, None if ended else by.due("A1", start), stands(row),
    )  # fmt: skip


def stands(row: Assessment) -> str:
    """Return how an assessment stands in words."""
    if row.abandoned_on:
        return f"Abandoned {words.day(row.abandoned_on)}"
    if row.authorised_on:
        return f"Authorised {words.day(row.authorised_on)}"
    if row.submitted_on:
        return f"With the manager since {words.day(row.submitted_on)}"
    return "Being written"


def _narrowed(asked: Filter) -> Narrowed:
    return Narrowed(asked.state, names.fold(words.tidy(asked.text)[: names.MOST_LETTERS]).split())


def _record(session: Session, name: str, found: Iterable[tuple[object, Child]]) -> None:
    ids = sorted({child.id.hex for _, child in found})
    record_look(session, "list", detail={"list": f"Front door: {name}", "ids": ids})


def count(session: Session, kind: str, asked: Filter) -> int:
    """Return how many rows a list holds; `kind` is contacts, referrals or assessments."""
    return queries.count(session, _TABLES[kind], _narrowed(asked))
