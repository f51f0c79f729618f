"""The plans that wait for quality assurance, and those given back that wait to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import pep_quality, words
from caseapp.pep_quality import MOST, Queue, QueueRow
from ui.asking import Asking
from ui.parts import Card, Chip, Muted, Rule
from ui.pep_chips import came_back, due_words, key_chip
from ui.pep_quality import QualityDialog, quality_dialog
from ui.record_parts import ElidedLink, clear, nothing_yet, row

if TYPE_CHECKING:
    from ui.desk import Desk

_WAITING = "PEPs waiting for quality assurance"
_BACK = "Given back, waiting to be mended"
_DUE_WIDTH: Final = 190
_STATE_WIDTH: Final = 140
_ACT_WIDTH: Final = 84


class QualityQueue(Asking):
    """Two lists, longest waiting first; each plan opens, and so does its quality assurance."""

    open_plan = Signal(object)
    """The id of the version to open."""
    changed = Signal()
    """A plan has taken a step."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_WAITING)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.busy)
        layout.addWidget(self.banner)
        layout.addLayout(self._lists)
        layout.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the lists anew."""
        self.ask("Reading the plans …", pep_quality.queue, self._show)

    def _show(self, queue: Queue) -> None:
        clear(self._lists)
        empty = "No plan waits. A plan appears here once its author has signed it."
        self._lists.addWidget(self._card(_WAITING, queue.waiting, empty))
        if queue.given_back:
            self._lists.addWidget(self._card(_BACK, queue.given_back, ""))

    def _card(self, title: str, rows: Sequence[QueueRow], empty: str) -> Card:
        more = "or more" if len(rows) == MOST else ""
        card = Card(f"{title} ({len(rows)}{' ' + more if more else ''})" if rows else title)
        if not rows:
            card.body.addWidget(nothing_yet(empty))
        for place, each in enumerate(rows):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._row(each))
        return card

    def _row(self, each: QueueRow) -> QWidget:
        link = ElidedLink(f"{each.child} – {each.title}")
        link.clicked.connect(partial(self.open_plan.emit, each.revision_id))
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(Muted(_told(each)))
        button = QPushButton(_act(each))
        button.setAccessibleName(f"{button.text()}: {each.child}, {each.title}")
        button.clicked.connect(partial(self.open_quality, each.revision_id))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        due = row(Chip(due_words(each), "neutral" if each.state == "on_track" else each.state))
        due.setFixedWidth(_DUE_WIDTH)
        state = row(key_chip(each.key, each.words))
        state.setFixedWidth(_STATE_WIDTH)
        button.setFixedWidth(_ACT_WIDTH)
        layout.addWidget(due)
        layout.addLayout(lines, 1)
        layout.addWidget(state)
        layout.addWidget(button)
        return holder

    def open_quality(self, revision_id: UUID) -> QualityDialog:
        """Open the quality assurance of a plan, beside whatever else is open."""
        dialog = quality_dialog(self.desk, revision_id, self)
        dialog.changed.connect(self._changed)
        dialog.open_plan.connect(self.open_plan)
        return dialog

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()


def _act(each: QueueRow) -> str:
    if each.key == "submitted":
        return "Look" if each.is_own else "Check"
    return "Go on" if each.key == "in_qa" and not each.is_own else "Look"


def _told(each: QueueRow) -> str:
    if each.key == "returned":
        by = f", to be mended by {words.day(each.due_on)}" if each.due_on else ""
        return f"Given back on {words.day(each.since)}{by}: {each.said}"
    parts = [f"Version {each.number}", f"signed by {each.signed_by} on {words.day(each.since)}"]
    parts += [back] if (back := came_back(each.resubmissions)) else []
    parts += ["yours, so somebody else checks it"] if each.is_own else []
    return ", ".join(parts)
