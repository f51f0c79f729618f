"""What a picture of a star shows, before it is drawn: readings, their strokes, the table, the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseapp.form import Stage
from caseapp.star_change import stage_words

DRAWN_AT_MOST = 3
"""Readings in one picture; more cannot be told apart."""


class Stroke(NamedTuple):
    """How a reading is told apart without colour: the dash (drawn, left out … in points), mark and words."""

    key: str
    dash: tuple[float, ...]
    marker: str
    words: str


LATEST = Stroke("latest", (), "dot", "")
FIRST = Stroke("first", (5, 3), "square", ", dashed")
BETWEEN = Stroke("between", (1.5, 2.5), "diamond", ", dotted")
OTHER_VIEW = Stroke("other", (8, 3, 1.5, 3), "cross", ", dash and dot")


class Line(NamedTuple):
    """One reading, or the other view of it: what the legend says and a point for each area."""

    label: str
    points: tuple[int | None, ...]
    is_other_view: bool = False


class Picture(NamedTuple):
    """A star with its readings, newest first, and everything that has to stand on a copy of it."""

    title: str
    whose: str
    ref: str
    made_on: str
    areas: tuple[str, ...]
    low: int
    high: int
    lines: tuple[Line, ...]
    stages: Sequence[Stage] = ()
    sentence: str = ""
    acknowledgement: str = ""

    @property
    def identity(self) -> str:
        """Return whose view it is, whose file it comes from and when it was made, in a line."""
        return ", ".join(part for part in (self.whose, f"ref {self.ref}", f"made {self.made_on}") if part)


def strokes(other_views: Sequence[bool]) -> list[Stroke]:
    """Return how each line is drawn, newest first; `other_views` says which are views of who disagrees.

    >>> [each.key for each in strokes([False, True, False, False])]
    ['latest', 'other', 'between', 'first']
    """
    own = [place for place, is_other in enumerate(other_views) if not is_other]
    return [
        OTHER_VIEW if is_other else LATEST if place == own[0] else FIRST if place == own[-1] else BETWEEN
        for place, is_other in enumerate(other_views)
    ]


def change_words(was: int | None, now: int | None) -> str:
    """Return what changed in one area, in a word and a number.

    >>> change_words(3, 6), change_words(8, 7), change_words(5, 5), change_words(None, 4)
    ('up 3', 'down 1', 'the same', '–')
    """
    if was is None or now is None:
        return "–"
    return f"up {now - was}" if now > was else f"down {was - now}" if now < was else "the same"


def table(picture: Picture) -> list[list[str]]:
    """Return the picture's numbers, the column titles first; readings from old to new."""
    shown = picture.lines[::-1]
    own = [each for each in shown if not each.is_other_view]
    titles = ["Area", *(each.label for each in shown)]
    titles += ["Stage"] if picture.stages else []
    titles += ["Change"] if len(own) > 1 else []
    rows = [titles]
    for place, area in enumerate(picture.areas):
        row = [area, *(_cell(each, place) for each in shown)]
        if picture.stages:
            row.append(stage_words(own[-1].points[place], picture.stages) or "–")
        if len(own) > 1:
            row.append(change_words(own[0].points[place], own[-1].points[place]))
        rows.append(row)
    return rows


def _cell(line: Line, place: int) -> str:
    point = line.points[place]
    if point is None:
        return "–" if line.is_other_view else "not discussed"
    return str(point)


def description(picture: Picture) -> str:
    """Return the picture in words, for those who do not see it."""
    told = [
        f"{line.label}{stroke.words}: "
        + ", ".join(
            f"{area} {'not discussed' if point is None else point}"
            for area, point in zip(picture.areas, line.points, strict=True)
            if point is not None or not line.is_other_view
        )
        for line, stroke in zip(
            picture.lines, strokes([each.is_other_view for each in picture.lines]), strict=True
        )
    ]
    return ". ".join([f"Scale {picture.low} to {picture.high}", *told, picture.sentence.rstrip(".")]) + "."
