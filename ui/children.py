"""Children: a table that reads on as it is scrolled, filters above it, and the filter in force in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import children, codes, record_files, words
from caseapp.children import ChildRow, Filter, Place
from caseapp.work import Problem
from ui.asking import Asking
from ui.children_table import ChildrenTable, columns
from ui.editor import Flow
from ui.exporting import CSV, Exporting, Made
from ui.more_rows import MoreRows
from ui.parts import EmptyState, Muted, Title, primary
from ui.record_parts import FilterChip
from ui.rows_table import framed

if TYPE_CHECKING:
    from ui.desk import Desk

PAGE: Final = 200
_WHOSE: Final = {"mine": "Mine", "team": "My team", "all": "All"}
Page = Sequence[tuple[ChildRow, Place]]


class ChildrenScreen(Asking):
    """All the children whom the user may see, narrowed by chips."""

    open_child = Signal(UUID)
    add_child = Signal(str)
    """Somebody wants to add a child; the name typed so far."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, narrowed: Filter | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Children")
        self._filter = narrowed or Filter(desk.whose)
        self._model: MoreRows[ChildRow, Place] = MoreRows(columns(desk.today), self._read_on, PAGE, self)
        self._table = ChildrenTable(self._model, desk.today)
        self._words = Muted("")
        self._add = primary("Add a child")
        if not desk.may("register").allowed:
            self._add.hide()
        self._add.clicked.connect(self._ask_to_add)
        self._whose = {name: FilterChip(text) for name, text in _WHOSE.items()}
        self._statuses = {code: FilterChip(text) for code, text in codes.STATUSES.items()}
        self._overdue = FilterChip("Overdue only")
        self._empty = EmptyState(
            "children",
            "No children here",
            "No child fits what is chosen above. Choose All, or take a filter away.",
            "Show all",
        )
        self._empty.acted.connect(self._show_everyone)
        may_add = desk.may("register").allowed
        self._none = EmptyState(
            "children",
            "No children on file yet",
            "Every child whose record you may open will stand here, in pages that are read as you scroll.",
            "Add a child" if may_add else "",
        )
        self._none.acted.connect(self._ask_to_add)
        self.exporting = Exporting(self, "children.csv", CSV, self._file)
        self._export = QPushButton("Export…")
        self._export.setAccessibleName("Export the list")
        if not desk.may("export").allowed:
            self._export.hide()
        self._export.clicked.connect(self.exporting.ask_where)
        self._place_all()
        self._connect_chips()
        self._table.open_child.connect(self.open_child)
        self._table.sort_asked.connect(self._sort)
        self._model.page_shown.connect(self._show_rows)
        self.refresh()

    def _place_all(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(Title("Children"))
        heading.addStretch(1)
        heading.addWidget(self._export)
        heading.addWidget(self._add)
        self._chips = QWidget()
        flow = Flow(self._chips, gap=8, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in (*self._whose.values(), *self._statuses.values(), self._overdue):
            flow.addWidget(chip)
        self._frame, self._stack = framed(self._table, self._empty, self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(heading)
        layout.addWidget(self._chips)
        layout.addWidget(self._words)
        layout.addWidget(self.busy)
        layout.addWidget(self.banner)
        layout.addWidget(self._frame, 1)

    def _connect_chips(self) -> None:
        group = QButtonGroup(self)
        for name, chip in self._whose.items():
            group.addButton(chip)
            chip.setChecked(name == self._filter.whose)
            chip.clicked.connect(partial(self._choose_whose, name))
        for code, chip in self._statuses.items():
            chip.setChecked(code in self._filter.statuses)
            chip.clicked.connect(self._choose)
        self._overdue.setChecked(self._filter.overdue_on is not None)
        self._overdue.clicked.connect(self._choose)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the filters, and the list."""
        return self._chips, self._frame

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def refresh(self) -> None:
        """Read the list anew."""
        self._table.show_order(self._filter.order, self._filter.backwards)
        self._model.restart()
        narrowed = self._filter
        self.ask("Counting …", lambda session: children.count(session, narrowed), self._show_count)

    def focus_first(self) -> None:
        """Put the keyboard on the table."""
        self._table.setFocus()

    def _read_on(
        self, last: Place | None, receive: Callable[[Page], None], give_up: Callable[[], None]
    ) -> None:
        narrowed = self._filter
        self.ask(
            "Reading children …",
            lambda session: children.page(session, narrowed, last, PAGE),
            receive,
            partial(self._page_failed, give_up),
        )

    def _file(self, _path: str) -> Made:
        narrowed = self._filter
        return Made(lambda session: record_files.children_csv(session, narrowed), "It names children.")

    def _page_failed(self, give_up: Callable[[], None], problem: Problem) -> None:
        give_up()
        self.show_problem(problem)

    def _show_count(self, number: int) -> None:
        said = f"{children.filter_words(self._filter)}: {words.count(number, 'child', 'children')}"
        self._words.setText(said)

    def _show_rows(self) -> None:
        if self._model.rows or not self._model.is_whole:
            self._stack.setCurrentWidget(self._table)
        else:
            is_narrowed = self._filter.whose != "all" or self._filter.statuses or self._filter.overdue_on
            self._stack.setCurrentWidget(self._empty if is_narrowed else self._none)

    def _choose_whose(self, name: str) -> None:
        self._narrow(replace(self._filter, whose=name))

    def _choose(self) -> None:
        chosen = tuple(code for code, chip in self._statuses.items() if chip.isChecked())
        overdue_on = self.desk.today if self._overdue.isChecked() else None
        self._narrow(replace(self._filter, statuses=chosen, overdue_on=overdue_on))

    def _sort(self, order: str) -> None:
        backwards = order == self._filter.order and not self._filter.backwards
        self._narrow(replace(self._filter, order=order, backwards=backwards))

    def _show_everyone(self) -> None:
        self._whose["all"].setChecked(True)
        for chip in (*self._statuses.values(), self._overdue):
            chip.setChecked(False)
        self._narrow(Filter("all"))

    def _narrow(self, narrowed: Filter) -> None:
        self._filter = narrowed
        self.refresh()

    def _ask_to_add(self) -> None:
        self.add_child.emit("")
