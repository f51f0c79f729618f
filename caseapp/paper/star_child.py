"""A star for the child to take away: one page, large letters, the child's own words, nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseapp import words
from caseapp.form import Score
from caseapp.paper import fonts
from caseapp.paper.drawn import WritingLines
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.grid import Grid
from caseapp.paper.page import INK, WIDTH, Heading, Look, document, look, paragraphs
from caseapp.paper.parts import quoted
from caseapp.paper.tags import Drawn
from caseapp.paper.wheel import Bars, Reading, Wheel, acknowledgement
from caseapp.star_picture import Stroke

# isort: split
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame

_TOLD: Final = 3
"""Areas of which the child's words are shown; the others that are better are named in one line."""
_LONGEST: Final = 220
_FIRST: Final = "This is the first time. Next time we look at what is better."
_NONE_BETTER: Final = "Nothing is higher this time, and that is all right. We can talk about what would help."
_HOLDS: Final = "\u00a0"
"""A space at which no line breaks."""
_FACE: Final = 4.2 * mm
_PAPER: Final = HexColor("#FFFFFF")


@dataclass(frozen=True)
class ChildStar:
    """What the page shows: points now and at first, and what the child said, area by area and at the end."""

    title: str
    read_on: str
    areas: tuple[Score, ...]
    points: tuple[int | None, ...]
    first_on: str = ""
    first: tuple[int | None, ...] = ()
    said: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    acknowledgement: str = ""
    has_faces: bool = False

    @property
    def better(self) -> list[int]:
        """Return the places of the areas that are higher than at first."""
        pairs = enumerate(zip(self.first, self.points, strict=False))
        return [place for place, (was, now) in pairs if was is not None and now is not None and now > was]


def child_pdf(star: ChildStar, heading: Heading) -> bytes:
    """Return the page as a PDF. Raises Unprintable."""
    texts = [star.title, star.acknowledgement, *(each.label for each in star.areas), *star.said, *star.wants]
    refuse_unprintable([*heading.texts, *(("the child’s star", each) for each in texts)])
    style = look(large=False)
    tries = [(radius, size, _story(star, heading, style, radius * mm, size)) for radius, size in _SIZES]
    fitting = next((story for *_, story in tries if _height(story) <= _ROOM), None)
    return document(heading, fitting or _shrunk(tries[-1][-1]))


_ROOM: Final = 250 * mm
"""What a page holds between its edges."""
_SIZES: Final = ((56, 14.0), (52, 13.5), (48, 13.0), (44, 12.5), (40, 12.0))
"""The rim in millimetres and the size of words in points: the largest that fit are taken."""


def _story(star: ChildStar, heading: Heading, style: Look, radius: float, size: float) -> list[Flowable]:
    title = ParagraphStyle("child_title", style.title, fontSize=26, leading=31)
    story = [
        *paragraphs(heading.title, title, way=0),
        *paragraphs(star.read_on, _large(style, 15)),
        style.gap(8),
    ]
    story.append(_chart(star, style, radius))
    if star.has_faces:
        story += [style.gap(4), FaceRow(star.areas[0])]
    story += [style.gap(10), _columns(_better(star, style, size), _next(star, style, size))]
    return story + (acknowledgement(star.acknowledgement, style) if star.acknowledgement else [])


def _height(story: Sequence[Flowable]) -> float:
    return sum(each.wrap(WIDTH, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in story)


def _shrunk(story: list[Flowable]) -> list[Flowable]:
    return [KeepInFrame(WIDTH, _ROOM, story, mode="shrink", hAlign="CENTER")]


def _large(style: Look, size: float, *, strong: bool = False) -> ParagraphStyle:
    base = style.strong if strong else style.body
    return ParagraphStyle(f"child_{size}_{strong}", base, fontSize=size, leading=1.32 * size)


def _chart(star: ChildStar, style: Look, radius: float) -> Flowable:
    readings = [Reading(star.first_on, star.first)] if star.first else []
    readings.append(Reading(star.read_on, star.points))
    areas = [
        area if point is None else replace(area, label=f"{area.label}:{_HOLDS}{point}")
        for area, point in zip(star.areas, star.points, strict=True)
    ]
    if len(areas) < 3:
        return Bars(star.areas, readings, look(large=True))
    if star.has_faces:
        return FaceWheel(areas, readings, style, radius=radius, size=13, gap=_FACE + 6)
    return Wheel(areas, readings, style, radius=radius, size=13)


def _better(star: ChildStar, style: Look, size: float) -> list[Flowable]:
    story = paragraphs("What is better", _large(style, 17, strong=True))
    body = _large(style, size)
    if not star.better:
        return story + paragraphs(_NONE_BETTER if star.first else _FIRST, body)
    told = sorted(star.better, key=lambda place: not _said(star, place))
    for place in told[:_TOLD]:
        area = star.areas[place]
        line = f"{area.label}: {star.first[place]}{_HOLDS}→{_HOLDS}{star.points[place]}"
        story += [*paragraphs(line, _large(style, size, strong=True)), *_own_words(_said(star, place), body)]
    if more := [star.areas[place].label for place in sorted(told[_TOLD:])]:
        story += paragraphs(f"Also better: {words.listed(more)}", body)
    return story


def _said(star: ChildStar, place: int) -> str:
    return star.said[place] if place < len(star.said) else ""


def _next(star: ChildStar, style: Look, size: float) -> list[Flowable]:
    story = paragraphs("What I want next", _large(style, 17, strong=True))
    for wish in star.wants:
        story += _own_words(wish, _large(style, size))
    return story if star.wants else [*story, style.gap(10), WritingLines(3, look(large=True), WIDTH / 2 - 20)]


def _own_words(text: str, style: ParagraphStyle) -> list[Flowable]:
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return paragraphs(quoted(text), style) if text else []


def _columns(left: Sequence[Flowable], right: Sequence[Flowable]) -> Grid:
    edges = [("BOX", (0, 0), (0, 0), 1, INK), ("BOX", (2, 0), (2, 0), 1, INK)]
    room = [(f"{side}PADDING", (0, 0), (-1, -1), 9) for side in ("LEFT", "RIGHT", "TOP")]
    gap = 5 * mm
    half = (WIDTH - gap) / 2
    style = [*edges, *room, ("BOTTOMPADDING", (0, 0), (-1, -1), 11)]
    return Grid([[list(left), "", list(right)]], colWidths=[half, gap, half], style=style)


# Faces


def draw_face(canvas: Canvas, x: float, y: float, radius: float, mood: float) -> None:
    """Draw a face around a place; `mood` goes from -1, very hard, to 1, very good."""
    canvas.setStrokeColor(INK)
    canvas.setFillColor(_PAPER)
    canvas.setLineWidth(max(0.9, radius / 11))
    canvas.circle(x, y, radius, stroke=1, fill=1)
    canvas.setFillColor(INK)
    for side in (-1, 1):
        canvas.circle(x + side * 0.36 * radius, y + 0.26 * radius, 0.1 * radius, stroke=0, fill=1)
    ends = y - 0.36 * radius + 0.12 * radius * mood
    bow = ends - 0.5 * radius * mood
    across = 0.48 * radius
    mouth = canvas.beginPath()
    mouth.moveTo(x - across, ends)
    mouth.curveTo(x - across / 2, bow, x + across / 2, bow, x + across, ends)
    canvas.drawPath(mouth, stroke=1, fill=0)


def _mood(score: int, low: int, high: int) -> float:
    return 2 * (score - low) / (high - low) - 1


class FaceWheel(Wheel):
    """A wheel whose latest scores are faces."""

    def draw_mark(self, canvas: Canvas, stroke: Stroke, score: int, x: float, y: float) -> None:
        """Draw a face at a score of the latest reading."""
        if stroke.key == "latest":
            draw_face(canvas, x, y, _FACE, _mood(score, self._low, self._high))
        else:
            super().draw_mark(canvas, stroke, score, x, y)


class FaceRow(Drawn):
    """The faces of a scale with their numbers, and what the ends mean."""

    kind = "Figure"

    def __init__(self, area: Score) -> None:
        super().__init__()
        self._area = area

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = width, 17 * mm
        return self.width, self.height

    def told(self) -> str:
        """Return the scale in words."""
        area = self._area
        return f"Faces from {area.low}, {area.low_words}, to {area.high}, {area.high_words}."

    def draw(self) -> None:
        """Draw the faces side by side with their numbers below, and the words at the sides."""
        low, high, canvas = self._area.low, self._area.high, self.canv
        pitch, size = 17 * mm, 13
        start = self.width / 2 - pitch * (high - low) / 2
        for score in range(low, high + 1):
            x = start + pitch * (score - low)
            draw_face(canvas, x, 10.5 * mm, 5 * mm, _mood(score, low, high))
            canvas.setFillColor(INK)
            fonts.draw_text(canvas, x, 1 * mm, str(score), fonts.SEMIBOLD, size, align=0.5)
        for text, x, align in (
            (self._area.low_words, start - 8 * mm, 1),
            (self._area.high_words, start + pitch * (high - low) + 8 * mm, 0),
        ):
            fonts.draw_text(canvas, x, 9 * mm, text, fonts.REGULAR, size, align=align)
