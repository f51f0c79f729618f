"""The help beside a dialog: a window of its own, so that one reads on while one types."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from caseapp import help as pages
from ui.help import HelpPane, Subject, subject_of
from ui.jotting import screen_above

_SIZE = (464, 620)
_GAP = 8


class HelpWindow(QDialog):
    """The help of one dialog; it goes with it. Esc or F1 closes it and gives the keyboard back."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.setWindowTitle("Help")
        self._dialog = dialog
        self.pane = HelpPane(self, has_window=False)
        self.pane.closed.connect(self.hide)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.reject)
        self.resize(*_SIZE)

    def open_beside(self) -> None:
        """Open at the page of the dialog, at its right where the screen has room."""
        dialog, room = self._dialog, self._dialog.screen().availableGeometry()
        left = min(dialog.frameGeometry().right() + _GAP, room.right() - self.width())
        self.move(QPoint(max(left, room.left()), max(dialog.frameGeometry().top(), room.top())))
        self.pane.open_at(dialog_subject(dialog))  # first: it takes note of where the keyboard is
        self.show()
        self.activateWindow()

    def reject(self) -> None:
        """Close, and go back to what was typed."""
        self.pane.close_help()
        self._dialog.activateWindow()


def dialog_subject(dialog: QDialog) -> Subject:
    """Return where a dialog is told of: on the page of the open tab, its screen's, its own; else its own."""
    key, screen, title = getattr(dialog, "help_page", ""), screen_above(dialog), dialog.windowTitle()
    own = [Subject(pages.page(key))] if key else []
    around = []
    if screen is not None:
        name = str(screen.property("screen"))
        around = [subject_of(name, screen), subject_of(name, None)]
    for subject in (*around, *own):
        if title and (anchor := subject.page.told_at(title)) is not None:
            return subject._replace(anchor=anchor)
    return next(iter((*own, *around)), Subject(pages.page("start")))


def toggle(dialog: QDialog) -> None:
    """Open the help of a dialog; where it is open, close it."""
    found = dialog.findChild(HelpWindow)
    window = found if isinstance(found, HelpWindow) else HelpWindow(dialog)
    if window.isVisible():
        window.reject()
    else:
        window.open_beside()
