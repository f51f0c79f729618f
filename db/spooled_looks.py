"""Looks noted in the spool while the log cannot be written: before data show, and in their chains later."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from db.history import Link, append
from db.models import Look
from db.moments import utc_now
from db.problems import NotLogged
from db.spool import Spool
from db.types import canonical_value

LOOK = "look"


def note(session: Session, child_id: UUID, values: dict[str, Any], *, spool: Spool | None) -> None:
    """Note who looks at what; it is on the disk when this returns. Raises NotLogged, NotSaved."""
    if spool is None:
        raise NotLogged(
            "Who looks cannot be written down here, so nothing is shown. Nothing was changed. Make room on "
            "the disk, then try again."
        )
    row_id: UUID | None = values["row_id"]
    spool.add(
        {
            "kind": LOOK,
            "child": child_id.hex,
            "by": session.info["actor"].worker_id.hex,
            "at": utc_now().isoformat(),
            "values": canonical_value(values | {"row_id": row_id.hex if row_id else None}),
        }
    )


def chain(session: Session, entries: list[dict[str, Any]]) -> None:
    """Put looks of the spool into their chains, with the moment and the person they were noted with."""
    for entry in entries:
        row_id = entry["values"]["row_id"]
        values = entry["values"] | {
            "row_id": UUID(row_id) if row_id else None,
            "by": UUID(entry["by"]),
            "at": datetime.fromisoformat(entry["at"]),
        }
        append(session, Look, [Link(UUID(entry["child"]), values)])
