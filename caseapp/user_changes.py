"""What an administrator changes about a user later: a password that was forgotten, a name, job or team."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from caseapp.accounts import by_family_name, check_password, keys_path
from caseapp.lines import line
from caseapp.user_accounts import team_id, user
from db import keys
from db.looks import record_look
from db.problems import NotFound, Problem
from db.roles import authorise
from db.store import Session


class Details(NamedTuple):
    """How a user is called, and where they work; without a team in one's own."""

    name: str
    job: str
    team: str


def set_details(session: Session, user_name: str, details: Details) -> None:
    """Change a user's name, job and team; their children stay with them. For administrators."""
    authorise(session.actor, "users")
    worker = user(session, user_name)
    name, job, team = (
        line(each, what) for each, what in zip(details, ("A name", "A job", "A team"), strict=True)
    )
    if not name:
        raise Problem("A user needs a name. Nothing was changed.")
    worker.name, worker.sort_name = name, by_family_name(name)
    worker.job, worker.team_id = job, team_id(session, team)


def set_password(session: Session, keyring: keys.Keyring, user_name: str, password: str) -> None:
    """Give a user who forgot theirs another password; somebody who was disabled can sign in again.

    For administrators; their own is changed by `accounts.change_password`. What the user wrote stays. They
    sign with a new key from then on, since the old one lay under the password. The session's purpose is
    «users». Raises Problem for a weak password.
    """
    authorise(session.actor, "users")
    worker = user(session, user_name)
    if worker.id == session.actor.worker_id:
        raise Problem("Change your own password under You. Nothing was changed.")
    check_password(password, user_name)
    worker.left_on = None
    record_look(session, "new password", tbl="worker", row_id=worker.id)
    session.flush()
    path = keys_path(session.info["store_path"])
    with suppress(NotFound):  # disabled, or a try before this one that was cut short
        keys.remove_user(path, worker.id)
    keys.add_user(path, keyring, user_name=user_name.strip(), user_id=worker.id, password=password)
