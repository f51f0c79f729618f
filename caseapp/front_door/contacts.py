"""Contacts: taken about one child or several, rated, checked with agencies, decided by a manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseapp import children, dates, typed_rows, words
from caseapp.children import NewChild
from caseapp.early_help import episodes
from caseapp.early_help.episodes import NewEpisode
from caseapp.front_door import lists, referrals
from caseapp.front_door.cases import is_open_case
from caseapp.front_door.new_rows import ContactDecision, NewCheck, NewContact, NewReferral
from caseapp.front_door.rules import is_contradicted
from caseapp.lines import line
from caseapp.typed_rows import Kind, check_one_of, check_past_moments, refuse_unless, row_of, typed
from db.children import child_of
from db.models import AgencyCheck, Child, Contact
from db.moments import new_id
from db.problems import Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session


def take(
    session: Session, child_ids: Sequence[UUID], new: NewContact, unknown: Sequence[NewChild] = ()
) -> list[UUID]:
    """Record a contact about children on file and children not on file yet. Return its rows, one a child.

    A child who was unknown is put on file without a case. Raises Problem, NotFound or NotAllowed.
    """
    ids = [*dict.fromkeys(child_ids), *(_put_on_file(session, each) for each in unknown)]
    refuse_unless(bool(ids), "Say which child it is about.")
    group_id = new_id() if len(ids) > 1 else None
    found = []
    for child_id in ids:
        child = child_of(session, child_id)
        columns = _contact(session, child, new, None)
        row = Contact(
            child_id=child.id, group_id=group_id, first_rating=new.rating, outcomes=[],
            worker_id=session.actor.worker_id, **columns,
        )  # fmt: skip
        session.add(row)
        session.flush()
        dates.refresh(session, child)
        found.append(row.id)
    return found


def _put_on_file(session: Session, new: NewChild) -> UUID:
    """Put a child on file without a case: an approach is not yet a case."""
    child_id = children.register(session, new).id
    child = child_of(session, child_id)
    child.status, child.closed_on = "closed", session.today
    session.flush()
    return child_id


def change(session: Session, contact_id: UUID, opened: int, new: NewContact) -> None:
    """Put a contact right, in the file of each child it is about. Raises Stale, Problem or NotFound."""
    row: Contact = row_of(session, Contact, contact_id, opened)
    refuse_unless(row.decided_at is None, "It is decided. What led to a decision stays as it was.")
    for each, child in referrals.same_contact(session, row):
        for name, value in _contact(session, child, new, each).items():
            setattr(each, name, value)
        dates.refresh(session, child)


def _contact(session: Session, child: Child, new: NewContact, there: Any) -> dict[str, Any]:
    check_past_moments(new.received_at)
    day = words.london_day(new.received_at)
    valid = {each.code for each in lists.SOURCES if each.is_valid(day)}
    check_one_of(new.source, valid, "a source that is valid on that day")
    check_one_of(new.method, {"", *dict(lists.METHODS)}, "a way of making contact")
    check_one_of(new.rating, dict(lists.RATINGS), "a rating")
    check_one_of(new.consent, {"", *dict(lists.CONSENTS)}, "an answer about consent")
    refuse_unless(bool(new.reason.strip()), "Say why they got in touch.")
    refuse_unless(
        new.consent != "dispensed" or bool(new.consent_because.strip()),
        "Say why consent is dispensed with.",
    )
    return {**typed(new, ("reason", "consent_because")), "needs": list(new.needs)}


def rate(session: Session, contact_id: UUID, opened: int, rating: str, because: str) -> None:
    """Rate a contact anew, for all its children; the rating before stays in the history with the reason."""
    row: Contact = row_of(session, Contact, contact_id, opened)
    refuse_unless(row.decided_at is None, "It is decided. Its rating stays as it was.")
    check_one_of(rating, dict(lists.RATINGS), "a rating")
    said = line(because, "A reason")
    refuse_unless(bool(said), "Say what makes it more or less urgent.")
    before, session.info["reason"] = session.info["reason"], said
    for each, _child in referrals.same_contact(session, row):
        each.rating = rating
    session.flush()
    session.info["reason"] = before  # the reason belongs to this change alone


def add_check(session: Session, new: NewCheck) -> UUID:
    """Note that an agency was asked about a contact. Raises Problem or NotFound."""
    contact = _one(session, new.contact_id)
    return typed_rows.add(session, _KINDS, contact.child_id, new)


def change_check(session: Session, check_id: UUID, opened: int, new: NewCheck) -> None:
    """Note what an agency answered. Raises Stale, Problem or NotFound."""
    typed_rows.change(session, _KINDS, check_id, opened, new)


def _check(session: Session, child: Child, new: NewCheck, there: Any) -> dict[str, Any]:
    refuse_unless(bool(new.agency.strip()), "Say which agency.")
    check_past_moments(new.asked_at, new.answered_at)
    check_one_of(new.result, {"", *dict(lists.CHECK_RESULTS)}, "an answer")
    refuse_unless(bool(new.result) == bool(new.answered_at), "An answer has a day and time, and what it is.")
    refuse_unless(
        new.answered_at is None or new.asked_at <= new.answered_at, "It was answered before it was asked."
    )
    refuse_unless(new.result != "declined" or bool(new.words.strip()), "Say why the agency declined.")
    return typed(new)


_KINDS = {NewCheck: Kind(AgencyCheck, _check)}


def mark_duplicate(session: Session, contact_id: UUID, opened: int, of_id: UUID) -> None:
    """Say that a contact repeats another about the same child: it needs no decision and counts nowhere."""
    row: Contact = row_of(session, Contact, contact_id, opened)
    other = _one(session, of_id)
    refuse_unless(row.decided_at is None, "It is decided.")
    refuse_unless(
        other.child_id == row.child_id and other.id != row.id and not other.duplicate_of_id,
        "Choose another contact about this child that repeats none itself.",
    )
    row.duplicate_of_id = other.id
    dates.refresh(session, child_of(session, row.child_id))


def decide(session: Session, opened: Mapping[UUID, int], decision: ContactDecision) -> None:
    """Record a manager's decision on a contact, for the children whose rows are named with their versions.

    A new referral and early help begin with it, in one step. Raises Stale, Problem, NotFound or NotAllowed.
    """
    rows: list[Contact] = [row_of(session, Contact, each, version) for each, version in opened.items()]
    refuse_unless(bool(rows), "Say for which child it is decided.")
    _check_decision(decision)
    for row in rows:
        child = child_of(session, row.child_id)
        _check_may_decide(session, child, row, decision)
        row.decided_at, row.decided_by = decision.decided_at, session.actor.worker_id
        row.outcomes = [code for code, _ in lists.CONTACT_OUTCOMES if code in decision.outcomes]
        row.because = words.tidy(decision.because).strip()
        row.destination = line(decision.destination, "Where it goes")
        row.told_referrer_at = decision.told_referrer_at
        session.flush()
    _begin(session, rows, decision)
    for row in rows:
        dates.refresh(session, child_of(session, row.child_id))


def _check_decision(decision: ContactDecision) -> None:
    offered = dict(lists.CONTACT_OUTCOMES)
    for outcome in decision.outcomes:
        check_one_of(outcome, offered, "an outcome")
    refuse_unless(bool(decision.outcomes), "Say what comes of the contact.")
    refuse_unless(
        not is_contradicted(decision.outcomes),
        "“No further action” cannot stand beside another outcome.",
    )
    refuse_unless(bool(decision.because.strip()), "Say why.")
    check_past_moments(decision.decided_at, decision.told_referrer_at)


def _check_may_decide(session: Session, child: Child, row: Contact, decision: ContactDecision) -> None:
    authorise(session.actor, "approve", child_subject(session, child))
    refuse_unless(row.decided_at is None, f"The contact about {child.name} is decided already.")
    refuse_unless(row.duplicate_of_id is None, "It repeats another contact. Decide that one.")
    refuse_unless(row.received_at <= decision.decided_at, "It cannot be decided before it was received.")
    is_open = is_open_case(session, child)
    if is_open and "referral" in decision.outcomes:
        raise Problem(
            f"{child.name}’s case is open, so this is no new referral. Nothing was saved. "
            "Choose “Passed to the open case” instead."
        )
    refuse_unless(
        is_open or "open_case" not in decision.outcomes,
        f"{child.name} has no open case to pass it to.",
    )


def _begin(session: Session, rows: Sequence[Contact], decision: ContactDecision) -> None:
    if "early_help" in decision.outcomes:
        _begin_early_help(session, rows, words.london_day(decision.decided_at))
    if "referral" in decision.outcomes:
        for row in rows:
            referrals.receive(
                session, row.child_id,
                NewReferral(row.received_at, row.source, row.source_name, contact_id=row.id),
            )  # fmt: skip


def _begin_early_help(session: Session, rows: Sequence[Contact], on: date) -> None:
    """Open early help for those who have none open: the contact is what began it."""
    ids = [each.child_id for each in rows if episodes.current(session, each.child_id) is None]
    if ids:
        asked_by = rows[0].source_name or rows[0].agency
        route = "self_request" if rows[0].source in ("1A", "1C") else "other_agency"
        needed_on = words.london_day(rows[0].received_at)
        episodes.open_episode(session, ids, NewEpisode(on, route, asked_by=asked_by, needed_on=needed_on))


def tell_referrer(session: Session, contact_id: UUID, opened: int, told_at: datetime) -> None:
    """Note that whoever got in touch was told what came of it. Raises Stale, Problem or NotFound."""
    row: Contact = row_of(session, Contact, contact_id, opened)
    refuse_unless(row.decided_at is not None, "Nothing is decided yet that they could be told.")
    check_past_moments(told_at)
    for each, child in referrals.same_contact(session, row):
        if each.decided_at is not None:
            each.told_referrer_at = told_at
            dates.refresh(session, child)


def _one(session: Session, contact_id: UUID) -> Contact:
    row = session.get(Contact, contact_id)
    if row is None:
        raise Problem("There is no such contact, or you may not see it.")
    return row
