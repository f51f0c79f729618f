"""What New offers at the open screen: a child, a note in a child's record, an import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.trail import Trail, ask

if TYPE_CHECKING:
    from ui.desk import Desk


class NewMenu(QMenu):
    """Filled each time it opens: it depends on the rights, and on the screen."""

    child_asked = Signal()
    import_asked = Signal()

    def __init__(self, desk: Desk, trail: Trail, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._trail = desk, trail
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer what can be begun here."""
        self.clear()
        if self._desk.may("register").allowed:
            self.addAction("Child…", self.child_asked.emit)
        if (note := self._note_of_screen()) is not None:
            self.addAction("Note…", note)
        if self._desk.may("import").allowed:
            self.addAction("Import…", self.import_asked.emit)

    def _note_of_screen(self) -> Callable[[], object] | None:
        """Return how the open screen begins a note; only a child's record can."""
        screen = self._trail.current
        if self._trail.name != "child" or screen is None or not self._desk.may("write").allowed:
            return None
        return partial(_begin_note, screen)


def _begin_note(screen: QWidget) -> None:
    show_tab: Callable[[str], object] | None = getattr(screen, "show_tab", None)
    page: Callable[[], QWidget | None] | None = getattr(screen, "page", None)
    if show_tab is not None and page is not None:
        show_tab("Timeline")
        ask(page(), "open_note")
