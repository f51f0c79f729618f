"""The way of a Personal Education Plan from planned to approved, and the moves that it permits.

What comes before the signature follows from the answers; what comes after it is written down as steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import dates, words
from caseapp.education import qa_schemes, qa_settings
from caseapp.education.qa_schemes import Review
from caseapp.plan_writing import form_of, write_facts
from db import pep_cycle as queries
from db import plans as plan_queries
from db.models import Child, PepStep, Revision
from db.problems import NotAllowed, NotFound, Problem
from db.roles import Subject, authorise, may
from db.store import Session

STATES: dict[str, str] = {
    "planned": "Planned",
    "draft": "Draft",
    "meeting_held": "Meeting held",
    "submitted": "Submitted",
    "in_qa": "Being checked",
    "returned": "Given back",
    "approved": "Approved",
    "superseded": "Superseded",
    "cancelled": "Cancelled",
    "void": "Void",
}
_WAITING = ("submitted", "in_qa")
_WHO_CAME = (
    ("worker_there", "Record whether the social worker took part."),
    ("teacher_there", "Record whether the designated teacher took part."),
    ("carer_there", "Record whether the carer took part."),
)


class PepState(NamedTuple):
    """How a version stands. `grade`: the overall one; `resubmissions`: how often it came back mended.

    `missing` says what a draft needs for its next step, `to_do` what a returned plan needs, with who sees
    to it. `because` is the reason of a cancelled or void one, `replaced_by` the version that followed.
    """

    key: str
    words: str
    on: date | None = None
    by: str = ""
    grade: str = ""
    grade_words: str = ""
    returned_because: str = ""
    to_do: tuple[str, ...] = ()
    mend_by: date | None = None
    resubmissions: int = 0
    because: str = ""
    replaced_by: int | None = None
    missing: tuple[str, ...] = ()


class StepRow(NamedTuple):
    """A step on a plan's way, as read."""

    on: date
    state: str
    words: str
    by: str
    grade_words: str
    said: str
    mend_by: date | None
    review: Review


class _Way(NamedTuple):
    """All of a child's plans with their steps, and who took them."""

    revisions: list[Revision]
    steps: dict[UUID, list[PepStep]]
    names: dict[UUID, str]

    def last(self, revision: Revision) -> PepStep | None:
        return next(reversed(self.steps.get(revision.id, [])), None)

    def is_void(self, revision: Revision) -> bool:
        return (step := self.last(revision)) is not None and step.state == "void"

    def was(self, revision: Revision, state: str) -> bool:
        return any(step.state == state for step in self.steps.get(revision.id, []))

    def name(self, worker_id: UUID | None) -> str:
        return self.names.get(worker_id, "") if worker_id else ""


def _way(session: Session, child_id: UUID) -> _Way:
    revisions = queries.revisions(session, child_id)
    by_plan: dict[UUID, list[PepStep]] = {}
    for step in queries.steps(session, [child_id]):
        by_plan.setdefault(step.revision_id, []).append(step)
    workers = {step.created_by for steps in by_plan.values() for step in steps}
    workers |= {each.signed_by for each in revisions if each.signed_by}
    return _Way(revisions, by_plan, queries.names(session, workers))


def states(session: Session, child_id: UUID) -> dict[UUID, PepState]:
    """Return how each of a child's plans stands, by version: the same few queries for however many."""
    way = _way(session, child_id)
    return {revision.id: _state(session, way, revision) for revision in way.revisions}


def state_of(session: Session, revision: Revision) -> PepState:
    """Return how a version stands."""
    return _state(session, _way(session, revision.child_id), revision)


def _state(session: Session, way: _Way, revision: Revision) -> PepState:
    step = way.last(revision)
    if step and step.state == "void":
        key = "void" if revision.signed_at else "cancelled"
        return _plain(key, on=step.happened_on, by=way.name(step.created_by), because=step.words)
    if not revision.signed_at:
        return _before_signing(session, way, revision)
    found = _after_signing(way, revision, step)
    return found._replace(resubmissions=_resubmissions(way, revision))


def _plain(key: str, on: date | None = None, by: str = "", because: str = "") -> PepState:
    return PepState(key, STATES[key], on, by, because=because)


def _after_signing(way: _Way, revision: Revision, step: PepStep | None) -> PepState:
    key = step.state if step else "submitted"
    replaced_by = next(
        (each.number for each in way.revisions if each.replaces_id == revision.id and _counts(way, each)),
        None,
    )
    followed_by = next(
        (
            each.number
            for each in way.revisions
            if each.number > revision.number and _counts(way, each) and way.was(each, "approved")
        ),
        None,
    )
    if (key != "returned" and followed_by) or (key in _WAITING and replaced_by):
        key = "superseded"
    signed_on = revision.signed_at.astimezone(words.LONDON).date() if revision.signed_at else None
    found = PepState(
        key,
        STATES[key],
        step.happened_on if step else signed_on,
        way.name(step.created_by if step else revision.signed_by),
        replaced_by=replaced_by or followed_by,
    )
    if not step or step.state not in ("approved", "returned"):
        return found
    found = found._replace(grade=step.grade, grade_words=qa_schemes.TITLES.get(step.grade, ""))
    if step.state == "approved":
        return found
    return found._replace(
        returned_because=step.words, mend_by=step.mend_by, to_do=qa_schemes.to_do(_review(step))
    )


def _counts(way: _Way, revision: Revision) -> bool:
    return revision.signed_at is not None and not way.is_void(revision)


def _resubmissions(way: _Way, revision: Revision) -> int:
    """Count the corrections, back from this version, that were made because a plan had gone back."""
    by_id = {each.id: each for each in way.revisions}
    number, at = 0, revision
    while at.replaces_id and (before := by_id.get(at.replaces_id)):
        number += way.was(before, "returned")
        at = before
    return number


def _review(step: PepStep) -> Review:
    return qa_schemes.unpacked(step.grades, step.criteria, step.words, step.grade)


# Before the signature: what the answers say


def _before_signing(session: Session, way: _Way, revision: Revision) -> PepState:
    """A plan is planned until its first save, a draft until the meeting is held and written down."""
    if revision.version == 1 and not revision.replaces_id and not queries.has_typing(session, revision.id):
        return _plain("planned")._replace(missing=_missing_for_meeting(session, revision))
    resubmissions = _resubmissions(way, revision)
    missing = _missing_for_meeting(session, revision)
    if missing:
        return _plain("draft")._replace(missing=missing, resubmissions=resubmissions)
    held = _plain("meeting_held", on=revision.dated_on)
    return held._replace(missing=_missing_to_submit(session, revision), resubmissions=resubmissions)


def _missing_for_meeting(session: Session, revision: Revision) -> tuple[str, ...]:
    form, answers = form_of(session, revision), revision.document.answers
    asked = {each.key for _, each in form.asked(answers)}
    found = []
    met_on = words.stored_day(answers.get("met_on"))
    if met_on is None:
        found.append("Give the date of the meeting.")
    elif met_on > session.today:
        found.append(f"The meeting on {words.day(met_on)} is still to come.")
    found += [said for key, said in _WHO_CAME if key in asked and not answers.get(key)]
    if any(each.section == "voice" and each.state != "done" for each in form.progress(answers)):
        found.append("Write down what the child says, or that they did not wish to share.")
    return tuple(found)


def _missing_to_submit(session: Session, revision: Revision) -> tuple[str, ...]:
    form = form_of(session, revision)
    _, troubles = form.clean(revision.document.answers, today=session.today, to_sign=True)
    return tuple(f"{each.label}: {each.words}" for each in troubles)


# The moves


def steps(session: Session, revision: Revision) -> list[StepRow]:
    """Return the steps on a version's way, first to last; the signature is the first."""
    way = _way(session, revision.child_id)
    found = []
    if revision.signed_at:
        on = revision.signed_at.astimezone(words.LONDON).date()
        by = way.name(revision.signed_by)
        found.append(StepRow(on, "submitted", STATES["submitted"], by, "", "", None, Review()))
    return found + [
        StepRow(
            each.happened_on, each.state, _step_words(revision, each), way.name(each.created_by),
            qa_schemes.TITLES.get(each.grade, ""), each.words, each.mend_by, _review(each),
        )
        for each in way.steps.get(revision.id, [])
    ]  # fmt: skip


def _step_words(revision: Revision, step: PepStep) -> str:
    return STATES["cancelled" if step.state == "void" and not revision.signed_at else step.state]


def refused(session: Session, revision: Revision) -> tuple[str, ...]:
    """Return why whoever is at work may not check a plan; nothing if they may."""
    child = session.get_one(Child, revision.child_id)
    found = []
    rights = may(session.actor, "approve", Subject(child.team_id, child.worker_id))
    if not rights.allowed:
        found.append("Plans are checked by a team manager.")
    if revision.signed_by == session.actor.worker_id:
        found.append("You signed this plan: nobody approves or grades their own, so somebody else checks it.")
    return tuple(found)


def begin_qa(session: Session, revision_id: UUID, on: date | None = None) -> None:
    """Take a submitted plan up for checking; one that is being checked already stays so.

    Raises Problem saying all that stands against it, NotAllowed if it is one's own or the role's.
    """
    revision = _revision(session, revision_id)
    state = state_of(session, revision)
    against = list(refused(session, revision))
    if state.key not in _WAITING:
        against.append(f"Only a submitted plan is checked: this one is “{state.words.lower()}”.")
    _refuse(session, revision, against, on)
    if state.key == "submitted":
        _step(session, revision, "in_qa", on)


def approve(session: Session, revision_id: UUID, review: Review, on: date | None = None) -> str:
    """Approve a plan with its grade, and return that grade. Earlier approved ones are then superseded.

    Raises Problem saying all that is missing, NotAllowed if it is one's own or the role's.
    """
    revision = _revision(session, revision_id)
    against = _against_deciding(session, revision, review, on)
    against += missing_to_approve(session, review)
    _refuse(session, revision, against, on)
    setting = qa_settings.read(session)
    grade = qa_schemes.overall(setting, review)
    _step(session, revision, "approved", on, review, grade)
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
    revision = _revision(session, revision_id)
    against = _against_deciding(session, revision, review, on)
    if not review.words.strip():
        against.append("Say what has to be mended.")
    if mend_by is None:
        against.append("Give the day by which it is to be mended.")
    elif mend_by < (on or session.today):
        against.append("The day by which it is to be mended has passed. Give a later one.")
    _refuse(session, revision, against, on)
    grade = qa_schemes.overall(qa_settings.read(session), review)
    _step(session, revision, "returned", on, review, grade, mend_by)


def _against_deciding(session: Session, revision: Revision, review: Review, on: date | None) -> list[str]:
    state = state_of(session, revision)
    against = list(refused(session, revision))
    if state.key == "submitted":
        against.append("Begin the quality assurance first.")
    elif state.key != "in_qa":
        against.append(
            f"Only a plan that is being checked is decided on: this one is “{state.words.lower()}”."
        )
    return against + qa_schemes.strange(qa_settings.read(session), review)


def void(session: Session, revision_id: UUID, reason: str, on: date | None = None) -> None:
    """Cancel a draft, or make a signed plan void: kept in the history, left out of every count.

    Raises Problem without a reason or twice, NotAllowed for another role: a signed one needs a manager.
    """
    revision = _revision(session, revision_id)
    child = session.get_one(Child, revision.child_id)
    state = state_of(session, revision)
    against = []
    rights = may(
        session.actor,
        "approve" if revision.signed_at else "write",
        Subject(child.team_id, child.worker_id),
    )
    if not rights.allowed:
        against.append(
            "A signed plan is made void by a team manager." if revision.signed_at else rights.reason
        )
    if state.key in ("void", "cancelled"):
        against.append(f"This plan is “{state.words.lower()}” already.")
    if not words.tidy(reason).strip():
        against.append("Give the reason.")
    _refuse(session, revision, against, on)
    _step(session, revision, "void", on, Review(words=reason))
    if revision.signed_at:
        _leave_out(session, revision)
        dates.refresh(session, child)


def _leave_out(session: Session, revision: Revision) -> None:
    """Let a void plan's figures count no more, and those of the one that it had replaced count again."""
    for row in plan_queries.facts_of(session, revision.id):
        session.delete(row)
    session.flush()
    before = session.get(Revision, revision.replaces_id) if revision.replaces_id else None
    if before and state_of(session, before).key != "void":
        write_facts(session, before, form_of(session, before))


def _refuse(session: Session, revision: Revision, against: Sequence[str], on: date | None) -> None:
    said = list(against)
    first = revision.dated_on or revision.started_on
    if on and not min(first, session.today) <= on <= session.today:
        said.append(f"Give a day from {words.day(first)} to today.")
    if not said:
        return
    child = session.get_one(Child, revision.child_id)
    authorise(session.actor, "read", Subject(child.team_id, child.worker_id))
    is_right = any("nobody approves" in each or "team manager" in each for each in said)
    kind = NotAllowed if is_right else Problem
    raise kind(f"{child.name}: {' '.join(said)} Nothing was changed.")


def _step(
    session: Session,
    revision: Revision,
    state: str,
    on: date | None,
    review: Review | None = None,
    grade: str = "",
    mend_by: date | None = None,
) -> None:
    said = review or Review()
    grades, criteria = qa_schemes.packed(qa_settings.read(session), said)
    session.add(
        PepStep(
            child_id=revision.child_id,
            revision_id=revision.id,
            state=state,
            happened_on=on or session.today,
            grade=grade,
            grades=grades if grade else [],
            criteria=criteria,
            words=words.tidy(said.words).strip(),
            mend_by=mend_by,
        )
    )
    session.flush()


def _revision(session: Session, revision_id: UUID) -> Revision:
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


# In time


class Timely(NamedTuple):
    """A child's plan of a stretch of time: when it was due, when the meeting was, when it was approved."""

    child_id: UUID
    due_on: date
    met_on: date | None
    approved_on: date | None

    @property
    def meeting_in_time(self) -> bool:
        """Return whether the meeting was held by the day that it was due: this stops the clock."""
        return self.met_on is not None and self.met_on <= self.due_on

    @property
    def approval_in_time(self) -> bool:
        """Return whether the plan was approved by that day as well."""
        return self.approved_on is not None and self.approved_on <= self.due_on


_CLOCKS = ("P2", "P3")


def timely(session: Session, child_ids: Sequence[UUID], first_on: date, last_on: date) -> list[Timely]:
    """Return for each child, in the order given, the newest meeting between two days and whether in time.

    The day it was due is that of the clock that the meeting met, else the last of the two days.
    """
    due = queries.clocks_met(session, child_ids, _CLOCKS)
    newest: dict[UUID, queries.Meeting] = {}
    for each in queries.meetings(session, child_ids, first_on, last_on):
        before = newest.get(each.child_id)
        if before and before.met_on == each.met_on and not each.approved_on:
            continue  # a correction that waits does not undo an approval
        newest[each.child_id] = each
    return [_timely(child_id, newest.get(child_id), due, last_on) for child_id in child_ids]


def _timely(
    child_id: UUID, meeting: queries.Meeting | None, due: dict[tuple[UUID, date], date], last_on: date
) -> Timely:
    if meeting is None:
        return Timely(child_id, last_on, None, None)
    due_on = due.get((child_id, meeting.met_on), last_on)
    return Timely(child_id, due_on, meeting.met_on, meeting.approved_on)
