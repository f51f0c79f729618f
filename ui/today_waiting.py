"""What waits beside the dates of Today: my signature, my decision as a manager, the children to be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseapp import words
from caseapp.approvals_list import FRONT_DOOR, RECORD_TABS, Waiting
from caseapp.dates import Due
from caseapp.supervision.sessions import ToSign
from caseapp.supervision.staff_due import StaffDue
from caseapp.today import Draft, SentBack
from ui.parts import Card, Chip, ElidedLabel, LinkButton, Muted, plain
from ui.record_parts import ElidedLink, clear, flowing, row, state_meaning
from ui.why import why_button

AT_ONCE: Final = 4
"""How many of each are shown at first, so that the day stays in one look."""


class _Lines(Card):
    """A card of lines that is there only while something waits."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._name = title
        self._shows_all = False
        self.hide()

    def _fill(self, lines: Sequence[QVBoxLayout], more: Callable[[], object]) -> None:
        clear(self.body)
        shown = lines if self._shows_all else lines[:AT_ONCE]
        for line in shown:
            self.body.addLayout(line)
        if len(shown) < len(lines):
            button = LinkButton(f"Show all {len(lines)}")
            button.setAccessibleName(f"Show all {len(lines)}: {self._name.lower()}")
            button.clicked.connect(more)
            self.body.addWidget(button)
        self.setVisible(bool(lines))


def _line(text: str, act: Callable[..., object], *below: QWidget) -> QVBoxLayout:
    link = ElidedLink(text)
    link.clicked.connect(act)
    lines = QVBoxLayout()
    lines.setSpacing(2)
    for widget in (link, *below):
        lines.addWidget(widget)
    return lines


def _by(day: date) -> QLabel:
    """Return the day of something due, as high as the chip beside it."""
    label = plain(f"by {words.day(day)}", "muted")
    label.setMinimumHeight(24)
    return label


class SignaturesCard(_Lines):
    """Plans of mine that lack only my signature, and records of supervision."""

    open_plan = Signal(UUID)
    open_supervision = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Waiting for my signature", parent)
        self._drafts: Sequence[Draft] = ()
        self._to_sign: Sequence[ToSign] = ()

    def show_waiting(self, drafts: Sequence[Draft], to_sign: Sequence[ToSign]) -> None:
        """Show what waits."""
        self._drafts, self._to_sign = drafts, to_sign
        lines = [
            _line(
                each.title,
                partial(self.open_plan.emit, each.revision_id),
                Muted(f"{each.child}, all filled in"),
            )
            for each in drafts
        ]
        lines += [
            _line(each.title, self._ask_supervision, Muted(f"held on {words.day(each.held_on)}"))
            for each in to_sign
        ]
        self._fill(lines, self._show_all)

    def _ask_supervision(self) -> None:
        self.open_supervision.emit()

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_waiting(self._drafts, self._to_sign)


class ApprovalsCard(_Lines):
    """What waits for a manager's decision, the most urgent first."""

    open_plan = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    open_front_door = Signal(str, UUID)
    open_approvals = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Waiting for my approval", parent)

    def show_waiting(self, rows: Sequence[Waiting]) -> None:
        """Show what waits; the whole list is the screen of approvals."""
        lines = [
            _line(
                each.child,
                partial(self.open_row, each),
                Muted(each.what),
                row(Chip(each.state_words, state_meaning(each.state))),
            )
            for each in rows
        ]
        self._fill(lines, self._ask_approvals)

    def _ask_approvals(self) -> None:
        self.open_approvals.emit()

    def open_row(self, each: Waiting, _checked: bool = False) -> None:
        """Open the place where something is decided on."""
        if each.kind in FRONT_DOOR:
            self.open_front_door.emit(FRONT_DOOR[each.kind], each.row_id)
        elif each.kind in RECORD_TABS:
            self.open_child_tab.emit(each.child_id, RECORD_TABS[each.kind])
        else:
            self.open_plan.emit(each.row_id)


class VisitsCard(_Lines):
    """The children to be seen, late or within two weeks."""

    open_child = Signal(UUID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Visits", parent)
        self._visits: Sequence[Due] = ()

    def show_visits(self, visits: Sequence[Due]) -> None:
        """Show the visits, the earliest first."""
        self._visits = visits
        lines = [
            _line(
                each.child,
                partial(self.open_child.emit, each.child_id),
                flowing(Chip(each.words, state_meaning(each.state)), _by(each.due_on)),
            )
            for each in visits
        ]
        self._fill(lines, self._show_all)

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_visits(self._visits)


class SentBackCard(_Lines):
    """Plans of mine that were sent back: each opens, with the reason below."""

    open_plan = Signal(UUID)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Sent back to me", parent)
        self._plans: Sequence[SentBack] = ()

    def show_plans(self, plans: Sequence[SentBack]) -> None:
        """Show the plans, the longest ago first."""
        self._plans = plans
        self._fill([self._line_of(each) for each in plans], self._show_all)

    def _line_of(self, each: SentBack) -> QVBoxLayout:
        reason = ElidedLabel(each.because)
        reason.setToolTip(each.because)
        back = f"{words.isolated(each.child)}, back on {words.day(each.on)}"
        by = (Muted(f"put right by {words.day(each.mend_by)}"),) if each.mend_by else ()
        return _line(each.title, partial(self.open_plan.emit, each.revision_id), Muted(back), reason, *by)

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_plans(self._plans)


class SupervisionCard(_Lines):
    """By when supervision is owed: one's own, and of those whom one supervises."""

    open_supervision = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Supervision", parent)
        self._dues: Sequence[StaffDue] = ()

    def show_dues(self, dues: Sequence[StaffDue]) -> None:
        """Show what is owed, the earliest first."""
        self._dues = dues
        lines = [
            _line(
                each.what,
                self._ask_supervision,
                flowing(Chip(each.words, state_meaning(each.state)), why_button(each), _by(each.due_on)),
            )
            for each in dues
        ]
        self._fill(lines, self._show_all)

    def _ask_supervision(self) -> None:
        self.open_supervision.emit()

    def _show_all(self) -> None:
        self._shows_all = True
        self.show_dues(self._dues)
