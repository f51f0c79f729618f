"""The top of a record: who it is, what is known at a glance, and what is due next."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.overview import ChildHead
from ui.editor import Flow
from ui.parts import Avatar, Chip, ElidedLabel, initials
from ui.record_parts import STATUS_MEANINGS, clear, short_day, state_meaning
from ui.why import why_button

_THEN: Final = 3
_WIDEST: Final = 440
_AGE_ROOM: Final = 240
_LETTERS: Final = 62
"""Letters that the line of later dates takes at most."""


class RecordHead(QWidget):
    """Name, age and numbers; chips for status and alerts; the next dates at the right of both lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 52)
        self._name = ElidedLabel("")
        self._name.setProperty("role", "title")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._line = ElidedLabel("")
        self._line.setMinimumWidth(_AGE_ROOM)
        self._line.setProperty("role", "muted")
        self._due = Chip("")
        self._why = QHBoxLayout()
        self._later = _Later()
        self._chips: list[Chip] = []
        self._chip_row = QWidget()
        self._flow = Flow(self._chip_row, gap=8, line_gap=4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._place_all()

    def _place_all(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name)
        first.addWidget(self._line, 1)
        first.addWidget(self._due)
        first.addLayout(self._why)
        second = QHBoxLayout()
        second.setSpacing(16)
        second.addWidget(self._chip_row, 1)
        second.addWidget(self._later, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addLayout(first)
        lines.addLayout(second)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 6)
        layout.setSpacing(16)
        layout.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)

    def show_head(self, head: ChildHead, dues: list[Due]) -> None:
        """Show a child, and what is due for them, the earliest first."""
        self._avatar.set_initials(initials(head.name))
        self._name.setText(head.name)
        self._line.setText(about(head))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [Chip(text, meaning) for text, meaning in chips(head)]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._show_next(dues)

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
