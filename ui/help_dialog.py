"""A dialog of early help: questions, one thing to record, and what was typed is never dropped unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp.work import Problem
from ui.asking import Asking
from ui.parts import Muted, Title, primary
from ui.record_parts import Scroller
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

Work = Callable[["Session"], object]


class HelpDialog(QDialog):
    """Open it with `open()`."""

    changed = Signal()
    """It is recorded."""

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
        self._asking = Asking(desk)
        self.save_button = primary(save_text)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
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

    def work(self) -> Work:
        """Return what is to be recorded, once all is answered well."""
        raise NotImplementedError

    def said(self) -> str:
        """Return what went wrong, in the words shown."""
        return self._asking.banner.text()

    def _save(self) -> None:
        if self.form.check():
            self.save_button.setEnabled(False)
            self._asking.save("Recording …", self.work(), self._saved, self._failed)

    def _saved(self, _result: object) -> None:
        self.accept()
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.save_button.setEnabled(True)
        self._asking.show_problem(problem)

    def reject(self) -> None:
        """Close; where something was typed, only when asked a second time."""
        if self.form.answers() != self._opened and not self._was_warned:
            self._was_warned = True
            words = "Nothing is recorded yet. Press Cancel again to let go of what you typed."
            self._asking.banner.set_banner(words, "warning")
            self._asking.banner.show()
            return
        super().reject()
