"""An editor for each kind of question: words, choices, numbers. Rows stand in `ui/row_fields.py`."""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from caseapp import words
from caseapp.form import Choice, Choices, Computed, Date, Field, Money, Number, Score, Text
from ui.choice_fields import ChoicesEditor, choice_editor
from ui.date_field import DateEditor
from ui.editor import Editor
from ui.score_field import ScoreEditor
from ui.spelling import Underlines, menu_for, spelling

GROWS_TO: Final = 14
"""Lines to which a text grows before it scrolls."""
NARROW: Final = 100
_LONG: Final = 28


@singledispatch
def editor_for(field: Field, parent: QWidget | None, today: date) -> Editor:
    """Return the editor for a question. Raises TypeError for a kind that has none."""
    raise TypeError(f"There is no editor for {type(field).__name__}.")


class GrowingText(QPlainTextEdit):
    """A text that is as high as what is written in it, up to a limit."""

    left = Signal()

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._underlines: Underlines | None = None
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        written = round(self.document().size().height())
        lines = min(max(self._lines, written), max(GROWS_TO, self._lines))
        frame = round(2 * self.document().documentMargin()) + 10
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + frame)
        is_higher = written > lines
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_higher else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def written(self) -> str:
        """Return the text as typed; Qt's own way would turn fixed spaces into plain ones."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the lines again at another width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another typeface."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page unless there is more text than is shown."""
        if self.verticalScrollBar().maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Look at the spelling from now on: of what is read only nobody asks."""
        super().focusInEvent(event)
        if self._underlines is None and not self.isReadOnly():
            spelling().load()
            self._underlines = Underlines(self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what may have been meant at a word that the dictionary does not know."""
        menu = menu_for(self, event)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the writer has gone on."""
        super().focusOutEvent(event)
        self.left.emit()


class LinesEditor(Editor):
    """Words of several lines."""

    def __init__(self, field: Text, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._text = GrowingText(field.lines)
        self._text.textChanged.connect(self.edited)
        self._text.left.connect(self.leave)
        self.name_control(self._text)
        # At the top: it may grow while it is laid out, and in the middle of its room it would end below it.
        self.body.addWidget(self._text, 0, Qt.AlignmentFlag.AlignTop)

    def control(self) -> QWidget:
        """Return the text."""
        return self._text

    def read(self) -> Any:
        """Return what is written."""
        return words.tidy(self._text.written()) or None

    def show_answer(self, answer: Any) -> None:
        """Show the text; writing so far stays in the text's own undo only if it is the same."""
        shown = self.field.show(answer)
        if self._text.written() != shown:
            self._text.setPlainText(shown)


class LineEditor(Editor):
    """One line: words, a number with its unit, a sum of money."""

    def __init__(self, field: Field, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._line = QLineEdit()
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self._finish)
        self.name_control(self._line)
        self.body.addWidget(self._line)

    def control(self) -> QWidget:
        """Return the line."""
        return self._line

    def read(self) -> Any:
        """Return the answer as stored, or as typed where it is not understood."""
        typed = self._line.text()
        try:
            return self.field.clean(typed)
        except ValueError:
            return typed

    def show_answer(self, answer: Any) -> None:
        """Show the answer with its unit or sign, from its beginning; the whole stands in the tooltip."""
        shown = self.field.show(answer)
        self._line.setText(shown)
        self._line.setCursorPosition(0)
        self._line.setToolTip(shown if len(shown) > _LONG else "")

    def focus(self) -> None:
        """Go on writing at the end."""
        super().focus()
        self._line.end(False)

    def _finish(self) -> None:
        self.leave()
        if self._is_touched and not self.problem():
            typed, place = self._line.text(), self._line.cursorPosition()
            self.show_answer(self.answer())
            if self._line.text() == typed:
                self._line.setCursorPosition(place)  # after a lock, type on from there


class NumberEditor(LineEditor):
    """A number: a short line, with room for a note beside it."""

    note_beside = True

    def __init__(self, field: Number | Money, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        unit = field.unit if isinstance(field, Number) else "£000,000"
        self._line.setPlaceholderText("£" if isinstance(field, Money) else "")
        self._line.setFixedWidth(max(NARROW, self._line.fontMetrics().horizontalAdvance(unit) + 72))
        self.body.addStretch(1)


class ComputedEditor(LineEditor):
    """A result: worked out from other answers, never typed."""

    note_beside = True

    def __init__(self, field: Computed, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._line.setReadOnly(True)
        self._line.setFixedWidth(NARROW)
        self._line.setPlaceholderText("worked out")
        self.body.addStretch(1)

    def read(self) -> Any:
        """Return the result: nobody can have typed another."""
        return self._given


@editor_for.register
def _text(field: Text, parent: QWidget | None, today: date) -> Editor:
    kind = LinesEditor if field.lines > 1 else LineEditor
    return kind(field, parent, today)


editor_for.register(Choice, choice_editor)
editor_for.register(Choices, ChoicesEditor)
editor_for.register(Date, DateEditor)
editor_for.register(Number, NumberEditor)
editor_for.register(Money, NumberEditor)
editor_for.register(Score, ScoreEditor)
editor_for.register(Computed, ComputedEditor)
