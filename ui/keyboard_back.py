"""A control that is at rest while its work goes on has the keyboard again when it is done.

Qt hands the keyboard on to the next control as soon as the one that has it is disabled: after «Check the
store» the next Enter would press whatever comes after it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def give_keyboard_back(app: QApplication) -> None:
    """Watch which controls lose the keyboard because they are disabled, in every window."""
    app.focusChanged.connect(_focus_moved)


def _focus_moved(was: QWidget | None, now: QWidget | None) -> None:
    if was is None or now is None or not isValid(was) or was.isEnabled() or not was.isVisible():
        return
    if was.window() is now.window():
        _GoesBack(was, now)


class _GoesBack(QObject):
    """Waits on a disabled control until it is enabled again, or is gone."""

    def __init__(self, control: QWidget, meanwhile: QWidget) -> None:
        super().__init__(control)
        self._meanwhile = meanwhile
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keyboard back, unless somebody went on with it elsewhere."""
        if event.type() == QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.removeEventFilter(self)
            self.deleteLater()
            if QApplication.focusWidget() is self._meanwhile and watched.isVisible():
                watched.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
