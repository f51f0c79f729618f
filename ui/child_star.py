"""The Outcome Star of a record: the chart, a slider through the readings, and all numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QWidget

from caseapp import stars
from caseapp.plans import VersionRow
from caseapp.stars import Readings
from ui.charts import Series, StarChart
from ui.child_plans import PlansPage
from ui.parts import Card, Muted, Rule, plain
from ui.record_parts import clear

_COLUMNS: Final = 5
"""Readings that the table shows side by side: the first and the latest before the one chosen."""


class StarPage(PlansPage):
    """The versions, and above them the readings as chart and numbers."""

    def refresh(self) -> None:
        """Read readings and versions anew."""
        self._told: Readings | None = None
        child_id = self.child_id
        self.ask("Reading the star …", lambda session: stars.readings(session, child_id), self._show_readings)

    def _show_readings(self, told: Readings | None) -> None:
        self._told = told
        super().refresh()

    def above(self, _rows: Sequence[VersionRow]) -> list[QWidget]:
        """Return the chart and the table, once there is a signed reading."""
        return [StarReadings(self._told)] if self._told else []


class StarReadings(QWidget):
    """Chart, slider and table; the chart draws the reading chosen, the one before it and the first."""

    def __init__(self, told: Readings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self.chart = StarChart()
        self.chart.setMinimumSize(380, 360)
        self._said = Muted("")
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._picked = plain("", "small")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Reading")
        self.slider.setRange(0, len(told.readings) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self._slide = QWidget()
        self._table = QGridLayout()
        self._place_all()
        self.slider.valueChanged.connect(self._show)
        self.slider.setValue(len(told.readings) - 1)
        self._show()

    def _place_all(self) -> None:
        sliding = QHBoxLayout(self._slide)
        sliding.setContentsMargins(0, 0, 0, 0)
        sliding.addWidget(plain("First", "small"))
        sliding.addWidget(self.slider, 1)
        sliding.addWidget(self._picked)
        self._slide.setVisible(len(self._told.readings) > 1)
        picture = Card(self._told.title)
        for widget in (self.chart, self._said, self._slide):
            picture.body.addWidget(widget)
        picture.body.setStretchFactor(self.chart, 1)
        numbers = Card("Numbers")
        self._table.setHorizontalSpacing(14)
        self._table.setVerticalSpacing(6)
        numbers.body.addLayout(self._table)
        numbers.body.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(picture, 1)
        layout.addWidget(numbers, 1)

    def chosen(self) -> int:
        """Return the place of the reading chosen, counted from the newest."""
        return len(self._told.readings) - 1 - self.slider.value()

    def _show(self) -> None:
        told, chosen = self._told, self.chosen()
        last = len(told.readings) - 1
        places = sorted({chosen, min(chosen + 1, last), last})
        series = [Series(*told.readings[place]) for place in places]
        self.chart.set_chart(told.areas, told.low, told.high, series)
        self._picked.setText(told.readings[chosen][0])
        first, now = told.readings[last][1], told.readings[chosen][1]
        self._said.setText(stars.change_words(first, now) if chosen != last else "The first reading.")
        self._show_table(chosen)

    def _show_table(self, chosen: int) -> None:
        clear(self._table)
        all_readings = self._told.readings
        last = len(all_readings) - 1
        places = sorted({last, *range(chosen, min(chosen + _COLUMNS - 1, last))}, reverse=True)
        headings = ["Area", *(all_readings[place][0] for place in places), "Since the first"]
        for column, heading in enumerate(headings):
            self._table.addWidget(plain(heading, "small"), 0, column, _side(column))
        self._table.addWidget(Rule(), 1, 0, 1, len(headings))
        self._table.setColumnStretch(0, 1)
        for line, area in enumerate(self._told.areas):
            points = [all_readings[place][1][line] for place in places]
            change = stars.change_mark(points[0], points[-1]) if chosen != last else ""
            cells = [area, *("–" if point is None else str(point) for point in points), change]
            for column, text in enumerate(cells):
                label = plain(text)
                label.setAccessibleName(f"{area}, {headings[column]}: {text or 'no change to show'}")
                self._table.addWidget(label, line + 2, column, _side(column))


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
