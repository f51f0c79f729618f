"""The legend of a star: what each line is, in as many rows as the width asks for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from caseapp.star_picture import Stroke
from ui import theme
from ui.star_marks import draw_sample

GAP: Final = 8
_DEMI = QFont.Weight.DemiBold
Entry = tuple[Stroke, str]


def height(entries: Sequence[Entry], width: float) -> float:
    """Return how much room the legend takes at a width."""
    return len(_rows(entries, width)) * _row_height() + GAP


def draw(painter: QPainter, entries: Sequence[Entry], width: float, bottom: float) -> None:
    """Draw the legend, its rows in the middle, above a lower edge."""
    y = bottom - height(entries, width) + GAP / 2
    for row in _rows(entries, width):
        x = (width - sum(taken for _stroke, _words, taken in row)) / 2 + 6
        for stroke, words, taken in row:
            is_latest = stroke.key == "latest"
            draw_sample(painter, QPointF(x, y + _row_height() / 2), stroke)
            painter.setFont(theme.font(theme.SMALL_POINTS, _DEMI if is_latest else QFont.Weight.Normal))
            painter.setPen(theme.colour("ink" if is_latest else "muted"))
            place = QRectF(x + 32, y, taken, _row_height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            x += taken
        y += _row_height()


def _row_height() -> float:
    return QFontMetricsF(theme.font(theme.SMALL_POINTS)).height() + 4


def _rows(entries: Sequence[Entry], width: float) -> list[list[tuple[Stroke, str, float]]]:
    metrics = QFontMetricsF(theme.font(theme.SMALL_POINTS, _DEMI))
    rows: list[list[tuple[Stroke, str, float]]] = [[]]
    for stroke, words in entries:
        taken = 48 + metrics.horizontalAdvance(words)
        if rows[-1] and sum(entry[2] for entry in rows[-1]) + taken > width:
            rows.append([])
        rows[-1].append((stroke, words, taken))
    return [row for row in rows if row]
