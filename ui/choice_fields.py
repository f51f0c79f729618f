"""Editors for questions with options: buttons in a row, a list that drops down, boxes to tick."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from caseapp.form import Choice, Choices, is_empty
from ui.editor import Editor, Flow, Framed, takes_half
from ui.elided_combo import ElidedCombo
from ui.parts import LinkButton, plain

_RADIOS: Final = 4
_RADIO_ROOM: Final = 470
_HALF_ROOM: Final = 228
_TWO_COLUMNS: Final = 34
_CLEARS: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


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
        """Choose with the arrow keys, and take the answer away with Delete."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(watched, _STEPS[key])
        elif key in _CLEARS:
            self._take_away()
        else:
            return False
        return True

    def _step(self, button: QRadioButton, by: int) -> None:
        # Qt's own arrows only move as long as nothing is chosen.
        buttons = list(self._buttons.values())
        place = min(max(buttons.index(button) + by, 0), len(buttons) - 1)
        buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        buttons[place].click()

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
        self._combo = ElidedCombo()
        self._combo.setMaxVisibleItems(16)
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._combo.addItem("Not answered", None)
        for code, label in field.options:
            self._combo.addItem(label, code)
        self._combo.fit_list()
        self._combo.installEventFilter(self)
        self._combo.activated.connect(self._chosen)
        self.name_control(self._combo)
        self.body.addWidget(self._combo)

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


def _is_row(field: Choice) -> bool:
    """Return whether the options stand in one line, with the link that clears them."""
    metrics = QFontMetrics(QApplication.font())
    room = 60 + sum(metrics.horizontalAdvance(label) + 42 for _, label in field.options)
    return 0 < len(field.options) <= _RADIOS and room <= (_HALF_ROOM if field.half else _RADIO_ROOM)


def choice_editor(field: Choice, parent: QWidget | None, today: date) -> Editor:
    """Return the editor for one of some options: buttons where they fit into a line."""
    kind = RadioEditor if _is_row(field) else ComboEditor
    return kind(field, parent, today)
