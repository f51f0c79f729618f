"""Actions from any plan: one list in a child's record, one for their owner, and how they go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import holidays, words
from caseapp.action_colours import BY_HAND, COLOURS, colour_of
from caseapp.action_rows import open_rows, take_up, with_numbers
from caseapp.action_steps import REACHED, STATUSES, Step, clean, is_slip, owner, take
from caseapp.calendars import Calendar
from caseapp.forms import FORMS
from db import actions as queries
from db.children import child_of
from db.models import Action, ActionStep, Child
from db.moments import new_id
from db.plans import worker_name
from db.problems import NotAllowed, NotFound, Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session

__all__ = [
    "ActionRow", "NewAction", "StepRow", "add", "due_day", "has_open", "mine", "of_child", "open_rows",
    "recolour", "step", "take_up", "with_numbers",
]  # fmt: skip

OWN = ""
"""The kind of an action outside any plan."""
_OF_PLANS = {
    "pep": "Personal Education Plan",
    "pathway-plan": "Pathway Plan",
}


class StepRow(NamedTuple):
    """How an action stood on a day. `was_by_on` differs from `by_on` where its day moved."""

    on: date
    by: str
    status_words: str
    words: str
    was_by_on: date | None
    by_on: date | None
    is_slip: bool


class ActionRow(NamedTuple):
    """An action in a list. `steps` come latest first, `siblings` are the others who share it."""

    id: UUID
    child_id: UUID
    child: str
    ref: int
    no: int
    kind: str
    what: str
    who: str
    is_mine: bool
    by_on: date | None
    status: str
    status_words: str
    colour: str
    colour_words: str
    colour_because: str
    slips: int
    need: str
    outcome: str
    measure: str
    agency: str
    result: str
    steps: tuple[StepRow, ...]
    revision_id: UUID | None
    siblings: tuple[str, ...]
    whom: str = ""
    evidence: str = ""
    by_words: str = ""
    plan_words: str = ""
    agreed_on: date | None = None
    done_on: date | None = None
    is_by_hand: bool = False


@dataclass(frozen=True)
class NewAction:
    """Something agreed outside any plan. `by_on` may be what was typed."""

    what: str
    who: str
    by_on: date | str | None
    need: str = ""
    outcome: str = ""
    whom: str = ""
    agency: str = ""
    measure: str = ""


def of_child(session: Session, child_id: UUID) -> list[ActionRow]:
    """Return the actions in a child's file: open ones by their day, those without one last, then the rest.

    What is over comes latest first.
    """
    child = child_of(session, child_id)
    found = queries.of_child(session, child_id)
    waiting = sorted((each for each in found if not each.done_on), key=_by_day)
    over = sorted((each for each in found if each.done_on), key=_done_day, reverse=True)
    return _rows(session, [(each, child) for each in (*waiting, *over)])


def _by_day(action: Action) -> tuple[date, int]:
    return (action.by_on or date.max, action.no)


def _done_day(action: Action) -> tuple[date, int]:
    return (action.done_on or date.min, -action.no)


def mine(session: Session, limit: int = 50) -> list[ActionRow]:
    """Return what waits for me, from any plan, the longest overdue first; a family's copies stand once."""
    first: dict[UUID, tuple[Action, Child]] = {}
    for action, child in queries.mine(session, session.actor.worker_id, limit * 4):
        first.setdefault(action.group_id or action.id, (action, child))
    return _rows(session, list(first.values())[:limit], for_owner=True)


def together(children: Sequence[Child]) -> str:
    """Return the names of brothers and sisters in a line: Leo and Mia Hartley."""
    families = {each.family for each in children}
    if len(children) > 1 and len(families) == 1 and all(each.given for each in children):
        return f"{words.listed([each.given for each in children])} {families.pop()}".strip()
    return words.listed([each.name for each in children])


def has_open(session: Session, child_id: UUID) -> bool:
    """Return whether anything that was agreed for a child waits to be done."""
    return queries.has_open(session, child_id)


def _rows(
    session: Session, found: Sequence[tuple[Action, Child]], *, for_owner: bool = False
) -> list[ActionRow]:
    """Return actions as rows; for their owner with the names of all who share one, without its steps."""
    steps: dict[UUID, list[ActionStep]] = {}
    for each in queries.steps_of(session, [action for action, _ in found]):
        steps.setdefault(each.action_id, []).append(each)
    writers = {step.created_by for told in steps.values() for step in told}
    names = {worker_id: worker_name(session, worker_id) for worker_id in writers}
    sharing: dict[UUID, list[Child]] = {}
    for group_id, child in queries.children_of(session, {one.group_id for one, _ in found if one.group_id}):
        sharing.setdefault(group_id, []).append(child)
    rows = []
    for action, child in found:
        family = sharing.get(action.group_id, [child]) if action.group_id else [child]
        told = steps.get(action.id, [])
        row = _row(session, action, child, told, family)
        rows.append(
            row._replace(child=together(family))
            if for_owner
            else row._replace(steps=tuple(_step_row(each, names[each.created_by]) for each in told))
        )
    return rows


def _row(
    session: Session, action: Action, child: Child, steps: Sequence[ActionStep], family: Sequence[Child]
) -> ActionRow:
    colour = colour_of(
        action.status, action.by_on, session.today, is_over=action.done_on is not None,
        result=action.result, by_hand=action.colour, by_hand_because=action.colour_because,
    )  # fmt: skip
    return ActionRow(
        action.id, child.id, child.name, child.ref, action.no, action.kind, action.what, action.who,
        action.worker_id == session.actor.worker_id, action.by_on, action.status, STATUSES[action.status],
        colour.colour, colour.words, colour.because, sum(map(is_slip, steps)), action.need, action.outcome,
        action.measure, action.agency, action.result,
        (), action.revision_id,
        tuple(each.known_as or each.given or each.name for each in family if each.id != child.id),
        action.whom, action.evidence,
        _by_words(action, session.today, holidays.calendar(session)), plan_words(action.kind),
        action.agreed_on, action.done_on, bool(action.colour) and action.done_on is None,
    )  # fmt: skip


def _step_row(each: ActionStep, by: str) -> StepRow:
    return StepRow(
        each.happened_on, by, STATUSES[each.status], each.words,
        each.was_by_on, each.by_on, is_slip(each),
    )  # fmt: skip


def plan_words(kind: str) -> str:
    """Return the name of the plan that an action comes from."""
    form = FORMS.get(kind)
    return _OF_PLANS.get(kind) or (form.title if form else "Outside a plan")


def _by_words(action: Action, today: date, calendar: Calendar) -> str:
    """Return how far off the day is: in 3 working days, 2 working days late."""
    if action.done_on:
        return f"{STATUSES[action.status].lower()} on {words.day(action.done_on)}"
    if not action.by_on:
        return "no day agreed"
    days = calendar.working_days_between(today, action.by_on)
    if action.by_on == today:
        return "today"
    if action.by_on < today:
        return f"{words.count(-days, 'working day')} late" if days else "late since the weekend"
    return f"in {words.count(days, 'working day')}" if days else "at the weekend"


def due_day(given: date | str | None, today: date) -> date:
    """Return the day that was agreed. Raises Problem for «ongoing», for no day and for one gone by."""
    if isinstance(given, str):
        given = _typed_day(given, today)
    if given is None:
        raise Problem("Say by when it is to be done. Nothing was changed.")
    if given < today:
        raise Problem(f"{words.day(given)} has gone by. Nothing was changed. Give a day from today on.")
    return given


def _typed_day(typed: str, today: date) -> date | None:
    if not typed.strip():
        return None
    if "going" in typed.casefold():
        raise Problem(
            f"“{typed.strip()}” is no date. Nothing was changed. "
            "Give the day on which it will be looked at again."
        )
    try:
        return words.day_from(typed, today)
    except ValueError as error:
        raise Problem(f"{error} Nothing was changed.") from None


def step(
    session: Session,
    action_id: UUID,
    *,
    on: date,
    status: str,
    words: str = "",
    by_on: date | str | None = None,
    result: str = "",
    evidence: str = "",
) -> None:
    """Say how an action went on, in the file of each brother or sister who shares it.

    Raises Problem in plain words: a day to come, a date that moves without a reason, nothing new.
    """
    action = _open_file(session, action_id)
    said = clean(words)
    moved = due_day(by_on, session.today) if by_on is not None and by_on != action.by_on else None
    _check(session, action, on, status, said, moved, result)
    new = Step(on, status, said, moved, result, on, clean(evidence))
    took = [take(session, each, new) for each in queries.copies(session, action)]
    if not took[0] and not new.evidence:
        raise Problem("Nothing new was said, so nothing was changed.")
    session.flush()


def _check(
    session: Session, action: Action, on: date, status: str, said: str, moved: date | None, result: str
) -> None:
    if status not in STATUSES:
        raise Problem(f"“{status}” is not how an action can stand. Nothing was changed.")
    if result and result not in REACHED:
        raise Problem(f"“{result}” does not say how far the outcome was reached. Nothing was changed.")
    if on > session.today:
        raise Problem(f"{words.day(on)} is still to come. Nothing was changed. Give the day it happened.")
    if on < action.agreed_on:
        raise Problem(f"This was agreed on {words.day(action.agreed_on)}. Give a day from then on.")
    if moved and moved != action.by_on and not said:
        raise Problem("Say why the date moves. Nothing was changed.")
    if action.done_on and status not in ("done", "not_needed") and not said:
        raise Problem("This action is finished. Say why it is opened again. Nothing was changed.")
    if status == "not_needed" and not said:
        raise Problem("Say why it is no longer needed. Nothing was changed.")


def recolour(session: Session, action_id: UUID, colour: str, because: str) -> None:
    """Give an open action another colour than the rule's, with the reason; without one the rule holds again.

    Raises Problem for a colour without a reason, one that only the rule gives, and a finished action.
    """
    action, because = _open_file(session, action_id), clean(because)
    if colour and colour not in BY_HAND:
        raise Problem(f"Choose {words.listed(list(BY_HAND), 'or')}. Nothing was changed.")
    if colour and not because:
        raise Problem("Say why the colour differs from the rule. Nothing was changed.")
    if action.done_on:
        raise Problem("This action is finished: its colour follows from that. Nothing was changed.")
    said = f"{COLOURS[colour]} ({colour}), set by hand: {because}" if colour else "Colour by the rule again"
    for each in queries.copies(session, action):
        take(session, each, Step(session.today, each.status, said))
        each.colour, each.colour_because = colour, because if colour else ""
    session.flush()


def add(session: Session, child_id: UUID, new: NewAction) -> UUID:
    """Agree on something outside any plan. Raises Problem where what, who or by when is missing."""
    child = child_of(session, child_id)
    authorise(session.actor, "write", child_subject(session, child))
    what, who = clean(new.what), clean(new.who)
    if not what:
        raise Problem("Say what will be done. Nothing was added.")
    if not who:
        raise Problem("Say who does it: one person. Nothing was added.")
    action = Action(
        id=new_id(), child_id=child_id, no=queries.highest_no(session, child_id) + 1, kind=OWN, what=what,
        who=who, worker_id=owner(session, who), agreed_on=session.today,
        by_on=due_day(new.by_on, session.today), need=clean(new.need), outcome=clean(new.outcome),
        whom=clean(new.whom), agency=clean(new.agency), measure=clean(new.measure),
    )  # fmt: skip
    session.add(action)
    session.flush()
    return action.id


def _open_file(session: Session, action_id: UUID) -> Action:
    """Return an action that may be written. Raises NotFound or NotAllowed."""
    action = session.get(Action, action_id)
    if not action:
        raise NotFound("There is no such action, or you may not see it.")
    child = child_of(session, action.child_id)
    authorise(session.actor, "write", child_subject(session, child))
    if queries.is_frozen(session, action.revision_id):
        raise NotAllowed(
            "Consent for this early help was withdrawn, so its actions can be read and not changed. "
            "Nothing was changed."
        )
    return action
