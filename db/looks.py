"""Write down who looks at what, before it shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.history import NO_CHILD, Link, append
from db.models import Child, Look
from db.moments import utc_now
from db.problems import NotLogged

QUIET = timedelta(minutes=10)


def record_look(
    session: Session,
    act: str,
    child_id: UUID | None = None,
    *,
    tbl: str = "child",
    row_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Record that somebody looks, before the data show. The same look within ten minutes is one entry."""
    values = {"act": act, "tbl": tbl, "row_id": row_id, "detail": detail or {}}
    if _said_lately(session, child_id or NO_CHILD, values):
        return
    if spool_look := session.info.get("spool_look"):  # the log cannot be written now: noted beside the store
        _refuse_restricted(session, child_id)
        spool_look(session, child_id or NO_CHILD, values)
    else:
        append(session, Look, [Link(child_id or NO_CHILD, values)])


def _refuse_restricted(session: Session, child_id: UUID | None) -> None:
    """Keep a restricted record shut while the log itself cannot say who looks."""
    child = Child.__table__.c
    if session.connection().scalar(select(child.restricted).where(child.id == child_id)):
        raise NotLogged(
            "Who looks cannot be written into the log now, and a restricted record stays shut without that. "
            "Nothing was changed. Try again once the store can be written."
        )


_LATELY = select(Look.__table__.c.row_id, Look.__table__.c.detail).where(
    Look.__table__.c.by == bindparam("me"),
    Look.__table__.c.at > bindparam("since"),
    Look.__table__.c.child_id == bindparam("child"),
    Look.__table__.c.act == bindparam("what"),
)


def _said_lately(session: Session, child_id: UUID, values: dict[str, Any]) -> bool:
    if values["act"] not in ("open", "list", "search"):
        return False
    asked = {"me": session.info["actor"].worker_id, "since": utc_now() - QUIET}
    found = session.connection().execute(_LATELY, asked | {"child": child_id, "what": values["act"]})
    return any(row.row_id == values["row_id"] and row.detail == values["detail"] for row in found)
