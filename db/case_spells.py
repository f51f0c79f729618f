"""Who held which child when: kept as the child's worker, team or status changes, by whatever route."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from db.models import CaseSpell, Child
from db.moments import new_id

_WATCHED = ("worker_id", "team_id", "status", "closed_on")
CLOSED = "closed"


def watch(session_class: type[Session]) -> None:
    """Keep the spells on a session class. Before the guard: it checks what is written here too."""
    event.listen(session_class, "before_flush", _keep)


def _keep(session: Session, _context: UOWTransaction, _instances: object) -> None:
    new = session.new  # made anew each time it is asked for
    for row in [*new, *session.dirty]:
        if not isinstance(row, Child):
            continue
        if row in new:
            _begin(session, row, row.opened_on)
        elif any(inspect(row).attrs[name].history.has_changes() for name in _WATCHED):
            _change(session, row)


def _change(session: Session, child: Child) -> None:
    """End the running spell on the day of the change, and begin the next; twice on one day is one change."""
    on: date = session.info.get("effective_on") or session.info["today"]
    running = session.scalar(
        select(CaseSpell).where(CaseSpell.child_id == child.id, CaseSpell.until_on.is_(None))
    )
    if running is None:
        _begin(session, child, on)
        return
    if (running.worker_id, running.team_id, running.status) == _standing(child):
        return
    if on <= running.from_on:
        running.worker_id, running.team_id, running.status = _standing(child)
        return
    running.until_on = on
    _begin(session, child, on)


def _begin(session: Session, child: Child, on: date) -> None:
    child.id = child.id or new_id()  # a new child's is made here already, as the spell names it
    session.add(CaseSpell(**begun(child, on)))


def begun(child: Child, on: date) -> dict[str, Any]:
    """Return the spell that begins for a child on a day, as the child stands now."""
    worker_id, team_id, status = _standing(child)
    return {
        "child_id": child.id, "worker_id": worker_id, "team_id": team_id, "status": status, "from_on": on,
    }  # fmt: skip


def _standing(child: Child) -> tuple[UUID | None, UUID | None, str]:
    return child.worker_id, child.team_id, CLOSED if child.closed_on else (child.status or "early_help")
