"""Caseload: a team's workers against the zone, as of any day; every number opens the children behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseapp import words, working_time
from caseapp.caseload import reallocation, view
from caseapp.caseload.cases import Figure
from caseapp.caseload.reallocation import Offer
from caseapp.caseload.view import Caseload, Line
from ui.asking import Asking
from ui.caseload_figures import cards, stacked, tiles
from ui.caseload_list import CaseloadList
from ui.caseload_meeting import MeetingDialog, MeetingsCard
from ui.caseload_reallocate import ReallocateDialog, said
from ui.caseload_table import WorkersTable
from ui.parts import Card, EmptyState, Muted, Title, plain, primary
from ui.record_parts import Scroller, clear, flowing
from ui.working_time import WorkingTimeDialog

if TYPE_CHECKING:
    from caseapp.work import Session
    from caseapp.working_time import Opened
    from ui.desk import Desk

_HINT: Final = "Every number opens its list: point at it, or go there by the arrow keys and press Enter."
_CHOOSE: Final = "Select the children who go (Ctrl or Shift for several), then press “Reallocate selected…”."
_DAY_WIDTH: Final = 112
_TEAM_WIDTH: Final = 190


class CaseloadScreen(Asking):
    """Title and sentence, tiles, the table of workers, cards, and beneath the list that was asked for."""

    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(view.TITLE)
        self._on, self._team_id = desk.today, desk.actor.team_id
        self._shown: Caseload | None = None
        self._asked = 0
        self._done = ""
        self._last_focus: QWidget | None = None
        self._title, self._sentence = Title(view.TITLE), Muted("")
        self._sentence.setWordWrap(True)
        self.meaning = Muted(_HINT)
        self.meaning.setWordWrap(True)
        self.meaning.setAccessibleName("What the figure means")
        self._make_controls()
        self.table = WorkersTable()
        self.table.open_figure.connect(self._open)
        self.table.noticed.connect(self._say)
        self.table.open_time.connect(self._ask_time)
        self.behind = CaseloadList()
        self.behind.open_child.connect(self.open_child)
        self.behind.reallocate.connect(self.reallocate)
        self.behind.closed.connect(self._back)
        self._tiles, self._cards = QVBoxLayout(), QVBoxLayout()
        self._place_all()
        self.refresh()

    def _make_controls(self) -> None:
        self.day = QLineEdit(words.day(self._on))
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.setPlaceholderText("dd/mm/yyyy")
        self.day.setAccessibleName("As of, a date")
        self.day.editingFinished.connect(self._choose_day)
        self.team = QComboBox()
        self.team.setAccessibleName("Team")
        self.team.setMaximumWidth(_TEAM_WIDTH)
        self.team.activated.connect(self._choose_team)
        self.team.hide()
        self.move_button = QPushButton("Reallocate…")
        self.meeting_button = QPushButton("Meeting…")
        self.export_button = QPushButton("Export…")
        self.print_button = primary("Print review")
        for button, name, does in (
            (self.move_button, "Reallocate children", self.reallocate),
            (self.meeting_button, "Record a caseload meeting", self._ask_meeting),
            (self.export_button, "Export", self._ask_where),
            (self.print_button, "Print review", self._ask_print),
        ):
            button.setAccessibleName(name)
            button.setEnabled(False)
            button.clicked.connect(does)

    def _place_all(self) -> None:
        as_of = plain("As of", "small")
        as_of.setBuddy(self.day)
        as_of.setFixedHeight(self.day.sizeHint().height())
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._title, 1)
        buttons = (self.move_button, self.meeting_button, self.export_button, self.print_button)
        title.addWidget(flowing(as_of, self.day, self.team, *buttons))
        page = Scroller()
        page.body.setContentsMargins(24, 20, 24, 16)
        page.body.setSpacing(14)
        heading = stacked(self._sentence)
        heading.insertLayout(0, title)
        page.body.addLayout(heading)
        for each in (self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._tiles)
        page.body.addWidget(self._framed())
        page.body.addLayout(self._cards)
        page.body.addStretch(1)
        strip = QWidget()
        line = QHBoxLayout(strip)
        line.setContentsMargins(24, 4, 24, 6)
        line.addWidget(self.meaning)
        # Room for two lines, so that nothing jumps while the pointer moves over the figures
        strip.setFixedHeight(2 * self.meaning.fontMetrics().lineSpacing() + 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page, 1)
        layout.addWidget(strip)
        layout.addWidget(self.behind)

    def _framed(self) -> Card:
        self._frame = Card()
        self._frame.body.addWidget(self.table)
        self._frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if (layout := self._frame.layout()) is not None:
            layout.setContentsMargins(1, 4, 1, 4)
        return self._frame

    def focus_first(self) -> None:
        """Put the keyboard on the workers."""
        self.table.setFocus()

    @property
    def shown(self) -> Caseload | None:
        """Return the caseload that is shown."""
        return self._shown

    def refresh(self) -> None:
        """Count everything anew."""
        self._asked += 1
        team_id, on = self._team_id, self._on
        self.ask(
            "Counting …",
            lambda session: view.whole(session, team_id, on),
            partial(self._show, self._asked),
        )

    # The day and the team

    def _choose_day(self) -> None:
        try:
            chosen = words.day_from(self.day.text(), self.desk.today)
        except ValueError as error:
            self._say_day(str(error))
            return
        if chosen > self.desk.today:
            self._say_day("A caseload is told of today or a day before. Choose an earlier day.")
            return
        self.day.setText(words.day(chosen))
        if chosen != self._on:
            self._on = chosen
            self.refresh()

    def _say_day(self, problem: str) -> None:
        self.banner.set_banner(f"{problem} What is shown is as of {words.day(self._on)}.", "warning")
        self.banner.show()

    def _choose_team(self) -> None:
        chosen = self.team.currentData()
        if chosen != self._team_id:
            self._team_id = chosen
            self.refresh()

    # What is shown

    def _show(self, asked: int, shown: Caseload) -> None:
        if asked != self._asked:
            return  # something else was chosen in between
        self._shown = shown
        self.behind.close_list()
        self._title.setText(f"{view.TITLE}, {shown.team}")
        self._sentence.setText(" ".join([shown.sentence, *shown.notes]))
        self._show_teams(shown)
        is_empty = not shown.everyone.cases
        for button in (self.export_button, self.print_button):
            button.setEnabled(not is_empty)
        self.move_button.setEnabled(not is_empty and self._is_today)
        self.meeting_button.setEnabled(shown.team_id is not None and shown.team_id == self.desk.actor.team_id)
        self.move_button.setToolTip("" if self._is_today else "Cases are reallocated as they stand today.")
        self._show_parts(shown, is_empty=is_empty)
        if self._done:
            self.banner.set_banner(self._done, "success")
            self.banner.show()
            self._done = ""

    @property
    def _is_today(self) -> bool:
        return self._on == self.desk.today

    def _show_parts(self, shown: Caseload, *, is_empty: bool) -> None:
        clear(self._tiles)
        clear(self._cards)
        self._frame.setVisible(not is_empty)
        if is_empty:
            self._cards.addWidget(_nobody())
            return
        self.table.show_caseload(shown)
        self.table.setAccessibleDescription(self.table.description())
        holder, found = tiles(shown, self._open)
        columns, lower = cards(shown, self._open)
        links = [each.link for each in found] + [link for each in lower for link in each.links]
        for link in links:
            link.noticed.connect(self._say)
        self._tiles.addWidget(holder)
        self._cards.addWidget(columns)
        if shown.meetings:
            self._cards.addWidget(MeetingsCard(shown.meetings))

    def _show_teams(self, shown: Caseload) -> None:
        self.team.clear()
        for team_id, name in shown.teams:
            self.team.addItem(name, team_id)
        self.team.setCurrentIndex(max(0, self.team.findData(shown.team_id)))
        self.team.setVisible(len(shown.teams) > 1)

    def _say(self, meaning: str) -> None:
        self.meaning.setText(meaning or _HINT)

    def _open(self, figure: Figure, whose: str, _checked: bool = False) -> None:
        self._last_focus = QApplication.focusWidget()
        self.behind.show_figure(figure, whose, may_move=self._is_today)

    def _back(self) -> None:
        if self._last_focus is not None and isValid(self._last_focus):
            self._last_focus.setFocus()

    # Reallocation

    def reallocate(self) -> None:
        """Ask about the selected children; without a list open the worker's, to select in."""
        line = self.table.line()
        chosen = [] if self.behind.isHidden() else self.behind.selected()
        if chosen:
            self.ask("Reading …", partial(reallocation.offer, child_ids=chosen), self._ask_about)
            return
        if self.behind.isHidden() and line is not None:
            self._open(line["open"], line.name)
        self._say(_CHOOSE)

    def _ask_about(self, offer: Offer) -> None:
        dialog = ReallocateDialog(self.desk, offer, self)
        dialog.moved.connect(self._moved)
        dialog.print_bytes.connect(self.print_bytes)
        dialog.open()

    def _moved(self, number: int, worker: str) -> None:
        self._done = said(number, worker)
        self.refresh()

    # Working time and meetings

    def _ask_time(self, line: Line) -> None:
        if line.worker_id is not None:
            self.ask(
                "Reading …", partial(working_time.open_time, worker_id=line.worker_id), self._ask_about_time
            )

    def _ask_about_time(self, opened: Opened) -> None:
        dialog = WorkingTimeDialog(self.desk, opened, self)
        dialog.changed.connect(partial(self._recorded, f"The working time of {opened.name} is recorded."))
        dialog.open()

    def _ask_meeting(self) -> None:
        shown = self._shown
        if shown is not None and shown.team_id is not None:
            dialog = MeetingDialog(self.desk, shown.team_id, shown.team, self)
            dialog.changed.connect(partial(self._recorded, "The meeting is recorded."))
            dialog.open()

    def _recorded(self, done: str) -> None:
        self._done = done
        self.refresh()

    # What leaves

    def _ask_print(self) -> None:
        shown = self._shown
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp.caseload import paper

                return paper.review_pdf(session, shown)

            self.ask("Making the pages …", work, partial(self.print_bytes.emit, "Caseload review"))

    def _ask_where(self) -> None:
        kinds = "Excel workbook (*.xlsx);;CSV, the workers alone (*.csv)"
        dialog = QFileDialog(self, "Export", "caseload.xlsx", kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save what is shown as a workbook or CSV; the export is recorded first."""
        shown, is_csv = self._shown, path.lower().endswith(".csv")
        with_children = self.desk.may("bulk export").allowed and not is_csv
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp.caseload import sheet

                if is_csv:
                    return sheet.csv_file(session, shown)
                return sheet.xlsx_file(session, shown, with_children=with_children)

            self.ask("Writing the file …", work, partial(self._write, path, with_children))

    def _write(self, path: str, with_children: bool, content: bytes) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            problem = f"The file was not saved: {error.strerror}. Choose another place and export again."
            self.banner.set_banner(problem, "warning")
        else:
            names = "It holds the children’s names. " if with_children else "It holds no child’s name. "
            self.banner.set_banner(f"Saved as {path}. {names}The file is not encrypted.", "success")
        self.banner.show()


def _nobody() -> EmptyState:
    return EmptyState(
        "caseload",
        "No open case is held here",
        "Workers and their cases stand here once children are registered and given to them. Choose another "
        "day to see who held whom then.",
    )
