"""The head of a plan's screen: whose it is, what it is, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseapp import plan_reading, words
from ui import theme
from ui.chips import Chip
from ui.parts import ElidedLabel, plain, primary
from ui.record_parts import ElidedLink, FilterChip, clear

_CHILD_WIDTH: Final = 220
_PREVIEW: Final = "Preview   Ctrl+P"
_ROUND_WORDS: Final = 32
"""Pixels of a button beside its words."""


class PlanHead(QWidget):
    """Child › title, a chip for its status, and the buttons."""

    child_asked = Signal()
    compare_asked = Signal()
    preview_asked = Signal()
    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._child = ElidedLink("")
        self._child.clicked.connect(self.child_asked)
        self._title = ElidedLabel()
        self._title.setProperty("role", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._chip = Chip("Draft", "draft")
        self._compare = self._button("Compare", "Compare versions", self.compare_asked)
        self._preview = self._button(_PREVIEW, "Preview", self.preview_asked)
        self._preview.setCheckable(True)
        self._check = primary("Check and sign")
        self._check.clicked.connect(self.check_asked)
        self._then = plain("›", "muted")
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        for line in (self._above, self._row):
            line.setSpacing(12)
            lines.addLayout(line)
        self._is_narrow: bool | None = None
        self._arrange(is_narrow=False)

    def _arrange(self, *, is_narrow: bool) -> None:
        """Put the child and the status beside the title; in a narrow window above it."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for line in (self._above, self._row):
            while line.count():
                line.takeAt(0)
        for widget in (self._child, self._then):
            (self._above if is_narrow else self._row).addWidget(widget)
        self._row.addWidget(self._title)
        (self._above if is_narrow else self._row).addWidget(self._chip)
        if is_narrow:
            self._above.addStretch(1)
        self._row.addStretch(1)
        for button in (self._compare, self._preview, self._check):
            self._row.addWidget(button)
        self._preview.setText("Preview" if is_narrow else _PREVIEW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose one line or two."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._title.ensurePolished()
        widths = [
            self._child.width(),
            self._then.sizeHint().width(),
            self._title.fontMetrics().horizontalAdvance(self._title.text()) + 2,
            self._chip.sizeHint().width(),
            *(each.sizeHint().width() for each in (self._compare, self._check) if not each.isHidden()),
            self._preview.fontMetrics().horizontalAdvance(_PREVIEW) + _ROUND_WORDS,
        ]
        self._arrange(is_narrow=sum(widths) + 12 * len(widths) > self.width())

    def _button(self, text: str, name: str, asked: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.clicked.connect(asked)
        return button

    def show_plan(self, view: plan_reading.PlanView) -> None:
        """Show whose plan it is and how it stands."""
        self._child.set_whole_text(view.child_name)
        self._child.setFixedWidth(min(self._child.sizeHint().width(), _CHILD_WIDTH))
        self._child.setAccessibleName(f"Open the record of {view.child_name}")
        self._title.setText(view.title)
        if view.signed_at:
            self._chip.set_chip(f"Signed, version {view.number}", "signed")
        else:
            self._chip.set_chip(f"Draft, version {view.number}", "draft")
        self._chip.setMinimumWidth(self._chip.sizeHint().width())
        self._check.setVisible(view.may_write and not view.signed_at)
        self._fit()

    def set_checking(self, is_checking: bool, may_sign: bool) -> None:
        """Leave the one main button to the page that signs."""
        self._check.setVisible(may_sign and not is_checking)
        self._fit()

    def set_previewing(self, is_previewing: bool) -> None:
        """Show whether the pages stand beside the form."""
        self._preview.setChecked(is_previewing)

    def focus_preview(self) -> None:
        """Put the keyboard on the way to the printed pages."""
        self._preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def title(self) -> str:
        """Return the title shown."""
        return self._title.text()

    def chip(self) -> str:
        """Return the words of the status."""
        return self._chip.text()


class SiblingBar(QWidget):
    """The parts of brothers and sisters in one plan: the open one, and the way to the others."""

    asked = Signal(object)
    """The id of the version to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Brothers and sisters in this plan")
        self._parts: list[tuple[str, UUID | None, bool]] = []
        self._tabs = QHBoxLayout()
        self._tabs.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(self._tabs)
        self._words = plain("", "muted")
        row.addWidget(self._words, 1)

    def show_plan(self, view: plan_reading.PlanView) -> None:
        """Show whose part is open; the oldest stands first whichever it is."""
        clear(self._tabs)
        self._parts = [
            (each.name, None if each.revision_id == view.revision_id else each.revision_id, each.signed)
            for each in view.siblings
        ]
        for name, revision_id, is_signed in self._parts:
            self._tabs.addWidget(self._tab(name, revision_id, is_signed))
        where = "both" if len(self._parts) == 2 else "all of them"
        self._words.setText(f"Common parts are typed once and stand in {where}.")

    def _tab(self, name: str, revision_id: UUID | None, is_signed: bool) -> FilterChip:
        tab = FilterChip(f"{name}, signed" if is_signed else name)
        tab.setChecked(revision_id is None)
        tab.setAccessibleName(f"{tab.text()}, open now" if revision_id is None else f"Go to {tab.text()}")
        tab.clicked.connect(partial(self._go, tab, revision_id))
        return tab

    def _go(self, tab: FilterChip, revision_id: UUID | None) -> None:
        tab.setChecked(revision_id is None)
        if revision_id is not None:
            self.asked.emit(revision_id)

    def beside(self, step: int) -> UUID | None:
        """Return the version so many parts to the right of the open one (to the left if below nought)."""
        ids = [revision_id for _, revision_id, _ in self._parts]
        place = (ids.index(None) if None in ids else 0) + step
        return ids[place] if 0 <= place < len(ids) else None


class CorrectionBar(QWidget):
    """Asks why a signed version needs a correction, and begins one."""

    asked = Signal(str)
    """The reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain("")
        self._begin = QPushButton("Correct")
        self._begin.setAccessibleName("Correct this version")
        self._begin.clicked.connect(self._ask)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText("Why does it need a correction?")
        self._reason.setAccessibleName("Why it needs a correction")
        self._reason.returnPressed.connect(self._send)
        self._reason.textChanged.connect(self._look)
        self._send_button = QPushButton("Begin the correction")
        self._send_button.setAccessibleName("Begin the correction")
        self._send_button.setEnabled(False)
        self._send_button.clicked.connect(self._send)
        theme.set_icon(self._begin, "draft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._reason, 2)
        row.addWidget(self._send_button)
        row.addWidget(self._begin)
        self._show_reason(False)

    def show_signed(self, view: plan_reading.PlanView) -> None:
        """Say who signed and when."""
        if view.signed_at:
            at = words.day(view.signed_at.astimezone(words.LONDON).date())
            self._words.setText(f"Signed {at} by {view.signed_by}; a correction makes a new version.")
        self._show_reason(False)

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()

    def reason(self) -> QLineEdit:
        """Return the line for the reason."""
        return self._reason

    def _show_reason(self, is_shown: bool) -> None:
        for widget in (self._reason, self._send_button):
            widget.setVisible(is_shown)
        self._begin.setVisible(not is_shown)

    def _ask(self) -> None:
        self._show_reason(True)
        self._reason.setFocus()

    def _look(self, typed: str) -> None:
        self._send_button.setEnabled(bool(typed.strip()))

    def _send(self) -> None:
        if self._reason.text().strip():
            self.asked.emit(self._reason.text().strip())
