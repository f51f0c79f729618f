"""Readings from a file: choose a star and a CSV, see what it holds, then take it in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPushButton, QTableView

from caseapp import star_import, star_packs, words
from caseapp.ssda903 import Refused
from caseapp.star_import import Preview
from caseapp.star_packs import StarOffer
from caseapp.work import Problem
from ui import file_dialogs
from ui.background import Ticket
from ui.desk import Desk
from ui.imports import RefusedRows
from ui.parts import Banner, BusyBar, Card, Muted, plain, primary

TABLE_HEIGHT = 180
PURPOSE = "import"


class StarImportCard(Card):
    """Choose, look, import; nothing is taken in before it was shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Star readings from a file")
        self._desk = desk
        self._path: Path | None = None
        self._ticket: Ticket | None = None
        self._stars = QComboBox()
        self._stars.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # it is filled later
        self._stars.setAccessibleName("Star of the readings")
        self._choose = QPushButton("Choose a CSV…")
        self._choose.setAccessibleName("Choose a CSV of readings")
        self._choose.clicked.connect(self._ask_file)
        self._take = primary("Import")
        self._take.clicked.connect(self.take)
        self._take.hide()
        self._stars.activated.connect(self._look_again)
        self._busy = BusyBar()
        self._busy.cancelled.connect(self.cancel)
        self._said = Banner("", "info")
        self._said.hide()
        self._table = self._make_table()
        label = plain("Star", "label")
        label.setBuddy(self._stars)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (label, self._stars, self._choose):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._take)
        self.body.addWidget(
            Muted(
                "Columns: child (the reference), date, area, score; and if they are known kind, respondent, "
                "person, written. You see counts and refused rows here, not records."
            )
        )
        self.body.addLayout(line)
        for part in (self._busy, self._said, self._table):
            self.body.addWidget(part)
        self.read_stars()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName("Refused rows")
        table.setShowGrid(False)
        table.setFixedHeight(TABLE_HEIGHT)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        table.hide()
        return table

    def read_stars(self) -> None:
        """Offer the stars that are open now."""
        self._desk.run(self, star_packs.on_offer, self._show_stars)

    def _show_stars(self, offers: list[StarOffer]) -> None:
        chosen = self._stars.currentData()
        self._stars.clear()
        for each in offers:
            if not each.locked:
                self._stars.addItem(each.title, each.form_key)
        self._stars.setCurrentIndex(max(0, self._stars.findData(chosen)))

    def _ask_file(self) -> None:
        dialog = file_dialogs.to_open(self, "Readings", "CSV (*.csv)")
        dialog.fileSelected.connect(self.look)
        dialog.open()

    def _look_again(self, _index: int) -> None:
        if self._path is not None:
            self.look(str(self._path))

    def choose_star(self, form_key: str) -> None:
        """Choose the star that the readings are of."""
        self._stars.setCurrentIndex(self._stars.findData(form_key))

    def look(self, chosen: str) -> None:
        """Count what a file holds; nothing is taken in."""
        path, star = Path(chosen), str(self._stars.currentData())
        self._path = path
        self._begin("Reading the file…")
        self._desk.run(
            self,
            lambda session: star_import.preview(path, session, star),
            self._show,
            self._failed,
            purpose=PURPOSE,
        )

    def _show(self, found: Preview) -> None:
        self._end()
        self._show_refused(found)
        self._say(f"{_counts(found)} would go in, as {found.star}. {_rest(found)}", "info")
        self._take.setText(f"Import {words.count(found.readings, 'reading')}")
        self._take.setAccessibleName(self._take.text())
        self._take.setVisible(found.readings > 0)

    def _show_refused(self, found: Preview) -> None:
        name = self._path.name if self._path else ""
        self._table.setModel(RefusedRows([Refused(name, *each) for each in found.refused]))
        for column, width in enumerate((150, 60, 90)):
            self._table.setColumnWidth(column, width)
        self._table.setVisible(bool(found.refused))

    def take(self) -> None:
        """Take in what was looked at."""
        path, star = self._path, str(self._stars.currentData())
        if path is None:
            return
        self._begin("Importing…", may_cancel=True)
        self._ticket = self._desk.run_long(
            self,
            lambda session, progress: star_import.take(path, session, star, progress),
            self._taken,
            self._failed,
            progress=self._busy.progress,
            reason="Import of star readings",
            purpose=PURPOSE,
        )

    def cancel(self) -> None:
        """Stop; nothing of it is kept."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _taken(self, done: Preview) -> None:
        self._end()
        self._show_refused(done)
        self._say(f"{_counts(done)} are in, as {done.star}. {_rest(done)}", "success")

    def _failed(self, problem: Problem) -> None:
        self._end()
        self._table.hide()
        self._say(problem.words, "warning")

    def _begin(self, text: str, *, may_cancel: bool = False) -> None:
        self._said.hide()
        self._take.hide()
        self._choose.setEnabled(False)
        self._busy.begin(text, may_cancel=may_cancel)

    def _end(self) -> None:
        self._busy.end()
        self._ticket = None
        self._choose.setEnabled(True)

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text.strip(), meaning)
        self._said.show()

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


def _counts(found: Preview) -> str:
    readings = words.count(found.readings, "reading")
    return f"{readings} of {words.count(found.children, 'child', 'children')}"


def _rest(found: Preview) -> str:
    told = []
    if found.already:
        told.append(f"{words.count(found.already, 'reading')} on record already.")
    if found.refused:
        told.append(f"{words.count(len(found.refused), 'row')} refused.")
    if found.not_used:
        told.append(f"Columns without a place here: {', '.join(found.not_used)}.")
    return " ".join(told)
