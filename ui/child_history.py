"""Who saw and who changed what in a record, latest first; and who may read it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseapp import histories, words
from caseapp.histories import HistoryRow
from ui.child_access import AccessPart
from ui.parts import Card, Chip, LinkButton, Muted, Rule, chip_size, plain
from ui.record_page import RecordPage
from ui.record_parts import FilterChip, clear

if TYPE_CHECKING:
    from ui.desk import Desk

PAGE: Final = 100
AT_ONCE: Final = 25
"""Rows drawn in one go: a screen full and some more."""
_WIDEST_MOMENT: Final = "88/88/8888 88:88"
_TITLE: Final = "Who saw and who changed what"
_SHOWN: Final = {
    "all": "Everything", "changes": "Changes", "looks": "Looks", "access": "Access",
}  # fmt: skip


class HistoryPage(RecordPage):
    """The history of one record, a page at a time."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("History")
        self._rows: list[HistoryRow] = []
        self._has_more = False
        self._which, self._person = "all", ""
        self._access = AccessPart(desk, child_id)
        self._access.person_chosen.connect(self.show_person)
        self._access.review_waits.connect(self._show_review)
        self._access.hide()
        self._card = Card(_TITLE)
        self._bunches = QVBoxLayout()
        self._bunches.setSpacing(7)
        self._drawn = 0
        self._card.body.addLayout(self._bunches)
        self._earlier = QPushButton("Show earlier")
        self._earlier.setAccessibleName("Show earlier")
        self._earlier.clicked.connect(self._show_earlier)
        self._earlier.hide()
        chips = QHBoxLayout()
        chips.setSpacing(8)
        group = QButtonGroup(self)
        self.chips: dict[str, FilterChip] = {}
        for which, text in _SHOWN.items():
            chip = self.chips[which] = FilterChip(text)
            chip.setChecked(which == "all")
            chip.clicked.connect(partial(self._choose, which))
            group.addButton(chip)
            chips.addWidget(chip)
        chips.addStretch(1)
        self._everybody = LinkButton("Show everybody")
        self._everybody.clicked.connect(partial(self.show_person, ""))
        self._everybody.hide()
        chips.addWidget(self._everybody)
        self.body.addLayout(chips)
        self.body.addWidget(self._access)
        self.body.addWidget(self._card)
        self.body.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the newest page anew."""
        self._rows = []
        self._read(None)
        self._access.refresh()

    def show_part(self, which: str) -> None:
        """Show everything, changes, looks, or who may read and who has read («access»)."""
        self.chips[which].setChecked(True)
        self._choose(which)

    def _show_review(self) -> None:
        if self._which == "all":
            self.show_part("access")

    def show_person(self, name: str, _checked: bool = False) -> None:
        """Show the looks of one person alone; with no name, everybody's."""
        self._person = name
        self._everybody.setVisible(bool(name))
        self._card.set_title(f"What {name} looked at" if name else _TITLE)
        self.show_part("looks" if name else self._which)

    def shown_rows(self) -> list[HistoryRow]:
        """Return the rows that fit the filter."""
        wanted = {"changes": (False,), "looks": (True,)}.get(self._which, (True, False))
        return [row for row in self._rows if row.is_look in wanted and self._person in ("", row.who)]

    def _read(self, before: datetime | None) -> None:
        child_id = self.child_id
        self.ask(
            "Reading the history …",
            lambda session: histories.history(session, child_id, before, PAGE),
            self._show,
        )

    def _show_earlier(self) -> None:
        if self._drawn < len(self.shown_rows()):
            self._draw_on()
        else:
            self._read_earlier()

    def _read_earlier(self) -> None:
        self._read(self._rows[-1].at if self._rows else None)

    def _show(self, rows: list[HistoryRow]) -> None:
        if not self._rows:
            self._begin_drawing()
        self._rows += rows
        self._has_more = len(rows) == PAGE
        self._draw_on()

    def _choose(self, which: str) -> None:
        self._which = which
        if which != "looks" and self._person:
            self.show_person("")
        is_access = which == "access"
        self._access.setVisible(is_access)
        self._card.setVisible(not is_access)
        self._begin_drawing()
        self._draw_on()

    def _begin_drawing(self) -> None:
        clear(self._bunches)
        self._drawn = 0

    def _draw_on(self) -> None:
        """Draw the next rows below those that stand there; where none is left that fits, read on."""
        fitting = self.shown_rows()
        new = fitting[self._drawn : self._drawn + AT_ONCE]
        self._earlier.setVisible(
            self._which != "access" and (self._has_more or len(fitting) > self._drawn + len(new))
        )
        if self._which == "access":
            return
        if not new and self._has_more:
            self._read_earlier()
        elif new:
            if self._drawn:
                self._bunches.addWidget(Rule())
            self._bunches.addWidget(_bunch(new))
            self._drawn += len(new)
        elif not self._drawn:
            self._bunches.addWidget(Muted("Nothing of this kind is recorded yet."))


def _bunch(rows: list[HistoryRow]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    for column, share in enumerate((0, 3, 0, 4, 6)):
        grid.setColumnStretch(column, share)
    grid.setColumnMinimumWidth(0, holder.fontMetrics().horizontalAdvance(_WIDEST_MOMENT))
    grid.setColumnMinimumWidth(2, chip_size("change", "history").width())  # as in the bunches before
    for number, row in enumerate(rows):
        if number:
            grid.addWidget(Rule(), 2 * number, 0, 1, 5)
        _add_row(grid, 2 * number + 1, row)
    return holder


def _add_row(grid: QGridLayout, line: int, row: HistoryRow) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(plain(words.moment(row.at), "muted"), line, 0, middle)
    grid.addWidget(_cell(row.who), line, 1, middle)
    chip = Chip("look", "neutral", "eye") if row.is_look else Chip("change", "info", "history")
    grid.addWidget(chip, line, 2, middle)
    grid.addWidget(_cell(row.what), line, 3, middle)
    told = ". ".join(part for part in (row.detail, row.reason) if part)
    grid.addWidget(_cell(told, "muted"), line, 4, middle)


def _cell(text: str, role: str = "") -> QWidget:
    label = plain(text, role)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
