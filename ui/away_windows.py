"""Windows tells its windows when the session is locked or the computer falls asleep: this one listens."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

_POWER, _SUSPEND = 0x0218, 4
_SESSION, _LEAVING = 0x02B1, frozenset({2, 4, 6, 7})
"""Disconnected from the console or from afar, logged off, locked."""


def means_away(message: int, what: int) -> bool:
    """Return whether a message of Windows says that the computer falls asleep or the session is left."""
    return (message == _POWER and what == _SUSPEND) or (message == _SESSION and what in _LEAVING)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, away: Callable[[], object]) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Look at each message, and keep none."""
        told = wintypes.MSG.from_address(int(message))
        if means_away(told.message, told.wParam):
            self._away()
        return False, 0


def watch(window: int, away: Callable[[], object]) -> QAbstractNativeEventFilter:
    """Ask to be told, and call `away()` then; return the filter, which lasts as long as it is kept."""
    made = _Filter(away)
    if (app := QCoreApplication.instance()) is not None:
        app.installNativeEventFilter(made)
    library = getattr(ctypes, "windll", None)
    if library is not None:
        library.wtsapi32.WTSRegisterSessionNotification(window, 0)
    return made
