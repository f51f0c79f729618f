"""The words around a star and on its first arm: areas with score and change, and the numbers of the rings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from caseapp import star_geometry as geometry
from caseapp.star_change import change_mark
from ui import theme

NOT_DISCUSSED: Final = "(not discussed)"
_DEMI: Final = QFont.Weight.DemiBold
_NUMBER_POINTS: Final = 7.5
_BESIDE_ARM: Final = 9.0
"""Pixels from the first arm to its numbers: the marks of a reading reach five to either side."""
_HALO: Final = 4.0
_WAYS: Final = {
    -1: Qt.AlignmentFlag.AlignLeft,
    0: Qt.AlignmentFlag.AlignHCenter,
    1: Qt.AlignmentFlag.AlignRight,
}


class Label(NamedTuple):
    """The words of an area: its name in lines, and below it a note (a score, or that nothing was said)."""

    name: tuple[str, ...]
    note: str
    is_score: bool
    keeps_room: bool
    """Whether there is room for a note even while there is none, so that the wheel stays where it is."""

    def size(self) -> tuple[float, float]:
        """Return the width and the height that are kept for it."""
        metrics, firm = QFontMetricsF(_font()), QFontMetricsF(_font(is_firm=True))
        widths = [metrics.horizontalAdvance(line) for line in self.name]
        widths.append((firm if self.is_score else metrics).horizontalAdvance(self.note))
        if self.keeps_room:
            widths.append(metrics.horizontalAdvance(NOT_DISCUSSED))
        return max(widths), metrics.height() * (len(self.name) + (bool(self.note) or self.keeps_room))

    def taken(self, box: geometry.Box, centre: QPointF) -> QRectF:
        """Return what it takes of the room kept for it: the lines that are there, near to the rim."""
        height = QFontMetricsF(_font()).height() * (len(self.name) + bool(self.note))
        y = box.bottom - height if box.bottom < 0 else box.y
        return QRectF(box.x, y, box.width, height).translated(centre)

    def draw(self, painter: QPainter, taken: QRectF, align: int, *, is_marked: bool) -> None:
        """Draw the name, and below it the note; a score stands out."""
        line_height = QFontMetricsF(_font()).height()
        # One pixel more than was measured, else rounding cuts the last letter.
        line = QRectF(taken.x() - 1, taken.y(), taken.width() + 2, line_height + 1)
        painter.setFont(_font())
        painter.setPen(theme.colour("ink" if is_marked else "muted"))
        for words in self.name:
            painter.drawText(line, _WAYS[align], words)
            line.translate(0, line_height)
        if self.is_score:
            painter.setFont(_font(is_firm=True))
            painter.setPen(theme.colour("ink"))
        painter.drawText(line, _WAYS[align], self.note)


def score_words(first: int | None, now: int | None) -> str:
    """Return a score and what changed since the first reading: 8 ▲ +4; nothing where there is no score.

    >>> score_words(4, 8), score_words(None, 8), score_words(4, None)
    ('8  ▲ +4', '8', '')
    """
    if now is None:
        return ""
    change = change_mark(first, now)
    return f"{now}  {change}" if change else str(now)


def draw_numbers(painter: QPainter, centre: QPointF, radius: float, low: int, high: int) -> None:
    """Draw the rings' numbers left of the first arm, each with a halo, so that lines do not cross it."""
    every = geometry.numbered_every(low, high, radius, 13)
    font = theme.font(_NUMBER_POINTS)
    for score in range(high, low - 1, -every):
        y = centre.y() - geometry.ring(score, low, high, radius)
        _draw_number(painter, font, QPointF(centre.x() - _BESIDE_ARM, y), str(score))


def _draw_number(painter: QPainter, font: QFont, right_middle: QPointF, number: str) -> None:
    metrics = QFontMetricsF(font)
    start = right_middle + QPointF(-metrics.horizontalAdvance(number), metrics.capHeight() / 2)
    path = QPainterPath()
    path.addText(start, font, number)
    halo = QPen(theme.colour("surface"), _HALO)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    painter.fillPath(path, theme.colour("muted"))


def _font(*, is_firm: bool = False) -> QFont:
    return theme.font(theme.SMALL_POINTS, _DEMI if is_firm else QFont.Weight.Normal)


def sizes(labels: Sequence[Label]) -> list[tuple[float, float]]:
    """Return the room of each label."""
    return [label.size() for label in labels]
