"""The figures of a caseload, one row a figure: what it is called, what it means, and its formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

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
    Found,
    Of,
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


def _open(cases: Sequence[Case], _asked: Asked) -> Found[None]:
    return Found([(case, None) for case in cases])


def _open_words(case: Case, _seen: None, _asked: Asked) -> str:
    return f"open since {words.day(case.opened_on)}" if case.opened_on else "the record is with others today"


def _of_status(cases: Sequence[Case], _asked: Asked, status: str) -> Found[None]:
    return Found([(case, None) for case in cases if case.status == status])


def _overdue(cases: Sequence[Case], _asked: Asked) -> Found[Deadline]:
    return Found([(case, each) for case in cases for each in case.deadlines if each.is_late])


def _late_words(_case: Case, each: Deadline, asked: Asked) -> str:
    late = f"was due {words.day(each.due_on)}" if each.due_on < asked.on else "none yet this term"
    return f"{each.what}, {late}"


def _soon(cases: Sequence[Case], asked: Asked) -> Found[Deadline]:
    soon = asked.on + SOON
    return Found(
        [
            (case, each)
            for case in cases
            for each in case.deadlines
            if not each.is_late and each.due_on <= soon
        ]
    )


def _due_words(_case: Case, each: Deadline, _asked: Asked) -> str:
    return f"{each.what}, due {words.day(each.due_on)}"


def _drafts(cases: Sequence[Case], _asked: Asked) -> Found[Draft]:
    return Found([(case, each) for case in cases for each in case.drafts])


def _begun_words(_case: Case, each: Draft, _asked: Asked) -> str:
    return f"{each.title}, begun {words.day(each.begun_on)}"


def _unseen(cases: Sequence[Case], asked: Asked) -> Found[None]:
    return Found([(case, None) for case in cases if case.is_here and drift.is_unseen(case, asked)])


def _unseen_words(case: Case, _seen: None, asked: Asked) -> str:
    return drift.unseen(case, asked)


def _longest(cases: Sequence[Case], asked: Asked) -> Found[int]:
    on = asked.on
    days = ((case, case.unseen_days(on)) for case in cases if case.is_here)
    return Found([(case, each) for case, each in days if each is not None])


def _longest_words(case: Case, days: int, _asked: Asked) -> str:
    return drift.unseen_words(case, days)


def _peps(cases: Sequence[Case], _asked: Asked) -> Found[Deadline | None]:
    counted, left_out = list[Of[Deadline | None]](), list[Of[Deadline | None]]()
    for case in cases:
        running = [each for each in case.deadlines if each.clock in _PEP_CLOCKS]
        if running:
            late = _first_late(running)
            (left_out if late else counted).append((case, late or running[0]))
        elif case.had_pep and case.status == "looked_after":
            counted.append((case, None))
    return Found(counted, left_out)


def _pep_words(case: Case, each: Deadline | None, asked: Asked) -> str:
    if each is None:
        return "held, the next one was not yet to begin"
    return _late_words(case, each, asked) if each.is_late else _due_words(case, each, asked)


def _pathways(cases: Sequence[Case], _asked: Asked) -> Found[Deadline]:
    """Find of each young person the date of the review, or of the plan that is owed and not approved."""
    counted, left_out = list[Of[Deadline]](), list[Of[Deadline]]()
    for case in cases:
        running = [each for each in case.deadlines if each.clock in PATHWAY_CLOCKS]
        if not running:
            continue
        owed = [each for each in running if each.has_begun]  # shown ahead from 14, owed at 16
        reviews = [each for each in owed if each.clock == REVIEW_CLOCK]
        if reviews:
            late = _first_late(reviews)
            (left_out if late else counted).append((case, late or reviews[0]))
        elif owed:
            left_out.append((case, owed[0]))
    return Found(counted, left_out)


def _first_late(found: Sequence[Deadline]) -> Deadline | None:
    for each in found:
        if each.is_late:
            return each
    return None


def _pathway_words(case: Case, each: Deadline, asked: Asked) -> str:
    if each.clock != REVIEW_CLOCK:
        return f"no plan is approved; {_due_words(case, each, asked)}"
    return f"review {'was ' if each.is_late else ''}due {words.day(each.due_on)}"


def _star(cases: Sequence[Case], _asked: Asked) -> Found[Decimal]:
    return Found([(case, case.star) for case in cases if case.star is not None])


def _star_words(case: Case, moved: Decimal, _asked: Asked) -> str:
    return f"{star_change.signed(moved)} on average: {case.star_said}"


def _points(cases: Sequence[Case], _asked: Asked) -> Found[Decimal]:
    return Found([(case, case.points) for case in cases])


def _points_words(_case: Case, points: Decimal, _asked: Asked) -> str:
    return f"{shown(points)} points"


def _drifting(cases: Sequence[Case], asked: Asked) -> Found[None]:
    return Found([(case, None) for case in cases if drift.reasons(case, asked)])


def _drifting_words(case: Case, _seen: None, asked: Asked) -> str:
    return "; ".join(drift.reasons(case, asked))


def _with_plan(cases: Sequence[Case], _asked: Asked, kind: str) -> Found[str]:
    return Found([(case, PLANS[kind]) for case in cases if kind in case.plans])


def _plan_words(_case: Case, title: str, _asked: Asked) -> str:
    return f"{title} signed"


def _without_plan(cases: Sequence[Case], _asked: Asked) -> Found[None]:
    return Found([(case, None) for case in cases if case.is_here and not case.plans])


_HELD = "Open cases held on the day; one child is one case."
# fmt: off
DEFINITIONS: Final[tuple[Definition[Any], ...]] = (
    Definition(
        "open", "Open cases", f"{_HELD} The worker, team and status are those of that day.", COUNT, _open,
        _open_words,
    ),
    *(
        Definition(key, codes.STATUSES[key], f"{_HELD} Those of this status on that day.", COUNT,
                   partial(_of_status, status=key), _open_words)
        for key in STATUSES
    ),
    Definition(
        "overdue", "Overdue",
        "Dates that had passed and were not met by the day, a row a date; a term without a PEP counts from "
        "the day after its grace.", COUNT, _overdue, _late_words,
    ),
    Definition(
        "due_in_7_days", "Due in 7 days",
        "Dates that fall on the day or in the seven days after it and are not overdue, a row a date.",
        COUNT, _soon, _due_words,
    ),
    Definition(
        "drafts", "Unsigned drafts", "Plans begun and not signed by the end of the day, a row a plan.",
        COUNT, _drafts,
        _begun_words,
    ),
    Definition(
        "unseen", "Not seen",
        "Children whom nobody saw for more days than are settled here, by the notes and visits; from the "
        "opening of the case for one never seen.", COUNT, _unseen, _unseen_words,
    ),
    Definition(
        "longest_unseen", "Longest unseen",
        "The most days since a child was seen, the longest first; from the opening of the case for one never "
        "seen.", MOST, _longest, _longest_words,
    ),
    Definition(
        "pep_in_date", "PEPs in date",
        "Children who need a Personal Education Plan by the dates that run for them; in date when none of "
        "these had passed.",
        SHARE, _peps, _pep_words,
    ),
    Definition(
        "pathway_in_date", "Pathway plans in date",
        "Young people for whom a pathway plan is owed; in date when one is approved and its review had not "
        "passed.", SHARE, _pathways, _pathway_words,
    ),
    Definition(
        "star_change", "Average star change",
        "The mean over children of how far their newest star moved between its first and its latest reading, "
        "over the areas with both. Recorded progress, not proof.", MEAN, _star, _star_words,
    ),
    Definition(
        "points", "Weighted load",
        "Points by status, or for a case before the court if more; of brothers and sisters with one worker "
        "all but the heaviest as siblings. The points are settled here.", SUM, _points, _points_words,
    ),
    Definition(
        "drifting", "Drifting",
        "Open without a next date, not seen for too long, or without a signed plan after the days that are "
        "settled here.", COUNT, _drifting, _drifting_words,
    ),
    *(
        Definition(f"plan_{kind}", title, f"Children with a signed {title} by the day.", COUNT,
                   partial(_with_plan, kind=kind), _plan_words)
        for kind, title in PLANS.items()
    ),
    Definition(
        "no_plan", "No signed plan", "Children without any signed plan by the day.", COUNT, _without_plan,
        _open_words,
    ),
)
# fmt: on
DEFINITIONS_BY_KEY: Final = {each.key: each for each in DEFINITIONS}
