"""Import: look at a folder of SSDA903 files, see what would be refused, and take in the rest."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from caseapp import imports, words
from caseapp.imports import Imported, Preview, Refused
from caseapp.sheets import cell
from caseapp.work import Problem
from ui import file_dialogs
from ui.background import Ticket
from ui.desk import Desk
from ui.entry import FolderField
from ui.more_rows import Index
from ui.parts import Banner, BusyBar, Card, EmptyState, FactsGrid, Muted, Title, primary
from ui.record_parts import Scroller

COLUMNS = ("File", "Line", "Column", "Reason")
TABLE_HEIGHT = 300


class RefusedRows(QAbstractTableModel):
    """What stays out, and why."""

    def __init__(self, rows: list[Refused]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many are refused."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = (row.file, str(row.line or ""), row.column, row.reason)[index.column()]
        return cell if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's name."""
        across = orientation == Qt.Orientation.Horizontal
        return COLUMNS[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class ImportScreen(QWidget):
    """Choose, look, import; nothing is taken in before it was shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Import")
        self._desk = desk
        self._folder: Path | None = None
        self._ticket: Ticket | None = None
        self._refused: list[Refused] = []
        self.field = FolderField("Folder with the SSDA903 files")
        self.field.chosen.connect(self.look)
        self._look = QPushButton("Look at the files")
        self._look.setAccessibleName("Look at the files")
        self._look.clicked.connect(self._look_at_typed)
        self._take = primary("Import")
        self._take.setEnabled(False)
        self._take.clicked.connect(self.take)
        self._busy = BusyBar()
        self._busy.cancelled.connect(self.cancel)
        self._said = Banner("", "info")
        self._said.hide()
        self._place_all()

    def _place_all(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Title("Import"), 1)
        head.addWidget(self._take)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._look)
        choose = Card("Files")
        choose.body.addWidget(
            Muted(
                "The CSV files of one SSDA903 return, in one folder. Rows that cannot be right are refused "
                "and named; the rest goes in whole, or not at all. You see counts here, not records."
            )
        )
        choose.body.addLayout(row)
        self._found = Card("What the files hold")
        self._facts = FactsGrid(label_width=160)
        self._found.body.addWidget(self._facts)
        self._found.body.addStretch(1)
        self._found.hide()
        self._empty = EmptyState(
            "import", "Nothing chosen yet", "Choose a folder, and what it holds is counted here first."
        )
        self._refused_card = self._make_refused()
        page = Scroller(self)
        page.body.setContentsMargins(24, 24, 24, 24)
        page.body.addLayout(head)
        for widget in (choose, self._busy, self._said, self._empty):
            page.body.addWidget(widget)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._found, 2)
        columns.addWidget(self._refused_card, 5)
        page.body.addLayout(columns)
        page.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)

    def _make_refused(self) -> Card:
        export = QPushButton("Save the list…")
        export.setAccessibleName("Save the list of refused rows")
        export.clicked.connect(self._ask_where)
        card = Card("Refused", export)
        self.table = QTableView()
        self.table.setAccessibleName("Refused rows")
        self.table.setShowGrid(False)
        self.table.setFixedHeight(TABLE_HEIGHT)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(34)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        card.body.addWidget(self.table)
        card.hide()
        return card

    def focus_first(self) -> None:
        """Put the cursor into the folder."""
        self.field.setFocus()

    def title(self) -> str:
        """Return the screen's name."""
        return "Import"

    def _look_at_typed(self) -> None:
        folder = self.field.path()
        if folder is None:
            self._say("Choose a folder first.", "warning")
        else:
            self.look(folder)

    def look(self, folder: Path) -> None:
        """Count what a folder holds; nothing is taken in."""
        self._folder = folder
        self.field.edit.setText(str(folder))
        self._begin("Reading the files…", may_cancel=False)
        self._desk.run_outside(self, partial(imports.preview, folder), self._show, self._failed)

    def _show(self, found: Preview) -> None:
        self._end()
        facts = [("Children", f"{found.children:,}"), ("Year ending", f"31 March {found.year}")]
        facts += [(table, words.count(rows, "row")) for table, rows in found.tables.items()]
        self._facts.set_facts(facts)
        self._found.show()
        self._empty.hide()
        self._show_refused(found.refused)
        self._take.setText(f"Import {words.count(found.children, 'child', 'children')}")
        self._take.setAccessibleName(self._take.text())
        self._take.setEnabled(found.children > 0)

    def _show_refused(self, refused: list[Refused]) -> None:
        self._refused = refused
        self.table.setModel(RefusedRows(refused))
        for column, width in enumerate((150, 60, 150)):
            self.table.setColumnWidth(column, width)
        self._refused_card.set_title(f"{words.count(len(refused), 'row')} refused")
        self._refused_card.setVisible(bool(refused))

    def take(self) -> None:
        """Take in what was looked at."""
        folder = self._folder
        if folder is None:
            return
        self._begin("Importing…", may_cancel=True)
        self._ticket = self._desk.run_long(
            self,
            lambda session, progress: imports.import_ssda903(session, folder, progress),
            self._taken,
            self._failed,
            progress=self._busy.progress,
            reason="Import",
            purpose="import",
        )

    def cancel(self) -> None:
        """Stop; nothing of it is kept."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _taken(self, done: Imported) -> None:
        self._end()
        self._take.setEnabled(False)
        rows = sum(done.taken.values())
        self._say(
            f"{words.count(done.children, 'child', 'children')} and {words.count(rows, 'row')} are in: "
            f"{done.new:,} new, {done.changed:,} changed, {done.unchanged:,} as they were. "
            f"{words.count(len(done.refused), 'row')} refused.",
            "success",
        )
        self._show_refused(done.refused)

    def _failed(self, problem: Problem) -> None:
        self._end()
        self._say(problem.words, "warning")

    def _begin(self, text: str, *, may_cancel: bool) -> None:
        self._said.hide()
        self._take.setEnabled(False)
        self._look.setEnabled(False)
        self._busy.begin(text, may_cancel=may_cancel)

    def _end(self) -> None:
        self._busy.end()
        self._ticket = None
        self._look.setEnabled(True)
        self._take.setEnabled(self._folder is not None and self._found.isVisibleTo(self))

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()

    def _ask_where(self) -> None:
        dialog = file_dialogs.to_save(self, "Save the list of refused rows", "refused.csv", "CSV (*.csv)")
        dialog.fileSelected.connect(self.save_list)
        dialog.open()

    def save_list(self, chosen: str) -> None:
        """Write the refused rows as CSV."""
        refused = list(self._refused)
        work = partial(_write_list, Path(chosen), refused)
        self._desk.run_outside(self, work, self._list_saved, self._list_not_saved)

    def _list_saved(self, name: str) -> None:
        self._say(f"The list is saved as {name}.", "success")

    def _list_not_saved(self, problem: Problem) -> None:
        self._say(problem.words, "warning")


def _write_list(path: Path, refused: list[Refused]) -> str:
    try:
        # With a byte order mark: spreadsheets on Windows take the file for Latin-1 without one.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([name.lower() for name in COLUMNS])
            writer.writerows(
                (cell(row.file), row.line, cell(row.column), cell(row.reason)) for row in refused
            )
    except OSError as error:
        raise Problem(
            f"The list could not be saved there ({error.strerror}). Choose another place."
        ) from None
    return path.name
