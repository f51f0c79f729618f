"""The top of a record: who it is, what is known at a glance, and what is due next."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.overview import ChildHead
from ui.editor import Flow
from ui.parts import Avatar, Chip, ElidedLabel, LinkButton, chip_size, initials
from ui.record_parts import STATUS_MEANINGS, clear, row, short_day, state_meaning

_THEN: Final = 3
_WIDEST: Final = 380
_AGE_ROOM: Final = 240
_LETTERS: Final = 50
"""Letters that the line of later dates takes at most."""


class RecordHead(QWidget):
    """Name, age and numbers; chips for status and alerts; the next dates at the right."""

    edit_asked = Signal()
    print_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar("", 52)
        self._name = ElidedLabel("")
        self._name.setProperty("role", "title")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._line = ElidedLabel("")
        self._line.setMinimumWidth(_AGE_ROOM)
        self._line.setProperty("role", "muted")
        self._edit = LinkButton("Edit details")
        self._edit.clicked.connect(self.edit_asked)
        self._print = LinkButton("Print record")
        self._print.clicked.connect(self.print_asked)
        self._links = row(self._edit, self._print, spacing=16)
        self._links.setContentsMargins(8, 0, 0, 0)
        self._links.setFixedHeight(chip_size("").height())
        self._chips: list[Chip] = []
        self._chip_row = QWidget()
        self._flow = Flow(self._chip_row, gap=8, line_gap=4)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._next = QVBoxLayout()
        self._next.setSpacing(4)
        self._place_all()

    def _place_all(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._name)
        first.addWidget(self._line, 1)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addLayout(first)
        middle.addWidget(self._chip_row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 6)
        layout.setSpacing(16)
        layout.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(middle, 1)
        layout.addLayout(self._next)

    def show_head(self, head: ChildHead, dues: list[Due], may_print: bool) -> None:
        """Show a child."""
        self._print.setVisible(may_print)
        self._avatar.set_initials(initials(head.name))
        self._name.setText(head.name)
        self._line.setText(about(head))
        self._edit.setVisible(head.may_write)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._flow.removeWidget(self._links)
        self._chips = [Chip(text, meaning) for text, meaning in chips(head)]
        for widget in (*self._chips, self._links):
            self._flow.addWidget(widget)
        self._show_next(dues)

    def _show_next(self, dues: list[Due]) -> None:
        clear(self._next)
        right = Qt.AlignmentFlag.AlignRight
        if not dues:
            self._next.addWidget(Chip("Nothing is due", "neutral"), 0, right)
        for due in dues[:1]:
            chip = Chip(f"{due.what}: {due.words}", state_meaning(due.state))
            chip.setMaximumWidth(_WIDEST)
            chip.setMinimumWidth(min(chip.sizeHint().width(), _WIDEST))
            chip.setToolTip(due.why)
            self._next.addWidget(chip, 0, right)
        if later := then_words(dues[1:]):
            line = ElidedLabel(later)
            line.setProperty("role", "muted")
            line.setMaximumWidth(_WIDEST)
            line.setToolTip(
                "\n".join(f"{due.what}: {due.words}, {words.day(due.due_on)}" for due in dues[1:])
            )
            self._next.addWidget(line, 0, right)
        self._next.addStretch(1)


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
