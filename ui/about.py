"""About: the version, and everything that is shipped with its licence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from caseapp import licences
from caseapp.licences import Shipped
from ui.parts import Card, FactsGrid, LinkButton, Muted, Title

WORDS = (
    "caseapp keeps its records in one encrypted file on this computer and sends nothing anywhere. "
    "It may be used, changed and passed on by anybody, under the MIT licence."
)


class AboutScreen(QWidget):
    """The parts at the left; of the chosen one where it comes from, and the whole text of its licence."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("About")
        self._parts = licences.shipped()
        self._list = QListWidget()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it elides
        self._list.setAccessibleName("What is shipped")
        self._list.ensurePolished()  # rows are as high as the style sheet asks only if it is known by then
        for part in self._parts:
            item = QListWidgetItem(f"{part.name}  ·  {part.licence}")
            item.setToolTip(part.what_for)
            self._list.addItem(item)
        self._list.currentRowChanged.connect(self._show)
        self._facts = FactsGrid(label_width=96)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Licence")
        self._card = Card("Licence")
        self._card.body.addWidget(self._facts)
        self._card.body.addWidget(self._text, 1)
        self._lay_out()
        self._list.setCurrentRow(0)

    def _lay_out(self) -> None:
        back = LinkButton("Back")
        back.clicked.connect(self.left)
        listed = Card("What is shipped")
        listed.body.addWidget(self._list, 1)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(listed, 2)
        columns.addWidget(self._card, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(Title(f"caseapp {licences.program_version()}"))
        layout.addWidget(Muted(WORDS))
        layout.addWidget(back)
        layout.addSpacing(8)
        layout.addLayout(columns, 1)

    def _show(self, row: int) -> None:
        part: Shipped = self._parts[row]
        self._card.set_title(part.name)
        self._facts.set_facts(
            [
                ("What for", part.what_for),
                ("Licence", part.licence),
                ("Whose", part.owner),
                ("From", part.origin),
            ]
        )
        self._text.setPlainText(licences.words_of(part))

    def focus_first(self) -> None:
        """Put the keyboard on the list."""
        self._list.setFocus()
