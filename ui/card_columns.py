"""Cards in three columns, two or one, as many as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.reading_order import put_in_order

GAP: Final = 16


class CardColumns(QWidget):
    """Cards that stand in other columns at other widths; `shares` divides the width among the columns.

    `plans` says for a least width which cards stand in which column: {960: ((a, b), (c,)), 0: ((a, b, c),)}.
    """

    def __init__(
        self,
        plans: Mapping[int, Sequence[Sequence[QWidget]]],
        shares: Sequence[int] = (1, 1, 1),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shares = shares
        self._plans = dict(sorted(plans.items(), reverse=True))
        self._shown = -1
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        self._columns: list[QVBoxLayout] = []
        for _ in range(max(len(plan) for plan in plans.values())):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            layout.addLayout(column, 1)
            self._columns.append(column)
        self._layout = layout
        self._arrange(max(self._plans))

    def set_plans(self, plans: Mapping[int, Sequence[Sequence[QWidget]]]) -> None:
        """Let the same cards stand in other columns, not more of them than there were."""
        if plans == self._plans:
            return
        self._plans, self._shown = dict(sorted(plans.items(), reverse=True)), -1
        self._arrange(self._fitting(self.width()))

    def column_count(self) -> int:
        """Return in how many columns the cards stand."""
        return len(self._plans[self._shown])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the columns that fit."""
        super().resizeEvent(event)
        self._arrange(self._fitting(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the cards as they stand at the narrowest."""
        narrowest = min(self._least_width(plan) for plan in self._plans.values())
        return QSize(narrowest, super().minimumSizeHint().height())

    def _fitting(self, width: int) -> int:
        """Return the plan for a width: cards may need more than its least width says."""
        fits = (least for least, plan in self._plans.items() if width >= max(least, self._least_width(plan)))
        return next(fits, min(self._plans))

    @staticmethod
    def _least_width(plan: Sequence[Sequence[QWidget]]) -> int:
        widest = [
            max((max(card.minimumSizeHint().width(), card.minimumWidth()) for card in cards), default=0)
            for cards in plan
        ]
        return sum(widest) + GAP * (len(widest) - 1)

    def _arrange(self, least: int) -> None:
        if least == self._shown:
            return
        self._shown = least
        for column in self._columns:
            while column.count():  # a card taken out as an item keeps its old height, so it goes as a widget
                item = column.itemAt(0)
                widget = item.widget() if item else None
                if widget:
                    column.removeWidget(widget)
                else:
                    column.takeAt(0)
        plan = self._plans[least]
        for place, column in enumerate(self._columns):
            cards = plan[place] if place < len(plan) else ()
            for card in cards:
                column.addWidget(card)
            if cards:
                column.addStretch(1)
            self._layout.setStretch(place, self._shares[place] if cards else 0)
        put_in_order(self)
