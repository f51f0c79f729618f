"""The table of children: chips for status and what is late, type to jump, a menu for each row."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caseapp import ages, codes, words
from caseapp.children import ChildRow
from ui import theme
from ui.more_rows import Column, Index, MoreRows
from ui.parts import draw_chip
from ui.record_parts import STATUS_MEANINGS

ROW_HEIGHT: Final = 40
NAME, AGE, REF, STATUS, WORKER, DUE, SEEN, MENU = range(8)
_SHARES: Final = {NAME: 26, AGE: 10, REF: 8, STATUS: 14, WORKER: 16, DUE: 17, SEEN: 10}
_MENU_WIDTH: Final = 44
_PAUSE_MS: Final = 1200
"""After so long without a key, typing begins a new word."""


def columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column("Name", _name, order="name"),
        Column("Age", partial(_age, today), partial(_birthday, today), order="born"),
        Column("Reference", _ref),
        Column("Status", status_of),
        Column("Worker", _worker, _team),
        Column("Next due", partial(due_words, today), order="due"),
        Column("Last seen", _seen, order="seen"),
        Column("", _no_words, _menu_tip),
    )


def _name(row: ChildRow) -> str:
    return row.name


def _age(today: date, row: ChildRow) -> str:
    if row.born_on:
        return ages.age_words(row.born_on, today)
    return f"due {words.day(row.due_on)}" if row.due_on else "–"


def _birthday(today: date, row: ChildRow) -> str:
    return f"Born {words.day(row.born_on)}" if row.born_on else _age(today, row)


def _ref(row: ChildRow) -> str:
    return str(row.ref)


def status_of(row: ChildRow) -> str:
    """Return a child's status in words."""
    return codes.STATUSES.get(row.status, row.status)


def _worker(row: ChildRow) -> str:
    return row.worker or "Not allocated"


def _team(row: ChildRow) -> str:
    return ", ".join(part for part in (_worker(row), row.team) if part)


def due_words(today: date, row: ChildRow) -> str:
    """Return the next date of a child, and whether it has passed."""
    if row.next_due_on is None:
        return "–"
    day = words.day(row.next_due_on)
    return f"Overdue since {day}" if row.next_due_on < today else day


def _seen(row: ChildRow) -> str:
    return words.day(row.last_seen_on) if row.last_seen_on else "–"


def _no_words(_row: ChildRow) -> str:
    return ""


def _menu_tip(row: ChildRow) -> str:
    return f"Actions for {row.name}"


class _Cells(QStyledItemDelegate):
    """Draws status and lateness as chips, names as links, and the button of the menu."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row: ChildRow = index.data(Qt.ItemDataRole.UserRole)
        is_late = row.next_due_on is not None and row.next_due_on < self._today
        place = option.rect.adjusted(10, 0, -8, 0)  # type: ignore[attr-defined]  # the stub lacks `rect`
        if index.column() == STATUS:
            self._draw_ground(painter, option, index)
            draw_chip(painter, place, status_of(row), STATUS_MEANINGS.get(status_of(row), "neutral"))
        elif index.column() == DUE and is_late:
            self._draw_ground(painter, option, index)
            draw_chip(painter, place, due_words(self._today, row), "overdue", "overdue")
        elif index.column() == MENU:
            self._draw_ground(painter, option, index)
            picture = theme.pixmap("more", theme.colour("muted"))
            middle = option.rect.center()  # type: ignore[attr-defined]  # the stub lacks `rect`
            painter.drawPixmap(middle - QPoint(9, 9), picture)
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show names in the accent colour, as links are, and quiet cells in grey."""
        super().initStyleOption(option, index)
        if index.column() == NAME:
            option.font = theme.font(theme.POINTS, theme.QFont.Weight.DemiBold)  # type: ignore[attr-defined]
            token = "accent"
        else:
            is_quiet = index.data() in ("–", "Not allocated")
            token = "muted" if is_quiet else "ink"
        roles = option.palette.ColorRole  # type: ignore[attr-defined]
        for role in (roles.Text, roles.HighlightedText):
            option.palette.setColor(role, theme.colour(token))  # type: ignore[attr-defined]

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without words: hover, selection and the line below."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""  # type: ignore[attr-defined]
        QApplication.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget  # type: ignore[attr-defined]
        )
