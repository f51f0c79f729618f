"""How timely the front door is: each measure with the month before, by month, its list, and what leaves."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseapp.front_door import timeliness
from caseapp.front_door.timeliness import TITLE, Figure, Timeliness, month_of, month_words, months_to
from ui.asking import Asking
from ui.front_door_figures import MeasuresCard, MonthsCard, RowsBehind, show_cards
from ui.parts import Muted
from ui.record_parts import FilterChip, Scroller, row

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_HINT: Final = "Point at a number, or reach it with Tab, to read what it means. Enter opens the list."
_MONTHS: Final = 24


class TimelinessPage(Asking):
    """The month at the top, the measures at the left, one of them by month at the right, the list beneath."""

    open_child = Signal(UUID)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Timeliness")
        self._shown: Timeliness | None = None
        self._key = "contacts_in_day"
        self._asked = 0
        self._last_link: QWidget | None = None
        self._words, self.meaning = Muted(""), Muted(_HINT)
        for each in (self._words, self.meaning):
            each.setWordWrap(True)
        self.meaning.setAccessibleName("What the figure means")
        self.month = QComboBox()
        self.month.setAccessibleName("Month")
        for period in reversed(months_to(month_of(desk.today), _MONTHS)):
            self.month.addItem(month_words(period), period.since)
        self.month.activated.connect(self.refresh)
        self.once = FilterChip("Brothers and sisters once")
        self.once.clicked.connect(self.refresh)
        self._print = self._button("Print…", "print", self._ask_print)
        self._export = self._button("Export as Excel…", "export", self._ask_where)
        self.behind = RowsBehind()
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._place_all()
        self.refresh()

    def _button(self, text: str, act: str, does: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.removesuffix("…"))
        if not self.desk.may(act).allowed:
            button.hide()  # never shown here: without a parent it would be a window of its own
        button.setEnabled(False)
        button.clicked.connect(does)
        return button

    def _place_all(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(row(self.month, self.once), 1)
        head.addWidget(self._print)
        head.addWidget(self._export)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(self._left, 11)
        columns.addLayout(self._right, 9)
        page = Scroller()
        page.body.setContentsMargins(24, 14, 24, 16)
        page.body.setSpacing(12)
        page.body.addLayout(head)
        for widget in (self._words, self.busy, self.banner):
            page.body.addWidget(widget)
        page.body.addLayout(columns)
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

    def focus_first(self) -> None:
        """Put the keyboard on the month."""
        self.month.setFocus()

    def refresh(self) -> None:
        """Count everything anew."""
        self._asked += 1
        day, once = self.month.currentData(), self.once.isChecked()
        self.ask(
            "Counting …",
            lambda session: timeliness.timeliness(session, day, once=once),
            partial(self._show, self._asked),
        )

    @property
    def shown(self) -> Timeliness | None:
        """Return what is shown."""
        return self._shown

    def _show(self, asked: int, shown: Timeliness) -> None:
        if asked != self._asked:
            return  # something else was chosen in between
        self._shown = shown
        self.behind.close_list()
        self._words.setText(shown.words)
        self._print.setEnabled(True)
        self._export.setEnabled(True)
        card = MeasuresCard(shown, self._open)
        card.chosen.connect(self.choose)
        card.noticed.connect(self._say)
        show_cards(self._left, card)
        self.choose(self._key)

    def choose(self, key: str) -> None:
        """Show a measure by month."""
        if self._shown is not None:
            self._key = key
            card = MonthsCard(self._shown.one(key), self._open)
            card.noticed.connect(self._say)
            show_cards(self._right, card)

    def _say(self, meaning: str) -> None:
        self.meaning.setText(meaning or _HINT)

    def _open(self, figure: Figure, when: str) -> None:
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
                from caseapp import front_door_out as out

                return out.print_pdf(session, shown)

            self.ask("Making the pages …", work, partial(self.print_bytes.emit, TITLE))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "Export", "front-door.xlsx", "Excel workbook (*.xlsx)")
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
                from caseapp import front_door_out as out

                return out.xlsx_file(session, shown, with_names=with_names)

            self.ask("Writing the file …", work, partial(self._write, path, with_names))

    def _write(self, path: str, with_names: bool, content: bytes) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            said = f"The file was not saved: {error.strerror}. Choose another place and export again."
            self.banner.set_banner(said, "warning")
        else:
            names = "It holds the children’s names. " if with_names else "It holds no child’s name. "
            self.banner.set_banner(f"Saved as {path}. {names}The file is not encrypted.", "success")
        self.banner.show()
