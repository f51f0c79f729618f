"""The manager's decision on a signed pathway plan, and a review asked for.

Sources: Care Planning Regulations 2010 regs 42 and 43; Care Leavers Regulations 2010 regs 5 to 8.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from caseapp import dates
from caseapp.lines import paragraphs
from caseapp.pathway import cycle, records
from caseapp.pathway.new_rows import NewLeavingEvent
from db.children import child_of
from db.models import PlanApproval, Revision
from db.problems import NotAllowed, NotFound, Problem
from db.store import Session


def approve(session: Session, revision_id: UUID, note: str) -> None:
    """Put a signed plan in force; the one before it is superseded, and the clock for approval stops.

    Raises Problem with all that is missing, NotAllowed if it is one's own or the role's.
    """
    _decide(session, revision_id, "approved", note)


def send_back(session: Session, revision_id: UUID, note: str) -> None:
    """Send a signed plan back to be put right; the note says what. Raises as `approve` does."""
    _decide(session, revision_id, "returned", note)


def ask_for_review(session: Session, child_id: UUID, on: date, said: str) -> UUID:
    """Record that the young person, or the adviser, asked for a review; it is due at once (reg 7)."""
    return records.add(session, child_id, NewLeavingEvent("review_asked", on, words=said))


def _decide(session: Session, revision_id: UUID, kind: str, note: str) -> None:
    revision = session.get(Revision, revision_id)
    if not revision or revision.kind != cycle.PLAN:
        raise NotFound("There is no such plan, or you may not see it.")
    state, text = cycle.state_of(session, revision), paragraphs(note, "A note")
    denied = cycle.refused(session, revision)
    said = [*denied]
    if state.key != "signed":
        said.append(f"Only a signed plan is decided on: this one is “{state.words.lower()}”.")
    if not text:
        said.append("Write the manager's note: what was looked at, and what is to be done.")
    if said:
        raise (NotAllowed if denied else Problem)(f"{' '.join(said)} Nothing was changed.")
    session.add(
        PlanApproval(
            child_id=revision.child_id,
            revision_id=revision_id,
            kind=kind,
            happened_on=session.today,
            note=text,
        )
    )
    dates.refresh(session, child_of(session, revision.child_id))
