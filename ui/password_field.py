"""A box for a password: show and hide, and a word when Caps Lock is on."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ui import theme
from ui.basics import HandsKeyboardOn, plain

_SENSITIVE: Final = 2  # Qt.InputMethodHint.ImhSensitiveData; the namespace takes 18 ms to load


class _Secret(QLineEdit):
    """A line of dots that notices Caps Lock by what the keys give: Qt does not tell its state."""

    caps_lock = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setProperty("inputMethodHints", _SENSITIVE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Compare a letter with the Shift key."""
        from PySide6.QtCore import Qt

        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock.emit(False)
        elif len(letter) == 1 and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(letter.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say nothing of keys that are not for this field."""
        self.caps_lock.emit(False)
        super().focusOutEvent(event)


class _Eye(QToolButton):
    """Shows and hides a password; its icon stands in the style sheet, by what `open` says."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("eye")
        self.setCheckable(True)
        self.setProperty("quiet", "true")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.toggled.connect(self._show_state)

    def _show_state(self, is_open: bool) -> None:
        self.setProperty("open", "true" if is_open else "false")
        theme.restyle(self)


class PasswordField(HandsKeyboardOn, QWidget):
    """A password, hidden until the eye beside it is pressed."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str = "Password", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _Secret(name)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self._eye = _Eye(f"Show the {name.lower()}")
        self._eye.toggled.connect(self.reveal)
        self._caps = plain("Caps Lock is on.", "small")
        self._caps.hide()
        self.edit.caps_lock.connect(self._caps.setVisible)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._eye)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._caps)
        self.front = self.edit

    def text(self) -> str:
        """Return the password as typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a password in."""
        self.edit.setText(text)

    def reveal(self, shown: bool) -> None:
        """Show the letters, or hide them."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._eye.setChecked(shown)
