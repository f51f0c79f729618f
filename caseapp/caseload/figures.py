"""The figures of a caseload, one row a figure: what it is called, what it means, and its formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from caseapp import codes, star_change, words
from caseapp.caseload import drift
from caseapp.caseload.cases import (
    COUNT,
    MEAN,
    MOST,
    SHARE,
    SUM,
    Asked,
    Case,
    Deadline,
    Definition,
    Draft,
    Told,
)
from caseapp.caseload.settled import shown

SOON = timedelta(days=7)
PEP_CLOCKS: Final = ("P1", "P2", "P3", "P6")
PATHWAY_CLOCKS: Final = frozenset({"W1", "W2", "W3"})
_PEP_CLOCKS: Final = frozenset(PEP_CLOCKS)
REVIEW_CLOCK: Final = "W3"  # runs once a plan is approved
STATUSES: Final = tuple(key for key in codes.STATUSES if key != "closed")
PLANS: Final = {
    "early-help": "Early help assessment",
    "care-plan": "Care Plan",
    "placement-plan": "Placement Plan",
    "pep": "Personal Education Plan",
    "pathway-plan": "Pathway Plan",
}


def _open(case: Case, _asked: Asked) -> Iterator[Told]:
    yield Told(True, partial(_open_words, case))


def _open_words(case: Case) -> str:
    return f"open since {words.day(case.opened_on)}" if case.opened_on else "the record is with others today"


def _of_status(case: Case, asked: Asked, status: str) -> Iterator[Told]:
    if case.status == status:
        yield from _open(case, asked)


def _overdue(case: Case, asked: Asked) -> Iterator[Told]:
    for each in case.deadlines:
        if each.is_late(asked.on):
            yield Told(True, partial(_late_words, each, asked))


def _late_words(each: Deadline, asked: Asked) -> str:
    late = f"was due {words.day(each.due_on)}" if each.due_on < asked.on else "none yet this term"
    return f"{each.what}, {late}"


def _soon(case: Case, asked: Asked) -> Iterator[Told]:
    soon = asked.on + SOON
    for each in case.deadlines:
        if each.due_on <= soon and not each.is_late(asked.on):
            yield Told(True, partial(_due_words, each))


def _due_words(each: Deadline) -> str:
    return f"{each.what}, due {words.day(each.due_on)}"


def _drafts(case: Case, _asked: Asked) -> Iterator[Told]:
    for each in case.drafts:
        yield Told(True, partial(_begun_words, each))


def _begun_words(each: Draft) -> str:
    return f"{each.title}, begun {words.day(each.begun_on)}"


def _unseen(case: Case, asked: Asked) -> Iterator[Told]:
    if case.is_here and drift.is_unseen(case, asked):
        yield Told(True, partial(drift.unseen, case, asked))


def _longest(case: Case, asked: Asked) -> Iterator[Told]:
    days = case.unseen_days(asked.on)
    if case.is_here and days is not None:
        yield Told(True, partial(drift.unseen_words, case, days), Decimal(days))


def _peps(case: Case, asked: Asked) -> Iterator[Told]:
    running = [each for each in case.deadlines if each.clock in _PEP_CLOCKS]
    for each in running:
        if each.is_late(asked.on):
            yield Told(False, partial(_late_words, each, asked))
            return
    if running:
        yield Told(True, partial(_due_words, running[0]))
    elif case.had_pep and case.status == "looked_after":
        yield Told(True, lambda: "held, the next one was not yet to begin")


def _pathways(case: Case, asked: Asked) -> Iterator[Told]:
    running = [each for each in case.deadlines if each.clock in PATHWAY_CLOCKS]
    if not running:
        return
    owed = [each for each in running if each.started_on <= asked.on]  # shown ahead from 14, owed at 16
    reviews = [each for each in owed if each.clock == REVIEW_CLOCK]
    if reviews:
        is_late = any(each.is_late(asked.on) for each in reviews)
        yield Told(not is_late, partial(_review_words, reviews[0], is_late=is_late))
    elif owed:
        yield Told(False, partial(_no_plan_words, owed[0]))


def _review_words(each: Deadline, *, is_late: bool) -> str:
    return f"review {'was ' if is_late else ''}due {words.day(each.due_on)}"


def _no_plan_words(each: Deadline) -> str:
    return f"no plan is approved; {_due_words(each)}"


def _star(case: Case, _asked: Asked) -> Iterator[Told]:
    if case.star is not None:
        yield Told(True, partial(_star_words, case.star, case.star_said), case.star)


def _star_words(moved: Decimal, over: str) -> str:
    return f"{star_change.signed(moved)} on average: {over}"


def _points(case: Case, _asked: Asked) -> Iterator[Told]:
    yield Told(True, lambda: f"{shown(case.points)} points", case.points)


def _drifting(case: Case, asked: Asked) -> Iterator[Told]:
    if found := drift.reasons(case, asked):
        yield Told(True, partial("; ".join, found))


def _with_plan(case: Case, _asked: Asked, kind: str) -> Iterator[Told]:
    if kind in case.plans:
        yield Told(True, lambda: f"{PLANS[kind]} signed")


def _without_plan(case: Case, asked: Asked) -> Iterator[Told]:
    if case.is_here and not case.plans:
        yield from _open(case, asked)


_HELD = "Open cases held on the day; one child is one case."
# fmt: off
DEFINITIONS: Final = (
    Definition(
        "open", "Open cases", f"{_HELD} The worker, team and status are those of that day.", COUNT, _open,
    ),
    *(
        Definition(key, codes.STATUSES[key], f"{_HELD} Those of this status on that day.", COUNT,
                   partial(_of_status, status=key))
        for key in STATUSES
    ),
    Definition(
        "overdue", "Overdue",
        "Dates that had passed and were not met by the day, a row a date; a term without a PEP counts from "
        "the day after its grace.", COUNT, _overdue,
    ),
    Definition(
        "due_in_7_days", "Due in 7 days",
        "Dates that fall on the day or in the seven days after it and are not overdue, a row a date.",
        COUNT, _soon,
    ),
    Definition(
        "drafts", "Unsigned drafts", "Plans begun and not signed by the end of the day, a row a plan.",
        COUNT, _drafts,
    ),
    Definition(
        "unseen", "Not seen",
        "Children whom nobody saw for more days than are settled here, by the notes and visits; from the "
        "opening of the case for one never seen.", COUNT, _unseen,
    ),
    Definition(
        "longest_unseen", "Longest unseen",
        "The most days since a child was seen, the longest first; from the opening of the case for one never "
        "seen.", MOST, _longest,
    ),
    Definition(
        "pep_in_date", "PEPs in date",
        "Children who need a Personal Education Plan by the dates that run for them; in date when none of "
        "these had passed.",
        SHARE, _peps,
    ),
    Definition(
        "pathway_in_date", "Pathway plans in date",
        "Young people for whom a pathway plan is owed; in date when one is approved and its review had not "
        "passed.", SHARE, _pathways,
    ),
    Definition(
        "star_change", "Average star change",
        "The mean over children of how far their newest star moved between its first and its latest reading, "
        "over the areas with both. Recorded progress, not proof.", MEAN, _star,
    ),
    Definition(
        "points", "Weighted load",
        "Points by status, or for a case before the court if more; of brothers and sisters with one worker "
        "all but the heaviest as siblings. The points are settled here.", SUM, _points,
    ),
    Definition(
        "drifting", "Drifting",
        "Open without a next date, not seen for too long, or without a signed plan after the days that are "
        "settled here.", COUNT, _drifting,
    ),
    *(
        Definition(f"plan_{kind}", title, f"Children with a signed {title} by the day.", COUNT,
                   partial(_with_plan, kind=kind))
        for kind, title in PLANS.items()
    ),
    Definition(
        "no_plan", "No signed plan", "Children without any signed plan by the day.", COUNT, _without_plan,
    ),
)
# fmt: on
DEFINITIONS_BY_KEY: Final = {each.key: each for each in DEFINITIONS}
