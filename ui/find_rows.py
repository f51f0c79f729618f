"""How a child found is drawn below the find box: two lines, the status and the next date at the right."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from caseapp import ages, codes, words
from caseapp.children import ChildRow
from ui import theme
from ui.chips import chip_size, draw_chip
from ui.record_parts import STATUS_MEANINGS

ROW_HEIGHT: Final = 52
OFFER_HEIGHT: Final = 40
ROW: Final = Qt.ItemDataRole.UserRole
"""The role of a row's child and of today."""


def second_line(row: ChildRow, today: date) -> str:
    """Return what tells two children of one name apart: age and birthday, reference, worker."""
    if row.born_on:
        born = f"{ages.age_words(row.born_on, today)}, born {words.day(row.born_on)}"
    else:
        born = f"due {words.day(row.due_on)}" if row.due_on else "date of birth not known"
    return " · ".join([born, f"ref {row.ref}", row.worker or "no worker yet"])


def next_words(row: ChildRow) -> str:
    """Return when the next thing falls due for a child."""
    return f"next {words.day(row.next_due_on)}" if row.next_due_on else ""


class FoundRows(QStyledItemDelegate):
    """Draws a child in two lines, the status and the next date at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return room for two lines, or for the one line of what may be done instead."""
        return QSize(200, ROW_HEIGHT if index.data(ROW) else OFFER_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen or over:
            painter.fillRect(place, theme.colour("accent-soft" if chosen else "hover"))
        row = index.data(ROW)
        inner = place.adjusted(12, 0, -12, 0)
        if row is None:
            painter.setPen(theme.colour("accent"))
            painter.setFont(theme.font(theme.POINTS, QFont.Weight.DemiBold))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            _draw_child(painter, inner, row[0], row[1])
        painter.restore()


def _draw_child(painter: QPainter, place: QRect, row: ChildRow, today: date) -> None:
    status = codes.STATUSES.get(row.status, row.status)
    chip = chip_size(status)
    right = max(chip.width(), 116)
    draw_chip(
        painter,
        QRect(place.right() - chip.width(), place.top() + 3, chip.width() + 1, 24),
        status,
        STATUS_MEANINGS.get(status, "neutral"),
    )
    top = QRect(place.left(), place.top() + 5, place.width() - right - 12, 21)
    low = QRect(place.left(), place.top() + 26, place.width(), 20)
    _draw(painter, top, row.name, "ink", theme.font(theme.POINTS, QFont.Weight.DemiBold))
    small = theme.font(theme.SMALL_POINTS)
    due = next_words(row)
    width = QFontMetrics(small).horizontalAdvance(due) + 12 if due else 0
    _draw(painter, low.adjusted(0, 0, -width, 0), second_line(row, today), "muted", small)
    _draw(painter, low, due, "muted", small, Qt.AlignmentFlag.AlignRight)


def _draw(
    painter: QPainter,
    place: QRect,
    text: str,
    token: str,
    font: QFont,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
