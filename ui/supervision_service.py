"""Supervision across the service: each team's shares beside the whole, counts of people and no names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caseapp.supervision.service import DEFINITION, FEWEST, WITHIN, ServiceView, TeamLine
from ui.parts import Card, ElidedLabel, Muted, Rule, plain
from ui.record_parts import clear

_HEADINGS: Final = (
    "Team", "Workers", *(f"Supervised in {days} days" for days in WITHIN), "Children talked about in time",
    "Called off",
)  # fmt: skip
_SHARES: Final = (5, 2, 4, 4, 5, 4)


class ServiceCard(Card):
    """A line for each team, the whole service last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Across the service", parent=parent)
        self.setAccessibleName("Supervision across the service")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        about = Muted(DEFINITION)
        self.body.addWidget(about)
        self.body.addLayout(self._grid)
        self.hide()

    def show_service(self, view: ServiceView) -> None:
        """Show the lines."""
        clear(self._grid)
        for column, (heading, share) in enumerate(zip(_HEADINGS, _SHARES, strict=True)):
            self._grid.setColumnStretch(column, share)
            head = plain(heading, "small")
            head.setWordWrap(True)
            self._grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignBottom)
        for number, line in enumerate((*view.teams, view.whole)):
            self._grid.addWidget(Rule(), 2 * number + 1, 0, 1, len(_HEADINGS))
            self._add_line(2 * number + 2, line)
        self.show()

    def _add_line(self, row: int, line: TeamLine) -> None:
        self._grid.addWidget(ElidedLabel(f"{line.team} (yours)" if line.is_mine else line.team), row, 0)
        if line.is_hidden:
            hidden = Muted(f"Fewer than {FEWEST} workers: counted in the whole service, not shown alone")
            self._grid.addWidget(hidden, row, 1, 1, len(_HEADINGS) - 1)
            return
        shares = (str(line.workers), *(each.shown for each in (*line.held, line.cases, line.called_off)))
        for column, text in enumerate(shares, 1):
            cell: QLabel = plain(text, "muted")
            cell.setAccessibleName(f"{_HEADINGS[column]}, {line.team}: {text}")
            self._grid.addWidget(cell, row, column)
