"""The tables of the return's data quality: findings, how often each rule is broken, rules not judged."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caseapp.returns import findings
from caseapp.returns.findings import Count, Row, Undone
from ui import theme
from ui.more_rows import Column, Index, MoreRows
from ui.rows_table import as_rows

_TWO_LINES: Final = 54
_ONE_LINE: Final = 36
_PADDING: Final = 13
"""Pixels from a cell's edge to its words: the style sheet's padding and Qt's own."""


def finding_columns() -> tuple[Column, ...]:
    """Return the columns of the findings."""
    return (
        Column("Child", _child, _child_tip),
        Column("What is wrong", _wrong),
        Column("How to mend it", _mend),
        Column("Rule and columns", _rule, _message),
        Column("Where", _where, _table),
    )


def count_columns() -> tuple[Column, ...]:
    """Return the columns of the counts."""
    return (
        Column("Rule", _count_rule, _count_wrong),
        Column("Findings", _times, is_number=True),
        Column("Children", _children, is_number=True),
    )


def undone_columns() -> tuple[Column, ...]:
    """Return the columns of the rules that are not judged."""
    return (
        Column("Rule", _undone_rule),
        Column("What the Department says", _undone_message),
        Column("Why it is not judged here", _undone_why),
    )


def _child(row: Row) -> str:
    return row.name if row.ref in row.name else f"{row.name}\n{row.ref}"


def _child_tip(row: Row) -> str:
    return f"{row.who}\nWorker: {row.worker or 'nobody yet'}"


def _wrong(row: Row) -> str:
    return row.wrong


def _mend(row: Row) -> str:
    return row.mend


def _rule(row: Row) -> str:
    return f"{row.rule}\n{', '.join(row.columns)}"


def _message(row: Row) -> str:
    return f"Rule {row.rule}: {', '.join(row.columns)}"


def _where(row: Row) -> str:
    return "\n".join(part for part in row.place if part) or row.where


def _table(row: Row) -> str:
    return f"{row.where}; table {findings.table_words(row.table)}, row {row.line}"


def _count_rule(row: Count) -> str:
    return row.rule


def _count_wrong(row: Count) -> str:
    return row.wrong


def _times(row: Count) -> str:
    return f"{row.times:,}"


def _children(row: Count) -> str:
    return f"{row.children:,}"


def _undone_rule(row: Undone) -> str:
    return row.rule


def _undone_message(row: Undone) -> str:
    return row.message


def _undone_why(row: Undone) -> str:
    return row.why


class _Cells(QStyledItemDelegate):
    """Shows the first column as links are, where its row opens something."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Dress one cell."""
        super().initStyleOption(option, index)
        row = index.data(Qt.ItemDataRole.UserRole)
        is_link = index.column() == 0 and (isinstance(row, Count) or getattr(row, "opens", None) is not None)
        if index.column() == 0:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        colour = theme.colour("accent" if is_link else "ink")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)


class RowsTable(QTableView):
    """Rows of two lines that are read as they are scrolled to; Enter, a double click or the link opens one.

    `widths`: pixels of columns whose words are of one length; `shares`: how the others divide the rest.
    """

    opened = Signal(object)
    """The row that was chosen."""
    reached = Signal(object)
    """The row on which the keyboard stands."""

    def __init__(
        self,
        model: MoreRows[Any, Any],
        name: str,
        widths: dict[int, int],
        shares: dict[int, int],
        *,
        two_lines: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._widths, self._shares = model, widths, shares
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(name)
        as_rows(self, _TWO_LINES if two_lines else _ONE_LINE, wraps=two_lines)
        header = self.horizontalHeader()
        header.setStyleSheet(
            f"QHeaderView::section {{ padding-left: {_PADDING}px; padding-right: {_PADDING}px; }}"
        )
        self.clicked.connect(self._cell_clicked)
        self.doubleClicked.connect(self._open_index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns, so that nothing lies outside."""
        super().resizeEvent(event)
        room = self.viewport().width() - sum(self._widths.values())
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)
        for column, share in self._shares.items():
            self.setColumnWidth(column, room * share // sum(self._shares.values()))

    def go_to(self, number: int) -> None:
        """Stand on a row, reading on as far as it."""
        while self._rows.rowCount() <= number and self._rows.canFetchMore():
            self._rows.fetchMore()
        self.setCurrentIndex(self._rows.index(number, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is looked at."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.reached.emit(self._rows.row_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _cell_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._open_index(index)

    def _open_index(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.opened.emit(self._rows.row_at(index.row()))
