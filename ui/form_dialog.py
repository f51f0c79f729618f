"""A dialog with a form: questions, one thing to record, and what was typed is never dropped unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp.work import Problem
from ui.asking import Asking
from ui.jotting import Jotter, Place
from ui.parts import Muted, Title, primary
from ui.picker import Chooser
from ui.reading_order import put_in_order
from ui.record_parts import Scroller
from ui.resting import Rest
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
        self.form.keep_with(self.beside())
        self._opened = form.written()
        self._was_warned = self._is_recording = False
        self._asking = Asking(desk)
        self.save_button = primary(save_text)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        self.jotter: Jotter | None = None
        if self.keeps_typing:
            self.jotter = Jotter(desk, form, title, self.written_about(), self, name=self.jotting_name)
        self._questions = Scroller()
        self._rest = Rest(self._questions)
        self._place_all(title, hint)
        self.resize(720, 620)
        if choosers := self.beside():
            put_in_order(self._questions)
            choosers[0].setFocus()
        else:
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
        self._questions.body.setContentsMargins(24, 8, 24, 8)
        for chooser in self.beside():
            self._questions.body.addWidget(chooser)
        self._questions.body.addWidget(self.form)
        self._questions.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._asking)
        layout.addWidget(self._questions, 1)
        layout.addLayout(buttons)

    def written_about(self) -> Place:
        """Return what it is about: what was written is offered where the same form is opened about that."""
        return Place()

    def beside(self) -> Sequence[Chooser]:
        """Return what is to be chosen above the questions, and is kept with their answers."""
        return ()

    def work(self) -> Work:
        """Return what is to be recorded, once all is answered well."""
        raise NotImplementedError

    def said(self) -> str:
        """Return what went wrong, in the words shown."""
        return self._asking.banner.text()

    def _save(self) -> None:
        if self.form.check():
            self._rest.keep(True)
            self.save_button.setEnabled(False)
            self._is_recording = True
            with self.jotter.recording() if self.jotter else nullcontext():
                self._asking.save("Recording …", self.work(), self._saved, self._failed, purpose=self.purpose)

    def _saved(self, _result: object) -> None:
        self.accept()
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self._is_recording = False
        self.save_button.setEnabled(True)
        self._rest.keep(False)
        self._asking.show_problem(problem)

    def reject(self) -> None:
        """Close; where something was typed, only when asked a second time. Not while it is recorded."""
        if self._is_recording:
            return
        if self.form.written() != self._opened and not self._was_warned:
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
