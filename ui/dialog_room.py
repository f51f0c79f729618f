"""A dialog is never larger than the screen, so that the buttons at its foot are always in reach."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog

_TITLE_BAR: Final = 40
"""What the system draws above a window, before anybody can know how high it is there."""


class RoomForDialogs(QObject):
    """Install it on the application: a dialog that comes up is cut down to its screen, and scrolls inside."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each dialog as it is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and watched.isWindow():
            room = watched.screen().availableSize()
            watched.resize(
                min(watched.width(), room.width()), min(watched.height(), room.height() - _TITLE_BAR)
            )
        return False
