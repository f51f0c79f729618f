"""Esc within a part of a screen is that part's own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class EscapeKey(QObject):
    """Claims Esc before the window's own key: two shortcuts for one key would both stay without effect."""

    def __init__(self, part: QWidget, act: Callable[[], object]) -> None:
        super().__init__(part)
        self._act = act
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on Esc wherever in the part the keyboard is."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._act()
            return True
        return False
