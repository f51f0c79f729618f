"""Star readings of one child: whose they are, what a chart draws, what changed. No answer is never nought."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import star_change, words
from caseapp.form import Form, Score, Stage, filled_rows
from caseapp.plan_writing import form_of
from caseapp.star_change import Points, change_words
from db import plans as queries
from db.models import Revision
from db.store import Session

LOOKING_BACK = "retrospective"
THE_CHILD = "The child"


class Readings(NamedTuple):
    """Signed readings of one person's chart, newest first: (date, scores in the order of the areas)."""

    title: str
    areas: tuple[str, ...]
    low: int
    high: int
    readings: tuple[tuple[str, Points], ...]
    words: str


class ReadingView(NamedTuple):
    """One signed reading. `other_points` are those of the one who disagrees, on the same day.

    `notes` stand in the order of the areas. A reading that does not count is shown, but no change is
    measured from or to it: it looks back, or was not approved for reports.
    """

    revision_id: UUID
    read_on: date
    kind: str
    kind_words: str
    completed_by: str
    points: Points
    notes: tuple[str, ...]
    other_points: Points | None
    other_who: str
    difference: str
    is_partial: bool
    counts: bool


class SeriesView(NamedTuple):
    """All readings of one person on one edition of a star, newest first, and what changed.

    `first_at` and `latest_at` are the places of the readings compared; None until there are two.
    """

    key: str
    form_key: str
    title: str
    whose: str
    areas: tuple[str, ...]
    low: int
    high: int
    stages: tuple[Stage, ...]
    readings: tuple[ReadingView, ...]
    owner: str
    acknowledgement: str
    first_at: int | None
    latest_at: int | None
    sentence: str


class _Signed(NamedTuple):
    revision: Revision
    form: Form

    @property
    def on(self) -> date:
        return self.revision.dated_on or self.revision.started_on

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.revision.document.answers


def areas(form: Form) -> list[Score]:
    """Return the areas of a chart's form, in the order of the arms."""
    return [
        each
        for section in form.sections
        if section.look == "star"
        for each in section.fields
        if isinstance(each, Score)
    ]


def scores(form: Form, answers: Mapping[str, Any]) -> Points:
    """Return a reading's points in the order of the areas; None where an area was not discussed."""
    return tuple(_point(answers.get(each.key)) for each in areas(form))


def _point(answer: Any) -> int | None:
    return answer if isinstance(answer, int) else None


def edition(form: Form) -> str:
    """Return what tells the editions of a star apart: readings of two editions are never compared.

    A version of a form that asks the same areas on the same scale is the same edition; of a star that has
    an owner every version is an edition of its own.
    """
    arms = [(each.key, each.label, each.low, each.high) for each in areas(form)]
    return _short((form.key, form.version if form.owner else 0, arms))


def whose_key(form: Form, whose: str, name: str) -> tuple[str, str]:
    """Return who a reading is about: a child's own star is the child's, however the name was spelled."""
    if whose not in ("parent", "other") or all(each.key != "whose" for each in form.fields):
        return whose, ""
    return whose, " ".join(name.casefold().split())


def whose_words(form: Form, whose: str, name: str) -> str:
    """Return whose view it is: «One parent or carer: Samira Haddad»."""
    asked = next((each for each in form.fields if each.key == "whose"), None)
    if asked is None:
        return THE_CHILD
    said = asked.show(whose) or "Not recorded"
    return f"{said}: {name}" if name and whose in ("parent", "other") else said


def _short(parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def other_scores(form: Form, answers: Mapping[str, Any]) -> Points | None:
    """Return the points of the one who disagrees; elsewhere they are those of the star."""
    rows = filled_rows(answers.get("other_scores")) if answers.get("agreed") == "no" else []
    theirs = {row.get("area"): _point(row.get("score")) for row in rows}
    if not theirs:
        return None
    both = zip(areas(form), scores(form, answers), strict=True)
    return tuple(theirs.get(area.key, ours) for area, ours in both)


def all_series(session: Session, child_id: UUID) -> list[SeriesView]:
    """Return every person's readings of every star, the series with the newest reading first."""
    found = _signed(session, child_id)
    newest = {each.form.key: edition(each.form) for each in reversed(found)}
    groups: dict[tuple[str, tuple[str, str]], list[_Signed]] = {}
    for each in found:
        groups.setdefault((edition(each.form), _whose(each)), []).append(each)
    return [_series(group, is_newest=newest[group[0].form.key] == of) for (of, _), group in groups.items()]


def _signed(session: Session, child_id: UUID) -> list[_Signed]:
    """Return the signed readings that no correction replaced, newest first."""
    signed = [each for each in queries.versions(session, child_id, "star", documents=True) if each.signed_at]
    replaced = {each.replaces_id for each in signed}
    standing = [each for each in signed if each.id not in replaced]
    standing.sort(key=lambda each: (each.dated_on or each.started_on, each.number), reverse=True)
    return [_Signed(each, form_of(session, each)) for each in standing]


def _whose(each: _Signed) -> tuple[str, str]:
    return whose_key(each.form, str(each.answers.get("whose", "")), str(each.answers.get("whose_name", "")))


def _series(group: Sequence[_Signed], *, is_newest: bool) -> SeriesView:
    newest = group[0]
    form, named = newest.form, areas(newest.form)
    views = tuple(_reading(each) for each in group)
    ends = compared(views)
    whose, name = str(newest.answers.get("whose", "")), str(newest.answers.get("whose_name", ""))
    return SeriesView(
        _short((edition(form), _whose(newest))),
        form.key,
        form.title if is_newest else f"{form.title}, earlier edition",
        whose_words(form, whose, name),
        tuple(each.label for each in named),
        named[0].low,
        named[0].high,
        form.stages,
        views,
        form.owner,
        form.acknowledgement,
        ends[0] if ends else None,
        ends[1] if ends else None,
        _sentence(views, ends),
    )


def _reading(each: _Signed) -> ReadingView:
    form, answers = each.form, each.answers
    points, kind = scores(form, answers), str(answers.get("reading", ""))
    asked = {field.key: field for field in form.fields}
    others = [str(row.get("who", "")) for row in filled_rows(answers.get("other_scores")) if row.get("who")]
    return ReadingView(
        each.revision.id,
        each.on,
        kind,
        _shown(asked, "reading", answers),
        _shown(asked, "completed_by", answers),
        points,
        tuple(str(answers.get(f"{area.key}_note", "")) for area in areas(form)),
        other_scores(form, answers),
        words.listed(list(dict.fromkeys(others))),
        str(answers.get("difference", "")) if answers.get("agreed") == "no" else "",
        star_change.is_partial(points, len(answers.get("not_applicable") or ())),
        counts(kind, str(answers.get("agreed", "")), str(answers.get("for_report", ""))),
    )


def _shown(asked: Mapping[str, Any], key: str, answers: Mapping[str, Any]) -> str:
    return str(asked[key].show(answers.get(key))) if key in asked else ""


def counts(kind: str, agreed: str, for_report: str) -> bool:
    """Return whether change is measured with a reading: one that looks back or was not approved is not."""
    return kind != LOOKING_BACK and not (agreed == "no" and for_report == "no")


def compared(readings: Sequence[ReadingView]) -> tuple[int, int] | None:
    """Return the places of the first and the latest reading that count, or None before there are two."""
    places = [place for place, each in enumerate(readings) if each.counts]
    return (places[-1], places[0]) if len(places) > 1 else None


def _sentence(readings: Sequence[ReadingView], ends: tuple[int, int] | None) -> str:
    if ends is None:
        number = sum(each.counts for each in readings)
        return "One reading so far: no change to show yet." if number else "No reading to compare yet."
    first, latest = (readings[place] for place in ends)
    return star_change.sentence(first.points, latest.points, words.day(first.read_on))


def readings(session: Session, child_id: UUID) -> Readings | None:
    """Return one person's readings of the star used last; looking back is shown only if there is no other."""
    told = next(iter(all_series(session, child_id)), None)
    if told is None:
        return None
    shown = [each for each in told.readings if each.kind != LOOKING_BACK] or list(told.readings)
    return Readings(
        told.title,
        told.areas,
        told.low,
        told.high,
        tuple((words.day(each.read_on), each.points) for each in shown),
        _short_words(told),
    )


def _short_words(told: SeriesView) -> str:
    if told.first_at is None or told.latest_at is None:
        return "The first reading."
    return change_words(told.readings[told.first_at].points, told.readings[told.latest_at].points)


def few(told: Readings) -> Readings:
    """Return the readings that one chart can show: the newest, the one before it and the first."""
    shown = sorted({0, min(1, len(told.readings) - 1), len(told.readings) - 1})
    return told._replace(readings=tuple(told.readings[at] for at in shown))
