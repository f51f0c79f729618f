"""The wheel of an outcomes star: the chart on paper, its legend and its table of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from caseapp import star_geometry
from caseapp.form import Score
from caseapp.paper import fonts
from caseapp.paper.page import ACCENT, INK, LINE, MUTED, Look, paragraphs

# isort: split
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

_GREY, _BLUE = HexColor("#76858A"), HexColor("#1F4E8C")


class Reading(NamedTuple):
    """The scores of one day, in the order of the areas; None where an area was not discussed."""

    label: str
    scores: Sequence[int | None]


class _Line(NamedTuple):
    ink: Color
    dash: tuple[float, ...]
    marker: str
    weight: float


_OLDER = (_Line(_GREY, (4, 3), "ring", 1.1), _Line(_BLUE, (1.2, 2.2), "square", 1.1))
_LATEST = _Line(ACCENT, (), "dot", 1.9)


def reading(label: str, areas: Sequence[Score], answers: Mapping[str, Any]) -> Reading:
    """Return the scores that answers hold; what is not on the scale counts as not discussed."""
    return Reading(label, [score_of(area, answers.get(area.key)) for area in areas])


def score_of(area: Score, answer: Any) -> int | None:
    """Return the answer if it is a point of the scale."""
    is_number = isinstance(answer, int) and not isinstance(answer, bool)
    return answer if is_number and area.low <= answer <= area.high else None


class Wheel(Flowable):
    """A round chart with an arm for each area; the last reading is drawn strongest.

    Without readings it is to be filled in by pen.
    """

    def __init__(self, areas: Sequence[Score], readings: Sequence[Reading], look: Look) -> None:
        super().__init__()
        self._areas, self._readings, self._look = areas, readings, look
        self._low, self._high = min(area.low for area in areas), max(area.high for area in areas)
        self._radius = 43 * mm
        self._size = 9.2 * min(look.scale, 1.3)
        self._labels = [star_geometry.wrapped(fonts.shown(area.label)) for area in areas]
        self._boxes = star_geometry.label_boxes(
            self._radius, [self._label_size(each) for each in self._labels], 10
        )

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

    def draw(self) -> None:
        """Draw rings and arms, the readings from old to new, labels and legend."""
        canvas = self.canv
        canvas.saveState()
        canvas.translate(self.width / 2, self._foot + self._legend)
        self._draw_ground(canvas)
        for line, each in zip(_lines(len(self._readings)), self._readings, strict=True):
            self._draw_reading(canvas, line, each)
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
        for score in range(self._low, self._high + 1):
            height = star_geometry.ring(score, self._low, self._high, self._radius)
            fonts.draw_text(
                canvas, 2.5, height + 1.5, str(score), fonts.REGULAR, 6.5 * min(self._look.scale, 1.2)
            )

    def _draw_reading(self, canvas: Canvas, line: _Line, each: Reading) -> None:
        points = star_geometry.arm_points(len(self._areas), self._low, self._high, self._radius, each.scores)
        for run in star_geometry.runs(points):
            path = canvas.beginPath()
            path.moveTo(run[0].x, -run[0].y)
            for spot in run[1:]:
                path.lineTo(spot.x, -spot.y)
            whole = len(run) == len(points) + 1 > 3
            if whole and line is _LATEST:
                canvas.setFillColor(ACCENT, alpha=0.12)
                canvas.drawPath(path, stroke=0, fill=1)
                canvas.setFillAlpha(1)
            canvas.setStrokeColor(line.ink)
            canvas.setLineWidth(line.weight)
            canvas.setDash(list(line.dash))
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.setDash()
        for point in points:
            if point is not None:
                _draw_marker(canvas, line, point.x, -point.y)

    def _draw_labels(self, canvas: Canvas) -> None:
        canvas.setFillColor(INK)
        for lines, box in zip(self._labels, self._boxes, strict=True):
            share = (box.align + 1) / 2
            x = box.x + share * box.width
            for number, line in enumerate(lines):
                base = -box.y - (number + 0.85) * 1.18 * self._size
                fonts.draw_text(canvas, x, base, line, fonts.SEMIBOLD, self._size, align=share)

    def _draw_legend(self, canvas: Canvas) -> None:
        widths = [
            30 + fonts.text_width(each.label, fonts.REGULAR, self._size) + 16 for each in self._readings
        ]
        x = max(0.0, (self.width - sum(widths)) / 2)
        for line, each, width in zip(_lines(len(self._readings)), self._readings, widths, strict=True):
            canvas.setStrokeColor(line.ink)
            canvas.setLineWidth(line.weight)
            canvas.setDash(list(line.dash))
            canvas.line(x, 4, x + 24, 4)
            canvas.setDash()
            _draw_marker(canvas, line, x + 12, 4)
            canvas.setFillColor(INK)
            fonts.draw_text(canvas, x + 30, 1, each.label, fonts.REGULAR, self._size)
            x += width


def _lines(count: int) -> list[_Line]:
    """Return how each reading is drawn, the oldest first: dash and marker differ, not the colour alone."""
    return [*_OLDER[: count - 1], _LATEST] if count else []


def _draw_marker(canvas: Canvas, line: _Line, x: float, y: float) -> None:
    canvas.setStrokeColor(line.ink)
    canvas.setLineWidth(1)
    canvas.setFillColor(line.ink if line.marker == "dot" else HexColor("#FFFFFF"))
    if line.marker == "square":
        canvas.rect(x - 2.2, y - 2.2, 4.4, 4.4, stroke=1, fill=1)
    else:
        canvas.circle(x, y, 2.4, stroke=1, fill=1)


class Bars(Flowable):
    """The readings as bars, for fewer than three areas: a wheel needs three arms."""

    def __init__(self, areas: Sequence[Score], readings: Sequence[Reading], look: Look) -> None:
        super().__init__()
        self._areas, self._readings, self._look = areas, readings, look
        self._pitch = 15 * look.scale

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: a line for each area and reading."""
        self.width = width
        self.height = len(self._areas) * (self._pitch * (len(self._readings) + 1) + 6)
        return self.width, self.height

    def draw(self) -> None:
        """Draw each area's name, and a bar with its number for each reading."""
        y = self.height
        for number, area in enumerate(self._areas):
            y -= self._pitch
            self.canv.setFillColor(INK)
            fonts.draw_text(self.canv, 0, y + 3, area.label, fonts.SEMIBOLD, self._look.body.fontSize)
            for line, each in zip(_lines(len(self._readings)), self._readings, strict=True):
                y -= self._pitch
                self._draw_bar(y, area, line, each.label, each.scores[number])
            y -= 6

    def _draw_bar(self, y: float, area: Score, line: _Line, label: str, score: int | None) -> None:
        size, start = self._look.note.fontSize, 0.32 * self.width
        room = self.width - start - 30 * mm
        self.canv.setFillColor(MUTED)
        fonts.draw_text(self.canv, 0, y + 3, label, fonts.REGULAR, size)
        length = 0.0 if score is None else room * (score - area.low + 1) / (area.high - area.low + 1)
        if length:
            self.canv.setFillColor(line.ink)
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
        rows.append(row + ([_change(scores[0], scores[-1])] if len(readings) > 1 else []))
    return columns, rows


def _change(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return "–"
    if first == last:
        return "the same"
    return f"{'up' if last > first else 'down'} {abs(last - first)}"


def acknowledgement(text: str, look: Look) -> list[Flowable]:
    """Return the owner's words that stand at the foot of the chart."""
    return [look.gap(4), *paragraphs(text, look.note)]
