"""Who may do what: one table of role × action, read by guard, use cases and screens alike.

In a local file these rights are kept by the program, not by cryptography.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from db.problems import NotAllowed

ROLES: dict[str, str] = {
    "practitioner": "Practitioner",
    "manager": "Team manager",
    "administrator": "Administrator",
    "reader": "Read only",
}

# Whose records an action reaches. «team» is one's own team and one's own children; «unallocated» adds
# children without a worker; «every» is any record but those that are absent for others; «store» is an act
# on the store itself, which shows no record.
NOBODY, TEAM, UNALLOCATED, EVERY, STORE = "nobody", "team", "team and unallocated", "every", "store"

# How a record stands to somebody. A restricted one is open to those named alone; others are told to ask
# somebody about it, or for them it is absent. In an emergency one person is let into one record for an hour.
ORDINARY, NAMED, EMERGENCY, ASK, ABSENT = "ordinary", "named", "emergency", "ask", "absent"
IN_EMERGENCY = frozenset({"read", "note", "emergency"})
"""What somebody may do who is in a record because of an emergency."""

ACTIONS: dict[str, dict[str, str]] = {
    "read": {"practitioner": TEAM, "manager": UNALLOCATED, "reader": TEAM},
    "register": {"practitioner": TEAM, "manager": UNALLOCATED},
    "write": {"practitioner": TEAM, "manager": UNALLOCATED},
    "note": {"practitioner": TEAM, "manager": UNALLOCATED},
    "sign": {"practitioner": TEAM, "manager": UNALLOCATED},
    "print": {"practitioner": TEAM, "manager": UNALLOCATED, "reader": TEAM},
    "export": {"practitioner": TEAM, "manager": UNALLOCATED},
    "bulk export": {"manager": UNALLOCATED},
    "allocate": {"manager": UNALLOCATED},
    "approve": {"manager": UNALLOCATED},
    "restrict": {"manager": UNALLOCATED},
    "emergency": {"practitioner": EVERY, "manager": EVERY},
    "import": {"administrator": STORE},
    "backup": {"administrator": STORE},
    "restore": {"administrator": STORE},
    "users": {"administrator": STORE},
    "licences": {"administrator": STORE},
    "settings": {"administrator": STORE},
    "check": {"administrator": STORE, "manager": STORE, "practitioner": STORE, "reader": STORE},
}


@dataclass(frozen=True)
class Actor:
    """Who is at work: a worker with one or more roles."""

    worker_id: UUID
    name: str
    team_id: UUID | None
    roles: frozenset[str]
    job: str = ""
    team: str = ""


class Subject(NamedTuple):
    """What an act is about, as far as rights depend on it."""

    team_id: UUID | None
    worker_id: UUID | None
    state: str = "open"  # open, or signed: closed for good
    way: str = ORDINARY  # or named, emergency, ask, absent


class Answer(NamedTuple):
    """Whether an act is allowed, and if not, why. `hidden` means: do not even say that it exists."""

    allowed: bool
    reason: str = ""
    hidden: bool = False


def scopes(actor: Actor, action: str) -> frozenset[str]:
    """Return whose records the actor's roles reach with an action."""
    return frozenset(
        scope for role, scope in ACTIONS[action].items() if role in actor.roles and scope != NOBODY
    )


def may(actor: Actor, action: str, subject: Subject | None = None) -> Answer:
    """Return whether the actor may act: at all, or upon a subject."""
    reach = scopes(actor, action)
    if not reach:
        titles = " or ".join(ROLES[role].lower() for role in ACTIONS[action])
        return Answer(
            False,
            f"Your role does not allow this ({action}). It is for: {titles}. Nothing was changed. Ask one of "
            "them to do it.",
        )
    if subject is None or STORE in reach:
        return Answer(True)
    if not _reaches(actor, reach, subject):
        return Answer(False, "There is no such record.", hidden=True)
    if subject.way == EMERGENCY and action not in IN_EMERGENCY:
        return Answer(
            False, "You opened this record in an emergency: you may read it and write a note, nothing else."
        )
    if subject.state == "signed" and action == "write":
        return Answer(False, "This is signed and stays as it is. Make a correction instead.")
    return Answer(True)


def authorise(actor: Actor, action: str, subject: Subject | None = None) -> None:
    """Raise NotAllowed unless the actor may act."""
    answer = may(actor, action, subject)
    if not answer.allowed:
        raise NotAllowed(answer.reason)


def _reaches(actor: Actor, reach: frozenset[str], subject: Subject) -> bool:
    if subject.way in (ASK, ABSENT):
        return EVERY in reach and subject.way == ASK
    if subject.way in (NAMED, EMERGENCY) or EVERY in reach:
        return True
    if subject.worker_id == actor.worker_id:
        return True
    if subject.team_id is not None and subject.team_id == actor.team_id:
        return True
    return UNALLOCATED in reach and subject.worker_id is None
