"""The rows behind a figure: a list beneath the page, of who counts and who does not. Esc closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
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
from ui.escape_key import EscapeKey
from ui.parts import Card, ElidedLabel, LinkButton, Muted, icon_button, plain
from ui.record_parts import FilterChip

_HEIGHT: Final = 290
_ROW: Final = 32
Cells = Callable[[Any], Sequence[str]]


class Listed(NamedTuple):
    """What a list shows. `rows` count and `others` do not; each has a `child_id`, which may be None."""

    title: str
    meaning: str
    rows: Sequence[Any]
    others: Sequence[Any] = ()
    names: tuple[str, str] = ("Counted", "Not counted")
    of: tuple[str, str] = ("row", "rows")
    others_first: bool = False
    """Whether those who do not count are what one came for, where there are any."""


class FigureList(Card):
    """Says what a figure means and lists its rows; two chips choose who counts and who does not."""

    open_child = Signal(UUID)
    closed = Signal()

    def __init__(
        self,
        headings: Sequence[str],
        widths: Sequence[int],
        cells: Cells,
        *,
        action: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Behind the figure")
        self._cells = cells
        self._listed: Listed | None = None
        self._rows: Sequence[Any] = ()
        self._title, self._meaning = ElidedLabel(), Muted()
        self._title.setProperty("role", "section")
        self._nobody = plain("Nobody.", "muted")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self.counted, self.others = FilterChip("Counted"), FilterChip("Not counted")
        chips = QButtonGroup(self)
        for chip in (self.counted, self.others):
            chips.addButton(chip)
            chip.clicked.connect(self._fill)
        self._opening = LinkButton("Open the record")
        self._opening.clicked.connect(self._open_current)
        self._closing = icon_button("close", "Close the list")
        self._closing.clicked.connect(self.close_list)
        self.table = _table(headings, widths)
        self.table.itemActivated.connect(self._open_current)
        self._place_all(action)
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _place_all(self, action: QWidget | None) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for widget in (self.counted, self.others, self._opening, action, self._closing):
            if widget is not None:
                head.addWidget(widget)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addLayout(head)
        said.addWidget(self._meaning)
        self.body.addLayout(said)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        self.body.addWidget(self._stack, 1)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(24, 10, 24, 10)
        EscapeKey(self, self.close_list)

    def show_rows(self, listed: Listed) -> None:
        """List what is behind a figure, and put the keyboard there."""
        self._listed = listed
        self._title.setText(listed.title)
        self._meaning.setText(listed.meaning)
        self._meaning.setVisible(bool(listed.meaning))
        self.table.setAccessibleDescription(f"{listed.title}. {listed.meaning}")
        told = zip((self.counted, self.others), listed.names, (listed.rows, listed.others), strict=True)
        for chip, name, rows in told:
            chip.setText(f"{name} ({len(rows)})")
            chip.setAccessibleName(f"{name}: {words.count(len(rows), *listed.of)}")
            chip.setVisible(bool(listed.others))
        self._opening.setVisible(any(each.child_id for each in (*listed.rows, *listed.others)))
        # Where nobody counts, those who do not are what one came for
        is_others = bool(listed.others) and (listed.others_first or not listed.rows)
        (self.others if is_others else self.counted).setChecked(True)
        self.show()
        self._fill()
        (self.table if self._rows else self._closing).setFocus()

    def _fill(self) -> None:
        if self._listed is None:
            return
        self._rows = self._listed.others if self.others.isChecked() else self._listed.rows
        self._stack.setCurrentWidget(self.table if self._rows else self._nobody)
        self.table.clearSelection()
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate(self._cells(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if self._rows:
            # Nothing is selected yet: what is done with several rows is for the manager to say
            self.table.setCurrentCell(0, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.table.scrollToTop()

    def say(self, what: str) -> None:
        """Say what to do with the rows, in place of what the figure means."""
        self._meaning.setText(what)
        self._meaning.show()

    def rows(self) -> Sequence[Any]:
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

    def _open_current(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._rows) and (child_id := self._rows[at].child_id):
            self.open_child.emit(child_id)


class ClosesList:
    """A page with such a list beneath: the window's Esc closes it wherever the keyboard is."""

    behind: FigureList

    def close_what_is_open(self) -> None:
        """Close the list behind a figure."""
        self.behind.close_list()


def put_beneath(part: QWidget, page: QWidget, *beneath: QWidget) -> None:
    """Fill a part of the window with a page, and what opens beneath it."""
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(page, 1)
    for each in beneath:
        layout.addWidget(each)


def _table(headings: Sequence[str], widths: Sequence[int]) -> QTableWidget:
    """Return a table of words whose last column takes the room that is left."""
    table = QTableWidget(0, len(headings))
    table.setAccessibleName("Rows behind the figure")
    table.setHorizontalHeaderLabels(list(headings))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    # Qt moves the words of an item three pixels from its padding, those of a heading none
    table.setStyleSheet("QTableView::item { padding-left: 7px; }")
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW)
    heads = table.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for column, width in enumerate(widths):
        heads.resizeSection(column, width)
    heads.setStretchLastSection(True)
    return table
