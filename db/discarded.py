"""Typing that its writer discarded: it stays for some days, on this device alone, and then goes for good."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Setting

DAYS_KEPT = 30
_NAME = "discarded"


class Discarded(NamedTuple):
    """What was discarded: when it was typed, when it was discarded, and the answers."""

    typed_at: datetime
    discarded_at: datetime
    answers: dict[str, Any]


def put_by(session: Session, revision_id: UUID, author: UUID, discarded: Discarded) -> None:
    """Put typing by; what was put by too long ago goes."""
    at, typed_at = discarded.discarded_at, discarded.typed_at
    oldest = (at - timedelta(days=DAYS_KEPT)).isoformat()
    for each in session.scalars(select(Setting).where(Setting.name.startswith(f"{_NAME} "))):
        if each.name.rpartition(" ")[2] < oldest:
            session.delete(each)
    value = {"typed_at": typed_at.isoformat(), "answers": discarded.answers}
    session.add(Setting(name=f"{_prefix(revision_id, author)}{at.isoformat()}", value=json.dumps(value)))


def newest(session: Session, revision_id: UUID, author: UUID, now: datetime) -> Discarded | None:
    """Return what somebody discarded last of a version, unless that is too long ago."""
    asked = select(Setting).where(Setting.name.startswith(_prefix(revision_id, author)))
    found = session.scalar(asked.order_by(Setting.name.desc()).limit(1))
    if found is None:
        return None
    at, value = datetime.fromisoformat(found.name.rpartition(" ")[2]), json.loads(found.value)
    if at < now - timedelta(days=DAYS_KEPT):
        return None
    return Discarded(datetime.fromisoformat(value["typed_at"]), at, value["answers"])


def forget(session: Session, revision_id: UUID, author: UUID, typed_at: datetime) -> None:
    """Let what somebody typed at a moment go, however often it was discarded."""
    for each in session.scalars(select(Setting).where(Setting.name.startswith(_prefix(revision_id, author)))):
        if json.loads(each.value)["typed_at"] == typed_at.isoformat():
            session.delete(each)


def _prefix(revision_id: UUID, author: UUID) -> str:
    return f"{_NAME} {revision_id.hex} {author.hex} "
