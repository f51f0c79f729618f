"""Young carers: who was identified, assessed and supported, from signed documents.

Source: Children Act 1989 s17ZA; Children and Families Act 2014 s96.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.form_parts.early_help_lists import CARER_FOUND
from db import signed
from db import young_carers as queries
from db.children import child_of
from db.models import Revision
from db.problems import Problem
from db.store import Session

KINDS = ("early-help", "young-carer")
SOURCES = dict(CARER_FOUND)
_ASKED = "eha_question"  # found by the question that every early help assessment asks
_MARKS = (
    ("early-help", "relies_on_child", "yes"),
    ("young-carer", "assessment", "offered"),
    ("young-carer", "assessment", "declined"),
    ("young-carer", "assessment", "completed"),
)


@dataclass
class Carer:
    """What is known of one child as a carer: the earliest day of each step, from all documents together."""

    identified_on: date | None = None
    source: str = ""
    offered_on: date | None = None
    declined_on: date | None = None
    assessed_on: date | None = None
    supported_on: date | None = None
    review_on: date | None = None
    over_since: date | None = None


class Behind(NamedTuple):
    """A child behind a figure, and the day that counts."""

    child_id: UUID
    child: str
    ref: int
    on: date


class Count(NamedTuple):
    """How many in a month (its first day) by how they were noticed, with the children behind it."""

    month: date
    source: str
    source_words: str
    children: tuple[Behind, ...]


class Measured(NamedTuple):
    """Young carers of a period: identified, assessed and supported, by month and source."""

    identified: list[Count]
    assessed: list[Count]
    supported: list[Count]


def status_of(session: Session, child_id: UUID) -> str:
    """Return in words how a child stands as a young carer; nothing if no document says so."""
    child_of(session, child_id)
    carer = Carer()
    for each in signed.standing(session, child_id, KINDS):
        _learn(carer, each, each.document.answers)
    return status_words(carer)


def measures(session: Session, since: date, until: date) -> Measured:
    """Return the young carers of a period, both days counted. A child counts once in each list."""
    if since > until:
        raise Problem(f"{words.day(since)} comes after {words.day(until)}. Give the earlier day first.")
    carers: dict[tuple[UUID, str, int], Carer] = {}
    for each in queries.told(session, _MARKS):
        carer = carers.setdefault((each.child_id, each.child, each.ref), Carer())
        _learn(carer, each.revision, each.answers)
    listed = [(Behind(*child, since), carer) for child, carer in carers.items()]
    return Measured(
        _counts(listed, lambda carer: carer.identified_on, since, until),
        _counts(listed, lambda carer: carer.assessed_on, since, until),
        _counts(listed, lambda carer: carer.supported_on, since, until),
    )


def _counts(
    carers: Iterable[tuple[Behind, Carer]], day_of: Callable[[Carer], date | None], since: date, until: date
) -> list[Count]:
    found: dict[tuple[date, str], list[Behind]] = {}
    for child, carer in carers:
        on = day_of(carer)
        if on and since <= on <= until:
            found.setdefault((on.replace(day=1), carer.source), []).append(child._replace(on=on))
    return [
        Count(month, source, SOURCES.get(source, source), tuple(sorted(children, key=lambda each: each.on)))
        for (month, source), children in sorted(found.items())
    ]


def _learn(carer: Carer, revision: Revision, answers: Mapping[str, Any]) -> None:
    """Add what a signed document says; documents come oldest first."""
    dated = revision.dated_on or revision.started_on
    (_learn_assessed if revision.kind == "young-carer" else _learn_asked)(carer, dated, answers)


def _learn_assessed(carer: Carer, dated: date, answers: Mapping[str, Any]) -> None:
    """Add what a young carer's needs assessment says: it knows best how the child was noticed."""
    carer.over_since = None
    carer.identified_on = _earlier(carer.identified_on, _day(answers, "identified_on") or dated)
    carer.source = str(answers.get("identified_how") or carer.source or "other")
    carer.offered_on = _earlier(carer.offered_on, _day(answers, "offered_on"))
    if answers.get("assessment") == "declined":
        carer.declined_on = _day(answers, "declined_on") or dated
    if answers.get("assessment") == "completed":
        carer.assessed_on = _earlier(carer.assessed_on, _day(answers, "assessed_on") or dated)
        carer.review_on = _day(answers, "review_on")
        if answers.get("needs_support") == "yes":
            carer.supported_on = _earlier(carer.supported_on, _day(answers, "supported_on"))


def _learn_asked(carer: Carer, dated: date, answers: Mapping[str, Any]) -> None:
    """Add what the question of an early help assessment found. Its one date is that of its last step."""
    if answers.get("relies_on_child") == "no" and carer.identified_on:
        carer.over_since = dated
    if answers.get("relies_on_child") != "yes":
        return
    carer.over_since = None
    carer.identified_on = _earlier(carer.identified_on, _day(answers, "carer_identified_on") or dated)
    carer.source = carer.source or _ASKED
    step, on = answers.get("care_assessment"), _day(answers, "care_assessment_on") or dated
    if step == "offered":
        carer.offered_on = _earlier(carer.offered_on, on)
    elif step == "declined":
        carer.declined_on = on
    elif step == "completed":
        carer.assessed_on = _earlier(carer.assessed_on, on)


def status_words(carer: Carer) -> str:
    """Return how a carer stands: when identified, the last step of the assessment, support, the next look.

    >>> status_words(Carer(date(2026, 9, 3), offered_on=date(2026, 9, 10)))
    'Identified 03/09/2026, assessment offered 10/09/2026'
    """
    if not carer.identified_on:
        return ""
    parts = [f"Identified {words.day(carer.identified_on)}"]
    if carer.over_since:
        return f"{parts[0]}; nobody relied on this child for care on {words.day(carer.over_since)}"
    if carer.assessed_on:
        parts.append(f"assessment completed {words.day(carer.assessed_on)}")
    elif carer.declined_on:
        parts.append(f"assessment declined {words.day(carer.declined_on)}")
    elif carer.offered_on:
        parts.append(f"assessment offered {words.day(carer.offered_on)}")
    else:
        parts.append("assessment not offered yet")
    if carer.supported_on:
        parts.append(f"supported since {words.day(carer.supported_on)}")
    if carer.review_on:
        parts.append(f"looked at again {words.day(carer.review_on)}")
    return ", ".join(parts)


def _day(answers: Mapping[str, Any], key: str) -> date | None:
    return words.stored_day(answers.get(key))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)
