"""The smallest widgets: what the window to sign in is made of, so this loads nothing that it does not need.

Properties by name and number stand where a setter would need `Qt`, a namespace that takes 18 ms to load.
"""

from typing import Any, Final

from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme

_PLAIN_TEXT: Final = 0  # Qt.TextFormat.PlainText
GRID: Final = 8


def plain(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that shows text as it is (never as markup) in one of the roles of the style sheet."""
    label = QLabel(parent)
    label.setProperty("textFormat", _PLAIN_TEXT)
    label.setText(text)
    label.setProperty("role", role)
    return label


def wrapped(text: str, role: str = "") -> QLabel:
    """Return plain text that goes on in the next line where there is no room."""
    label = plain(text, role)
    label.setWordWrap(True)
    return label


class HandsKeyboardOn:
    """A box that hands the keyboard on to a control in it.

    A focus proxy would do so as well, but is a stop of its own to Tab, and Qt (6.11) puts it where it likes:
    after the last control of a page Tab then comes back to this one for ever.
    """

    front: QWidget
    """The control that has the keyboard then."""

    def setFocus(self, *reason: Any) -> None:
        """Put the keyboard into that control."""
        self.front.setFocus(*reason)


class Words(QLabel):
    """Text as it is, in one role of the style sheet."""

    role = ""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("role", self.role)
        self.setText(text)


class Title(Words):
    """The title of a screen."""

    role = "title"


class Section(Words):
    """The heading of a part of a screen."""

    role = "section"


class Muted(Words):
    """Words of less weight, as many lines as they need."""

    role = "muted"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)


class LinkButton(QPushButton):
    """A button that looks like a link."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setProperty("link", "true")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hand of a link."""
        from PySide6.QtCore import Qt

        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def primary(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return the screen's one button in the accent colour."""
    button = push(text, parent)
    button.setProperty("primary", "true")
    button.setAccessibleName(text)
    return button


def push(text: str, parent: QWidget | None = None) -> QPushButton:
    """Return a button. Qt is not given the words with it: then it would ask whether they are an icon."""
    button = QPushButton(parent)
    button.setText(text)
    return button


def icon_button(icon: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """Return a button that shows an icon only; its name is spoken and stands in the tooltip."""
    button = QToolButton(parent)
    button.setProperty("quiet", "true")
    button.setAccessibleName(name)
    button.setToolTip(name)
    theme.set_icon(button, icon)
    return button


class Card(QFrame):
    """A framed part of a screen; its content goes into `body`."""

    def __init__(self, title: str = "", action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.body = QVBoxLayout()
        self.body.setSpacing(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(10)
        self._heading = Section(title)
        self._heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if title or action:
            head = QHBoxLayout()
            head.addWidget(self._heading, 1)
            if action:
                head.addWidget(action)
            layout.addLayout(head)
        layout.addLayout(self.body)
        if title:
            self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Show another title on a card that was made with one."""
        self._heading.setText(title)
        self.setAccessibleName(title)
