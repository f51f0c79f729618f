"""What was said about a child in supervision: it stands in the child's file, and decisions become actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import actions, clock_counting, typed_rows, words
from caseapp.actions import NewAction
from caseapp.clocks import State, limit_words
from caseapp.supervision import owed, rules, sessions
from caseapp.supervision.new_rows import NewCase
from caseapp.typed_rows import Kind, Kinds, check_one_of, check_order, check_past, refuse_unless, typed
from db import children as child_queries
from db import supervision as queries
from db.children import child_of
from db.models import CaseSupervision, Child
from db.reach import child_subject
from db.roles import authorise, may
from db.store import Session

TIMELINE: Final = "Supervision"
AGREED: Final = "Agreed in supervision"
"""Why an action is needed that a supervision decided on, where nobody says more."""


class CaseRow(NamedTuple):
    """What was said of a child on a day. `in_session`: it belongs to a session that one takes part in."""

    id: UUID
    version: int
    on: date
    supervisor: str
    worker: str
    told: tuple[tuple[str, str], ...]
    is_risk: bool
    may_change: bool
    given: NewCase


class CaseView(NamedTuple):
    """A child's supervision, the latest first, and by when it is owed again."""

    child: str
    worker: str
    rows: list[CaseRow]
    due_on: date
    standing: State
    how_often: str
    may_add: bool


class Happening(NamedTuple):
    """An entry of the timeline."""

    on: date
    title: str
    words: str
    id: UUID


def add(session: Session, child_id: UUID, new: NewCase, agreed: Sequence[NewAction] = ()) -> UUID:
    """Keep what was said about a child; what was agreed becomes actions of its file, all or nothing.

    For managers. Raises Problem, NotAllowed or NotFound.
    """
    _authorise(session, child_of(session, child_id))
    clock_counting.begin_supervision(session)
    case_id = typed_rows.add(session, KINDS, child_id, new)
    for each in agreed:
        actions.add(session, child_id, replace(each, need=each.need or AGREED))
    return case_id


def change(session: Session, case_id: UUID, opened: int, new: NewCase) -> None:
    """Correct what was said about a child. Raises Stale, Problem, NotAllowed or NotFound."""
    row = typed_rows.row_of(session, CaseSupervision, case_id, opened)
    _authorise(session, child_of(session, row.child_id))
    typed_rows.change(session, KINDS, case_id, opened, new)


def remove(session: Session, case_id: UUID, opened: int, reason: str) -> None:
    """Take off what was entered by mistake; the history keeps it with the reason."""
    row = typed_rows.row_of(session, CaseSupervision, case_id, opened)
    _authorise(session, child_of(session, row.child_id))
    _refuse_closed(session, row.session_id)
    typed_rows.remove(session, CaseSupervision, case_id, opened, reason)


def _authorise(session: Session, child: Child) -> None:
    authorise(session.actor, "approve", child_subject(session, child))


def _refuse_closed(session: Session, session_id: UUID | None) -> None:
    if session_id is not None and sessions.is_closed(sessions.one(session, session_id)):
        refuse_unless(False, "Both have signed that supervision. Say what is new in a further entry.")


def _case(session: Session, child: Child, made: NewCase, there: Any) -> dict[str, Any]:
    check_past(session, made.happened_on)
    check_order(made.happened_on, made.next_on, "be talked about again before it was talked about")
    refuse_unless(bool(made.discussion.strip()), "Say what was talked about.")
    check_one_of(made.risk, ("", *rules.RISKS), "a risk")
    check_one_of(made.progress, ("", *rules.PROGRESS), "how the plan goes on")
    kept = typed(made, ("discussion", "decision", "reflection"))
    if there is not None:
        if made.session_id != there.session_id:
            refuse_unless(False, "It belongs to another supervision.")
        _refuse_closed(session, there.session_id)
        return kept
    worker_id = child.worker_id
    if made.session_id is not None:
        held = sessions.one(session, made.session_id)
        _refuse_closed(session, held.id)
        refuse_unless(not held.cancelled_because, "That supervision was called off.")
        worker_id = held.supervisee_id
    return kept | {"supervisor_id": session.actor.worker_id, "worker_id": worker_id}


KINDS: Final[Kinds] = {NewCase: Kind(CaseSupervision, _case)}


# What is read


def of_child(session: Session, child_id: UUID) -> CaseView:
    """Return a child's supervision, of a record that is open. Raises NotFound."""
    child = child_of(session, child_id)
    found = _newest_first(session, child_id)
    may_add = may(session.actor, "approve", child_subject(session, child)).allowed
    since = found[0].happened_on if found else owed.first_case_on(session, child.opened_on)
    due_on = owed.case_due_on(session, child.status, since)
    worker = queries.workers(session, [child.worker_id]).get(child.worker_id) if child.worker_id else None
    return CaseView(
        child.name,
        worker.name if worker else "",
        [case_row(session, each, may_add) for each in found],
        due_on,
        owed.standing(session, due_on),
        f"every {limit_words(owed.case_limit(session, child.status, since))}",
        may_add,
    )


def _newest_first(session: Session, child_id: UUID) -> list[CaseSupervision]:
    found = child_queries.of_child(session, CaseSupervision, child_id)
    return sorted(found, key=lambda each: (each.happened_on, each.id), reverse=True)


def case_row(session: Session, case: CaseSupervision, may_change: bool) -> CaseRow:
    """Return what was said of a child as a row."""
    people = queries.workers(session, [each for each in (case.supervisor_id, case.worker_id) if each])
    worker = people.get(case.worker_id) if case.worker_id else None
    supervisor = people.get(case.supervisor_id)
    return CaseRow(
        case.id, case.version, case.happened_on, supervisor.name if supervisor else "",
        worker.name if worker else "", tuple(told(case)), case.risk in rules.AT_RISK, may_change,
        NewCase(**{each.name: getattr(case, each.name) for each in fields(NewCase)}),
    )  # fmt: skip


def told(case: CaseSupervision) -> list[tuple[str, str]]:
    """Return what was said of a child as labels with their words; what says nothing is left out."""
    parts = [
        ("What was talked about", case.discussion),
        ("Risk now", rules.RISKS.get(case.risk, case.risk)),
        ("Progress of the plan", rules.PROGRESS.get(case.progress, case.progress)),
        ("Decision", case.decision),
        ("Reflection", case.reflection),
        ("Next", words.day(case.next_on) if case.next_on else ""),
    ]
    return [(label, said) for label, said in parts if said]


def happened(session: Session, child_id: UUID) -> list[Happening]:
    """Return a child's supervision for the timeline of a record that is open."""
    return [
        Happening(
            each.happened_on,
            "Talked about in supervision",
            "\n".join(f"{label}: {said}" for label, said in told(each)),
            each.id,
        )
        for each in _newest_first(session, child_id)
    ]
