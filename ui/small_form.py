"""A few questions on a card or panel: the same editors as in plans, checked before they are handed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import words
from caseapp.form import Date, Field, is_empty
from ui.editor import Editor, takes_half
from ui.escape_key import EscapeKey
from ui.fields import editor_for
from ui.jotting import Jotter, Place
from ui.parts import GRID, plain, primary
from ui.picker import Chooser
from ui.reading_order import page_of, put_in_order
from ui.record_parts import bring_into_sight
from ui.resting import Rest

if TYPE_CHECKING:
    from ui.desk import Desk


class SmallForm(QWidget):
    """Questions one below the other, halves two to a line. `needed` names those that must be answered.

    A question with a `when` is asked only then; what was answered before it went away counts for nothing.
    """

    changed = Signal()
    left = Signal()
    """It is no longer to be seen."""

    def __init__(
        self,
        fields: Sequence[Field],
        today: date,
        needed: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.today = today
        self._choosers: dict[str, Chooser] = {}
        self._needed = frozenset(needed)
        self._editors: dict[str, Editor] = {each.key: editor_for(each, self, today) for each in fields}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        line, is_half_used = -1, False
        for editor in self._editors.values():
            half = takes_half(editor.field)
            goes_beside = half and is_half_used
            line += 0 if goes_beside else 1
            where = (line, 1 if goes_beside else 0, 1, 1 if half else 2)
            grid.addWidget(editor, *where, Qt.AlignmentFlag.AlignTop)
            is_half_used = half and not goes_beside
            editor.changed.connect(self._edited)
            editor.left.connect(self._left)
        self._show_asked()

    def _left(self, key: str) -> None:
        """Say of a day that is still to come that it cannot be, once the writer has gone on."""
        editor = self._editors[key]
        is_past = isinstance(editor.field, Date) and editor.field.past
        if is_past and not editor.problem() and (self.day(key) or date.min) > self.today:
            editor.set_problem("This day is still to come. Type a day up to today.")

    def _edited(self, _key: str) -> None:
        self._show_asked()
        self.changed.emit()

    def _show_asked(self) -> None:
        answers = self.answers()
        for editor in self._editors.values():
            editor.setVisible(_is_asked(editor.field, answers))

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is left, whichever way that comes about."""
        super().hideEvent(event)
        self.left.emit()

    def editor(self, key: str) -> Editor:
        """Return the editor of a question."""
        return self._editors[key]

    def focus_first(self) -> None:
        """Put the keyboard into the first question."""
        next(iter(self._editors.values())).focus()

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Show answers; questions that are not named are emptied."""
        for key, editor in self._editors.items():
            editor.set_answer(answers.get(key))
            editor.set_problem(None)
        self._show_asked()

    def answers(self) -> dict[str, Any]:
        """Return the answers as they stand, right or wrong; None for what is not asked."""
        found: dict[str, Any] = {}
        for key, editor in self._editors.items():
            found[key] = editor.answer() if _is_asked(editor.field, found) else None
        return found

    def keep_with(self, choosers: Sequence[Chooser]) -> None:
        """Keep what is chosen beside the questions with their answers."""
        for place, each in enumerate(choosers):
            self._choosers[f"beside {place}"] = each
            each.changed.connect(self.changed)

    def written(self) -> dict[str, Any]:
        """Return the answers as they stand, with what was chosen beside the questions."""
        return self.answers() | {key: each.written() for key, each in self._choosers.items()}

    def bring_back(self, written: Mapping[str, Any]) -> None:
        """Show all that again."""
        self.set_answers(written)
        for key, each in self._choosers.items():
            each.bring_back(written.get(key))

    def text(self, key: str) -> str:
        """Return an answer as words, nothing if there is none."""
        return str(self.answers()[key] or "").strip()

    def day(self, key: str) -> date | None:
        """Return an answer as a day, if it is one."""
        return words.stored_day(self.answers()[key])

    def codes(self, key: str) -> tuple[str, ...]:
        """Return what was ticked."""
        return tuple(self.answers()[key] or ())

    def check(self) -> bool:
        """Return whether all is well; what is not is said at its question, and the first is gone to."""
        asked = self.answers()
        wrong = [
            editor
            for key, editor in self._editors.items()
            if _is_asked(editor.field, asked) and not self._is_right(key, editor)
        ]
        if wrong:
            wrong[0].focus()
            QTimer.singleShot(0, wrong[0], partial(bring_into_sight, wrong[0]))  # once its words have room
        return not wrong

    def _is_right(self, key: str, editor: Editor) -> bool:
        editor.leave()
        if editor.problem():
            return False
        answer = editor.answer()
        if key in self._needed and is_empty(answer):
            editor.set_problem(_missing(editor.field))
            return False
        return True


def _is_asked(field: Field, answers: Mapping[str, Any]) -> bool:
    return field.when is None or field.when.holds(answers)


def _missing(field: Field) -> str:
    return "Give a date, such as 03/09/2026 or today." if isinstance(field, Date) else "This is needed."


def give_keyboard_to(opener: QWidget | None) -> None:
    """Put the keyboard where a form was opened, if that is still there to be used."""
    if opener is not None and isValid(opener) and opener.isVisible() and opener.isEnabled():
        opener.setFocus(Qt.FocusReason.OtherFocusReason)


class InlineForm(QWidget):
    """A small form with Save and Cancel, shown inside a card while somebody adds something.

    Tab comes to it where it stands. Esc closes it; what was written in it is offered when it is opened again.
    """

    saved = Signal()
    """Everything is answered well: read the answers."""
    cancelled = Signal()
    cancel_discards = True
    """Whether cancelling lets go of what was written; where it only closes, that is there again."""

    def __init__(
        self,
        title: str,
        form: SmallForm,
        save_text: str,
        before: Sequence[QWidget] = (),
        cancel_text: str = "Cancel",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = form
        self._opener = QApplication.focusWidget()
        self._was_shown = False
        EscapeKey(self, self._close)
        self._before = tuple(before)
        form.keep_with([each for each in before if isinstance(each, Chooser)])
        self.words = plain("", "error")
        self.words.setWordWrap(True)
        self.words.hide()
        self._save = primary(save_text)
        self._save.clicked.connect(self._try)
        cancel = QPushButton(cancel_text)
        cancel.setAccessibleName(f"{cancel_text}: {title}")
        cancel.clicked.connect(self._cancel)
        self.jotter: Jotter | None = None
        self._title, self._layout = title, QVBoxLayout(self)
        layout = self._layout
        layout.setContentsMargins(0, 4, 0, GRID)
        layout.setSpacing(12)
        layout.addWidget(plain(title, "label"))
        for widget in self._before:
            layout.addWidget(widget)
        layout.addWidget(form)
        layout.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.addWidget(self._save)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        self.setAccessibleName(title)

    def keep_typing(self, desk: Desk, place: Place, name: str = "") -> Jotter:
        """Keep what is written from now on, and offer what was written about the same thing before."""
        self.jotter = Jotter(desk, self.form, self._title, place, self, name=name)
        self.jotter.recording_now.connect(Rest(self).keep)
        self._layout.insertWidget(1, self.jotter.line)
        return self.jotter

    def show_words(self, text: str) -> None:
        """Say why it could not be saved; what was typed stays."""
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def showEvent(self, event: QShowEvent) -> None:
        """Remember what it was opened from, and stand in Tab's round where it stands on the page."""
        super().showEvent(event)
        focused = QApplication.focusWidget()  # none, or its own, where its page was covered and is back
        if self._was_shown and focused is not None and not self.isAncestorOf(focused):
            self._opener = focused  # at first it was made by what opened it
        self._was_shown = True
        put_in_order(page_of(self))

    def _close(self) -> None:
        """Close; the keyboard goes back to what had opened the form."""
        opener = self._opener
        self.cancelled.emit()
        give_keyboard_to(opener)

    @property
    def opener(self) -> QWidget | None:
        """Return what the form was opened from, if the keyboard was there."""
        return self._opener

    def focus_first(self) -> None:
        """Put the keyboard into the first thing asked."""
        if self._before:
            self._before[0].setFocus()
        else:
            self.form.focus_first()

    def _try(self) -> None:
        if self.jotter and self.jotter.is_recorded:
            return  # what it stands on is being read anew
        self.show_words("")
        if self.form.check():
            with self.jotter.recording() if self.jotter else nullcontext():
                self.saved.emit()

    def _cancel(self) -> None:
        if self.jotter and self.cancel_discards:
            self.jotter.discard()
        self._close()
