"""A process to be timed from outside: a bare Qt window, or our window to sign in, until it is painted."""

from __future__ import annotations

import gc
import os
import sys


def bare() -> None:
    """Show a window with nothing in it; say so once it is painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: object) -> None:
            QTimer.singleShot(0, self, _painted)

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def sign_in() -> None:
    """Start the program as people do, without a store; say so once the window to sign in is painted."""
    from caseapp import __main__ as start
    from caseapp.hardening import harden

    harden()
    gc.disable()  # as `open_window` does first, which would come too late here
    from ui import app

    app.complete = _stands  # type: ignore[assignment]  # what the program does next
    start.open_window(None)


def _stands(_app: object) -> None:
    _painted()


def _painted() -> None:
    print("PAINTED", flush=True)
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "sign-in": sign_in}[sys.argv[1]]()
