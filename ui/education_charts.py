"""Pictures of schooling: a bar of attendance with its threshold, and a cell of the attainment grid."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from caseapp.education.attainment_grid import Cell
from ui import theme

THRESHOLD: Final = 90
"""Per cent: at or below it absence is persistent."""
MEANINGS: Final = {"": "on_track", "persistent": "due_soon", "severe": "alert"}
JUDGEMENTS: Final = {"WB": "alert", "B": "due_soon", "E": "on_track", "GD": "info", "N": "neutral"}
"""The meaning of a judgement; its words stand in the cell."""
TRENDS: Final = {"up": "up", "same": "minus", "down": "down"}
TREND_WORDS: Final = {"up": "better than", "same": "the same as", "down": "lower than"}
_BAR: Final = 14
_CELL_HEIGHT: Final = 46
_ICON: Final = 14


class ShareBar(QWidget):
    """A share from 0 to 100 %, with a dotted line at its threshold. Words beside it say the figure."""

    def __init__(self, percent: Decimal | None, meaning: str, threshold: int, name: str) -> None:
        super().__init__()
        self._percent, self._meaning, self._threshold = percent, meaning, threshold
        self.setMinimumWidth(80)
        self.setFixedHeight(_BAR + 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the bar and the threshold."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(0.5, 4, self.width() - 1, _BAR)
        painter.setPen(QPen(theme.colour("line")))
        painter.setBrush(theme.colour("canvas"))
        painter.drawRoundedRect(ground, 4, 4)
        if self._percent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.meaning(self._meaning)[0])
            filled = QRectF(ground)
            filled.setWidth(min(ground.width(), max(6.0, ground.width() * float(self._percent) / 100)))
            painter.drawRoundedRect(filled, 4, 4)
        self._draw_threshold(painter, ground)
        painter.end()

    def _draw_threshold(self, painter: QPainter, ground: QRectF) -> None:
        x = ground.left() + ground.width() * self._threshold / 100 - (1 if self._threshold == 100 else 0)
        line = QLineF(x, 0, x, self.height())
        if self._percent is not None and self._percent > self._threshold:
            painter.setPen(QPen(theme.colour("surface"), 3))  # so that the line is seen upon the bar
            painter.drawLine(line)
        painter.setPen(QPen(theme.colour("ink"), 1.4, Qt.PenStyle.DotLine))
        painter.drawLine(line)


class JudgementCell(QAbstractButton):
    """A subject in a term: the judgement in words on its colour, the result below, and an arrow."""

    def __init__(self, cell: Cell, subject: str, when: str, is_open: bool) -> None:
        super().__init__()
        self._cell = cell
        self._meaning = JUDGEMENTS.get(cell.judgement, "neutral")
        self.setFixedHeight(_CELL_HEIGHT)
        self.setMinimumWidth(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_open else Qt.FocusPolicy.NoFocus)
        if is_open:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(cell_words(cell, subject, when))
        self.setToolTip(_tip(cell))

    def text_lines(self) -> tuple[str, str]:
        """Return what is written in the cell: the judgement, and the result below it."""
        return self._cell.words or "Result", self._cell.given.result

    def sizeHint(self) -> QSize:
        """Return room for the longest judgement and an arrow."""
        return QSize(148, _CELL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell."""
        ink, soft = theme.meaning(self._meaning)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        outlined = theme.current().outlined or self._meaning == "neutral"
        edge = theme.colour("accent") if has_focus else ink if outlined else soft
        painter.setPen(QPen(edge, 2 if has_focus else 1))
        painter.setBrush(soft)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        words = self.rect().adjusted(9, 4, -8, -4)
        if self._cell.trend:
            picture = theme.pixmap(TRENDS[self._cell.trend], ink, _ICON)
            painter.drawPixmap(self.width() - _ICON - 8, self.rect().center().y() - _ICON // 2 + 1, picture)
            words.setRight(words.right() - _ICON - 2)
        self._write(painter, words)
        painter.end()

    def _write(self, painter: QPainter, place: QRect) -> None:
        judgement, result = self.text_lines()
        half = place.height() // 2
        first = QRect(place.x(), place.y(), place.width(), half if result else place.height())
        second = QRect(place.x(), place.y() + half, place.width(), half)
        ink = theme.meaning(self._meaning)[0]
        for text, where, font, colour in (
            (judgement, first, theme.font(theme.SMALL_POINTS, QFont.Weight.DemiBold), ink),
            (result, second, theme.font(theme.SMALL_POINTS), theme.colour("ink")),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, shown)


def cell_words(cell: Cell, subject: str, when: str) -> str:
    """Return a cell as it is spoken: Reading, summer term 2026: At expected, better than the term before."""
    parts = [cell.words, f"result {cell.given.result}" if cell.given.result else ""]
    parts.append(f"{TREND_WORDS[cell.trend]} the term before" if cell.trend else "")
    parts.append(f"{TREND_WORDS[cell.since_start]} the starting point" if cell.since_start else "")
    return f"{subject}, {when}: {', '.join(part for part in parts if part)}"


def _tip(cell: Cell) -> str:
    said = [cell.framework, f"Target {cell.given.target}" if cell.given.target else "", cell.given.comment]
    if cell.since_start:
        said.append(f"{TREND_WORDS[cell.since_start].capitalize()} the starting point in care")
    return "\n".join(part for part in said if part)
