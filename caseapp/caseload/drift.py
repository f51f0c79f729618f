"""Cases that drift: nothing is next, nobody saw the child for too long, or no plan was ever signed."""

from __future__ import annotations

from caseapp import words
from caseapp.caseload.cases import Asked, Case


def reasons(case: Case, asked: Asked) -> list[str]:
    """Return why a case drifts, in words; nothing for one that does not."""
    if not case.is_here:
        return []
    return [each for each in (_no_date(case), unseen(case, asked), no_plan(case, asked)) if each]


def is_unseen(case: Case, asked: Asked) -> bool:
    """Return whether the child was not seen for too long."""
    days = case.unseen_days(asked.on)
    return days is not None and days > asked.settled.numbers["unseen_days"]


def unseen(case: Case, asked: Asked) -> str:
    """Return that the child was not seen for too long, or nothing."""
    days = case.unseen_days(asked.on)
    return unseen_words(case, days) if days is not None and is_unseen(case, asked) else ""


def unseen_words(case: Case, days: int) -> str:
    """Return when the child was seen last, and how long ago."""
    if case.seen_on is None:
        return f"never seen, open for {words.count(days, 'day')}"
    return f"last seen {words.day(case.seen_on)}, {words.count(days, 'day')} before"


def no_plan(case: Case, asked: Asked) -> str:
    """Return that no plan was signed although the case is open for long enough, or nothing."""
    if case.plans or case.opened_on is None:
        return ""
    days = (asked.on - case.opened_on).days
    return f"no plan signed, open for {words.count(days, 'day')}" if days > _plan_days(asked) else ""


def _plan_days(asked: Asked) -> int:
    return asked.settled.days("plan_days")


def _no_date(case: Case) -> str:
    return "" if case.deadlines else "open without a next date"
