"""What screens and commands may know of the database: who is at work, what they may do, what can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.moments import utc_now
from db.problems import (
    Damaged,
    NotAllowed,
    NotFound,
    NotSaved,
    Problem,
    Stale,
    Unclear,
    Unfinished,
    WrongKey,
)
from db.roles import ROLES, Actor, Answer, Subject, authorise, may

if TYPE_CHECKING:
    from db.store import Session, Store

__all__ = [
    "ROLES",
    "Actor",
    "Answer",
    "Damaged",
    "NotAllowed",
    "NotFound",
    "NotSaved",
    "Problem",
    "Session",
    "Stale",
    "Store",
    "Subject",
    "Unclear",
    "Unfinished",
    "WrongKey",
    "authorise",
    "may",
    "utc_now",
]


def __getattr__(name: str) -> Any:
    """Load SQLAlchemy only when a session or store is asked for: the sign-in screen needs neither."""
    if name in ("Session", "Store"):
        from db import store

        return getattr(store, name)
    raise AttributeError(name)
