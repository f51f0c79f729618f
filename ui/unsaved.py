"""What is not in the store: the banner that stays until it is, and the word about what waited beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import words
from ui.keeper import NOT_SAVED, SAVING
from ui.parts import Banner
from ui.trail import ask

if TYPE_CHECKING:
    from caseapp.journal import TakenBack

_WORDS: Final = (
    "Not saved: neither the store nor the file beside it can be written. What was saved before is safe; "
    "what you typed since is on the screen alone. Leave the window open, make room or look to the disk, then "
    "retry."
)


class UnsavedBanner(QWidget):
    """Red for as long as any screen's typing stands on the screen alone; it never goes by itself."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screens: list[QWidget] = []
        self.banner = Banner(_WORDS, "alert", "Retry now")
        self.banner.acted.connect(self._retry)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 0)
        layout.addWidget(self.banner)
        self.hide()

    def watch(self, screen: QWidget) -> None:
        """Take note of what a screen says about its typing."""
        state = getattr(screen, "save_state", None)
        if isinstance(state, SignalInstance):
            state.connect(self._take_note)

    def _take_note(self, text: str) -> None:
        screen = self.sender()
        if text == SAVING or not isinstance(screen, QWidget):
            return  # not known yet
        failed = text == NOT_SAVED
        if failed and screen not in self._screens:
            self._screens.append(screen)
            screen.destroyed.connect(self._gone)
        elif not failed and screen in self._screens:
            self._screens.remove(screen)
        self._show()

    def _gone(self) -> None:
        self._screens = [each for each in self._screens if isValid(each)]
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._screens))

    def _retry(self) -> None:
        for screen in tuple(self._screens):
            ask(screen, "retry")


def taken_back_words(taken: TakenBack) -> str:
    """Return what to say about typing that waited beside the store; nothing where none did."""
    said = []
    if taken.drafts:
        said.append(
            f"Typing of {words.count(taken.drafts, 'draft')} was kept beside the store while it could not be "
            "written. Nothing is lost: open the draft to keep or discard it."
        )
    if taken.forms:
        said.append(
            f"What you wrote in {words.count(taken.forms, 'form')} was kept beside the store while it could "
            "not be written. Nothing is lost: it stands among your drafts on Today, and its form offers it."
        )
    if taken.damaged:
        said.append(
            f"{words.count(taken.damaged, 'entry', 'entries')} kept beside the store cannot be read: the "
            "file was damaged. What stands in the store is whole. Look whether your last words are there."
        )
    return " ".join(said)
