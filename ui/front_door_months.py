"""One measure of the front door over twelve months: the chart, and beneath it the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from caseapp.front_door.measures import SHARE, Measure, Period
from caseapp.front_door.timeliness import Figure, month_words
from ui.figures import Number, number_widget
from ui.line_chart import DatedLine, LineChart
from ui.parts import Card, Muted, plain

Month = tuple[Period, Figure, Number, str]
"""A month, its figure, that as a number, and what it is of."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOTHING: Final = "Nothing to draw: in none of these months was there anything to count."


class MonthsCard(Card):
    """What the measure means, how it went, and each month's number."""

    noticed = Signal(str)

    def __init__(self, measure: Measure, months: Sequence[Month], parent: QWidget | None = None) -> None:
        super().__init__(measure.title, parent=parent)
        self.body.addWidget(Muted(measure.definition))
        if any(each.value is not None for _, each, _, _ in months):
            self.body.addWidget(_chart(measure, months))
        else:
            self.body.addWidget(Muted(_NOTHING))
        self.body.addWidget(self._table(months))

    def _table(self, months: Sequence[Month]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        half = -(-len(months) // 2)
        for place, (month, _, number, of) in enumerate(months):
            column, at = (0, place) if place < half else (4, place - half)
            grid.addWidget(plain(short_month(month), "small"), at, column, _LEFT)
            grid.addWidget(number_widget(number, self.noticed.emit), at, column + 1, _RIGHT)
            grid.addWidget(plain(of, "small"), at, column + 2, _LEFT)
        grid.setColumnStretch(3, 1)
        grid.setColumnStretch(7, 1)
        return holder


def _chart(measure: Measure, months: Sequence[Month]) -> LineChart:
    is_share = measure.unit == SHARE
    most = max((each.count for _, each, _, _ in months), default=0)
    chart = LineChart(f"{measure.title} by month", 0, 100 if is_share else max(5, -(-most // 5) * 5))
    unit = "%" if is_share else "number"
    points = tuple(
        (month.until, None if each.value is None else round(each.value)) for month, each, _, _ in months
    )
    chart.set_lines((DatedLine(f"Each month, drawn at its last day ({unit})", points),))
    return chart


def short_month(month: Period) -> str:
    """Return a month as it stands above a column: Nov 2026."""
    name, year = month_words(month).split(" ")
    return f"{name[:3]} {year}"
