"""Caseload: a team's workers against the zone, as of any day; every number opens the children behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseapp import words, working_time
from caseapp.caseload import reallocation, view
from caseapp.caseload.cases import COLUMNS, Figure, Row
from caseapp.caseload.reallocation import Offer
from caseapp.caseload.view import Caseload, Line
from ui.caseload_figures import cards, counted_words, tiles
from ui.caseload_meeting import MeetingDialog, MeetingsCard
from ui.caseload_reallocate import ReallocateDialog, said
from ui.caseload_table import WorkersTable
from ui.figure_list import FigureList, Listed
from ui.figures_page import FiguresPage, Leaves, day_typed
from ui.parts import Card, ElidedLabel, EmptyState, Muted, plain, primary
from ui.record_parts import Scroller, clear, flowing
from ui.working_time import WorkingTimeDialog

if TYPE_CHECKING:
    from caseapp.work import Session
    from caseapp.working_time import Opened
    from ui.desk import Desk

_HINT: Final = "Every number opens its list: point at it, or go there by the arrow keys and press Enter."
_CHOOSE: Final = "Select the children who go (Ctrl or Shift for several), then press “Reallocate selected…”."
_AHEAD: Final = "A caseload is told of today or a day before. Choose an earlier day."
_KINDS: Final = "Excel workbook (*.xlsx);;CSV, the workers alone (*.csv)"
_WIDTHS: Final = (190, 90, 150, 140)
_DAY_WIDTH: Final = 112
_TEAM_WIDTH: Final = 190
_ONE_LINE: Final = 940


class CaseloadScreen(FiguresPage):
    """Title and sentence, tiles, the table of workers, cards, and beneath the list that was asked for."""

    open_child_tab = Signal(UUID, str)
    add_child = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.move_selected = QPushButton("Reallocate selected…")
        self.move_selected.setAccessibleName("Reallocate the selected children")
        behind = FigureList(COLUMNS, _WIDTHS, _cells, action=self.move_selected)
        behind.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        leaves = Leaves("Caseload review", "caseload.xlsx", _pages, _sheet, kinds=_KINDS)
        super().__init__(desk, behind, leaves, _HINT, parent)
        self.setAccessibleName(view.TITLE)
        self.move_selected.clicked.connect(self.reallocate)
        self._on, self._team_id = desk.today, desk.actor.team_id
        self._shown: Caseload | None = None
        self._done = ""
        self._title, self._sentence = ElidedLabel(view.TITLE), Muted("")
        self._title.setProperty("role", "title")
        self._make_controls()
        self.table = WorkersTable()
        self.table.open_figure.connect(self._open)
        self.table.noticed.connect(self.say)
        self.table.open_time.connect(self._ask_time)
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
            (self.export_button, "Export", self.exporting.ask_where),
            (self.print_button, "Print review", self.ask_print),
        ):
            button.setAccessibleName(name)
            button.setEnabled(False)
            button.clicked.connect(does)

    def _place_all(self) -> None:
        as_of = plain("As of", "small")
        as_of.setBuddy(self.day)
        as_of.setFixedHeight(self.day.sizeHint().height())
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addWidget(self._title, 1)
        buttons = (self.move_button, self.meeting_button, self.export_button, self.print_button)
        self._top.addWidget(flowing(as_of, self.day, self.team, *buttons))
        page = Scroller()
        page.body.setContentsMargins(24, 20, 24, 16)
        page.body.setSpacing(14)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addLayout(self._top)
        heading.addWidget(self._sentence)
        page.body.addLayout(heading)
        for each in (self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._tiles)
        page.body.addWidget(self._framed())
        page.body.addLayout(self._cards)
        page.body.addStretch(1)
        self.lay_out(page)

    def _framed(self) -> Card:
        self._frame = Card()
        self._frame.body.addWidget(self.table)
        self._frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if (layout := self._frame.layout()) is not None:
            layout.setContentsMargins(1, 4, 1, 4)
        return self._frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beneath the title where it would be cut short."""
        super().resizeEvent(event)
        is_wide = self.width() >= _ONE_LINE
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(side if is_wide else below)

    def focus_first(self) -> None:
        """Put the keyboard on the workers."""
        self.table.setFocus()

    @property
    def shown(self) -> Caseload | None:
        """Return the caseload that is shown."""
        return self._shown

    def refresh(self) -> None:
        """Count everything anew."""
        team_id, on = self._team_id, self._on
        self.count_anew(lambda session: view.whole(session, team_id, on), self._show)

    # The day and the team

    def _choose_day(self) -> None:
        try:
            chosen = day_typed(self.day.text(), self.desk.today, _AHEAD)
        except ValueError as error:
            self.banner.set_banner(f"{error} What is shown is as of {words.day(self._on)}.", "warning")
            self.banner.show()
            return
        self.day.setText(words.day(chosen))
        if chosen != self._on:
            self._on = chosen
            self.refresh()

    def _choose_team(self) -> None:
        chosen = self.team.currentData()
        if chosen != self._team_id:
            self._team_id = chosen
            self.refresh()

    # What is shown

    def _show(self, shown: Caseload) -> None:
        self._shown = shown
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
        self.hint_when(not is_empty)
        if is_empty:
            self._cards.addWidget(self._nobody())
            return
        self.table.show_caseload(shown)
        self.table.setAccessibleDescription(self.table.description())
        holder, numbers = tiles(shown, self._open)
        columns, lower = cards(shown, self._open)
        for link in (*numbers, *lower):
            link.noticed.connect(self.say)
        self._tiles.addWidget(holder)
        self._cards.addWidget(columns)
        if shown.meetings:
            self._cards.addWidget(MeetingsCard(shown.meetings))

    def _nobody(self) -> EmptyState:
        if not self._is_today:
            told = "Nobody here held an open case on that day."
            state = EmptyState("caseload", "No open case was held here", told, "Show today")
            state.acted.connect(self._go_to_today)
            return state
        told = "Workers and their cases stand here once children are registered and given to them."
        state = EmptyState("caseload", "No open case is held here", told, "Add a child…")
        state.acted.connect(self.add_child)
        return state

    def _go_to_today(self) -> None:
        self.day.setText(words.day(self.desk.today))
        self._choose_day()

    def _show_teams(self, shown: Caseload) -> None:
        self.team.clear()
        for team_id, name in shown.teams:
            self.team.addItem(name, team_id)
        there = [team_id for team_id, _ in shown.teams]  # Qt finds an id only if it is the very same object
        self.team.setCurrentIndex(there.index(shown.team_id) if shown.team_id in there else 0)
        self.team.setVisible(len(shown.teams) > 1)

    def _open(self, figure: Figure, whose: str) -> None:
        told = figure.definition
        self.move_selected.setVisible(self._is_today)
        title = f"{told.title}, {whose}: {figure.whole}"
        names = counted_words(figure)
        # Those whose plan is not in date are what one came for
        listed = Listed(title, told.meaning, figure.rows, figure.others, names, others_first=True)
        self.open_list(figure, listed)

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
        self.behind.say(_CHOOSE)

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


def _cells(each: Row) -> tuple[str, ...]:
    return each.cells


def _pages(session: Session, shown: Caseload) -> bytes:
    from caseapp.caseload import paper

    return paper.review_pdf(session, shown)


def _sheet(session: Session, shown: Caseload, path: str, with_children: bool) -> bytes:
    from caseapp.caseload import sheet

    if path.lower().endswith(".csv"):
        return sheet.csv_file(session, shown)
    return sheet.xlsx_file(session, shown, with_children=with_children)
