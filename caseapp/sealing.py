"""When the keys go, what was written is signed, and this computer remembers how far the store came."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from caseapp import places
from db.problems import Problem
from db.roles import Actor

if TYPE_CHECKING:
    from db.keys import Keyring
    from db.store import Store


def seal(store: Store, keyring: Keyring) -> bool:
    """Sign what was written since the last seal, and remember outside the store how far it came.

    Returns whether it was done. A store that cannot be written is left as it is: what it holds is sealed
    the next time.
    """
    from db import anchors, seals

    if store.path is not None and not store.path.exists():  # the database would make an empty one
        return False
    file = places.anchor_file(store.path) if store.path else None
    actor = Actor(keyring.user_id, "", None, frozenset())
    try:
        with store.session(actor, "Seal", purpose="seal") as session:
            seals.seal(session, keyring.seed)
            anchor = anchors.renewed(session, keyring.store_id, file) if file else None
    except (Problem, ValueError, TypeError):  # the last two: a value was changed that no column can hold
        return False
    if file and anchor:
        with suppress(OSError):  # a disk that refuses costs no more than the memory of it
            anchors.write(file, anchor)
    return True


def forget(store_path: Path) -> None:
    """Remember a store no more: an older one takes its place by rights, such as a backup that is restored."""
    from db import anchors

    with suppress(OSError):
        anchors.forget(places.anchor_file(store_path))
