"""The line below the questions of a section: back, on, and a way to what stands beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.record_parts import FilterChip


class Feet(QWidget):
    """Back, the button that swaps the sections for what was written last time, and on."""

    back_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back, self._next = QPushButton("Back"), QPushButton()
        self._back.setAccessibleName("Back to the section before")
        self._back.setToolTip("Back to the section before (Ctrl+Shift+Enter)")
        self._back.clicked.connect(self.back_asked)
        self._next.clicked.connect(self.next_asked)
        self.swap = FilterChip("Last time")
        self.swap.setToolTip("Show what was written last time in place of the sections")
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 4, 22, 14)
        row.addWidget(self._back)
        row.addWidget(self.swap)
        row.addStretch(1)
        row.addWidget(self._next)
        self.set_ways(has_back=False, has_next=False)

    def set_ways(self, *, has_back: bool, has_next: bool, next_words: str = "Next section") -> None:
        """Say where it goes on to, and whether there is anything before and after."""
        self._back.setEnabled(has_back)
        self._next.setEnabled(has_next)
        self._next.setText(f"{next_words}   Ctrl+Enter")
        self._next.setAccessibleName(next_words)
