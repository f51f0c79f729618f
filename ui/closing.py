"""Closing a window: first what was typed is saved, then a backup is made, then it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

CLOSE_MS: Final = 10_000
CLOSE_AGAIN_MS: Final = 1000
STAYS_OPEN: Final = (
    "What you typed could not be saved, so the window stays open. Nothing is lost. "
    "Close it again to close without saving."
)
Step = Callable[[Callable[[], None]], None]
"""Does something, then calls what it is given."""


class Closing(QObject):
    """Goes through the steps and closes the window; asked again after a warning, it waits only shortly."""

    given_up = Signal()
    """What was typed could not be saved in time: the window stays open."""

    def __init__(self, window: QWidget, save: Step, back_up: Step) -> None:
        super().__init__(window)
        self._window, self._save, self._back_up = window, save, back_up
        self.may_close = False
        """Whether all is done, and the window may go."""
        self._is_closing = self._was_warned = False
        self._patience = QTimer(self, interval=CLOSE_MS)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._not_saved_in_time)

    def begin(self) -> None:
        """Save, back up and close; nothing if that goes on already."""
        if not self._is_closing:
            self._is_closing = True
            self._patience.start()
            self._save(self._saved)

    def _saved(self) -> None:
        if self._patience.isActive():
            self._patience.stop()
            self._back_up(self._close_soon)
        else:  # after the warning: somebody writes on, and is to be warned again when that cannot be saved
            self._was_warned = False
            self._patience.setInterval(CLOSE_MS)

    def _close_soon(self) -> None:
        QTimer.singleShot(0, self, self._close)  # not within closeEvent: Qt takes no notice of it there

    def _close(self) -> None:
        if self._is_closing:
            self.may_close = True
            self._window.close()

    def _not_saved_in_time(self) -> None:
        if self._was_warned:
            self._close()
            return
        self._is_closing, self._was_warned = False, True
        self._patience.setInterval(CLOSE_AGAIN_MS)
        self.given_up.emit()
