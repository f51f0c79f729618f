"""The readings of one person on one star: chart, slider, what was said, all numbers, and the ways to save."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from caseapp import star_exports, words
from caseapp.stars import ReadingView, SeriesView
from ui import theme
from ui.card_columns import CardColumns
from ui.charts import Series, StarChart
from ui.parts import Card, Chip, FactsGrid, LinkButton, Muted, plain
from ui.record_parts import clear, row
from ui.star_numbers import NumbersTable

EXPORTS: Final = {"png": "Save as PNG", "svg": "Save as SVG", "pdf": "Save as PDF"}
_CHILDS_PAGE: Final = "Page for the child"


class StarReadings(QWidget):
    """Chart and numbers; the chart draws the reading chosen, the one before it and the first."""

    save_asked = Signal(str)
    """«png», «svg» or «pdf»: somebody wants the chart as a file."""
    childs_page_asked = Signal()

    def __init__(
        self,
        series: SeriesView,
        parent: QWidget | None = None,
        *,
        may_export: bool = False,
        may_print: bool = False,
    ) -> None:
        super().__init__(parent)
        self._series = series
        self.chart = StarChart(says_scores=True)
        self.chart.set_least(QSize(420, 440))
        self.table = NumbersTable(series)
        self._said = Muted("")
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._picked = plain("", "small")
        self.slider = self._new_slider()
        self._picture = Card(series.title)
        self._reading = Card("This reading")
        self._blocks: list[tuple[int, QLabel]] = []
        self._place_all(may_export, may_print)
        self.chart.area_pointed.connect(self._point_at)
        self.table.area_chosen.connect(self._point_at)
        self.slider.valueChanged.connect(self._show)
        self.slider.setValue(len(series.readings) - 1)
        self._show()

    def _new_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName("Reading")
        slider.setRange(0, len(self._series.readings) - 1)
        slider.setPageStep(1)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setTickInterval(1)
        return slider

    def _place_all(self, may_export: bool, may_print: bool) -> None:
        sliding = row(plain("First", "small"), self.slider, self._picked, stretch_at=1)
        if len(self._series.readings) <= 1:
            sliding.hide()
        for widget in (self.chart, self._said, sliding, self._saving(may_export, may_print)):
            self._picture.body.addWidget(widget)
        self._picture.body.setStretchFactor(self.chart, 1)
        if self._series.acknowledgement:
            self._picture.body.addWidget(Muted(self._series.acknowledgement))
        numbers = Card("Numbers")
        numbers.body.addWidget(self.table)
        columns = CardColumns(
            {820: ((self._picture,), (self._reading,)), 0: ((self._picture, self._reading),)}, (13, 10)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(columns)
        layout.addWidget(numbers)

    def _saving(self, may_export: bool, may_print: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for made_as, name in EXPORTS.items() if may_export else ():
            link = LinkButton(name)
            link.setProperty("made_as", made_as)
            link.clicked.connect(self._ask_to_save)
            line.addWidget(link)
        if may_print:
            page = LinkButton(_CHILDS_PAGE)
            page.clicked.connect(self.childs_page_asked)
            line.addWidget(page)
        line.addStretch(1)
        if not (may_export or may_print):
            holder.hide()
        return holder

    def _ask_to_save(self) -> None:
        self.save_asked.emit(self.sender().property("made_as"))

    def series(self) -> SeriesView:
        """Return the readings that are shown."""
        return self._series

    def chosen(self) -> int:
        """Return the place of the reading chosen, counted from the newest."""
        return len(self._series.readings) - 1 - self.slider.value()

    def places(self) -> tuple[int, ...]:
        """Return the places of the readings that the chart draws."""
        return star_exports.drawn_places(self._series, self.chosen())

    def _show(self) -> None:
        series, chosen = self._series, self.chosen()
        reading = series.readings[chosen]
        drawn = star_exports.lines(series, self.places())
        self.chart.set_chart(series.areas, series.low, series.high, [Series(*line) for line in drawn])
        self.chart.set_notes(reading.notes)
        self._picked.setText(words.day(reading.read_on))
        self.slider.setAccessibleDescription(star_exports.label(reading))
        self._said.setText(star_exports.sentence(series, chosen))
        self.table.show_reading(chosen)
        self._show_reading(reading)

    def _show_reading(self, reading: ReadingView) -> None:
        clear(self._reading.body)
        self._blocks = []
        self._reading.set_title(f"Reading of {words.day(reading.read_on)}")
        if reading.is_partial:
            told = sum(point is not None for point in reading.points)
            chip = Chip(f"Partial: {told} of {len(reading.points)} areas", "warning")
            chip.setToolTip("Too few areas were talked about. It is left out of averages unless asked for.")
            self._reading.body.addWidget(row(chip))
        facts = FactsGrid(label_width=104)
        facts.set_facts(_facts(self._series, reading))
        self._reading.body.addWidget(facts)
        noted = [(place, note) for place, note in enumerate(reading.notes) if note]
        if noted:
            self._reading.body.addWidget(plain("What was said", "label"))
        for place, note in noted:
            self._reading.body.addWidget(self._block(place, note))
        self._reading.body.addStretch(1)

    def _block(self, place: int, note: str) -> QWidget:
        heading = plain(self._heading(place), "small")
        said = plain(note)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._blocks.append((place, heading))
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(heading)
        lines.addWidget(said)
        return holder

    def _heading(self, place: int) -> str:
        point = self._series.readings[self.chosen()].points[place]
        return f"{self._series.areas[place]}: {'not discussed' if point is None else point}"

    def _point_at(self, area: int) -> None:
        """Mark an area on the chart and its note, wherever it was pointed at."""
        if area == self.chart.marked_area():
            return
        self.chart.mark_area(area)
        for place, heading in self._blocks:
            heading.setProperty("role", "label" if place == area else "small")
            theme.restyle(heading)


def _facts(series: SeriesView, reading: ReadingView) -> list[tuple[str, str]]:
    facts = [
        ("Whose view", series.whose),
        ("Kind", reading.kind_words),
        ("Completed by", reading.completed_by),
    ]
    if reading.difference:
        facts.append(("Seen differently", reading.difference))
    if not reading.counts:
        facts.append(("In reports", "No: it looks back, or was not approved"))
    return [(label, said) for label, said in facts if said]
