"""A dialog with a form: questions, one thing to record, and what was typed is never dropped unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp.work import Problem
from ui.asking import Asking
from ui.jotting import Jotter, Place
from ui.parts import Muted, Title, primary
from ui.record_parts import Scroller
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

Work = Callable[["Session"], object]


class FormDialog(QDialog):
    """Open it with `open()`."""

    changed = Signal()
    """It is recorded."""
    help_page = ""
    """The page of the help that F1 opens, where it is not that of the screen beneath."""
    jotting_name = ""
    """By what name its writing is kept, where other forms ask for the same thing; else by its own."""
    purpose = ""
    """What it is saved for, where that is a right of its own."""
    keeps_typing = True
    """Whether what is written survives a crash; reasons that are to be told anew each time are not kept."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        hint: str,
        form: SmallForm,
        answers: Mapping[str, Any],
        save_text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.form = form
        self.form.set_answers(answers)
        self._opened = form.answers()
        self._was_warned = False
        self._writing_in: QWidget | None = None
        self._asking = Asking(desk)
        self.save_button = primary(save_text)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        self.jotter: Jotter | None = None
        if self.keeps_typing:
            self.jotter = Jotter(desk, form, title, self.written_about(), self, name=self.jotting_name)
        self._place_all(title, hint)
        self.resize(720, 620)
        self.form.focus_first()

    def _place_all(self, title: str, hint: str) -> None:
        cancel = QPushButton("Cancel")
        cancel.setAccessibleName("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        heading = QVBoxLayout(self._asking)
        heading.setContentsMargins(24, 20, 24, 0)
        heading.setSpacing(4)
        for widget in (Title(title), Muted(hint), self._asking.busy, self._asking.banner):
            heading.addWidget(widget)
        if self.jotter:
            heading.addWidget(self.jotter.line)
        scroller = Scroller()
        scroller.body.setContentsMargins(24, 8, 24, 8)
        scroller.body.addWidget(self.form)
        scroller.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._asking)
        layout.addWidget(scroller, 1)
        layout.addLayout(buttons)

    def written_about(self) -> Place:
        """Return what it is about: what was written is offered where the same form is opened about that."""
        return Place()

    def work(self) -> Work:
        """Return what is to be recorded, once all is answered well."""
        raise NotImplementedError

    def said(self) -> str:
        """Return what went wrong, in the words shown."""
        return self._asking.banner.text()

    def _save(self) -> None:
        if self.form.check():
            self.save_button.setEnabled(False)
            self._writing_in = self.form.focusWidget()
            self.form.setEnabled(False)  # what was typed now would be in no save
            with self.jotter.recording() if self.jotter else nullcontext():
                self._asking.save("Recording …", self.work(), self._saved, self._failed, purpose=self.purpose)

    def _saved(self, _result: object) -> None:
        self.accept()
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.save_button.setEnabled(True)
        self.form.setEnabled(True)
        if self._writing_in is not None and isValid(self._writing_in):
            self._writing_in.setFocus()
        self._asking.show_problem(problem)

    def reject(self) -> None:
        """Close; where something was typed, only when asked a second time."""
        if self.form.answers() != self._opened and not self._was_warned:
            self._was_warned = True
            words = "Nothing is recorded yet. Press Cancel again to let go of what you typed."
            if self.jotter:
                words += " It can be brought back here for 30 days."
            self._asking.banner.set_banner(words, "warning")
            self._asking.banner.show()
            return
        if self.jotter:
            self.jotter.discard()
        super().reject()
