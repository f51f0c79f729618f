"""What the keyboard comes to is scrolled into sight, from outside what scrolls too: Qt leaves that out."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_MARGIN: Final = 16
"""Pixels above and below the control."""


def watch_focus(app: QApplication) -> None:
    """Keep the control that has the keyboard in sight, in every window."""
    app.focusChanged.connect(_focus_moved)


def _focus_moved(_was: QWidget | None, now: QWidget | None) -> None:
    # Under the mouse nothing moves: the button pressed would not be there when it is let go.
    if now is not None and not QApplication.mouseButtons():
        QTimer.singleShot(0, now, partial(_bring_in_sight, now))  # new controls are laid out by then


def _bring_in_sight(control: QWidget) -> None:
    if not control.hasFocus():
        return
    around = control.parentWidget()
    while around is not None and not around.isWindow():
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(control, 0, _MARGIN)
        around = around.parentWidget()
