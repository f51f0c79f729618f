"""The top of a record: who it is, what is known at a glance, and what is due next."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.overview import ChildHead
from ui.editor import Flow
from ui.parts import Avatar, Chip, ElidedLabel, Muted, Title, initials
from ui.record_parts import STATUS_MEANINGS, clear, short_day, state_meaning
from ui.why import why_button

_THEN: Final = 3
_WIDEST: Final = 440
_LETTERS: Final = 62
"""Letters that the line of later dates takes at most."""
_GAP: Final = 12
_LEAST: Final = 560


class RecordHead(QWidget):
    """Name, age and numbers; chips for status and alerts; the next dates at the right of both lines.

    Where all that does not fit beside each other, age and numbers get a line of their own: who it is, is
    never shortened.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 52)
        self._name = Title()
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._about = Muted()
        self._due = Chip("")
        self._why_holder = QWidget()
        self._why = QHBoxLayout(self._why_holder)
        self._why.setContentsMargins(0, 0, 0, 0)
        self._later = _Later()
        self._chips: list[Chip] = []
        self._chip_row = QWidget()
        self._flow = Flow(self._chip_row, gap=8, line_gap=4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._is_narrow: bool | None = None
        self._place_all()

    def _place_all(self) -> None:
        self._lines = [QHBoxLayout() for _ in range(3)]
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for line, gap in zip(self._lines, (_GAP, 16, 16), strict=True):
            line.setSpacing(gap)
            lines.addLayout(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 6)
        layout.setSpacing(16)
        layout.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        self._arrange(is_narrow=False)

    def _arrange(self, *, is_narrow: bool) -> None:
        """Put age and numbers beside the name, or below it, where the name may take several lines."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for line in self._lines:
            while line.count():
                line.takeAt(0)
        first, second, third = self._lines
        top = Qt.AlignmentFlag.AlignTop
        self._name.setWordWrap(is_narrow)
        self._about.setWordWrap(is_narrow)
        first.addWidget(self._name, 1 if is_narrow else 0)
        if is_narrow:
            second.addWidget(self._about, 1, top)
            second.addWidget(self._later, 0, top)
            third.addWidget(self._chip_row, 1)
        else:
            first.addWidget(self._about, 1)
            second.addWidget(self._chip_row, 1)
            second.addWidget(self._later, 0, top)
        first.addWidget(self._due)
        first.addWidget(self._why_holder)

    def minimumSizeHint(self) -> QSize:
        """Return the room for a head in which age and numbers stand below the name."""
        return QSize(min(super().minimumSizeHint().width(), _LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put age and numbers where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose the lines for the width there is, by what the words take in a single line each."""
        parts = [_line_width(self._name), _line_width(self._about), self._due.minimumWidth()]
        if self._why.count():
            parts.append(self._why_holder.sizeHint().width())
        taken = sum(parts) + _GAP * (len(parts) - 1) + self._avatar.width() + 16 + 2 * 24
        self._arrange(is_narrow=taken > self.width())
        # Of the two on the second line, what is due later gives way: it stands in full behind the button.
        room = self.width() * 2 // 3 if self._is_narrow else 0
        self._about.setMinimumWidth(min(_line_width(self._about), room))

    def show_head(self, head: ChildHead, dues: list[Due]) -> None:
        """Show a child, and what is due for them, the earliest first."""
        self._avatar.set_initials(initials(head.name))
        self._name.setText(head.name)
        self._about.setText(about(head))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [Chip(text, meaning) for text, meaning in chips(head)]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._show_next(dues)
        self._fit()

    def _show_next(self, dues: list[Due]) -> None:
        clear(self._why)
        if dues:
            self._due.set_chip(f"{dues[0].what}: {dues[0].words}", state_meaning(dues[0].state))
            self._due.setToolTip(dues[0].why)
            self._why.addWidget(why_button(*dues))
        else:
            self._due.set_chip("Nothing is due", "neutral")
        self._due.setMinimumWidth(min(self._due.sizeHint().width(), _WIDEST))
        self._later.show_dues(dues[1:])


def _line_width(label: QLabel) -> int:
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(label.text()) + 2


class _Later(ElidedLabel):
    """The dates after the next one in a line; all of them stand in the tooltip."""

    role = "muted"
    _all = ""

    def show_dues(self, dues: list[Due]) -> None:
        self._all = "\n".join(f"{due.what}: {due.words}, {words.day(due.due_on)}" for due in dues)
        self.setText(then_words(dues))
        self.setMaximumWidth(_WIDEST)
        self.setToolTip(self._all)
        self.setAccessibleDescription(self._all)
        self.setVisible(bool(dues))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self._all)


def then_words(dues: list[Due]) -> str:
    """Return what comes after the next date, the first three of it: then visit 04/12, dental check 14/01."""
    told: list[str] = []
    for due in dues[:_THEN]:
        words_of_it = f"{in_a_sentence(due.what)} {short_day(due.due_on)}"
        if told and len(", ".join((*told, words_of_it))) > _LETTERS:
            break
        told.append(words_of_it)
    more = f" and {len(dues) - len(told)} more" if len(dues) > len(told) else ""
    return f"then {', '.join(told)}{more}" if told else ""


def in_a_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: PEP stays, Visit becomes visit."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def about(head: ChildHead) -> str:
    """Return age, date of birth and numbers in a line."""
    if head.born_on:
        born = f"{head.age}, born {words.day(head.born_on)}"
    else:
        born = f"not born yet, due {words.day(head.due_on)}" if head.due_on else "date of birth not known"
    parts = [head.pronouns, born, f"ref {head.ref}", f"NHS {head.nhs_number}" if head.nhs_number else ""]
    return "  ·  ".join(part for part in parts if part)


def chips(head: ChildHead) -> list[tuple[str, str]]:
    """Return the chips of a record as (words, meaning): status, legal status, SEN, each alert."""
    found = [(head.status, STATUS_MEANINGS.get(head.status, "neutral"))]
    if head.legal_status:
        section = re.search(r"section \d+\w*", head.legal_status)
        legal = section.group() if section else head.legal_status[:1].lower() + head.legal_status[1:]
        found = [(f"{head.status}, {legal}", "looked_after")]
    if head.sen:
        found.append((head.sen, "sen"))
    alerts = (each.strip() for each in re.split(r"[;\n]", head.alerts))
    return found + [(each, "alert") for each in alerts if each]
