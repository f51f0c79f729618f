"""Giving children to another worker: reason, day, and a handover brief that stands in each child's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import notes, people, words
from caseapp.caseload import handover
from caseapp.notes import NewNote
from caseapp.print_parts import printed
from db import caseload_workers as queries
from db.histories import look_mark
from db.history import NO_CHILD
from db.looks import record_look
from db.models import Child
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.reach import authorise_taking_out, child_subject
from db.roles import authorise
from db.store import Session

MOST = 50


class Move(NamedTuple):
    """A child who is to go, from whom, and the brief as the record makes it."""

    child_id: UUID
    ref: int
    child: str
    worker: str
    brief: str


class Choice(NamedTuple):
    """A worker to choose, with the cases held now."""

    id: UUID
    name: str
    team: str
    held: int


class Offer(NamedTuple):
    """What the dialog shows: the children and those who could take them."""

    moves: tuple[Move, ...]
    workers: tuple[Choice, ...]


@dataclass(frozen=True)
class Reallocation:
    """What was agreed: to whom, from which day, why, and each child's brief as it was edited."""

    worker_id: UUID
    on: date
    reason: str
    briefs: tuple[tuple[UUID, str], ...]


def offer(session: Session, child_ids: Sequence[UUID]) -> Offer:
    """Return what is needed to ask. For team managers. Raises NotAllowed, NotFound, Problem for too many.

    A record that is open in an emergency alone is read there, and given to nobody: that is NotAllowed too.
    """
    authorise(session.actor, "allocate")
    if not 1 <= len(child_ids) <= MOST:
        raise Problem(f"Select 1 to {MOST} children to give to another worker. Nothing was changed.")
    names = {each.id: each.name for each in people.workers(session)}
    moves = []
    for child_id in child_ids:
        child = _child(session, child_id)
        authorise(session.actor, "allocate", child_subject(session, child))
        record_look(session, "open", child.id, row_id=child.id)
        held_by = names.get(child.worker_id, "") if child.worker_id else ""
        moves.append(Move(child.id, child.ref, child.name, held_by, handover.brief(session, child.id)))
    held = queries.held_now(session, session.today)
    workers = tuple(
        Choice(each.id, each.name, each.team, held.get(each.id, 0)) for each in people.workers(session)
    )
    return Offer(tuple(moves), workers)


def reallocate(session: Session, agreed: Reallocation) -> int:
    """Give the children to the worker, all or none; each brief becomes a note first. Return how many went.

    For team managers. Raises Problem for a day to come, one before the case came to its present worker, or
    without a reason; NotFound for a child out of reach.
    """
    authorise(session.actor, "allocate")
    if not agreed.reason.strip():
        raise Problem("Say why the case goes to another worker. Nothing was changed.")
    if agreed.on > session.today:
        raise Problem(
            f"{words.day(agreed.on)} is still to come. Nothing was changed. Choose today or before."
        )
    children = [(_child(session, child_id), brief) for child_id, brief in agreed.briefs]
    for child, _ in children:
        _refuse(session, child, agreed)
    for child, brief in children:
        if brief.strip():
            notes.add(session, child.id, NewNote(agreed.on, "note", f"Handover brief\n\n{brief.strip()}"))
        people.allocate(session, child.id, agreed.worker_id, agreed.reason, effective_on=agreed.on)
    return len(children)


def _refuse(session: Session, child: Child, agreed: Reallocation) -> None:
    if child.worker_id == agreed.worker_id:
        raise Problem(f"{child.name} is with this worker already. Nothing was changed.")
    if child.closed_on:
        raise Problem(f"The case of {child.name} is closed. Nothing was changed.")
    spell = queries.running_spell(session, child.id)
    if spell and agreed.on < spell.from_on:
        raise Problem(
            f"The case of {child.name} has stood as it does since {words.day(spell.from_on)}. Nothing was "
            "changed. Choose that day or a later one."
        )


def briefs_pdf(session: Session, moves: Sequence[Move], to: str, on: date, reason: str) -> bytes:
    """Return the briefs on paper, one after the other. Each print is recorded first. Raises NotAllowed."""
    from caseapp.paper import Block, Heading, record_pdf

    for subject in [child_subject(session, _child(session, each.child_id)) for each in moves]:
        authorise_taking_out(session, "print", subject)
    for each in moves:
        record_look(session, "print", each.child_id, row_id=each.child_id, detail={"what": "Handover brief"})
    ids = sorted(each.child_id.hex for each in moves)
    record_look(session, "print", detail={"what": "Handover briefs", "ids": ids})
    mark = look_mark(session, NO_CHILD)
    session.commit()
    is_one = len(moves) == 1
    heading = Heading(
        title="Handover brief" if is_one else "Handover briefs",
        child_name=moves[0].child if is_one else "",
        born_on=None,
        ref=str(moves[0].ref) if is_one else "",
        subtitle=f"To {to}, from {words.long_day(on)}",
        document="Handover",
        version=words.day(on),
        printed_by=session.actor.name,
        printed_at=utc_now(),
        mark=mark,
        facts=(("Reason", reason),),
    )
    blocks = [
        Block(f"{each.child} ({each.ref})", (("From", each.worker or "Not allocated"),),
              paragraphs=tuple(each.brief.split("\n\n")))
        for each in moves
    ]  # fmt: skip
    return printed(lambda: record_pdf(heading, blocks))


def _child(session: Session, child_id: UUID) -> Child:
    child = session.get(Child, child_id)
    if not child:
        raise NotFound("There is no such record, or you may not see it. Nothing was changed.")
    return child
