"""«Why this date»: the ⓘ beside a due date, and what it opens: start, rule, calendar, source, time left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from caseapp import words
from caseapp.clocks import Why
from ui import theme
from ui.parts import GRID, FactsGrid, LinkButton, Muted, Section, icon_button, plain

_WIDTH: Final = 460
_GAP: Final = 4


class Explained(Protocol):
    """Something due that says where its date comes from."""

    @property
    def what(self) -> str:
        """What is due."""

    @property
    def due_on(self) -> date:
        """When."""

    @property
    def why(self) -> str:
        """Why then, in sentences."""

    @property
    def reasons(self) -> Why:
        """The same taken apart."""


def why_button(due: Explained, *more: Explained, of: str = "") -> QToolButton:
    """Return the button that opens why something is due; with more of them one steps from date to date."""
    button = icon_button("info", f"Why this date? {due.why}")
    theme.set_icon(button, "info", "muted", 16)
    button.setStyleSheet("padding: 0; min-height: 24px; min-width: 24px;")  # no higher than the line
    button.setAccessibleName(f"Why {words.day(due.due_on)}: {due.what}{f', {of}' if of else ''}")
    button.setAccessibleDescription(due.why)
    button.clicked.connect(partial(open_why, button, (due, *more)))
    return button


def open_why(beside: QWidget, dues: Sequence[Explained]) -> WhyPopover:
    """Show why, below the widget or above it for want of room. Escape and a click elsewhere close it."""
    popover = WhyPopover(dues, beside.window())  # not the button: its style would reach in
    popover.fit()
    popover.move(_place(beside, popover))
    popover.show()
    popover.setFocus(Qt.FocusReason.PopupFocusReason)
    return popover


def _place(beside: QWidget, popover: QWidget) -> QPoint:
    room: QRect = beside.screen().availableGeometry()
    below = beside.mapToGlobal(QPoint(0, beside.height() + _GAP))
    above = beside.mapToGlobal(QPoint(0, -popover.height() - _GAP))
    fits = below.y() + popover.height() <= room.bottom() or above.y() < room.top()
    left = max(room.left(), min(below.x(), room.right() - popover.width()))
    return QPoint(left, below.y() if fits else above.y())


class WhyPopover(QFrame):
    """Why one or several things are due, one at a time."""

    def __init__(self, dues: Sequence[Explained], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", "true")
        self.setFixedWidth(_WIDTH)
        self._dues, self._at = tuple(dues), 0
        self._what, self._when, self._facts = Section(), Muted(), FactsGrid(label_width=88)
        self._what.setWordWrap(True)
        self._place_in_row = plain("", "muted")
        self._before, self._after = LinkButton("Earlier date"), LinkButton("Next date")
        self._before.clicked.connect(partial(self.step, -1))
        self._after.clicked.connect(partial(self.step, 1))
        close = icon_button("close", "Close")
        close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(self._what, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        for widget in (self._before, self._after, self._place_in_row):
            foot.addWidget(widget)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        for part in (self._when, self._facts, self._foot):
            layout.addWidget(part)
        self._show()

    def step(self, by: int) -> None:
        """Go on to another of the dates."""
        self._at = min(max(self._at + by, 0), len(self._dues) - 1)
        self._show()
        self.fit()

    def fit(self) -> None:
        """Be as high as the words need: Qt does not ask wrapped lines how high they are at this width."""
        self.ensurePolished()
        if (layout := self.layout()) is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _show(self) -> None:
        due = self._dues[self._at]
        self._what.setText(due.what)
        self._when.setText(f"Due {words.long_day(due.due_on)}")
        self._facts.set_facts(due.reasons.facts)
        self._foot.setVisible(len(self._dues) > 1)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at < len(self._dues) - 1)
        self._place_in_row.setText(f"{self._at + 1} of {len(self._dues)}")
        self.setAccessibleName(f"Why {due.what} is due {words.day(due.due_on)}")
        told = ". ".join(f"{label}: {said.rstrip('.')}" for label, said in due.reasons.facts)
        self.setAccessibleDescription(told)
