"""What was measured beside the stars, as its page shows it: gathered from results and signed documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import ages, codes, scaling, words
from caseapp.form import filled_rows
from caseapp.measure_rules import INFORMANTS, SCALES, WHOSE, Gap, band, change, mean_change
from caseapp.plan_writing import form_of
from db import measures as queries
from db import signed
from db.children import child_of
from db.models import Child, Goal, Measure, Revision
from db.store import Session

SCALED = ("early-help", "taf", "early-help-closing")
"""The kinds of documents with rows of scaling."""


class Cell(NamedTuple):
    """A scale's points with their band; None where they are not known."""

    label: str
    points: int | None
    band: str


class SdqRow(NamedTuple):
    """A questionnaire: typed here (`id`), or filled in with a signed PEP (`revision_id`)."""

    id: UUID | None
    on: date
    informant: str
    informant_words: str
    cells: tuple[Cell, ...]
    total: int | None
    band: str
    no_score: str
    no_score_words: str
    words: str
    source: str
    revision_id: UUID | None
    scores: dict[str, int]


class Rating(NamedTuple):
    """How near a goal was on a day."""

    id: UUID
    on: date
    score: int
    by: str
    by_words: str
    words: str


class GoalView(NamedTuple):
    """A goal and its ratings, oldest first."""

    id: UUID
    words: str
    whose: str
    whose_words: str
    set_on: date
    closed_on: date | None
    close_reason: str
    ratings: tuple[Rating, ...]

    @property
    def change(self) -> int | None:
        """Return the latest rating less the first; None for fewer than two."""
        return change([each.score for each in self.ratings])


class MeasuresView(NamedTuple):
    """Everything measured: questionnaires newest first, open goals before closed ones, lines of scaling."""

    child: str
    sdq: list[SdqRow]
    goals: list[GoalView]
    mean_change: tuple[Decimal, int] | None
    scaling: list[scaling.Line]
    gaps: list[Gap]


def view(session: Session, child_id: UUID) -> MeasuresView:
    """Return what was measured for a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    goals = _goals(session, child_id)
    found = scaling.lines(_points(session, child))
    return MeasuresView(
        child.known_as or child.given or child.name,
        _sdq(session, child),
        goals,
        mean_change(each.change for each in goals),
        found,
        scaling.gaps(found),
    )


def _sdq(session: Session, child: Child) -> list[SdqRow]:
    rows = [_typed_sdq(child, each) for each in queries.standing(session, child.id, "sdq")]
    for revision in signed.standing(session, child.id, ["pep"]):
        rows += _pep_sdq(session, child, revision)
    return sorted(rows, key=lambda each: (each.on, each.informant), reverse=True)


def _typed_sdq(child: Child, each: Measure) -> SdqRow:
    source = "Puts an earlier result right" if each.replaces_id else ""
    row = _sdq_row(child, each.happened_on, each.informant, each.scores, each.total, each.no_score)
    return row._replace(id=each.id, words=each.words, source=source)


def _pep_sdq(session: Session, child: Child, revision: Revision) -> list[SdqRow]:
    answers = revision.document.answers
    on = words.stored_day(answers.get("sdq_on"))
    if not on or answers.get("sdq_done") != "yes":
        return []
    form = form_of(session, revision)
    scores = {key: answers[f"sdq_{key}"] for key, _ in SCALES if isinstance(answers.get(f"sdq_{key}"), int)}
    row = _sdq_row(child, on, str(answers.get("sdq_by", "")), scores, _whole(answers.get("sdq_total")), "")
    source = f"{form.short or form.title}, {words.day(revision.dated_on or revision.started_on)}"
    return [row._replace(source=source, revision_id=revision.id)]


def _sdq_row(
    child: Child, on: date, informant: str, scores: dict[str, int], total: int | None, no_score: str
) -> SdqRow:
    years = ages.age(child.born_on, on) if child.born_on else None
    cells = tuple(
        Cell(label, scores.get(key), band(key, scores.get(key), informant, years)) for key, label in SCALES
    )
    return SdqRow(
        None, on, informant, dict(INFORMANTS).get(informant, informant), cells, total,
        band("total", total, informant, years), no_score,
        codes.meaning("SDQ_REASON", no_score) if no_score else "", "", "", None, dict(scores),
    )  # fmt: skip


def _goals(session: Session, child_id: UUID) -> list[GoalView]:
    ratings = queries.standing(session, child_id, "goal")
    found = [
        _goal(each, [rating for rating in ratings if rating.goal_id == each.id])
        for each in queries.goals(session, child_id)
    ]
    return sorted(found, key=lambda each: each.closed_on is not None)


def _goal(goal: Goal, ratings: Iterable[Measure]) -> GoalView:
    return GoalView(
        goal.id, goal.words, goal.whose, dict(WHOSE).get(goal.whose, goal.whose), goal.set_on,
        goal.closed_on, goal.close_reason,
        tuple(
            Rating(
                each.id, each.happened_on, each.total, each.informant,
                dict(scaling.RESPONDENTS).get(each.informant, each.informant), each.words,
            )
            for each in ratings if each.total is not None
        ),
    )  # fmt: skip


def _points(session: Session, child: Child) -> list[scaling.Point]:
    names = [
        name for name in (child.known_as or child.given, child.given, child.name, child.known_as) if name
    ]
    found = []
    for revision in signed.standing(session, child.id, SCALED):
        found += _document_points(session, revision, names)
    return found + [_typed_point(each, names) for each in queries.standing(session, child.id, "scale")]


def _document_points(session: Session, revision: Revision, names: list[str]) -> list[scaling.Point]:
    rows = filled_rows(revision.document.answers.get("scaling"))
    if not rows:
        return []
    form = form_of(session, revision)
    dated = revision.dated_on or revision.started_on
    source = f"{form.short or form.title}, {words.day(dated)}"
    return [
        _point(row, words.stored_day(row.get("on")) or dated, names)._replace(
            source=source, revision_id=revision.id
        )
        for row in rows
        if _whole(row.get("score")) is not None
    ]


def _typed_point(each: Measure, names: list[str]) -> scaling.Point:
    row = each.scores | {"respondent_role": each.informant, "subject": each.subject, "score": each.total}
    source = "Puts an earlier score right" if each.replaces_id else ""
    return _point(row, each.happened_on, names)._replace(source=source, measure_id=each.id)


def _point(row: dict[str, Any], on: date, names: list[str]) -> scaling.Point:
    role = str(row.get("respondent_role", ""))
    typed = str(row.get("respondent", ""))
    respondent = scaling.named(typed, names) if role == "child" else " ".join(typed.split())
    return scaling.Point(
        on, respondent, role if role in dict(scaling.RESPONDENTS) else "agency",
        scaling.named(str(row.get("subject", "")), names), int(row["score"]),
        str(row.get("why_not_lower", "")), str(row.get("one_higher", "")), "", None, None,
    )  # fmt: skip


def _whole(answer: Any) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None
