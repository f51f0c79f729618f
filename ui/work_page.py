"""What a window shows while somebody works: rail, top, what went wrong, the open screen, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.frame import Entry, Rail, StatusLine, TopBar
from ui.parts import Banner
from ui.soundness_card import UnsoundBanner
from ui.unsaved import UnsavedBanner

if TYPE_CHECKING:
    from ui.desk import Desk


class WorkPage(QWidget):
    """The parts of the window around the open screen, each in its place."""

    def __init__(self, desk: Desk, store_name: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.setObjectName("work")
        self.rail, self.top, self.status = Rail(entries), TopBar(desk), StatusLine(store_name)
        self.unsaved, self.unsound = UnsavedBanner(), UnsoundBanner()
        self.stack = QStackedWidget()
        self.stack.setObjectName("canvas")
        self._banner = Banner("", "warning", "Close")
        self._banner.acted.connect(self.hush)
        self._banner_room = QWidget()
        self._banner_room.hide()
        room = QVBoxLayout(self._banner_room)
        room.setContentsMargins(24, 12, 24, 0)
        room.addWidget(self._banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.top, self.unsaved, self.unsound, self._banner_room):
            right.addWidget(part)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        QWidget.setTabOrder(self.rail, self.top)

    def say(self, words: str, meaning: str) -> None:
        """Say something where every screen leaves room for it."""
        self._banner.set_banner(words, meaning, "Close")
        self._banner_room.show()

    @property
    def is_saying(self) -> bool:
        """Return whether something is said."""
        return self._banner_room.isVisible()

    def hush(self) -> None:
        """Say nothing any more."""
        self._banner_room.hide()

    def rest(self) -> None:
        """Take nothing more: what was typed now would be in no save."""
        for part in (self.rail, self.top, self.stack):
            part.setEnabled(False)
