"""Who can sign in and with which roles, and workers who do not sign in. For administrators."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from caseapp.accounts import check_password, keys_path, new_worker
from caseapp.lines import line
from db import key_file, keys, people, rekey, settings
from db.models import Team, Worker
from db.moments import new_id, utc_now
from db.problems import NotFound, Problem
from db.roles import ROLES, authorise
from db.store import Session


class UserRow(NamedTuple):
    """Somebody who can sign in, or once could."""

    id: UUID
    user_name: str
    name: str
    roles: tuple[str, ...]
    team: str
    active: bool
    job: str = ""


def users(session: Session) -> list[UserRow]:
    """Return everybody who can sign in or once could, by name. For administrators."""
    authorise(session.actor, "users")
    return [
        UserRow(
            each.id,
            each.user_name or "",
            each.name,
            tuple(each.roles),
            team or "",
            not each.left_on,
            each.job,
        )
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
    authorise(session.actor, "users")
    check_password(password, user_name)
    unknown = [each for each in roles if each not in ROLES]
    if unknown or not roles:
        raise Problem(f"Roles are {', '.join(ROLES)}. Nothing was added.")
    if people.worker_of_user(session, user_name.strip()):
        raise Problem(f"There is already a user {user_name}. Nothing was added. Choose another name.")
    name, job, team = (
        line(each, what) for each, what in ((name, "A name"), (job, "A job"), (team, "A team"))
    )
    worker = new_worker(new_id(), user_name, name, roles, team_id(session, team), job)
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
    for slot in key_file.load(path).people():
        if not people.by_id(session, slot.user_id):
            keys.remove_user(path, slot.user_id)


def add_worker(session: Session, *, name: str, job: str = "", team: str = "") -> UUID:
    """Add a worker who does not sign in, such as a reviewing officer. For administrators."""
    authorise(session.actor, "users")
    name, job, team = (
        line(each, what) for each, what in ((name, "A name"), (job, "A job"), (team, "A team"))
    )
    if not name:
        raise Problem("A worker needs a name. Nothing was added.")
    worker = new_worker(new_id(), "", name, (), team_id(session, team), job)
    worker.user_name = None
    session.add(worker)
    session.flush()
    return worker.id


def team_id(session: Session, name: str) -> UUID | None:
    """Return the team of a name, made where there is none; without a name one's own."""
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
    worker = user(session, user_name)
    unknown = [each for each in roles if each not in ROLES]
    if unknown or not roles:
        raise Problem(f"Roles are {', '.join(ROLES)}. Nothing was changed.")
    if worker.id == session.actor.worker_id and "administrator" not in roles:
        raise Problem("You cannot take the administrator's role from yourself. Nothing was changed.")
    worker.roles = list(roles)


def children_of(session: Session, user_name: str) -> int:
    """Return how many open cases are allocated to a user: a number alone. For administrators."""
    from db.caseload_workers import held_now

    authorise(session.actor, "users")
    return held_now(session, session.today).get(user(session, user_name).id, 0)


def disable(session: Session, user_name: str) -> None:
    """Keep a user from signing in from now on; what they wrote stays. For administrators.

    They still know the data key: `rekeying.change_keys` takes it from them.
    """
    authorise(session.actor, "users")
    worker = user(session, user_name)
    if worker.id == session.actor.worker_id:
        raise Problem("You cannot disable yourself. Nothing was changed.")
    worker.left_on = session.today
    settings.put(session, rekey.REKEY_DUE, utc_now().isoformat(timespec="seconds"))
    session.flush()
    with suppress(NotFound):  # the slot went at an earlier try, whose change to the store was not written
        keys.remove_user(keys_path(session.info["store_path"]), worker.id)


def user(session: Session, user_name: str) -> Worker:
    """Return who signs in by a user name. Raises NotFound."""
    worker = people.worker_of_user(session, user_name.strip())
    if not worker:
        raise NotFound(f"There is no user {user_name}.")
    return worker
