"""A table model that reads on as it is scrolled: pages after the last row, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
Place = TypeVar("Place")
Page = Sequence[tuple[Row, Place]]
Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """A column: its heading, the words of a row's cell, its tooltip, and the order it can be sorted by."""

    heading: str
    words: Callable[[Any], str]
    tip: Callable[[Any], str] | None = None
    order: str = ""
    is_number: bool = False


class MoreRows(QAbstractTableModel, Generic[Row, Place]):
    """Rows read page by page.

    `read_on(last, receive, failed)` asks for the page after a place and hands it to `receive`; a page that is
    shorter than `page_size` is the last. Answers to an earlier question are dropped.
    """

    page_shown = Signal()
    """Rows have arrived, or it is known that there are none."""

    def __init__(
        self,
        columns: Sequence[Column],
        read_on: Callable[[Place | None, Callable[[Page[Row, Place]], None], Callable[[], None]], None],
        page_size: int = 200,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._read_on = read_on
        self._page_size = page_size
        self._rows: list[Row] = []
        self._last: Place | None = None
        self._question = 0
        self._is_reading = False
        self._is_whole = True

    def restart(self) -> None:
        """Begin anew, with another filter or order."""
        self.beginResetModel()
        self._rows, self._last = [], None
        self._question += 1
        self._is_reading, self._is_whole = False, False
        self.endResetModel()
        self.fetchMore()

    def row_at(self, number: int) -> Row:
        """Return a row that has been read."""
        return self._rows[number]

    @property
    def rows(self) -> Sequence[Row]:
        """Return the rows read so far."""
        return self._rows

    @property
    def is_whole(self) -> bool:
        """Return whether the last row has been read."""
        return self._is_whole

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows have been read."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index | None = None) -> bool:
        """Return whether there may be more rows."""
        is_inside = parent is not None and parent.isValid()
        return not (is_inside or self._is_whole or self._is_reading)

    def fetchMore(self, parent: Index | None = None) -> None:
        """Ask for the next page; it arrives when it has been read."""
        if not self.canFetchMore(parent):
            return
        self._is_reading = True
        question = self._question
        self._read_on(self._last, partial(self._receive, question), partial(self._give_up, question))

    def _receive(self, question: int, page: Page[Row, Place]) -> None:
        if question != self._question:
            return
        self._is_reading = False
        self._is_whole = len(page) < self._page_size
        if page:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page) - 1)
            self._rows += [row for row, _ in page]
            self._last = page[-1][1]
            self.endInsertRows()
        self.page_shown.emit()

    def _give_up(self, question: int) -> None:
        if question == self._question:
            self._is_reading = False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, tooltip or alignment; the whole row for `UserRole`."""
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip or column.words)(row) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}: {column.words(row)}"
        if role == Qt.ItemDataRole.UserRole:
            return row
        return self._alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        return self._alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: Column) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
