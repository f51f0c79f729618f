"""Requests for pupil premium: asked, decided by somebody else, paid, spent, and what difference it made.

Sums are whole pence. What a year brings and what is left of it: `premium_totals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.education.rates import STREAM_WORDS, financial_year, year_words
from caseapp.form_parts.pep_lists import SPENDING_KINDS
from caseapp.lines import line, paragraphs
from db import premium as queries
from db.children import child_of
from db.models import TERMS, Premium, School
from db.premium import Request
from db.problems import NotAllowed, NotFound, Problem
from db.reach import child_subject
from db.roles import Actor, authorise
from db.store import Session

DECISIONS = {
    "approved": "Approved",
    "part": "Approved in part",
    "declined": "Declined",
    "query": "Sent back with a question",
}
STATES = {
    "waiting": "Waiting for a decision",
    "query": "A question to answer",
    "declined": "Declined",
    "withdrawn": "Taken back",
    "approved": "To be paid",
    "paid": "Paid, not spent yet",
    "spent": "Spent, impact to come",
    "told": "Impact told",
}
MOST_PENCE = 100_000_000  # £1,000,000
MOST_TARGETS = 10
GRANTED = ("approved", "part")
_OPEN = ("", "query")
_CATEGORIES = dict(SPENDING_KINDS)


@dataclass(frozen=True)
class NewRequest:
    """What is asked for. `year`: the first of the financial year; `targets`: the words of each."""

    thing: str
    category: str
    asked: int
    asked_by: str
    asked_on: date
    stream: str
    year: int
    term: str
    targets: Sequence[str] = ()
    school_id: UUID | None = None
    revision_id: UUID | None = None


class RequestRow(NamedTuple):
    """A request as it is read. Sums in pence; `spent` is None until it is known."""

    id: UUID
    child_id: UUID
    child: str
    number: int
    state: str
    state_words: str
    stream: str
    stream_words: str
    year: int
    year_words: str
    season: str
    term: str
    thing: str
    category: str
    category_words: str
    targets: tuple[str, ...]
    asked: int
    asked_by: str
    asked_on: date
    decision: str
    decision_words: str
    approved: int
    decided_by: str
    decided_on: date | None
    because: str
    paid_on: date | None
    spent: int | None
    impact: str
    school_id: UUID | None
    school: str
    revision_id: UUID | None

    @property
    def paid(self) -> int:
        """Return what was paid: all that was approved, or nothing yet."""
        return self.approved if self.paid_on else 0

    @property
    def unspent(self) -> int:
        """Return what was approved and is not recorded as spent."""
        return self.approved - (self.spent or 0)


def requests(session: Session, child_id: UUID) -> list[RequestRow]:
    """Return a child's requests, newest first."""
    return [request_row(each) for each in queries.requests(session, child_id=child_id)]


def ask(session: Session, child_id: UUID, new: NewRequest) -> UUID:
    """Ask for money. Raises Problem, in words, for whatever is missing or cannot be."""
    child = child_of(session, child_id)
    row = Premium(child_id=child.id, number=queries.last_number(session, child_id) + 1)
    _fill(session, row, new)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, request_id: UUID, new: NewRequest) -> None:
    """Change a request that is not decided, or answer the question to it; it then waits for a decision."""
    row = _request(session, request_id)
    _refuse_unless(row.decision in _OPEN, "This request was decided and stays as it is. Make a new one.")
    _fill(session, row, new)
    row.decision, row.decided_by, row.decided_on, row.decided_because = "", None, None, ""
    session.flush()


def take_back(session: Session, request_id: UUID, because: str) -> None:
    """Take a request back that is not decided: it stays on record and counts for nothing."""
    row = _request(session, request_id)
    _refuse_unless(row.decision in _OPEN, "This request was decided, so it cannot be taken back.")
    reason = _needed(line(because, "A reason"), "Say why the request is taken back.")
    row.decision, row.decided_because, row.decided_on = "withdrawn", reason, session.today
    session.flush()


def decide(
    session: Session,
    request_id: UUID,
    *,
    decision: str,
    on: date,
    approved: int | None = None,
    because: str = "",
) -> None:
    """Approve all or a part, decline, or ask a question. For managers, never of their own request.

    Until the money is paid it may be decided anew. Raises NotAllowed, or Problem in words.
    """
    row = _request(session, request_id)
    _authorise_decision(session, row)
    _refuse_unless(decision in DECISIONS, "Say whether it is approved, in part, declined or a question.")
    _refuse_unless(row.decision != "withdrawn", "This request was taken back. There is nothing to decide.")
    _refuse_unless(not row.paid_on, "It is paid already, so the decision stays as it is.")
    _refuse_unless(row.asked_on <= on, f"It was asked for on {words.day(row.asked_on)}: not decided before.")
    _check_day(session, on)
    granted = _granted(row, decision, approved)
    reason = paragraphs(because, "A reason")
    if decision != "approved":
        _needed(reason, "Say why, so that whoever asked can understand it.")
    row.decision, row.approved, row.decided_because = decision, granted, reason
    row.decided_by, row.decided_on = session.actor.worker_id, on
    session.flush()


def pay(session: Session, request_id: UUID, on: date) -> None:
    """Record when what was approved was paid; a wrong day is put right the same way until it is spent."""
    row = _request(session, request_id)
    _refuse_unless(row.decision in GRANTED, "Only what was approved can be paid.")
    _refuse_unless(row.spent is None, "It is recorded as spent, so the day of payment stays as it is.")
    decided_on = row.decided_on or row.asked_on
    _refuse_unless(decided_on <= on, f"It was approved on {words.day(decided_on)}: not paid before.")
    _check_day(session, on)
    row.paid_on = on
    session.flush()


def spend(session: Session, request_id: UUID, pence: int) -> None:
    """Record how much was spent so far, all told. Nought is an answer: nothing came of it."""
    row = _request(session, request_id)
    _refuse_unless(row.paid_on is not None, "It cannot be spent before it is paid. Record the payment first.")
    _check_pence(pence, "What was spent")
    _refuse_unless(
        pence <= row.approved,
        f"{words.money(pence)} is more than the {words.money(row.approved)} that was paid. "
        "Make another request for the rest.",
    )
    row.spent = pence
    session.flush()


def tell_impact(session: Session, request_id: UUID, said: str) -> None:
    """Record the evidence, and what difference the money made."""
    row = _request(session, request_id)
    _refuse_unless(row.spent is not None, "Record first how much was spent, then what difference it made.")
    row.impact = _needed(paragraphs(said, "The impact"), "Say what difference the money made.")
    session.flush()


def request_row(found: Request) -> RequestRow:
    """Return a request as it is read."""
    row = found.row
    state = state_of(row)
    return RequestRow(
        row.id, row.child_id, found.child.name, row.number, state, STATES[state],
        row.stream, STREAM_WORDS[row.stream], row.year, year_words(row.year),
        row.term, term_words(row.year, row.term), row.thing, row.category,
        _CATEGORIES.get(row.category, row.category), tuple(row.targets),
        row.asked, row.asked_by, row.asked_on,
        row.decision, DECISIONS.get(row.decision, ""), row.approved, found.decided_by, row.decided_on,
        row.decided_because, row.paid_on, row.spent, row.impact, row.school_id, found.school, row.revision_id,
    )  # fmt: skip


def is_own(row: Premium, actor: Actor) -> bool:
    """Return whether the actor wrote a request, changed it before its decision, or stands as its asker."""
    changed_last = row.updated_by if row.decision == "" else None
    return (
        actor.worker_id in (row.created_by, changed_last) or row.asked_by.casefold() == actor.name.casefold()
    )


def state_of(row: Premium) -> str:
    """Return how far a request has come, one of STATES."""
    if row.decision in ("query", "declined", "withdrawn"):
        return row.decision
    if row.decision not in GRANTED:
        return "waiting"
    if not row.paid_on:
        return "approved"
    if row.spent is None:
        return "paid"
    return "told" if row.impact else "spent"


def term_words(year: int, season: str) -> str:
    """Return the term of a financial year: its spring term is that of the year after."""
    return f"{season} term {year + (season == 'spring')}"


def _fill(session: Session, row: Premium, new: NewRequest) -> None:
    thing = _needed(line(new.thing, "What it is for"), "Say what the money is for.")
    by = _needed(line(new.asked_by, "A name"), "Say who asks for it.")
    _refuse_unless(new.category in ("", *_CATEGORIES), "Say what kind of spending it is.")
    _refuse_unless(new.stream in STREAM_WORDS, "Say whether it is for early years, school or post-16.")
    _refuse_unless(new.term in TERMS, "Say for which term it is: autumn, spring or summer.")
    _check_pence(new.asked, "What is asked for")
    _refuse_unless(new.asked > 0, "Ask for more than £0.00.")
    _check_day(session, new.asked_on)
    _refuse_unless(
        abs(new.year - financial_year(new.asked_on)) <= 1,
        f"{year_words(new.year)} is too far from the day of the request, {words.day(new.asked_on)}.",
    )
    _check_links(session, row.child_id, new)
    targets = [told for each in new.targets if (told := line(each, "A target"))]
    _refuse_unless(len(targets) <= MOST_TARGETS, f"Name at most {MOST_TARGETS} targets.")
    row.thing, row.category, row.stream, row.year, row.term = (
        thing,
        new.category,
        new.stream,
        new.year,
        new.term,
    )
    row.asked, row.asked_by, row.asked_on, row.targets = new.asked, by, new.asked_on, targets
    row.school_id, row.revision_id = new.school_id, new.revision_id


def _check_links(session: Session, child_id: UUID, new: NewRequest) -> None:
    if new.school_id and not session.get(School, new.school_id):
        raise NotFound("There is no such school. Nothing was saved.")
    if new.revision_id and not queries.pep_of(session, child_id, new.revision_id):
        raise NotFound("There is no such PEP of this child, or you may not see it. Nothing was saved.")


def _granted(row: Premium, decision: str, approved: int | None) -> int:
    """Return the pence that a decision grants. Raises Problem for a sum that is no part of what was asked."""
    if decision not in GRANTED:
        return 0
    if decision == "approved":
        _refuse_unless(
            approved in (None, row.asked),
            f"{words.money(row.asked)} was asked for: approve just that, or approve a part of it.",
        )
        return row.asked
    if approved is None:
        raise Problem("Say how much is approved. Nothing was saved.")
    _check_pence(approved, "What is approved")
    _refuse_unless(approved > 0, "To approve nothing, decline it.")
    _refuse_unless(
        approved < row.asked,
        f"{words.money(approved)} is not a part of the {words.money(row.asked)} that was asked for.",
    )
    return approved


def _authorise_decision(session: Session, row: Premium) -> None:
    child, actor = child_of(session, row.child_id), session.actor
    authorise(actor, "approve", child_subject(session, child))
    if is_own(row, actor):
        raise NotAllowed("You asked for this yourself, so somebody else decides. Nothing was saved.")


def _request(session: Session, request_id: UUID) -> Premium:
    found = session.get(Premium, request_id)
    if not found:
        raise NotFound("There is no such request, or you may not see it.")
    return found


def _check_day(session: Session, on: date) -> None:
    _refuse_unless(on <= session.today, f"{words.day(on)} is still to come. Give the day it happened.")


def _check_pence(pence: int, what: str) -> None:
    if type(pence) is not int:
        raise TypeError("Sums of money are whole pence.")
    most = words.money(MOST_PENCE)
    _refuse_unless(0 <= pence <= MOST_PENCE, f"{what} is a sum of money from £0.00 to {most}.")


def _needed(said: str, otherwise: str) -> str:
    _refuse_unless(bool(said), otherwise)
    return said


def _refuse_unless(holds: bool, because: str) -> None:
    if not holds:
        raise Problem(f"{because} Nothing was saved.")
