"""What is typed into a draft, kept anew in one statement: it happens at every pause of the keys.

A typing is no record: it has neither version nor history. The statement asks for itself what the guard
asks of other writes, and finds no row where any of it fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Update, and_, bindparam, false, or_, select, update
from sqlalchemy.orm import Session

from db.models import Child, PepStep, Revision, Typing
from db.reach import ordinary_reach
from db.roles import Actor

_TYPING, _REVISION, _CHILD, _STEP = (each.__table__ for each in (Typing, Revision, Child, PepStep))


def rewrite(
    session: Session, revision_id: UUID, base_version: int, answers: Mapping[str, Any], at: datetime
) -> bool:
    """Put answers in the place of what the session's actor typed into an open draft before.

    Return whether it was done. If not, nothing changed: nothing was typed before, the draft is closed, or
    its child is restricted or not the actor's to write about. The guard then tells which.
    """
    actor: Actor = session.info["actor"]
    done = session.connection().execute(
        _rewriting(actor),
        {
            "of_revision": revision_id,
            "of_author": actor.worker_id,
            "to_version": base_version,
            "to_answers": dict(answers),
            "to_time": at,
        },
    )
    return bool(done.rowcount)


@lru_cache(maxsize=32)  # made once: putting a statement together costs more than running it
def _rewriting(actor: Actor) -> Update:
    void = select(_STEP.c.id).where(
        _STEP.c.revision_id == _REVISION.c.id, _STEP.c.state == "void", _STEP.c.deleted_at.is_(None)
    )
    open_draft = (
        select(_REVISION.c.id)
        .join_from(_REVISION, _CHILD, _CHILD.c.id == _REVISION.c.child_id)
        .where(
            _REVISION.c.id == _TYPING.c.revision_id,
            _REVISION.c.signed_at.is_(None),
            _REVISION.c.deleted_at.is_(None),
            ~void.exists(),
            _CHILD.c.deleted_at.is_(None),
            _CHILD.c.restricted.is_(None),
            or_(false(), *ordinary_reach(actor, "write", _CHILD.c)),
        )
    )
    mine = and_(_TYPING.c.revision_id == bindparam("of_revision"), _TYPING.c.author == bindparam("of_author"))
    return (
        update(Typing)
        .where(mine, open_draft.exists())
        .values(
            answers=bindparam("to_answers"),
            base_version=bindparam("to_version"),
            updated_at=bindparam("to_time"),
        )
    )
