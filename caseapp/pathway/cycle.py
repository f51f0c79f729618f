"""How far a pathway plan is: needs assessment, draft, meeting, signed, in force, under review, closed.

A signed plan is in force once a manager approved it; the one before is then superseded. An approved closing
plan closes, until somebody of 21 to 24 asks for support again: then the cycle begins anew, old plans kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.pathway import cycle_rules as rules
from caseapp.pathway import standing
from caseapp.pathway.cycle_rules import Stage
from db import leaving_care
from db import plans as queries
from db.children import child_of
from db.models import Child, PlanApproval, Revision
from db.reach import child_subject
from db.roles import may
from db.store import Session

PLAN: Final = "pathway-plan"
NEEDS: Final = "pathway-needs"
_REVIEW_MONTHS: Final = 6
_DECIDE: Final = "Approve it or send it back, with a note."
_IN_FORCE: Final = frozenset({"approved", "under_review"})
STATE_WORDS: Final = {
    "draft": "Draft",
    "met": "Draft, meeting held",
    "signed": "Signed, waits for a manager",
    "returned": "Sent back",
    "approved": "In force",
    "under_review": "In force, under review",
    "superseded": "Superseded",
    "closed": "Closed, kept to be read",
}


class Decision(NamedTuple):
    """A manager's decision on a plan."""

    on: date
    plan: str
    words: str
    by: str
    note: str


class PlanState(NamedTuple):
    """A version of the plan and how it stands; `returned_because`: the note with which it came back."""

    revision_id: UUID
    number: int
    title: str
    key: str
    words: str
    returned_because: str = ""


class CycleView(NamedTuple):
    """Where the plan stands. `waiting` is signed and undecided; `refused` says why one may not decide on it.

    `missing` is what the next move needs. `is_in_date` is None where no plan is owed; `in_date_words` is the
    formula with its dates.
    """

    stages: list[Stage]
    missing: tuple[str, ...]
    states: list[PlanState]
    in_force: PlanState | None
    waiting: PlanState | None
    refused: tuple[str, ...]
    is_in_date: bool | None
    in_date_words: str
    decisions: list[Decision]


def view(session: Session, child_id: UUID) -> CycleView:
    """Return where the plan of a record that is open stands. Raises NotFound."""
    child = child_of(session, child_id)
    told = _Told(
        child,
        queries.versions(session, child_id, PLAN, documents=True),
        leaving_care.approvals(session, child_id),
        standing.category_on(session, child, session.today)[0],
        standing.support_asked_on(session, child),
    )
    waiting = next((each for each in told.states if each.key == "signed"), None)
    denied = refused(session, told.revision(waiting)) if waiting else ()
    facts = _facts(session, told)
    is_in_date, in_date_words = _in_date(session, told)
    return CycleView(
        rules.stages(facts),
        _missing(told, rules.missing(facts, session.today), denied),
        told.states,
        told.in_force,
        waiting,
        denied,
        is_in_date,
        in_date_words,
        _decisions(session, told),
    )


def state_of(session: Session, revision: Revision) -> PlanState:
    """Return how one version of the plan stands among all of the child's."""
    found = queries.versions(session, revision.child_id, PLAN)
    decided = leaving_care.approvals(session, revision.child_id)
    return next(each for each in states(found, decided) if each.revision_id == revision.id)


def refused(session: Session, revision: Revision) -> tuple[str, ...]:
    """Return why whoever is at work may not decide on a plan; nothing if they may."""
    child = session.get_one(Child, revision.child_id)
    found = []
    if not may(session.actor, "approve", child_subject(session, child)).allowed:
        found.append("Pathway plans are approved by a team manager.")
    if revision.signed_by == session.actor.worker_id:
        found.append("You signed this plan: nobody approves their own, so another manager looks at it.")
    return tuple(found)


def states(found: Sequence[Revision], decided: Sequence[PlanApproval]) -> list[PlanState]:
    """Return how each version stands, in the order given: newest first."""
    last = {each.revision_id: each for each in decided}
    approved = [each.number for each in found if each.id in last and last[each.id].kind == "approved"]
    newest = max(approved, default=0)
    replaced = {each.replaces_id for each in found if each.signed_at and each.replaces_id}
    has_newer = any(each.number > newest for each in found)
    made = []
    for each in found:
        decision = last.get(each.id)
        if not each.signed_at:
            key = "met" if rules.meeting_held(each.document.answers) else "draft"
        elif each.number == newest:
            is_closing = each.document.answers.get("plan_type") == "closing"
            key = "closed" if is_closing else "under_review" if has_newer else "approved"
        elif each.number < newest or each.id in replaced:
            key = "superseded"
        else:
            key = "returned" if decision else "signed"
        because = decision.note if decision and key == "returned" else ""
        made.append(PlanState(each.id, each.number, _title(each), key, STATE_WORDS[key], because))
    return made


def _title(revision: Revision) -> str:
    return f"Pathway plan {revision.number}, {words.day(revision.dated_on or revision.started_on)}"


@dataclass(frozen=True)
class _Told:
    """Everything a child's plans tell; `asked_on` is when support was asked for after 21, if that stands."""

    child: Child
    found: Sequence[Revision]
    decided: Sequence[PlanApproval]
    category: str
    asked_on: date | None

    @cached_property
    def states(self) -> list[PlanState]:
        """How each version stands; nothing is in force where leaving care is closed."""
        made = states(self.found, self.decided)
        if self.category != "closed":
            return made
        said = STATE_WORDS["closed"]
        return [each._replace(key="closed", words=said) if each.key in _IN_FORCE else each for each in made]

    @property
    def in_force(self) -> PlanState | None:
        """The plan in force."""
        return next((each for each in self.states if each.key in _IN_FORCE), None)

    @property
    def newest(self) -> PlanState | None:
        """The newest version, unless it closed and support was asked for since."""
        newest = self.states[0] if self.states else None
        return None if newest and newest.key == "closed" and self.begun_anew_on else newest

    @property
    def begun_anew_on(self) -> date | None:
        """The day on which support was asked for after a plan had closed; None if none has, or nobody did."""
        closed = next((each for each in self.states if each.key == "closed"), None)
        if closed is None or self.asked_on is None or self.category == "closed":
            return None
        return self.asked_on if (self.decided_on(closed) or date.min) <= self.asked_on else None

    @property
    def is_closed(self) -> bool:
        """Whether no plan is owed any more, by the category or by a closing plan."""
        is_by_plan = self.newest is not None and self.newest.key == "closed"
        return self.category == "closed" or is_by_plan

    def revision(self, state: PlanState) -> Revision:
        """Return the version of a state."""
        return next(each for each in self.found if each.id == state.revision_id)

    def decided_on(self, state: PlanState) -> date | None:
        """Return when a plan was approved."""
        mine = [each for each in self.decided if each.revision_id == state.revision_id]
        return next((each.happened_on for each in reversed(mine) if each.kind == "approved"), None)


def _facts(session: Session, told: _Told) -> rules.Facts:
    newest = told.newest
    shown = told.in_force or newest
    signed_at = told.revision(shown).signed_at if shown else None
    assessed = [each.day for each in queries.facts(session, told.child.id, "needs_assessment") if each.day]
    since = told.begun_anew_on or date.min
    return rules.Facts(
        is_assessing=queries.draft(session, told.child.id, NEEDS) is not None,
        assessed_on=max((day for day in assessed if day >= since), default=None),
        newest=newest.key if newest else "",
        newest_number=newest.number if newest else 0,
        newest_answers=told.revision(newest).document.answers if newest else {},
        answers=told.revision(shown).document.answers if shown else {},
        signed_on=words.london_day(signed_at) if signed_at else None,
        approved_on=told.decided_on(shown) if shown else None,
        is_closed=told.is_closed,
    )


def _missing(told: _Told, next_move: list[str], denied: tuple[str, ...]) -> tuple[str, ...]:
    newest = told.newest
    if told.is_closed:
        return ()
    if newest and newest.key == "returned":
        return (f"Put right what the manager said: {newest.returned_because}",)
    if newest and newest.key == "signed":
        said = ["It waits for a manager's decision.", *denied] if denied else [_DECIDE]
        if told.category == "eligible":
            said.append("The reviewing officer sees it at the looked-after review.")
        return tuple(said)
    return tuple(next_move)


def _in_date(session: Session, told: _Told) -> tuple[bool | None, str]:
    if told.is_closed:
        return None, "Closed: no plan is owed any more. Old plans stay to be read."
    if told.in_force is None:
        return (False if told.newest else None), "Not in date: no plan is approved yet."
    plan = told.revision(told.in_force)
    reviews = [each.day for each in queries.facts(session, told.child.id, "pathway_review") if each.day]
    from_on = max(reviews, default=plan.dated_on or plan.started_on)
    until = from_on + relativedelta(months=_REVIEW_MONTHS)
    what = "the last review" if reviews else "the plan, never reviewed,"
    is_in_date = session.today <= until
    said = f"approved, and {what} of {words.day(from_on)} plus six months is {words.day(until)}."
    return is_in_date, f"{'In date' if is_in_date else 'Not in date'}: {said}"


def _decisions(session: Session, told: _Told) -> list[Decision]:
    names = leaving_care.worker_names(session, {each.created_by for each in told.decided})
    titles = {each.id: _title(each) for each in told.found}
    return [
        Decision(
            each.happened_on,
            titles[each.revision_id],
            "Approved" if each.kind == "approved" else "Sent back",
            names.get(each.created_by, ""),
            each.note,
        )
        for each in reversed(told.decided)
        if each.revision_id in titles
    ]
