"""The virtual school: what managers watch over all who need a PEP; each number opens its children."""

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
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseapp import words
from caseapp.education import virtual_school as school
from caseapp.education.virtual_school import Figure, Filter, VirtualSchool
from ui.asking import Asking
from ui.editor import Flow
from ui.parts import EmptyState, Muted, Title
from ui.record_parts import FilterChip, Scroller, clear, row
from ui.virtual_school_figures import group_cards
from ui.virtual_school_list import ChildrenBehind

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_SEN: Final = (("", "Any SEN"), ("N", "No SEN"), ("K", "SEN support"), ("E", "EHC plan"))
_HINT: Final = "Point at a number, or reach it with Tab, to read what it means. Enter opens the children."


class VirtualSchoolPage(Asking):
    """Filters at the top, cards of figures with last term beside, the children beneath."""

    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Virtual school")
        self._filter = Filter()
        self._shown: VirtualSchool | None = None
        self._asked = 0
        self._last_link: QWidget | None = None
        self._as_at, self.meaning = Muted(""), Muted(_HINT)
        self.meaning.setAccessibleName("What the figure means")
        self._export = self._button("Export as Excel…", "export", self._ask_where)
        self._print = self._button("Print…", "print", self._ask_print)
        self._make_filters()
        self.behind = ChildrenBehind()
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
        self.school, self.year, self.worker = (QComboBox() for _ in range(3))
        for box, name, anything in self._boxes():
            box.setAccessibleName(name)
            box.addItem(anything, None)
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._choose)
        self.sen = {code: FilterChip(text) for code, text in _SEN}
        group = QButtonGroup(self)
        for code, chip in self.sen.items():
            group.addButton(chip)
            chip.setChecked(not code)
            chip.clicked.connect(self._choose)

    def _boxes(self) -> tuple[tuple[QComboBox, str, str], ...]:
        return (
            (self.school, "School", "Any school"),
            (self.year, "Year group", "Any year group"),
            (self.worker, "Worker", "Any worker"),
        )

    def _place_all(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Title("Virtual school"), 1)
        title.addWidget(self._print)
        title.addWidget(self._export)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addLayout(title)
        heading.addWidget(self._as_at)
        filters = QWidget()
        flow = Flow(filters, gap=8, line_gap=6)
        flow.setContentsMargins(0, 0, 0, 0)
        chips = row(*self.sen.values())
        chips.setFixedHeight(self.school.sizeHint().height())
        for widget in (self.school, self.year, self.worker, chips):
            flow.addWidget(widget)
        self.in_force = QWidget()
        self._chips = Flow(self.in_force, gap=8, line_gap=6)
        self._chips.setContentsMargins(0, 0, 0, 0)
        page = Scroller()
        page.body.setContentsMargins(24, 20, 24, 16)
        page.body.addLayout(heading)
        for each in (filters, self.in_force, self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._body)
        page.body.addStretch(1)
        strip = QWidget()
        line = QHBoxLayout(strip)
        line.setContentsMargins(24, 6, 24, 8)
        line.addWidget(self.meaning)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(page, 1)
        layout.addWidget(strip)
        layout.addWidget(self.behind)

    def focus_first(self) -> None:
        """Put the keyboard into the choice of the school."""
        self.school.setFocus()

    @property
    def filter(self) -> Filter:
        """Return the filter in force."""
        return self._filter

    def refresh(self) -> None:
        """Count everything anew."""
        self._asked += 1
        narrowed = self._filter
        self.ask(
            "Counting …",
            lambda session: school.virtual_school(session, narrowed),
            partial(self._show, self._asked),
        )

    # Filters

    def _choose(self) -> None:
        chosen = Filter(
            self.school.currentData(),
            self.year.currentData(),
            self.worker.currentData(),
            next((code for code, chip in self.sen.items() if chip.isChecked()), ""),
        )
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _take_away(self, field: str) -> None:
        self._filter = {
            "school_id": replace(self._filter, school_id=None),
            "group": replace(self._filter, group=None),
            "worker_id": replace(self._filter, worker_id=None),
            "sen": replace(self._filter, sen=""),
        }[field]
        self.refresh()
        self.school.setFocus()

    def _show_filters(self, shown: VirtualSchool) -> None:
        offered, chosen = shown.offer, shown.filter
        for box, options, value in (
            (self.school, offered.schools, chosen.school_id),
            (self.year, offered.groups, chosen.group),
            (self.worker, offered.workers, chosen.worker_id),
        ):
            while box.count() > 1:
                box.removeItem(1)
            for code, text in cast("tuple[tuple[object, str], ...]", options):
                box.addItem(text, code)
            places = [at for at in range(box.count()) if box.itemData(at) == value]
            box.setCurrentIndex(places[0] if places else 0)
        self.sen[chosen.sen].setChecked(True)
        clear(self._chips)
        parts = school.filter_parts(chosen, offered)
        for field, text in parts:
            chip = FilterChip(f"{text}  ×")
            chip.setAccessibleName(f"Take the filter away: {text}")
            chip.setChecked(True)
            chip.clicked.connect(partial(self._take_away, field))
            self._chips.addWidget(chip)
        self.in_force.setVisible(bool(parts))

    # What is shown

    def _show(self, asked: int, shown: VirtualSchool) -> None:
        if asked != self._asked:
            return  # something else was chosen in between
        self._shown = shown
        self.behind.close_list()
        self._as_at.setText(f"{shown.filter_words}. {shown.as_at_words}")
        self._export.setEnabled(True)
        self._print.setEnabled(True)
        self._show_filters(shown)
        clear(self._body)
        if not shown.one("needing").now.count:
            self._body.addWidget(_nobody())
        times = (f"as at {words.day(shown.as_at)}", f"as at {words.day(shown.before_on)}")
        season = shown.before_term.split(" ")[0].capitalize()
        columns, cards = group_cards(shown.groups, times, season, self._open)
        for card in cards:
            card.noticed.connect(self._say)
        self._body.addWidget(columns)

    def _say(self, meaning: str) -> None:
        self.meaning.setText(meaning or _HINT)

    def _open(self, figure: Figure, when: str, _checked: bool = False) -> None:
        self._last_link = QApplication.focusWidget()
        self.behind.show_figure(figure, when)

    def _back_to_link(self) -> None:
        if self._last_link is not None and isValid(self._last_link):
            self._last_link.setFocus()

    # What leaves

    def _ask_print(self) -> None:
        shown = self._shown
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp import virtual_school_out as out

                return out.print_pdf(session, shown)

            self.ask("Making the pages …", work, partial(self.print_bytes.emit, "Virtual school"))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Export", "virtual-school.xlsx", "Excel workbook (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save what is shown as a workbook; the export is recorded first."""
        shown, with_children = self._shown, self.desk.may("bulk export").allowed
        if shown is not None:

            def work(session: Session) -> bytes:
                from caseapp import virtual_school_out as out

                return out.xlsx_file(session, shown, with_children=with_children)

            self.ask("Writing the file …", work, partial(self._write, path, with_children))

    def _write(self, path: str, with_children: bool, content: bytes) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            said = f"The file was not saved: {error.strerror}. Choose another place and export again."
            self.banner.set_banner(said, "warning")
        else:
            names = "It holds the children’s names. " if with_children else "It holds no child’s name. "
            self.banner.set_banner(f"Saved as {path}. {names}The file is not encrypted.", "success")
        self.banner.show()


def _nobody() -> EmptyState:
    return EmptyState(
        "education",
        "Nobody needs a PEP here",
        "Children who are looked after and of the age for a PEP are counted by themselves. "
        "Take a filter away to see more.",
    )


def virtual_school_page(desk: Desk) -> VirtualSchoolPage:
    """Return the page for a desk; it asks to open a child with `open_child`."""
    return VirtualSchoolPage(desk)
