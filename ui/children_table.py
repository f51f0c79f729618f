"""The table of children: chips for status and what is late, type to jump, a menu for each row."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caseapp import ages, children, codes, words
from caseapp.children import ChildRow
from ui import theme
from ui.more_rows import Column, Index, MoreRows
from ui.parts import ICONS, draw_chip
from ui.record_parts import STATUS_MEANINGS, short_day
from ui.rows_table import as_rows

ROW_HEIGHT: Final = 40
NAME, AGE, REF, STATUS, WORKER, DUE, SEEN, MENU = range(8)
_SHARES: Final = {NAME: 24, AGE: 10, REF: 8, STATUS: 13, WORKER: 15, DUE: 17, SEEN: 10}
"""How what is left over is shared out among the columns."""
_LEAST: Final = {NAME: 140, AGE: 82, REF: 90, STATUS: 126, WORKER: 120, DUE: 176, SEEN: 98}
_GIVES_WAY: Final = (REF, WORKER, SEEN)
"""Columns that a narrow window leaves out, the first of them first; the record says all of it."""
_MENU_WIDTH: Final = 44
_PADDING: Final = 13
"""Pixels from a cell's edge to its words: the style sheet's padding and Qt's own."""
_PAUSE_MS: Final = 1200
"""After so long without a key, typing begins a new word."""


def columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the table."""
    return (
        Column("Name", _name, _name_and_ref, order="name"),
        Column("Age", partial(_age, today), _birthday, order="born"),
        Column("Reference", _ref),
        Column("Status", status_of),
        Column("Worker", _worker, _team),
        Column("Next due", partial(due_words, today), order="due"),
        Column("Last seen", _seen, order="seen"),
        Column("", _no_words, _menu_tip),
    )


def _name(row: ChildRow) -> str:
    return row.name


def _name_and_ref(row: ChildRow) -> str:
    return f"{row.name}, ref {row.ref}"


def _age(today: date, row: ChildRow) -> str:
    if row.born_on:
        return re.sub(r" (y|m)(ear|onth)s?", r" \1", ages.age_words(row.born_on, today))
    return f"due {short_day(row.due_on)}" if row.due_on else "–"


def _birthday(row: ChildRow) -> str:
    if row.born_on:
        return f"Born {words.day(row.born_on)}"
    return f"Due {words.day(row.due_on)}" if row.due_on else "Date of birth not known"


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
    return f"Overdue, {day}" if row.next_due_on < today else day


def _seen(row: ChildRow) -> str:
    return words.day(row.last_seen_on) if row.last_seen_on else "–"


def _no_words(_row: ChildRow) -> str:
    return ""


def _menu_tip(row: ChildRow) -> str:
    return f"Actions for {row.name}"


def fitting_columns(room: int) -> list[int]:
    """Return the columns for which there is room, so that none is cut off."""
    shown = list(_LEAST)
    for column in _GIVES_WAY:
        if sum(_LEAST[each] for each in shown) <= room:
            break
        shown.remove(column)
    return shown


class _Cells(QStyledItemDelegate):
    """Draws status and lateness as chips, names as links, and the button of the menu."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        row: ChildRow = index.data(Qt.ItemDataRole.UserRole)
        is_late = row.next_due_on is not None and row.next_due_on < self._today
        place = option.rect.adjusted(_PADDING, 0, -8, 0)
        if index.column() == STATUS:
            self._draw_ground(painter, option, index)
            draw_chip(painter, place, status_of(row), STATUS_MEANINGS.get(status_of(row), "neutral"))
        elif index.column() == DUE and is_late:
            self._draw_ground(painter, option, index)
            draw_chip(painter, place, due_words(self._today, row), "overdue", ICONS["overdue"])
        elif index.column() == MENU:
            self._draw_ground(painter, option, index)
            painter.drawPixmap(
                option.rect.center() - QPoint(9, 9), theme.pixmap("more", theme.colour("muted"))
            )
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show names as links are, and cells that say nothing in grey."""
        super().initStyleOption(option, index)
        is_name = index.column() == NAME
        if is_name:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        is_quiet = index.data() in ("–", "Not allocated")
        colour = theme.colour("accent" if is_name else "muted" if is_quiet else "ink")
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without words: hover, selection and the line below."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)


class ChildrenTable(QTableView):
    """Children in rows that are read as they are scrolled to."""

    open_child = Signal(UUID)
    sort_asked = Signal(str)
    """The order whose heading was clicked."""

    def __init__(self, model: MoreRows[ChildRow, Any], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._typed, self._wanted = "", ""
        self._since_key = QElapsedTimer()
        self.setModel(model)
        self.setItemDelegate(_Cells(today, self))
        self.setAccessibleName("Children")
        as_rows(self, ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setStyleSheet(f"QHeaderView::section {{ padding-left: {_PADDING}px; }}")
        header.sectionClicked.connect(self._heading_clicked)
        self.clicked.connect(self._cell_clicked)
        self.doubleClicked.connect(self._open_index)
        model.page_shown.connect(self._jump_on)

    def show_order(self, order: str, backwards: bool) -> None:
        """Show by which heading the rows are sorted."""
        header = self.horizontalHeader()
        place = next(at for at, column in enumerate(self._rows.columns) if column.order == order)
        way = Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(place, way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out among the columns, so that nothing lies outside."""
        super().resizeEvent(event)
        room = self.viewport().width() - _MENU_WIDTH
        shown = fitting_columns(room)
        spare = max(0, room - sum(_LEAST[column] for column in shown))
        shares = sum(_SHARES[column] for column in shown)
        for column, share in _SHARES.items():
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                self.setColumnWidth(column, _LEAST[column] + spare * share // shares)
        self.setColumnWidth(MENU, self.viewport().width() - sum(map(self.columnWidth, shown)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; jump to a name by typing it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        elif event.text().strip() and not event.modifiers() & _WITH_COMMANDS:
            self._type(event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the row's menu, at the mouse or at the row that has the keyboard."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            corner = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self._open_menu(index, event.globalPos() if by_mouse else corner)

    def menu_of(self, row: ChildRow) -> QMenu:
        """Return the actions of a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open record").triggered.connect(partial(self.open_child.emit, row.id))
        menu.addSeparator()
        copied = f"{row.name}, ref {row.ref}"
        menu.addAction("Copy name and reference").triggered.connect(partial(_copy, copied))
        menu.addAction("Copy reference").triggered.connect(partial(_copy, str(row.ref)))
        return menu

    def _open_menu(self, index: QModelIndex | QPersistentModelIndex, place: QPoint) -> None:
        self.selectRow(index.row())
        self.menu_of(self._rows.row_at(index.row())).popup(place)

    def _heading_clicked(self, column: int) -> None:
        if order := self._rows.columns[column].order:
            self.sort_asked.emit(order)

    def _cell_clicked(self, index: QModelIndex) -> None:
        if index.column() == NAME:
            self._open_index(index)
        elif index.column() == MENU:
            self._open_menu(index, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _open_index(self, index: QModelIndex) -> None:
        self.open_child.emit(self._rows.row_at(index.row()).id)

    def _type(self, letters: str) -> None:
        if self._since_key.isValid() and self._since_key.elapsed() > _PAUSE_MS:
            self._typed = ""
        self._since_key.start()
        self._typed += letters
        self._wanted = children.folded(self._typed)
        self._jump_on()

    def _jump_on(self) -> None:
        """Go to the name typed, reading on until it comes."""
        if not self._wanted:
            return
        for number, row in enumerate(self._rows.rows):
            if row.sort_name.startswith(self._wanted):
                self._wanted = ""
                self.selectRow(number)
                self.scrollTo(self._rows.index(number, NAME), QAbstractItemView.ScrollHint.PositionAtCenter)
                return
        if self._rows.is_whole:
            self._wanted = ""
        else:
            self._rows.fetchMore()


_WITH_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
