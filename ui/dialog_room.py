"""What every dialog has: no more than the screen's room, so that its buttons are in reach; F1 for help."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

_KEY: Final = QKeySequence("F1")
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
            self._offer_help(watched)
        return False

    def _offer_help(self, dialog: QDialog) -> None:
        """Have F1 open the help: the window's own keys do not reach through a dialog over it."""
        keys = dialog.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if not any(each.key() == _KEY for each in keys):
            QShortcut(_KEY, dialog).activated.connect(self._help)

    def _help(self) -> None:
        from ui.help_window import toggle

        shortcut = self.sender()
        if isinstance(dialog := shortcut.parent(), QDialog):
            toggle(dialog)
