"""Work in threads: a screen hands in what to do, and gets the answer on its own thread, if still there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from caseapp.work import Problem
from ui import faults

R = TypeVar("R")
Progress = Callable[[int, int], None]
TELL_SECONDS = 0.05
SIDE_BY_SIDE = 4  # with the lane of saves and the journal, as many as the store lends connections


class Cancelled(Problem):
    """The user stopped a long job."""

    def __init__(self) -> None:
        super().__init__("You stopped it. Nothing was changed.")


class Ticket:
    """A long job under way."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Return whether somebody asked the job to stop."""
        return self._stop.is_set()


class Telling:
    """Passes on what a job reports, a few times a second; raises Cancelled when it was stopped."""

    def __init__(self, ticket: Ticket, pass_on: Progress) -> None:
        self._ticket, self._pass_on, self._told_at = ticket, pass_on, 0.0

    def __call__(self, done: int, total: int) -> None:
        """Take a report: so much done of so much."""
        if self._ticket.is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if done == total or now - self._told_at > TELL_SECONDS:
            self._told_at = now
            self._pass_on(done, total)


@dataclass(frozen=True)
class Errand:
    """What a screen asked for, and whom it asked to be told."""

    number: int
    screen: QObject
    work: Callable[[], Any]
    then: Callable[[Any], object]
    failed: Callable[[Problem], object]
    progress: Progress | None = None


class Background(QObject):
    """Runs work in threads. It outlives every screen, and lets screens go on the GUI thread only."""

    problem = Signal(object)
    """A Problem that no screen wanted for itself."""
    busy = Signal(bool)
    """True when work begins, False when all of it has ended."""
    _settled = Signal(int, object, object)
    _progressed = Signal(int, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_finished = False
        self._tickets = count(1)
        self._errands: dict[int, Errand] = {}
        self._pool = ThreadPoolExecutor(SIDE_BY_SIDE, "work")
        self._lane = ThreadPoolExecutor(1, "saves")
        self._journal = ThreadPoolExecutor(1, "journal")  # its own: a slow save must not cost typing
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._progress, Qt.ConnectionType.QueuedConnection)

    def run_outside(
        self,
        screen: QObject,
        work: Callable[[], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
    ) -> None:
        """Call `work()`, which opens what it needs itself, in a thread; then `then(result)` here."""
        errand = Errand(next(self._tickets), screen, work, then, failed or self.problem.emit)
        self._begin(self._pool, errand)

    @property
    def is_busy(self) -> bool:
        """Return whether work is under way."""
        return bool(self._errands)

    def finish(self) -> None:
        """Wait for everything that was begun, and begin nothing more: a late timer asks in vain."""
        self._is_finished = True
        self._lane.shutdown(wait=True)
        self._journal.shutdown(wait=True)
        self._pool.shutdown(wait=True)

    def _begin(self, threads: ThreadPoolExecutor, errand: Errand) -> None:
        if self._is_finished:
            return
        ticket = errand.number
        self._errands[ticket] = errand
        if len(self._errands) == 1:
            self.busy.emit(True)
        threads.submit(self._do, ticket)

    def _do(self, ticket: int) -> None:
        self._settled.emit(ticket, *self._attempt(self._errands[ticket].work))

    def _attempt(self, work: Callable[[], Any]) -> tuple[Any, Problem | None]:
        try:
            return work(), None
        except Problem as problem:
            problem.__cause__ = problem.__context__ = None
            return None, problem.with_traceback(None)  # its frames would keep the screen's closures alive
        except Exception as error:  # noqa: BLE001  # the one place where a fault of ours becomes words
            return None, faults.report(error)

    def _settle(self, ticket: int, result: Any, problem: Problem | None) -> None:
        errand = self._errands.pop(ticket)
        if not self._errands:
            self.busy.emit(False)
        if isValid(errand.screen):
            self._deliver(errand, result, problem)

    def _deliver(self, errand: Errand, result: Any, problem: Problem | None) -> None:
        if problem is None:
            errand.then(result)
        else:
            errand.failed(problem)

    def _progress(self, ticket: int, done: int, total: int) -> None:
        errand = self._errands.get(ticket)
        if errand and errand.progress and isValid(errand.screen):
            errand.progress(done, total)
