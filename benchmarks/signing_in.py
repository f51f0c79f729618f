"""A process of its own: from the password to Today, and the part of it that nobody can avoid.

Nothing is loaded while the person types here: the whole has to be honest for those who paste and press Enter.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

NAME, PASSWORD = "bench", "gravel-otter-window-nine"


def whole(store: Path) -> None:
    """Type the password into the window to sign in, press Enter, wait for Today; say the milliseconds."""
    from ui import app, theme

    qt = QApplication(["caseapp", *theme.ARGUMENTS])
    theme.load_fonts()
    theme.apply(qt, "light")
    app.Program._stands = _nothing  # type: ignore[assignment,method-assign]
    program = app.Program(qt)
    program.show_sign_in(store, NAME)
    card = program.window.card  # type: ignore[union-attr]
    card.password.set_text(PASSWORD)
    qt.processEvents()
    begun = time.perf_counter()
    card.go_button.click()
    while not _shows_today(program):
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # a loop that spins slows the key
    _say(begun)


def _nothing(_program: object) -> None:
    """Load nothing ahead."""


def _shows_today(program: object) -> bool:
    main = getattr(program, "_main", None)
    today = main.trail.current if main is not None else None
    return main is not None and today is not None and main.isVisible() and not today.is_asking


def floor(store: Path) -> None:
    """Load what the window is made of, derive the key, open the store; say the milliseconds."""
    QApplication([])
    begun = time.perf_counter()
    from caseapp import accounts
    from ui import screens, today, window  # noqa: F401  # loading is the point

    accounts.sign_in(store, NAME, PASSWORD, window=True)
    _say(begun)


def _say(begun: float) -> None:
    import os

    print(1000 * (time.perf_counter() - begun), flush=True)
    os._exit(0)


if __name__ == "__main__":
    {"whole": whole, "floor": floor}[sys.argv[1]](Path(sys.argv[2]))
