"""The table of families with early help: status and lateness as chips, the reference as a link."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caseapp import words
from caseapp.early_help.families import FamilyRow
from ui import theme
from ui.help_status import status_look
from ui.more_rows import Column, Index, MoreRows
from ui.parts import ICONS, draw_chip

REF, FAMILY, STATUS, LEVEL, LEAD, REVIEW, OPENED = range(7)
_SHARES: Final = {FAMILY: 26, STATUS: 19, LEVEL: 15, LEAD: 16}
_WIDTHS: Final = {REF: 98, REVIEW: 182, OPENED: 112}
"""Columns whose words are always of one length."""
_ROW_HEIGHT: Final = 40
_PADDING: Final = 13
"""Pixels from a cell's edge to its words: the style sheet's padding and Qt's own."""


def columns() -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column("Reference", _ref),
        Column("Family", _family),
        Column("Status", status_words, _statuses),
        Column("Level of need", _level),
        Column("Lead practitioner", _lead),
        Column("Next review", review_of),
        Column("Opened", _opened),
    )


def _ref(row: FamilyRow) -> str:
    return f"EH-{row.number}"


def _family(row: FamilyRow) -> str:
    return row.family


def status_words(row: FamilyRow) -> str:
    """Return the status of the oldest, and how many others differ from it."""
    more = len(row.statuses) - 1
    return row.statuses[0] + (f" +{more}" if more else "")


def _statuses(row: FamilyRow) -> str:
    return ", ".join(row.statuses)


def _level(row: FamilyRow) -> str:
    return row.level_words or "–"


def _lead(row: FamilyRow) -> str:
    return row.lead or "Nobody yet"


def review_of(row: FamilyRow) -> str:
    """Return the day of the next review, and whether it has passed."""
    if row.review_on is None:
        return "–"
    day = words.day(row.review_on)
    return f"Overdue, {day}" if row.is_late else day


def _opened(row: FamilyRow) -> str:
    return words.day(row.opened_on)


class _Cells(QStyledItemDelegate):
    """Draws status and lateness as chips, the family as a link."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row: FamilyRow = index.data(Qt.ItemDataRole.UserRole)
        place = option.rect.adjusted(_PADDING, 0, -8, 0)
        if index.column() == STATUS:
            self._draw_ground(painter, option, index)
            meaning, icon = status_look(row.status)
            draw_chip(painter, place, status_words(row), meaning, icon or ICONS.get(meaning, ""))
        elif index.column() == REVIEW and row.is_late:
            self._draw_ground(painter, option, index)
            draw_chip(painter, place, review_of(row), "overdue", ICONS["overdue"])
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show families as links are, and cells that say nothing in grey."""
        super().initStyleOption(option, index)
        is_name = index.column() == FAMILY
        if is_name:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        is_quiet = index.data() in ("–", "Nobody yet")
        colour = theme.colour("accent" if is_name else "muted" if is_quiet else "ink")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without words: hover, selection and the line below."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)


class FamiliesTable(QTableView):
    """Families in rows that are read as they are scrolled to."""

    opened = Signal(UUID)
    """The oldest child of the family that was chosen."""

    def __init__(self, model: MoreRows[FamilyRow, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName("Families with early help")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setFixedHeight(38)
        header.setStyleSheet(f"QHeaderView::section {{ padding-left: {_PADDING}px; }}")
        self.clicked.connect(self._cell_clicked)
        self.doubleClicked.connect(self._open_index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns, so that nothing lies outside."""
        super().resizeEvent(event)
        room = self.viewport().width() - sum(_WIDTHS.values())
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        for column, share in _SHARES.items():
            self.setColumnWidth(column, room * share // sum(_SHARES.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _cell_clicked(self, index: QModelIndex) -> None:
        if index.column() == FAMILY:
            self._open_index(index)

    def _open_index(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.opened.emit(self._rows.row_at(index.row()).child_id)
