"""The desk: use cases for whoever is at work, off the window's thread, while the store is open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from caseapp.work import Actor, Answer, NotSaved, Problem, Subject, may
from ui.background import Background, Errand, Progress, Telling, Ticket

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.jottings import Jotted, LetGo
    from caseapp.journal import Kept, TakenBack, Typed
    from caseapp.work import Session, Store

R = TypeVar("R")
TAKE_BACK_MS = 5000
LOG_SHUT = (
    "The store cannot be written now. Records can be read, and who reads them is noted beside the store; "
    "restricted records stay shut. Nothing is lost. Leave the window open and make room, or look to the disk."
)


class KeptForm(Protocol):
    """A small form whose words are kept while they are written."""

    def along(
        self,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object],
    ) -> tuple[Callable[[Session], R], Callable[[R], object], Callable[[Problem], object]]:
        """Return work that also forgets what is kept, and what is to be called once it is done, or failed."""

    def forgetting(self, work: Callable[[Session], R]) -> Callable[[Session], R]:
        """Return work that also forgets what is kept."""


class Desk(Background):
    """Runs use cases for whoever is at work in an open store; waits while the window is locked."""

    resting = Signal()
    """Soon nothing more is begun: what is typed is to be kept now."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        signed_in: SignedIn | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.actor = actor
        self._store: Store | None = store
        self._signed_in = signed_in
        self._today = store.today
        self._is_paused = False
        self._spool_seen = 0
        self._is_log_shut = False
        self.recording: KeptForm | None = None
        """What keeps the form that hands its words on just now."""
        self.wanted: UUID | None = None
        """What somebody goes on with: the form that it was written in takes it up once it is opened."""
        self._spool_timer = QTimer(self, interval=TAKE_BACK_MS)
        self._spool_timer.setSingleShot(True)
        self._spool_timer.timeout.connect(self._see_to_spool)
        self._waiting: list[tuple[ThreadPoolExecutor, Errand]] = []
        self._held: list[tuple[Errand, Any, Problem | None]] = []

    @property
    def today(self) -> date:
        """Return the day that counts as today."""
        return self._today()

    @property
    def signed_in(self) -> SignedIn:
        """Return the open store with its keys, for care of the store and for passwords."""
        if self._signed_in is None:
            raise RuntimeError("This desk was made without keys.")
        return self._signed_in

    def may(self, action: str, subject: Subject | None = None) -> Answer:
        """Return whether the user may act, and if not, why."""
        return may(self.actor, action, subject)

    @property
    def whose(self) -> str:
        """Return whose children a list shows first: a manager's team ("team"), else one's own ("mine")."""
        return "team" if self.may("allocate").allowed else "mine"

    def run(
        self,
        screen: QObject,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        reason: str = "",
        purpose: str = "",
    ) -> None:
        """Call `work(session)` in a thread and commit; then `then(result)` here, if the screen still is.

        The work may be called again from its beginning: where others write, first to read without waiting.

        `failed(problem)` is called instead when it went wrong; without it the window shows the problem.
        """
        whole = partial(self._in_session, work, reason, purpose)
        errand = Errand(next(self._tickets), screen, whole, then, failed or self.problem.emit)
        self._begin(self._pool, errand)

    def run_in_order(
        self,
        screen: QObject,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        reason: str = "",
        purpose: str = "",
    ) -> None:
        """Do the same after everything that was handed in this way before: for saves."""
        whole = partial(self._in_turn, work, reason, purpose)
        errand = Errand(next(self._tickets), screen, whole, then, failed or self.problem.emit)
        self._begin(self._lane, errand)

    def keep_typing(
        self,
        screen: QObject,
        typed: Typed | Jotted | LetGo,
        then: Callable[[Kept], object],
        failed: Callable[[Problem], object],
        *,
        aside: bool = False,
    ) -> None:
        """Keep what is typed on the journal's thread: in the store, else, or at once `aside`, beside it."""
        work = partial(self._kept, typed, aside)
        self._begin(self._journal, Errand(next(self._tickets), screen, work, then, failed))

    def _kept(self, typed: Typed | Jotted | LetGo, aside: bool) -> Kept:
        from caseapp import journal

        return journal.keep(self._open_store(), self.actor, typed, aside=aside)

    def record(
        self,
        screen: QObject,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object],
        *,
        purpose: str = "",
    ) -> None:
        """Save in order; the form that hands its words on now keeps them no longer, by the same commit."""
        if self.recording is not None:
            work, then, failed = self.recording.along(work, then, failed)
        self.run_in_order(screen, work, then, failed, purpose=purpose)

    def take_back(self, screen: QObject, then: Callable[[TakenBack], object]) -> None:
        """Put into the store what waits beside it, now; what cannot be taken yet is tried again later."""
        self._begin(self._pool, Errand(next(self._tickets), screen, self._taken_back, then, _ignore))

    def _see_to_spool(self) -> None:
        waiting = Errand(next(self._tickets), self, self._taken_back, self._log_written, self._log_shut)
        self._begin(self._pool, waiting)

    def _log_written(self, _taken: TakenBack) -> None:
        self._is_log_shut = False

    def _log_shut(self, problem: Problem) -> None:
        """Say once that who looks waits beside the store: it goes on, but not for long."""
        if not self._is_log_shut and isinstance(problem, NotSaved):
            self._is_log_shut = True
            self.problem.emit(NotSaved(LOG_SHUT))

    def _settle(self, ticket: int, result: Any, problem: Problem | None) -> None:
        super()._settle(ticket, result, problem)
        spool = self._store.spool if self._store else None
        if spool and spool.size != self._spool_seen and not self._spool_timer.isActive():
            self._spool_timer.start()

    def _taken_back(self) -> TakenBack:
        from caseapp import journal

        store = self._open_store()
        taken = journal.take_back(store, self.actor)
        self._spool_seen = store.spool.size if store.spool else 0
        return taken

    def run_long(
        self,
        screen: QObject,
        work: Callable[[Session, Progress], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        progress: Progress | None = None,
        reason: str = "",
        purpose: str = "",
    ) -> Ticket:
        """Call `work(session, progress)`; what it reports arrives at `progress(done, total)` here.

        A cancelled ticket makes the work's next report raise Cancelled, so nothing of it is saved.
        """
        ticket, number = Ticket(), next(self._tickets)
        tell = Telling(ticket, partial(self._progressed.emit, number))
        whole = partial(self._in_turn, lambda session: work(session, tell), reason, purpose)
        self._begin(self._pool, Errand(number, screen, whole, then, failed or self.problem.emit, progress))
        return ticket

    def pause(self) -> None:
        """Hold back what is asked from now on, and answers, until `resume`: the window is covered."""
        self.resting.emit()
        self._is_paused = True

    def finish(self) -> None:
        """Have what is typed kept, then end."""
        self.resting.emit()
        super().finish()

    def forget_keys(self) -> SignedIn | None:
        """Return what was open, for the caller to close, and know it no more. Only when not busy."""
        was, self._store, self._signed_in = self._signed_in, None, None
        return was

    def resume(self, signed_in: SignedIn) -> None:
        """Go on with keys: deliver what is ready, begin what waits."""
        self._store, self._signed_in, self.actor = signed_in.store, signed_in, signed_in.actor
        self._is_paused = False
        held, self._held = self._held, []
        waiting, self._waiting = self._waiting, []
        for errand, result, problem in held:
            if isValid(errand.screen):
                self._deliver(errand, result, problem)
        for threads, errand in waiting:
            self._begin(threads, errand)

    def _begin(self, threads: ThreadPoolExecutor, errand: Errand) -> None:
        if self._is_paused:
            self._waiting.append((threads, errand))
        else:
            super()._begin(threads, errand)

    def _deliver(self, errand: Errand, result: Any, problem: Problem | None) -> None:
        if self._is_paused:
            self._held.append((errand, result, problem))
        else:
            super()._deliver(errand, result, problem)

    def _in_session(self, work: Callable[[Session], R], reason: str, purpose: str) -> R:
        """Do work that may be a mere reading, which waits for nobody who writes."""
        return self._open_store().call(self.actor, work, reason, purpose=purpose)

    def _in_turn(self, work: Callable[[Session], R], reason: str, purpose: str) -> R:
        """Do work that writes, once whoever else is writing has ended."""
        from caseapp import journal
        from caseapp.jottings import Recording

        store = self._open_store()
        with store.session(self.actor, reason, purpose=purpose) as session:
            result = work(session)
        if isinstance(work, Recording):
            # After the last words, which may be on their way still, or lie beside a store that was busy.
            self._journal.submit(journal.forget, store, self.actor, work.jotting_id).result()
        return result

    def _open_store(self) -> Store:
        if self._store is None:
            raise RuntimeError("Work was begun after the keys were taken away.")
        return self._store


def _ignore(_result: object) -> None:
    """Need no answer."""
