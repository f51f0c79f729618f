"""What is typed of supervision before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class NewSession:
    """Supervision of a worker: planned, or held. Only its two workers ever read it."""

    kind: str = "personal"
    planned_on: date | None = None
    held_on: date | None = None
    minutes: int | None = None
    wellbeing: str = ""
    workload: str = ""
    words: str = ""
    agreed: tuple[str, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True)
class NewCase:
    """What was said about a child in supervision: it stands in the child's file."""

    happened_on: date
    discussion: str
    risk: str = ""
    progress: str = ""
    decision: str = ""
    reflection: str = ""
    next_on: date | None = None
    session_id: UUID | None = None
