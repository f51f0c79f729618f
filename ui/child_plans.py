"""The versions of one kind of plan, newest first: begin, go on with, open, compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import plan_versions, words
from caseapp.forms import FORMS
from caseapp.plan_versions import VersionRow
from ui.child_overview import version_chip
from ui.parts import Card, EmptyState, LinkButton, Muted, Rule, Section, primary
from ui.record_page import RecordPage
from ui.record_parts import ElidedLink, clear

if TYPE_CHECKING:
    from ui.desk import Desk

_WORDS = {
    "star": (
        "star",
        "reading",
        "Take the first reading",
        "New reading",
        "A reading gives each area of life a number. Later readings are drawn over the first.",
    ),
    "pep": (
        "education",
        "Personal Education Plan",
        "Start the first PEP",
        "Start this term’s PEP",
        "A looked-after child has a PEP from age 3, begun within 10 working days and reviewed each term.",
    ),
    "pathway-plan": (
        "pathway",
        "Pathway Plan",
        "Start the pathway plan",
        "Start review",
        "A pathway plan says who helps a young person to live on their own, and how.",
    ),
}
"""By kind: icon, name inside a sentence, how it begins, how it goes on, and what it is for."""


class PlansPage(RecordPage):
    """One kind of plan in one record."""

    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    compare = Signal(UUID, str)

    def __init__(
        self, desk: Desk, child_id: UUID, kind: str, may_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, child_id, parent)
        self.kind = kind
        self._may_write = may_write
        self.setAccessibleName(FORMS[kind].title)
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the versions anew."""
        child_id, kind = self.child_id, self.kind
        self.ask(
            "Reading the plans …",
            lambda session: plan_versions.versions(session, child_id, kind),
            self.show_versions,
        )

    def show_versions(self, rows: Sequence[VersionRow]) -> None:
        """Show the versions."""
        clear(self._content)
        if not rows:
            self._content.addWidget(self.empty())
            return
        self._content.addLayout(self.heading(rows))
        for widget in self.above(rows):
            self._content.addWidget(widget)
        self._content.addWidget(self._versions_card(rows))

    def above(self, _rows: Sequence[VersionRow]) -> list[QWidget]:
        """Return what stands above the versions."""
        return []

    def heading(self, rows: Sequence[VersionRow]) -> QHBoxLayout:
        """Return the title with what can be begun or compared."""
        draft = next((row for row in rows if _is_open(row)), None)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Section(FORMS[self.kind].title), 1)
        if sum(1 for row in rows if row.signed_at) > 1 or len(rows) > 1:
            other = QPushButton("Compare versions")
            other.setAccessibleName("Compare versions")
            other.clicked.connect(partial(self.compare.emit, self.child_id, self.kind))
            line.addWidget(other)
        if self._may_write:
            begin = _WORDS[self.kind][3 if rows else 2]
            button = primary("Continue the draft" if draft else begin)
            if draft:
                button.clicked.connect(partial(self.open_plan.emit, draft.revision_id))
            else:
                button.clicked.connect(partial(self.start_plan.emit, self.child_id, self.kind))
            line.addWidget(button)
        return line

    def empty(self) -> QWidget:
        """Return what stands there while there is no version."""
        icon, name, begin, _, purpose = _WORDS[self.kind]
        empty = EmptyState(icon, f"No {name} yet", purpose, begin if self._may_write else "")
        empty.acted.connect(partial(self.start_plan.emit, self.child_id, self.kind))
        return empty

    def _versions_card(self, rows: Sequence[VersionRow]) -> QWidget:
        return versions_card("Versions", rows, self._may_write, self.open_plan.emit)


def _is_open(row: VersionRow) -> bool:
    return not row.signed_at and not (row.pep and row.pep.key == "cancelled")


def versions_card(
    title: str,
    rows: Sequence[VersionRow],
    may_write: bool,
    open_plan: Callable[[UUID], object],
    action: QWidget | None = None,
) -> Card:
    """Return a card of versions in the order given, each of which opens."""
    card = Card(title, action)
    replaced = {(row.kind, row.replaces) for row in rows if row.replaces and row.signed_at}
    for place, row in enumerate(rows):
        if place:
            card.body.addWidget(Rule())
        is_replaced = (row.kind, row.number) in replaced
        card.body.addWidget(_version_row(row, is_replaced, may_write, open_plan))
    return card


def _version_row(
    row: VersionRow, is_replaced: bool, may_write: bool, open_plan: Callable[[UUID], object]
) -> QWidget:
    link = ElidedLink(row.title)
    link.clicked.connect(partial(open_plan, row.revision_id))
    lines = QVBoxLayout()
    lines.setSpacing(2)
    lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    lines.addWidget(Muted(version_words(row, is_replaced)))
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.setSpacing(16)
    layout.addLayout(lines, 1)
    layout.addWidget(version_chip(row))
    open_button = LinkButton("Continue" if _is_open(row) and may_write else "Open")
    open_button.setAccessibleName(f"{open_button.text()}: {row.title}, version {row.number}")
    open_button.clicked.connect(partial(open_plan, row.revision_id))
    layout.addWidget(open_button)
    return holder


def version_words(row: VersionRow, is_replaced: bool = False) -> str:
    """Return what is to be known of a version in a line."""
    parts = [f"Version {row.number}"]
    if row.signed_at:
        parts.append(f"signed by {row.signed_by} on {words.day(words.london_day(row.signed_at))}")
    elif _is_open(row):
        parts.append(f"draft, {row.sections_done} of {words.count(row.sections_asked, 'section')} done")
    if row.replaces:
        because = f": {row.reason}" if row.reason else ""
        parts.append(f"replaces version {row.replaces}{because}")
    if is_replaced:
        parts.append("corrected by a later version")
    return ", ".join(parts)
