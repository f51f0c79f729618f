"""The permitted moves of a Personal Education Plan once it is signed. Each says what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from caseapp import words
from caseapp.education import qa_schemes, qa_settings
from caseapp.education.pep_states import STATES, WAITING, PepState, StepRow, state_of, states, steps
from caseapp.education.pep_timely import Timely, timely
from caseapp.education.qa_schemes import Review
from db import pep_cycle as queries
from db.models import Child, PepStep, Revision
from db.problems import NotAllowed, NotFound, Problem
from db.reach import child_subject
from db.roles import may
from db.store import Session

__all__ = [
    "STATES",
    "PepState",
    "StepRow",
    "Timely",
    "approve",
    "begin_qa",
    "give_back",
    "missing_to_approve",
    "pep",
    "reason_to_correct",
    "refuse",
    "refused",
    "state_of",
    "states",
    "steps",
    "take_step",
    "timely",
]


def refused(session: Session, revision: Revision) -> tuple[str, ...]:
    """Return why whoever is at work may not check a plan; nothing if they may."""
    child = session.get_one(Child, revision.child_id)
    found = []
    rights = may(session.actor, "approve", child_subject(session, child))
    if not rights.allowed:
        found.append("Plans are checked by a team manager.")
    if revision.signed_by == session.actor.worker_id:
        found.append("You signed this plan: nobody approves or grades their own, so somebody else checks it.")
    return tuple(found)


def begin_qa(session: Session, revision_id: UUID, on: date | None = None) -> None:
    """Take a submitted plan up for checking; one that is being checked already stays so.

    Raises Problem saying all that stands against it, NotAllowed if it is one's own or the role's.
    """
    revision = pep(session, revision_id)
    state = state_of(session, revision)
    missing = []
    if state.key not in WAITING:
        missing.append(f"Only a submitted plan is checked: this one is “{state.words.lower()}”.")
    refuse(session, revision, refused(session, revision), missing, on)
    if state.key == "submitted":
        take_step(session, revision, "in_qa", on)


def approve(session: Session, revision_id: UUID, review: Review, on: date | None = None) -> str:
    """Approve a plan with its grade, and return that grade. Earlier approved ones are then superseded.

    Raises Problem saying all that is missing, NotAllowed if it is one's own or the role's.
    """
    revision = pep(session, revision_id)
    missing = _not_decidable(session, revision, review) + missing_to_approve(session, review)
    refuse(session, revision, refused(session, revision), missing, on)
    setting = qa_settings.read(session)
    grade = qa_schemes.overall(setting, review)
    take_step(session, revision, "approved", on, review, grade)
    return grade


def missing_to_approve(session: Session, review: Review) -> list[str]:
    """Return what a review needs before it approves a plan, in sentences."""
    setting = qa_settings.read(session)
    found = []
    if left := qa_schemes.ungraded(review):
        found.append(f"Grade {words.listed(left)}.")
    if open_lines := qa_schemes.unchecked(review):
        found.append(f"Answer the checklist: {words.count(len(open_lines), 'line')} open.")
    grade, derived = qa_schemes.overall(setting, review), qa_schemes.worked_out(setting, review)
    if not grade and not left:
        found.append("Give the overall grade: no section has one.")
    if review.overall and derived and review.overall != derived and not review.because.strip():
        said = qa_schemes.TITLES[derived].lower()
        found.append(f"Say why the overall grade is another than the {said} of the sections.")
    if grade == setting.grading.worst:
        title = qa_schemes.TITLES[grade].lower()
        found.append(f"A plan graded {title} must be put right first: give it back.")
    return found


def give_back(
    session: Session, revision_id: UUID, review: Review, mend_by: date | None, on: date | None = None
) -> None:
    """Give a plan back to be mended by a day; the comment says what has to be done.

    Raises Problem saying all that is missing, NotAllowed if it is one's own or the role's.
    """
    revision = pep(session, revision_id)
    missing = _not_decidable(session, revision, review)
    if not review.words.strip():
        missing.append("Say what has to be mended.")
    if mend_by is None:
        missing.append("Give the day by which it is to be mended.")
    elif mend_by < (on or session.today):
        missing.append("The day by which it is to be mended has passed. Give a later one.")
    refuse(session, revision, refused(session, revision), missing, on)
    grade = qa_schemes.overall(qa_settings.read(session), review)
    take_step(session, revision, "returned", on, review, grade, mend_by)


def _not_decidable(session: Session, revision: Revision, review: Review) -> list[str]:
    state = state_of(session, revision)
    found = qa_schemes.strange(qa_settings.read(session), review)
    if state.key == "submitted":
        return ["Begin the quality assurance first.", *found]
    if state.key != "in_qa":
        return [f"Only a plan being checked is decided on: this one is “{state.words.lower()}”.", *found]
    return found


def refuse(
    session: Session, revision: Revision, denied: Sequence[str], missing: Sequence[str], on: date | None
) -> None:
    """Raise NotAllowed or Problem with all that stands against a step; nothing if nothing does."""
    said = [*denied, *missing]
    first = min(revision.dated_on or revision.started_on, session.today)
    if on and not first <= on <= session.today:
        said.append(f"Give a day from {words.day(first)} to today.")
    if said:
        child = session.get_one(Child, revision.child_id)
        kind = NotAllowed if denied else Problem
        raise kind(f"{child.name}: {' '.join(said)} Nothing was changed.")


def take_step(
    session: Session,
    revision: Revision,
    state: str,
    on: date | None,
    review: Review | None = None,
    grade: str = "",
    mend_by: date | None = None,
) -> None:
    """Write a step down; what permits it was asked before."""
    said = review or Review()
    grades, criteria = qa_schemes.packed(qa_settings.read(session), said)
    session.add(
        PepStep(
            child_id=revision.child_id,
            revision_id=revision.id,
            state=state,
            happened_on=on or session.today,
            grade=grade,
            grades=grades,
            criteria=criteria,
            words=words.tidy(said.words).strip(),
            mend_by=mend_by,
        )
    )
    session.flush()


def pep(session: Session, revision_id: UUID) -> Revision:
    """Return a version of a Personal Education Plan. Raises NotFound."""
    revision = session.get(Revision, revision_id)
    if not revision or revision.kind != queries.PEP:
        raise NotFound("There is no such plan, or you may not see it.")
    return revision


def reason_to_correct(state: PepState) -> str:
    """Return the reason that a correction of a returned plan begins with; nothing if it was not returned."""
    if state.key != "returned" or state.on is None:
        return ""
    said = state.returned_because.rstrip(".")
    return f"Given back by {state.by} on {words.day(state.on)}: {said}."
