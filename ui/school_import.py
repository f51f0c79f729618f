"""A school's file: choose it, say what its columns hold, see what it would bring, then take it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.education import csv_mapping as mapping
from caseapp.education import school_import
from caseapp.education.school_import import Opened, Preview
from caseapp.work import Problem
from ui.entry import PathField
from ui.more_rows import Index
from ui.parts import Banner, BusyBar, Card, FactsGrid, Muted, Title, plain, primary
from ui.people_forms import find_schools
from ui.picker import Found, Picker
from ui.record_parts import Scroller
from ui.school_columns import ColumnsPage

if TYPE_CHECKING:
    from ui.background import Ticket
    from ui.desk import Desk

STEPS: Final = ("Choose the file", "Say what its columns hold", "Check it and take it in")
FILE, COLUMNS, CHECK = range(3)
_NEXT: Final = ("Next", "Show what it brings", "Take in")
_STATES: Final = {"new": "New", "changed": "Changed", "same": "As it is"}
_ROW: Final = 34
_MOST_ROWS: Final = 9  # seen at once; the table scrolls


class TextRows(QAbstractTableModel):
    """Rows of words under headings."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._headings, self._rows = headings, rows

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        across = orientation == Qt.Orientation.Horizontal
        return self._headings[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class SchoolImportScreen(QWidget):
    """Three steps; nothing is taken in before it was shown."""

    taken = Signal()
    """Something went into the records."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self._desk = desk
        self._opened: Opened | None = None
        self._seen: Preview | None = None
        self._ticket: Ticket | None = None
        self._at = FILE
        self._step = plain("", "muted")
        self._back = QPushButton("Back")
        self._back.setAccessibleName("Back")
        self._back.clicked.connect(self.go_back)
        self._next = primary(_NEXT[FILE])
        self._next.clicked.connect(self.go_on)
        self._busy = BusyBar()
        self._busy.cancelled.connect(self.cancel)
        self._said = Banner("", "info")
        self._said.hide()
        self._columns = ColumnsPage(desk.today)
        self._columns.changed.connect(self._said.hide)
        # Not a stack, which is as high as its highest page
        self._pages = (self._file_page(), self._columns, self._check_page())
        self._place_all()
        self._show_step(FILE)

    def _place_all(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Title(self.title()))
        head.addSpacing(8)
        head.addWidget(self._step, 1)
        head.addWidget(self._back)
        head.addWidget(self._next)
        page = self._scroller = Scroller(self)
        page.body.setContentsMargins(24, 24, 24, 24)
        page.body.addLayout(head)
        for widget in (self._busy, self._said, *self._pages):
            page.body.addWidget(widget)
        page.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)

    def _file_page(self) -> QWidget:
        self.school = Picker(self._desk, "School or setting", find_schools)
        self.school.picked.connect(self._picked)
        self.kind = QComboBox()
        self.kind.setAccessibleName("What the file holds")
        for key, label in mapping.KINDS.items():
            self.kind.addItem(label, key)
        self.file = PathField("CSV file of the school", to_make=False, pattern="CSV (*.csv);;All files (*)")
        card = Card("The school and its file")
        card.body.addWidget(
            Muted(
                "Attendance or attainment as the school's own program writes it: a CSV with any columns. Say "
                "once what they hold; it is remembered for the school. Children are found by UPN, or by name "
                "and date of birth together. You can take in rows of children in whose records you may write."
            )
        )
        card.body.addWidget(self.school)
        for label, widget in (("What the file holds", self.kind), ("CSV file", self.file)):
            words_of = plain(label, "label")
            words_of.setBuddy(widget)
            card.body.addWidget(words_of)
            card.body.addWidget(widget)
        return card

    def _check_page(self) -> QWidget:
        self._facts = FactsGrid(label_width=168)
        self._found = Card("What the file brings")
        self._found.body.addWidget(self._facts)
        self._found.body.addStretch(1)
        self.lines, self._lines_card = _table_card("Rows that go in")
        self.refused, self._refused_card = _table_card("Refused rows")
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self._found, 2)
        above.addWidget(self._refused_card, 3)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(above)
        layout.addWidget(self._lines_card)
        return page

    def title(self) -> str:
        """Return the screen's name."""
        return "Import from a school"

    def focus_first(self) -> None:
        """Put the cursor into the first thing that is asked."""
        self.school.focus()

    def step(self) -> int:
        """Return which step is shown."""
        return self._at

    def said(self) -> str:
        """Return what was said last, if it is shown."""
        return self._said.text() if self._said.isVisibleTo(self) else ""

    def columns(self) -> ColumnsPage:
        """Return the page of the columns."""
        return self._columns

    def next_button(self) -> QPushButton:
        """Return the button that goes on."""
        return self._next

    # Steps

    def _show_step(self, step: int) -> None:
        self._at = step
        for number, page in enumerate(self._pages):
            page.setVisible(number == step)
        self._scroller.verticalScrollBar().setValue(0)
        self._step.setText(f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")
        self._back.setVisible(step > FILE)
        self._next.setText(_NEXT[step])
        self._next.setAccessibleName(_NEXT[step])
        self._next.setEnabled(True)

    def go_back(self) -> None:
        """Show the step before."""
        self._said.hide()
        self._show_step(max(FILE, self.step() - 1))

    def go_on(self) -> None:
        """Do what the button says: read the file, show what it brings, or take it in."""
        (self._open, self._look, self._take)[self.step()]()

    def _picked(self, _found: Found) -> None:
        self._said.hide()

    def _open(self) -> None:
        school, path, kind = self.school.chosen(), self.file.path(), str(self.kind.currentData())
        if school is None or school.id is None:
            self.school.show_words("Choose a school from the list.")
            self.school.focus()
            return
        if path is None:
            self._say("Choose the school's file.", "warning")
            self.file.setFocus()
            return
        school_id, chosen = school.id, path
        self._begin("Reading the file…")
        self._desk.run(
            self,
            lambda session: school_import.open_file(session, chosen, school_id, kind),
            self._file_opened,
            self._failed,
        )

    def _file_opened(self, opened: Opened) -> None:
        self._end()
        self._opened = opened
        self._columns.show_file(opened)
        self._show_step(COLUMNS)
        if opened.known:
            self._say(
                f"The columns are as {opened.school}'s last file had them. Look whether they fit.", "info"
            )

    def _look(self) -> None:
        opened, chosen = self._opened, self._columns.chosen()
        if opened is None or chosen is None:
            return
        if lacking := mapping.missing(chosen):
            self._say(" ".join(lacking), "warning")
            return
        self._begin("Looking at the rows…")
        self._desk.run(
            self,
            lambda session: school_import.preview(session, opened.table, opened.school_id, chosen),
            self._show_preview,
            self._failed,
        )

    def _show_preview(self, found: Preview) -> None:
        self._end()
        self._seen = found
        self._show_found(found)
        self._show_step(CHECK)
        self._next.setText(f"Take in {words.count(found.taken, 'row')}")
        self._next.setAccessibleName(self._next.text())
        self._next.setEnabled(found.taken > 0)
        if found.notes:
            self._say(" ".join(found.notes), "warning")
        elif not found.taken:
            self._say("Nothing in it is new: all of it is on record, or refused.", "info")

    def _show_found(self, found: Preview) -> None:
        facts = [
            ("School", found.school),
            ("Children", f"{found.children:,}"),
            ("New", words.count(found.count("new"), "row")),
            ("Changed", words.count(found.count("changed"), "row")),
            ("On record as they are", words.count(found.count("same"), "row")),
            ("Refused", words.count(len(found.refused), "row")),
        ]
        facts += [("Columns not used", ", ".join(found.not_used))] if found.not_used else []
        self._facts.set_facts(facts)
        going = [
            (str(each.line), each.child, each.what, each.was or "–", each.now, _STATES[each.state])
            for each in found.lines
        ]
        _fill(
            self.lines, self._lines_card, ("Line", "Child", "What", "Was", "Will be", "State"), going,
            (56, 190, 190, 210, 210),
        )  # fmt: skip
        refused = [(str(each.line), each.column, each.reason) for each in found.refused]
        _fill(self.refused, self._refused_card, ("Line", "Column", "Reason"), refused, (56, 130))

    def _take(self) -> None:
        opened, chosen, seen = self._opened, self._columns.chosen(), self._seen
        if opened is None or chosen is None or seen is None:
            return
        self._begin("Taking it in…", may_cancel=True)
        self._ticket = self._desk.run_long(
            self,
            lambda session, progress: school_import.take(
                session, opened.table, opened.school_id, chosen, seen, progress
            ),
            self._taken,
            self._failed,
            progress=self._busy.progress,
            reason=f"Import of {opened.table.name}",
        )

    def cancel(self) -> None:
        """Stop; nothing of it is kept."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _taken(self, done: Preview) -> None:
        self._end()
        self._show_found(done)
        self._next.setEnabled(False)
        whose = words.count(done.children, "child", "children")
        self._say(
            f"{words.count(done.taken, 'row')} of {whose} went into the records. "
            f"{words.count(len(done.refused), 'row')} refused.",
            "success",
        )
        self.taken.emit()

    def _failed(self, problem: Problem) -> None:
        self._end()
        self._next.setEnabled(True)
        self._say(problem.words, "warning")

    def _begin(self, text: str, *, may_cancel: bool = False) -> None:
        self._said.hide()
        self._next.setEnabled(False)
        self._busy.begin(text, may_cancel=may_cancel)

    def _end(self) -> None:
        self._busy.end()
        self._ticket = None

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()


def _table_card(title: str) -> tuple[QTableView, Card]:
    table = QTableView()
    table.setAccessibleName(title)
    table.setShowGrid(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    card = Card(title)
    card.body.addWidget(table)
    card.body.addStretch(1)
    return table, card


def _fill(
    table: QTableView,
    card: Card,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    table.setModel(TextRows(headings, rows))
    for column, width in enumerate(widths):
        table.setColumnWidth(column, width)
    table.setFixedHeight((min(len(rows), _MOST_ROWS) + 1) * _ROW + 8)
    card.setVisible(bool(rows))
