"""Sessions of supervision: planned, held, called off, signed by both. Their two workers alone see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.clocks import State
from caseapp.lines import line
from caseapp.supervision import owed, rules
from caseapp.supervision.new_rows import NewSession
from caseapp.typed_rows import check_one_of, check_past, refuse_unless, typed
from db import supervision as queries
from db.models import SUPERVISION_KINDS, CaseSupervision, Child, SupervisionSession, Worker
from db.moments import utc_now
from db.problems import NotFound, Stale
from db.roles import authorise, may
from db.store import Session

_LONGEST_MINUTES: Final = 600
_FARTHEST: Final = timedelta(days=366)


class SessionRow(NamedTuple):
    """A session in a list. `state` is planned, not_recorded, held, signed or cancelled.

    `waits_for` names who has still to sign; `cases` are (child, decision) of those talked about.
    """

    id: UUID
    version: int
    kind_words: str
    supervisor: str
    supervisee: str
    day: date
    state: str
    state_words: str
    told: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    waits_for: tuple[str, ...]
    may_write: bool
    may_sign: bool
    given: NewSession


class SessionsView(NamedTuple):
    """A worker's sessions, the latest first. `standing` is None where none was held that one may see."""

    worker_id: UUID
    worker: str
    job: str
    is_me: bool
    may_supervise: bool
    rows: list[SessionRow]
    next_on: date | None
    last_on: date | None
    due_on: date | None
    standing: State | None


class ToSign(NamedTuple):
    """A session that waits for one's own signature."""

    session_id: UUID
    supervisee_id: UUID
    title: str
    held_on: date


def may_supervise(session: Session, worker_id: UUID) -> bool:
    """Return whether whoever is at work may supervise a worker: a manager, and nobody themselves."""
    return worker_id != session.actor.worker_id and may(session.actor, "approve").allowed


def add(session: Session, supervisee_id: UUID, new: NewSession) -> UUID:
    """Plan or record supervision of a worker by whoever is at work. Raises Problem, NotAllowed, NotFound."""
    authorise(session.actor, "approve")
    refuse_unless(supervisee_id != session.actor.worker_id, "Nobody supervises themselves.")
    if session.get(Worker, supervisee_id) is None:
        raise NotFound("There is no such worker.")
    row = SupervisionSession(
        supervisor_id=session.actor.worker_id, supervisee_id=supervisee_id, **_checked(session, new)
    )
    session.add(row)
    session.flush()
    _plan_next(session, row)
    return row.id


def change(session: Session, session_id: UUID, opened: int, new: NewSession) -> None:
    """Put other values into a session. A signature that stands under other words is taken off again.

    Raises Stale, NotFound, and Problem where both have signed.
    """
    row = _open_one(session, session_id, opened)
    values = _checked(session, new)
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.supervisor_signed_on = row.supervisee_signed_on = None
    session.flush()
    _plan_next(session, row)


def cancel(session: Session, session_id: UUID, opened: int, because: str) -> None:
    """Call off a session that was planned, with the reason: it counts as cancelled. Raises Problem."""
    reason = line(because, "A reason")
    refuse_unless(bool(reason), "Say why it does not take place.")
    row = _open_one(session, session_id, opened)
    refuse_unless(row.held_on is None, "It was held, so it cannot be called off.")
    row.cancelled_because = reason


def sign(session: Session, session_id: UUID, opened: int) -> None:
    """Sign a session that was held, as one of its two. Raises Problem if it was not held."""
    row = _open_one(session, session_id, opened)
    refuse_unless(row.held_on is not None, "It is signed once it was held.")
    refuse_unless(session.actor.worker_id in waits_for(row), "You have signed it already.")
    if row.supervisor_id == session.actor.worker_id:
        row.supervisor_signed_on = session.today
    else:
        row.supervisee_signed_on = session.today


def remove(session: Session, session_id: UUID, opened: int, reason: str) -> None:
    """Take off a session that was entered by mistake. Raises Problem without a reason."""
    because = line(reason, "A reason")
    refuse_unless(bool(because), "Say why it is taken off the record.")
    row = _open_one(session, session_id, opened)
    refuse_unless(
        not queries.cases_of_sessions(session, [row.id]),
        "Children were talked about in it, and their files name it. Correct it instead.",
    )
    row.deleted_at, row.deleted_by, row.delete_reason = utc_now(), session.actor.worker_id, because


def one(session: Session, session_id: UUID) -> SupervisionSession:
    """Return a session that one takes part in. Raises NotFound."""
    row = session.get(SupervisionSession, session_id)
    if row is None or session.actor.worker_id not in (row.supervisor_id, row.supervisee_id):
        raise NotFound("There is no such supervision, or you may not see it.")
    return row


def is_closed(row: SupervisionSession) -> bool:
    """Return whether both have signed: it stays as it is."""
    return row.supervisor_signed_on is not None and row.supervisee_signed_on is not None


def _open_one(session: Session, session_id: UUID, opened: int) -> SupervisionSession:
    row = one(session, session_id)
    if row.version != opened:
        raise Stale("This supervision was changed after you opened it. Nothing was saved. Open it again.")
    refuse_unless(not is_closed(row), "Both have signed this supervision, so it stays as it is.")
    refuse_unless(not row.cancelled_because, "This supervision was called off. Plan another one.")
    return row


def _checked(session: Session, new: NewSession) -> dict[str, Any]:
    check_one_of(new.kind, SUPERVISION_KINDS, "a kind of supervision")
    refuse_unless(
        bool(new.planned_on or new.held_on), "Say for which day it is planned, or when it was held."
    )
    check_past(session, new.held_on)
    told = any((new.wellbeing, new.workload, new.words, new.agreed, new.minutes, new.next_on))
    refuse_unless(new.held_on is not None or not told, "Say when it was held.")
    refuse_unless(
        new.minutes is None or 0 < new.minutes <= _LONGEST_MINUTES,
        f"It lasts 1 to {_LONGEST_MINUTES} minutes.",
    )
    for day in (new.planned_on, new.next_on):
        refuse_unless(
            day is None or day <= session.today + _FARTHEST, "That day is more than a year ahead. Check it."
        )
    refuse_unless(
        not (new.next_on and new.held_on) or new.next_on > new.held_on,
        "The next supervision comes after this one.",
    )
    kept = typed(new, ("wellbeing", "workload", "words"))
    return kept | {"agreed": [said for each in new.agreed if (said := line(each, "What was agreed"))]}


def _plan_next(session: Session, row: SupervisionSession) -> None:
    """Plan the next session on the day that was agreed, unless one is planned already."""
    if row.next_on is None or row.next_on < session.today:
        return
    others = queries.sessions_of(session, row.supervisee_id)
    if not any(_is_planned(each) and each.supervisor_id == row.supervisor_id for each in others):
        session.add(
            SupervisionSession(
                supervisor_id=row.supervisor_id,
                supervisee_id=row.supervisee_id,
                kind=row.kind,
                planned_on=row.next_on,
                agreed=[],
            )
        )
        session.flush()


def _is_planned(row: SupervisionSession) -> bool:
    return row.held_on is None and not row.cancelled_because


# What is read


def view(session: Session, worker_id: UUID) -> SessionsView:
    """Return a worker's sessions that one takes part in, and by when the next is owed. Raises NotFound."""
    worker = session.get(Worker, worker_id)
    if worker is None:
        raise NotFound("There is no such worker.")
    found = queries.sessions_of(session, worker_id)
    last_on = max((each.held_on for each in found if each.held_on), default=None)
    due_on = owed.session_due_on(session, worker, last_on) if last_on else None
    return SessionsView(
        worker.id,
        worker.name,
        worker.job,
        worker.id == session.actor.worker_id,
        may_supervise(session, worker.id),
        rows(session, found),
        min((each.planned_on for each in found if _is_planned(each) and each.planned_on), default=None),
        last_on,
        due_on,
        owed.standing(session, due_on) if due_on else None,
    )


def rows(session: Session, found: Sequence[SupervisionSession]) -> list[SessionRow]:
    """Return sessions as rows, in the order given."""
    people = queries.workers(
        session, {who for each in found for who in (each.supervisor_id, each.supervisee_id)}
    )
    names = {worker_id: worker.name for worker_id, worker in people.items()}
    cases: dict[UUID | None, list[tuple[CaseSupervision, Child]]] = {}
    for case, child in queries.cases_of_sessions(session, [each.id for each in found]):
        cases.setdefault(case.session_id, []).append((case, child))
    return [_row(session, each, names, cases.get(each.id, [])) for each in found]


def _row(
    session: Session,
    row: SupervisionSession,
    names: dict[UUID, str],
    cases: Sequence[tuple[CaseSupervision, Child]],
) -> SessionRow:
    key, said = _stands(session, row, names)
    waiting = waits_for(row)
    is_open = not is_closed(row) and not row.cancelled_because
    return SessionRow(
        row.id, row.version, rules.KINDS[row.kind], names.get(row.supervisor_id, ""),
        names.get(row.supervisee_id, ""), row.held_on or row.planned_on or date.min, key, said,
        tuple(_told(row)), tuple((child.name, case.decision) for case, child in cases),
        tuple(names.get(each, "") for each in waiting), is_open,
        session.actor.worker_id in waiting, given(row),
    )  # fmt: skip


def _stands(session: Session, row: SupervisionSession, names: dict[UUID, str]) -> tuple[str, str]:
    if row.cancelled_because:
        return "cancelled", "Called off"
    if row.held_on is None:
        is_past = row.planned_on is not None and row.planned_on < session.today
        return ("not_recorded", "Not recorded yet") if is_past else ("planned", "Planned")
    if is_closed(row):
        return "signed", "Signed by both"
    missing = [names.get(each, "somebody who left") for each in waits_for(row)]
    return "held", f"Waits for {words.listed(missing)}"


def waits_for(row: SupervisionSession) -> tuple[UUID, ...]:
    """Return the workers who have still to sign a session that was held, the supervisor first."""
    if row.held_on is None or row.cancelled_because:
        return ()
    signatures = (
        (row.supervisor_id, row.supervisor_signed_on),
        (row.supervisee_id, row.supervisee_signed_on),
    )
    return tuple(worker_id for worker_id, signed_on in signatures if signed_on is None)


def _told(row: SupervisionSession) -> list[str]:
    if row.cancelled_because:
        return [f"Called off: {row.cancelled_because}"]
    told = [f"Agreed: {'; '.join(row.agreed)}"] if row.agreed else []
    return told + ([f"Next on {words.day(row.next_on)}"] if row.next_on else [])


def given(row: SupervisionSession) -> NewSession:
    """Return a session as it was typed."""
    held = {each.name: getattr(row, each.name) for each in fields(NewSession)}
    return NewSession(**held | {"agreed": tuple(row.agreed)})


def to_sign(session: Session) -> list[ToSign]:
    """Return the sessions that wait for one's own signature, the oldest first."""
    found = queries.to_sign(session, session.actor.worker_id)
    people = queries.workers(
        session, {who for each in found for who in (each.supervisor_id, each.supervisee_id)}
    )
    made = []
    for each in found:
        mine = each.supervisor_id == session.actor.worker_id
        other = people.get(each.supervisee_id if mine else each.supervisor_id)
        title = f"{rules.KINDS[each.kind]} with {other.name if other else 'somebody who left'}"
        made.append(ToSign(each.id, each.supervisee_id, title, each.held_on or session.today))
    return made
