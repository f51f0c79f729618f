"""The forms of care in one record: by which rule each is written, and when it is due."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, dates
from caseapp.dates import Due
from caseapp.forms import FORMS
from db.children import child_of
from db.store import Session

TEAM_AROUND_YOU: Final = "team-around-you"
OFFERED_FROM: Final = 14
_CLOCKS: Final = {
    "care-plan": ("L3",),
    "placement-plan": ("L1",),
    "lac-review": ("L5", "L6", "L7", "L26"),
    TEAM_AROUND_YOU: (),
    "health-assessment": ("L13", "L14"),
    "return-interview": ("L19",),
}
"""The forms of care in the order of their cards, with the clocks that say when one is due."""
_RULES: Final = {
    "care-plan": "Before the first placement, at the latest ten working days after it began. What the child "
    "needs, who sees to it, and where they are to grow up.",
    "placement-plan": "Before each placement, at the latest five working days after it began. Signed by the "
    "carer.",
    "lac-review": "The first within 20 working days, the second within three months of it, then at most six "
    "months apart.",
    TEAM_AROUND_YOU: "The young person’s own meeting, best before each review: who is there, what matters, "
    "what was agreed in their words.",
    "health-assessment": "Within 20 working days, then every six months under five and every twelve from "
    "five.",
    "return-interview": "After every time missing, within 72 hours of the return.",
}
_STARTS: Final = {
    "care-plan": "Write the care plan",
    "placement-plan": "Write the placement plan",
    "lac-review": "Write the review’s record",
    TEAM_AROUND_YOU: "Plan the meeting",
    "health-assessment": "Write the assessment",
    "return-interview": "Write up what the child said",
}


class Series(NamedTuple):
    """A form of care in a record. `start`: the words that begin one, nothing where it is not offered."""

    kind: str
    title: str
    rule: str
    dues: list[Due]
    start: str


def all_series(session: Session, child_id: UUID) -> list[Series]:
    """Return the forms of care of a child whose record is open, in the order of their cards."""
    child = child_of(session, child_id)
    due = dates.due_of(session, child)
    is_old_enough = not child.born_on or ages.age(child.born_on, session.today) >= OFFERED_FROM
    found = []
    for kind, clocks in _CLOCKS.items():
        is_offered = kind != TEAM_AROUND_YOU or is_old_enough
        rule = _RULES[kind] if is_offered else f"{_RULES[kind]} Offered from {OFFERED_FROM}."
        due_now = [each for each in due if each.clock in clocks]
        found.append(Series(kind, FORMS[kind].title, rule, due_now, _STARTS[kind] if is_offered else ""))
    return found
