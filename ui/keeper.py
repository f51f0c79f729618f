"""Keeps what is typed: within the second as typing, at quiet moments as a saved version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from caseapp import plans, words
from caseapp.form import Answers
from caseapp.journal import Kept, Typed
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
ASIDE: Final = "Not saved yet – kept beside the store"


class Rhythm(QObject):
    """Says when typing is to be kept: when the keys rest, and at most so long after the first of them."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = once(self, QUIET_MS, self._say)
        self._at_most = once(self, AT_MOST_MS, self._say)

    def touch(self) -> None:
        """Take note that something was typed."""
        self._quiet.start()
        if not self._at_most.isActive():
            self._at_most.start()

    def stop(self) -> None:
        """Wait for the next key."""
        self._quiet.stop()
        self._at_most.stop()

    @property
    def is_waiting(self) -> bool:
        """Return whether it is soon due."""
        return self._quiet.isActive()

    def _say(self) -> None:
        self.stop()
        self.due.emit()


def once(parent: QObject, after_ms: int, slot: Callable[[], object]) -> QTimer:
    """Return a timer that calls a slot a while after it is started."""
    timer = QTimer(parent, interval=after_ms)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer


class Keeper(QObject):
    """Keeps on the journal's thread, saves on the lane; none left out: what is typed meanwhile comes next."""

    state = Signal(str)
    """«Saving…», «Saved 14:32», «Not saved yet – kept beside the store» or «Not saved – retry»."""
    stale = Signal()
    """Somebody else saved in between."""

    def __init__(
        self, desk: Desk, revision_id: UUID, version: int, read: Callable[[], Answers], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._revision_id, self._read = desk, revision_id, read
        self.version = version
        self._is_dirty = self._has_typing = self._is_aside = False
        self._is_keeping = self._is_saving = self._is_over = False
        self._wants_version = self._is_newer = False
        self._then: list[Callable[[], object]] = []
        self._rhythm = Rhythm(self)
        self._rhythm.due.connect(self.keep)
        self._quiet_minutes = once(self, VERSION_MS, self.save)
        self._again = once(self, RETRY_MS, self.retry)

    def touch(self) -> None:
        """Take note that something was typed."""
        if self._is_over:
            return
        self._is_dirty = self._is_newer = True
        self._rhythm.touch()
        self._quiet_minutes.start()

    def has_unsaved(self) -> bool:
        """Return whether anything is not in a saved version yet."""
        return self._has_words or self._is_keeping or self._is_saving

    @property
    def _has_words(self) -> bool:
        return self._is_dirty or self._has_typing or self._is_aside

    def keep(self) -> None:
        """Keep what is typed, now; beside the store while a version is being saved."""
        self._rhythm.stop()
        if not self._is_dirty or self._is_keeping or self._is_over:
            return
        self._is_dirty, self._is_keeping = False, True
        self.state.emit(SAVING)
        self._desk.keep_typing(self, self._typed(), self._kept, self._not_kept, aside=self._is_saving)

    def save(self) -> None:
        """Make it a saved version, now; once what is being kept is kept."""
        self._rhythm.stop()
        if not (self._has_words or self._is_keeping) or self._is_saving or self._is_over:
            return
        self._wants_version = self._is_keeping
        if self._is_keeping:
            return
        self._is_dirty = self._is_newer = False
        self._is_saving = True
        self.state.emit(SAVING)
        typed = self._typed()
        self._desk.run_in_order(
            self, lambda session: plans.save(session, *typed), self._saved, self._not_saved
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
        self._rhythm.stop()
        self._quiet_minutes.stop()
        self._again.stop()

    def go_on(self, version: int) -> None:
        """Save on top of another version from now on."""
        self.version = version
        self._is_over = self._is_keeping = self._is_saving = False

    def retry(self) -> None:
        """Try again what could not be kept or saved."""
        self._again.stop()
        if self._then or self._wants_version:
            self.save()
        elif self._is_aside or self._is_dirty:
            self._is_dirty = True
            self.keep()

    def _typed(self) -> Typed:
        return Typed(self._revision_id, self.version, self._read())

    # What came of it

    def _kept(self, kept: Kept) -> None:
        self._is_keeping = False
        self._is_aside = bool(kept.refused)
        self._has_typing = self._has_typing or not kept.refused
        self._settle(kept.at)

    def _not_kept(self, _problem: Problem) -> None:
        """Neither the store nor the file beside it can be written: it stands on the screen alone."""
        self._is_keeping, self._is_dirty = False, True
        if not self._is_over:
            self.state.emit(NOT_SAVED)
            self._again.start()

    def _saved(self, saved: plans.Saved) -> None:
        self.version = saved.version
        self._is_saving = self._has_typing = self._is_aside = False
        self._is_dirty = self._is_newer
        self._settle(saved.at)

    def _not_saved(self, problem: Problem) -> None:
        self._is_saving, self._is_dirty = False, True
        if isinstance(problem, Stale):
            # The use case has kept this text beside the other one: whoever waits may go on.
            self.end()
            self.stale.emit()
            self._go_on_with_others()
            return
        self._wants_version = True
        self._again.start()
        self.state.emit(NOT_SAVED)
        self.keep()  # whatever becomes of the store, a crash shall not take it

    def _settle(self, at: datetime) -> None:
        if self._is_over or self._is_keeping or self._is_saving:
            return
        if self._is_aside and not self._is_dirty:
            self.state.emit(f"{ASIDE} {words.clock_time(at)}")
            self._again.start()
            return
        if self._again.isActive():
            self.state.emit(NOT_SAVED)
            return
        if self._has_words and (self._then or self._wants_version):
            self.save()
            return
        if not self._is_dirty:
            self.state.emit(f"Saved {words.clock_time(at)}")
        elif not self._rhythm.is_waiting:
            self.keep()
        self._go_on_with_others()

    def _go_on_with_others(self) -> None:
        waiting, self._then = self._then, []
        for then in waiting:
            then()
