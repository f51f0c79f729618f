"""What all editors of a question share: label, hint, problem, note, and the way they give an answer."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseapp.form import Choices, Field, Rows
from ui import theme
from ui.parts import plain

NEEDED: Final = "Needed before signing."
_FEW: Final = 5
"""Options that half a line has room for, one under the other."""


class Editor(QWidget):
    """A question on screen. Until somebody edits it, it gives back the very answer that it was given."""

    changed = Signal(str)
    """The question's key: somebody edited the answer."""
    left = Signal(str)
    """The question's key: the writer has gone on to something else."""

    note_beside = False
    """Whether a note stands at the right of the control, rather than at the end of the label's line."""

    def __init__(self, field: Field, parent: QWidget | None, today: date) -> None:
        super().__init__(parent)
        self.field, self.today = field, today
        self._given: Any = None
        self._is_touched = self._is_read_only = False
        self._problem: QLabel | None = None
        self._note: QLabel | None = None
        self._reading: QLabel | None = None
        self._hint_room: QLabel | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._add_head()
        self.body = QHBoxLayout()
        self.body.setSpacing(10)
        self._layout.addSpacing(2)
        self._layout.addLayout(self.body)

    def _add_head(self) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._label = plain(f"{self.field.label} *" if self.field.required else self.field.label, "label")
        self._label.setWordWrap(True)
        self._head.addWidget(self._label, 1)
        self._layout.addLayout(self._head)
        if self.field.help:
            hint = plain(self.field.help, "small")
            hint.setWordWrap(True)
            self._layout.addWidget(hint)

    def stand_beside(self, other: Editor | None) -> None:
        """Keep room for a hint that only the other question of the line has, so that both fields meet."""
        hint = other.field.help if other and not self.field.help else ""
        if self._hint_room is None:
            if not hint:
                return
            self._hint_room = plain("", "small")
            self._hint_room.setWordWrap(True)
            self._hint_room.hide()
            self._layout.insertWidget(0, self._hint_room)  # above: a label stays by its field
        policy = self._hint_room.sizePolicy()
        policy.setRetainSizeWhenHidden(bool(hint))
        self._hint_room.setSizePolicy(policy)
        self._hint_room.setText(hint)

    # What a kind of question answers for itself

    def control(self) -> QWidget:
        """Return the widget that takes the keyboard."""
        raise NotImplementedError

    def read(self) -> Any:
        """Return what stands on the screen: as stored where it is understood, else as typed."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Put an answer on the screen."""
        raise NotImplementedError

    # The answer

    def answer(self) -> Any:
        """Return the answer as stored; what cannot be understood as it was typed."""
        return self.read() if self._is_touched else self._given

    def set_answer(self, value: Any) -> None:
        """Show an answer, without telling that anything changed."""
        self._given, self._is_touched = value, False
        blocked = self.blockSignals(True)
        self.show_answer(value)
        self.blockSignals(blocked)
        self._is_touched = False
        if self._reading:
            self._reading.setText(self.field.show(value) or "–")

    def edited(self) -> None:
        """Take note that somebody changed the answer."""
        self._is_touched = True
        self.changed.emit(self.field.key)

    def leave(self) -> None:
        """Say what cannot be understood, now that the writer has gone on."""
        try:
            self.field.clean(self.answer())
        except ValueError as error:
            self.set_problem(str(error))
        else:
            self.set_problem(None)
        self.left.emit(self.field.key)

    # Words around it

    def name_control(self, control: QWidget) -> None:
        """Tell screen readers what the control asks for."""
        control.setAccessibleName(self.field.label)
        self._describe(control)

    def _describe(self, control: QWidget) -> None:
        parts = [self.problem(), self.field.help, NEEDED if self.field.required else "", self.note()]
        control.setAccessibleDescription(" ".join(part for part in parts if part))

    def set_problem(self, words: str | None) -> None:
        """Show what is wrong with the answer, or that nothing is."""
        if (words or "") == self.problem():
            return
        if self._problem is None:
            self._problem = plain("", "error")
            self._problem.setWordWrap(True)
            self._layout.insertWidget(2 if self.field.help else 1, self._problem)
        self._problem.setText(words or "")
        self._problem.setVisible(bool(words))
        self.mark(bool(words))
        self._describe(self.control())

    def mark(self, is_wrong: bool) -> None:
        """Draw the control as wrong, or as it should be."""
        self.control().setProperty("error", "true" if is_wrong else "")
        theme.restyle(self.control())

    def problem(self) -> str:
        """Return the words of the problem shown, or nothing."""
        return self._problem.text() if self._problem else ""

    def set_note(self, text: str) -> None:
        """Show a remark such as «from the record» or «last time 88.0 %»."""
        if self._note is None:
            if not text:
                return
            self._note = plain("", "small")
            if self.note_beside:
                self._note.setWordWrap(True)
                self.body.insertWidget(1, self._note, 20)
            else:
                self._head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._describe(self.control())

    def note(self) -> str:
        """Return the remark shown."""
        return self._note.text() if self._note else ""

    def set_read_only(self, is_read_only: bool) -> None:
        """Show the answer as words that can be read and copied, not changed."""
        if is_read_only == self._is_read_only:
            return
        self._is_read_only = is_read_only
        if self._reading is None:
            self._reading = self._reading_label()
        self._reading.setText(self.field.show(self.answer()) or "–")
        self._reading.setVisible(is_read_only)
        self._set_body_visible(not is_read_only)

    def _reading_label(self) -> QLabel:
        label = plain("")
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(self.field.label)
        self._layout.addWidget(label)
        return label

    def _set_body_visible(self, is_visible: bool) -> None:
        for place in range(self.body.count()):
            if (item := self.body.itemAt(place)) and (widget := item.widget()) and widget is not self._note:
                widget.setVisible(is_visible)

    def focus(self) -> None:
        """Put the keyboard here."""
        place: QWidget = self._reading if self._is_read_only and self._reading else self.control()
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_keyboard(self) -> bool:
        """Return whether somebody is writing here."""
        focused = self.window().focusWidget()
        return focused is not None and focused.hasFocus() and self.isAncestorOf(focused)


class Framed(QWidget):
    """A frame such as a field has, around several small controls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_wrong = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("red" if self.is_wrong else "edge"), 1))
        painter.setBrush(theme.colour("field"))
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 6, 6)
        painter.end()


class Flow(QLayout):
    """Widgets one after the other, going on in a new line where there is no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16, line_gap: int = 2) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap

    def addItem(self, item: QLayoutItem) -> None:
        """Take a widget in."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        """Return one of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # Qt asks past the end
        """Give one of them up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that fewer lines do where it is wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything into its place."""
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        """Return the room for all of them in one line."""
        margins = self.contentsMargins()
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """Return the room for the widest of them."""
        margins = self.contentsMargins()
        widest = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(widest + margins.left() + margins.right(), self.sizeHint().height())

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        margins = self.contentsMargins()
        room = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        x, y, line = room.x(), room.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(room.width(), 1), 10_000))
            if x > room.x() and x + size.width() > room.right() + 1:
                x, y, line = room.x(), y + line + self._line_gap, 0
            if not only_measure:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line - rect.y() + margins.bottom()


def takes_half(field: Field) -> bool:
    """Return whether a question is asked in half a line: a long list to tick is not."""
    if isinstance(field, Choices) and len(field.options) > _FEW:
        return False
    return field.half and not isinstance(field, Rows)
