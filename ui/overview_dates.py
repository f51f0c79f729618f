"""What is due for a child, on the first page of the record: the next dates, the earliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from ui.parts import Card, Chip, LinkButton, Muted, Rule, plain
from ui.record_parts import clear, state_meaning

AT_ONCE: Final = 4
"""So many dates are shown at first; the rest when they are asked for."""


class DatesCard(Card):
    """The next dates of a child, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Next dates", parent=parent)
        self._dues: Sequence[Due] = ()
        self._shows_all = False

    def show_dues(self, dues: Sequence[Due]) -> None:
        """Show what is due."""
        self._dues = dues
        clear(self.body)
        shown = dues if self._shows_all else dues[:AT_ONCE]
        for place, due in enumerate(shown):
            if place:
                self.body.addWidget(Rule())
            self.body.addWidget(_due_row(due))
        if len(shown) < len(dues):
            more = LinkButton(f"All {len(dues)} dates")
            more.clicked.connect(self._show_all)
            self.body.addWidget(more)
        if not dues:
            self.body.addWidget(Muted("Nothing is due. The next date stands here as soon as one is known."))

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_dues(self._dues)


def _due_row(due: Due) -> QWidget:
    what = plain(due.what)
    what.setWordWrap(True)
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    grid.addWidget(what, 0, 0)
    grid.addWidget(plain(words.day(due.due_on), "muted"), 0, 1, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Chip(due.words, state_meaning(due.state)), 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
    holder.setToolTip(due.why)
    holder.setAccessibleName(f"{due.what}, due {words.day(due.due_on)}: {due.words}")
    return holder
