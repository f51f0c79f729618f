"""A control that is at rest while its work goes on has the keyboard again when it is done.

Qt hands the keyboard on to the next control as soon as the one that has it is disabled: after «Check the
store» the next Enter would press whatever comes after it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_USES: Final = (QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress)


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
        self._control, self._meanwhile = control, meanwhile
        for each in (control, meanwhile):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keyboard back, unless somebody went on with it where it came to, or elsewhere."""
        if watched is self._meanwhile and event.type() in _USES:
            self._end()
        elif event.type() == QEvent.Type.EnabledChange and self._control.isEnabled():
            self._end()
            if QApplication.focusWidget() is self._meanwhile and self._control.isVisible():
                self._control.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _end(self) -> None:
        for each in filter(isValid, (self._control, self._meanwhile)):
            each.removeEventFilter(self)
        self.deleteLater()
