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
    """Return the page of a dialog: its own, else that of the screen it was opened from, at its heading."""
    screen = screen_above(dialog)
    if key := getattr(dialog, "help_page", ""):
        subject = Subject(pages.page(key))
    elif screen is not None:
        subject = subject_of(str(screen.property("screen")), screen)
    else:
        subject = Subject(pages.page("start"))
    heading = pages.slug(dialog.windowTitle())
    return subject._replace(anchor=heading) if heading in subject.page.anchors() else subject


def toggle(dialog: QDialog) -> None:
    """Open the help of a dialog; where it is open, close it."""
    found = dialog.findChild(HelpWindow)
    window = found if isinstance(found, HelpWindow) else HelpWindow(dialog)
    if window.isVisible():
        window.reject()
    else:
        window.open_beside()
