"""Backups behind the work: at lock, before the window closes and every half hour, and the weekly proof."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from caseapp import backups
from caseapp.backup_words import said_of
from caseapp.backups import State, Wanted
from caseapp.work import Problem, utc_now
from ui.desk import Desk
from ui.frame import StatusLine

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

FIRST_MS = 20_000  # after the window stands and its first screen is read
EVERY_MS = 30 * 60_000
Work = Callable[["SignedIn", Wanted], State]
Then = Callable[[], object]


class _Job:
    """A piece of work with the keys that it needs, which it forgets as it begins: an answer held back while
    the window is locked must not hold them."""

    def __init__(self, work: Work, signed_in: SignedIn) -> None:
        self._work = work
        self.is_proof = work is backups.prove
        self._signed_in: SignedIn | None = signed_in
        self._stop = threading.Event()

    def __call__(self) -> State:
        signed_in, self._signed_in = self._signed_in, None
        if signed_in is None:
            raise RuntimeError("A backup cannot be made twice by one job.")
        return self._work(signed_in, self._is_wanted)

    def _is_wanted(self) -> bool:
        return not self._stop.is_set()

    def stop(self) -> None:
        """Ask it to end soon; nothing half made stays."""
        self._stop.set()


class BackupWatch(QObject):
    """Keeps one store backed up. One job at a time; what goes wrong stands in the status bar, in no box."""

    alarmed = Signal(object)
    """A Problem for the banner: nothing was backed up for a week."""

    def __init__(self, desk: Desk, status: StatusLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._status = desk, status
        self._job: _Job | None = None
        self._then: Then | None = None
        self._is_last = self._has_alarmed = False
        self._first = QTimer(self, interval=FIRST_MS)
        self._first.setSingleShot(True)
        self._every = QTimer(self, interval=EVERY_MS)
        for timer in (self._first, self._every):
            timer.timeout.connect(self.keep_up)
            timer.start()
        status.close_asked.connect(self.give_up)
        self.show_state()

    @property
    def is_busy(self) -> bool:
        """Return whether a backup or a proof is under way."""
        return self._job is not None

    def show_state(self) -> None:
        """Read how the backups stand, and say so."""
        self._desk.run(self, backups.state, self._show)

    def keep_up(self) -> None:
        """Back up if anything changed; then prove the newest, once a week."""
        if self._job is None:
            self._begin(backups.keep_up, self._prove_when_due)

    def at_lock(self, then: Then) -> None:
        """Begin a backup, whose keys are dropped when it ends; call `then` at once."""
        self._rest()
        if self._job is None:
            self._begin(backups.keep_up, self._ended)
        then()

    def unlocked(self) -> None:
        """Go on where the lock stopped."""
        self._every.start()
        self.show_state()

    def before_leaving(self, then: Then) -> None:
        """Call `then` once a backup is made, or somebody does not want to wait for it: in any case."""
        self._rest()
        self._then = then
        self._status.show_leaving()
        if self._job is None:
            self._begin_last()

    def give_up(self) -> None:
        """Wait for no backup any longer: the window closes without."""
        if self._job is not None:
            self._job.stop()
        self._leave()

    def _rest(self) -> None:
        self._first.stop()
        self._every.stop()
        if self._job is not None and self._job.is_proof:
            self._job.stop()  # it can wait for another day

    def _begin(self, work: Work, then: Callable[[State], object]) -> None:
        self._job = job = _Job(work, self._desk.signed_in)
        self._desk.run_outside(self, job, then, self._failed)

    def _begin_last(self) -> None:
        self._is_last = True
        self._begin(backups.keep_up, self._ended)

    def _prove_when_due(self, state: State) -> None:
        is_due = state.proof_is_due(utc_now()) and self._then is None
        self._ended(state)
        if is_due:
            self._begin(backups.prove, self._ended)

    def _ended(self, state: State) -> None:
        self._job = None
        self._show(state)
        self._go_on_leaving()

    def _failed(self, _problem: Problem) -> None:
        self._job = None
        if not self._is_last:
            self.show_state()  # the words of it are noted in the store, where that can be written
        self._go_on_leaving()

    def _go_on_leaving(self) -> None:
        if self._is_last:
            self._leave()
        elif self._then is not None:  # what was under way may have missed the last words
            self._status.show_leaving()
            self._begin_last()

    def _leave(self) -> None:
        then, self._then, self._is_last = self._then, None, True
        if then is not None:
            then()

    def _show(self, state: State) -> None:
        now = utc_now()
        said = said_of(state, now)
        self._status.show_backup(state.made_at, self._desk.today, said.more, said.meaning)
        if said.banner and not self._has_alarmed:
            self._has_alarmed = True
            self.alarmed.emit(Problem(said.banner))
