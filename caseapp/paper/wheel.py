"""The wheel of an outcomes star: the chart on paper, its legend and its table of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from caseapp import star_geometry
from caseapp.form import Score
from caseapp.paper import fonts
from caseapp.paper.page import ACCENT, INK, LINE, MUTED, Look, paragraphs
from caseapp.paper.tags import Drawn
from caseapp.star_picture import Stroke, change_words, strokes

# isort: split
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

_PAPER = HexColor("#FFFFFF")
_INKS: dict[str, Color] = {
    "latest": ACCENT,
    "first": HexColor("#76858A"),
    "between": HexColor("#1F4E8C"),
    "other": HexColor("#7E4A00"),
}
_NOT_DISCUSSED = "(not discussed)"
RADIUS = 43 * mm


class Reading(NamedTuple):
    """The scores of one day, in the order of the areas; None where an area was not discussed.

    The view of somebody who disagrees is a reading of the same day, drawn differently.
    """

    label: str
    scores: Sequence[int | None]
    is_other_view: bool = False


def reading(label: str, areas: Sequence[Score], answers: Mapping[str, Any]) -> Reading:
    """Return the scores that answers hold; what is not on the scale counts as not discussed."""
    return Reading(label, [score_of(area, answers.get(area.key)) for area in areas])


def score_of(area: Score, answer: Any) -> int | None:
    """Return the answer if it is a point of the scale."""
    is_number = isinstance(answer, int) and not isinstance(answer, bool)
    return answer if is_number and area.low <= answer <= area.high else None


class Wheel(Drawn):
    """A round chart with an arm for each area; the last reading is drawn strongest.

    Without readings it is to be filled in by pen.
    """

    kind = "Figure"

    def __init__(
        self,
        areas: Sequence[Score],
        readings: Sequence[Reading],
        look: Look,
        *,
        radius: float = RADIUS,
        size: float = 9.2,
        gap: float = 10,
    ) -> None:
        """Draw a rim of `radius` points; labels of `size` points stand `gap` off it and grow with print."""
        super().__init__()
        self._areas, self._readings, self._look = areas, readings, look
        self._low, self._high = min(area.low for area in areas), max(area.high for area in areas)
        self._radius = radius
        self._size = size * min(look.scale, 1.3)
        self._labels = [self._label_lines(number) for number in range(len(areas))]
        self._boxes = star_geometry.label_boxes(
            self._radius, [self._label_size(each) for each in self._labels], gap
        )

    def _label_lines(self, number: int) -> list[str]:
        silent = self._readings and self._readings[-1].scores[number] is None
        lines = star_geometry.wrapped(fonts.shown(self._areas[number].label))
        return [*lines, _NOT_DISCUSSED] if silent else lines

    def _label_size(self, lines: Sequence[str]) -> tuple[float, float]:
        widest = max(fonts.text_width(line, fonts.SEMIBOLD, self._size) for line in lines)
        return widest, len(lines) * 1.18 * self._size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: the labels stand around the rim, the legend below."""
        self._top = max([self._radius, *(-box.y for box in self._boxes)]) + 3
        self._foot = max([self._radius, *(box.bottom for box in self._boxes)]) + 6
        self._legend = 1.7 * self._size if self._readings else 0
        self.width, self.height = width, self._top + self._foot + self._legend
        return self.width, self.height

    def told(self) -> str:
        """Return the scores of each reading in words."""
        if self._readings:
            return _told(self._areas, self._readings)
        areas = "; ".join(each.label for each in self._areas)
        return (
            f"This wheel is to be filled in by pen, from {self._low} to {self._high}. Its areas are: {areas}."
        )

    def draw(self) -> None:
        """Draw rings and arms, the readings from old to new, labels and legend."""
        canvas = self.canv
        canvas.saveState()
        canvas.translate(self.width / 2, self._foot + self._legend)
        self._draw_ground(canvas)
        for stroke, each in zip(_strokes(self._readings), self._readings, strict=True):
            self._draw_reading(canvas, stroke, each)
        self._draw_labels(canvas)
        canvas.restoreState()
        self._draw_legend(canvas)

    def _draw_ground(self, canvas: Canvas) -> None:
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(LINE)
        for score in range(self._low, self._high + 1):
            canvas.circle(
                0, 0, star_geometry.ring(score, self._low, self._high, self._radius), stroke=1, fill=0
            )
        for arm in range(len(self._areas)):
            end = star_geometry.spot(arm, len(self._areas), self._high, self._low, self._high, self._radius)
            canvas.line(0, 0, end.x, -end.y)
        canvas.setFillColor(MUTED)
        every = star_geometry.numbered_every(self._low, self._high, self._radius, 7)
        for score in range(self._high, self._low - 1, -every):
            height = star_geometry.ring(score, self._low, self._high, self._radius)
            fonts.draw_text(canvas, 4.5, height + 1.5, str(score), fonts.REGULAR, 0.7 * self._size)

    def _draw_reading(self, canvas: Canvas, stroke: Stroke, each: Reading) -> None:
        points = star_geometry.arm_points(len(self._areas), self._low, self._high, self._radius, each.scores)
        for run in star_geometry.runs(points):
            path = canvas.beginPath()
            path.moveTo(run[0].x, -run[0].y)
            for spot in run[1:]:
                path.lineTo(spot.x, -spot.y)
            whole = len(run) == len(points) + 1 > 3
            if whole and stroke.key == "latest":
                canvas.setFillColor(ACCENT, alpha=0.12)
                canvas.drawPath(path, stroke=0, fill=1)
                canvas.setFillAlpha(1)
            _set_pen(canvas, stroke)
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.setDash()
        for score, point in zip(each.scores, points, strict=True):
            if score is not None and point is not None:
                self.draw_mark(canvas, stroke, score, point.x, -point.y)

    def draw_mark(self, canvas: Canvas, stroke: Stroke, score: int, x: float, y: float) -> None:
        """Draw what stands at a score."""
        draw_marker(canvas, stroke, x, y)

    def _draw_labels(self, canvas: Canvas) -> None:
        for lines, box in zip(self._labels, self._boxes, strict=True):
            share = (box.align + 1) / 2
            x = box.x + share * box.width
            for number, line in enumerate(lines):
                is_note = line == _NOT_DISCUSSED
                canvas.setFillColor(MUTED if is_note else INK)
                base = -box.y - (number + 0.85) * 1.18 * self._size
                font = fonts.REGULAR if is_note else fonts.SEMIBOLD
                fonts.draw_text(canvas, x, base, line, font, self._size, align=share)

    def _draw_legend(self, canvas: Canvas) -> None:
        drawn = [
            (stroke, each.label + stroke.words)
            for stroke, each in zip(_strokes(self._readings), self._readings, strict=True)
        ]
        widths = [30 + fonts.text_width(words, fonts.REGULAR, self._size) + 16 for _, words in drawn]
        shrunk = min(1.0, self.width / max(1.0, sum(widths)))
        x = max(0.0, (self.width - sum(widths) * shrunk) / 2)
        canvas.saveState()
        canvas.translate(x, 0)
        canvas.scale(shrunk, shrunk)
        x = 0.0
        for (stroke, words), width in zip(drawn, widths, strict=True):
            _set_pen(canvas, stroke)
            canvas.line(x, 4, x + 24, 4)
            canvas.setDash()
            draw_marker(canvas, stroke, x + 12, 4)
            canvas.setFillColor(INK)
            fonts.draw_text(canvas, x + 30, 1, words, fonts.REGULAR, self._size)
            x += width
        canvas.restoreState()


def _told(areas: Sequence[Score], readings: Sequence[Reading]) -> str:
    told = []
    for each in readings:
        scores = (
            f"{area.label} {'not discussed' if score is None else score}"
            for area, score in zip(areas, each.scores, strict=True)
        )
        told.append(f"{each.label}: {'; '.join(scores)}.")
    return f"This chart shows a score for each area. {' '.join(told)}"


def _strokes(readings: Sequence[Reading]) -> list[Stroke]:
    """Return how each reading is drawn, the oldest first: dash and marker differ, not the colour alone."""
    return strokes([each.is_other_view for each in readings[::-1]])[::-1]


def _set_pen(canvas: Canvas, stroke: Stroke) -> None:
    canvas.setStrokeColor(_INKS[stroke.key])
    canvas.setLineWidth(1.9 if stroke.key == "latest" else 1.1)
    canvas.setDash(list(stroke.dash))


def draw_marker(canvas: Canvas, stroke: Stroke, x: float, y: float) -> None:
    """Draw a reading's mark around a place."""
    ink = _INKS[stroke.key]
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(1)
    canvas.setFillColor(ink if stroke.marker == "dot" else _PAPER)
    if stroke.marker == "dot":
        canvas.circle(x, y, 2.4, stroke=1, fill=1)
    elif stroke.marker == "square":
        canvas.rect(x - 2.9, y - 2.9, 5.8, 5.8, stroke=1, fill=1)
    elif stroke.marker == "diamond":
        path = canvas.beginPath()
        path.moveTo(x, y - 4.1)
        for across, up in ((4.1, 0), (0, 4.1), (-4.1, 0)):
            path.lineTo(x + across, y + up)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
    else:
        canvas.setLineWidth(1.5)
        canvas.line(x - 3, y - 3, x + 3, y + 3)
        canvas.line(x - 3, y + 3, x + 3, y - 3)


class Bars(Drawn):
    """The readings as bars, for fewer than three areas: a wheel needs three arms."""

    kind = "Figure"

    def __init__(self, areas: Sequence[Score], readings: Sequence[Reading], look: Look) -> None:
        super().__init__()
        self._areas, self._readings, self._look = areas, readings, look
        self._pitch = 15 * look.scale

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: a line for each area and reading."""
        self.width = width
        self.height = len(self._areas) * (self._pitch * (len(self._readings) + 1) + 6)
        return self.width, self.height

    def told(self) -> str:
        """Return the scores of each reading in words."""
        return _told(self._areas, self._readings)

    def draw(self) -> None:
        """Draw each area's name, and a bar with its number for each reading."""
        y = self.height
        for number, area in enumerate(self._areas):
            y -= self._pitch
            self.canv.setFillColor(INK)
            fonts.draw_text(self.canv, 0, y + 3, area.label, fonts.SEMIBOLD, self._look.body.fontSize)
            for stroke, each in zip(_strokes(self._readings), self._readings, strict=True):
                y -= self._pitch
                self._draw_bar(y, area, stroke, each.label, each.scores[number])
            y -= 6

    def _draw_bar(self, y: float, area: Score, stroke: Stroke, label: str, score: int | None) -> None:
        size, start = self._look.note.fontSize, 0.32 * self.width
        room = self.width - start - 30 * mm
        self.canv.setFillColor(MUTED)
        fonts.draw_text(self.canv, 0, y + 3, label, fonts.REGULAR, size)
        length = 0.0 if score is None else room * (score - area.low + 1) / (area.high - area.low + 1)
        if length:
            self.canv.setFillColor(_INKS[stroke.key])
            self.canv.rect(start, y + 1.5, length, 0.6 * self._pitch, stroke=0, fill=1)
        self.canv.setFillColor(INK)
        words = "not discussed" if score is None else f"{score} of {area.high}"
        fonts.draw_text(self.canv, start + length + 6, y + 3, words, fonts.SEMIBOLD, size)


def chart(areas: Sequence[Score], readings: Sequence[Reading], look: Look) -> Flowable:
    """Return the wheel, or bars where there are fewer than three areas."""
    return Wheel(areas, readings, look) if len(areas) > 2 else Bars(areas, readings, look)


def numbers(areas: Sequence[Score], readings: Sequence[Reading]) -> tuple[list[str], list[list[str]]]:
    """Return columns and rows of the table of scores, with what changed since the first reading in words."""
    columns = ["Area", *(each.label for each in readings)] + (["Change"] if len(readings) > 1 else [])
    rows = []
    for number, area in enumerate(areas):
        scores = [each.scores[number] for each in readings]
        row = [area.label, *("not discussed" if score is None else str(score) for score in scores)]
        rows.append(row + ([change_words(scores[0], scores[-1])] if len(readings) > 1 else []))
    return columns, rows


def acknowledgement(text: str, look: Look) -> list[Flowable]:
    """Return the owner's words that stand at the foot of the chart."""
    return [look.gap(4), *paragraphs(text, look.note)]
