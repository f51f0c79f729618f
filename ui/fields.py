"""An editor for each kind of question: words, choices, numbers. Rows stand in `ui/row_fields.py`."""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from caseapp import words
from caseapp.form import (
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Money,
    Number,
    Options,
    Rows,
    Score,
    Text,
    is_empty,
)
from ui.date_field import DateEditor
from ui.editor import Editor, Flow, Framed
from ui.parts import LinkButton, plain
from ui.score_field import ScoreEditor
from ui.spelling import Underlines, menu_for, spelling

GROWS_TO: Final = 14
"""Lines to which a text grows before it scrolls."""
NARROW: Final = 100
_RADIOS: Final = 4
_RADIO_ROOM: Final = 470
_HALF_ROOM: Final = 228
_FEW: Final = 5
_LONG: Final = 28
_TWO_COLUMNS: Final = 34
_CLEARS: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


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
        self.body.addWidget(self._text)

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
        unit = field.unit if isinstance(field, Number) else ""
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


class RadioEditor(Editor):
    """One of a few: a row of buttons. Delete, or the link at the end, takes the answer away."""

    def __init__(self, field: Choice, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._frame = Framed()
        flow = Flow(self._frame)
        flow.setContentsMargins(10, 4, 10, 4)
        self._group = QButtonGroup(self)
        self._buttons = {code: self._radio(code, label) for code, label in field.options}
        self._stray = plain("", "small")
        self._clear = LinkButton("Clear")
        self._clear.setAccessibleName(f"Clear {field.label}")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self._take_away)
        for widget in (*self._buttons.values(), self._stray, self._clear):
            flow.addWidget(widget)
        self._group.buttonClicked.connect(self._chosen)
        self.body.addWidget(self._frame)
        self._answer: Any = None
        self.show_answer(None)

    def _radio(self, code: str, label: str) -> QRadioButton:
        button = QRadioButton(label)
        button.setProperty("code", code)
        button.setAccessibleName(f"{self.field.label}: {label}")
        button.installEventFilter(self)
        self._group.addButton(button)
        return button

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Take the answer away with Delete."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _CLEARS:
            self._take_away()
            return True
        return False

    def control(self) -> QWidget:
        """Return the chosen button, or the first."""
        return self._buttons.get(str(self._answer)) or next(iter(self._buttons.values()))

    def mark(self, is_wrong: bool) -> None:
        """Colour the frame."""
        self._frame.is_wrong = is_wrong
        self._frame.update()

    def read(self) -> Any:
        """Return the code chosen."""
        return self._answer

    def show_answer(self, answer: Any) -> None:
        """Choose the button; an answer that is not on offer stands beside them as it is."""
        self._answer = None if is_empty(answer) else answer
        self._group.setExclusive(False)
        for code, button in self._buttons.items():
            button.setChecked(code == answer)
        self._group.setExclusive(True)
        stray = "" if self._answer is None or str(answer) in self._buttons else str(answer)
        self._stray.setText(stray)
        self._stray.setVisible(bool(stray))
        self._clear.setVisible(self._answer is not None)

    def _chosen(self, button: QAbstractButton) -> None:
        self.show_answer(button.property("code"))
        self.edited()
        self.leave()

    def _take_away(self) -> None:
        if self._answer is not None:
            self.show_answer(None)
            self.edited()
            self.leave()


class ComboEditor(Editor):
    """One of many: a list that drops down. Its first line takes the answer away."""

    def __init__(self, field: Choice, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._combo = QComboBox()
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(8)
        self._combo.setMaxVisibleItems(16)
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._combo.addItem("Not answered", None)
        for code, label in field.options:
            self._combo.addItem(label, code)
        self._fit_list(field.options)
        self._combo.installEventFilter(self)
        self._combo.activated.connect(self._chosen)
        self.name_control(self._combo)
        self.body.addWidget(self._combo)

    def _fit_list(self, options: Options) -> None:
        metrics = self._combo.fontMetrics()
        widest = max((metrics.horizontalAdvance(label) for _, label in options), default=0)
        self._combo.view().setMinimumWidth(min(widest + 56, 620))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Take the answer away with Delete; leave a turn of the wheel to the page."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _CLEARS:
            self._combo.setCurrentIndex(0)
            self._chosen()
            return True
        return False

    def control(self) -> QWidget:
        """Return the list."""
        return self._combo

    def read(self) -> Any:
        """Return the code chosen."""
        return self._combo.currentData()

    def show_answer(self, answer: Any) -> None:
        """Choose the line; an answer that is not on offer gets a line of its own."""
        if is_empty(answer):
            self._combo.setCurrentIndex(0)
            return
        place = self._combo.findData(answer)
        if place < 0:
            self._combo.addItem(str(answer), answer)
            place = self._combo.count() - 1
        self._combo.setCurrentIndex(place)

    def _chosen(self) -> None:
        self.edited()
        self.leave()


class ChoicesEditor(Editor):
    """Several of a list: boxes to tick, in two columns where the words are short."""

    def __init__(self, field: Choices, parent: QWidget | None, today: date) -> None:
        super().__init__(field, parent, today)
        self._boxes = {code: self._box(code, label) for code, label in field.options}
        self._strays: list[Any] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        longest = max((len(label) for _, label in field.options), default=0)
        columns = 1 if takes_half(field) or longest > _TWO_COLUMNS else 2
        lines = -(-len(self._boxes) // columns)
        for place, box in enumerate(self._boxes.values()):
            grid.addWidget(box, place % lines, place // lines)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 2, 0, 2)
        self.body.addWidget(holder)

    def _box(self, code: str, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.setAccessibleName(f"{self.field.label}: {label}")
        box.setToolTip(label if len(label) > _TWO_COLUMNS else "")
        box.setMinimumWidth(60)
        box.clicked.connect(self._ticked)
        return box

    def control(self) -> QWidget:
        """Return the first box."""
        return next(iter(self._boxes.values()))

    def read(self) -> Any:
        """Return the codes ticked, and what was there that is not on offer."""
        return [code for code, box in self._boxes.items() if box.isChecked()] + self._strays or None

    def show_answer(self, answer: Any) -> None:
        """Tick the boxes."""
        given = answer if isinstance(answer, list) else [] if is_empty(answer) else [answer]
        for code, box in self._boxes.items():
            box.setChecked(code in given)
        self._strays = [each for each in given if each not in self._boxes]

    def _ticked(self) -> None:
        self.edited()
        self.leave()


def takes_half(field: Field) -> bool:
    """Return whether a question is asked in half a line: a long list to tick is not."""
    if isinstance(field, Choices) and len(field.options) > _FEW:
        return False
    return field.half and not isinstance(field, Rows)


def _is_row(field: Choice) -> bool:
    """Return whether the options stand in one line, with the link that clears them."""
    metrics = QFontMetrics(QApplication.font())
    room = 60 + sum(metrics.horizontalAdvance(label) + 42 for _, label in field.options)
    return 0 < len(field.options) <= _RADIOS and room <= (_HALF_ROOM if field.half else _RADIO_ROOM)


@editor_for.register
def _text(field: Text, parent: QWidget | None, today: date) -> Editor:
    kind = LinesEditor if field.lines > 1 else LineEditor
    return kind(field, parent, today)


@editor_for.register
def _choice(field: Choice, parent: QWidget | None, today: date) -> Editor:
    kind = RadioEditor if _is_row(field) else ComboEditor
    return kind(field, parent, today)


editor_for.register(Choices, ChoicesEditor)
editor_for.register(Date, DateEditor)
editor_for.register(Number, NumberEditor)
editor_for.register(Money, NumberEditor)
editor_for.register(Score, ScoreEditor)
editor_for.register(Computed, ComputedEditor)
