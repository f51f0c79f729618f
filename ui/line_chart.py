"""Points over time as lines, told apart by dash and mark before colour. A picture: a table goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseapp import words
from ui import theme

_PLOT: Final = 150
_TOP: Final = 10
_AXIS: Final = 24
_LEGEND: Final = 20
_SAMPLE: Final = 26
_GAP: Final = 18
_EDGE: Final = 14
_MARK: Final = 3.6


@dataclass(frozen=True)
class DatedLine:
    """A named line: points by day, oldest first; None breaks the line and is no point."""

    label: str
    points: tuple[tuple[date, int | None], ...]


class _Style(NamedTuple):
    token: str
    dash: Qt.PenStyle
    mark: str
    is_filled: bool


_STYLES: Final = (
    _Style("accent", Qt.PenStyle.SolidLine, "round", True),
    _Style("violet", Qt.PenStyle.DashLine, "square", False),
    _Style("amber", Qt.PenStyle.DotLine, "diamond", False),
    _Style("blue", Qt.PenStyle.DashDotLine, "triangle", True),
    _Style("red", Qt.PenStyle.DashDotDotLine, "round", False),
    _Style("green", Qt.PenStyle.SolidLine, "cross", False),
)
DRAWN_AT_MOST: Final = len(_STYLES)


class LineChart(QWidget):
    """At most six lines over the days, on a scale from `low` to `high`; a legend names each."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self._lines: tuple[DatedLine, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def set_lines(self, lines: Sequence[DatedLine]) -> None:
        """Show other lines."""
        self._lines = tuple(lines[:DRAWN_AT_MOST])
        self.setAccessibleDescription(self.description())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.updateGeometry()
        self.update()

    def description(self) -> str:
        """Return every point in words, for those who do not see the picture."""
        return " ".join(f"{line.label}: {_spoken(line)}." for line in self._lines)

    def sizeHint(self) -> QSize:
        """Return room for the plot and its legend."""
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which a line still says something."""
        return QSize(240, _TOP + _PLOT + _AXIS + _LEGEND)

    def hasHeightForWidth(self) -> bool:
        """Return that a narrow chart is higher: its legend takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of plot, days and legend."""
        return _TOP + _PLOT + _AXIS + _LEGEND * (1 + max((row for row, _ in self._legend(width)), default=0))

    def point(self, day: date, score: int) -> QPointF:
        """Return where a score of a day is drawn."""
        return QPointF(self._x(day), self._y(score))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the days, the lines and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL_POINTS))
        self._draw_scale(painter)
        if self._days():
            self._draw_days(painter)
            for line, style in zip(self._lines, _STYLES, strict=False):
                self._draw_line(painter, line, style)
        self._draw_legend(painter)
        painter.end()

    def _days(self) -> list[date]:
        return sorted({day for line in self._lines for day, score in line.points if score is not None})

    def _left(self) -> float:
        return _width(str(self._high)) + 10

    def _x(self, day: date) -> float:
        first, last = self._days()[0], self._days()[-1]
        room = self.width() - self._left() - 2 * _EDGE
        if first == last:
            return self._left() + _EDGE + room / 2
        return self._left() + _EDGE + room * (day - first).days / (last - first).days

    def _y(self, score: int) -> float:
        return _TOP + _PLOT * (self._high - score) / (self._high - self._low)

    def _draw_scale(self, painter: QPainter) -> None:
        for step in range(6):
            score = self._low + (self._high - self._low) * step // 5
            y = self._y(score)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QLineF(self._left(), y, self.width(), y))
            painter.setPen(theme.colour("muted"))
            place = QRectF(0, y - 9, self._left() - 8, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(score))

    def _draw_days(self, painter: QPainter) -> None:
        """Write the days under the plot; one that has no room beside its neighbours is left to the table."""
        painter.setPen(theme.colour("muted"))
        days = self._days()
        taken: list[tuple[float, float]] = []
        for day in (days[0], days[-1], *days[1:-1]):
            half = _width(words.day(day)) / 2
            x = min(max(self._x(day), self._left() + half), self.width() - half)
            if all(x + half + 8 < left or x - half - 8 > right for left, right in taken):
                taken.append((x - half, x + half))
                place = QRectF(x - half, _TOP + _PLOT + 4, 2 * half, _AXIS - 6)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.day(day))

    def _draw_line(self, painter: QPainter, line: DatedLine, style: _Style) -> None:
        painter.setPen(_pen(style))
        for (day, score), (next_day, next_score) in zip(line.points, line.points[1:], strict=False):
            if score is not None and next_score is not None:
                painter.drawLine(self.point(day, score), self.point(next_day, next_score))
        for day, score in line.points:
            if score is not None:
                _draw_mark(painter, self.point(day, score), style)

    def _legend(self, width: int) -> list[tuple[int, float]]:
        """Return the row and the left edge of each name of the legend."""
        places: list[tuple[int, float]] = []
        row, x = 0, 0.0
        for line in self._lines:
            takes = _SAMPLE + 6 + _width(line.label)
            if x and x + takes > width:
                row, x = row + 1, 0.0
            places.append((row, x))
            x += takes + _GAP
        return places

    def _draw_legend(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(theme.font(theme.SMALL_POINTS))
        places = self._legend(self.width())
        for line, style, (row, x) in zip(self._lines, _STYLES, places, strict=False):
            y = _TOP + _PLOT + _AXIS + _LEGEND * row + _LEGEND / 2
            painter.setPen(_pen(style))
            painter.drawLine(QLineF(x, y, x + _SAMPLE, y))
            _draw_mark(painter, QPointF(x + _SAMPLE / 2, y), style)
            painter.setPen(theme.colour("ink"))
            place = QRectF(x + _SAMPLE + 6, y - _LEGEND / 2, self.width() - x - _SAMPLE - 6, _LEGEND)
            shown = metrics.elidedText(line.label, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _spoken(line: DatedLine) -> str:
    told = [f"{words.day(day)} {'not answered' if score is None else score}" for day, score in line.points]
    return ", ".join(told) or "nothing recorded"


def _width(text: str) -> float:
    return QFontMetricsF(theme.font(theme.SMALL_POINTS)).horizontalAdvance(text)


def _pen(style: _Style) -> QPen:
    pen = QPen(theme.colour(style.token), 2, style.dash)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _draw_mark(painter: QPainter, place: QPointF, style: _Style) -> None:
    tint = theme.colour(style.token)
    painter.setPen(QPen(tint, 1.6))
    painter.setBrush(QBrush(tint if style.is_filled else theme.colour("surface")))
    reach = _MARK + 0.9
    if style.mark == "round":
        painter.drawEllipse(place, _MARK, _MARK)
    elif style.mark == "square":
        painter.drawRect(QRectF(place.x() - _MARK, place.y() - _MARK, 2 * _MARK, 2 * _MARK))
    elif style.mark == "cross":
        painter.drawLine(place + QPointF(-_MARK, -_MARK), place + QPointF(_MARK, _MARK))
        painter.drawLine(place + QPointF(-_MARK, _MARK), place + QPointF(_MARK, -_MARK))
    else:
        corners = {
            "diamond": ((0, -reach), (reach, 0), (0, reach), (-reach, 0)),
            "triangle": ((0, -reach), (reach, reach * 0.8), (-reach, reach * 0.8)),
        }[style.mark]
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in corners]))
