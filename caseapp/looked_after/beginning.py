"""What a form of care begins with because the care record holds it: never asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from caseapp import words
from caseapp.events import care_periods, placement_starts, returned_on
from caseapp.form import Answers, is_empty
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import missing_rules
from db import children as queries
from db import plans as plan_queries
from db.models import (
    Episode,
    FamilyTime,
    HealthEvent,
    LacReview,
    MissingPeriod,
    PermanencePlan,
    Placement,
    ReturnTalk,
    ReviewAsked,
)
from db.store import Session

Row = TypeVar("Row")
_ASSESSMENTS: Final = ("initial", "review")
_REVIEWS: Final = ("first", "second", "later")


def from_record(session: Session, child_id: UUID, kind: str) -> Answers:
    """Return the answers, by the form's own keys, that the record knows for a new form of care."""
    begin = _BEGIN.get(kind)
    found = begin(session, child_id) if begin else {}
    return {key: value for key, value in found.items() if not is_empty(value)}


def _review(session: Session, child_id: UUID) -> Answers:
    held = [each.held_on for each in _reviews(session, child_id)]
    since = max(held, default=date.min)
    missing = queries.of_child(session, MissingPeriod, child_id)
    gone = {each.id for each in missing if each.started_on > since}
    talks = [each for each in queries.of_child(session, ReturnTalk, child_id) if each.missing_id in gone]
    return {
        **_which(session, child_id, len(held), since),
        **_health(session, child_id),
        "health_assessed_on": _latest(session, child_id, *_ASSESSMENTS),
        "pep_on": _last_pep(session, child_id),
        "times_missing": len(gone),
        "return_talks": sum(each.held_at is not None for each in talks),
        "arrangements": "\n".join(_arrangement(each) for each in _family_time(session, child_id)),
        **_permanence(session, child_id),
    }


def _reviews(session: Session, child_id: UUID) -> list[LacReview]:
    """Return the reviews of the last period of care."""
    periods = care_periods(queries.of_child(session, Episode, child_id, Episode.started_on))
    start = periods[-1][0] if periods else date.max
    return [each for each in queries.of_child(session, LacReview, child_id) if each.held_on > start]


def _which(session: Session, child_id: UUID, held: int, since: date) -> Answers:
    asked = queries.of_child(session, ReviewAsked, child_id, ReviewAsked.asked_on)
    waiting = [each for each in asked if each.asked_on > since and each.cancelled_on is None]
    early = next((each for each in waiting if each.reason != "timetable"), None)
    reported = next((each for each in reversed(waiting) if each.report_on), None)
    planned = next((each for each in reversed(waiting) if each.planned_on), None)
    planned_on = planned.planned_on if planned else None
    return {
        "which": "extra" if early else _REVIEWS[min(held, len(_REVIEWS) - 1)],
        "reason": early.reason if early else None,
        "held_on": _iso(planned_on) if planned_on and planned_on <= session.today else None,
        "place": planned.place if planned else None,
        "report_on": _iso(reported.report_on if reported else None),
    }


def _health(session: Session, child_id: UUID) -> Answers:
    jabs = [each for each in _done(session, child_id, "immunisations") if each.up_to_date is not None]
    return {
        "dental_on": _latest(session, child_id, "dental"),
        "immunised": _yes_no(jabs[-1].up_to_date) if jabs else None,
    }


def _done(session: Session, child_id: UUID, *kinds: str) -> list[HealthEvent]:
    events = queries.of_child(session, HealthEvent, child_id, HealthEvent.happened_on)
    return [each for each in events if each.kind in kinds and each.outcome == "done"]


def _latest(session: Session, child_id: UUID, *kinds: str) -> str | None:
    return next((_iso(each.happened_on) for each in reversed(_done(session, child_id, *kinds))), None)


def _last_pep(session: Session, child_id: UUID) -> str | None:
    last = plan_queries.last_signed(session, child_id, "pep")
    return _iso(last.dated_on) if last else None


def _permanence(session: Session, child_id: UUID) -> Answers:
    plans = queries.of_child(session, PermanencePlan, child_id, PermanencePlan.decided_on)
    now = _newest([each for each in plans if each.ended_on is None])
    return {"permanence": now.option, "permanence_second": now.second_option} if now else {}


def _family_time(session: Session, child_id: UUID) -> list[FamilyTime]:
    arranged = queries.of_child(session, FamilyTime, child_id, FamilyTime.from_on)
    return [each for each in arranged if each.until_on is None or each.until_on >= session.today]


def _arrangement(each: FamilyTime) -> str:
    said = [dict(lists.TIME_KINDS)[each.kind], each.often, each.place]
    return f"{each.person}: {', '.join(part for part in said if part)}"


def _health_assessment(session: Session, child_id: UUID) -> Answers:
    return {
        **_health(session, child_id),
        "kind": "review" if _done(session, child_id, *_ASSESSMENTS) else "initial",
        "optician_on": _latest(session, child_id, "optician"),
    }


def _return_interview(session: Session, child_id: UUID) -> Answers:
    times = queries.of_child(session, MissingPeriod, child_id, MissingPeriod.started_on)
    talks = {each.missing_id: each for each in queries.of_child(session, ReturnTalk, child_id)}
    told = {each.missing_id for each in talks.values() if each.revision_id}
    last = _newest([each for each in times if returned_on(each) and each.id not in told])
    if last is None:
        return {}
    begun = [each.started_on for each in times if each.started_on <= last.started_on]
    return {
        "kind": last.kind,
        "missing_on": _iso(last.started_on),
        "missing_at": words.clock_time(last.left_at) if last.left_at else None,
        "returned_on": _iso(returned_on(last)),
        "returned_at": words.clock_time(last.returned_at) if last.returned_at else None,
        "police_ref": last.police_ref,
        "times": len(missing_rules.in_last(90, begun, last.started_on)),
        **_offered(talks.get(last.id)),
    }


def _offered(talk: ReturnTalk | None) -> Answers:
    if talk is None or talk.offered_at is None:
        return {}
    here = talk.offered_at.astimezone(words.LONDON)
    return {
        "offered": "yes",
        "offered_on": here.date().isoformat(),
        "offered_at": words.clock_time(here),
        "accepted": _yes_no(talk.accepted),
    }


def _placement_plan(session: Session, child_id: UUID) -> Answers:
    now = _newest(placement_starts(queries.of_child(session, Episode, child_id, Episode.started_on)))
    lived = queries.of_child(session, Placement, child_id)
    placement = next((each for each in lived if now and each.episode_id == now.id), None)
    found: dict[str, Any] = _family_rows(session, child_id)
    if placement:
        found |= {
            "emergency": _yes_no(placement.emergency),
            "carers": placement.carers or placement.home_name,
            "address": placement.lines,
            "address_secret": _yes_no(placement.withheld),
            "phone": placement.phone,
        }
    return found


def _care_plan(session: Session, child_id: UUID) -> Answers:
    return {**_family_rows(session, child_id), **_permanence(session, child_id)}


def _family_rows(session: Session, child_id: UUID) -> Answers:
    return {"family_time": [_family_row(each) for each in _family_time(session, child_id)]}


def _family_row(each: FamilyTime) -> Answers:
    row = {
        "person": each.person,
        "relationship": each.relationship,
        "kind": each.kind,
        "often": each.often,
        "place": each.place,
        "supervised_by": each.supervised_by,
        "basis": "Order of the court" if each.by_order else "Agreement",
        "risks": each.risks,
    }
    return {key: value for key, value in row.items() if value}


_BEGIN: Final[Mapping[str, Callable[[Session, UUID], Answers]]] = {
    "lac-review": _review,
    "health-assessment": _health_assessment,
    "return-interview": _return_interview,
    "placement-plan": _placement_plan,
    "care-plan": _care_plan,
}


def _newest(rows: Sequence[Row]) -> Row | None:
    return rows[-1] if rows else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yes_no(holds: bool | None) -> str | None:
    return None if holds is None else "yes" if holds else "no"
