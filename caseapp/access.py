"""Who may read a record and who has: restricting it, the hour of an emergency, the access page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.lines import line, paragraphs
from db import access as queries
from db.looks import record_look
from db.models import RESTRICTIONS, AccessGrant, Child, Worker
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.reach import subject_of
from db.roles import Actor, Subject, authorise, may
from db.store import Session

HOUR: Final = timedelta(minutes=60)
LEAST_REASON: Final = 15
KINDS: Final = {
    "absent": "Absent: as if there were no such record",
    "exists": "Exists: whoever gives the whole name or the reference is told whom to ask",
}
"""What others are told of a restricted record."""
_UNKNOWN: Final = (
    "There is no such record. Nothing was opened. "
    "Check the reference, or the whole name and the date of birth."
)


@dataclass(frozen=True)
class Restriction:
    """How a record is restricted: what others are told, who may read it, and whom others are told to ask."""

    kind: str
    named: Collection[UUID]
    reason: str
    ask_id: UUID | None = None


@dataclass(frozen=True)
class Emergency:
    """What is said to open one record in an emergency: a reference, or name and birthday; and why."""

    reason: str
    ref: str = ""
    name: str = ""
    born_on: date | None = None


class Reader(NamedTuple):
    """Somebody who may read a record, and why."""

    worker_id: UUID
    name: str
    why: str


class Opening(NamedTuple):
    """An emergency in which somebody opened the record. `reviewed` is empty while it waits for review."""

    grant_id: UUID
    who: str
    why: str
    from_at: datetime
    until_at: datetime
    is_own: bool
    reviewed: str
    finding: str


class Looker(NamedTuple):
    """Somebody who has looked at the record."""

    worker_id: UUID
    name: str
    first_at: datetime
    last_at: datetime
    times: int


class AccessView(NamedTuple):
    """The access page. `restricted` is empty for an ordinary record; `named` and `ask_id` fill the form."""

    restricted: str
    restricted_words: str
    readers: list[Reader]
    openings: list[Opening]
    lookers: list[Looker]
    may_restrict: bool
    may_review: bool
    named: tuple[UUID, ...]
    ask_id: UUID | None
    choices: tuple[tuple[str, str], ...]
    """Everybody who may be named: id and name with team."""


# Restricting


def restrict(session: Session, child_id: UUID, new: Restriction) -> None:
    """Restrict a record to named people, or change who they are and what others are told.

    Whoever does it and the child's worker are always named. Raises Problem, NotFound, NotAllowed.
    """
    child = _child(session, child_id)
    authorise(session.actor, "restrict", subject_of(session, child.id))
    reason = _reason(new.reason)
    if new.kind not in RESTRICTIONS:
        raise Problem("Say what others are told: that the record is absent, or whom to ask. Nothing changed.")
    named = {*new.named, session.actor.worker_id} | ({child.worker_id} if child.worker_id else set())
    known = {worker.id for worker, _ in queries.workers(session) if not worker.left_on}
    if not named - ({child.worker_id} - known) <= known:
        raise Problem("One of those named is no worker of ours any more. Nothing changed. Choose again.")
    with session.no_autoflush:  # in one flush: half a restriction would shut out whoever is making it
        _name(session, child, named, reason)
        child.restricted = new.kind
        child.ask_id = (new.ask_id or session.actor.worker_id) if new.kind == "exists" else None
        _write(session, reason)


def lift(session: Session, child_id: UUID, reason: str) -> None:
    """Make a restricted record an ordinary one again. Raises Problem, NotFound, NotAllowed."""
    child = _child(session, child_id)
    authorise(session.actor, "restrict", subject_of(session, child.id))
    said = _reason(reason)
    if child.restricted is None:
        raise Problem("This record is not restricted. Nothing changed.")
    with session.no_autoflush:
        for grant in queries.grants(session, child.id):
            if grant.kind == "named" and grant.until_at is None:
                grant.until_at = utc_now()
        child.restricted = child.ask_id = None
        _write(session, said)


def _name(session: Session, child: Child, named: set[UUID], reason: str) -> None:
    """Let the named in, and end the ways of everybody else, those of an emergency too."""
    now = utc_now()
    running = [each for each in queries.grants(session, child.id) if _runs(each, now)]
    for grant in running:
        if grant.worker_id not in named:
            grant.until_at = now
    already = {each.worker_id for each in running if each.kind == "named"}
    session.add_all(
        AccessGrant(child_id=child.id, worker_id=each, kind="named", why=reason, from_at=now)
        for each in sorted(named - already)
    )


def name_worker(session: Session, child: Child, worker_id: UUID) -> None:
    """Let the worker to whom a restricted child is allocated in; whoever had the child stays named."""
    now = utc_now()
    named = {each.worker_id for each in queries.grants(session, child.id)
             if each.kind == "named" and _runs(each, now)}  # fmt: skip
    if child.restricted and worker_id not in named:
        session.add(
            AccessGrant(child_id=child.id, worker_id=worker_id, kind="named", why="allocated", from_at=now)
        )


def _runs(grant: AccessGrant, now: datetime) -> bool:
    return grant.until_at is None or grant.until_at > now


def _write(session: Session, reason: str) -> None:
    """Save, with the reason in the history of this change alone."""
    before, session.info["reason"] = session.info["reason"], reason
    session.flush()
    session.info["reason"] = before


def _reason(typed: str) -> str:
    reason = line(typed, "A reason")
    if not reason:
        raise Problem("This needs a reason. Nothing changed. Say why in a few words.")
    return reason


# What others are told


def told(session: Session, text: str) -> str:
    """Return what the find box says of restricted records that a whole name or a reference names exactly.

    Nothing for the named, for those out of whose reach the record would be, and of absent ones. It is
    recorded that it was said.
    """
    asked = queries.whom_to_ask(session, words.tidy(text))
    if not asked:
        return ""
    record_look(session, "search", detail={"told": "restricted", "ask": asked})
    persons = words.listed([each or "a team manager" for each in asked], "or")
    return f"There is a restricted record. Ask {persons}."


# Emergencies


def open_in_emergency(session: Session, asked: Emergency) -> UUID:
    """Let whoever is at work into one record for an hour, and return the child's id.

    It is recorded before anything is shown, and stands among the manager's approvals until reviewed. A
    record that is in reach anyway is opened as usual. Raises Problem, NotFound, NotAllowed.
    """
    authorise(session.actor, "emergency")
    reason = _emergency_reason(asked.reason)
    found = queries.in_an_emergency(session, *_exactly(asked))
    if len(found) != 1:
        record_look(session, "search", detail={"emergency": reason, "found": len(found)})
        session.commit()  # the try is kept though nothing is opened
        if found:
            raise Problem("Several children have this name and date of birth. Nothing was opened. "
                          "Give the reference.")  # fmt: skip
        raise NotFound(_UNKNOWN)
    (child_id,) = found
    if session.get(Child, child_id):
        return child_id
    now = utc_now()
    grant = AccessGrant(
        child_id=child_id, worker_id=session.actor.worker_id, kind="emergency", why=reason,
        from_at=now, until_at=now + HOUR,
    )  # fmt: skip
    session.add(grant)
    session.flush()
    record_look(session, "emergency", child_id, row_id=grant.id, detail={"what": reason})
    session.commit()
    return child_id


def _emergency_reason(typed: str) -> str:
    reason = paragraphs(typed, "A reason")
    if sum(map(str.isalpha, reason)) < LEAST_REASON:
        raise Problem(
            f"Say why in {LEAST_REASON} letters or more. Nothing was opened. The child’s manager reads it."
        )
    return reason


def _exactly(asked: Emergency) -> tuple[int | None, str, date | None]:
    ref, name = asked.ref.strip(), words.tidy(asked.name).strip()
    if ref:
        if not (ref.isascii() and ref.isdecimal() and len(ref) < 10):
            raise Problem("A reference is a number. Nothing was opened. Check it, or give name and birthday.")
        return int(ref), "", None
    if len(name.split()) < 2 or asked.born_on is None:
        raise Problem(
            "Give the reference, or the whole name and the date of birth. Nothing was opened. "
            "One record opens, so it has to be the right one."
        )
    return None, name, asked.born_on


def shut_words(session: Session, child_id: UUID) -> str:
    """Return why a record does not open: the hour is over, or the words that tell nothing."""
    if queries.had_an_hour(session, child_id):
        return (
            "The hour for which you opened this record is over: it is shut again. What you wrote is kept. "
            "Ask the child’s team, or open it in an emergency anew."
        )
    return "There is no such record, or you may not see it."


def review(session: Session, grant_id: UUID, finding: str) -> None:
    """Record what a manager, not who opened it, finds about an emergency. Raises Problem, NotAllowed."""
    grant = session.get(AccessGrant, grant_id)
    if not grant or grant.kind != "emergency":
        raise NotFound("There is no such opening, or you may not see it.")
    authorise(session.actor, "approve", subject_of(session, grant.child_id))
    if grant.worker_id == session.actor.worker_id:
        raise Problem("You opened this record: somebody else reviews it. Nothing was recorded.")
    if grant.reviewed_at:
        raise Problem("This was reviewed already. Nothing was recorded.")
    said = paragraphs(finding, "A finding")
    if not said:
        raise Problem("Say what you found. Nothing was recorded.")
    grant.reviewed_at, grant.reviewed_by, grant.finding = utc_now(), session.actor.worker_id, said
    session.flush()


# The access page


def page(session: Session, child_id: UUID) -> AccessView:
    """Return who may read and who has read a child's record that is open."""
    child = _child(session, child_id)
    everybody = queries.workers(session)
    names = {worker.id: worker.name for worker, _ in everybody}
    grants, now = queries.grants(session, child.id), utc_now()
    named = tuple(each.worker_id for each in grants if each.kind == "named" and _runs(each, now))
    subject = subject_of(session, child.id)
    here = [(worker, team) for worker, team in everybody if not worker.left_on]
    readers = _readers(child, here, named)
    is_anybody_here = any(worker.id in named for worker, _ in here)
    return AccessView(
        child.restricted or "", _restricted_words(child, names, is_anybody_here),
        readers, [_opening(session, each, names) for each in grants if each.until_at
                                       and each.kind == "emergency"],
        [Looker(row.worker_id, names.get(row.worker_id, "Somebody"), *row[1:])
         for row in queries.lookers(session, child.id)],
        may(session.actor, "restrict", subject).allowed, may(session.actor, "approve", subject).allowed,
        named, child.ask_id,
        tuple((str(worker.id), f"{worker.name}{f', {team}' if team else ''}") for worker, team in here
              if _may_read_at_all(worker)),
    )  # fmt: skip


def _restricted_words(child: Child, names: dict[UUID, str], is_anybody_here: bool) -> str:
    if child.restricted and not is_anybody_here:
        return (
            "Restricted, and everybody named has left. Until you name people anew, the managers in whose "
            "reach it would be without the restriction may read it."
        )
    if child.restricted == "exists":
        asked = names.get(child.ask_id, "a team manager") if child.ask_id else "a team manager"
        return f"Restricted to named people. Others are told that there is a record, and to ask {asked}."
    if child.restricted == "absent":
        return "Restricted to named people. For everybody else there is no such record."
    return "Not restricted: the child’s team and worker may read it."


def _readers(child: Child, here: list[tuple[Worker, str]], named: Collection[UUID]) -> list[Reader]:
    """Return who may read a record, the child's worker first."""
    found = []
    for worker, _ in here:
        if child.restricted and worker.id not in named:
            continue
        if why := _why_may_read(child, worker, named):
            found.append(Reader(worker.id, worker.name, why))
    return sorted(found, key=lambda each: (each.worker_id != child.worker_id, each.name.casefold()))


def _why_may_read(child: Child, worker: Worker, named: Collection[UUID]) -> str:
    """Return why somebody may read a record; nothing if they may not."""
    actor = Actor(worker.id, worker.name, worker.team_id, frozenset(worker.roles))
    if not may(actor, "read").allowed:
        return ""
    if worker.id == child.worker_id:
        return "the child’s worker"
    if worker.id in named:
        return "named"
    if not may(actor, "read", Subject(child.team_id, child.worker_id)).allowed:
        return ""
    return "of the child’s team" if worker.team_id == child.team_id else "manager: the child has no worker"


def _may_read_at_all(worker: Worker) -> bool:
    return may(Actor(worker.id, worker.name, None, frozenset(worker.roles)), "read").allowed


def _opening(session: Session, grant: AccessGrant, names: dict[UUID, str]) -> Opening:
    by = names.get(grant.reviewed_by, "somebody") if grant.reviewed_by else ""
    return Opening(
        grant.id, names.get(grant.worker_id, "Somebody"), grant.why, grant.from_at,
        grant.until_at or grant.from_at, grant.worker_id == session.actor.worker_id,
        f"by {by} {words.moment(grant.reviewed_at)}" if grant.reviewed_at else "", grant.finding,
    )  # fmt: skip


def _child(session: Session, child_id: UUID) -> Child:
    child = session.get(Child, child_id)
    if not child:
        raise NotFound(shut_words(session, child_id))
    return child
