"""The caseload meeting of a team: who was there, what was agreed, what was decided about staffing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.lines import line, paragraphs
from caseapp.typed_rows import check_order, check_past, refuse_unless
from db import caseload_workers as queries
from db.models import CaseloadReview
from db.problems import NotAllowed
from db.roles import authorise
from db.store import Session

PURPOSE: Final = "allocate"
"""Of the session that records a meeting: the right of those who give out cases."""


@dataclass(frozen=True)
class NewMeeting:
    """A meeting as it is typed; `agreed` is an action a line."""

    held_on: date
    present: str
    words: str = ""
    agreed: tuple[str, ...] = ()
    staffing: str = ""
    next_on: date | None = None


class Meeting(NamedTuple):
    """A meeting on the record."""

    id: UUID
    held_on: date
    present: str
    words: str
    agreed: tuple[str, ...]
    staffing: str
    next_on: date | None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return the meeting as labels and what stands beside them; what was not said is left out."""
        told = (
            ("Present", self.present),
            ("Talked about", self.words),
            ("Agreed", "\n".join(self.agreed)),
            ("Staffing", self.staffing),
            ("Next meeting", words.day(self.next_on) if self.next_on else ""),
        )
        return tuple((label, said) for label, said in told if said)


def meetings(session: Session, team_id: UUID | None, until: date) -> tuple[Meeting, ...]:
    """Return a team's meetings held by a day, the latest first. For the managers of the team."""
    authorise(session.actor, "allocate")
    if team_id is None or team_id != session.actor.team_id:
        return ()
    return tuple(
        Meeting(
            each.id, each.held_on, each.present, each.words, tuple(each.agreed), each.staffing, each.next_on
        )
        for each in queries.meetings(session, team_id, until)
    )


def record(session: Session, team_id: UUID, new: NewMeeting) -> UUID:
    """Record a meeting of one's own team. Raises NotAllowed, Problem for what cannot be."""
    authorise(session.actor, "allocate")
    if team_id != session.actor.team_id:
        raise NotAllowed("A caseload meeting is recorded by a manager of the team.")
    check_past(session, new.held_on)
    check_order(new.held_on, new.next_on, "be followed by a meeting before it")
    present = line(new.present, "Present")
    refuse_unless(bool(present), "Say who was present.")
    row = CaseloadReview(
        team_id=team_id,
        held_on=new.held_on,
        present=present,
        words=paragraphs(new.words, "What was talked about"),
        agreed=_lines(new.agreed),
        staffing=paragraphs(new.staffing, "The decision about staffing"),
        next_on=new.next_on,
    )
    session.add(row)
    session.flush()
    return row.id


def _lines(agreed: Sequence[str]) -> list[str]:
    return [found for found in (line(each, "An action") for each in agreed) if found]
