"""The help that lies over a screen: what it is for, and all the keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from ui.parts import Card, Muted, Section, Title, icon_button, plain

KEYS: Final = (
    ("Ctrl+K", "Find a child"),
    ("Ctrl+N", "New: child, note, import"),
    ("Ctrl+P", "Preview and print"),
    ("Ctrl+L", "Lock the window"),
    ("Alt+1 … 9", "The screens at the left"),
    ("Alt+Left", "Back"),
    ("Ctrl+Tab", "Next tab of a record"),
    ("Ctrl+Enter", "Next section of a plan"),
    ("F6", "Next part of the screen"),
    ("F1", "Help with this screen"),
    ("Ctrl+/", "All keys"),
    ("Esc", "Close what opened last"),
)
HELP: Final = {
    "today": "What is due: overdue, this week, in the next 30 days. The button of a row opens the very form.",
    "children": "Everybody whom you may see. Chips narrow the list, a heading sorts it, Enter opens.",
    "caseload": (
        "Each worker’s cases against the zone, as of any day. Every number opens its children; those chosen "
        "there can go to another worker. Print review makes the meeting’s paper."
    ),
    "front door": (
        "Contacts, referrals and assessments, each with its clock. Enter opens one; managers decide. "
        "Timeliness tells how many were decided in time, month by month."
    ),
    "supervision": (
        "Who is to be talked about and why, and the sessions: those are seen by the two who hold them alone. "
        "Each figure opens its rows."
    ),
    "approvals": (
        "Everything that waits for a manager. Each row opens where it is decided; nobody approves their own."
    ),
    "early help": (
        "The families with early help open. Chips and the search narrow the list; Enter opens the record. "
        "Star progress tells what readings of a star recorded over time."
    ),
    "education": (
        "The virtual school’s figures: each opens the children behind it. Managers find the plans that wait "
        "for quality assurance; attendance and attainment come in from a school’s file."
    ),
    "reports": (
        "Leaving care counts what the law asks for; each number opens the young people behind it. The return "
        "is judged by the Department’s rules: Enter on a finding opens the field that mends it."
    ),
    "child": "One child’s record. The next dates stand at the top. Opening it is recorded.",
    "plan": (
        "Fill in a section at a time; everything is saved as you type. Last time’s answers stand beside it. "
        "Check and sign closes the version for good; a correction makes a new one. Where brothers and "
        "sisters share a plan, Alt+Left and Alt+Right go from one child’s part to the next."
    ),
    "settings": "Your own settings; for administrators also users, backups and the check of the store.",
    "import": "Takes in a folder of SSDA903 files. What is refused is listed and stays out.",
}


class KeysOverlay(Card):
    """A card over the screen; Esc or its button closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Help")
        self.setFixedWidth(560)
        close = icon_button("close", "Close")
        close.clicked.connect(self.close_help)
        head = QHBoxLayout()
        self._title = Title("Keys")
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self.body.addLayout(head)
        self._words = Muted("")
        self._field = Muted("")
        self.body.addWidget(self._words)
        self.body.addWidget(self._field)
        self.body.addWidget(Section("Keys"))
        self.body.addLayout(_keys_grid())
        self._close = close
        self._came_from: QWidget | None = None
        self.hide()

    def open_help(self, screen: str = "", title: str = "") -> None:
        """Show the keys, and with a screen's name what it and the field with the keyboard are for."""
        self._came_from = QApplication.focusWidget()
        self._title.setText(title or "Keys")
        self._words.setText(HELP.get(screen, ""))
        self._words.setVisible(screen in HELP)
        told = _about(self._came_from) if screen else ""
        self._field.setText(told)
        self._field.setVisible(bool(told))
        self.place()
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_help(self) -> None:
        """Take the card away and give the keyboard back."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def place(self) -> None:
        """Stand in the middle of the window."""
        if (parent := self.parentWidget()) is not None:
            self.adjustSize()
            height = min(self.sizeHint().height(), parent.height() - 32)
            self.setFixedHeight(height)
            self.move((parent.width() - self.width()) // 2, (parent.height() - height) // 2)


def _about(widget: QWidget | None) -> str:
    if widget is None or not widget.accessibleDescription():
        return ""
    return f"{widget.accessibleName()}: {widget.accessibleDescription()}"


def _keys_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    half = (len(KEYS) + 1) // 2
    for number, (key, does) in enumerate(KEYS):
        row, column = number % half, number // half * 2
        label = plain(key)
        label.setProperty("key", "true")
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(plain(does), row, column + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid
