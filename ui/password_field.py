"""A box for a password: show and hide, and a word when Caps Lock is on."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.parts import icon_button, plain


class PasswordField(QWidget):
    """A password, hidden until the eye beside it is pressed."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str = "Password", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.installEventFilter(self)
        self._eye = icon_button("eye", f"Show the {name.lower()}")
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self.reveal)
        self._caps = plain("Caps Lock is on.", "small")
        self._caps.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._eye)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._caps)
        self.setFocusProxy(self.edit)

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
        theme.set_icon(self._eye, "eye-off" if shown else "eye")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock by what the keys give: Qt does not tell its state."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            letter = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self._caps.hide()
            elif len(letter) == 1 and letter.lower() != letter.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._caps.setVisible(letter.isupper() != shift)
        elif event.type() == QEvent.Type.FocusOut:
            self._caps.hide()
        return super().eventFilter(watched, event)
