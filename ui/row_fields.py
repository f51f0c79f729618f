"""Repeated rows: a card for each, opened to write in, moved, removed and brought back."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseapp.form import Answers, Computed, Field, Rows, Signatures, filled_rows, is_empty
from ui import theme
from ui.editor import Editor, Framed, takes_half
from ui.fields import editor_for
from ui.parts import ElidedLabel, UndoBar, icon_button
from ui.question_grid import QuestionGrid

__all__ = ["RowCard", "RowsEditor", "editor_for"]  # from here, `editor_for` knows rows too

_SHORT: Final = 4
"""Rows of so few questions are all open; of more, one at a time."""
_NUMBER: Final = "no"
"""The key of an action's or a target's number: signing gives it, nobody has to type it."""


class RowCard(QWidget):
    """One row: a line that says what is in it, and its questions once it is opened."""

    changed = Signal()
    left = Signal()
    remove_asked = Signal(object)
    """This card."""
    move_asked = Signal(object, int)
    """This card, and -1 for up or 1 for down."""

    def __init__(self, field: Rows, number: int, answers: Answers, parent: QWidget, today: date) -> None:
        super().__init__(parent)
        self._field, self._today = field, today
        self._answers = answers
        self._editors: dict[str, Editor] = {}
        self._grid: QuestionGrid | None = None
        self._is_read_only = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._frame = Framed(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self._column = QVBoxLayout(self._frame)
        self._column.setContentsMargins(8, 5, 8, 5)
        self._column.setSpacing(10)
        self._column.addLayout(self._head())
        self.set_number(number, 0)

    def _head(self) -> QHBoxLayout:
        self._toggle = QPushButton()
        self._toggle.setProperty("link", "true")
        self._toggle.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._toggle.clicked.connect(self._turn)
        theme.set_icon(self._toggle, "next", "muted", 16)
        self._words = ElidedLabel()
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._up, self._down = icon_button("up", "Move up"), icon_button("down", "Move down")
        self._remove = icon_button("delete", "Remove")
        self._up.clicked.connect(self._ask_up)
        self._down.clicked.connect(self._ask_down)
        self._remove.clicked.connect(self._ask_removal)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._toggle)
        row.addSpacing(6)
        row.addWidget(self._words, 1)
        for button in (self._up, self._down, self._remove):
            button.setStyleSheet("padding: 2px 3px; min-height: 18px;")
            row.addWidget(button)
        return row

    def _ask_up(self) -> None:
        self.move_asked.emit(self, -1)

    def _ask_down(self) -> None:
        self.move_asked.emit(self, 1)

    def _ask_removal(self) -> None:
        self.remove_asked.emit(self)

    def set_number(self, number: int, count: int) -> None:
        """Say which row of how many this is."""
        name = f"{self._field.row.capitalize()} {number}"
        self._toggle.setText(name)
        self._up.setEnabled(number > 1)
        self._down.setEnabled(number < count)
        self._up.setAccessibleName(f"Move {name} up")
        self._down.setAccessibleName(f"Move {name} down")
        self._remove.setAccessibleName(f"Remove {name}")
        for button in (self._up, self._down):
            button.setVisible(count > 1 and not self._is_read_only)
        self._remove.setToolTip(f"Remove {name}")
        self._say()

    def name(self) -> str:
        """Return what the row is called, such as «Target 2»."""
        return self._toggle.text()

    def is_open(self) -> bool:
        """Return whether its questions are shown."""
        return self._grid is not None and not self._grid.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide its questions."""
        if is_open and self._grid is None:
            self._grid = QuestionGrid()
            self._column.addWidget(self._grid)
            self._grid.setContentsMargins(4, 0, 4, 6)
            self._ask()
        if self._grid:
            self._grid.setVisible(is_open)
        theme.set_icon(self._toggle, "down" if is_open else "next", "muted", 16)
        self._say()

    def _turn(self) -> None:
        self.set_open(not self.is_open())

    def _say(self) -> None:
        is_open = self.is_open()
        summary = "" if is_open else self.summary()
        self._words.setText(summary)
        self._words.setVisible(True)
        state = "open" if is_open else f"closed: {self.summary()}"
        self._toggle.setAccessibleName(f"{self.name()}, {state}")

    def summary(self) -> str:
        """Return the row in one line."""
        shown = [each.show(self._answers.get(each.key)).replace("\n", " ") for each in self._field.fields]
        return " · ".join(text for text in shown if text) or "nothing written yet"

    def _asked(self) -> list[Field]:
        return [each for each in self._field.fields if not each.when or each.when.holds(self._answers)]

    def _ask(self) -> None:
        if self._grid is None:
            return
        asked = self._asked()
        for each in asked:
            if each.key not in self._editors:
                self._add(each)
        self._grid.arrange([(self._editors[each.key], takes_half(each)) for each in asked])

    def _add(self, field: Field) -> None:
        editor = editor_for(field, self._grid, self._today)
        editor.set_answer(self._answers.get(field.key))
        editor.set_read_only(self._is_read_only)
        editor.changed.connect(self._take)
        editor.left.connect(self.left)
        self._editors[field.key] = editor

    def _take(self, key: str) -> None:
        """Take an answer over; the row given at first stays as it was."""
        answer = self._editors[key].answer()
        if is_empty(answer):
            self._answers = {each: value for each, value in self._answers.items() if each != key}
        else:
            self._answers = self._answers | {key: answer}
        self._work_out()
        if any(each.when and each.when.key == key for each in self._field.fields):
            self._ask()
        self.changed.emit()

    def _work_out(self) -> None:
        for each in self._field.fields:
            if isinstance(each, Computed):
                worked_out = each.value(self._answers)
                self._answers = self._answers | {each.key: worked_out}
                if each.key in self._editors:
                    self._editors[each.key].set_answer(worked_out)

    def answers(self) -> Answers:
        """Return the row's answers, those of questions that are hidden now as well."""
        return self._answers

    def editors(self) -> list[Editor]:
        """Return the editors that are shown, from the top."""
        if not self.is_open():
            return []
        return [self._editors[each.key] for each in self._asked() if each.key in self._editors]

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the row be read only."""
        self._is_read_only = is_read_only
        for button in (self._up, self._down, self._remove):
            button.setVisible(not is_read_only)
        for editor in self._editors.values():
            editor.set_read_only(is_read_only)

    def focus(self) -> None:
        """Put the keyboard into its first question, past the number that signing gives, or on its line."""
        shown = self.editors()
        asked = [each for each in shown if each.field.key != _NUMBER] or shown
        if asked:
            asked[0].focus()
        else:
            self._toggle.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def head(self) -> QPushButton:
        """Return the button that opens and closes it."""
        return self._toggle

    def mark(self, is_wrong: bool) -> None:
        """Colour the frame."""
        self._frame.is_wrong = is_wrong
        self._frame.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the row with Alt and the arrow keys."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier and not self._is_read_only:
            self.move_asked.emit(self, step)
        else:
            super().keyPressEvent(event)


class RowsEditor(Editor):
    """A list of rows with a button to add one. A removed row can be brought back for ten seconds."""

    def __init__(self, field: Rows, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._rows = field
        self._cards: list[RowCard] = []
        self._strange: Any = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._add = QPushButton(f"Add {field.row}")
        theme.set_icon(self._add, "add")
        self._add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.name_control(self._add)
        self._add.setAccessibleName(f"Add {field.row} to {field.label}")
        self._add.clicked.connect(self.add_row)
        self._undo = UndoBar()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._list)
        column.addWidget(self._undo)
        column.addWidget(self._add)
        self.body.addWidget(holder)

    def control(self) -> QWidget:
        """Return the first row's line, or the button that adds one."""
        return self._cards[0].head() if self._cards else self._add

    def focus(self) -> None:
        """Put the keyboard into the first row, or on the button that adds one."""
        if self._cards:
            self._cards[0].focus()
        else:
            self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark(self, is_wrong: bool) -> None:
        """Colour the rows that hold something that is wrong."""
        for card in self._cards:
            card.mark(is_wrong and self._is_wrong(card))

    def _is_wrong(self, card: RowCard) -> bool:
        try:
            self._rows.clean([card.answers()])
        except ValueError:
            return True
        shown = [each for each in self._rows.fields if not each.when or each.when.holds(card.answers())]
        return any(each.required and is_empty(card.answers().get(each.key)) for each in shown)

    def cards(self) -> list[RowCard]:
        """Return the rows from the top."""
        return list(self._cards)

    def read(self) -> Any:
        """Return the rows that hold anything."""
        return filled_rows([card.answers() for card in self._cards]) or self._strange

    def show_answer(self, answer: Any) -> None:
        """Show the rows; what is not a list of rows is kept out of sight."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        rows = filled_rows(answer)
        self._strange = None if rows or is_empty(answer) else answer
        for row in rows:
            self._insert(len(self._cards), row)
        are_open = len(self._rows.fields) <= _SHORT and len(rows) <= _SHORT
        for card in self._cards:
            card.set_open(are_open)
        self._renumber()

    def _insert(self, place: int, row: Answers) -> RowCard:
        card = RowCard(self._rows, place + 1, row, self, self.today)
        card.changed.connect(self.edited)
        card.left.connect(self.leave)
        card.remove_asked.connect(self._remove)
        card.move_asked.connect(self._move)
        self._cards.insert(place, card)
        self._list.insertWidget(place, card)
        return card

    def _renumber(self) -> None:
        for number, card in enumerate(self._cards, 1):
            card.set_number(number, len(self._cards))
        if self._is_read_only:
            self._show_read_only(True)

    def add_row(self) -> None:
        """Add an empty row and go there."""
        if len(self._rows.fields) > _SHORT:
            for card in self._cards:
                card.set_open(False)
        card = self._insert(len(self._cards), {})
        card.set_open(True)
        self._renumber()
        self._is_touched = True
        # The new card has its place only after the layout had its turn.
        QTimer.singleShot(0, card, card.focus)

    def _remove(self, card: RowCard) -> None:
        place, name, row = self._cards.index(card), card.name(), card.answers()
        self._cards.remove(card)
        card.hide()
        self._list.removeWidget(card)
        card.deleteLater()
        self._renumber()
        if filled_rows([row]):
            self._undo.offer(f"{name} was removed.", partial(self._bring_back, place, row))
            self.edited()
        (self._cards[min(place, len(self._cards) - 1)].head() if self._cards else self._add).setFocus()

    def _bring_back(self, place: int, row: Answers) -> None:
        card = self._insert(min(place, len(self._cards)), row)
        card.set_open(True)
        self._renumber()
        card.focus()
        self.edited()

    def _move(self, card: RowCard, by: int) -> None:
        place = self._cards.index(card) + by
        if not 0 <= place < len(self._cards):
            return
        self._cards.remove(card)
        self._cards.insert(place, card)
        self._list.removeWidget(card)
        self._list.insertWidget(place, card)
        self._renumber()
        self.edited()

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the rows be read only: their cards stay, the buttons go."""
        self._is_read_only = is_read_only
        self._show_read_only(is_read_only)

    def _show_read_only(self, is_read_only: bool) -> None:
        self._add.setVisible(not is_read_only)
        for card in self._cards:
            card.set_read_only(is_read_only)
            if is_read_only:
                card.set_open(True)
        if is_read_only and not self._cards:
            if self._reading is None:
                self._reading = self._reading_label()
            self._reading.setText("–")
        if self._reading:
            self._reading.setVisible(is_read_only and not self._cards)


editor_for.register(Rows, RowsEditor)
editor_for.register(Signatures, RowsEditor)
