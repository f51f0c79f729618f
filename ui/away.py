"""Says when the user goes away: the computer falls asleep, or its session is locked.

Each system tells it in its own way, some in none: then the clocks show afterwards that the computer slept
(`seconds_asleep`), and the idle minutes lock in any case.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

_CLOCKS: Final = {
    "linux": ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"), "darwin": ("CLOCK_MONOTONIC", "CLOCK_UPTIME_RAW"),
}  # fmt: skip
"""Of each system, the clock that goes on while it sleeps and the one that does not."""
_LOGIND: Final = "org.freedesktop.login1"
_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
# Any: PySide6 6.11 says that it wants bytes here, and takes nothing but the text that SLOT makes.
_BEGINS: Any = SLOT("begins(bool)")
_LOCKS: Any = SLOT("locks()")


def seconds_asleep() -> float:
    """Return how long the computer has slept since it was started; 0 where it does not tell."""
    going, awake = _CLOCKS.get(sys.platform, ("", ""))
    if not (hasattr(time, going) and hasattr(time, awake)):
        return 0.0
    # Two clocks are not read at once: without any sleep the later one is ahead.
    return max(0.0, time.clock_gettime(getattr(time, going)) - time.clock_gettime(getattr(time, awake)))


def session_path(session_id: str) -> str:
    """Return where logind has a session on the bus; every session's place when the id is not known.

    >>> session_path("2"), session_path("c2"), session_path("")
    ('/org/freedesktop/login1/session/_32', '/org/freedesktop/login1/session/c2', '')
    """
    if not session_id:
        return ""
    escaped = "".join(
        letter
        if letter.isascii() and (letter.isalpha() or (letter.isdigit() and at))
        else f"_{ord(letter):02x}"
        for at, letter in enumerate(session_id)
    )
    return f"/org/freedesktop/login1/session/{escaped}"


class AwayWatch(QObject):
    """Emits `away` when the system says so. Where it cannot be asked, nothing happens."""

    away = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        if sys.platform == "linux":
            self._listen()
        elif sys.platform == "win32":
            from ui.away_windows import watch

            self._filter = watch(int(window.winId()), self.away.emit)

    def _listen(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a system without the bus's library
            return
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager, place = f"{_LOGIND}.Manager", "/org/freedesktop/login1"
            system.connect(_LOGIND, place, manager, "PrepareForSleep", self, _BEGINS)
            mine = session_path(os.environ.get("XDG_SESSION_ID", ""))
            system.connect(_LOGIND, mine, f"{_LOGIND}.Session", "Lock", self, _LOCKS)
        if session.isConnected():
            for name, place in _SAVERS:
                session.connect(name, place, name, "ActiveChanged", self, _BEGINS)

    @Slot(bool)
    def begins(self, is_beginning: bool) -> None:
        """Take note that sleep or the screen saver begins, or ends."""
        if is_beginning:
            self.away.emit()

    @Slot()
    def locks(self) -> None:
        """Take note that the session is locked."""
        self.away.emit()
