"""The setting-up-home allowance in pence, and the papers a young person has, as the newest plan tells."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway.new_rows import NewMoney
from db import children as queries
from db import plans
from db.children import child_of
from db.models import LeaverMoney
from db.store import Session

GUIDELINE_PENCE: Final = 300_000
"""What the Government's guideline names since 1 April 2023; an area may give more."""
_PLAN: Final = "pathway-plan"
_ENTRY_WORDS: Final = {"grant": "Granted", "spent": "Spent"}


class MoneyRow(NamedTuple):
    """An entry. `left` is what was left of the allowance after it, in pence."""

    id: UUID
    version: int
    on: date
    kind: str
    title: str
    what: str
    detail: str
    pence: int
    left: int
    given: NewMoney


class MoneyView(NamedTuple):
    """The allowance: sums in pence, entries newest first."""

    granted: int
    spent: int
    left: int
    rows: list[MoneyRow]


class Paper(NamedTuple):
    """A document and how far it is: `state` is have, applied, no, na or nothing."""

    label: str
    state: str
    words: str


class PapersView(NamedTuple):
    """The documents by the newest signed plan; `by` names that plan, nothing if there is none."""

    papers: list[Paper]
    by: str


def view(session: Session, child_id: UUID) -> MoneyView:
    """Return the allowance of a record that is open. Raises NotFound."""
    child_of(session, child_id)
    rows: list[MoneyRow] = []
    left = 0
    for each in queries.of_child(session, LeaverMoney, child_id, LeaverMoney.happened_on, LeaverMoney.id):
        left += each.pence if each.kind == "grant" else -each.pence
        rows.append(_row(each, left))
    granted = sum(each.pence for each in rows if each.kind == "grant")
    return MoneyView(granted, granted - left, left, rows[::-1])


def _row(each: LeaverMoney, left: int) -> MoneyRow:
    parts = [f"approved by {each.approved_by}" if each.approved_by else "", each.because]
    said = ", ".join(part for part in parts if part)
    return MoneyRow(
        each.id, each.version, each.happened_on, each.kind, _ENTRY_WORDS[each.kind], each.what,
        f"{said[:1].upper()}{said[1:]}", each.pence, left,
        NewMoney(each.kind, each.happened_on, each.pence, each.what, each.because, each.approved_by),
    )  # fmt: skip


def papers(session: Session, child_id: UUID) -> PapersView:
    """Return the checklist of documents of a record that is open. Raises NotFound."""
    child_of(session, child_id)
    plan = plans.last_signed(session, child_id, _PLAN)
    if plan is None:
        return PapersView([], "")
    answers = plan.document.answers
    said = dict(lists.DOCUMENT_STATES)
    states = [(label, str(answers.get(f"document_{key}") or "")) for key, label in lists.DOCUMENTS]
    return PapersView(
        [Paper(label, state, said.get(state, "Not answered")) for label, state in states],
        f"Pathway plan {plan.number}, {words.day(plan.dated_on or plan.started_on)}",
    )
