"""A table that reads on as it scrolls: who it is about as a link, what is urgent as chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.more_rows import Column, Index, MoreRows
from ui.parts import ICONS, draw_chip

_ROW_HEIGHT: Final = 40
_HEAD_HEIGHT: Final = 38
_LEAST_SHARE: Final = 118
"""Room that a column of names wants at the least."""
_QUIET: Final = ("–", "Nobody yet")
_PADDING: Final = 13
"""Pixels from a cell's edge to its words: the style sheet's padding and Qt's own."""


class Cell(NamedTuple):
    """A column: its words, its width (a share of what is left where it is below 100), its chip's meaning.

    `meaning` returns nothing where a row's cell is plain words, `icon` the chip's where it is not the usual
    one. `is_link`: the column that opens the row. `is_spare`: it goes first where there is no room for all.
    """

    heading: str
    words: Callable[[Any], str]
    width: int
    meaning: Callable[[Any], str] | None = None
    is_link: bool = False
    is_spare: bool = False
    tip: Callable[[Any], str] | None = None
    icon: Callable[[Any], str] | None = None

    @property
    def is_share(self) -> bool:
        """Return whether its width is a share."""
        return self.width < 100

    @property
    def column(self) -> Column:
        """Return it as a column of rows that are read page by page."""
        return Column(self.heading, self.words, self.tip)


class _Cells(QStyledItemDelegate):
    """Draws chips and links."""

    def __init__(self, cells: Sequence[Cell], parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell = self._cells[index.column()]
        row = index.data(Qt.ItemDataRole.UserRole)
        meaning = cell.meaning(row) if cell.meaning else ""
        if not meaning:
            super().paint(painter, option, index)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        place = option.rect.adjusted(_PADDING, 0, -8, 0)
        icon = cell.icon(row) if cell.icon else ""
        draw_chip(painter, place, cell.words(row), meaning, icon or ICONS.get(meaning, ""))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show the column that opens as links are, and cells that say nothing in grey."""
        super().initStyleOption(option, index)
        is_link = self._cells[index.column()].is_link
        if is_link:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        colour = theme.colour("accent" if is_link else "muted" if index.data() in _QUIET else "ink")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)


def as_rows(table: QTableView, row_height: int, *, wraps: bool = False) -> None:
    """Let a table be rows to choose from: no grid, one row at a time, Tab leads on, a head that stands."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(wraps)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setHighlightSections(False)
    header.setFixedHeight(_HEAD_HEIGHT)


def framed(*pages: QWidget) -> tuple[QFrame, QStackedWidget]:
    """Return a card with a table and what stands in its place without rows, and the stack that shows one."""
    stack = QStackedWidget()
    for each in pages:
        stack.addWidget(each)
    frame = QFrame()
    frame.setProperty("card", "true")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(1, 6, 1, 6)
    inside.addWidget(stack)
    return frame, stack


class RowsTable(QTableView):
    """Rows that are read as they are scrolled to; Enter opens one."""

    opened = Signal(UUID)
    """What the row that was chosen opens."""

    def __init__(
        self,
        name: str,
        cells: Sequence[Cell],
        model: MoreRows[Any, Any],
        opens: Callable[[Any], UUID],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._cells, self._opens = model, tuple(cells), opens
        self.setModel(model)
        self.setItemDelegate(_Cells(self._cells, self))
        self.setAccessibleName(name)
        as_rows(self, _ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setStyleSheet(f"QHeaderView::section {{ padding-left: {_PADDING}px; }}")
        self.clicked.connect(self._cell_clicked)
        self.doubleClicked.connect(self._open_index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns, so that nothing lies outside."""
        super().resizeEvent(event)
        shown = self._cells
        if self._left_for(shown) < _LEAST_SHARE * sum(each.is_share for each in shown):
            shown = tuple(each for each in shown if not each.is_spare)
        left, shares = self._left_for(shown), sum(each.width for each in shown if each.is_share)
        for number, each in enumerate(self._cells):
            self.setColumnHidden(number, each not in shown)
            self.setColumnWidth(number, left * each.width // shares if each.is_share else each.width)

    def _left_for(self, shown: Sequence[Cell]) -> int:
        return self.viewport().width() - sum(each.width for each in shown if not each.is_share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _cell_clicked(self, index: QModelIndex) -> None:
        if self._cells[index.column()].is_link:
            self._open_index(index)

    def _open_index(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.opened.emit(self._opens(self._rows.row_at(index.row())))
