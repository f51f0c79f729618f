"""What screens share that ask the store: work is seen to go on, and what went wrong is said in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp.work import Problem
from ui.parts import Banner, BusyBar

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

R = TypeVar("R")


class Asking(QWidget):
    """A part of the window with a busy bar and a banner of its own; it places them where it likes."""

    settled = Signal()
    """What was asked for has arrived and is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.busy = BusyBar()
        self.banner = Banner("", "alert")
        self.banner.hide()
        self._under_way = 0

    def ask(
        self,
        words: str,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
    ) -> None:
        """Call `work(session)` in the background, then `then(result)`; a problem goes to the banner."""
        self._begin(words)
        self.desk.run(self, work, partial(self._answered, then), partial(self._refused, failed))

    def save(
        self,
        words: str,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        purpose: str = "",
    ) -> None:
        """Do the same after every save that was asked for before."""
        self._begin(words)
        answered, refused = partial(self._answered, then), partial(self._refused, failed)
        self.desk.record(self, work, answered, refused, purpose=purpose)

    @property
    def is_asking(self) -> bool:
        """Return whether an answer is still to come."""
        return self._under_way > 0

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.banner.set_banner(problem.words, "alert")
        self.banner.show()

    def _begin(self, words: str) -> None:
        self._under_way += 1
        self.banner.hide()
        self.busy.begin(words, may_cancel=False)

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.busy.end()

    def _answered(self, then: Callable[[R], object], result: R) -> None:
        self._end()
        then(result)
        self.settled.emit()

    def _refused(self, failed: Callable[[Problem], object] | None, problem: Problem) -> None:
        self._end()
        (failed or self.show_problem)(problem)
