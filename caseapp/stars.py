"""Star readings: what a chart draws and what changed. No answer is never nought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.form import Form, Score
from db import plans as queries
from db.store import Session


class StarSummary(NamedTuple):
    """The newest readings of one chart, newest first: (date, scores in the order of the areas)."""

    title: str
    areas: tuple[str, ...]
    low: int
    high: int
    readings: tuple[tuple[str, tuple[int | None, ...]], ...]
    words: str


def areas(form: Form) -> list[Score]:
    """Return the areas of a chart's form, in the order of the arms."""
    return [
        each
        for section in form.sections
        if section.look == "star"
        for each in section.fields
        if isinstance(each, Score)
    ]


def scores(form: Form, answers: Mapping[str, Any]) -> tuple[int | None, ...]:
    """Return a reading's points in the order of the areas; None where an area was not discussed."""
    return tuple(_point(answers.get(each.key)) for each in areas(form))


def _point(answer: Any) -> int | None:
    return answer if isinstance(answer, int) else None


def change_words(first: tuple[int | None, ...], latest: tuple[int | None, ...]) -> str:
    """Return what changed between two readings, over the areas that have both."""
    pairs = [
        (was, now) for was, now in zip(first, latest, strict=True) if was is not None and now is not None
    ]
    up = sum(now > was for was, now in pairs)
    down = sum(now < was for was, now in pairs)
    if not pairs:
        return "No area has two readings yet."
    same = len(pairs) - up - down
    return f"{words.count(up, 'area')} up, {same} the same, {down} down since the first reading."


def summary(session: Session, child_id: UUID) -> StarSummary | None:
    """Return the newest three readings of the chart that was used last."""
    from caseapp.plans import form_of

    signed = [each for each in queries.versions(session, child_id, "star") if each.signed_at]
    replaced = {each.replaces_id for each in signed}
    signed = [each for each in signed if each.id not in replaced]
    if not signed:
        return None
    form = form_of(session, signed[0])
    same = [each for each in signed if each.form_key == signed[0].form_key]
    same.sort(key=lambda each: (each.dated_on or each.started_on, each.number), reverse=True)
    points = [scores(form, each.document.answers) for each in same]
    dated = [words.day(each.dated_on or each.started_on) for each in same]
    named = areas(form)
    said = change_words(points[-1], points[0]) if len(points) > 1 else "The first reading."
    kept = [0, *({1, len(points) - 1} & set(range(1, len(points))))] if len(points) > 1 else [0]
    readings = tuple((dated[at], points[at]) for at in sorted(kept))
    return StarSummary(
        form.title, tuple(each.label for each in named), named[0].low, named[0].high, readings, said
    )
