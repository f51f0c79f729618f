"""What is shown to a user once: the tour at the first sign-in, and what is new after a change of version."""

from __future__ import annotations

from importlib.metadata import version
from typing import NamedTuple

from db import settings as queries
from db.store import Session

_TOUR, _VERSION = "tour_seen", "version_seen"


class FirstSteps(NamedTuple):
    """Whether the tour was never shown to this user, and whether the program is newer than last time."""

    wants_tour: bool
    has_news: bool


def read(session: Session) -> FirstSteps:
    """Return what has not been shown yet to whoever is at work. News are none to a user who is new."""
    wants_tour = queries.value(session, _own(session, _TOUR)) is None
    seen = queries.value(session, _own(session, _VERSION))
    return FirstSteps(wants_tour, not wants_tour and seen != version("caseapp"))


def tour_shown(session: Session) -> None:
    """Keep that the tour was shown; what is in this version is no news then."""
    queries.put(session, _own(session, _TOUR), "yes")
    news_shown(session)


def news_shown(session: Session) -> None:
    """Keep that what is new in this version was shown."""
    queries.put(session, _own(session, _VERSION), version("caseapp"))


def _own(session: Session, name: str) -> str:
    return f"{session.actor.worker_id.hex}.{name}"
