"""A point on a scale: a row of numbers to press, or a number box where the scale is long."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from caseapp.form import Score, is_empty
from ui import theme
from ui.editor import Editor
from ui.parts import plain
from ui.star_typing import TypedScore

LONGEST: Final = 11
"""Numbers that stand in a row of buttons; a longer scale is typed."""
_STEPS: Final = {
    Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1,
}  # fmt: skip


class ScoreEditor(Editor):
    """A scale. Arrow keys move along it, figures choose, Delete (or pressing again) takes it away."""

    def __init__(self, field: Score, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._low, self._high = field.low, field.high
        self._answer: Any = None
        self._figures = TypedScore()
        self._box: QLineEdit | None = None
        self._buttons: dict[int, QPushButton] = {}
        if field.high - field.low < LONGEST:
            self._add_buttons(field)
        else:
            self._add_box()

    def _add_buttons(self, field: Score) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(1 if field.half else 4)
        for score in range(self._low, self._high + 1):
            self._buttons[score] = self._button(score)
            row.addWidget(self._buttons[score])
        row.addStretch(1)
        column.addLayout(row)
        if field.low_words or field.high_words:
            column.addLayout(_ends(field))
        self.body.addWidget(holder)
        self._rove()

    def _button(self, score: int) -> QPushButton:
        button = QPushButton(str(score))
        button.setCheckable(True)
        # The scale of ten has to fit into half a line.
        button.setStyleSheet("padding: 0; min-height: 26px;")
        button.setFixedWidth((22 if self._high - self._low > 9 else 24) if self.field.half else 32)
        button.setAccessibleName(f"{self.field.label}: {score}")
        button.setAccessibleDescription(self.field.help)
        button.setProperty("score", score)
        button.clicked.connect(self._pressed)
        button.installEventFilter(self)
        return button

    def _add_box(self) -> None:
        self._box = QLineEdit()
        self._box.setFixedWidth(72)
        self._box.setPlaceholderText(f"{self._low}–{self._high}")
        self._box.textEdited.connect(self._typed)
        self._box.editingFinished.connect(self.leave)
        self._box.installEventFilter(self)
        self.name_control(self._box)
        self.body.addWidget(self._box)
        self.body.addStretch(1)

    def control(self) -> QWidget:
        """Return the number box, or the button that Tab comes to."""
        return self._box or self._buttons[self._here()]

    def _here(self) -> int:
        return self._answer if self._answer in self._buttons else self._low

    def mark(self, is_wrong: bool) -> None:
        """Draw the box as wrong; buttons cannot be."""
        if self._box:
            super().mark(is_wrong)

    def read(self) -> Any:
        """Return the score."""
        return self._answer

    def show_answer(self, answer: Any) -> None:
        """Press the number; anything that is none stays as it is."""
        self._answer = None if is_empty(answer) else answer
        if self._box:
            if self._box.text() != self.field.show(answer):
                self._box.setText(self.field.show(answer))
            return
        for score, button in self._buttons.items():
            is_it = score == self._answer
            if button.isChecked() != is_it or (button.property("primary") == "true") != is_it:
                button.setChecked(is_it)
                button.setProperty("primary", "true" if is_it else "")
                theme.restyle(button)
        self._rove()

    def _rove(self) -> None:
        here = self._here()
        for score, button in self._buttons.items():
            is_here = score == here
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_here else Qt.FocusPolicy.ClickFocus)

    def _pressed(self) -> None:
        pressed: int = self.sender().property("score")
        self.choose(None if pressed == self._answer else pressed)

    def _typed(self, typed: str) -> None:
        try:
            self._answer = self.field.clean(typed)
        except ValueError:
            self._answer = typed
        self.edited()

    def choose(self, score: int | None) -> None:
        """Take a score as the answer, or take the answer away."""
        self.show_answer(score)
        self.edited()
        self.leave()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Move along the scale with the keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._obey(event)
        return False

    def _obey(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        typed = None if self._box else self._figures.take(event.text(), self._low, self._high)
        if key in _STEPS and not (self._box and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)):
            return self._step(_STEPS[key])
        if self._box:
            return False
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.choose(None)
        elif typed is not None:
            self.choose(typed)
        else:
            return False
        self.focus()
        return True

    def _step(self, by: int) -> bool:
        if isinstance(self._answer, int):
            self.choose(min(self._high, max(self._low, self._answer + by)))
        else:
            self.choose(self._low)
        self.focus()
        return True


def _ends(field: Score) -> QHBoxLayout:
    """Return the words for both ends of the scale, below it."""
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(plain(f"{field.low} {field.low_words.lower()}", "small"))
    row.addWidget(plain(f"{field.high} {field.high_words.lower()}", "small"))
    row.addStretch(1)
    return row
