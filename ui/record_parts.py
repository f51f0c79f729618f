"""Small parts of record, Today and lists: links that shorten, chips that filter, places that scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from ui.editor import Flow
from ui.parts import GRID, Chip, LinkButton, Muted

READING_WIDTH: Final = 820
"""Pixels of a line that is easily read: about 120 letters."""
STATES: Final = {"due_today": "due_soon", "met": "on_track", "met_late": "due_soon", "ended": "neutral"}
"""The meaning of a clock's state, where its name is not one."""
STATUS_MEANINGS: Final = {
    "Early help": "early_help",
    "Child in need": "in_need",
    "Child protection": "protection",
    "Looked after": "looked_after",
    "Care leaver": "care_leaver",
    "Closed": "neutral",
}
"""The meaning of a child's status, by its words."""


def state_meaning(state: str) -> str:
    """Return the meaning that a clock's state is drawn with."""
    return STATES.get(state, state)


def short_day(day: date) -> str:
    """Return a day of about now without its year: 16/11."""
    return words.day(day)[:5]


class ElidedLink(LinkButton):
    """A link that ends in … where there is no room; the whole stands in the tooltip."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._whole = text
        self._room: QSize | None = None
        self.setAccessibleName(text)
        self.setAutoDefault(False)  # Enter in a dialog's line is never meant for a link
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_whole_text(self, text: str) -> None:
        """Show another text, shortened where it must be."""
        self._whole, self._room = text, None
        self.setAccessibleName(text)
        self._shorten()
        self.updateGeometry()

    def whole_text(self) -> str:
        """Return the text without any shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """Return the room for the whole text, measured once: a grid of many rows asks hundreds of times."""
        if self._room is None:
            self.ensurePolished()
            width = self.fontMetrics().horizontalAdvance(self._whole.replace("&", "")) + 4
            self._room = QSize(width, super().sizeHint().height())
        return self._room

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font or style."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._room = None
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(min(self.sizeHint().width(), 56), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text to what fits."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown.replace("&", "&&"))
        self.setToolTip("" if shown == self._whole else self._whole)


class FilterChip(QPushButton):
    """A filter that is on or off, as a chip that the keyboard reaches."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setProperty("filter", "true")
        self.setAccessibleName(text)


def nothing_yet(text: str, action_text: str = "", act: Callable[[], object] | None = None) -> QWidget:
    """Return what stands in place of an empty list in a card: words, and the one next step."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    layout.addWidget(Muted(text))
    if act is not None:
        button = LinkButton(action_text)
        button.clicked.connect(act)
        layout.addWidget(button)
    return holder


class Scroller(QScrollArea):
    """A place that scrolls up and down, sideways only where it must; `body` holds what is in it."""

    def __init__(self, parent: QWidget | None = None, right_margin: int = 24) -> None:
        super().__init__(parent)
        self._right_margin = right_margin
        inside = QWidget()
        inside.setObjectName("canvas")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(24, 16, right_margin, 24)
        self.body.setSpacing(16)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, _low: int, high: int) -> None:
        """Let the scroll bar stand in the margin, so that nothing moves when it comes."""
        margins = self.body.contentsMargins()
        bar = self.verticalScrollBar().sizeHint().width() if high > 0 else 0
        margins.setRight(max(0, self._right_margin - bar))
        self.body.setContentsMargins(margins)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are let go once Qt is done with them."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def row(*widgets: QWidget, stretch_at: int = -1, spacing: int = GRID) -> QWidget:
    """Return widgets side by side; the one at `stretch_at` takes what room is left."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for place, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if place == stretch_at else 0)
    if stretch_at < 0:
        layout.addStretch(1)
    return holder


def flowing(*widgets: QWidget, gap: int = GRID) -> QWidget:
    """Return widgets side by side that go on in another line where there is no room."""
    holder = QWidget()
    flow = Flow(holder, gap=gap, line_gap=6)
    flow.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        flow.addWidget(widget)
    return holder


def status_chip(status: str) -> Chip:
    """Return the chip of a child's status, given in words."""
    return Chip(status, STATUS_MEANINGS.get(status, "neutral"))


def bring_into_sight(form: QWidget) -> None:
    """Scroll to a form: the link that opened it may stand a long way off."""
    above = form.parentWidget()
    while above is not None and not isinstance(above, Scroller):
        above = above.parentWidget()
    if above is not None:
        # What was just put in has no place before that.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        above.ensureWidgetVisible(form)
