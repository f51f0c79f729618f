"""Leaving care: what managers watch over all in and leaving care; each number opens its young people."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseapp import words
from caseapp.pathway import leaving_view as leaving
from caseapp.pathway.leaving_view import BANDS, TITLE, Figure, Filter, LeavingView
from ui.asking import Asking
from ui.editor import Flow
from ui.leaving_care_figures import group_cards
from ui.leaving_care_list import PeopleBehind
from ui.parts import EmptyState, Muted, Title, plain
from ui.record_parts import FilterChip, Scroller, clear, row

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_HINT: Final = "Point at a number, or reach it with Tab, to read what it means. Enter opens the list."
_DAY_WIDTH: Final = 112


class LeavingCareScreen(Asking):
    """The day and filters at the top, cards of figures with the year before beside, the list beneath."""

    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(TITLE)
        self._filter = Filter()
        self._on = desk.today
        self._shown: LeavingView | None = None
        self._asked = 0
        self._last_link: QWidget | None = None
        self._as_of, self.meaning = Muted(""), Muted(_HINT)
        self._as_of.setWordWrap(True)
        self.meaning.setWordWrap(True)
        self.meaning.setAccessibleName("What the figure means")
        self._export = self._button("Export as Excel…", "export", self._ask_where)
        self._print = self._button("Print…", "print", self._ask_print)
        self._make_filters()
        self.behind = PeopleBehind()
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)
        self._body = QVBoxLayout()
        self._body.setSpacing(16)
        self._place_all()
        self.refresh()

    def _button(self, text: str, act: str, does: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.removesuffix("…"))
        if not self.desk.may(act).allowed:
            button.hide()  # never shown here: without a parent yet it would be a window of its own
        button.setEnabled(False)
        button.clicked.connect(does)
        return button

    def _make_filters(self) -> None:
        self.day = QLineEdit(words.day(self._on))
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.setPlaceholderText("dd/mm/yyyy")
        self.day.setAccessibleName("As of, a date")
        self.day.editingFinished.connect(self._choose_day)
        self.team, self.worker = QComboBox(), QComboBox()
        for box, name, anything in ((self.team, "Team", "Any team"), (self.worker, "Worker", "Any worker")):
            box.setAccessibleName(name)
            box.addItem(anything, None)
            box.setMinimumContentsLength(16)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._choose)
        self.bands = {"": FilterChip("Any age"), **{each[0]: FilterChip(each[1]) for each in BANDS}}
        group = QButtonGroup(self)
        for key, chip in self.bands.items():
            group.addButton(chip)
            chip.setChecked(not key)
            chip.clicked.connect(self._choose)

    def _place_all(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Title(TITLE), 1)
        title.addWidget(self._print)
        title.addWidget(self._export)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addLayout(title)
        heading.addWidget(self._as_of)
        self.in_force = QWidget()
        self._chips = Flow(self.in_force, gap=8, line_gap=6)
        self._chips.setContentsMargins(0, 0, 0, 0)
        page = Scroller()
        page.body.setContentsMargins(24, 20, 24, 16)
        page.body.addLayout(heading)
        for each in (self._filters(), self.in_force, self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._body)
        page.body.addStretch(1)
        strip = self._strip = QWidget()
        line = QHBoxLayout(strip)
        line.setContentsMargins(24, 6, 24, 8)
        line.addWidget(self.meaning)
        # Room for two lines, so that nothing jumps while the pointer moves over the figures
        strip.setFixedHeight(2 * self.meaning.fontMetrics().lineSpacing() + 18)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page, 1)
        layout.addWidget(strip)
        layout.addWidget(self.behind)

    def _filters(self) -> QWidget:
        filters = QWidget()
        flow = Flow(filters, gap=8, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        height = self.team.sizeHint().height()
        as_of = plain("As of", "small")
        as_of.setBuddy(self.day)
        chips = row(*self.bands.values())
        for widget in (as_of, chips):
            widget.setFixedHeight(height)
        for widget in (as_of, self.day, self.team, self.worker, chips):
            flow.addWidget(widget)
        return filters

    def focus_first(self) -> None:
        """Put the keyboard into the day."""
        self.day.setFocus()

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def refresh(self) -> None:
        """Count everything anew."""
        self._asked += 1
        narrowed, on = self._filter, self._on
        self.ask(
            "Counting …",
            lambda session: leaving.leaving_view(session, narrowed, on),
            partial(self._show, self._asked),
        )

    # The day and the filters

    def _choose_day(self) -> None:
        try:
            chosen = words.day_from(self.day.text(), self.desk.today)
        except ValueError as error:
            self._say_day(str(error))
            return
        if chosen > self.desk.today:
            self._say_day("Figures are told of today or a day before. Choose an earlier day.")
            return
        self.day.setText(words.day(chosen))
        if chosen != self._on:
            self._on = chosen
            self.refresh()

    def _say_day(self, said: str) -> None:
        self.banner.set_banner(f"{said} What is shown is as of {words.day(self._on)}.", "warning")
        self.banner.show()

    def _choose(self) -> None:
        chosen = Filter(
            self.team.currentData(),
            self.worker.currentData(),
            next((key for key, chip in self.bands.items() if chip.isChecked()), ""),
        )
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _take_away(self, field: str) -> None:
        self._filter = {
            "team_id": replace(self._filter, team_id=None),
            "worker_id": replace(self._filter, worker_id=None),
            "band": replace(self._filter, band=""),
        }[field]
        self.refresh()
        self.team.setFocus()

    def _show_filters(self, shown: LeavingView) -> None:
        offered, chosen = shown.offer, shown.filter
        for box, options, value in (
            (self.team, offered.teams, chosen.team_id),
            (self.worker, offered.workers, chosen.worker_id),
        ):
            while box.count() > 1:
                box.removeItem(1)
            for code, text in cast("tuple[tuple[object, str], ...]", options):
                box.addItem(text, code)
            places = [at for at in range(box.count()) if box.itemData(at) == value]
            box.setCurrentIndex(places[0] if places else 0)
        self.bands[chosen.band].setChecked(True)
        clear(self._chips)
        parts = leaving.filter_parts(chosen, offered)
        for field, text in parts:
            chip = FilterChip(f"{text}  ×")
            chip.setAccessibleName(f"Take the filter away: {text}")
            chip.setChecked(True)
            chip.clicked.connect(partial(self._take_away, field))
            self._chips.addWidget(chip)
        self.in_force.setVisible(bool(parts))

    # What is shown

    def _show(self, asked: int, shown: LeavingView) -> None:
        if asked != self._asked:
            return  # something else was chosen in between
        self._shown = shown
        self.behind.close_list()
        self._as_of.setText(f"{shown.filter_words}. {shown.as_of_words}")
        self._export.setEnabled(True)
        self._print.setEnabled(True)
        self._show_filters(shown)
        clear(self._body)
        if not any(each.now.of or (each.before and each.before.of) for each in shown.lines):
            self._body.addWidget(_nobody())
            return
        times = (f"as of {words.day(shown.as_of)}", f"as of {words.day(shown.before_on)}")
        columns, cards = group_cards(shown.groups, times, self._open)
        for card in cards:
            card.noticed.connect(self._say)
        self._body.addWidget(columns)

    def _say(self, meaning: str) -> None:
        self.meaning.setText(meaning or _HINT)

    def _open(self, figure: Figure, when: str, _checked: bool = False) -> None:
        self._last_link = QApplication.focusWidget()
        self._strip.hide()  # the list says it
        self.behind.show_figure(figure, when)

    def _back_to_link(self) -> None:
        self._strip.show()
        if self._last_link is not None and isValid(self._last_link):
            self._last_link.setFocus()

    # What leaves

    def _ask_print(self) -> None:
        shown = self._shown
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp import leaving_view_out as out

                return out.print_pdf(session, shown)

            self.ask("Making the pages …", work, partial(self.print_bytes.emit, TITLE))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Export", "leaving-care.xlsx", "Excel workbook (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save what is shown as a workbook; the export is recorded first."""
        shown, with_names = self._shown, self.desk.may("bulk export").allowed
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp import leaving_view_out as out

                return out.xlsx_file(session, shown, with_names=with_names)

            self.ask("Writing the file …", work, partial(self._write, path, with_names))

    def _write(self, path: str, with_names: bool, content: bytes) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            said = f"The file was not saved: {error.strerror}. Choose another place and export again."
            self.banner.set_banner(said, "warning")
        else:
            names = "It holds young people’s names. " if with_names else "It holds no young person’s name. "
            self.banner.set_banner(f"Saved as {path}. {names}The file is not encrypted.", "success")
        self.banner.show()


def _nobody() -> EmptyState:
    return EmptyState(
        "pathway",
        "Nobody in or leaving care here",
        "Young people are listed by themselves once their dates in care make them eligible, relevant, former "
        "relevant or qualifying. Take a filter away, or choose another day, to see more.",
    )
