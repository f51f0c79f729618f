"""The figures of the front door: a table of measures, one by month with its chart, the list behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseapp.front_door.measures import SHARE
from caseapp.front_door.timeliness import COLUMNS, Figure, Line, Row, Timeliness, month_words
from ui import theme
from ui.line_chart import DatedLine, LineChart
from ui.parts import Card, LinkButton, Muted, Rule, Section, icon_button, plain
from ui.record_parts import ElidedLink, FilterChip, clear

Show = Callable[[Figure, str], object]
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROW: Final = 32
_HEIGHT: Final = 290
_WIDTHS: Final = (240, 110)


class FigureLink(LinkButton):
    """A number that opens its list; it says what it means when the pointer or the keyboard reaches it."""

    noticed = Signal(str)

    def __init__(self, figure: Figure, when: str, parent: QWidget | None = None) -> None:
        super().__init__(figure.shown, parent)
        measure = figure.measure
        self._meaning = f"{measure.title}: {figure.beneath}. {measure.definition}"
        self.setAccessibleName(f"{measure.title}, {when}: {figure.whole}")
        self.setAccessibleDescription(measure.definition)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what the number means to whoever comes by keyboard."""
        super().focusInEvent(event)
        self.noticed.emit(self._meaning)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what the number means to whoever points at it."""
        super().enterEvent(event)
        self.noticed.emit(self._meaning)

    def leaveEvent(self, event: QEvent) -> None:
        """Say no more once the pointer has gone, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.noticed.emit("")


def figure_widget(figure: Figure, when: str, show: Show, noticed: Callable[[str], object]) -> QWidget:
    """Return a number as a link to its list; where nothing was looked at, a plain dash."""
    if not figure.of:
        label = plain(figure.shown, "muted")
        label.setAccessibleName(f"{figure.measure.title}, {when}: {figure.beneath}")
        return label
    link = FigureLink(figure, when)
    link.clicked.connect(partial(_shown, show, figure, when))
    link.noticed.connect(noticed)
    return link


def _shown(show: Show, figure: Figure, when: str, _checked: bool = False) -> None:
    show(figure, when)


class MeasuresCard(Card):
    """Every measure: the month, of how many, the month before, twelve months. A title chooses its chart."""

    chosen = Signal(str)
    noticed = Signal(str)

    def __init__(self, shown: Timeliness, show: Show, parent: QWidget | None = None) -> None:
        super().__init__("Measures", parent=parent)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        now, before = month_words(shown.month), month_words(shown.before)
        for column, heading in ((1, _short(now)), (3, _short(before)), (4, "12 months")):
            grid.addWidget(plain(heading, "small"), 0, column, _RIGHT)
        for number, line in enumerate(shown.lines, 1):
            at = 2 * number
            grid.addWidget(Rule(), at - 1, 0, 1, 5)
            title = ElidedLink(line.measure.title)
            title.setAccessibleDescription("Shows it by month")
            title.clicked.connect(partial(self._choose, line.measure.key))
            grid.addWidget(title, at, 0)
            figure = figure_widget(line.month, now, show, self.noticed.emit)
            figure.setFont(theme.font(weight=QFont.Weight.DemiBold))
            grid.addWidget(figure, at, 1, _RIGHT)
            grid.addWidget(plain(_of(line.month), "small"), at, 2, _LEFT)
            grid.addWidget(figure_widget(line.before, before, show, self.noticed.emit), at, 3, _RIGHT)
            if line.year:
                year = figure_widget(line.year, "12 months", show, self.noticed.emit)
                grid.addWidget(year, at, 4, _RIGHT)
        self.body.addWidget(holder)

    def _choose(self, key: str, _checked: bool = False) -> None:
        self.chosen.emit(key)


def _short(month: str) -> str:
    name, year = month.split(" ")
    return f"{name[:3]} {year}"


def _of(figure: Figure) -> str:
    return f"{figure.count} of {figure.of}" if figure.measure.unit == SHARE and figure.of else ""


class MonthsCard(Card):
    """One measure over twelve months: the chart, and beside it the same as a table."""

    noticed = Signal(str)

    def __init__(self, line: Line, show: Show, parent: QWidget | None = None) -> None:
        super().__init__(line.measure.title, parent=parent)
        is_share = line.measure.unit == SHARE
        most = max((each.count for _, each in line.months), default=0)
        top = 100 if is_share else max(5, -(-most // 5) * 5)
        self.chart = LineChart(f"{line.measure.title} by month", 0, top)
        unit = "%" if is_share else "number"
        points = tuple((month.until, _point(each)) for month, each in line.months)
        self.chart.set_lines((DatedLine(f"Each month, drawn at its last day ({unit})", points),))
        meaning = Muted(line.measure.definition)
        meaning.setWordWrap(True)
        self.body.addWidget(meaning)
        self.body.addWidget(self.chart)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        half = -(-len(line.months) // 2)
        for number, (month, each) in enumerate(line.months):
            column, at = (0, number) if number < half else (4, number - half)
            when = month_words(month)
            grid.addWidget(plain(_short(when), "small"), at, column, _LEFT)
            grid.addWidget(figure_widget(each, when, show, self.noticed.emit), at, column + 1, _RIGHT)
            of: QLabel = plain(_of(each), "small")
            grid.addWidget(of, at, column + 2, _LEFT)
        grid.setColumnStretch(3, 1)
        grid.setColumnStretch(7, 1)
        self.body.addWidget(holder)


def _point(figure: Figure) -> int | None:
    return None if figure.value is None else round(figure.value)


class RowsBehind(Card):
    """Says what a figure means and lists its rows; two chips choose who counts and who does not."""

    open_child = Signal(UUID)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Behind the figure")
        self._figure: Figure | None = None
        self._rows: tuple[Row, ...] = ()
        self._title, self._meaning = Section(""), Muted("")
        self._meaning.setWordWrap(True)
        self.counted, self.others = FilterChip("Counted"), FilterChip("Not counted")
        chips = QButtonGroup(self)
        for chip in (self.counted, self.others):
            chips.addButton(chip)
            chip.clicked.connect(self._fill)
        self.table = QTableWidget(0, len(COLUMNS))
        self._prepare_table()
        self._place_all()
        self.setFixedHeight(_HEIGHT)
        self.hide()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName("Children behind the figure")
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
        heads.setDefaultAlignment(_LEFT)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(_WIDTHS):
            heads.resizeSection(column, width)
        heads.setStretchLastSection(True)
        table.itemActivated.connect(self._activated)

    def _place_all(self) -> None:
        opening = LinkButton("Open the record")
        opening.clicked.connect(self._open_current)
        closing = icon_button("close", "Close the list")
        closing.clicked.connect(self.close_list)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for widget in (self.counted, self.others, opening, closing):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addLayout(head)
        said.addWidget(self._meaning)
        self.body.addLayout(said)
        self.body.addWidget(self.table, 1)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(24, 12, 24, 12)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.close_list)

    def show_figure(self, figure: Figure, when: str) -> None:
        """List what is behind a figure of a time, and put the keyboard there."""
        self._figure = figure
        title = f"{figure.measure.title}, {when}"
        self._title.setText(title)
        self._meaning.setText(f"{figure.whole}. {figure.measure.definition}")
        self.table.setAccessibleDescription(f"{title}: {figure.whole}. {figure.measure.definition}")
        for chip, name, rows in (
            (self.counted, "Counted", figure.rows),
            (self.others, "Not counted", figure.others),
        ):
            chip.setText(f"{name} ({len(rows)})")
            chip.setAccessibleName(f"{name}: {len(rows)}")
            chip.setVisible(bool(figure.others))
        # Where nobody counts, those who do not are what one came for
        (self.counted if figure.rows or not figure.others else self.others).setChecked(True)
        self.show()
        self._fill()
        self.table.setFocus()

    def _fill(self) -> None:
        if self._figure is None:
            return
        self._rows = self._figure.others if self.others.isChecked() else self._figure.rows
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate(row.cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
        if self._rows:
            self.table.setCurrentCell(0, 0)

    def rows(self) -> Sequence[Row]:
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


def show_cards(body: QVBoxLayout | QHBoxLayout, *cards: QWidget) -> None:
    """Put cards in place of those that were there."""
    clear(body)
    for card in cards:
        body.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
