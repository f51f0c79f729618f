"""How an action goes on: a step is written, never changed, and the action stands as the step says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp import words
from caseapp.form_parts.early_help_lists import ACTION_STATUSES, RESULTS
from db import actions as queries
from db.models import Action, ActionStep
from db.names import fold
from db.store import Session

STATUSES = dict(ACTION_STATUSES)
REACHED = dict(RESULTS)
OVER = frozenset({"done", "not_needed"})
"""The statuses with which nobody waits any more. What is partly done or not done still waits."""


@dataclass(frozen=True)
class Step:
    """What is said of an action on a day. Without `by_on` its day stays."""

    on: date
    status: str
    words: str = ""
    by_on: date | None = None
    result: str = ""
    result_on: date | None = None
    evidence: str = ""
    closes: bool = False
    """It is over whatever its status: a target looked back on at the end of its term."""


def take(session: Session, action: Action, step: Step, revision_id: UUID | None = None) -> bool:
    """Let an action stand as a step says and keep the step; return whether it said anything new."""
    moves = step.by_on is not None and step.by_on != action.by_on
    is_over = step.closes or step.status in OVER
    is_new = moves or step.status != action.status or is_over != (action.done_on is not None)
    is_new = is_new or bool(step.words) or bool(step.result and step.result != action.result)
    if not is_new:
        return False
    session.add(
        ActionStep(
            child_id=action.child_id,
            action_id=action.id,
            happened_on=step.on,
            status=step.status,
            words=step.words,
            was_by_on=action.by_on,
            by_on=step.by_on if moves else action.by_on,
            revision_id=revision_id,
        )
    )
    action.status = step.status
    action.by_on = step.by_on if moves else action.by_on
    action.done_on = (action.done_on or step.on) if is_over else None
    if step.result:
        action.result, action.result_on = step.result, step.result_on or step.on
    action.evidence = step.evidence or action.evidence
    if is_over:
        action.colour, action.colour_because = "", ""
    return True


def is_slip(step: ActionStep) -> bool:
    """Return whether a step moved the day to a later one."""
    return step.was_by_on is not None and step.by_on is not None and step.by_on > step.was_by_on


def owner(session: Session, who: str) -> UUID | None:
    """Return the worker of exactly that name; nobody while two share it."""
    found = [worker_id for worker_id, name in queries.worker_names(session) if fold(name) == fold(who)]
    return found[0] if len(found) == 1 and who.strip() else None


def clean(text: str) -> str:
    """Return typed words as they are stored."""
    return words.tidy(text).strip()
