"""F6 goes round the parts of the window: the rail, and what the open screen names as its panes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.reading_order import controls
from ui.trail import Trail

_KEYS: Final = {"F6": 1, "Shift+F6": -1}


class PaneKeys(QObject):
    """A screen names its panes with `panes()`; one with a round of its own takes the keys: `to_pane(by)`."""

    def __init__(self, work: QWidget, rail: QWidget, trail: Trail) -> None:
        super().__init__(work)
        self._work, self._rail, self._trail = work, rail, trail
        for keys, by in _KEYS.items():
            QShortcut(QKeySequence(keys), work, partial(self._step, by))

    def _step(self, by: int) -> None:
        screen = self._trail.current
        go: Callable[[int], bool] | None = getattr(screen, "to_pane", None)
        if screen is None or (go is not None and go(by)):
            return
        ring = [each for each in (self._rail, *panes_of(screen)) if _stops(each)]
        focused = self._work.window().focusWidget()
        here = next((place for place, pane in enumerate(ring) if _holds(pane, focused)), 0)
        self._stop_in(ring[(here + by) % len(ring)]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _stop_in(self, pane: QWidget) -> QWidget:
        """Return where the keyboard was in a pane, at first its first stop; on the rail, the open screen."""
        stops = _stops(pane)
        if pane is not self._rail:
            return last if (last := pane.focusWidget()) in stops else stops[0]
        # Of buttons that exclude each other Qt lets Tab stop at one alone, not always at the chosen one.
        chosen = (
            each for each in pane.findChildren(QAbstractButton) if each.isChecked() and each.isVisible()
        )
        return next(chosen, stops[0])


def panes_of(screen: QWidget | None) -> tuple[QWidget, ...]:
    """Return the panes of a screen in reading order: the whole screen where it names none."""
    if screen is None:
        return ()
    named: Callable[[], tuple[QWidget, ...]] | None = getattr(screen, "panes", None)
    return (screen,) if named is None else named()


def _stops(pane: QWidget) -> list[QWidget]:
    return [each for each in controls(pane) if each.isVisible() and each.isEnabled()]


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
