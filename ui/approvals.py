"""Approvals: everything that waits for a manager's decision, most urgent first; each row opens its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import approvals_list, words
from caseapp.approvals_list import FRONT_DOOR, KINDS, RECORD_TABS, Waiting
from ui.asking import Asking
from ui.parts import ICONS, Card, Chip, EmptyState, Muted, Rule, Title, chip_size
from ui.pep_quality import QualityDialog, quality_dialog
from ui.record_parts import ElidedLink, FilterChip, Scroller, clear, row, state_meaning

if TYPE_CHECKING:
    from ui.desk import Desk

_ALL: Final = ""
_ACT_WIDTH: Final = 84
_AT_ONCE: Final = 60


class ApprovalsScreen(Asking):
    """Chips narrow the list to a kind. What is one's own says so, and can only be looked at."""

    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    open_plan = Signal(UUID)
    open_front_door = Signal(str, UUID)
    """The tab of the front door, and the row to be decided on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Approvals")
        self._rows: list[Waiting] = []
        self._chosen, self._shows_all = _ALL, False
        self._line = Muted("")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        page = Scroller(self)
        page.body.setContentsMargins(24, 24, 24, 24)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(Title("Waiting for approval"))
        heading.addWidget(self._line)
        page.body.addLayout(heading)
        for each in (self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._chips)
        page.body.addLayout(self._list)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self.ask("Reading what waits …", approvals_list.waiting, self._show)

    def _show(self, rows: list[Waiting]) -> None:
        self._rows = rows
        kinds = [kind for kind in KINDS if any(each.kind == kind for each in rows)]
        if self._chosen not in kinds:
            self._chosen = _ALL
        late = sum(each.state == "overdue" for each in rows)
        said = f"{words.count(len(rows), 'decision')} waiting" if rows else "Nothing waits for a decision"
        self._line.setText(f"{said}{f', {late} overdue' if late else ''}. Nobody approves their own.")
        clear(self._chips)
        names = {_ALL: f"All {len(rows)}"} | {
            kind: f"{KINDS[kind]} {sum(each.kind == kind for each in rows)}" for kind in kinds
        }
        for kind, name in names.items() if len(kinds) > 1 else ():
            chip = FilterChip(name)
            chip.setChecked(kind == self._chosen)
            chip.clicked.connect(partial(self._choose, kind))
            self._group.addButton(chip)
            self._chips.addWidget(chip)
        self._chips.addStretch(1)
        self._fill()

    def _choose(self, kind: str, _checked: bool = False) -> None:
        self._chosen = kind
        self._fill()

    def shown(self) -> list[Waiting]:
        """Return the rows that are listed."""
        return [each for each in self._rows if self._chosen in (_ALL, each.kind)]

    def _fill(self) -> None:
        clear(self._list)
        rows = self.shown()
        if not rows:
            self._list.addWidget(
                EmptyState(
                    "signed",
                    "Nothing waits for a decision",
                    "Contacts, referrals, assessments, early help and signed plans appear here once they are "
                    "sent to a manager.",
                )
            )
            return
        card = Card()
        card.setAccessibleName("Waiting for approval")
        width = max(_chip_width(each) for each in rows)
        for place, each in enumerate(rows if self._shows_all else rows[:_AT_ONCE]):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._row(each, width))
        if len(rows) > _AT_ONCE and not self._shows_all:
            more = QPushButton(f"Show all {len(rows)}")
            more.clicked.connect(self._show_all)
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addWidget(card)

    def _show_all(self) -> None:
        self._shows_all = True
        self._fill()

    def _row(self, each: Waiting, width: int) -> QWidget:
        name = ElidedLink(each.child)
        name.clicked.connect(partial(self.open_child.emit, each.child_id))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(row(name, Muted(each.what), stretch_at=1))
        lines.addWidget(Muted(told(each)))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        chip = row(Chip(each.state_words, state_meaning(each.state)))
        chip.setFixedWidth(width)
        button = QPushButton("Look" if each.is_own else "Decide")
        button.setAccessibleName(f"{button.text()}: {each.child}, {each.what}")
        button.setFixedWidth(_ACT_WIDTH)
        button.clicked.connect(partial(self.open_row, each))
        layout.addWidget(chip)
        layout.addLayout(lines, 1)
        layout.addWidget(button)
        return holder

    def open_row(self, each: Waiting, _checked: bool = False) -> None:
        """Open the place where something is decided on."""
        if each.kind in FRONT_DOOR:
            self.open_front_door.emit(FRONT_DOOR[each.kind], each.row_id)
        elif each.kind in RECORD_TABS:
            self.open_child_tab.emit(each.child_id, RECORD_TABS[each.kind])
        else:
            self._open_quality(each.row_id)

    def _open_quality(self, revision_id: UUID) -> QualityDialog:
        dialog = quality_dialog(self.desk, revision_id, self)
        dialog.changed.connect(self.refresh)
        dialog.open_plan.connect(self.open_plan)
        return dialog


def told(each: Waiting) -> str:
    """Return since when something waits, by whom, by when it is due, and whether it is one's own."""
    due = f", due by {words.day(each.due_on)}" if each.due_on else ""
    by = f", {each.by}" if each.by else ""
    own = f". {each.own_words}" if each.is_own else ""
    return f"Since {words.day(each.since)}{by}{due}{own}"


def _chip_width(each: Waiting) -> int:
    return chip_size(each.state_words, ICONS.get(state_meaning(each.state), "")).width()
