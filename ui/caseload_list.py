"""The children behind a figure of the caseload; those selected can go to another worker. Esc closes it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.caseload.cases import COLUMNS, Figure, Row
from ui.caseload_figures import counted_words
from ui.parts import Card, LinkButton, Muted, Section, icon_button, plain
from ui.record_parts import FilterChip

_WIDTHS: Final = (190, 90, 150, 140)
_HEIGHT: Final = 290
_ROW: Final = 32


class CaseloadList(Card):
    """Says what a figure means and lists its rows; of a share two chips choose which."""

    open_child = Signal(UUID)
    reallocate = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Children behind the figure")
        self._figure: Figure | None = None
        self._rows: tuple[Row, ...] = ()
        self._title, self._meaning = Section(""), Muted("")
        self._meaning.setWordWrap(True)
        self._nobody = plain("Nobody.", "muted")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self.counted, self.others = FilterChip("Counted"), FilterChip("Not counted")
        chips = QButtonGroup(self)
        for chip in (self.counted, self.others):
            chips.addButton(chip)
            chip.clicked.connect(self._fill)
        self._closing = icon_button("close", "Close the list")
        self._moving = QPushButton("Reallocate selected…")
        self._moving.setAccessibleName("Reallocate the selected children")
        self._moving.clicked.connect(self.reallocate)
        self.table = QTableWidget(0, len(COLUMNS))
        self._prepare_table()
        self._place_all()
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Children")
        table.setHorizontalHeaderLabels(COLUMNS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS):
            heads.resizeSection(column, width)
        heads.setStretchLastSection(True)
        table.itemActivated.connect(self._activated)

    def _place_all(self) -> None:
        opening = LinkButton("Open the record")
        opening.clicked.connect(self._open_current)
        self._closing.clicked.connect(self.close_list)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for widget in (self.counted, self.others, opening, self._moving, self._closing):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(_close(head, self._meaning))
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        self.body.addWidget(self._stack, 1)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(24, 12, 24, 12)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.close_list)

    def show_figure(self, figure: Figure, whose: str, *, may_move: bool) -> None:
        """List what is behind a figure, and put the keyboard there."""
        self._figure = figure
        told = figure.definition
        self._title.setText(f"{told.title}, {whose}: {figure.whole}")
        self._meaning.setText(told.meaning)
        self._moving.setVisible(may_move)
        self.table.setAccessibleDescription(f"{told.title}, {whose}: {figure.whole}. {told.meaning}")
        named = zip(
            (self.counted, self.others), counted_words(figure), (figure.rows, figure.others), strict=True
        )
        for chip, name, rows in named:
            chip.setText(f"{name} ({len(rows)})")
            chip.setAccessibleName(f"{name}: {words.count(len(rows), 'row')}")
            chip.setVisible(bool(figure.others))
        # Those whose plan is not in date are what one came for
        (self.others if figure.others else self.counted).setChecked(True)
        self.show()
        self._fill()
        (self.table if self._rows else self._closing).setFocus()

    def _fill(self) -> None:
        figure = self._figure
        if figure is None:
            return
        self._rows = figure.others if self.others.isChecked() else figure.rows
        self._stack.setCurrentWidget(self.table if self._rows else self._nobody)
        self.table.clearSelection()
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if self._rows:
            # Nobody is selected yet: who goes to another worker is for the manager to say
            self.table.setCurrentCell(0, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that are listed."""
        return self._rows

    def selected(self) -> list[UUID]:
        """Return the children of the selected rows, each once, in the order of the list."""
        chosen = sorted({each.row() for each in self.table.selectedIndexes()})
        ids = (self._rows[each].child_id for each in chosen)
        return list(dict.fromkeys(each for each in ids if each))

    def close_list(self) -> None:
        """Close the list."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _activated(self, item: QTableWidgetItem) -> None:
        self._open_row(item.row())

    def _open_current(self) -> None:
        self._open_row(self.table.currentRow())

    def _open_row(self, number: int) -> None:
        if 0 <= number < len(self._rows) and (child_id := self._rows[number].child_id):
            self.open_child.emit(child_id)


def _close(head: QHBoxLayout, meaning: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(0)
    layout.addLayout(head)
    layout.addWidget(meaning)
    return layout
