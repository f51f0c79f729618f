"""The journal of what is typed: in the store within the second, else encrypted in a file beside it.

What lies beside the store is offered again at the next sign-in, or once the store can be written; it never
takes the place of anything by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import takewhile
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import jottings, plans
from caseapp.form import Answers
from caseapp.jottings import Jotted, LetGo
from db import plans as queries
from db import spooled_looks
from db.jottings import is_kept
from db.models import Child, Clash, Jotting, Revision, Typing
from db.moments import utc_now
from db.problems import NotAllowed, NotSaved, Problem
from db.roles import Actor
from db.store import Session, Store

WAIT_SECONDS: Final = 0.3
"""What the journal waits for another writer: its second is over soon."""
TYPING: Final = "typing"
JOTTING: Final = "jotting"


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
    """How many drafts and small forms got their typing back from beside the store.

    `damaged` is how many entries cannot be read.
    """

    drafts: int
    damaged: int
    forms: int = 0


def keep(store: Store, actor: Actor, typed: Typed | Jotted | LetGo, *, aside: bool = False) -> Kept:
    """Keep what is typed: in the store, beside it where that fails or takes too long, or at once `aside`.

    What a small form lets go of is let go of in the same two places.

    Raises NotSaved where neither can be written.
    """
    refused = "It is being saved."
    if not aside or store.spool is None:
        try:
            with store.session(actor, wait_seconds=WAIT_SECONDS) as session:
                kept = Kept(_put(session, typed))
        except NotSaved as problem:
            if store.spool is None:
                raise
            refused = problem.words
        else:
            if isinstance(typed, LetGo) and store.spool and store.spool.size:
                store.spool.add(_entry(actor, typed, kept.at))  # what lies there may be its own
            return kept
    at = utc_now()
    store.spool.add(_entry(actor, typed, at))
    return Kept(at, refused)


def forget(store: Store, actor: Actor, jotting_id: UUID) -> None:
    """Let go of what was recorded wherever it still lies; at the worst its form offers it once more."""
    with suppress(Problem):
        keep(store, actor, LetGo(jotting_id))


def _put(session: Session, typed: Typed | Jotted | LetGo) -> datetime:
    if isinstance(typed, Typed):
        return plans.keep_typing(session, *typed)
    if isinstance(typed, Jotted):
        return jottings.keep(session, typed)
    (jottings.discard if typed.is_discarded else jottings.drop)(session, typed.id)
    return utc_now()


def _entry(actor: Actor, typed: Typed | Jotted | LetGo, at: datetime) -> dict[str, Any]:
    whose = {"by": actor.worker_id.hex, "at": at.isoformat()}
    if not isinstance(typed, Typed):
        return {"kind": JOTTING} | whose | jottings.as_entry(typed)
    return whose | {
        "kind": TYPING,
        "revision": typed.revision_id.hex,
        "version": typed.version,
        "answers": dict(typed.answers),
    }


def take_back(store: Store, actor: Actor, *, purpose: str = "") -> TakenBack:
    """Put into the store what waits beside it: looks into the log, this person's typing to be offered again.

    Others' typing stays where it is until they sign in. So does what is about a child out of reach, but for
    the purpose «rebuild»: then it is stored too, and hidden until the child is in reach. Raises NotSaved
    while the store cannot be written.
    """
    if store.spool is None or not store.spool.size:
        return TakenBack(0, 0)
    found = store.spool.read()
    looks = [each for each in found.entries if each["kind"] == spooled_looks.LOOK]
    mine = [each for each in found.entries if each["kind"] in _WHAT and each["by"] == actor.worker_id.hex]
    said: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for each in mine:
        said[_key(each)].append(each)
    with store.session(actor, "Kept beside the store", purpose=purpose) as session:
        spooled_looks.chain(session, looks)
        offered = {
            key: _offered(session, each[-1]) if key[0] == TYPING else _jotted(session, each)
            for key, each in said.items()
        }
    left = [
        each
        for each in found.entries
        if each not in looks and (each not in mine or offered[_key(each)] is None)
    ]
    store.spool.drop(found, left)
    came = [kind for (kind, _), is_back in offered.items() if is_back]
    return TakenBack(came.count(TYPING), found.damaged, came.count(JOTTING))


_WHAT: Final = {TYPING: "revision", JOTTING: "id"}


def _key(entry: dict[str, Any]) -> tuple[str, str]:
    """Return what an entry is the typing of: the newest counts."""
    return entry["kind"], entry[_WHAT[entry["kind"]]]


def _jotted(session: Session, entries: Sequence[dict[str, Any]]) -> bool | None:
    """Put what was written into a small form where the form offers it; return whether it was put there.

    The newest entry counts; where that discards, the words before it as well: they can be brought back.
    None: its writer may not read that child now, so it stays where it is.
    """
    at, jotting_id = _moment(entries[-1]), UUID(entries[-1]["id"])
    act: str = entries[-1]["act"]
    row = session.get(Jotting, jotting_id)
    if row is None and is_kept(session, jotting_id):
        return None
    if row is not None and row.updated_at > at:
        return False
    if act == "drop":
        jottings.drop(session, jotting_id)
        return False
    since_dropped = takewhile(lambda each: each["act"] != "drop", reversed(entries))
    written = next((each for each in since_dropped if each["act"] == "keep"), None)
    if written and not _are_kept(session, row, written):
        return None
    if act == "discard":
        session.flush()
        jottings.discard(session, jotting_id)
    return act == "keep"


def _are_kept(session: Session, row: Jotting | None, written: dict[str, Any]) -> bool:
    """Keep words in the store unless it holds newer ones; return whether their writer may read that child."""
    what = jottings.of_entry(written)
    if what.about.child_id and session.get(Child, what.about.child_id) is None:
        return False
    if row is None or row.updated_at <= _moment(written):
        jottings.keep(session, what, _moment(written))
    return True


def _moment(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])


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
    at, me = _moment(entry), session.actor.worker_id
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
    row.updated_at = _moment(entry)
    return row
