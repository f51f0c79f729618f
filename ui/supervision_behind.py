"""The rows behind a figure of supervision: those that count and those that do not. Esc closes the list."""

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
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp.supervision.measures import Behind, Figure
from ui.parts import Card, LinkButton, Muted, Section, icon_button
from ui.record_parts import FilterChip

_HEIGHT: Final = 280
_ROW: Final = 32
_NAME_WIDTH: Final = 300


class RowsBehind(Card):
    """Says what a figure means and lists its rows; two chips choose which."""

    open_child = Signal(UUID)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Behind the figure")
        self._figure: Figure | None = None
        self._rows: tuple[Behind, ...] = ()
        self._title, self._meaning = Section(""), Muted("")
        self.counted, self.others = FilterChip("Counted"), FilterChip("Not counted")
        chips = QButtonGroup(self)
        for chip in (self.counted, self.others):
            chips.addButton(chip)
            chip.clicked.connect(self._fill)
        self._opening = LinkButton("Open the record")
        self._opening.clicked.connect(self._open_current)
        self._closing = icon_button("close", "Close the list")
        self._closing.clicked.connect(self.close_list)
        self.table = QTableWidget(0, 2)
        self._prepare_table()
        self._place_all()
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Rows behind the figure")
        table.setHorizontalHeaderLabels(["Who", "What was recorded"])
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
        heads.resizeSection(0, _NAME_WIDTH)
        heads.setStretchLastSection(True)
        table.itemActivated.connect(self._open_current)

    def _place_all(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._title)
        said.addWidget(self._meaning)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(said, 1)
        for widget in (self.counted, self.others, self._opening, self._closing):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.close_list)

    def show_figure(self, figure: Figure) -> None:
        """List what is behind a figure, and put the keyboard there."""
        self._figure = figure
        self._title.setText(f"{figure.title}: {figure.shown}")
        self._meaning.setText(figure.definition)
        self.table.setAccessibleDescription(f"{figure.title}: {figure.shown}. {figure.definition}")
        self.counted.setText(f"Counted ({len(figure.rows)})")
        self.others.setText(f"Not counted ({len(figure.others)})")
        self._opening.setVisible(any(each.child_id for each in (*figure.rows, *figure.others)))
        (self.counted if figure.rows else self.others).setChecked(True)
        self.show()
        self._fill()
        (self.table if self._rows else self._closing).setFocus()

    def _fill(self) -> None:
        if self._figure is None:
            return
        self._rows = self._figure.others if self.others.isChecked() else self._figure.rows
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate((row.title, row.said)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if self._rows:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> tuple[Behind, ...]:
        """Return the rows that are listed."""
        return self._rows

    def close_list(self) -> None:
        """Close the list."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _open_current(self) -> None:
        at = self.table.currentRow()
        child_id = self._rows[at].child_id if 0 <= at < len(self._rows) else None
        if child_id is not None:
            self.open_child.emit(child_id)
