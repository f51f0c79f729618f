"""Accounts: make a store, sign in, change one's password. A stranger and a slip get the same answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from caseapp import places, words
from db import keys, lockfile, passwords, swap
from db.boxes import new_private
from db.letters import ascii_words
from db.moments import new_id, utc_now
from db.problems import NotSaved, Problem
from db.roles import Actor, authorise

if TYPE_CHECKING:
    from db.models import Team, Worker
    from db.store import Store


@dataclass(frozen=True)
class SignedIn:
    """An open store, who is at work in it, and the lock that keeps a second window out."""

    store: Store
    actor: Actor
    keyring: keys.Keyring
    lock: lockfile.Held
    wrong: WrongPasswords | None = None
    behind: timedelta | None = None
    """How far this computer's clock was behind the store's newest entry, where that is worth a word."""
    by_recovery: bool = False
    """The printed sheet let them in: they do not know the password."""

    def close(self) -> None:
        """Seal what was written, close the store, overwrite its keys and give it free."""
        from caseapp import sealing

        sealing.seal(self.store, self.keyring)
        self.store.close()
        self.keyring.wipe()
        self.lock.close()


class WrongPasswords(NamedTuple):
    """How many wrong passwords were tried since the last unlock, and when the first was."""

    number: int
    since: datetime


class NewStore(NamedTuple):
    """A store just made: its first user signed in, and the recovery key to be written down."""

    signed_in: SignedIn
    recovery_key: str


def keys_path(store_path: Path) -> Path:
    """Return where the key file of a store stands."""
    return store_path.with_name(store_path.name + ".keys")


def lock_path(store_path: Path) -> Path:
    """Return where the lock of a store stands."""
    return store_path.with_name(store_path.name + ".lock")


def make_store(path: Path, *, user_name: str, name: str, password: str, team: str = "") -> NewStore:
    """Make an empty store and its first user, who is administrator and team manager.

    Raises Problem for a weak password, or if something is there already.
    """
    from db.models import Team
    from db.store import create_store

    check_password(password, user_name)
    if path.exists() or keys_path(path).exists():
        raise Problem(f"There is already a store at {path}. Nothing was changed. Choose another name.")
    _make_folder(path.parent)
    worker_id, team_id = new_id(), new_id()
    lock = lockfile.hold(lock_path(path), name)
    keyring, recovery_key = keys.create(
        keys_path(path),
        user_name=user_name,
        user_id=worker_id,
        password=password,
        costs=keys.measured_costs(),
    )
    roles = ("administrator", "manager")
    actor = Actor(worker_id, name, team_id, frozenset(roles), "Team manager", team or "My team")
    try:
        store = create_store(path, keyring.dek)
        with store.session(actor, "Store made", purpose="users") as session:
            session.add(Team(id=team_id, name=actor.team))
            session.add(new_worker(worker_id, user_name, name, roles, team_id, actor.job))
    except BaseException:
        lock.close()
        take_away(path)
        raise
    return NewStore(SignedIn(store, actor, keyring, lock), recovery_key)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(
            f"The folder {folder} could not be made: {error.strerror}. Nothing was changed. Choose another."
        ) from None


def take_away(path: Path) -> None:
    """Take away a store that was not finished, with its keys and what the database put beside it."""
    from db.key_file import copy_of

    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-shm")]
    for each in (path, *beside, keys_path(path), copy_of(keys_path(path))):
        each.unlink(missing_ok=True)


def finish_restore(path: Path) -> bool:
    """Bring a restore to its end that was cut short; return whether there was one.

    Raises InUse, or NotSaved when the disk does not let it.
    """
    if not os.path.exists(swap.note_path(path)):
        return False
    with lockfile.hold(lock_path(path), "finishing a restore"):
        try:
            is_done = swap.finish(path)
        except (OSError, ValueError, KeyError):
            raise NotSaved(
                f"A restore of {path.name} was cut short and could not be finished. The former store "
                "is kept. Make room on the disk, or restore the backup again."
            ) from None
    from db import anchors

    anchors.forget(places.anchor_file(path))
    return is_done


def sign_in(path: Path, user_name: str, password: str, *, window: bool = False) -> SignedIn:
    """Open a store; a window has it alone, commands share it.

    Raises WrongKey without saying which of the two was wrong, InUse, Damaged, or Problem.
    """
    finish_restore(path)
    if not os.path.exists(path):  # a share that went stale is not there either
        raise Problem(
            f"There is no store at {path}. Nothing was changed. Check the name and that its disk or network "
            "drive is connected, or restore a backup."
        )
    keyring = keys.unlock(keys_path(path), user_name, password)
    signed_in = _opened(path, keyring, user_name, window)
    if window:
        with suppress(NotSaved):  # the slot opens as it is; it is sealed anew another time
            keys.strengthen(keys_path(path), signed_in.keyring, user_name=user_name, password=password)
    return signed_in


def sign_in_with_recovery(path: Path, recovery_key: str) -> SignedIn:
    """Open a store with its recovery key, as the first administrator. Raises WrongKey."""
    finish_restore(path)
    keyring = keys.unlock_with_recovery(keys_path(path), recovery_key)
    signed_in = _opened(path, keyring, "recovery key", True, recovering=True)
    with suppress(NotSaved):  # the slot opens as it is; it is sealed anew another time
        keys.strengthen_recovery(keys_path(path), signed_in.keyring, recovery_key)
    return signed_in


def _opened(
    path: Path, keyring: keys.Keyring, user_name: str, window: bool, *, recovering: bool = False
) -> SignedIn:
    from caseapp import clock_check
    from db import rekey
    from db.before_upgrade import backed_up_before_upgrade
    from db.names_anew import fold_anew
    from db.store import open_store

    lock = lockfile.hold(lock_path(path), user_name, alone=window)
    try:
        keyring = rekey.settle(path, keys_path(path), keyring)
        backed_up_before_upgrade(path, keys_path(path), keyring.dek)
        store = open_store(path, keyring.dek)
        wrong = _wrong_passwords(path)
        behind = clock_check.behind(store)
        actor = _arrived(store, keyring.user_id, recovering, wrong)
        with suppress(NotSaved):  # children are found as before, and it is tried at the next sign-in
            store.call(actor, fold_anew, purpose="rebuild")
    except BaseException:
        lock.close()
        raise
    keys.forget_wrong(keys_path(path))
    if actor.worker_id != keyring.user_id:  # the sheet lets another administrator in: its own has left
        keyring = replace(keyring, user_id=actor.worker_id, seed=new_private(), private=bytearray())
    return SignedIn(store, actor, keyring, lock, wrong, behind, recovering)


def wrong_words(wrong: WrongPasswords) -> str:
    """Return what a user is told of wrong passwords, once."""
    since = wrong.since.astimezone(words.LONDON)
    is_recent = utc_now() - wrong.since < timedelta(days=6)
    when = f"{since:%A} {words.clock_time(wrong.since)}" if is_recent else words.moment(wrong.since)
    tried = "1 wrong password was" if wrong.number == 1 else f"{wrong.number:,} wrong passwords were"
    return (
        f"{tried} tried since {when}. None of them opened anything, and it is on record. "
        "If it was not you, tell your manager."
    )


def _wrong_passwords(path: Path) -> WrongPasswords | None:
    tried = keys.wrong_since_unlock(keys_path(path))
    if tried is None:
        return None
    try:
        since = datetime.fromtimestamp(tried.since, UTC)
    except (OverflowError, OSError, ValueError):  # the count lies beside the store, where anybody can write
        since = utc_now()
    return WrongPasswords(tried.number, since)


def _arrived(store: Store, user_id: UUID, recovering: bool, wrong: WrongPasswords | None) -> Actor:
    """Return who signs in, and record it. Raises WrongKey for a stranger and for somebody who has left."""
    from db import people
    from db.looks import record_look

    opening = Actor(user_id, "", None, frozenset({"administrator"}))
    with store.session(opening, "Sign in", purpose="users") as session:
        found = people.first_administrator(session) if recovering else people.by_id(session, user_id)
        if not found or found[0].left_on:
            raise keys.WrongPassword
        worker, team = found
        session.info["actor"] = actor = actor_of(worker, team)
        record_look(session, "sign in", tbl="worker", row_id=worker.id)
        if wrong:
            detail = {"number": wrong.number, "since": wrong.since.isoformat(timespec="seconds")}
            record_look(session, "wrong password", tbl="store", detail=detail)
    return actor


def actor_of(worker: Worker, team: Team | None) -> Actor:
    """Return a worker as somebody who is at work."""
    name = team.name if team else ""
    return Actor(worker.id, worker.name, worker.team_id, frozenset(worker.roles), worker.job, name)


def suggested_user_name(name: str) -> str:
    """Return a user name that every keyboard can type: small letters, digits and dots.

    >>> suggested_user_name("Aoife O’Brien-Núñez")
    'aoife.obriennunez'
    """
    return ".".join(ascii_words(name))


def check_password(password: str, user_name: str) -> None:
    """Raise Problem unless a password is strong enough."""
    problem = passwords.problems_with(password, user_name)
    if problem:
        raise Problem(problem)


def new_worker(
    worker_id: UUID, user_name: str, name: str, roles: Sequence[str], team_id: UUID | None, job: str
) -> Worker:
    """Return the row of a new worker, who signs in by the user name."""
    from db.models import Worker

    return Worker(
        id=worker_id,
        name=name.strip(),
        sort_name=by_family_name(name),
        job=job,
        team_id=team_id,
        user_name=user_name.strip(),
        roles=list(roles),
    )


def by_family_name(name: str) -> str:
    """Return a worker's name as lists are sorted by it.

    >>> by_family_name("Ada de la Mensah")
    'mensah ada de la'
    """
    from db.names import fold

    return " ".join(reversed(fold(name).rsplit(" ", 1)))


def change_password(path: Path, keyring: keys.Keyring, user_name: str, password: str) -> None:
    """Give oneself another password. Raises Problem for a weak one."""
    check_password(password, user_name)
    keys.change_password(keys_path(path), keyring, user_name=user_name, password=password)


def change_own_password(signed_in: SignedIn, user_name: str, password: str, *, present: str | None) -> None:
    """Give whoever is signed in another password; `present` may lack for whom the recovery key let in alone.

    Raises Problem for a weak new password or a wrong present one, Throttled after five wrong ones.
    """
    path = signed_in.store.path
    if path is None:
        raise RuntimeError("A store in memory has no key file.")
    check_password(password, user_name)
    if present is not None or not signed_in.by_recovery:
        _check_present(path, user_name, present or "")
    change_password(path, signed_in.keyring, user_name, password)


def _check_present(path: Path, user_name: str, present: str) -> None:
    try:
        keys.unlock(keys_path(path), user_name, present).wipe()
    except keys.WrongPassword:
        raise Problem(
            "The present password is not right. Nothing was changed. Type it again; Caps Lock may be on."
        ) from None


def renew_recovery_key(signed_in: SignedIn, printed: str) -> None:
    """Put another recovery key in force; the old sheet opens the store no more. For administrators.

    `printed` is a fresh one of `passwords.new_recovery_key`, on paper already. Raises NotSaved: the old one
    then still holds.
    """
    from db.looks import record_look

    authorise(signed_in.actor, "users")
    path = signed_in.store.path
    if path is None:
        raise RuntimeError("A store in memory has no key file.")
    with signed_in.store.session(signed_in.actor, "New recovery key", purpose="users") as session:
        record_look(session, "new recovery key", tbl="store")
    keys.renew_recovery(keys_path(path), signed_in.keyring, printed)
