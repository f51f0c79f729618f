"""The way through the screens: the open one, those to go back to, saving what is typed on leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

FLUSH_MS: Final = 1500
MOST_BACK: Final = 12


class Trail(QObject):
    """The open screen is the last one. Each has a name, and the rail’s entry that it belongs to."""

    entered = Signal(QWidget)
    """A new screen is about to be shown."""
    arrived = Signal()
    """Another screen is open."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._screens: list[QWidget] = []
        self._departures = count(1)
        self._leaving = 0

    @property
    def current(self) -> QWidget | None:
        """Return the open screen."""
        return self._screens[-1] if self._screens else None

    @property
    def name(self) -> str:
        """Return the name of the open screen."""
        return str(self._screens[-1].property("screen")) if self._screens else ""

    @property
    def entry(self) -> str:
        """Return the rail's entry that the open screen belongs to."""
        return str(self._screens[-1].property("entry")) if self._screens else ""

    @property
    def leads_back(self) -> bool:
        """Return whether there is a screen to go back to."""
        return len(self._screens) > 1

    def go(
        self,
        make: Callable[[], QWidget],
        name: str,
        entry: str,
        after: Callable[[QWidget], object] | None = None,
    ) -> None:
        """Leave the open screen and open another one; `after(screen)` puts the cursor where it belongs."""
        self._leave(partial(self._enter, make, name, entry, after or focus_first))

    def swap(self, make: Callable[[], QWidget], name: str, entry: str) -> None:
        """Put another screen in place of the open one: the way back stays as it is."""
        self._leave(partial(self._swap, make, name, entry))

    def back(self) -> None:
        """Go back to the screen before, read anew."""
        if self.leads_back:
            self._leave(self._step_back)

    def flush(self, then: Callable[[], object]) -> None:
        """Have the open screen save what is typed, then call `then()`."""
        _flush(self.current, then)

    def retry(self) -> None:
        """Have the open screen try again what could not be saved."""
        ask(self.current, "retry")

    def _leave(self, then: Callable[[], object]) -> None:
        """Go on once it is saved, or a moment later: the screen that is left goes on saving unseen."""
        if self._leaving:
            return
        self._leaving = next(self._departures)
        go_on = partial(self._left, self._leaving, then)
        QTimer.singleShot(FLUSH_MS, self, go_on)
        self.flush(go_on)

    def _left(self, departure: int, then: Callable[[], object]) -> None:
        if departure == self._leaving:
            self._leaving = 0
            then()

    def _enter(
        self, make: Callable[[], QWidget], name: str, entry: str, after: Callable[[QWidget], object]
    ) -> None:
        screen = make()
        screen.setProperty("screen", name)
        screen.setProperty("entry", entry)
        self.entered.emit(screen)
        self._stack.addWidget(screen)
        self._screens.append(screen)
        self._arrive(screen)
        if len(self._screens) > MOST_BACK:
            self._let_go(self._screens.pop(0))
        after(screen)

    def _swap(self, make: Callable[[], QWidget], name: str, entry: str) -> None:
        left = self._screens.pop()
        self._enter(make, name, entry, focus_first)
        self._let_go(left)

    def _step_back(self) -> None:
        left = self._screens.pop()
        screen = self._screens[-1]
        self._arrive(screen)
        self._let_go(left)
        ask(screen, "refresh")
        focus_first(screen)

    def _arrive(self, screen: QWidget) -> None:
        self._stack.setCurrentWidget(screen)
        self.arrived.emit()

    def _let_go(self, screen: QWidget) -> None:
        """Close a screen for good once its typing is saved; until then it waits, unseen."""
        _flush(screen, partial(_close, self._stack, screen))


def ask(screen: QWidget | None, what: str) -> bool:
    """Have a screen do something if it can; return whether it can."""
    act: Callable[[], object] | None = getattr(screen, what, None)
    if act is not None:
        act()
    return act is not None


def focus_first(screen: QWidget) -> None:
    """Put the cursor where work on a screen begins."""
    if not ask(screen, "focus_first"):
        screen.setFocus()


def _flush(screen: QWidget | None, then: Callable[[], object]) -> None:
    flush: Callable[[Callable[[], object]], object] | None = getattr(screen, "flush", None)
    if flush is None:
        then()
    else:
        flush(then)


def _close(stack: QStackedWidget, screen: QWidget) -> None:
    stack.removeWidget(screen)
    screen.deleteLater()
