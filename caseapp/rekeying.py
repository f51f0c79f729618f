"""All keys change when somebody leaves, or on a suspicion: who knew the old ones then knows nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from caseapp import accounts, user_accounts, words
from db import rekey, settings
from db.key_file import RECOVERY
from db.problems import Problem
from db.roles import authorise

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from db.store import Session

BYTES_A_SECOND = 15_000_000
"""How much of a store is written anew and compared in a second, on a slow laptop."""


class Standing(NamedTuple):
    """Whether all keys can change: who must sign in once first, whether they are due, how long it takes.

    `children` is how many are allocated to whoever leaves.
    """

    must_sign_in: tuple[str, ...]
    needs_recovery_key: bool
    is_due: bool
    seconds: int
    children: int = 0

    @property
    def can_change(self) -> bool:
        """Return whether every slot can be given the new key."""
        return not self.must_sign_in and not self.needs_recovery_key


def standing(signed_in: SignedIn, leaving: str = "") -> Standing:
    """Return whether all keys can change once a user, by user name, has left. For administrators."""
    from db import people

    path = _path(signed_in)
    late = rekey.waiting(accounts.keys_path(path), signed_in.keyring)
    with signed_in.store.session(signed_in.actor, purpose="users") as session:
        due = is_due(session)
        found = [people.by_id(session, slot.user_id) for slot in late if slot.label != RECOVERY]
        children = user_accounts.children_of(session, leaving) if leaving else 0
        names = [one[0].name for one in found if one and one[0].user_name != leaving and not one[0].left_on]
    needs_sheet = any(slot.label == RECOVERY for slot in late)
    return Standing(tuple(sorted(names)), needs_sheet, due, _seconds(path), children)


def refusal(standing: Standing) -> str:
    """Return in words why the keys cannot change yet; nothing where they can."""
    if standing.can_change:
        return ""
    said = []
    if standing.must_sign_in:
        who = words.listed(list(standing.must_sign_in))
        said.append(f"{who} must sign in once in this version of the program first, or be disabled.")
    if standing.needs_recovery_key:
        said.append("The sheet with the recovery key is of an older version: make a new recovery key first.")
    return f"All keys cannot change yet. Nothing was changed. {' '.join(said)}"


def is_due(session: Session) -> bool:
    """Return whether somebody has left who still knows the keys. For administrators."""
    authorise(session.actor, "users")
    return bool(settings.value(session, rekey.REKEY_DUE))


def disable(signed_in: SignedIn, user_name: str) -> None:
    """Keep a user from signing in and change all keys; the store is closed. For administrators.

    Raises Problem where somebody must sign in once first: nothing is changed then.
    """
    _refuse(standing(signed_in, user_name))
    _empty_the_spool(signed_in)
    with signed_in.store.session(signed_in.actor, "Accounts", purpose="users") as session:
        user_accounts.disable(session, user_name)
    change_keys(signed_in)


def change_keys(signed_in: SignedIn) -> None:
    """Write the store anew under new keys; it is closed, and is to be signed in to again. For administrators.

    Backups made before keep their own key file and open with the passwords of then. Raises Problem.
    """
    authorise(signed_in.actor, "users")
    _empty_the_spool(signed_in)
    _forget_the_gone(signed_in)
    _refuse(standing(signed_in))
    path = _path(signed_in)
    keys_path = accounts.keys_path(path)
    rekey.rotate(signed_in.store, keys_path, signed_in.keyring, signed_in.actor).wipe()


def _empty_the_spool(signed_in: SignedIn) -> None:
    """Put into the store what waits beside it under the old key: nobody could read it afterwards.

    Everybody's, in their own names, also that of somebody who has left, and what is about children out of
    their reach by now. Raises Problem while any is left.
    """
    from caseapp import journal
    from db import people

    store, spool = signed_in.store, signed_in.store.spool
    if spool is None or not spool.size:
        return
    journal.take_back(store, signed_in.actor, purpose="rebuild")
    for worker_id in sorted({each["by"] for each in spool.read().entries}):
        with store.session(signed_in.actor, purpose="users") as session:
            found = people.by_id(session, UUID(worker_id))
            author = accounts.actor_of(*found) if found else None
        if author:
            journal.take_back(store, author, purpose="rebuild")
    if spool.size:
        raise Problem(
            "Something typed is still kept beside the store, and the new keys could not read it. Nothing was "
            "changed. Let whoever typed it sign in once, then change the keys."
        )


def _forget_the_gone(signed_in: SignedIn) -> None:
    """Take away slots of those who have left: a key file that was put back may have brought one."""
    from db import key_file, keys, people

    keys_path = accounts.keys_path(_path(signed_in))
    with signed_in.store.session(signed_in.actor, purpose="users") as session:
        for slot in key_file.load(keys_path).people():
            found = people.by_id(session, slot.user_id)
            if not found or found[0].left_on:
                keys.remove_user(keys_path, slot.user_id)


def _refuse(found: Standing) -> None:
    if said := refusal(found):
        raise Problem(said)


def _seconds(path: Path) -> int:
    return max(2, round(path.stat().st_size / BYTES_A_SECOND))


def _path(signed_in: SignedIn) -> Path:
    path = signed_in.store.path
    if path is None:
        raise RuntimeError("A store in memory has no keys to change.")
    return path
