"""All the keys, on a card that lies over the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget
from shiboken6 import isValid

from ui.parts import Card, Title, icon_button, plain

KEYS: Final = (
    ("Ctrl+K", "Find a child"),
    ("Ctrl+N", "New: child, note, import"),
    ("Ctrl+P", "Preview and print"),
    ("Ctrl+L", "Lock the window"),
    ("Alt+1 … 9, 0", "The screens at the left"),
    ("Alt+Left", "Back"),
    ("Alt+Right", "Next child’s part of a plan"),
    ("Ctrl+Tab", "Next tab"),
    ("Ctrl+Shift+Tab", "Tab before"),
    ("Ctrl+Enter", "Next section of a plan"),
    ("Ctrl+Shift+Enter", "Section before"),
    ("Ctrl+F", "Search the pages of a print"),
    ("F6", "Next part of the screen"),
    ("Shift+F6", "Part before"),
    ("F1", "Help with this screen"),
    ("Ctrl+/", "All keys"),
    ("Esc", "Close what opened last"),
)


class KeysOverlay(Card):
    """A card over the screen; Esc or its button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Keys")
        self.setFixedWidth(560)
        close = icon_button("close", "Close")
        close.clicked.connect(self.close_help)
        head = QHBoxLayout()
        head.addWidget(Title("Keys"), 1)
        head.addWidget(close)
        self.body.addLayout(head)
        self.body.addLayout(_keys_grid())
        self._close = close
        self._came_from: QWidget | None = None
        self.hide()

    def open_keys(self) -> None:
        """Show the keys."""
        self._came_from = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_help(self) -> None:
        """Take the card away and give the keyboard back."""
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def place(self) -> None:
        """Stand in the middle of the window."""
        if (parent := self.parentWidget()) is not None:
            self.adjustSize()
            height = min(self.sizeHint().height(), parent.height() - 32)
            self.setFixedHeight(height)
            self.move((parent.width() - self.width()) // 2, (parent.height() - height) // 2)


def _keys_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    half = (len(KEYS) + 1) // 2
    for number, (key, does) in enumerate(KEYS):
        row, column = number % half, number // half * 2
        label = plain(key)
        label.setProperty("key", "true")
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(plain(does), row, column + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid
