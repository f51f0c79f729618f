"""The young people behind a figure of leaving care: those who count and those who do not. Esc closes it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.pathway.leaving_view import COLUMNS, Figure, Row
from ui.leaving_care_figures import meaning_of
from ui.parts import Card, LinkButton, Muted, Section, icon_button, plain
from ui.record_parts import FilterChip

_WIDTHS: Final = (170, 90, 50, 150, 150)
_HEIGHT: Final = 290
_ROW: Final = 32


class PeopleBehind(Card):
    """Says what a figure means and lists its rows; two chips choose who counts and who does not."""

    open_child = Signal(UUID)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Young people behind the figure")
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
        self.table = QTableWidget(0, len(COLUMNS))
        self._prepare_table()
        self._place_all()
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Young people")
        table.setHorizontalHeaderLabels(COLUMNS)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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
        for widget in (self.counted, self.others, opening, self._closing):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addLayout(head)
        said.addWidget(self._meaning)
        self.body.addLayout(said)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        self.body.addWidget(self._stack, 1)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(24, 12, 24, 12)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.close_list)

    def show_figure(self, figure: Figure, when: str) -> None:
        """List what is behind a figure as of a day, and put the keyboard there."""
        self._figure = figure
        title = f"{figure.measure.title}, {when}"
        self._title.setText(title)
        self._meaning.setText(f"{figure.whole}. {meaning_of(figure)}")
        self.table.setAccessibleDescription(f"{title}: {figure.whole}. {meaning_of(figure)}")
        one, many = figure.measure.of
        for chip, name, rows in (
            (self.counted, "Counted", figure.rows),
            (self.others, "Not counted", figure.others),
        ):
            chip.setText(f"{name} ({len(rows)})")
            chip.setAccessibleName(f"{name}: {words.count(len(rows), one, many)}")
            chip.setVisible(bool(figure.others))
        # Where nobody counts, those who do not are what one came for
        (self.counted if figure.rows or not figure.others else self.others).setChecked(True)
        self.show()
        self._fill()
        (self.table if self._rows else self._closing).setFocus()

    def _fill(self) -> None:
        figure = self._figure
        if figure is None:
            return
        self._rows = figure.others if self.others.isChecked() else figure.rows
        self._stack.setCurrentWidget(self.table if self._rows else self._nobody)
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if self._rows:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that are listed."""
        return self._rows

    def close_list(self) -> None:
        """Close the list."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _activated(self, item: QTableWidgetItem) -> None:
        self.open_child.emit(self._rows[item.row()].child_id)

    def _open_current(self) -> None:
        if 0 <= self.table.currentRow() < len(self._rows):
            self.open_child.emit(self._rows[self.table.currentRow()].child_id)
