"""A card with a table of words: headings, then rows whose long cells go on in the next line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.parts import Card, Muted, Rule, plain


class RowsCard(Card):
    """A table that is read, not worked with. `shares` divides the width among the columns."""

    def __init__(
        self,
        title: str,
        headings: Sequence[str],
        shares: Sequence[int],
        rows: Sequence[Sequence[str]],
        empty: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        if not rows:
            self.body.addWidget(Muted(empty))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, (heading, share) in enumerate(zip(headings, shares, strict=True)):
            grid.setColumnStretch(column, share)
            grid.addWidget(plain(heading, "small"), 0, column)
        for number, row in enumerate(rows):
            grid.addWidget(Rule(), 2 * number + 1, 0, 1, len(headings))
            for column, text in enumerate(row):
                label = plain(text or "–", "" if text else "muted")
                label.setWordWrap(True)
                label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                label.setAccessibleName(f"{headings[column]}: {text or 'nothing recorded'}")
                grid.addWidget(label, 2 * number + 2, column, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
