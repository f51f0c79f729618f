"""The tour: short cards over the real window, each beside the part that it tells of.

It steps aside as soon as somebody begins to work, and goes on with the next card when it is asked to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from ui import theme
from ui.find import FindBox
from ui.frame import Rail, StatusLine
from ui.parts import Card, LinkButton, Muted, Section, plain, primary

_WIDTH: Final = 380
_GAP: Final = 16
_AROUND: Final = 4
_SHADE: Final = 120


class Step(NamedTuple):
    """A card: what it tells, which part of the window it stands beside, and the right that it is for."""

    title: str
    words: str
    beside: type[QWidget] | str
    right: str = ""


STEPS: Final = (
    Step(
        "The screens",
        "At the left are the screens that your role may use. Alt and a number opens one: Alt+1 the first. "
        "Begin to work when you like: the tour then waits in the line at the bottom.",
        Rail,
    ),
    Step(
        "Find a child",
        "Press Ctrl+K anywhere and type a few letters of a name, a birthday, an address or a school. "
        "Enter opens the record. Every look into a record is written down.",
        FindBox,
        "read",
    ),
    Step(
        "Today",
        "The first screen shows what is due: overdue, this week, in the next 30 days. The button of "
        "a row opens the very form, or the record.",
        "canvas",
        "read",
    ),
    Step(
        "A record",
        "A child’s record has its next date at the top and a tab for each part of the work. Plans are "
        "filled in a section at a time, with last time’s answers beside them.",
        "canvas",
        "read",
    ),
    Step(
        "Settings",
        "Here you add users, choose a second place for the backups, have the store checked, and set down "
        "what your area settles: limits, closure days, term dates and rates.",
        "canvas",
        "settings",
    ),
    Step(
        "Saved, locked, backed up",
        "What you type is saved by itself: this line says when, and when the last backup was made. Ctrl+L "
        "locks the window; it also locks when nobody works. F1 helps on every screen.",
        StatusLine,
    ),
)


class Tour(QWidget):
    """Lies over the whole window while it lasts; Esc or Skip ends it, the arrow keys go on and back."""

    ended = Signal()
    stepped_aside = Signal()
    """Somebody began to work: it waits at the next card."""

    def __init__(self, work: QWidget, steps: Sequence[Step] = STEPS) -> None:
        super().__init__(work)
        self._steps = steps
        self.setAccessibleName("Tour")
        self._came_from: QWidget | None = None
        self._number = 0
        self._card = Card(parent=self)
        self._card.setFixedWidth(_WIDTH)
        self._title = Section("")
        self._words = Muted("")
        self._words.setProperty("role", "")
        self._count = plain("", "small")
        self._skip = LinkButton("Skip the tour")
        self._skip.clicked.connect(self.skip)
        self._back = QPushButton("Back")
        self._back.setAccessibleName("Back to the card before")
        self._back.clicked.connect(self.back)
        self._next = primary("Next")
        self._next.clicked.connect(self.next)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._skip)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        for button in (self._skip, self._back, self._next):
            button.installEventFilter(self)
        for each in (self._count, self._title, self._words):
            self._card.body.addWidget(each)
        self._card.body.addLayout(row)
        self.hide()

    def begin(self) -> None:
        """Show the first card."""
        self._number = 0
        self.go_on()

    def go_on(self) -> None:
        """Show the card at which it waits."""
        self._came_from = QApplication.focusWidget()
        self._show_step()
        self.place()
        self.show()
        self.raise_()
        self._next.setFocus(Qt.FocusReason.PopupFocusReason)

    def next(self) -> None:
        """Go on to the next card; after the last one the tour is over."""
        if self._number + 1 == len(self._steps):
            self.skip()
        else:
            self._number += 1
            self._show_step()

    def back(self) -> None:
        """Go back a card."""
        self._number = max(0, self._number - 1)
        self._show_step()

    def skip(self) -> None:
        """End the tour and give the keyboard back."""
        self._leave()
        self.ended.emit()

    def step_aside(self) -> None:
        """Let somebody work who began to, and wait at the next card; after the last one the tour is over."""
        if self._number + 1 == len(self._steps):
            self.skip()
        else:
            self._number += 1
            self._leave()
            self.stepped_aside.emit()

    def title(self) -> str:
        """Return the title of the card that is shown."""
        return self._title.text()

    def standing(self) -> str:
        """Return at which card it is, such as «2 of 5»."""
        return f"{self._number + 1} of {len(self._steps)}"

    def place(self) -> None:
        """Cover the window, with the card beside what it tells of."""
        if (parent := self.parentWidget()) is not None:
            self.setGeometry(parent.rect())
            if (layout := self._card.layout()) is not None:
                layout.activate()  # else it stands as high as the words before wanted it
                self._card.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))
            self._card.move(_beside(self._target(), self._card.size(), self.rect()))
            self.update()

    def _leave(self) -> None:
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def _show_step(self) -> None:
        step = self._steps[self._number]
        is_last = self._number + 1 == len(self._steps)
        self._count.setText(self.standing())
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._card.setAccessibleName(f"{step.title}. {step.words}")
        self._back.setEnabled(self._number > 0)
        self._next.setText("Begin work" if is_last else "Next")
        self._next.setAccessibleName(self._next.text())
        self._skip.setVisible(not is_last)
        if not self._back.isEnabled() and self._back.hasFocus():
            self._next.setFocus()
        self.place()

    def _target(self) -> QRect:
        """Return where the part that is told of stands; nothing where the window has none."""
        window, beside = self.parentWidget(), self._steps[self._number].beside
        if window is None:
            return QRect()
        found = window.findChild(QWidget, beside) if isinstance(beside, str) else window.findChild(beside)
        if found is None:
            return QRect()
        return QRect(found.mapTo(window, QPoint(0, 0)), found.size())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab within the card: what lies beneath is covered."""
        buttons = [
            each for each in (self._skip, self._back, self._next) if each.isVisible() and each.isEnabled()
        ]
        if not self.isVisible() or not buttons:
            return super().focusNextPrevChild(forward)
        at = next((place for place, each in enumerate(buttons) if each.hasFocus()), -1)
        buttons[(at + (1 if forward else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on and back by the arrow keys, and end by Esc."""
        if not self._follows(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys before a button does: it would only pass the keyboard on to its neighbour."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._follows(event)

    def _follows(self, event: QKeyEvent) -> bool:
        acts = {Qt.Key.Key_Escape: self.skip, Qt.Key.Key_Right: self.next, Qt.Key.Key_Left: self.back}
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None

    def event(self, event: QEvent) -> bool:
        """Step aside for a key that leads elsewhere and a click beside the card; the wheel moves nothing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_a_way(event):
            self.step_aside()
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._pressed_at(event.position().toPoint())
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            event.accept()
            return True
        return super().event(event)

    def _pressed_at(self, place: QPoint) -> None:
        if not self._card.geometry().contains(place):
            self.step_aside()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shade the window but for the part that is told of, and draw a frame round that."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = theme.colour("ink") if theme.current().name == "light" else theme.colour("canvas")
        shade.setAlpha(_SHADE)
        whole, part = QPainterPath(), QPainterPath()
        whole.addRect(self.rect().toRectF())
        target = self._target().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(self.rect())
        part.addRoundedRect(target.adjusted(1, 1, -1, -1).toRectF(), 6, 6)
        painter.fillPath(whole.subtracted(part), shade)
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawRoundedRect(self._card.geometry().adjusted(-1, -1, 1, 1), 8, 8)
        if not target.isEmpty():
            painter.drawPath(part)
        painter.end()


def _is_a_way(event: QKeyEvent) -> bool:
    """Return whether a key leads elsewhere, such as Alt+1: the keyboard would be beneath the shade."""
    with_others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    alone = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr)
    return event.key() == Qt.Key.Key_F1 or bool(event.modifiers() & with_others and event.key() not in alone)


def _beside(target: QRect, card: QSize, room: QRect) -> QPoint:
    """Return where a card stands: right of a part, else below it, above it, or in its middle."""
    wide, high = card.width(), card.height()
    if target.right() + 2 * _GAP + wide <= room.right() and target.height() > 2 * high:
        return QPoint(target.right() + _GAP, target.top() + 3 * _GAP)
    left = max(_GAP, min(target.left(), room.right() - wide - _GAP))
    if target.bottom() + 2 * _GAP + high <= room.bottom():
        return QPoint(left, target.bottom() + _GAP)
    if target.height() < high and target.top() - 2 * _GAP - high >= 0:
        return QPoint(left, target.top() - _GAP - high)
    middle = (target if not target.isEmpty() else room).center()
    return QPoint(middle.x() - wide // 2, middle.y() - high // 2)
