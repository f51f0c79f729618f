"""Early help: the families helped now, narrowed by chips and by typing; star progress; young carers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from caseapp import levels, words
from caseapp.early_help import families
from caseapp.early_help.families import PAGE, FamilyRow, Filter
from caseapp.early_help.statuses import OPEN, STATUSES
from caseapp.work import Problem
from ui.asking import Asking
from ui.families_table import cells, families_table
from ui.more_rows import MoreRows
from ui.parts import EmptyState, Muted
from ui.record_parts import FilterChip, flowing, row
from ui.rows_table import RowsTable, framed
from ui.tabbed import TabbedScreen

if TYPE_CHECKING:
    from ui.desk import Desk

TAB: Final = "Early help"
_WHOSE: Final = {"mine": "Mine", "team": "My team", "all": "All"}
_WAIT_MS: Final = 150
Page = Sequence[tuple[FamilyRow, int]]


class FamiliesPage(Asking):
    """The list."""

    open_child_tab = Signal(UUID, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Families")
        self._filter = Filter(desk.whose)
        self._model: MoreRows[FamilyRow, int] = MoreRows(
            [each.column for each in cells()], self._read_on, PAGE, self
        )
        self._table = families_table(self._model)
        self._table.opened.connect(self._open)
        self._model.page_shown.connect(self._show_rows)
        self._words = Muted("")
        self._empty = EmptyState(
            "early-help",
            "No family here",
            "Early help is started on the Early help page of a child’s record. "
            "Choose All, or take a filter away, to see more.",
            "Show all",
        )
        self._empty.acted.connect(self._show_everyone)
        self._search = QLineEdit()
        self._search.setAccessibleName("Search by name or reference")
        self._search.setPlaceholderText("Name or EH number")
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(220)
        self._timer = QTimer(self, interval=_WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._choose)
        self._search.textEdited.connect(self._timer.start)
        self._search.returnPressed.connect(self._table.setFocus)
        self._whose = {name: FilterChip(text) for name, text in _WHOSE.items()}
        self._late = FilterChip("Review overdue")
        self._status = self._list("Status", "Any status")
        self._level = self._list("Level of need", "Any level")
        self._fill_lists()
        self._place_all()
        self.refresh()

    def _list(self, name: str, anything: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.addItem(anything, None)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return made

    def _fill_lists(self) -> None:
        group = QButtonGroup(self)
        for name, chip in self._whose.items():
            group.addButton(chip)
            chip.setChecked(name == self._filter.whose)
            chip.clicked.connect(self._choose)
        for code in (code for code in STATUSES if code in OPEN):
            self._status.addItem(STATUSES[code], code)
        self._show_levels(levels.SHORT)
        for box in (self._status, self._level):
            box.activated.connect(self._choose)
        self._late.clicked.connect(self._choose)
        self.desk.run(self, levels.names, self._show_levels)

    def _show_levels(self, names: dict[int, str]) -> None:
        chosen = self._level.currentIndex()
        while self._level.count() > 1:
            self._level.removeItem(1)
        for level, name in names.items():
            self._level.addItem(f"Level {level}: {name}", level)
        self._level.setCurrentIndex(max(0, chosen))

    def _place_all(self) -> None:
        whose = row(*self._whose.values(), self._late)
        whose.setFixedHeight(self._search.sizeHint().height())
        self._chips = flowing(whose, self._status, self._level, self._search)
        self._frame, self._stack = framed(self._table, self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 24)
        layout.setSpacing(12)
        for each in (self._chips, self._words, self.busy, self.banner):
            layout.addWidget(each)
        layout.addWidget(self._frame, 1)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the filters, and the list."""
        return self._chips, self._frame

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def table(self) -> RowsTable:
        """Return the table."""
        return self._table

    def refresh(self) -> None:
        """Read the list anew."""
        self._model.restart()
        narrowed = self._filter
        self.ask("Counting …", lambda session: families.count(session, narrowed), self._show_count)

    def focus_first(self) -> None:
        """Put the keyboard on the table."""
        self._table.setFocus()

    def _read_on(
        self, last: int | None, receive: Callable[[Page], None], give_up: Callable[[], None]
    ) -> None:
        narrowed = self._filter
        self.ask(
            "Reading families …",
            lambda session: [(each, each.number) for each in families.families(session, narrowed, last)],
            receive,
            partial(self._page_failed, give_up),
        )

    def _page_failed(self, give_up: Callable[[], None], problem: Problem) -> None:
        give_up()
        self.show_problem(problem)

    def _show_count(self, number: int) -> None:
        said = f"{families.filter_words(self._filter)}: {words.count(number, 'family', 'families')}"
        self._words.setText(said)

    def _show_rows(self) -> None:
        is_empty = self._model.is_whole and not self._model.rows
        self._stack.setCurrentWidget(self._empty if is_empty else self._table)
        if self._model.rows and not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self._model.index(0, 0))

    def _choose(self) -> None:
        status = self._status.currentData()
        chosen = replace(
            self._filter,
            whose=next(name for name, chip in self._whose.items() if chip.isChecked()),
            statuses=(status,) if status else (),
            level=self._level.currentData(),
            late=self._late.isChecked(),
            text=self._search.text(),
        )
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _show_everyone(self) -> None:
        self._whose["all"].setChecked(True)
        self._late.setChecked(False)
        self._search.clear()
        for box in (self._status, self._level):
            box.setCurrentIndex(0)
        self._choose()

    def _open(self, child_id: UUID) -> None:
        self.open_child_tab.emit(child_id, TAB)


class EarlyHelpScreen(TabbedScreen):
    """The rail's screen: the families, the progress that stars recorded, and the young carers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        pages: dict[str, Callable[[], QWidget]] = {
            "Families": partial(FamiliesPage, desk), "Star progress": partial(_star_progress, desk),
            "Young carers": partial(_young_carers, desk),
        }  # fmt: skip
        super().__init__("Early help", pages, parent)


def _star_progress(desk: Desk) -> QWidget:
    from ui.star_report import star_report_page

    return star_report_page(desk)


def _young_carers(desk: Desk) -> QWidget:
    from ui.young_carers import YoungCarersPage

    return YoungCarersPage(desk)
