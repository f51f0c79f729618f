"""A process to be timed from outside: a bare Qt window, or our window to sign in, until it is painted."""

from __future__ import annotations

import os
import sys


def bare() -> None:
    """Show a window with nothing in it; say so once it is painted."""
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: object) -> None:
            _painted()

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def sign_in() -> None:
    """Start the program as people do, without a store; say so once the window to sign in is painted."""
    from ui import app

    shown = app.Program.show_sign_in

    def show_watched(self: app.Program, *typed: object) -> None:
        from PySide6.QtCore import QEvent, QObject

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    _painted()
                return False

        shown(self, *typed)  # type: ignore[arg-type]
        if self.window is not None:
            self.window.installEventFilter(Watch(self))

    app.Program.show_sign_in = show_watched  # type: ignore[method-assign]
    app.main(None)


def _painted() -> None:
    print("PAINTED", flush=True)
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "sign-in": sign_in}[sys.argv[1]]()
