"""A card of things due: how late or soon, who, what, when, why, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from caseapp import words
from caseapp.dates import Due
from ui.parts import ICONS, Card, Chip, ElidedLabel, LinkButton, Muted, Rule, Section, chip_size, plain
from ui.record_parts import ElidedLink, clear, state_meaning
from ui.why import why_button

EDGE: Final = 16
ROW_HEIGHT: Final = 40
_CHIP, _NAME, _WHAT, _DAY, _WHY, _STEP = 1, 3, 5, 7, 8, 9
_LAST: Final = 10
_STEPS: Final = {
    "P1": "Begin PEP",
    "F4": "Open assessment",
    "F6": "Start review",
    "W3": "Start review",
    "W5": "Start review",
    "pep": "Open PEP",
    "star": "New reading",
    "early-help": "Open plan",
    "pathway-plan": "Open plan",
    "pathway-needs": "Open assessment",
    "care-plan": "Open plan",
    "placement-plan": "Open plan",
    "lac-review": "Write review",
    "health-assessment": "Write it up",
    "return-interview": "Write it up",
}
"""What the button of a row says: by clock, else by the kind of plan that it opens."""


def step_words(due: Due) -> str:
    """Return what a row's button says."""
    return _STEPS.get(due.clock) or _STEPS.get(due.opens) or "Open record"


def chip_room(dues: Sequence[Due]) -> int:
    """Return the width of the widest chip among things due."""
    icons = [ICONS.get(state_meaning(due.state), "") for due in dues]
    widths = [chip_size(due.words, icon).width() for due, icon in zip(dues, icons, strict=True)]
    return max(widths, default=120)


class DueCard(Card):
    """One group of things due. All groups are given the same widths, so that their columns meet."""

    open_child = Signal(UUID)
    start_plan = Signal(UUID, str)

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._empty = empty
        self.setAccessibleName(title)
        self._count = plain("", "muted")
        heading = QHBoxLayout()
        heading.setContentsMargins(EDGE, 0, EDGE, 0)
        heading.addWidget(Section(title))
        heading.addWidget(self._count)
        heading.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.body.addLayout(heading)
        self.body.addLayout(self._grid)
        self.body.setSpacing(4)
        if (outer := self.layout()) is not None:
            outer.setContentsMargins(0, 12, 0, 4)

    def set_dues(self, dues: Sequence[Due], chip_width: int) -> None:
        """Show the rows; the chips get the width of the widest of all groups."""
        clear(self._grid)
        self._count.setText(str(len(dues)) if dues else "")
        step_width = self.fontMetrics().horizontalAdvance("Open assessment") + 12
        widths = {0: EDGE, _CHIP: chip_width, 2: 20, 4: 12, 6: 12, _DAY: 88, _WHY: 40, _STEP: step_width}
        for column, width in (widths | {_LAST: EDGE}).items():
            self._grid.setColumnMinimumWidth(column, width)
        self._grid.setColumnStretch(_NAME, 19)
        self._grid.setColumnStretch(_WHAT, 24)
        for number, due in enumerate(dues):
            if number:
                self._grid.addWidget(Rule(), 2 * number - 1, 0, 1, _LAST + 1)
            self._add_row(2 * number, due)
        if not dues:
            self._grid.addWidget(Muted(self._empty), 0, 1, 1, _LAST - 1)
            self._grid.setRowMinimumHeight(0, ROW_HEIGHT)

    def _add_row(self, row: int, due: Due) -> None:
        name = ElidedLink(due.child)
        name.clicked.connect(partial(self.open_child.emit, due.child_id))
        what = ElidedLabel(due.what)
        for widget in (name, what):
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.setRowMinimumHeight(row, ROW_HEIGHT)
        self._grid.addWidget(Chip(due.words, state_meaning(due.state)), row, _CHIP, middle)
        self._grid.addWidget(name, row, _NAME, middle)
        self._grid.addWidget(what, row, _WHAT, middle)
        self._grid.addWidget(plain(words.day(due.due_on), "muted"), row, _DAY, middle)
        why = why_button(due, of=due.child)
        self._grid.addWidget(why, row, _WHY, middle | Qt.AlignmentFlag.AlignHCenter)
        self._grid.addWidget(self._step_button(due), row, _STEP, middle | Qt.AlignmentFlag.AlignRight)

    def _step_button(self, due: Due) -> QWidget:
        button = LinkButton(step_words(due))
        button.setAccessibleName(f"{step_words(due)}: {due.what}, {due.child}")
        if due.opens:
            button.clicked.connect(partial(self.start_plan.emit, due.child_id, due.opens))
        else:
            button.clicked.connect(partial(self.open_child.emit, due.child_id))
        return button
