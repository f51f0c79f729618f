"""Every number of every reading of a star as a table: areas down, days across, the change at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from caseapp import star_change, star_exports, words
from caseapp.stars import ReadingView, SeriesView
from ui import theme
from ui.parts import plain

_ROW: int = 34


class NumbersTable(QTableWidget):
    """The readings from left to right, old to new, each number with its stage; a line can be chosen."""

    area_chosen = Signal(int)
    """The place of the area whose line was chosen, -1 for none."""

    def __init__(self, series: SeriesView) -> None:
        super().__init__()
        self._series = series
        self._changes = [plain("") for _ in series.areas]
        for label in self._changes:
            label.setContentsMargins(10, 0, 10, 0)
        self.setAccessibleName("Numbers of all readings")
        self.setRowCount(len(series.areas))
        self.setVerticalHeaderLabels(list(series.areas))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab goes on to the next control
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.verticalHeader().setMaximumWidth(260)
        self.itemSelectionChanged.connect(self._tell)

    def _tell(self) -> None:
        chosen = self.selectedItems()
        self.area_chosen.emit(chosen[0].row() if chosen else -1)

    def show_reading(self, chosen: int) -> None:
        """Show all numbers, and the change up to one reading, which is drawn strong."""
        columns = self._columns()
        first = self._series.readings[star_exports.first_place(self._series)]
        reading = self._series.readings[chosen]
        titles = [title for title, *_ in columns] + [f"Since the first\nup to {words.day(reading.read_on)}"]
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        for column, (title, each, points) in enumerate(columns):
            is_strong = each is reading and points is each.points
            for row, point in enumerate(points):
                self.setItem(row, column, self._cell(row, title, point, is_strong=is_strong))
        for row in range(len(self._series.areas)):
            was, now = first.points[row], reading.points[row]
            mark = star_change.change_mark(was, now) if reading.counts and reading is not first else ""
            self._put_change(row, len(columns), mark)
        self._fit()

    def _columns(self) -> list[tuple[str, ReadingView, tuple[int | None, ...]]]:
        """Return a title, its reading and the points of each column; other views follow their reading."""
        columns = []
        for each in reversed(self._series.readings):
            notes = ", ".join(
                part for part in (each.kind_words, "partial" if each.is_partial else "") if part
            )
            day = words.day(each.read_on)
            columns.append((f"{day}\n{notes}", each, each.points))
            if each.other_points:
                who = f"View of {each.other_who}" if each.other_who else "Other view"
                columns.append((f"{day}\n{who}", each, each.other_points))
        return columns

    def _cell(self, row: int, title: str, point: int | None, *, is_strong: bool) -> QTableWidgetItem:
        stage = star_change.stage_words(point, self._series.stages)
        text = "not discussed" if point is None else f"{point}   {stage.lower()}" if stage else str(point)
        item = QTableWidgetItem(text)
        spoken = f"{self._series.areas[row]}, {title.replace(chr(10), ', ')}: {text}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if is_strong:
            font = theme.font()
            font.setBold(True)
            item.setFont(font)
        if point is None:
            item.setForeground(theme.colour("muted"))
        return item

    def _put_change(self, row: int, column: int, mark: str) -> None:
        label = self._changes[row]
        spoken = f"{self._series.areas[row]}, since the first: {mark or 'no change to show'}"
        item = QTableWidgetItem()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.setItem(row, column, item)
        if self.cellWidget(row, column) is not label:
            self.setCellWidget(row, column, label)
        label.setText(mark)
        label.setAccessibleName(spoken)

    def _fit(self) -> None:
        self.resizeColumnsToContents()  # a few columns of a few words
        self.horizontalHeader().setStretchLastSection(True)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + _ROW * self.rowCount() + bar + 2)
