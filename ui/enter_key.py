"""Enter presses the button that has the focus, as Space does: Qt leaves that to dialogs alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """An event filter for the whole program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a bare Enter on a button into a press."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QPushButton | QToolButton):
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in ENTER or event.isAutoRepeat():
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False  # Ctrl+Enter goes to the next section
        watched.click()
        return True
