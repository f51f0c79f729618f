"""The lines of a card: a title with what is told of it, one below the other with fine rules between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts import Card, Muted, Rule, wrapped
from ui.record_parts import row

_TOP: Final = Qt.AlignmentFlag.AlignTop


def told_line(
    title: str, said: Sequence[str], chips: Sequence[QWidget], button: QWidget | None = None
) -> QWidget:
    """Return a row of a card: a title, what is told of it, chips below, and a button at the right."""
    lines = QVBoxLayout()
    lines.setSpacing(3)
    lines.addWidget(wrapped(title, "label"))
    for each in said:
        if each:
            lines.addWidget(Muted(each))
    for chip in chips:
        lines.addWidget(row(chip))  # a chip by itself would keep the whole line narrow
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.addLayout(lines, 1)
    if button is not None:
        layout.addWidget(button, 0, _TOP)
    return holder


def fill(card: Card, rows: Sequence[QWidget], empty: str) -> None:
    """Put rows into a card with fine lines between them; or say that there are none."""
    for place, each in enumerate(rows):
        if place:
            card.body.addWidget(Rule())
        card.body.addWidget(each)
    if not rows:
        card.body.addWidget(Muted(empty))
