"""The stars of brothers and sisters as small charts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseapp import star_exports
from caseapp.star_family import SiblingStar
from ui.charts import Series, StarChart
from ui.parts import Card, LinkButton, Muted

_ACROSS: Final = 4
_SIDE: Final = 170


class FamilyCard(Card):
    """One small chart for each brother and sister; the name opens the record."""

    open_child = Signal(UUID)

    def __init__(self, siblings: Sequence[SiblingStar], parent: QWidget | None = None) -> None:
        super().__init__("Brothers and sisters", None, parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        for place, each in enumerate(siblings):
            grid.addWidget(self._small(each), place // _ACROSS, place % _ACROSS, Qt.AlignmentFlag.AlignTop)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def _small(self, each: SiblingStar) -> QWidget:
        link = LinkButton(each.name)
        link.setAccessibleName(f"Open the record of {each.name}")
        link.clicked.connect(partial(self.open_child.emit, each.child_id))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(link)
        if each.series is None:
            column.addWidget(Muted("No reading yet."))
            return holder
        series = each.series
        column.addWidget(Muted(f"{series.title}, {star_exports.label(series.readings[0])}"))
        chart = StarChart(is_small=True)
        chart.setFixedSize(_SIDE, _SIDE)
        drawn = star_exports.lines(series, sorted({0, star_exports.first_place(series)}))
        chart.set_chart(series.areas, series.low, series.high, [Series(*line) for line in drawn])
        chart.setAccessibleName(f"Star of {each.name}")
        column.addWidget(chart)
        column.addWidget(Muted(star_exports.sentence(series, 0)))
        return holder
