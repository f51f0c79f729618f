"""Star readings: what a chart draws and what changed. No answer is never nought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.form import Form, Score
from caseapp.plans import form_of
from db import plans as queries
from db.store import Session


class Readings(NamedTuple):
    """Signed readings of one chart, newest first: (date, scores in the order of the areas)."""

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


def change_mark(was: int | None, now: int | None) -> str:
    """Return a change between two points with its arrow: ▲ +2, ▼ -1, = 0; nothing where one is missing.

    >>> change_mark(3, 5), change_mark(5, 4), change_mark(4, 4), change_mark(None, 4)
    ('▲ +2', '▼ -1', '= 0', '')
    """
    if was is None or now is None:
        return ""
    return f"{'▲' if now > was else '▼' if now < was else '='} {now - was:+d}".replace("+0", "0")


def readings(session: Session, child_id: UUID) -> Readings | None:
    """Return every signed reading of the chart that was used last; corrected versions are left out."""
    signed = [each for each in queries.versions(session, child_id, "star") if each.signed_at]
    replaced = {each.replaces_id for each in signed}
    standing = [each for each in signed if each.id not in replaced]
    if not standing:
        return None
    form = form_of(session, standing[0])
    same = [each for each in standing if each.form_key == standing[0].form_key]
    same.sort(key=lambda each: (each.dated_on or each.started_on, each.number), reverse=True)
    points = [scores(form, each.document.answers) for each in same]
    dated = [words.day(each.dated_on or each.started_on) for each in same]
    said = change_words(points[-1], points[0]) if len(points) > 1 else "The first reading."
    named = areas(form)
    return Readings(
        form.title,
        tuple(each.label for each in named),
        named[0].low,
        named[0].high,
        tuple(zip(dated, points, strict=True)),
        said,
    )


def few(told: Readings) -> Readings:
    """Return the readings that one chart can show: the newest, the one before it and the first."""
    shown = sorted({0, min(1, len(told.readings) - 1), len(told.readings) - 1})
    return told._replace(readings=tuple(told.readings[at] for at in shown))
