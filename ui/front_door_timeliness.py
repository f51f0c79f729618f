"""How timely the front door is: each measure with the month before, by month, its list, and what leaves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from caseapp.front_door import timeliness
from caseapp.front_door.measures import SHARE
from caseapp.front_door.timeliness import (
    COLUMNS,
    TITLE,
    Figure,
    Line,
    Row,
    Timeliness,
    month_of,
    month_words,
    months_to,
)
from ui.figure_list import FigureList, Listed
from ui.figures import FigureRow, FiguresCard, Number
from ui.figures_page import FiguresPage, Leaves
from ui.front_door_months import MonthsCard, short_month
from ui.parts import Muted
from ui.record_parts import FilterChip, Scroller, clear, row

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_MONTHS: Final = 24
_TWO_COLUMNS: Final = 1100
_WIDTHS: Final = (240, 110)


class TimelinessPage(FiguresPage):
    """The month at the top, the measures at the left, one of them by month at the right, the list beneath."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        leaves = Leaves(TITLE, "front-door.xlsx", _pages, _sheet)
        super().__init__(desk, FigureList(COLUMNS, _WIDTHS, _cells), leaves, parent=parent)
        self.setAccessibleName("Timeliness")
        self._shown: Timeliness | None = None
        self._key = "contacts_in_day"
        self._words = Muted("")
        self.month = QComboBox()
        self.month.setAccessibleName("Month")
        for period in reversed(months_to(month_of(desk.today), _MONTHS)):
            self.month.addItem(month_words(period), period.since)
        self.month.activated.connect(self.refresh)
        self.once = FilterChip("Brothers and sisters once")
        self.once.clicked.connect(self.refresh)
        self._print = self.button("Print…", "print", self.ask_print)
        self._export = self.button("Export as Excel…", "export", self.exporting.ask_where)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._place_all()
        self.refresh()

    def _place_all(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(row(self.month, self.once), 1)
        head.addWidget(self._print)
        head.addWidget(self._export)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._left, 11)
        self._columns.addLayout(self._right, 9)
        page = Scroller()
        page.body.setContentsMargins(24, 14, 24, 16)
        page.body.setSpacing(12)
        page.body.addLayout(head)
        for widget in (self._words, self.busy, self.banner):
            page.body.addWidget(widget)
        page.body.addLayout(self._columns)
        page.body.addStretch(1)
        self.lay_out(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the months beneath the measures where both have no room side by side."""
        super().resizeEvent(event)
        is_wide = self.width() >= _TWO_COLUMNS
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(side if is_wide else below)

    def focus_first(self) -> None:
        """Put the keyboard on the month."""
        self.month.setFocus()

    def refresh(self) -> None:
        """Count everything anew."""
        day, once = self.month.currentData(), self.once.isChecked()
        self.count_anew(lambda session: timeliness.timeliness(session, day, once=once), self._show)

    @property
    def shown(self) -> Timeliness | None:
        """Return what is shown."""
        return self._shown

    def _show(self, shown: Timeliness) -> None:
        self._shown = shown
        self._words.setText(shown.words)
        self._print.setEnabled(True)
        self._export.setEnabled(True)
        now, before = short_month(shown.month), short_month(shown.before)
        rows = [self._row(shown, each) for each in shown.lines]
        self._put(self._left, FiguresCard("Measures", rows, (now, before, "12 months"), 76))
        self.choose(self._key)

    def _put(self, column: QVBoxLayout, card: FiguresCard | MonthsCard) -> None:
        """Put a card in place of the one that was there."""
        card.noticed.connect(self.say)
        clear(column)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)

    def _row(self, shown: Timeliness, line: Line) -> FigureRow:
        told = ((line.month, month_words(shown.month)), (line.before, month_words(shown.before)))
        numbers: Sequence[Number | None] = [self.number(figure, when) for figure, when in told]
        if line.year:
            numbers = [*numbers, self.number(line.year, "12 months")]
        chooses = partial(self.choose, line.measure.key)
        return FigureRow(line.measure.title, "", numbers, of=_of(line.month), chooses=chooses)

    def choose(self, key: str) -> None:
        """Show a measure by month."""
        if self._shown is not None:
            self._key = key
            line = self._shown.one(key)
            months = [
                (month, each, self.number(each, month_words(month)), _of(each)) for month, each in line.months
            ]
            self._put(self._right, MonthsCard(line.measure, months))

    def number(self, figure: Figure, when: str) -> Number:
        """Return a figure as a number; where nothing was looked at it opens nothing."""
        measure, opens = figure.measure, partial(self._open, figure, when) if figure.of else None
        told = figure.whole if figure.of else figure.beneath
        noticed = f"{measure.title}: {figure.beneath}. {measure.definition}"
        return Number(figure.shown, f"{measure.title}, {when}: {told}", measure.definition, noticed, opens)

    def _open(self, figure: Figure, when: str) -> None:
        told = f"{figure.whole}. {figure.measure.definition}"
        title = f"{figure.measure.title}, {when}"
        self.open_list(figure, Listed(title, told, figure.rows, figure.others))


def _of(figure: Figure) -> str:
    return f"{figure.count} of {figure.of}" if figure.measure.unit == SHARE and figure.of else ""


def _cells(each: Row) -> tuple[str, ...]:
    return each.cells


def _pages(session: Session, shown: Timeliness) -> bytes:
    from caseapp import front_door_out as out

    return out.print_pdf(session, shown)


def _sheet(session: Session, shown: Timeliness, _path: str, with_names: bool) -> bytes:
    from caseapp import front_door_out as out

    return out.xlsx_file(session, shown, with_names=with_names)
