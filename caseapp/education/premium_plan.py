"""Pupil premium in a plan: the requests and sums that it begins with, and what was typed in it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from caseapp import words
from caseapp.education import premium_totals, rates, terms
from caseapp.education.premium import GRANTED, NewRequest, RequestRow, ask, requests
from caseapp.education.rates import financial_year
from db.models import TERMS
from db.store import Session


def known(session: Session, child_id: UUID) -> dict[str, int]:
    """Return what a plan is filled in with: the child's sums of this financial year, in pence."""
    year = rates.financial_year(session.today)
    shown = premium_totals.view(session, child_id)
    total = next((each for each in shown.totals if each.rate.year == year and each.eligible), None)
    if total is None:
        return {}
    told = {"approved": total.approved, "paid": total.paid, "spent": total.spent}
    if total.allocated is not None:
        told["allocated"] = total.allocated
    return {f"pep.{key}": pence for key, pence in told.items()}


def for_plan(session: Session, child_id: UUID) -> list[dict[str, Any]]:
    """Return a child's requests of this and the last financial year as a plan's rows hold them."""
    since = financial_year(session.today) - 1
    return [_plan_row(each) for each in requests(session, child_id) if each.year >= since]


def _plan_row(each: RequestRow) -> dict[str, Any]:
    told = {
        "number": each.number,
        "thing": each.thing,
        "category": each.category,
        "stream": each.stream,
        "targets": "; ".join(each.targets),
        "asked": each.asked,
        "term": each.term,
        "asked_by": each.asked_by,
        "asked_on": each.asked_on.isoformat(),
        "decision": each.decision or "waiting",
        "approved": each.approved if each.decision in GRANTED else None,
        "decided_by": each.decided_by,
        "decided_on": each.decided_on.isoformat() if each.decided_on else None,
        "decided_because": each.because,
        "paid_on": each.paid_on.isoformat() if each.paid_on else None,
        "spent": each.spent,
        "impact": each.impact,
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


def take_up(session: Session, child_id: UUID, revision_id: UUID, rows: list[dict[str, Any]], on: date) -> int:
    """Put the requests typed in a plan of a day on record; return how many. Those with a number are there.

    What else was typed of them (a decision, a payment) is not taken over: it has rules of its own.
    """
    typed = [each for each in rows if not each.get("number") and each.get("thing") and each.get("asked")]
    for each in typed:
        ask(session, child_id, _typed(session, revision_id, each, on))
    return len(typed)


def _typed(session: Session, revision_id: UUID, typed: dict[str, Any], on: date) -> NewRequest:
    asked_on = words.stored_day(typed.get("asked_on")) or on
    of_now = terms.term_of(session, asked_on).name.split(" ")[0]
    season = str(typed.get("term") or of_now).split(" ")[0].casefold()
    return NewRequest(
        thing=str(typed["thing"]),
        category=typed.get("category") or "",
        asked=typed["asked"],
        asked_by=str(typed.get("asked_by") or session.actor.name),
        asked_on=asked_on,
        stream=typed.get("stream") or "school",
        year=financial_year(asked_on),
        term=season if season in TERMS else of_now,
        targets=[each for each in str(typed.get("targets") or "").split("; ") if each],
        revision_id=revision_id,
    )
