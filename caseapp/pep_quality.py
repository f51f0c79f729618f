"""Quality assurance of Personal Education Plans: one with its review, a correction, void, those that wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import dates, holidays, plan_versions, plans, words
from caseapp.education import pep_cycle, qa_schemes, qa_settings
from caseapp.education.pep_cycle import PepState, StepRow
from caseapp.education.qa_schemes import Check, Review, Setting
from caseapp.forms import FORMS
from caseapp.plan_writing import form_of, write_facts
from db import pep_cycle as queries
from db import plans as plan_queries
from db.looks import record_look
from db.models import Child, PepStep, Revision, Typing
from db.moments import utc_now
from db.pep_cycle import Listed
from db.problems import Problem
from db.reach import child_subject
from db.roles import may
from db.store import Session

MOST = 200
_SOON_DAYS = 3


MEND_DAYS: Final = 10  # working days that are proposed for mending a plan


class QualityView(NamedTuple):
    """A plan with all that its quality assurance shows. `refused`: why one may not check it oneself.

    `review` is what was kept of an unfinished review, else the review with which its forerunner came back.
    `mend_by` is the day that is proposed for mending it.
    """

    revision_id: UUID
    child_id: UUID
    child: str
    title: str
    number: int
    state: PepState
    steps: list[StepRow]
    setting: Setting
    signed_by: str
    due_on: date | None
    review: Review
    is_kept: bool
    refused: tuple[str, ...]
    may_write: bool
    may_void: bool
    mend_by: date


def view(session: Session, revision_id: UUID) -> QualityView:
    """Return a plan's quality assurance. The look is recorded before. Raises NotFound."""
    revision = pep_cycle.pep(session, revision_id)
    child = session.get_one(Child, revision.child_id)
    detail = {"kind": revision.kind, "number": revision.number, "part": "quality"}
    record_look(session, "open", child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    subject = child_subject(session, child)
    setting = qa_settings.read(session)
    typed = plan_queries.typing(session, revision.id, session.actor.worker_id) if revision.signed_at else None
    return QualityView(
        revision.id, child.id, child.name, plan_versions.title(form_of(session, revision), revision),
        revision.number, pep_cycle.state_of(session, revision), pep_cycle.steps(session, revision), setting,
        plan_queries.worker_name(session, revision.signed_by), _due_on(session, setting, revision),
        _thawed(typed.answers) if typed else _earlier_review(session, revision), typed is not None,
        pep_cycle.refused(session, revision), may(session.actor, "write", subject).allowed,
        may(session.actor, "approve" if revision.signed_at else "write", subject).allowed,
        holidays.calendar(session).add_working_days(session.today, MEND_DAYS),
    )  # fmt: skip


def _due_on(session: Session, setting: Setting, revision: Revision) -> date | None:
    if not revision.signed_at:
        return None
    signed_on = words.london_day(revision.signed_at)
    return holidays.calendar(session).add_working_days(signed_on, setting.qa_days)


def _earlier_review(session: Session, revision: Revision) -> Review:
    """Return the grades that the forerunner came back with, so that only what was mended is looked at."""
    before = session.get(Revision, revision.replaces_id) if revision.replaces_id else None
    found = pep_cycle.steps(session, before) if before else []
    returned = next((each.review for each in reversed(found) if each.state == "returned"), Review())
    return Review(returned.grades, returned.checks)


# A review under way: kept as it is typed, for whoever types it


def keep(session: Session, revision_id: UUID, review: Review) -> None:
    """Keep an unfinished review; only its writer sees it, until the plan is decided on."""
    revision = pep_cycle.pep(session, revision_id)
    if pep_cycle.state_of(session, revision).key != "in_qa" or pep_cycle.refused(session, revision):
        raise Problem("This plan is not being checked by you any more. Open it again.")
    row = plan_queries.typing(session, revision_id, session.actor.worker_id)
    if row:
        row.answers, row.updated_at = _frozen(review), utc_now()
        return
    session.add(
        Typing(
            revision_id=revision_id,
            author=session.actor.worker_id,
            child_id=revision.child_id,
            answers=_frozen(review),
            base_version=revision.version,
            updated_at=utc_now(),
        )
    )


def _frozen(review: Review) -> dict[str, Any]:
    return {
        "grades": dict(review.grades),
        "checks": {code: list(check) for code, check in review.checks.items()},
        "words": review.words,
        "overall": review.overall,
        "because": review.because,
    }


def _thawed(kept: dict[str, Any]) -> Review:
    checks = {code: Check(*check) for code, check in kept["checks"].items()}
    return Review(kept["grades"], checks, kept["words"], kept["overall"], kept["because"])


def approve(session: Session, revision_id: UUID, review: Review) -> str:
    """Approve a plan as `pep_cycle.approve` does, and let go of what was kept of the review."""
    grade = pep_cycle.approve(session, revision_id, review)
    plans.drop_typing(session, revision_id)
    return grade


def give_back(session: Session, revision_id: UUID, review: Review, mend_by: date | None) -> None:
    """Give a plan back as `pep_cycle.give_back` does, and let go of what was kept of the review."""
    pep_cycle.give_back(session, revision_id, review, mend_by)
    plans.drop_typing(session, revision_id)


def correct(session: Session, revision_id: UUID) -> UUID:
    """Return the correction of a plan that was given back: the one begun, else a new one with the reason.

    Raises Problem if it was not given back, or is put right already.
    """
    revision = pep_cycle.pep(session, revision_id)
    begun = plan_queries.correction_of(session, revision)
    if begun and not begun.signed_at:
        return begun.id
    reason = pep_cycle.reason_to_correct(pep_cycle.state_of(session, revision))
    if not reason:
        raise Problem("This plan was not given back. Correct it from the plan itself, with a reason.")
    return plans.correct(session, revision_id, reason)


def void(session: Session, revision_id: UUID, reason: str, on: date | None = None) -> None:
    """Cancel a draft, or make a signed plan void: kept in the history, left out of every count.

    Raises Problem without a reason or twice, NotAllowed for another role: a signed one needs a manager.
    """
    revision = pep_cycle.pep(session, revision_id)
    child = session.get_one(Child, revision.child_id)
    state = pep_cycle.state_of(session, revision)
    missing = []
    if state.key in ("void", "cancelled"):
        missing.append(f"This plan is “{state.words.lower()}” already.")
    if not words.tidy(reason).strip():
        missing.append("Give the reason.")
    pep_cycle.refuse(session, revision, _void_refused(session, revision, child), missing, on)
    pep_cycle.take_step(session, revision, "void", on, Review(words=reason))
    if revision.signed_at:
        _leave_out(session, revision)
        dates.refresh(session, child)


def _void_refused(session: Session, revision: Revision, child: Child) -> list[str]:
    act = "approve" if revision.signed_at else "write"
    rights = may(session.actor, act, child_subject(session, child))
    if rights.allowed:
        return []
    return ["A signed plan is made void by a team manager." if revision.signed_at else rights.reason]


def _leave_out(session: Session, revision: Revision) -> None:
    """Let a void plan's figures count no more, and those of the one that it had replaced count again."""
    for row in plan_queries.facts_of(session, revision.id):
        session.delete(row)
    session.flush()
    before = session.get(Revision, revision.replaces_id) if revision.replaces_id else None
    if before and pep_cycle.state_of(session, before).key != "void":
        write_facts(session, before, form_of(session, before))


# The plans that wait


class QueueRow(NamedTuple):
    """A plan in a list of quality assurance. `due_on`: checked by then, or mended by then.

    `state` says how urgent it is: overdue, due_soon or on_track. `is_own`: one signed it oneself.
    """

    revision_id: UUID
    child_id: UUID
    child: str
    ref: int
    title: str
    number: int
    key: str
    words: str
    signed_by: str
    since: date
    due_on: date | None
    working_days: int
    state: str
    resubmissions: int
    is_own: bool
    said: str


class Queue(NamedTuple):
    """The plans waiting to be checked, and those given back that wait to be mended: longest first."""

    waiting: list[QueueRow]
    given_back: list[QueueRow]


def queue(session: Session) -> Queue:
    """Return the plans in quality assurance of the children in reach, and record which were shown."""
    waiting, returned = queries.waiting(session, MOST), queries.given_back(session, MOST)
    listed = [*waiting, *returned]
    children = list({each.child.id for each in listed})
    steps = queries.steps(session, children)
    replaced = queries.chains(session, children)
    names = queries.names(session, {each.revision.signed_by for each in listed if each.revision.signed_by})
    setting = qa_settings.read(session)
    made = _Rows(session, setting, steps, replaced, names)
    ids = sorted(each.hex for each in children)
    record_look(session, "list", detail={"list": "PEPs in quality assurance", "ids": ids})
    return Queue([made.row(each) for each in waiting], [made.row(each) for each in returned])


class _Rows:
    """Makes rows of plans from what was read for all of them at once."""

    def __init__(
        self,
        session: Session,
        setting: Setting,
        steps: Sequence[PepStep],
        replaces: dict[UUID, UUID],
        names: dict[UUID, str],
    ) -> None:
        self._session, self._setting, self._replaces, self._names = session, setting, replaces, names
        self._last = {step.revision_id: step for step in steps}
        self._returned = {step.revision_id for step in steps if step.state == "returned"}

    def row(self, listed: Listed) -> QueueRow:
        """Return the row of a plan."""
        revision, child = listed
        step = self._last.get(revision.id)
        key = step.state if step else "submitted"
        due_on = step.mend_by if step and key == "returned" else self._asked_by(revision)
        today = self._session.today
        left = holidays.calendar(self._session).working_days_between(today, due_on) if due_on else 0
        signed_at = revision.signed_at or revision.created_at
        since = step.happened_on if step and key == "returned" else words.london_day(signed_at)
        return QueueRow(
            revision.id, child.id, child.name, child.ref,
            plan_versions.title(FORMS[queries.PEP], revision), revision.number, key,
            pep_cycle.STATES[key], self._names.get(revision.signed_by, "") if revision.signed_by else "",
            since, due_on, left, _urgency(due_on, today, left), self._resubmissions(revision.id),
            revision.signed_by == self._session.actor.worker_id, step.words if step else "",
        )  # fmt: skip

    def _asked_by(self, revision: Revision) -> date | None:
        return _due_on(self._session, self._setting, revision)

    def _resubmissions(self, revision_id: UUID) -> int:
        number, at = 0, revision_id
        while (before := self._replaces.get(at)) is not None:
            number += before in self._returned
            at = before
        return number


def _urgency(due_on: date | None, today: date, left: int) -> str:
    if due_on is not None and due_on < today:
        return "overdue"
    return "due_soon" if due_on is not None and left <= _SOON_DAYS else "on_track"


def grade_words(setting: Setting, code: str) -> str:
    """Return a grade with what it means: «Green: effective and complete»."""
    found = next((each for each in setting.grading.grades if each.code == code), None)
    return f"{found.title}: {found.means}" if found else qa_schemes.TITLES.get(code, code)
