"""A card of people or places: rows, and small forms that open in it one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.editor import Flow
from ui.parts import Card, Chip, ElidedLabel, LinkButton, Muted, Rule
from ui.record_parts import ElidedLink, clear
from ui.small_form import InlineForm


class PeopleCard(Card):
    """Rows with links below them; a link opens its form in the card."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self._empty = empty
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._links = QWidget()
        self._flow = Flow(self._links, gap=20, line_gap=4)
        self._flow.setContentsMargins(0, 2, 0, 0)
        self._links.hide()
        self._place = QVBoxLayout()
        self._form: InlineForm | None = None
        self._opener: QWidget | None = None
        self.body.addLayout(self._rows)
        self.body.addWidget(self._links)
        self.body.addLayout(self._place)

    def offer(self, text: str, act: Callable[[], object]) -> None:
        """Add a link below the rows."""
        link = LinkButton(text)
        link.clicked.connect(act)
        self._flow.addWidget(link)
        self._links.show()

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show other rows."""
        clear(self._rows)
        for place, row in enumerate(rows):
            if place:
                self._rows.addWidget(Rule())
            self._rows.addWidget(row)
        if not rows:
            self._rows.addWidget(Muted(self._empty))

    def open_form(self, form: InlineForm) -> None:
        """Open a form in place of the one that is open."""
        self.close_form()
        focused = QApplication.focusWidget()
        self._opener = focused if focused and self.isAncestorOf(focused) else None
        self._form = form
        self._form.cancelled.connect(self.close_form)
        self._place.addWidget(self._form)
        self._links.hide()
        self._form.show()
        self._form.focus_first()

    def close_form(self) -> None:
        """Take the open form away; the keyboard goes back to the link that had opened it."""
        has_keyboard = self._form is not None and self._form.isAncestorOf(QApplication.focusWidget() or self)
        self._links.setVisible(self._flow.count() > 0)
        if has_keyboard and self._opener and isValid(self._opener):
            self._opener.setFocus()
        clear(self._place)
        self._form = None

    @property
    def form(self) -> InlineForm | None:
        """Return the open form."""
        return self._form


def person_row(
    name: str,
    told: str,
    chips: Sequence[str] = (),
    opens: Callable[[], object] | None = None,
    ends: Callable[[], object] | None = None,
    is_over: bool = False,
) -> QWidget:
    """Return a row: a name (a link if it opens a record), what is told of it, chips, and End."""
    label: QWidget
    if opens is not None:
        label = ElidedLink(name)
        label.clicked.connect(opens)
    else:
        label = ElidedLabel(name)
        label.setProperty("role", "muted" if is_over else "label")
    lines = QVBoxLayout()
    lines.setSpacing(2)
    lines.addWidget(label)
    if told:
        lines.addWidget(Muted(told))
    if chips:
        holder = QWidget()
        flow = Flow(holder, gap=6, line_gap=4)
        flow.setContentsMargins(0, 2, 0, 0)
        for text in chips:
            flow.addWidget(Chip(text, "neutral"))
        lines.addWidget(holder)
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.addLayout(lines, 1)
    if ends is not None:
        button = LinkButton("End")
        button.setAccessibleName(f"End: {name}")
        button.clicked.connect(ends)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row
