"""The journal of what is typed: in the store within the second, else encrypted in a file beside it.

What lies beside the store is offered again at the next sign-in, or once the store can be written; it never
takes the place of anything by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import plans
from caseapp.form import Answers
from db import plans as queries
from db import spooled_looks
from db.models import Clash, Revision, Typing
from db.moments import utc_now
from db.problems import NotAllowed, NotSaved
from db.roles import Actor
from db.store import Session, Store

WAIT_SECONDS: Final = 0.3
"""What the journal waits for another writer: its second is over soon."""
TYPING: Final = "typing"


class Typed(NamedTuple):
    """What stands in a draft's form, and the saved version that it was typed upon."""

    revision_id: UUID
    version: int
    answers: Answers


class Kept(NamedTuple):
    """When typing was kept; `refused` says why it is not in the store but beside it."""

    at: datetime
    refused: str = ""


class TakenBack(NamedTuple):
    """How many drafts got their typing back from beside the store, and how many entries are damaged."""

    drafts: int
    damaged: int


def keep(store: Store, actor: Actor, typed: Typed, *, aside: bool = False) -> Kept:
    """Keep what is typed: in the store, beside it where that fails or takes too long, or at once `aside`.

    Raises NotSaved where neither can be written.
    """
    refused = "It is being saved."
    if not aside or store.spool is None:
        try:
            with store.session(actor, wait_seconds=WAIT_SECONDS) as session:
                return Kept(plans.keep_typing(session, *typed))
        except NotSaved as problem:
            if store.spool is None:
                raise
            refused = problem.words
    at = utc_now()
    store.spool.add(_entry(actor, typed, at))
    return Kept(at, refused)


def _entry(actor: Actor, typed: Typed, at: datetime) -> dict[str, Any]:
    return {
        "kind": TYPING,
        "by": actor.worker_id.hex,
        "at": at.isoformat(),
        "revision": typed.revision_id.hex,
        "version": typed.version,
        "answers": dict(typed.answers),
    }


def take_back(store: Store, actor: Actor) -> TakenBack:
    """Put into the store what waits beside it: looks into the log, this person's typing to be offered again.

    Others' typing stays where it is until they sign in. Raises NotSaved while the store cannot be written.
    """
    if store.spool is None or not store.spool.size:
        return TakenBack(0, 0)
    found = store.spool.read()
    looks = [each for each in found.entries if each["kind"] == spooled_looks.LOOK]
    mine = [each for each in found.entries if each["kind"] == TYPING and each["by"] == actor.worker_id.hex]
    newest = {each["revision"]: each for each in mine}
    with store.session(actor, "Kept beside the store") as session:
        spooled_looks.chain(session, looks)
        offered = {name: _offered(session, each) for name, each in newest.items()}
    left = [
        each
        for each in found.entries
        if each not in looks and (each not in mine or offered[each["revision"]] is None)
    ]
    store.spool.drop(found, left)
    return TakenBack(sum(map(bool, offered.values())), found.damaged)


def _offered(session: Session, entry: dict[str, Any]) -> bool | None:
    """Put typing where its draft's screen offers it; return whether it was newer than what the store holds.

    None: its writer may not write there now, so it stays where it is.
    """
    revision = session.get(Revision, UUID(entry["revision"]))
    if revision is None:
        return None
    if not _is_newer(session, revision, entry):
        return False
    try:
        with session.begin_nested():
            session.add(_row(session, revision, entry))
    except NotAllowed:
        return None
    return True


def _is_newer(session: Session, revision: Revision, entry: dict[str, Any]) -> bool:
    at, me = datetime.fromisoformat(entry["at"]), session.actor.worker_id
    row = queries.typing(session, revision.id, me)
    if row and row.updated_at >= at:
        return False
    if revision.updated_by == me and revision.updated_at >= at:
        return False
    return bool(entry["answers"] != revision.document.answers)


def _row(session: Session, revision: Revision, entry: dict[str, Any]) -> Typing | Clash:
    """Return the row that holds the typing: of a draft to be offered, of a signed version as a clash."""
    if revision.signed_at:
        return Clash(
            child_id=revision.child_id,
            revision_id=revision.id,
            opened_version=entry["version"],
            answers=entry["answers"],
        )
    row = queries.typing(session, revision.id, session.actor.worker_id) or Typing(
        revision_id=revision.id, author=session.actor.worker_id, child_id=revision.child_id
    )
    row.answers, row.base_version = entry["answers"], entry["version"]
    row.updated_at = datetime.fromisoformat(entry["at"])
    return row
