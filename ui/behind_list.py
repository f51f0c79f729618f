"""The children behind a figure: a list that opens beneath the page; Enter opens a child, Esc closes it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp.star_figures import Behind, Figure
from ui.parts import Card, LinkButton, Muted, Section, icon_button

HEADINGS: Final = ("Child", "Reference", "Whose star", "Readings")
_HEIGHT: Final = 250
_ROW: Final = 34


class BehindList(Card):
    """Says what a figure means and lists the rows that it counts."""

    open_child = Signal(UUID)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: tuple[Behind, ...] = ()
        self._title = Section("")
        self._meaning = Muted("")
        self._table = QTableWidget(0, len(HEADINGS))
        self._table.setAccessibleName("Children behind the figure")
        self._table.setHorizontalHeaderLabels(HEADINGS)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(_ROW)
        heads = self._table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        heads.resizeSection(1, 110)
        self._table.itemActivated.connect(self._activated)
        self._place_all()
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(24, 12, 24, 12)
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _place_all(self) -> None:
        opening = LinkButton("Open the record")
        opening.clicked.connect(self._open_current)
        closing = icon_button("close", "Close the list")
        closing.clicked.connect(self.close_list)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._meaning)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(opening, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(closing, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._table, 1)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.close_list)

    def show_figure(self, figure: Figure) -> None:
        """List what is behind a figure, and put the keyboard there."""
        self._rows = figure.behind
        self._title.setText(f"{figure.title}: {figure.shown}")
        self._meaning.setText(figure.definition)
        self._meaning.setVisible(bool(figure.definition))
        self._table.setAccessibleDescription(f"{figure.title}: {figure.shown}. {figure.definition}")
        self._table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate((row.child, str(row.ref), row.whose or "–", row.said)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._table.setItem(number, column, item)
        self.show()
        if self._rows:
            self._table.setCurrentCell(0, 0)
        self._table.setFocus()

    def rows(self) -> tuple[Behind, ...]:
        """Return the rows that are listed."""
        return self._rows

    def table(self) -> QTableWidget:
        """Return the table."""
        return self._table

    def close_list(self) -> None:
        """Close the list."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _activated(self, item: QTableWidgetItem) -> None:
        self.open_child.emit(self._rows[item.row()].child_id)

    def _open_current(self) -> None:
        if 0 <= self._table.currentRow() < len(self._rows):
            self.open_child.emit(self._rows[self._table.currentRow()].child_id)
