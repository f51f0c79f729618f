"""What users set for themselves on this device, and what the window says about the store."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from db import settings as queries
from db.problems import Problem
from db.store import Session

THEMES = ("system", "light", "dark", "contrast")
IDLE_MINUTES = 5
MOST_IDLE_MINUTES = 15  # reliability: an open window never waits longer than this for its user


class Settings(NamedTuple):
    """A user's own settings, the name they sign in with, and when the store was backed up last."""

    user_name: str
    theme: str
    idle_minutes: int
    backed_up_at: datetime | None


def read(session: Session) -> Settings:
    """Return the settings of whoever is at work."""
    worker = queries.worker(session, session.actor.worker_id)
    chosen = queries.value(session, _own(session, "theme"))
    minutes = queries.value(session, _own(session, "idle_minutes")) or ""
    return Settings(
        user_name=(worker.user_name or "") if worker else "",
        theme=chosen if chosen in THEMES else "system",
        idle_minutes=min(int(minutes), MOST_IDLE_MINUTES) if minutes.isdigit() else IDLE_MINUTES,
        backed_up_at=queries.last_backup(session),
    )


def choose_theme(session: Session, theme: str) -> None:
    """Keep the theme that the user likes on this device."""
    if theme not in THEMES:
        raise ValueError(f"There is no theme {theme}.")
    queries.put(session, _own(session, "theme"), theme)


def choose_idle_minutes(session: Session, minutes: int) -> None:
    """Keep after how many idle minutes the window locks. Raises Problem outside 1 to 15."""
    if not 1 <= minutes <= MOST_IDLE_MINUTES:
        raise Problem(f"Choose between 1 and {MOST_IDLE_MINUTES} minutes. Nothing was changed.")
    queries.put(session, _own(session, "idle_minutes"), str(minutes))


def _own(session: Session, name: str) -> str:
    return f"{session.actor.worker_id.hex}.{name}"
