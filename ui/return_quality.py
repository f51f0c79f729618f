"""The return: what its rules find in the record, each opened where it is mended; the files written out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.returns import export, findings
from caseapp.returns.export import Exported
from caseapp.returns.findings import Count, Filter, Found, Row, Undone
from caseapp.returns.rules import NOT_DONE, RULES
from caseapp.work import Problem
from ui import file_dialogs
from ui.asking import Asking
from ui.editor import Flow
from ui.exporting import CSV, XLSX, Exporting, Made
from ui.findings_filter import FindingsFilter
from ui.findings_table import RowsTable, count_columns, finding_columns, undone_columns
from ui.more_rows import Column, MoreRows, Page
from ui.parts import EmptyState, Muted, Section, primary

if TYPE_CHECKING:
    from ui.desk import Desk

_PAGE: Final = 200
_COUNTS_WIDTH: Final = 236
_COUNTS_FROM: Final = 900
"""In a narrower window the counts of each rule would leave the findings no room."""
_BUSY: Final = f"Making the return and judging it by {len(RULES)} rules …"
_NOT_YET = (
    "reports",
    "Nothing judged yet",
    "Choose the year and press Check. What is wrong stands here, with the way to the field that mends it.",
)
_CLEAN = (
    "on-track",
    "Nothing to mend",
    "The rules that can be judged here find nothing. Those that cannot are named under Rules not judged.",
)
_NOBODY = (
    "children",
    "Nothing to return",
    "Nobody within your reach was in care, or had a care leaver’s items, in that year.",
)
_NARROW = ("check", "No finding here", "Take a filter away to see more.")


class ReturnScreen(Asking):
    """Choose the year, check, mend; write the files once nothing is left to mend."""

    open_place = Signal(object)
    """Where a finding is mended (caseapp.returns.opens.Opens)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("The return")
        self._found: Found | None = None
        self.exporting = Exporting(self, "return-findings.xlsx", f"{XLSX};;{CSV}", self._file)
        self._shown: list[Row] = []
        self._counts: list[Count] = []
        self._asked = 0
        self._undone = findings.undone()
        self._make_controls()
        self.filters = FindingsFilter()
        self.filters.changed.connect(self._show_filtered)
        self.filters.rule_gone.connect(self._to_findings)
        self._make_tables()
        self._place_all()
        self._show_filtered()

    # What it is made of

    def _make_controls(self) -> None:
        self.year = QComboBox()
        self.year.setAccessibleName("Year of the return")
        for year in findings.years(self.desk.today):
            self.year.addItem(findings.year_words(year, self.desk.today), year)
        self.year.activated.connect(self._forget)
        self.check_button = primary("Check")
        self.check_button.clicked.connect(self.check)
        self._judge = _button("Judge a folder…", "Judge a folder of files made elsewhere", self._ask_folder)
        self._save = _button("Save the list…", "Save the list of findings", self.exporting.ask_where)
        self._export = _button("Export the return…", "Export the return", self._ask_export)
        self._save.setEnabled(False)

    def _make_tables(self) -> None:
        self._rows = self._model(finding_columns(), self._of_shown)
        self._count_rows = self._model(count_columns(), self._of_counts)
        self._undone_rows = self._model(undone_columns(), self._of_undone)
        self.findings = RowsTable(self._rows, "Findings", {0: 148, 3: 134, 4: 160}, {1: 55, 2: 45})
        self.findings.opened.connect(self._open)
        self.findings.reached.connect(self._say_in_full)
        self.in_full = Muted("")
        self.in_full.setAccessibleName("The finding in full")
        self.in_full.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.in_full.setMinimumHeight(2 * self.in_full.fontMetrics().lineSpacing())  # the table keeps still
        self.counts = RowsTable(
            self._count_rows, "Findings of each rule", {1: 78, 2: 78}, {0: 1}, two_lines=False
        )
        self.counts.opened.connect(self._choose_rule)
        self.undone = RowsTable(self._undone_rows, "Rules not judged here", {0: 92}, {1: 60, 2: 40})
        self._undone_rows.restart()

    def _model(self, columns: Sequence[Column], rows: Callable[[], Sequence[Any]]) -> MoreRows[Any, int]:
        return MoreRows(columns, partial(_page_of, rows), _PAGE, self)

    def _of_shown(self) -> Sequence[Row]:
        return self._shown

    def _of_counts(self) -> Sequence[Count]:
        return self._counts

    def _of_undone(self) -> Sequence[Undone]:
        return self._undone

    def _place_all(self) -> None:
        top = QWidget()
        flow = Flow(top, gap=8, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for widget in (self.year, self.check_button, self._judge, self._save, self._export):
            flow.addWidget(widget)
        self._words = Muted("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.findings)
        self._stack.addWidget(self.undone)
        self._empty = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._empties = {said: self._add_empty(said) for said in (_NOT_YET, _CLEAN, _NOBODY, _NARROW)}
        self._beside = _framed(self.counts, "By rule")
        self._beside.setFixedWidth(_COUNTS_WIDTH)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(_framed(self._stack), 1)
        columns.addWidget(self._beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 20)
        layout.setSpacing(10)
        for each in (top, self.filters, self._words, self.busy, self.banner):
            layout.addWidget(each)
        layout.addLayout(columns, 1)
        layout.addWidget(self.in_full)

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the filters, the findings, and their counts."""
        return self.filters, self._stack, self._beside

    def _add_empty(self, said: tuple[str, str, str]) -> EmptyState:
        made = EmptyState(*said)
        self._empty.addWidget(made)
        return made

    # Judging

    def focus_first(self) -> None:
        """Put the keyboard into the choice of the year."""
        self.year.setFocus()

    def _to_findings(self) -> None:
        self.findings.setFocus()

    def refresh(self) -> None:
        """Judge anew what was judged: something may have been mended."""
        if self._found is not None and not self._found.folder:
            self.check()

    def check(self) -> None:
        """Judge the record of the year that is chosen."""
        year = self._ask_anew()
        self.ask(_BUSY, lambda session: findings.look(session, year), partial(self._judged, self._asked),
                 self._failed)  # fmt: skip

    def judge_folder(self, path: str) -> None:
        """Judge a folder of files; nothing of it is taken in."""
        work = partial(findings.look_into, Path(path), self._ask_anew())
        self._begin("Reading and judging the files …")
        self.desk.run_outside(
            self, work, partial(self._answered, partial(self._judged, self._asked)), self._not_judged
        )

    def _not_judged(self, problem: Problem) -> None:
        self._refused(self._failed, problem)

    def _ask_anew(self) -> int:
        self._asked += 1
        self.check_button.setEnabled(False)
        self._judge.setEnabled(False)
        year: int = self.year.currentData()
        return year

    def _judged(self, asked: int, found: Found) -> None:
        if asked == self._asked:
            self._let_ask()
            if self._found is None or self._found.folder != found.folder:
                self.filters.forget()
            self._found = found
            self.filters.offer(found)
            self._show_from(self.findings.currentIndex().row())

    def _failed(self, problem: Problem) -> None:
        self._let_ask()
        self.show_problem(problem)

    def _let_ask(self) -> None:
        self.check_button.setEnabled(True)
        self._judge.setEnabled(True)

    def _forget(self) -> None:
        """Let go of what was found in another year."""
        self._asked += 1
        self._let_ask()
        self._found = None
        self.filters.forget()
        self.banner.hide()
        self._show_filtered()

    # What is shown

    def _show_filtered(self) -> None:
        self._show_from(0)

    def _show_from(self, place: int) -> None:
        """Show what the filter lets through, at the place where the reader was."""
        found, chosen = self._found, self.filters.filter
        rows = found.rows if found else ()
        self._shown = findings.narrowed(rows, chosen)
        others = Filter("", chosen.table, chosen.worker, chosen.mine)
        self._counts = findings.counts(findings.narrowed(rows, others))
        for model in (self._rows, self._count_rows):
            model.restart()
        if self._shown:
            self.findings.go_to(min(max(place, 0), len(self._shown) - 1))
        self._save.setEnabled(bool(self._shown))
        self._words.setText(self._told())
        self._show_stack()

    def _told(self) -> str:
        if self._found is None or self.filters.undone.isChecked():
            return f"{len(RULES)} rules of the Department’s are judged here; {len(NOT_DONE)} cannot be."
        judged = findings.judged_words(self._found)
        chosen = self.filters.filter
        if chosen == Filter() or not self._found.rows:
            return judged
        shown = words.count(len(self._shown), "finding")
        return f"{judged} Shown: {findings.filter_words(chosen)}: {shown}."

    def _choose_rule(self, count: Count) -> None:
        self.filters.choose_rule(count.rule)

    def _say_in_full(self, finding: Row) -> None:
        self.in_full.setText(findings.in_full(finding))

    def _show_stack(self) -> None:
        is_undone = self.filters.undone.isChecked()
        self.in_full.setVisible(bool(self._shown) and not is_undone)
        has_room = self.width() >= _COUNTS_FROM
        self._beside.setVisible(has_room and bool(self._counts) and not is_undone)
        if is_undone:
            self._stack.setCurrentWidget(self.undone)
        elif self._shown:
            self._stack.setCurrentWidget(self.findings)
        else:
            self._empty.setCurrentWidget(self._empties[self._why_empty()])
            self._stack.setCurrentWidget(self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the counts where there is room for them."""
        super().resizeEvent(event)
        self._show_stack()

    def _why_empty(self) -> tuple[str, str, str]:
        if self._found is None:
            return _NOT_YET
        if self._found.rows:
            return _NARROW
        return _CLEAN if self._found.children else _NOBODY

    def _open(self, chosen: Row) -> None:
        if chosen.opens is not None:
            self.open_place.emit(chosen.opens)

    # What leaves

    def _ask_folder(self) -> None:
        self._ask_directory("Folder with the SSDA903 files", self.judge_folder)

    def _ask_export(self) -> None:
        self._ask_directory("A new or empty folder for the return’s files", self.export_to)

    def _ask_directory(self, title: str, then: Callable[[str], object]) -> None:
        dialog = file_dialogs.for_folder(self, title)
        dialog.fileSelected.connect(then)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write the files of the year's return into a new or empty folder; that stands on record first."""
        begins = self.year.currentData() - 1
        self.ask("Writing the return …", lambda session: export.export_ssda903(session, Path(path), begins),
                 partial(self._exported, path))  # fmt: skip

    def _exported(self, path: str, done: Exported) -> None:
        files = ", ".join(f"{name} {count:,}" for name, count in done.files.items())
        children = words.count(done.children, "child", "children")
        said = (
            f"The return of the year to 31 March {done.year} is in {path}: {children}. Rows: {files}. "
            "They are not encrypted."
        )
        self._say(said)

    def _file(self, path: str) -> Made | None:
        """Return how the findings shown become a workbook, or CSV if the name says so."""
        found, chosen = self._found, self.filters.filter
        as_csv = Path(path).suffix.lower() == ".csv"
        if found is None:
            return None
        return Made(
            lambda session: findings.file_of(session, found, chosen, as_csv=as_csv), "It names children."
        )

    def _say(self, said: str) -> None:
        self.banner.set_banner(said, "success")
        self.banner.show()


def _page_of(
    rows: Callable[[], Sequence[Any]],
    last: int | None,
    receive: Callable[[Page[Any, int]], None],
    _give_up: Callable[[], None],
) -> None:
    first = 0 if last is None else last + 1
    receive([(each, first + place) for place, each in enumerate(rows()[first : first + _PAGE])])


def _button(text: str, name: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.clicked.connect(act)
    return button


def _framed(inside: QWidget, title: str = "") -> QFrame:
    frame = QFrame()
    frame.setProperty("card", "true")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, 12 if title else 6, 1, 6)
    layout.setSpacing(4)
    if title:
        heading = Section(title)
        heading.setContentsMargins(13, 0, 13, 0)
        layout.addWidget(heading)
    layout.addWidget(inside, 1)
    return frame


def return_page(desk: Desk) -> QWidget:
    """Return the page for managers; others read why it is not for them."""
    answer = desk.may("bulk export")
    if answer.allowed:
        return ReturnScreen(desk)
    said = f"It shows the records of many children at once. {answer.reason}"
    return EmptyState("lock", "The return is not for your role", said)
