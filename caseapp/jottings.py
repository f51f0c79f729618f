"""What is being written into small forms: kept until it is recorded, for its writer alone.

It never counts as part of a record: no history, search, print or export has it. A form that is opened again
about the same thing offers it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from caseapp.form import Answers
from db import jottings as queries
from db.discarded import DAYS_KEPT
from db.models import Jotting
from db.moments import utc_now
from db.store import Session

R = TypeVar("R")
NOTE = "note"
"""The form of a note, wherever it is opened."""
NEW_CHILD = "new child"
"""The form that puts a child on file, which no record leads to yet."""


class About(NamedTuple):
    """Which form it is, and what it is about. `screen` is where it was opened, as «child/Timeline»."""

    form: str
    place: str
    child_id: UUID | None
    title: str
    screen: str = ""


class Jotted(NamedTuple):
    """What stands in a small form: the answers that differ from those that it was opened with."""

    id: UUID
    about: About
    answers: Answers


class LetGo(NamedTuple):
    """What need not be kept any more: it was recorded, or it `is_discarded` and stays for some days."""

    id: UUID
    is_discarded: bool = False


class Recording(Generic[R]):
    """Work that records what was written into a small form: the same commit lets go of that."""

    def __init__(self, work: Callable[[Session], R], jotting_id: UUID) -> None:
        self._work, self.jotting_id = work, jotting_id

    def __call__(self, session: Session) -> R:
        """Let go of what was written, then do the work."""
        drop(session, self.jotting_id)  # first: what is recorded may put the child out of reach
        return self._work(session)


class Offered(NamedTuple):
    """What was written into the form before."""

    id: UUID
    at: datetime
    answers: Answers
    is_discarded: bool


class Writing(NamedTuple):
    """What was written and not recorded, with the child's name; none where it is about no child."""

    id: UUID
    about: About
    child: str
    at: datetime
    answers: Answers


def keep(session: Session, jotted: Jotted, at: datetime | None = None) -> datetime:
    """Keep what is being written; return when. What was discarded is written again."""
    now = at or utc_now()
    row = session.get(Jotting, jotted.id)
    if row is None:
        row = Jotting(id=jotted.id, author=session.actor.worker_id, **jotted.about._asdict())
        session.add(row)
    row.answers, row.updated_at, row.discarded_at = dict(jotted.answers), now, None
    return now


def offered(session: Session, form: str, place: str, wanted: UUID | None = None) -> Offered | None:
    """Return what was written into a form before: what is wanted or waits, else what was discarded lately."""
    oldest = utc_now() - timedelta(days=DAYS_KEPT)
    for row in sorted(queries.of_form(session, form, place), key=lambda each: each.id != wanted):
        if row.discarded_at is None or row.discarded_at >= oldest:
            return Offered(row.id, row.updated_at, row.answers, row.discarded_at is not None)
    return None


def drop(session: Session, jotting_id: UUID) -> None:
    """Forget what was written: it stands in the record now."""
    row = session.get(Jotting, jotting_id)
    if row is not None:
        session.delete(row)


def discard(session: Session, jotting_id: UUID) -> None:
    """Let go of what was written at its writer's wish; it can be brought back for 30 days."""
    now = utc_now()
    for each in queries.discarded_before(session, now - timedelta(days=DAYS_KEPT)):
        session.delete(each)
    row = session.get(Jotting, jotting_id)
    if row is not None:
        row.discarded_at = now


def writing(session: Session) -> list[Writing]:
    """Return what one has written and not recorded yet, the newest first."""
    return [
        Writing(row.id, _about(row), child, row.updated_at, row.answers)
        for row, child in queries.writing(session)
    ]


def _about(row: Jotting) -> About:
    return About(row.form, row.place, row.child_id, row.title, row.screen)


def as_entry(what: Jotted | LetGo) -> dict[str, Any]:
    """Return what lies beside the store for it."""
    if isinstance(what, LetGo):
        return {"id": what.id.hex, "act": "discard" if what.is_discarded else "drop"}
    child_id = what.about.child_id
    about = what.about._asdict() | {"child_id": child_id.hex if child_id else None}
    return {"id": what.id.hex, "act": "keep", "about": about, "answers": dict(what.answers)}


def of_entry(entry: dict[str, Any]) -> Jotted:
    """Return what an entry beside the store says was being written."""
    child_id = entry["about"]["child_id"]
    about = About(**entry["about"] | {"child_id": UUID(child_id) if child_id else None})
    return Jotted(UUID(entry["id"]), about, entry["answers"])
