"""Keeps what is typed: within the second as typing, at quiet moments as a saved version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from caseapp import plans, words
from caseapp.form import Answers
from caseapp.work import Problem, Stale

if TYPE_CHECKING:
    from ui.desk import Desk

QUIET_MS: Final = 400
"""After the last key."""
AT_MOST_MS: Final = 800
"""While somebody types on and on."""
VERSION_MS: Final = 5 * 60 * 1000
"""Quiet minutes after which typing becomes a saved version."""
RETRY_MS: Final = 5000
SAVING: Final = "Saving…"
NOT_SAVED: Final = "Not saved – retry"


class Keeper(QObject):
    """One call at a time, none left out: what is typed during a call is kept by the next."""

    state = Signal(str)
    """«Saving…», «Saved 14:32» or «Not saved – retry»."""
    stale = Signal()
    """Somebody else saved in between."""

    def __init__(
        self, desk: Desk, revision_id: UUID, version: int, read: Callable[[], Answers], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._revision_id, self._read = desk, revision_id, read
        self.version = version
        self._is_dirty = self._has_typing = self._is_under_way = self._is_over = False
        self._then: list[Callable[[], object]] = []
        self._quiet = self._once(QUIET_MS, self.keep)
        self._at_most = self._once(AT_MOST_MS, self.keep)
        self._quiet_minutes = self._once(VERSION_MS, self.save)
        self._again = self._once(RETRY_MS, self.retry)

    def _once(self, after_ms: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self, interval=after_ms)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    def touch(self) -> None:
        """Take note that something was typed."""
        if self._is_over:
            return
        self._is_dirty = True
        self._quiet.start()
        self._quiet_minutes.start()
        if not self._at_most.isActive():
            self._at_most.start()

    def has_unsaved(self) -> bool:
        """Return whether anything is not in a saved version yet."""
        return self._is_dirty or self._has_typing or self._is_under_way

    def keep(self) -> None:
        """Keep what is typed, now."""
        self._stop_waiting()
        if not self._is_dirty or self._is_under_way or self._is_over:
            return
        revision_id, version, answers = self._begin()
        self._desk.run_in_order(
            self,
            lambda session: plans.keep_typing(session, revision_id, version, answers),
            self._kept,
            self._failed,
        )

    def save(self) -> None:
        """Make it a saved version, now."""
        self._stop_waiting()
        if not (self._is_dirty or self._has_typing) or self._is_under_way or self._is_over:
            return
        revision_id, version, answers = self._begin()
        self._desk.run_in_order(
            self,
            lambda session: plans.save(session, revision_id, version, answers),
            self._saved,
            self._failed,
        )

    def flush(self, then: Callable[[], object]) -> None:
        """Save whatever is not saved, then call `then()`. It is not called if that could not be done."""
        if self._is_over or not self.has_unsaved():
            then()
            return
        self._then.append(then)
        self.save()

    def end(self) -> None:
        """Keep nothing more: the version is closed, or the text goes elsewhere."""
        self._is_over = True
        self._stop_waiting()
        self._quiet_minutes.stop()
        self._again.stop()

    def go_on(self, version: int) -> None:
        """Save on top of another version from now on."""
        self.version = version
        self._is_over = False
        self._is_under_way = False

    def retry(self) -> None:
        """Try again what could not be kept."""
        self._again.stop()
        if self._then:
            self.save()
        else:
            self.keep()

    def _stop_waiting(self) -> None:
        self._quiet.stop()
        self._at_most.stop()

    def _begin(self) -> tuple[UUID, int, Answers]:
        self._is_dirty, self._is_under_way = False, True
        self.state.emit(SAVING)
        return self._revision_id, self.version, self._read()

    def _kept(self, at: datetime) -> None:
        self._has_typing = True
        self._settle(at)

    def _saved(self, saved: plans.Saved) -> None:
        self.version = saved.version
        self._has_typing = False
        self._settle(saved.at)

    def _settle(self, at: datetime) -> None:
        self._is_under_way = False
        if self._is_over:
            return
        if self._then and (self._is_dirty or self._has_typing):
            self.save()
            return
        if not self._is_dirty:
            self.state.emit(f"Saved {words.clock_time(at)}")
        elif not self._quiet.isActive():
            self.keep()
        self._go_on_with_others()

    def _go_on_with_others(self) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _failed(self, problem: Problem) -> None:
        self._is_under_way, self._is_dirty = False, True
        if isinstance(problem, Stale):
            # The use case has kept this text beside the other one: whoever waits may go on.
            self.end()
            self.stale.emit()
            self._go_on_with_others()
            return
        self.state.emit(NOT_SAVED)
        self._again.start()
