"""Questionnaires, goals and scaling: record them, put them right, and read them over time.

Of the SDQ only scores are kept, never its items: they are their owner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from caseapp import codes, dates, words
from caseapp.lines import line, paragraphs
from caseapp.measure_rules import (
    INFORMANTS,
    MOST_GOALS,
    MOST_POINTS,
    MOST_TOTAL,
    SCALES,
    WHOSE,
    difficulties,
)
from caseapp.measure_view import MeasuresView, view
from caseapp.scaling import FAMILY, RESPONDENTS
from db import measures as queries
from db.children import child_of
from db.models import Goal, Measure
from db.problems import NotFound, Problem
from db.store import Session

__all__ = [
    "MeasuresView",
    "NewScore",
    "NewSdq",
    "add_goal",
    "add_scale",
    "add_sdq",
    "close_goal",
    "rate_goal",
    "view",
]


@dataclass(frozen=True)
class NewSdq:
    """A scored questionnaire, or why there is none. `total` alone where only that is known."""

    happened_on: date
    informant: str = ""
    scores: Mapping[str, int] = field(default_factory=dict)
    total: int | None = None
    no_score: str = ""
    words: str = ""


@dataclass(frozen=True)
class NewScore:
    """One answer to «how are things, from 0 to 10?»."""

    happened_on: date
    respondent: str
    role: str
    subject: str
    score: int
    why_not_lower: str = ""
    one_higher: str = ""


def add_sdq(session: Session, child_id: UUID, new: NewSdq, replaces_id: UUID | None = None) -> UUID:
    """Add a questionnaire's scores, or the reason for none; `replaces_id` names a wrong result.

    Raises Problem for scores that cannot be, for an unknown informant or reason, for a day to come.
    """
    child = child_of(session, child_id)
    _check_day(session, new.happened_on)
    _check_known(new.informant, dict(INFORMANTS), "Say who filled it in")
    for key, points in new.scores.items():
        _check_points(dict(SCALES).get(key, key), points, MOST_POINTS)
    _refuse_unless(new.scores.keys() <= dict(SCALES).keys(), "Only the scales’ scores are kept, no items.")
    total = None if _is_without_score(new) else _total(new)
    replaced = _replaced(session, child_id, "sdq", replaces_id)
    measure = Measure(
        child_id=child_id,
        tool="sdq",
        happened_on=new.happened_on,
        informant=new.informant,
        scores=dict(new.scores),
        total=total,
        no_score=new.no_score,
        words=paragraphs(new.words, "A remark"),
        replaces_id=replaced.id if replaced else None,
    )
    session.add(measure)
    session.flush()
    dates.refresh(session, child)
    return measure.id


def add_goal(session: Session, child_id: UUID, *, words: str, whose: str, set_on: date) -> UUID:
    """Set a goal in somebody's own words. Raises Problem for a fourth open one of the same person."""
    child_of(session, child_id)
    _check_day(session, set_on)
    _check_known(whose, dict(WHOSE), "Say whose goal it is")
    said = paragraphs(words, "A goal")
    _refuse_unless(bool(said), "A goal needs words.")
    goals = [each for each in queries.goals(session, child_id) if each.whose == whose and not each.closed_on]
    _refuse_unless(
        len(goals) < MOST_GOALS,
        f"There are {MOST_GOALS} open goals already, the most that a person works on. Close one first.",
    )
    goal = Goal(child_id=child_id, words=said, whose=whose, set_on=set_on)
    session.add(goal)
    session.flush()
    return goal.id


def rate_goal(
    session: Session,
    goal_id: UUID,
    *,
    score: int,
    on: date,
    by: str = "child",
    words: str = "",
    replaces_id: UUID | None = None,
) -> UUID:
    """Say how near a goal is: 0 no progress, 10 reached. Raises Problem for a closed goal."""
    goal = _open_goal(session, goal_id)
    _check_day(session, on)
    _check_known(by, dict(RESPONDENTS), "Say who rates it")
    _check_points("A rating", score, MOST_POINTS)
    _refuse_unless(on >= goal.set_on, "It cannot be rated before it was set.")
    replaced = _replaced(session, goal.child_id, "goal", replaces_id)
    _refuse_unless(not replaced or replaced.goal_id == goal.id, "That is a rating of another goal.")
    same_day = [each for each in queries.of_goal(session, goal) if each.happened_on == on]
    _refuse_unless(
        all(each is replaced for each in same_day),
        "This goal was rated on that day already. Put that rating right instead.",
    )
    measure = Measure(
        child_id=goal.child_id,
        tool="goal",
        happened_on=on,
        informant=by,
        goal_id=goal.id,
        scores={},
        total=score,
        words=paragraphs(words, "A remark"),
        replaces_id=replaced.id if replaced else None,
    )
    session.add(measure)
    session.flush()
    return measure.id


def close_goal(session: Session, goal_id: UUID, *, on: date, reason: str) -> None:
    """Close a goal that is reached, changed or given up. Its words and ratings stay."""
    goal = _open_goal(session, goal_id)
    _check_day(session, on)
    because = line(reason, "A reason")
    _refuse_unless(bool(because), "Say why the goal is closed: reached, changed or given up.")
    rated = [each.happened_on for each in queries.of_goal(session, goal)]
    _refuse_unless(
        on >= max([goal.set_on, *rated]), "It cannot be closed before it was set or rated the last time."
    )
    goal.closed_on, goal.close_reason = on, because
    session.flush()


def add_scale(session: Session, child_id: UUID, new: NewScore, replaces_id: UUID | None = None) -> UUID:
    """Add one person's score of one subject on a day, apart from any document."""
    child_of(session, child_id)
    _check_day(session, new.happened_on)
    _check_known(new.role, dict(RESPONDENTS), "Say as what they answered")
    _check_points("A score", new.score, MOST_POINTS)
    respondent = line(new.respondent, "A name")
    _refuse_unless(bool(respondent), "Say who answered.")
    replaced = _replaced(session, child_id, "scale", replaces_id)
    told = {
        "respondent": respondent,
        "why_not_lower": paragraphs(new.why_not_lower, "“Why not lower”"),
        "one_higher": paragraphs(new.one_higher, "“One point higher”"),
    }
    measure = Measure(
        child_id=child_id,
        tool="scale",
        happened_on=new.happened_on,
        informant=new.role,
        subject=line(new.subject, "A name") or FAMILY,
        scores={key: said for key, said in told.items() if said},
        total=new.score,
        replaces_id=replaced.id if replaced else None,
    )
    session.add(measure)
    session.flush()
    return measure.id


def _is_without_score(new: NewSdq) -> bool:
    """Return whether there is a reason for no score. Raises Problem if there are scores as well."""
    if not new.no_score:
        return False
    _check_known(new.no_score, codes.return_codes("SDQ_REASON"), "That is no reason of the national return")
    _refuse_unless(not new.scores and new.total is None, "There are scores and a reason for none: keep one.")
    return True


def _total(new: NewSdq) -> int:
    """Return the total: the sum of the four scales, or what was given where they are not all known."""
    _refuse_unless(bool(new.informant), "Say who filled it in.")
    worked_out = difficulties(new.scores)
    if new.total is not None:
        _check_points("A total", new.total, MOST_TOTAL)
        least = sum(points for key, points in new.scores.items() if key != "prosocial")
        _refuse_unless(
            worked_out in (None, new.total) and new.total >= least,
            f"The scales add up to {least}, not {new.total}; kind and helpful behaviour is not counted.",
        )
        return new.total
    if worked_out is None:
        raise Problem(
            "Give the four scales of difficulties, or the total alone, or the reason for no score. "
            "Nothing was saved. A scale left out is not 0."
        )
    return worked_out


def _open_goal(session: Session, goal_id: UUID) -> Goal:
    goal = session.get(Goal, goal_id)
    if not goal:
        raise NotFound("There is no such goal, or you may not see it.")
    _refuse_unless(not goal.closed_on, "This goal is closed and stays as it is. Set a new one instead.")
    return goal


def _replaced(session: Session, child_id: UUID, tool: str, measure_id: UUID | None) -> Measure | None:
    """Return the result that is put right. Raises NotFound, or Problem if that was done already."""
    if measure_id is None:
        return None
    found = session.get(Measure, measure_id)
    if not found or (found.child_id, found.tool) != (child_id, tool):
        raise NotFound("There is no such result, or you may not see it.")
    _refuse_unless(
        not queries.replacement(session, found.id),
        "This result was put right already. Put the newer one right instead.",
    )
    return found


def _check_day(session: Session, on: date) -> None:
    _refuse_unless(
        on <= session.today, f"{words.day(on)} is still to come. Give the day it happened.", saved="added"
    )


def _check_known(code: str, known: Mapping[str, Any], said: str) -> None:
    _refuse_unless(not code or code in known, f"{said}: “{code}” is none of the answers.")


def _check_points(what: str, points: int, most: int) -> None:
    _refuse_unless(0 <= points <= most, f"{what} is a whole number from 0 to {most}.")


def _refuse_unless(holds: bool, because: str, saved: str = "saved") -> None:
    if not holds:
        raise Problem(f"{because} Nothing was {saved}.")
