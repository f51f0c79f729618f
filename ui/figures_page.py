"""What pages of figures share: what a number means beneath, the list that it opens, print and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from caseapp import words
from ui.asking import Asking
from ui.exporting import XLSX, Exporting, Made
from ui.figure_list import ClosesList, FigureList, Listed, put_beneath
from ui.parts import Muted
from ui.record_parts import Scroller

if TYPE_CHECKING:
    from datetime import date

    from caseapp.work import Session
    from ui.desk import Desk

HINT: Final = "Point at a number, or reach it with Tab, to read what it means. Enter opens its list."


class Leaves(NamedTuple):
    """What leaves a page: the title of its print, its file, and whose names the file may hold."""

    title: str
    file: str
    pdf: Callable[[Session, Any], bytes]
    sheet: Callable[[Session, Any, str, bool], bytes]
    """The file at a path, with names or without."""
    names: tuple[str, str] = ("It holds the children’s names.", "It holds no child’s name.")
    kinds: str = XLSX


class FiguresPage(ClosesList, Asking):
    """Figures above; beneath them what the one that is pointed at means, or its list."""

    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)

    def __init__(
        self,
        desk: Desk,
        behind: FigureList,
        leaves: Leaves,
        hint: str = HINT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._leaves, self._hint = leaves, hint
        self._asked = 0
        self._last_focus: QWidget | None = None
        self.opened: Any = None
        """The figure whose list was opened last."""
        self._now: Any = None
        self.exporting = Exporting(self, leaves.file, leaves.kinds, self._file)
        self.meaning = Muted(hint)
        self.meaning.setAccessibleName("What the figure means")
        self.behind = behind
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)

    def button(self, text: str, act: str, does: Callable[[], object]) -> QPushButton:
        """Return a button that is enabled once there is something to let out."""
        button = QPushButton(text)
        button.setAccessibleName(text.removesuffix("…"))
        if not self.desk.may(act).allowed:
            button.hide()  # never shown here: without a parent yet it would be a window of its own
        button.setEnabled(False)
        button.clicked.connect(does)
        return button

    def lay_out(self, page: Scroller) -> None:
        """Put the page above the line that says what a figure means, and the list."""
        self._strip = QWidget()
        line = QHBoxLayout(self._strip)
        line.setContentsMargins(24, 4, 24, 6)
        line.addWidget(self.meaning)
        # Room for two lines, so that nothing jumps while the pointer moves over the figures
        self._strip.setFixedHeight(2 * self.meaning.fontMetrics().lineSpacing() + 10)
        put_beneath(self, page, self._strip, self.behind)

    def lay_out_filtered(
        self, filters: QWidget, buttons: Sequence[QPushButton], lines: Sequence[QWidget], body: QLayout
    ) -> None:
        """Put filters and buttons at the top, some lines beneath them, then what is counted."""
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(filters, 1)
        for button in buttons:
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        page = Scroller()
        page.body.setContentsMargins(24, 14, 24, 16)
        page.body.setSpacing(12)
        page.body.addLayout(head)
        for each in (*lines, self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(body)
        page.body.addStretch(1)
        self.lay_out(page)

    def count_anew(self, work: Callable[[Session], Any], show: Callable[[Any], object]) -> None:
        """Ask for the figures; an answer is dropped if something else was asked for in between."""
        self._asked += 1
        self.ask("Counting …", work, partial(self._answer, self._asked, show))

    def _answer(self, asked: int, show: Callable[[Any], object], shown: Any) -> None:
        if asked == self._asked:
            self._now = shown
            focused = QApplication.focusWidget()
            if focused is not None and not self.behind.isAncestorOf(focused):
                self._last_focus = focused  # whoever works in the filters goes on there
            self.behind.close_list()
            show(shown)

    def hint_when(self, has_figures: bool) -> None:
        """Say how numbers are opened only where there are any."""
        self._strip.setVisible(has_figures)

    def say(self, meaning: str) -> None:
        """Say what a figure means; nothing: how to find out."""
        self.meaning.setText(meaning or self._hint)

    def open_list(self, figure: Any, listed: Listed) -> None:
        """Open the list behind a figure."""
        self._last_focus = QApplication.focusWidget()
        self.opened = figure
        self._strip.hide()  # the list says what the figure means
        self.behind.show_rows(listed)

    def _back_to_link(self) -> None:
        self._strip.show()
        if self._last_focus is not None and isValid(self._last_focus):
            self._last_focus.setFocus()

    # What leaves

    def ask_print(self) -> None:
        """Show the pages of what is counted."""
        shown, pdf = self._now, self._leaves.pdf
        if shown is not None:
            done = partial(self.print_bytes.emit, self._leaves.title)
            self.ask("Making the pages …", lambda session: pdf(session, shown), done)

    def _file(self, path: str) -> Made | None:
        """Return how the file at a path is made; only a workbook, and with the right, holds names."""
        shown, sheet = self._now, self._leaves.sheet
        if shown is None:
            return None
        with_names = self.desk.may("bulk export").allowed and not path.lower().endswith(".csv")
        holds = self._leaves.names[0 if with_names else 1]
        return Made(lambda session: sheet(session, shown, path, with_names), holds)


def day_typed(text: str, today: date, ahead: str) -> date:
    """Return the day that was typed. Raises ValueError with words for one that is none, or with `ahead`."""
    chosen = words.day_from(text, today)
    if chosen > today:
        raise ValueError(ahead)
    return chosen
