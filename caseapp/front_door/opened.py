"""A contact, referral or assessment opened: what is known of it in words, and what its dialogs begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import clocks, words
from caseapp.clocks import State
from caseapp.front_door import lists
from caseapp.front_door.cases import goes_on, is_open_case
from caseapp.front_door.new_rows import Findings, NewContact, NewReferral
from caseapp.front_door.rules import (
    ASSESSMENT_DAYS,
    in_year_before,
    is_flagged,
    minutes_words,
    urgent_by,
    working_minutes,
)
from caseapp.front_door.views import Counting, counting, days_by_child, re_referrals, stands
from db import children as child_queries
from db import front_door as queries
from db.histories import worker_names
from db.looks import record_look
from db.models import AgencyCheck, Assessment, Child, Contact, Referral
from db.moments import utc_now
from db.problems import NotFound
from db.store import Session

Facts = tuple[tuple[str, str], ...]
_MOST_EARLIER = 20


class CheckRow(NamedTuple):
    """What an agency was asked."""

    id: UUID
    version: int
    agency: str
    asked_at: datetime
    answered_at: datetime | None
    result: str
    words: str


class InFile(NamedTuple):
    """A contact in the file of one child. `is_open_case`: new worries belong to the open case."""

    id: UUID
    version: int
    child: str
    is_decided: bool
    is_open_case: bool


class OpenContact(NamedTuple):
    """A contact opened: in each file it stands in, with its checks. `earlier`: what it may repeat."""

    id: UUID
    version: int
    child_id: UUID
    child: str
    given: NewContact
    files: tuple[InFile, ...]
    checks: tuple[CheckRow, ...]
    facts: Facts
    earlier: tuple[tuple[UUID, str], ...]
    due: State | None
    is_decided: bool
    is_told: bool


class OpenReferral(NamedTuple):
    """A referral opened."""

    id: UUID
    version: int
    child_id: UUID
    child: str
    given: NewReferral
    facts: Facts
    due: State | None
    is_decided: bool
    is_told: bool


class OpenAssessment(NamedTuple):
    """An assessment opened; `is_own`: another manager authorises it."""

    id: UUID
    version: int
    child_id: UUID
    child: str
    given: Findings
    facts: Facts
    due: State | None
    goes_on: bool
    is_submitted: bool
    is_own: bool


def contact(session: Session, contact_id: UUID) -> OpenContact:
    """Return a contact with all that belongs to it; the look is recorded. Raises NotFound."""
    row = session.get(Contact, contact_id)
    if row is None:
        raise NotFound("There is no such contact, or you may not see it.")
    child = _opened(session, "contact", row.id, row.child_id)
    joined = queries.group(session, row)
    by = counting(session)
    waits = row.decided_at is None and row.duplicate_of_id is None
    return OpenContact(
        row.id, row.version, child.id, child.name, _given(row),
        tuple(_in_file(session, each, of) for each, of in joined),
        tuple(_check_row(each) for each in queries.checks(session, row.id)),
        _kept(_contact_facts(by, row, joined, days_by_child(session, [child.id])[child.id])),
        _earlier(session, row), by.due("F1", by.received_on(row.received_at)) if waits else None,
        not waits, row.told_referrer_at is not None,
    )  # fmt: skip


def _given(row: Contact) -> NewContact:
    return NewContact(
        row.received_at, row.source, row.reason, row.method, row.source_name, row.agency, tuple(row.needs),
        row.immediate_risk, row.child_aware, row.parent_aware, row.consent, row.consent_because, row.rating,
    )  # fmt: skip


def _in_file(session: Session, row: Contact, child: Child) -> InFile:
    is_over = row.decided_at is not None or row.duplicate_of_id is not None
    return InFile(row.id, row.version, child.name, is_over, is_open_case(session, child))


def _check_row(each: AgencyCheck) -> CheckRow:
    return CheckRow(
        each.id, each.version, each.agency, each.asked_at, each.answered_at, each.result, each.words
    )


def _earlier(session: Session, row: Contact) -> tuple[tuple[UUID, str], ...]:
    same = child_queries.of_child(session, Contact, row.child_id, Contact.received_at)
    return tuple(
        (each.id, f"{words.moment(each.received_at)}, {lists.meaning(lists.SOURCES, each.source)}")
        for each in reversed(same)
        if each.id != row.id and not each.duplicate_of_id
    )[:_MOST_EARLIER]


def _contact_facts(
    by: Counting, row: Contact, joined: Sequence[tuple[Contact, Child]], days: Sequence[date]
) -> Iterable[tuple[str, str]]:
    times = in_year_before(words.london_day(row.received_at), days)
    flag = ": look closer" if is_flagged(times) else ""
    yield "About", words.listed([child.name for _, child in joined])
    yield "Received", _joined(words.moment(row.received_at), dict(lists.METHODS).get(row.method, ""))
    yield "From", _joined(lists.meaning(lists.SOURCES, row.source), row.source_name, row.agency)
    yield "Reason", row.reason
    yield "Worries", "; ".join(lists.meaning(lists.NEEDS, each) for each in row.needs)
    yield "At risk now", "Yes" if row.immediate_risk else ""
    yield "Rating", _rating(by, row)
    yield "Decision due", _decision_due(by, row)
    yield "Rated anew", "; ".join(_rated(by.session, row))
    yield "Consent", _joined(dict(lists.CONSENTS).get(row.consent, ""), row.consent_because)
    yield "Who knows", _who_knows(row)
    yield "Contacts", f"{words.count(times, 'contact')} in twelve months{flag}" if times else ""
    yield from _decided_contact(by, row)


def _rating(by: Counting, row: Contact) -> str:
    said = lists.RATING_WORDS[row.rating]
    if row.first_rating != row.rating:
        said = f"{said} (first {lists.RATING_WORDS[row.first_rating].lower()})"
    urgent = urgent_by(by.rating_limit(row), row.received_at, by.rules.calendar)
    return f"{said}, to be decided by {words.moment(urgent)}" if urgent and row.decided_at is None else said


def _decision_due(by: Counting, row: Contact) -> str:
    """Return by when every contact is to be decided: a rating may ask for it later, and does not move it."""
    if row.decided_at is not None or row.duplicate_of_id is not None:
        return ""
    due_on, limit = by.due_on("F1", by.received_on(row.received_at))
    return f"By {words.day(due_on)}: {limit}, whatever the rating"


def _rated(session: Session, row: Contact) -> Iterable[str]:
    """Return each change of the rating in words, with its reason, from the history."""
    changes = queries.changes(session, row.id)
    named = worker_names(session, {each.by for each in changes})
    for each in changes:
        values = each.change.get("rating")
        if each.act == "update" and isinstance(values, list):
            was, now = (lists.RATING_WORDS.get(str(value), str(value)).lower() for value in values)
            who = named.get(each.by, "")
            yield _joined(f"{was} to {now} {words.moment(each.at)}", who, each.reason or "")


def _decided_contact(by: Counting, row: Contact) -> Iterable[tuple[str, str]]:
    if row.duplicate_of_id:
        yield "Outcome", "Repeats another contact"
        return
    minutes = working_minutes(row.received_at, row.decided_at or utc_now(), by.rules.calendar)
    taken = f"{minutes_words(minutes)} of working time"
    if row.decided_at is None:
        yield "Waiting", taken
        return
    yield "Decided", f"{words.moment(row.decided_at)}, after {taken}"
    yield "By whom", _worker(by.session, row.decided_by)
    yield "Outcome", lists.words_of(row.outcomes, lists.CONTACT_OUTCOMES)
    yield "Because", row.because
    yield "Goes to", row.destination
    yield "Referrer told", words.moment(row.told_referrer_at) if row.told_referrer_at else "Not yet"


def _who_knows(row: Contact) -> str:
    said = {True: "knows", False: "does not know"}
    parts = [
        f"{who} {said[knows]}"
        for who, knows in (("the child", row.child_aware), ("a parent", row.parent_aware))
        if knows is not None
    ]
    told = words.listed(parts)
    return f"{told[:1].upper()}{told[1:]}"


def referral(session: Session, referral_id: UUID) -> OpenReferral:
    """Return a referral with what is known of it; the look is recorded. Raises NotFound."""
    row = session.get(Referral, referral_id)
    if row is None:
        raise NotFound("There is no such referral, or you may not see it.")
    child = _opened(session, "referral", row.id, row.child_id)
    is_decided = row.decided_at is not None
    by = counting(session)
    due = None if is_decided else by.due("F2", by.received_on(row.received_at))
    given = NewReferral(row.received_at, row.source, row.source_name, row.need, row.contact_id)
    return OpenReferral(
        row.id, row.version, child.id, child.name, given, _kept(_referral_facts(session, row, child)), due,
        is_decided, row.told_referrer_at is not None,
    )  # fmt: skip


def _referral_facts(session: Session, row: Referral, child: Child) -> Iterable[tuple[str, str]]:
    again = row.id in re_referrals(session, {child.id})
    yield "About", child.name
    yield "Received", words.moment(row.received_at)
    yield "From", _joined(lists.meaning(lists.SOURCES, row.source), row.source_name)
    yield "Need", f"{row.need} {lists.meaning(lists.NEEDS, row.need)}"
    yield "Again", "A re-referral: the one before was within twelve months" if again else ""
    if row.decided_at:
        yield "Decided", words.moment(row.decided_at)
        yield "By whom", _worker(session, row.decided_by)
        yield "Outcome", lists.words_of([row.outcome], lists.REFERRAL_OUTCOMES)
        yield "Because", row.because
        yield "Referrer told", words.moment(row.told_referrer_at) if row.told_referrer_at else "Not yet"
        yield "Closed", words.day(row.closed_on) if row.closed_on else ""


def assessment(session: Session, assessment_id: UUID) -> OpenAssessment:
    """Return an assessment with what is known of it; the look is recorded. Raises NotFound."""
    row = session.get(Assessment, assessment_id)
    if row is None:
        raise NotFound("There is no such assessment, or you may not see it.")
    child = _opened(session, "assessment", row.id, row.child_id)
    by = counting(session)
    given = Findings(row.seen_on, row.seen_alone, row.need, tuple(row.factors), tuple(row.outcomes))
    return OpenAssessment(
        row.id, row.version, child.id, child.name, given, _kept(_assessment_facts(by, row, child)),
        by.due("A1", by.assessed_from(row)) if goes_on(row) else None, goes_on(row),
        row.submitted_on is not None, row.worker_id == session.actor.worker_id,
    )  # fmt: skip


def _assessment_facts(by: Counting, row: Assessment, child: Child) -> Iterable[tuple[str, str]]:
    until = row.authorised_on or row.abandoned_on or by.session.today
    counted = by.assessed_from(row)
    other, said = row.started_on, "since it started"
    if counted != row.referred_on:
        other, said = row.referred_on, "since the referral: this area counts from the start"
    used, beside = (by.rules.calendar.working_days_between(start, until) for start in (counted, other))
    alone = ", alone" if row.seen_alone else ""
    yield "About", child.name
    yield "Worker", _worker(by.session, row.worker_id) or "Nobody yet"
    yield "Referred", f"{words.day(row.referred_on)}, started {words.day(row.started_on)}"
    yield "Days used", f"{used} of {ASSESSMENT_DAYS} working days ({beside} {said})"
    yield "Stands", stands(row)
    yield "Child seen", f"{words.day(row.seen_on)}{alone}" if row.seen_on else "Not yet"
    yield "Checkpoint", _checkpoint(by, row)
    yield "Need", f"{row.need} {lists.meaning(lists.NEEDS, row.need)}" if row.need else ""
    yield "Factors", ", ".join(f"{each} {lists.meaning(lists.FACTORS, each)}" for each in row.factors)
    yield "Outcome", lists.words_of(row.outcomes, lists.ASSESSMENT_OUTCOMES)
    yield "Authorised by", _worker(by.session, row.authorised_by)
    yield "Manager", row.manager_words
    if row.extended_to:
        said = f"To {words.day(row.extended_to)}, late all the same"
        yield "Extended", _joined(said, row.extended_because)
    yield "Abandoned", row.abandoned_because


def _checkpoint(by: Counting, row: Assessment) -> str:
    if row.checked_on:
        who = _worker(by.session, row.checked_by)
        return f"{words.day(row.checked_on)}, {who}: {row.checkpoint_words}"
    if not goes_on(row):
        return "None was made"
    limit = by.rules.limits.in_force("A2", row.referred_on).limit
    on = row.checkpoint_on or clocks.due_on(limit, row.referred_on, by.rules.calendar)
    return f"Due {words.day(on)}"


def _opened(session: Session, table: str, row_id: UUID, child_id: UUID) -> Child:
    record_look(session, "open", child_id, tbl=table, row_id=row_id)
    return session.get_one(Child, child_id)


def _worker(session: Session, worker_id: UUID | None) -> str:
    return worker_names(session, [worker_id]).get(worker_id, "") if worker_id else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _kept(facts: Iterable[tuple[str, str]]) -> Facts:
    return tuple((label, said) for label, said in facts if said)
