"""The lock: the window is covered, what was typed is saved, and then the keys are dropped."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import accounts
from caseapp.settings import IDLE_MINUTES
from caseapp.work import Problem
from ui.away import seconds_asleep
from ui.background import Background
from ui.desk import Desk
from ui.entry import EntryCard, centred
from ui.parts import LinkButton, Muted
from ui.password_field import PasswordField

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

TICK_MS = 5000
FLUSH_MS = 5000
SLEPT_SECONDS = 2
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
Flush = Callable[[Callable[[], None]], None]
Task = Callable[["SignedIn"], object]
"""Something done with the open store while the window is locked, which closes it."""


def seconds_awake_or_asleep() -> float:
    """Return a clock that goes on while the computer sleeps: a laptop that was shut is idle all that time."""
    return time.monotonic() + (seconds_asleep() if sys.platform != "win32" else 0.0)


def clipboard_is_ours() -> bool:
    """Return whether what is on the clipboard was copied in this program."""
    return QGuiApplication.clipboard().ownsClipboard()


class IdleWatch(QObject):
    """Says when nobody has touched keys or mouse for some minutes, in any window of the program."""

    idle = Signal()

    def __init__(
        self,
        now: Callable[[], float] = seconds_awake_or_asleep,
        parent: QObject | None = None,
        *,
        asleep: Callable[[], float] = seconds_asleep,
    ) -> None:
        super().__init__(parent)
        self.minutes = IDLE_MINUTES
        self._now, self._asleep = now, asleep
        self._last, self._slept = now(), asleep()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        # Filters on windows, not on the application: there every event of every widget would pass by here.
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def touch(self) -> None:
        """Count anew: somebody is there."""
        self._last = self._now()

    def look(self) -> None:
        """Say so if the time is over, or if the computer slept since the last look."""
        slept, self._slept = self._slept, self._asleep()
        if self._now() - self._last >= self.minutes * 60 or self._slept - slept > SLEPT_SECONDS:
            self.touch()
            self.idle.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice keys and mouse, and keep none of them."""
        if event.type() in _ACTS:
            self.touch()
        return False


class LockCard(EntryCard):
    """Who locked the window, and the way back in."""

    unlock_asked = Signal(str)
    other_asked = Signal()

    def __init__(self, background: Background, name: str) -> None:
        words = f"{name} is signed in. What was typed is kept."
        super().__init__(background, "Locked", words, "Unlock", "Opening…")
        self._note = Muted("")
        self._note.hide()
        self.fields.addWidget(self._note)
        self.password = PasswordField()
        self.add_field("Password", self.password)
        self.password.entered.connect(self._ask)
        self.go_button.clicked.connect(self._ask)
        other = LinkButton("Sign in as somebody else")
        other.clicked.connect(self.other_asked)
        self.add_links(other)

    def _ask(self) -> None:
        if self.go_button.isEnabled():
            self.unlock_asked.emit(self.password.text())

    def refused(self, problem: object) -> None:
        """Let the password be typed again at once."""
        self.password.edit.selectAll()
        self.password.setFocus()

    def show_note(self, words: str) -> None:
        """Say what goes on while the window is locked, or nothing."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def clear(self) -> None:
        """Forget the password and what was said."""
        self.show_note("")
        self.password.set_text("")
        self.password.reveal(False)
        self.show_problem("")


class LockScreen(QWidget):
    """What stands over the whole window while it is locked."""

    def __init__(self, background: Background, name: str) -> None:
        super().__init__()
        self.card = LockCard(background, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(centred(self.card))


class Locking(QObject):
    """Locks and unlocks a window whose pages are the work (0) and the lock screen (1)."""

    locked = Signal()
    unlocked = Signal()
    other_asked = Signal()

    def __init__(self, pages: QStackedWidget, desk: Desk, flush: Flush, user_name: str = "") -> None:
        super().__init__(pages)
        self.user_name = user_name
        self._pages, self._desk, self._flush = pages, desk, flush
        self._door = Background(self)  # the desk itself waits while the window is locked
        self._door.problem.connect(desk.problem)
        self._screen = LockScreen(self._door, desk.actor.name)
        self._screen.card.unlock_asked.connect(self.unlock)
        self._screen.card.other_asked.connect(self.other_asked)
        pages.addWidget(self._screen)
        self._path: Path | None = None
        self._focus: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._task: Task | None = None
        self._is_dropping, self._is_open = False, True
        self._patience = QTimer(self, interval=FLUSH_MS)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._pause)

    @property
    def is_locked(self) -> bool:
        """Return whether the window is covered."""
        return self._pages.currentWidget() is self._screen

    @property
    def card(self) -> LockCard:
        """Return the card with the password."""
        return self._screen.card

    def lock(self) -> None:
        """Cover the window at once; then save what was typed, and only then drop the keys."""
        if self.is_locked or not self.user_name:
            return
        QGuiApplication.inputMethod().commit()
        self._path = self._desk.signed_in.store.path
        self._focus = QApplication.focusWidget()
        self._is_dropping, self._is_open = False, True
        self._cover()
        self.locked.emit()
        # A save that does not end must not keep the keys: what was typed stays in the form for later.
        self._patience.start()
        self._flush(self._pause)

    def lock_for(self, task: Task, words: str) -> None:
        """Lock, say why, and once all is saved do something that needs the store for itself."""
        if not self.is_locked and self.user_name:
            self._task = task
            self.lock()
            self.card.show_note(words)

    def _cover(self) -> None:
        self._close_popups()
        self.card.clear()
        self._pages.setCurrentWidget(self._screen)
        self.card.password.setFocus()
        if clipboard_is_ours():
            QGuiApplication.clipboard().clear()

    def _close_popups(self) -> None:
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            continue
        window = self._pages.window()
        self._hidden = [
            each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window
        ]
        for each in self._hidden:
            each.hide()

    def _pause(self) -> None:
        self._patience.stop()
        if self.is_locked and not self._is_dropping:
            self._is_dropping = True
            self._desk.pause()
            self._desk.busy.connect(self._drop_when_quiet)
            self._drop_when_quiet(self._desk.is_busy)

    def _drop_when_quiet(self, is_busy: bool) -> None:
        if is_busy or not self._is_open:
            return
        self._desk.busy.disconnect(self._drop_when_quiet)
        was = self._desk.forget_keys()
        if was is not None:
            task, self._task = self._task, None
            self._door.run_outside(self, partial(_end, was, task), self._dropped, self._failed)

    def _dropped(self, said: str) -> None:
        self._is_open = False
        if said:
            self.card.show_note(said)

    def _failed(self, problem: Problem) -> None:
        self._dropped("Go on with your password.")
        self.card.show_problem(problem.words)

    def unlock(self, password: str) -> None:
        """Open the store again with the password of whoever locked it."""
        self._pause()
        if self._is_open or self._path is None:
            self.card.show_problem("What was begun is still being finished. Try again in a moment.")
            return
        sign_in = partial(accounts.sign_in, self._path, self.user_name, password, window=True)
        self.card.run(sign_in, self._unlocked)

    def finish(self) -> None:
        """Wait for what is under way."""
        self._door.finish()

    def _unlocked(self, signed_in: SignedIn) -> None:
        self._desk.resume(signed_in)
        self.card.clear()
        self._pages.setCurrentIndex(0)
        for each in filter(isValid, self._hidden):
            each.show()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unlocked.emit()
        if signed_in.wrong:
            self._desk.problem.emit(Problem(accounts.wrong_words(signed_in.wrong)))


def _end(was: SignedIn, task: Task | None) -> str:
    """Do what is to be done with an open store, close it, and return what to say on the lock screen."""
    try:
        if task is None:
            return ""
        task(was)
        return "All keys are changed. Go on with your password: it is the same as before."
    finally:
        was.close()
