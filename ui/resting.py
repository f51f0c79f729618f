"""A part that takes no key while what was typed in it is recorded."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Rest(QObject):
    """Puts a part to rest: nothing is sent twice, and nothing is typed that would be in no save.

    The keyboard comes back to its place, unless somebody has put it elsewhere meanwhile.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        self._place: QWidget | None = None
        self._meanwhile: QWidget | None = None

    def keep(self, is_resting: bool) -> None:
        """Begin the rest, or end it."""
        focused = QApplication.focusWidget()
        if is_resting:
            self._place = focused if focused and self._part.isAncestorOf(focused) else None
            self._part.setEnabled(False)
            self._meanwhile = QApplication.focusWidget()
            return
        self._part.setEnabled(True)
        place, self._place = self._place, None
        if place is not None and isValid(place) and focused in (None, self._meanwhile):
            place.setFocus()
