"""A star of one or two areas, drawn as bars: a wheel needs three arms."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from caseapp.star_picture import Stroke
from ui import theme
from ui.star_marks import draw_marker, pen

_EDGE: Final = 16
_TOP: Final = 44
_LANE: Final = 11
PITCH: Final = 84
"""Pixels from one area to the next."""


class Bars(NamedTuple):
    """The areas, the scale, the readings newest first, and the width there is."""

    areas: Sequence[str]
    low: int
    high: int
    readings: Sequence[tuple[Stroke, Sequence[int | None]]]
    width: float

    def point(self, area: int, score: int) -> QPointF:
        """Return where a score of the newest reading lies; the lowest is one step from the beginning."""
        step = (self.width - 2 * _EDGE) / (self.high - self.low + 1)
        return QPointF(_EDGE + step * (score - self.low + 1), _TOP + PITCH * area)

    def nearest(self, place: QPointF, reach: float) -> tuple[int, int] | None:
        """Return the area and score nearest to a place, or None if all are further than `reach`."""
        found = min(
            (math.hypot((away := self.point(area, score) - place).x(), away.y()), area, score)
            for area in range(len(self.areas))
            for score in range(self.low, self.high + 1)
        )
        return found[1:] if found[0] <= reach else None


def draw(painter: QPainter, bars: Bars) -> None:
    """Draw each area's name, its scale, and a bar for each reading."""
    for area, label in enumerate(bars.areas):
        _draw_scale(painter, bars, area, label)
        for lane in reversed(range(len(bars.readings))):
            stroke, scores = bars.readings[lane]
            score = scores[area]
            if score is not None:
                end = bars.point(area, score) + QPointF(0, _LANE * lane)
                painter.setPen(pen(stroke))
                painter.drawLine(QPointF(_EDGE, end.y()), end)
                draw_marker(painter, end, stroke)


def _draw_scale(painter: QPainter, bars: Bars, area: int, label: str) -> None:
    painter.setFont(theme.font(theme.SMALL_POINTS))
    painter.setPen(theme.colour("ink"))
    silent = bool(bars.readings) and bars.readings[0][1][area] is None
    y = _TOP + PITCH * area
    painter.drawText(QPointF(_EDGE, y - 14), f"{label} (not discussed)" if silent else label)
    foot = y + _LANE * 3
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawLine(QPointF(_EDGE, foot), QPointF(bars.point(area, bars.high).x(), foot))
    painter.setFont(theme.font(7.5))
    for score in range(bars.low, bars.high + 1):
        x = bars.point(area, score).x()
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(x, foot - 3), QPointF(x, foot))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(x - 14, foot + 1, 28, 14), Qt.AlignmentFlag.AlignHCenter, str(score))
