"""Single assessments: started by a referral, written, looked at half way, authorised by another manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from caseapp import dates, words
from caseapp.front_door import lists
from caseapp.front_door.cases import close_case, goes_on, is_open_case
from caseapp.front_door.new_rows import Authorisation, Findings, NewAssessment
from caseapp.front_door.rules import is_contradicted
from caseapp.typed_rows import check_one_of, check_order, check_past, refuse_unless, row_of
from db import children as child_queries
from db.children import child_of
from db.models import Assessment, Child, Referral
from db.problems import NotAllowed
from db.reach import child_subject
from db.roles import authorise
from db.store import Session


def start(session: Session, child_id: UUID, new: NewAssessment) -> UUID:
    """Start an assessment; a child has one at a time. Raises Problem or NotFound."""
    child = child_of(session, child_id)
    check_past(session, new.referred_on, new.started_on)
    check_order(new.referred_on, new.started_on, "start before the referral")
    _check_checkpoint(new.referred_on, new.checkpoint_on)
    there = child_queries.of_child(session, Assessment, child.id)
    refuse_unless(
        not any(goes_on(each) for each in there),
        f"{child.name} is being assessed already. Go on with that assessment.",
    )
    row = Assessment(
        child_id=child.id, referral_id=new.referral_id, referred_on=new.referred_on,
        started_on=new.started_on, worker_id=new.worker_id or child.worker_id,
        checkpoint_on=new.checkpoint_on, factors=[], outcomes=[],
    )  # fmt: skip
    session.add(row)
    session.flush()
    dates.refresh(session, child)
    return row.id


def start_on_open_cases(
    session: Session, child_ids: Sequence[UUID], worried_on: date, started_on: date
) -> list[UUID]:
    """Assess children whose cases are open: new worries about them are no new referral. All or nothing.

    The days count from the day on which the worries came. Raises Problem or NotFound.
    """
    refuse_unless(bool(child_ids), "Choose the child who is to be assessed.")
    for child in [child_of(session, each) for each in child_ids]:
        refuse_unless(
            is_open_case(session, child), f"{child.name} has no open case. Take a contact about {child.name}."
        )
    return [start(session, each, NewAssessment(worried_on, started_on)) for each in child_ids]


def _check_checkpoint(referred_on: date, checkpoint_on: date | None) -> None:
    check_order(referred_on, checkpoint_on, "be looked at before the referral")


def write(session: Session, assessment_id: UUID, opened: int, found: Findings) -> None:
    """Write down what was found so far. Raises Stale, Problem or NotFound."""
    row, child = _open_one(session, assessment_id, opened)
    refuse_unless(row.submitted_on is None, "It is with the manager. Ask for it back to go on writing.")
    check_past(session, found.seen_on)
    check_order(row.referred_on, found.seen_on, "count a visit before the referral")
    refuse_unless(found.seen_on is not None or not found.seen_alone, "Say when the child was seen.")
    check_one_of(found.need, {"", *(each.code for each in lists.NEEDS)}, "a need")
    check_factors(found.factors, session.today)
    _check_outcomes(found.outcomes)
    row.seen_on, row.seen_alone, row.need = found.seen_on, found.seen_alone, found.need
    row.factors = [each.code for each in lists.FACTORS if each.code in found.factors]
    row.outcomes = _in_order(found.outcomes)
    dates.refresh(session, child)


def check_factors(factors: Sequence[str], day: date) -> None:
    """Refuse factors that are not on the list of a day, and «no factors found» beside another."""
    valid = {each.code for each in lists.FACTORS if each.is_valid(day)}
    for each in factors:
        check_one_of(each, valid, "a factor that is valid on that day")
    refuse_unless(
        lists.NO_FACTOR not in factors or len(set(factors)) == 1,
        "“No factors found” cannot stand beside a factor.",
    )


def _check_outcomes(outcomes: Sequence[str]) -> None:
    for each in outcomes:
        check_one_of(each, dict(lists.ASSESSMENT_OUTCOMES), "an outcome")
    refuse_unless(not is_contradicted(outcomes), "“No further action” cannot stand beside another outcome.")


def _in_order(outcomes: Sequence[str]) -> list[str]:
    return [code for code, _ in lists.ASSESSMENT_OUTCOMES if code in outcomes]


def choose_checkpoint(session: Session, assessment_id: UUID, opened: int, on: date) -> None:
    """Let a manager choose another day for the checkpoint. Raises Stale, Problem, NotFound or NotAllowed."""
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    _check_checkpoint(row.referred_on, on)
    row.checkpoint_on = on
    dates.refresh(session, child)


def look_half_way(session: Session, assessment_id: UUID, opened: int, on: date, said: str) -> None:
    """Record the manager's look half way. Raises Stale, Problem, NotFound or NotAllowed."""
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    check_past(session, on)
    check_order(row.referred_on, on, "be looked at before the referral")
    refuse_unless(bool(said.strip()), "Say what you saw and what is to be done next.")
    row.checked_on, row.checked_by = on, session.actor.worker_id
    row.checkpoint_words = words.tidy(said).strip()
    dates.refresh(session, child)


def submit(session: Session, assessment_id: UUID, opened: int, on: date) -> None:
    """Hand an assessment to the manager, once nothing is missing. Raises Stale, Problem or NotFound."""
    row, child = _open_one(session, assessment_id, opened)
    refuse_unless(row.submitted_on is None, "It is with the manager already.")
    check_past(session, on)
    check_order(row.started_on, on, "be handed in before it started")
    missing = [
        said
        for said, is_there in (
            ("when the child was seen", row.seen_on), ("the need", row.need),
            ("the factors", row.factors), ("the outcome", row.outcomes),
        )
        if not is_there
    ]  # fmt: skip
    refuse_unless(not missing, f"Still to be written: {words.listed(missing)}.")
    _check_no_factor(row.factors, row.outcomes)
    row.submitted_on = on
    dates.refresh(session, child)


def _check_no_factor(factors: Sequence[str], outcomes: Sequence[str]) -> None:
    refuse_unless(
        lists.NO_FACTOR not in factors or set(outcomes) <= lists.NOTHING_MORE,
        "“No factors found” is only for an assessment that ends with no further action.",
    )


def give_back(session: Session, assessment_id: UUID, opened: int, because: str) -> None:
    """Give an assessment back to be mended. Raises Stale, Problem, NotFound or NotAllowed."""
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    refuse_unless(row.submitted_on is not None, "It was not handed in yet.")
    refuse_unless(bool(because.strip()), "Say what is to be mended.")
    row.submitted_on, row.manager_words = None, words.tidy(because).strip()
    session.flush()


def authorise_assessment(session: Session, assessment_id: UUID, opened: int, decided: Authorisation) -> None:
    """Authorise an assessment: it counts as complete from this day. Nobody authorises their own.

    With no further action the referral and the case close. Raises Stale, Problem, NotFound or NotAllowed.
    """
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    if row.worker_id == session.actor.worker_id:
        raise NotAllowed("This is your own assessment, so another manager authorises it. Nothing was saved.")
    refuse_unless(row.submitted_on is not None, "It was not handed in yet.")
    refuse_unless(bool(decided.outcomes), "Say what comes of it.")
    check_past(session, decided.authorised_on)
    check_order(row.submitted_on, decided.authorised_on, "be authorised before it was handed in")
    _check_outcomes(decided.outcomes)
    _check_no_factor(row.factors, decided.outcomes)
    row.authorised_on, row.authorised_by = decided.authorised_on, session.actor.worker_id
    row.outcomes, row.manager_words = _in_order(decided.outcomes), words.tidy(decided.words).strip()
    session.flush()
    if set(row.outcomes) <= {*lists.NOTHING_MORE, "early_help", "other_agency"}:
        _close(session, row, child, decided.authorised_on)
    dates.refresh(session, child)


def _close(session: Session, row: Assessment, child: Child, on: date) -> None:
    referral = session.get(Referral, row.referral_id) if row.referral_id else None
    if referral is not None and referral.closed_on is None:
        referral.closed_on = on
    close_case(session, child, on)


def extend(session: Session, assessment_id: UUID, opened: int, to: date, because: str) -> None:
    """Agree a later day; the assessment counts as late all the same. Raises as `look_half_way`."""
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    check_order(row.referred_on, to, "be extended to a day before the referral")
    refuse_unless(bool(because.strip()), "Say why it needs longer.")
    row.extended_to, row.extended_because = to, words.tidy(because).strip()
    session.flush()


def abandon(session: Session, assessment_id: UUID, opened: int, on: date, because: str) -> None:
    """End an assessment that cannot be finished; it is listed, and counts in no share. Raises as `extend`."""
    row, child = _open_one(session, assessment_id, opened)
    authorise(session.actor, "approve", child_subject(session, child))
    check_past(session, on)
    check_order(row.started_on, on, "be abandoned before it started")
    refuse_unless(bool(because.strip()), "Say why it cannot be finished.")
    row.abandoned_on, row.abandoned_because = on, words.tidy(because).strip()
    dates.refresh(session, child)


def _open_one(session: Session, assessment_id: UUID, opened: int) -> tuple[Assessment, Child]:
    row: Assessment = row_of(session, Assessment, assessment_id, opened)
    refuse_unless(goes_on(row), "It has ended. What was decided stays as it was.")
    return row, child_of(session, row.child_id)
