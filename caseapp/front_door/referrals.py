"""Referrals: received, decided by a manager, and what begins with the decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import dates, words
from caseapp.early_help import episodes
from caseapp.early_help.episodes import NewEpisode
from caseapp.front_door import assessments, lists
from caseapp.front_door.cases import is_open_case, open_case
from caseapp.front_door.new_rows import NewAssessment, NewReferral, ReferralDecision
from caseapp.lines import line
from caseapp.typed_rows import check_one_of, check_past, check_past_moments, refuse_unless, row_of
from db import front_door as queries
from db.children import child_of
from db.models import Child, Contact, Referral
from db.problems import Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session

# Where the record goes on after a decision: the page of the child's record.
PAGES: Final = {"care": "Care", "early_help": "Early help", "care_leaver": "Pathway"}
_ENDS: Final = frozenset({"nfa", "advice", "early_help"})
_OPENS: Final = frozenset({"assessment", "strategy", "conference", "transfer", "care", "private_fostering"})


class Decided(NamedTuple):
    """What began with a decision: the assessment, and the page of the record where it goes on."""

    assessment_id: UUID | None
    page: str


def receive(session: Session, child_id: UUID, new: NewReferral) -> UUID:
    """Record a referral. A case that is open has no new one. Raises Problem or NotFound."""
    child = child_of(session, child_id)
    _check(session, child, new)
    row = Referral(
        child_id=child.id, contact_id=new.contact_id, received_at=new.received_at, source=new.source,
        source_name=line(new.source_name, "A name"), need=new.need,
    )  # fmt: skip
    session.add(row)
    session.flush()
    dates.refresh(session, child)
    return row.id


def change(session: Session, referral_id: UUID, opened: int, new: NewReferral) -> None:
    """Put a referral right before it is decided. Raises Stale, Problem or NotFound."""
    row: Referral = row_of(session, Referral, referral_id, opened)
    refuse_unless(row.decided_at is None, "It is decided. What led to a decision stays as it was.")
    child = child_of(session, row.child_id)
    _check(session, child, new, is_there=True)
    row.received_at, row.source, row.need = new.received_at, new.source, new.need
    row.source_name = line(new.source_name, "A name")
    dates.refresh(session, child)


def _check(session: Session, child: Child, new: NewReferral, *, is_there: bool = False) -> None:
    check_past_moments(new.received_at)
    valid = {each.code for each in lists.SOURCES if each.is_valid(words.london_day(new.received_at))}
    check_one_of(new.source, valid, "a source that is valid on that day")
    check_one_of(new.need, {each.code for each in lists.NEEDS}, "a need")
    if not is_there and is_open_case(session, child):
        raise Problem(
            f"{child.name}’s case is open, so this is no new referral. Nothing was saved. "
            "Record it as a contact that is passed to the open case."
        )


def decide(session: Session, referral_id: UUID, opened: int, decision: ReferralDecision) -> Decided:
    """Record a manager's decision; an assessment or early help begins with it.

    Raises Stale, Problem, NotFound or NotAllowed.
    """
    row: Referral = row_of(session, Referral, referral_id, opened)
    child = child_of(session, row.child_id)
    authorise(session.actor, "approve", child_subject(session, child))
    _check_decision(session, row, decision)
    on = words.london_day(decision.decided_at)
    row.decided_at, row.decided_by = decision.decided_at, session.actor.worker_id
    row.outcome, row.because = decision.outcome, words.tidy(decision.because).strip()
    row.no_further_action = decision.outcome == "nfa"
    row.told_referrer_at = decision.told_referrer_at
    row.closed_on = on if decision.outcome in _ENDS else None
    session.flush()
    made = _begin(session, child, row, decision, on)
    dates.refresh(session, child)
    return Decided(made, PAGES.get(decision.outcome, ""))


def _check_decision(session: Session, row: Referral, decision: ReferralDecision) -> None:
    check_one_of(decision.outcome, dict(lists.REFERRAL_OUTCOMES), "an outcome")
    check_past_moments(decision.decided_at, decision.told_referrer_at)
    check_past(session, decision.started_on)
    refuse_unless(row.decided_at is None, "It is decided already.")
    refuse_unless(row.received_at <= decision.decided_at, "It cannot be decided before it was received.")
    refuse_unless(bool(decision.because.strip()), "Say why.")


def _begin(
    session: Session, child: Child, row: Referral, decision: ReferralDecision, on: date
) -> UUID | None:
    if decision.outcome in _OPENS:
        open_case(session, child, on)
    if decision.outcome == "early_help" and episodes.current(session, child.id) is None:
        new = NewEpisode(
            on, "step_down", asked_by=row.source_name, needed_on=words.london_day(row.received_at)
        )  # fmt: skip
        episodes.open_episode(session, [child.id], new)
    if decision.outcome != "assessment":
        return None
    referred_on = words.london_day(row.received_at)
    started_on = decision.started_on or on
    return assessments.start(
        session, child.id, NewAssessment(referred_on, started_on, row.id, decision.worker_id)
    )


def tell_referrer(session: Session, referral_id: UUID, opened: int, told_at: datetime) -> None:
    """Note that the referrer was told what came of it. Raises Stale, Problem or NotFound."""
    row: Referral = row_of(session, Referral, referral_id, opened)
    refuse_unless(row.decided_at is not None, "Nothing is decided yet that they could be told.")
    check_past_moments(told_at)
    row.told_referrer_at = told_at
    dates.refresh(session, child_of(session, row.child_id))


def same_contact(session: Session, contact: Contact) -> list[tuple[Contact, Child]]:
    """Return a contact in the file of each child that it is about."""
    return queries.group(session, contact)
