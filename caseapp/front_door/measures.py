"""The measures of the front door: what each counts, over plain rows. Pure but for the rows it reads.

Source: `front-door-and-assessment` sections 3, 4 and 9; working days by rules R1 to R16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.calendars import Calendar
from caseapp.front_door import lists
from caseapp.front_door.rules import (
    ASSESSMENT_DAYS,
    DECISION_DAYS,
    in_year_before,
    is_flagged,
    is_re_referral,
)
from db.models import Assessment, Child, Contact, Referral

COUNT, SHARE = "count", "share"


class Period(NamedTuple):
    """The first and the last day that count."""

    since: date
    until: date

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in it."""
        return day is not None and self.since <= day <= self.until


class Told(NamedTuple):
    """A row behind a figure: whom, what was seen of them, and whether it counts in the numerator.

    `family` joins what concerns brothers and sisters alike.
    """

    child: Child
    said: str
    counts: bool
    family: UUID | None = None


@dataclass(frozen=True)
class Data:
    """Everything that the measures of some months need. Duplicates of contacts are left out."""

    contacts: Sequence[tuple[Contact, Child]]
    referrals: Sequence[tuple[Referral, Child]]
    assessments: Sequence[tuple[Assessment, Child]]
    calendar: Calendar
    today: date

    def days(self, start: date, end: date) -> int:
        """Return the working days after one day up to and including another."""
        return self.calendar.working_days_between(start, end)

    def received(self, period: Period) -> Iterable[tuple[Contact, Child]]:
        """Return the contacts of a period."""
        return (each for day, each in self.contact_days if period.holds(day))

    def referred(self, period: Period) -> Iterable[tuple[Referral, Child]]:
        """Return the referrals of a period."""
        return (each for day, each in self.dated_referrals if period.holds(day))

    def completed(self, period: Period) -> Iterable[tuple[Assessment, Child]]:
        """Return the assessments that were authorised in a period."""
        return (each for each in self.assessments if period.holds(each[0].authorised_on))

    @cached_property
    def contact_days(self) -> Sequence[tuple[date, tuple[Contact, Child]]]:
        """The contacts with their London days, each worked out once."""
        return [(words.london_day(each[0].received_at), each) for each in self.contacts]

    @cached_property
    def dated_referrals(self) -> Sequence[tuple[date, tuple[Referral, Child]]]:
        """The referrals with their London days."""
        return [(words.london_day(each[0].received_at), each) for each in self.referrals]

    @cached_property
    def contacts_of(self) -> Mapping[UUID, Sequence[date]]:
        """The days of each child's contacts."""
        found: dict[UUID, list[date]] = {}
        for day, (_, child) in self.contact_days:
            found.setdefault(child.id, []).append(day)
        return found

    @cached_property
    def referral_days(self) -> Mapping[UUID, Sequence[tuple[date, UUID]]]:
        """The referrals of each child, the oldest first."""
        found: dict[UUID, list[tuple[date, UUID]]] = {}
        for day, (row, child) in self.dated_referrals:
            found.setdefault(child.id, []).append((day, row.id))
        return found

    @cached_property
    def became_referrals(self) -> frozenset[UUID]:
        """The contacts from which a referral came."""
        return frozenset(row.contact_id for row, _ in self.referrals if row.contact_id)

    @cached_property
    def assessed(self) -> frozenset[UUID]:
        """The referrals from which an assessment came."""
        return frozenset(row.referral_id for row, _ in self.assessments if row.referral_id)


Formula = Callable[[Data, Period], Iterable[Told]]


def _contacts_in_time(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.received(period):
        received = words.london_day(row.received_at)
        decided = words.london_day(row.decided_at) if row.decided_at else None
        if told := _in_time(data, received, decided):
            said, counts = told
            yield Told(child, said, counts, row.group_id)


def _referrals_in_time(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.referred(period):
        decided = words.london_day(row.decided_at) if row.decided_at else None
        if told := _in_time(data, words.london_day(row.received_at), decided):
            yield Told(child, *told)


def _in_time(data: Data, received: date, decided: date | None) -> tuple[str, bool] | None:
    """Return what is said of a decision and whether it was in time; None while it is not due yet."""
    taken = data.days(received, decided or data.today)
    if decided is None:
        if taken <= DECISION_DAYS:
            return None
        waited = words.count(taken, "working day")
        return f"Received {words.day(received)}, not decided after {waited}", False
    within = words.count(taken, "working day")
    said = f"Received {words.day(received)}, decided {words.day(decided)}: {within}"
    return said, taken <= DECISION_DAYS


def _became_referral(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.received(period):
        became = row.id in data.became_referrals
        said = lists.words_of(row.outcomes, lists.CONTACT_OUTCOMES) or "Not decided"
        yield Told(
            child, f"Received {words.day(words.london_day(row.received_at))}: {said}", became, row.group_id
        )


def _became_assessment(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.referred(period):
        said = lists.words_of([row.outcome], lists.REFERRAL_OUTCOMES) or "Not decided"
        counts = row.id in data.assessed
        yield Told(child, f"Received {words.day(words.london_day(row.received_at))}: {said}", counts)


def _re_referrals(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.referred(period):
        day = words.london_day(row.received_at)
        mine = data.referral_days[child.id]
        place = next(at for at, (_, row_id) in enumerate(mine) if row_id == row.id)
        before = [on for on, _ in mine[:place]]
        said = f"Received {words.day(day)}"
        said = f"{said}, the one before {words.day(before[-1])}" if before else said
        yield Told(child, said, is_re_referral(day, before))


def _within_45_of_referral(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.completed(period):
        yield _used(data, row, child, row.referred_on)


def _within_45_of_start(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.completed(period):
        yield _used(data, row, child, row.started_on)


def _used(data: Data, row: Assessment, child: Child, start: date) -> Told:
    end = row.authorised_on or data.today
    taken = data.days(start, end)
    said = f"{words.day(start)} to {words.day(end)}: {words.count(taken, 'working day')}"
    if row.extended_to:
        said = f"{said}, extended to {words.day(row.extended_to)}"
    return Told(child, said, taken <= ASSESSMENT_DAYS)


def _open_past_45(data: Data, period: Period) -> Iterable[Told]:
    day = min(period.until, data.today)
    for row, child in data.assessments:
        ended = row.authorised_on or row.abandoned_on
        if row.referred_on <= day and (ended is None or ended > day):
            used = data.days(row.referred_on, day)
            if used > ASSESSMENT_DAYS:
                said = f"Referred {words.day(row.referred_on)}, {words.count(used, 'working day')} used"
                yield Told(child, f"{said} on {words.day(day)}", True)


def _to_services(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.completed(period):
        counts = bool({"services", "short_break", "strategy"} & set(row.outcomes))
        yield Told(child, _outcome_of(row), counts)


def _nothing_more(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.completed(period):
        yield Told(child, _outcome_of(row), bool(lists.NOTHING_MORE & set(row.outcomes)))


def _outcome_of(row: Assessment) -> str:
    on = words.day(row.authorised_on) if row.authorised_on else "–"
    return f"Authorised {on}: {lists.words_of(row.outcomes, lists.ASSESSMENT_OUTCOMES)}"


def _abandoned(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.assessments:
        if row.abandoned_on and period.holds(row.abandoned_on):
            yield Told(child, f"{words.day(row.abandoned_on)}: {row.abandoned_because}", True)


def _repeat_contacts(data: Data, period: Period) -> Iterable[Told]:
    for row, child in data.received(period):
        day = words.london_day(row.received_at)
        number = in_year_before(day, data.contacts_of[child.id])
        said = f"Received {words.day(day)}, number {number} in twelve months"
        yield Told(child, said, is_flagged(number), row.group_id)


class Measure(NamedTuple):
    """A measure: its title, what it counts in words, its formula; `is_standing`: as at a day, not a sum."""

    key: str
    title: str
    unit: str
    thing: tuple[str, str]
    definition: str
    formula: Formula
    is_standing: bool = False


_CONTACTS, _REFERRALS = ("contact", "contacts"), ("referral", "referrals")
_COMPLETED, _ASSESSMENTS = ("completed", "completed"), ("assessment", "assessments")

# fmt: off
MEASURES: Final = (
    Measure("contacts_in_day", "Contacts decided in 1 working day", SHARE, _CONTACTS,
            "Contacts received in the month that are decided, and those undecided past their day; in time: "
            "the decision on the next working day at the latest. Duplicates are left out.",
            _contacts_in_time),
    Measure("contacts_to_referrals", "Contacts that became referrals", SHARE, _CONTACTS,
            "Contacts received in the month; counted: a referral came of it, whenever.", _became_referral),
    Measure("repeat_contacts", "Third contact or more in 12 months", SHARE, _CONTACTS,
            "Contacts received in the month; counted: the child’s third or a later one in the twelve months "
            "up to it.", _repeat_contacts),
    Measure("referrals_in_day", "Referrals decided in 1 working day", SHARE, _REFERRALS,
            "Referrals received in the month, but for those undecided and not yet due; in time: the decision "
            "on the next working day at the latest (Working Together).", _referrals_in_time),
    Measure("re_referrals", "Re-referrals", SHARE, _REFERRALS,
            "Referrals received in the month; counted: the child’s referral before it was within twelve "
            "months. Referrals are counted, not children (children in need census).", _re_referrals),
    Measure("referrals_to_assessments", "Referrals that led to an assessment", SHARE, _REFERRALS,
            "Referrals received in the month; counted: a single assessment came of it.", _became_assessment),
    Measure("assessments_in_45", "Assessments within 45 days of the referral", SHARE, _COMPLETED,
            "Assessments authorised in the month; in time: 45 working days at most from the referral "
            "(Working Together). An extension is late all the same.", _within_45_of_referral),
    Measure("assessments_in_45_census", "Assessments within 45 days of their start", SHARE, _COMPLETED,
            "The same from the assessment’s actual start, as the children in need census counts.",
            _within_45_of_start),
    Measure("open_past_45", "Open past 45 working days", COUNT, _ASSESSMENTS,
            "Assessments that on the last day of the month (today, in this month) were open for more than 45 "
            "working days since the referral. Never mixed with those completed.", _open_past_45, True),
    Measure("to_services", "Assessments that led to services", SHARE, _COMPLETED,
            "Assessments authorised in the month; counted: services as a child in need, a short break or a "
            "strategy discussion came of it.", _to_services),
    Measure("nothing_more", "No further action after assessment", SHARE, _COMPLETED,
            "Assessments authorised in the month; counted: they ended with no further action. High means "
            "that much is assessed that needs none.", _nothing_more),
    Measure("abandoned", "Assessments abandoned", COUNT, _ASSESSMENTS,
            "Assessments that were abandoned in the month. They count in no share.", _abandoned),
)
# fmt: on
MEASURES_BY_KEY: Final = {each.key: each for each in MEASURES}
