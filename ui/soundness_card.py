"""Settings › «Is the store sound?»: what the last look at the whole store found, where, and what to do."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import soundness
from caseapp.soundness import Verdict
from caseapp.work import Problem
from ui.background import Background
from ui.desk import Desk
from ui.parts import Banner, BusyBar, Card, Muted

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

BREATH_SECONDS = 0.01  # for the window, between two parts of a check behind it
FIRST_MS = 60_000  # the weekly look waits until the window is at rest


class SoundnessCard(Card):
    """The last result in words, each fault with its place, and the check itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Is the store sound?")
        self._desk = desk
        self._stop = threading.Event()
        self._said = Banner("", "success")
        self._to_do = Muted("")
        self._faults = Muted("")
        self._busy = BusyBar()
        self._check = QPushButton("Check the store")
        self._check.setAccessibleName("Check the store")
        self._check.clicked.connect(self.check)
        self._accept = QPushButton("It was done on purpose")
        self._accept.setAccessibleName("The older or other copy of the store was put here on purpose")
        self._accept.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._check)
        row.addWidget(self._accept)
        row.addStretch(1)
        self.body.addWidget(Muted("Each week the whole store is looked at: file, seals, history and rows."))
        for widget in (self._said, self._to_do, self._faults, self._busy):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        for hidden in (self._said, self._to_do, self._faults, self._accept):
            hidden.hide()
        desk.run(self, soundness.last, self._show)

    def check(self) -> None:
        """Look at the whole store now; leaving the screen gives it up."""
        self._stop.clear()
        self._check.setEnabled(False)
        self._busy.begin("Looking at every page, seal, chain and row…", may_cancel=False)
        work = partial(soundness.now, self._desk.signed_in, self._stop.is_set)
        self._desk.run_outside(self, work, self._checked, self._refused)

    def accept(self) -> None:
        """Take the store as it stands for the right one."""
        work = partial(soundness.accept, self._desk.signed_in)
        self._desk.run_outside(self, work, self._accepted, self._refused)

    def _accepted(self, _nothing: None) -> None:
        self.check()

    def _checked(self, _nothing: None) -> None:
        self._desk.run(self, soundness.last, self._show)

    def _show(self, verdict: Verdict) -> None:
        self._rest()
        never = verdict.is_sound and verdict.checked_at is None
        meaning = "info" if never else "success" if verdict.is_sound else "alert"
        self._said.set_banner(verdict.result, meaning)
        self._said.show()
        for label, text in ((self._to_do, verdict.to_do), (self._faults, "\n".join(verdict.faults))):
            label.setText(text)
            label.setVisible(bool(text))
        self._accept.setVisible(verdict.may_be_meant and self._desk.may("restore").allowed)

    def _refused(self, problem: Problem) -> None:
        self._rest()
        self._said.set_banner(problem.words, "alert")
        self._said.show()

    def _rest(self) -> None:
        self._busy.end()
        self._check.setEnabled(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give up a check that nobody waits for: locking must not wait for it."""
        self._stop.set()
        super().hideEvent(event)

    def said(self) -> str:
        """Return the result in words."""
        return self._said.text()


class UnsoundBanner(QWidget):
    """Says, until the window is opened anew, that the store is not as the program left it."""

    settings_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner("", "alert", "Open settings")
        self.banner.acted.connect(self.settings_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 0)
        layout.addWidget(self.banner)
        self.hide()

    def say(self, words: str) -> None:
        """Say what happened and what to do."""
        self.banner.set_banner(words, "alert", "Open settings")
        self.show()


class SoundnessWatch(QObject):
    """Looks at the store behind the window: a glance at once, everything once a week."""

    found = Signal(str)
    """What happened and what to do, in words."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._door = Background(self)
        self._stop = threading.Event()
        self._signed_in: SignedIn | None = None
        self._later = QTimer(self, interval=FIRST_MS)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.look_at_all)

    def begin(self) -> None:
        """Glance at the store that was opened, and plan the weekly look."""
        self._stop = threading.Event()
        signed_in = self._signed_in = self._desk.signed_in
        self._door.run_outside(self, partial(soundness.glance, signed_in), self._say, self._leave)
        self._later.start()

    def look_at_all(self) -> None:
        """Look at everything, if a week has gone since the last time."""
        if self._signed_in is not None:
            is_over = partial(self._stop.wait, BREATH_SECONDS)
            work = partial(soundness.weekly, self._signed_in, is_over)
            self._door.run_outside(self, work, self._say, self._leave)

    def stop(self) -> None:
        """Give up: the keys go."""
        self._later.stop()
        self._stop.set()
        self._signed_in = None

    def finish(self) -> None:
        """Give up, and wait until nothing is under way."""
        self.stop()
        self._door.finish()

    @property
    def is_busy(self) -> bool:
        """Return whether a look is under way."""
        return self._door.is_busy

    def _say(self, words: str) -> None:
        if words and self._signed_in is not None:
            self.found.emit(words)

    def _leave(self, problem: Problem) -> None:
        """Say what kept it from looking, unless it was given up."""
        self._say(problem.words)
