"""Garbage is collected between events, on the window's own thread.

Left to itself Python collects wherever memory is asked for: while a part is being painted, or on a thread
of the desk. Where a ring of Qt's parts goes just then, Qt may be using one of them, and the program ends at
once.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 1000


class Collecting(QObject):
    """Looks once a second whether enough is new, by Python's own thresholds, and collects it then."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()


def collect_what_is_due() -> None:
    """Collect the oldest generation of objects whose time has come, and with it the younger ones."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counted) if count > most]
    if due:
        gc.collect(due[-1])
