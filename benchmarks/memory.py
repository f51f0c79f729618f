"""How much memory the window holds at rest, and with the largest record open, beside a bare Qt window.

As a script it is a process of its own: `python -m benchmarks.memory rest|largest|bare FOLDER` says MB.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.timing import Row, row, said_ms

if TYPE_CHECKING:
    from ui.window import MainWindow

REST, LARGEST = 5.0, 6.0
"""How many bare windows the program may weigh."""
USER, PASSWORD, CHILD = "sam", "violation-popper-evoke-scorer", "Amelia Kowalska"
_SETTLE_SECONDS = 3.0
_CHILDREN = 12


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the lines of memory; the demo has to be made for them."""
    if quick:
        return
    with TemporaryDirectory() as folder:
        _make_demo(Path(folder))
        bare = said_ms("memory", 1, "bare", folder)
        yield row(
            "memory on Today, MB / a bare Qt window", said_ms("memory", 1, "rest", folder), bare, ratio=REST
        )
        largest = said_ms("memory", 1, "largest", folder)
        yield row("memory with the largest record open, MB / a bare Qt window", largest, bare, ratio=LARGEST)


def _make_demo(folder: Path) -> None:
    from datetime import date

    from caseapp import demo

    demo.make_demo(folder, children=_CHILDREN, as_of=date(2026, 11, 23))


def _megabytes() -> float:
    """Return the memory of this process that no other shares."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell.")


def _said() -> None:
    print(_megabytes(), flush=True)
    os._exit(0)


def bare(_folder: Path) -> None:
    """Show a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    _said()


def rest(folder: Path) -> None:
    """Show Today."""
    _window(folder)
    _said()


def largest(folder: Path) -> None:
    """Go through every tab of the largest record."""
    from caseapp import children

    window = _window(folder)
    with window._desk.signed_in.store.session(window._desk.actor) as session:
        child_id = children.one(session, CHILD).id
    window.ways.open_child(child_id)
    _settle()
    _said()


def _window(folder: Path) -> MainWindow:
    from PySide6.QtWidgets import QApplication

    from caseapp import accounts
    from caseapp.__main__ import collect_garbage_seldom
    from ui import theme
    from ui.desk import Desk
    from ui.window import MainWindow

    collect_garbage_seldom()  # as the program does
    app = QApplication(["caseapp", *theme.ARGUMENTS])
    theme.load_fonts()
    theme.apply(app, "light")
    store = next(folder.glob("*.caseapp"))
    signed_in = accounts.sign_in(store, USER, PASSWORD, window=True)
    window = MainWindow(Desk(signed_in.store, signed_in.actor, signed_in), store.name)
    window.resize(1366, 768)
    window.show()
    _settle()
    return window


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < end:
        QApplication.processEvents()


if __name__ == "__main__":
    {"bare": bare, "rest": rest, "largest": largest}[sys.argv[1]](Path(sys.argv[2]))
