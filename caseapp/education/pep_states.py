"""How Personal Education Plans stand: planned, draft, meeting held, submitted, checked, approved and on.

What comes before the signature follows from the answers; what comes after it is written down as steps.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.education import qa_schemes
from caseapp.education.qa_schemes import Review
from caseapp.forms import FORMS
from db import pep_cycle as queries
from db.models import PepStep, Revision
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
WAITING = ("submitted", "in_qa")
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
    grade: str
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
    if (key != "returned" and followed_by) or (key in WAITING and replaced_by):
        key = "superseded"
    signed_on = words.london_day(revision.signed_at) if revision.signed_at else None
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
    form, answers = FORMS[queries.PEP], revision.document.answers
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
    _, troubles = FORMS[queries.PEP].clean(revision.document.answers, today=session.today, to_sign=True)
    return tuple(f"{each.label}: {each.words}" for each in troubles)


# The steps


def steps(session: Session, revision: Revision) -> list[StepRow]:
    """Return the steps on a version's way, first to last; the signature is the first."""
    way = _way(session, revision.child_id)
    found = []
    if revision.signed_at:
        on = words.london_day(revision.signed_at)
        by = way.name(revision.signed_by)
        found.append(StepRow(on, "submitted", STATES["submitted"], by, "", "", "", None, Review()))
    return found + [
        StepRow(
            each.happened_on, each.state, _step_words(revision, each), way.name(each.created_by),
            each.grade, qa_schemes.TITLES.get(each.grade, ""), each.words, each.mend_by, _review(each),
        )
        for each in way.steps.get(revision.id, [])
    ]  # fmt: skip


def _step_words(revision: Revision, step: PepStep) -> str:
    return STATES["cancelled" if step.state == "void" and not revision.signed_at else step.state]
