"""Accounts: make a store, sign in, users and their roles. A stranger and a slip get the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from db import key_file, keys, lockfile, passwords
from db.moments import new_id
from db.problems import NotFound, NotSaved, Problem
from db.roles import ROLES, Actor, authorise

if TYPE_CHECKING:
    from db.models import Team, Worker
    from db.store import Session, Store


@dataclass(frozen=True)
class SignedIn:
    """An open store, who is at work in it, and the lock that keeps a second window out."""

    store: Store
    actor: Actor
    keyring: keys.Keyring
    lock: lockfile.Held

    def close(self) -> None:
        """Close the store and give it free."""
        self.store.close()
        self.lock.close()


class NewStore(NamedTuple):
    """A store just made: its first user signed in, and the recovery key to be written down."""

    signed_in: SignedIn
    recovery_key: str


class UserRow(NamedTuple):
    """Somebody who can sign in, or once could."""

    id: UUID
    user_name: str
    name: str
    roles: tuple[str, ...]
    team: str
    active: bool


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

    _check_password(password, user_name)
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
            session.add(_worker(worker_id, user_name, name, roles, team_id, actor.job))
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


def sign_in(path: Path, user_name: str, password: str, *, window: bool = False) -> SignedIn:
    """Open a store; a window has it alone, commands share it.

    Raises WrongKey without saying which of the two was wrong, InUse, Damaged, or Problem.
    """
    if not path.exists():
        raise Problem(f"There is no store at {path}. Check the name, or restore a backup.")
    keyring = keys.unlock(keys_path(path), user_name, password)
    signed_in = _opened(path, keyring, user_name, window)
    if window:
        keys.strengthen(keys_path(path), keyring, user_name=user_name, password=password)
    return signed_in


def sign_in_with_recovery(path: Path, recovery_key: str) -> SignedIn:
    """Open a store with its recovery key, as the first administrator. Raises WrongKey."""
    keyring = keys.unlock_with_recovery(keys_path(path), recovery_key)
    return _opened(path, keyring, "recovery key", True, recovering=True)


def _opened(
    path: Path, keyring: keys.Keyring, user_name: str, window: bool, *, recovering: bool = False
) -> SignedIn:
    from db.store import open_store

    lock = lockfile.hold(lock_path(path), user_name, alone=window)
    try:
        store = open_store(path, keyring.dek)
        actor = _arrived(store, keyring.user_id, recovering)
    except BaseException:
        lock.close()
        raise
    return SignedIn(store, actor, keyring, lock)


def _arrived(store: Store, user_id: UUID, recovering: bool) -> Actor:
    """Return who signs in, and record it. Raises WrongKey for a stranger and for somebody who has left."""
    from db import people
    from db.guard import record_look

    opening = Actor(user_id, "", None, frozenset({"administrator"}))
    with store.session(opening, "Sign in", purpose="users") as session:
        found = people.first_administrator(session) if recovering else people.by_id(session, user_id)
        if not found or found[0].left_on:
            raise keys.WrongPassword
        worker, team = found
        session.info["actor"] = actor = _actor(worker, team)
        record_look(session, "sign in", tbl="worker", row_id=worker.id)
    return actor


def _actor(worker: Worker, team: Team | None) -> Actor:
    name = team.name if team else ""
    return Actor(worker.id, worker.name, worker.team_id, frozenset(worker.roles), worker.job, name)


def _check_password(password: str, user_name: str) -> None:
    problem = passwords.problems_with(password, user_name)
    if problem:
        raise Problem(problem)


def _worker(
    worker_id: UUID, user_name: str, name: str, roles: Sequence[str], team_id: UUID | None, job: str
) -> Worker:
    from db.models import Worker
    from db.names import fold

    return Worker(
        id=worker_id,
        name=name.strip(),
        sort_name=" ".join(reversed(fold(name).rsplit(" ", 1))),
        job=job,
        team_id=team_id,
        user_name=user_name.strip(),
        roles=list(roles),
    )


def users(session: Session) -> list[UserRow]:
    """Return everybody who can sign in or once could, by name. For administrators."""
    from db import people

    authorise(session.actor, "users")
    return [
        UserRow(each.id, each.user_name or "", each.name, tuple(each.roles), team or "", not each.left_on)
        for each, team in people.users(session)
    ]


def add_user(
    session: Session,
    keyring: keys.Keyring,
    *,
    user_name: str,
    name: str,
    password: str,
    roles: Sequence[str],
    team: str = "",
    job: str = "",
) -> UUID:
    """Add somebody who can sign in. For administrators. Raises Problem for a name taken or a weak password.

    The session's purpose is «users».
    """
    from db import people

    authorise(session.actor, "users")
    _check_password(password, user_name)
    unknown = [each for each in roles if each not in ROLES]
    if unknown or not roles:
        raise Problem(f"Roles are {', '.join(ROLES)}. Nothing was added.")
    if people.worker_of_user(session, user_name.strip()):
        raise Problem(f"There is already a user {user_name}. Nothing was added. Choose another name.")
    worker = _worker(new_id(), user_name, name, roles, _team_id(session, team), job)
    session.add(worker)
    session.flush()
    # The slot last: by itself it lets nobody in, since signing in asks for a worker too.
    path = keys_path(session.info["store_path"])
    if keys.has_user(path, user_name):
        _forget_strangers(session, path)
    keys.add_user(path, keyring, user_name=user_name.strip(), user_id=worker.id, password=password)
    return worker.id


def _forget_strangers(session: Session, path: Path) -> None:
    """Take away slots whose user the store never got to know: it failed after the key file was written."""
    from db import people

    for slot in key_file.load(path).people():
        if not people.by_id(session, slot.user_id):
            keys.remove_user(path, slot.user_id)


def add_worker(session: Session, *, name: str, job: str = "", team: str = "") -> UUID:
    """Add a worker who does not sign in, such as a reviewing officer. For administrators."""
    authorise(session.actor, "users")
    worker = _worker(new_id(), "", name, (), _team_id(session, team), job)
    worker.user_name = None
    session.add(worker)
    session.flush()
    return worker.id


def _team_id(session: Session, name: str) -> UUID | None:
    from db import people
    from db.models import Team

    if not name:
        return session.actor.team_id
    found = people.team(session, name)
    if not found:
        found = Team(name=name)
        session.add(found)
        session.flush()
    return found.id


def set_roles(session: Session, user_name: str, roles: Sequence[str]) -> None:
    """Give a user other roles. For administrators, who cannot take that role from themselves."""
    authorise(session.actor, "users")
    worker = _user(session, user_name)
    unknown = [each for each in roles if each not in ROLES]
    if unknown or not roles:
        raise Problem(f"Roles are {', '.join(ROLES)}. Nothing was changed.")
    if worker.id == session.actor.worker_id and "administrator" not in roles:
        raise Problem("You cannot take the administrator's role from yourself. Nothing was changed.")
    worker.roles = list(roles)


def disable(session: Session, user_name: str) -> None:
    """Keep a user from signing in from now on; what they wrote stays. For administrators."""
    authorise(session.actor, "users")
    worker = _user(session, user_name)
    if worker.id == session.actor.worker_id:
        raise Problem("You cannot disable yourself. Nothing was changed.")
    worker.left_on = session.today
    session.flush()
    with suppress(NotFound):  # the slot went at an earlier try, whose change to the store was not written
        keys.remove_user(keys_path(session.info["store_path"]), worker.id)


def change_password(path: Path, keyring: keys.Keyring, user_name: str, password: str) -> None:
    """Give oneself another password. Raises Problem for a weak one."""
    _check_password(password, user_name)
    keys.change_password(keys_path(path), keyring, user_name=user_name, password=password)


def _user(session: Session, user_name: str) -> Worker:
    from db import people

    worker = people.worker_of_user(session, user_name.strip())
    if not worker:
        raise NotFound(f"There is no user {user_name}.")
    return worker
