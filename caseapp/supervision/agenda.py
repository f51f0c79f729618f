"""Who is to be talked about in supervision, and why: prepared from the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import codes, dates, words
from caseapp.dates import Due
from caseapp.supervision import owed, rules
from db import supervision as queries
from db import today as clock_queries
from db.looks import record_look
from db.models import CaseSupervision, Child
from db.store import Session

RISK, OVERDUE, NO_VISIT, NOT_DISCUSSED, NEW, DUE_SOON = range(6)
"""Why a child is to be talked about, the most pressing first."""
REASONS: Final = {
    RISK: "Risk",
    OVERDUE: "Overdue",
    NO_VISIT: "Not seen",
    NOT_DISCUSSED: "Not discussed",
    NEW: "New",
    DUE_SOON: "Due soon",
}
_MOST_CLOCKS: Final = 2_000


class Reason(NamedTuple):
    """Why a child is to be talked about: its kind, and the words."""

    kind: int
    words: str


class ToDiscuss(NamedTuple):
    """A child of a worker. Without `reasons` nothing presses. `last_on`: when it was last talked about."""

    child_id: UUID
    child: str
    ref: int
    status: str
    last_on: date | None
    due_on: date
    is_in_time: bool
    reasons: tuple[Reason, ...]


class Agenda(NamedTuple):
    """Those who are to be talked about, the most pressing first, and the others by name."""

    to_discuss: list[ToDiscuss]
    others: list[ToDiscuss]


@dataclass
class _Told:
    """What is known of a worker's children, read for all of them at once."""

    session: Session
    last: dict[UUID, CaseSupervision]
    since: dict[UUID, date]
    missing: set[UUID] = field(default_factory=set)
    dues: dict[UUID, list[Due]] = field(default_factory=dict)


def prepare(session: Session, worker_id: UUID) -> Agenda:
    """Return a worker's open children with why each is to be talked about. The list is recorded as seen."""
    children = queries.children_of(session, [worker_id])
    dues: dict[UUID, list[Due]] = {}
    counted_by = dates.rules(session)
    until = session.today + rules.DUE_WITHIN
    for row, name, ref in clock_queries.open_clocks(session, until, worker_id=worker_id, limit=_MOST_CLOCKS):
        if row.kind != owed.CASES:  # what this list is for is no reason of its own
            dues.setdefault(row.child_id, []).append(dates.due_row(name, ref, row, session.today, counted_by))
    told = _Told(
        session,
        queries.last_discussions(session, [worker_id]),
        queries.held_since(session, [worker_id]),
        queries.missing_now(session, [worker_id]),
        dues,
    )
    ids = sorted(each.id.hex for each in children)
    record_look(session, "list", detail={"list": "To be talked about in supervision", "ids": ids})
    found = [_child(each, told) for each in children]
    pressing = sorted((each for each in found if each.reasons), key=_urgency)
    return Agenda(pressing, [each for each in found if not each.reasons])


def _urgency(each: ToDiscuss) -> tuple[int, int]:
    return (each.reasons[0].kind, -len(each.reasons))


def standings(session: Session, worker_ids: Sequence[UUID]) -> list[tuple[Child, ToDiscuss]]:
    """Return the open children of some workers with when each was last talked about, without what presses."""
    told = _Told(
        session,
        queries.last_discussions(session, worker_ids),
        queries.held_since(session, worker_ids),
    )
    return [(each, _standing(each, told)) for each in queries.children_of(session, worker_ids)]


def _standing(child: Child, told: _Told) -> ToDiscuss:
    last = told.last.get(child.id)
    since = last.happened_on if last else told.since.get(child.id, child.opened_on)
    due_on = owed.case_due_on(told.session, child.status, since)
    return ToDiscuss(
        child.id, child.name, child.ref, codes.STATUSES.get(child.status, child.status),
        last.happened_on if last else None, due_on, told.session.today <= due_on, (),
    )  # fmt: skip


def _child(child: Child, told: _Told) -> ToDiscuss:
    row = _standing(child, told)
    found = [
        *_risks(child, told),
        *_dues(told.dues.get(child.id, []), told.session.today),
        *_unseen(child, told.session.today),
        *_not_discussed(row),
        *_new(row, told),
    ]
    return row._replace(reasons=tuple(sorted(found, key=lambda each: each.kind)))


def _risks(child: Child, told: _Told) -> list[Reason]:
    found = [Reason(RISK, "Missing now")] if child.id in told.missing else []
    if child.status == "child_protection":
        found.append(Reason(RISK, "Has a child protection plan"))
    last = told.last.get(child.id)
    if last and last.risk in rules.AT_RISK:
        found.append(Reason(RISK, f"Risk was {rules.RISKS[last.risk].lower()} last time"))
    if last and last.progress in rules.DRIFTING:
        found.append(Reason(RISK, f"Last time: {rules.PROGRESS[last.progress].lower()}"))
    return found


def _dues(dues: Sequence[Due], today: date) -> list[Reason]:
    late = [each for each in dues if each.state == "overdue"]
    soon = [each for each in dues if each.state != "overdue" and each.due_on >= today]
    found = [Reason(OVERDUE, f"{late[0].what}, {late[0].words}{_more(late)}")] if late else []
    if soon:
        found.append(Reason(DUE_SOON, f"{soon[0].what}, due {words.day(soon[0].due_on)}{_more(soon)}"))
    return found


def _more(dues: Sequence[Due]) -> str:
    return f" and {len(dues) - 1} more" if len(dues) > 1 else ""


def _unseen(child: Child, today: date) -> list[Reason]:
    seen = child.last_seen_on
    days = (today - (seen or child.opened_on)).days
    if days <= rules.unseen_days(child.status):
        return []
    said = f"Not seen for {days} days" if seen else f"Never seen since {words.day(child.opened_on)}"
    return [Reason(NO_VISIT, said)]


def _not_discussed(row: ToDiscuss) -> list[Reason]:
    if row.is_in_time:
        return []
    last = f"Not talked about since {words.day(row.last_on)}" if row.last_on else "Never talked about"
    return [Reason(NOT_DISCUSSED, f"{last}, owed by {words.day(row.due_on)}")]


def _new(row: ToDiscuss, told: _Told) -> list[Reason]:
    since = told.since.get(row.child_id)
    if since is None or row.last_on is not None or told.session.today - since > rules.NEW_FOR:
        return []
    return [Reason(NEW, f"New to the worker since {words.day(since)}")]
