"""The workers of a caseload: a bar against the zone, then the figures; each cell opens its children."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import Figure
from caseapp.caseload.settled import shown as number_words
from caseapp.caseload.view import Caseload, Line, supervision_words
from caseapp.caseload.zone import Standing
from ui import theme
from ui.caseload_bars import BAR, FIGURE, LEFT, RIGHT, Bar, Cells, Heads, Scale

WORKER, STANDING = 0, 1
COLUMNS: Final = (
    ("open", ""),
    ("open", "Against\nthe zone"),
    ("early_help", "Early\nhelp"),
    ("child_in_need", "In\nneed"),
    ("child_protection", "Protection"),
    ("looked_after", "Looked\nafter"),
    ("care_leaver", "Leaving\ncare"),
    ("overdue", "Overdue"),
    ("due_in_7_days", "Due\nin 7"),
    ("drafts", "Drafts"),
    ("longest_unseen", "Days\nunseen"),
    ("pep_in_date", "PEPs\nin date"),
    ("pathway_in_date", "Pathway\nin date"),
    ("star_change", "Star\nchange"),
    ("points", "Points"),
)
SUPERVISED, TIME = len(COLUMNS), len(COLUMNS) + 1
LAST: Final = ("Supervision\nlast, next", "Working\ntime")
"""Beside the figures: when supervision was and is, and the way to a worker's time."""
_SUPERVISED: Final = "Supervision: held last, and beneath it the next, of the sessions that you may read."
_TIME: Final = "Working time: share of full time, first year after qualifying, and time away."
_CHART: Final = "Open cases of each worker against the zone of {low} to {high}, target {target}"
ROW: Final = 54
_HEAD: Final = 50
_LEAST_CHART: Final = 184
_WIDEST: Final = {STANDING: "In the zone MM", SUPERVISED: "none planned M", TIME: "Time…"}
"""The widest words of columns whose heading is not the widest, and in letters the room around them."""
_ROOM: Final = 10


class WorkersTable(QTableWidget):
    """A row a worker, then those without one, then all."""

    open_figure = Signal(object, str)
    """A figure and whose it is."""
    open_time = Signal(object)
    """A line whose worker's time is asked for."""
    noticed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(COLUMNS) + len(LAST), parent)
        self._lines: tuple[Line, ...] = ()
        self._least = self._needed = self._supervised_width = 0
        self.setAccessibleName("Workers")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        # Seventeen columns share the smallest laptop's width
        self.setStyleSheet(
            "QHeaderView::section, QTableView::item { padding-left: 2px; padding-right: 4px; }"
            "QHeaderView::section { padding-right: 7px; }"
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._cells = Cells(self, frozenset({WORKER, TIME}), SUPERVISED)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self._heads = Heads(self)
        self.setHorizontalHeader(self._heads)
        self._prepare_heads()
        self.currentCellChanged.connect(self._moved)
        self.cellEntered.connect(self._moved)
        self.cellClicked.connect(self._open)

    def _prepare_heads(self) -> None:
        heads = self._heads
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setFixedHeight(_HEAD)
        heads.setMinimumSectionSize(32)
        heads.setSectionResizeMode(WORKER, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column what its heading needs in the text's size, and the bars the rest."""
        head = QFontMetrics(theme.font(theme.SMALL_POINTS, QFont.Weight.DemiBold))
        titles = [title for _, title in COLUMNS] + list(LAST)
        widths = [
            max(head.horizontalAdvance(each) for each in (*title.split("\n"), _WIDEST.get(column, "")))
            for column, title in enumerate(titles)
        ]
        for column, width in list(enumerate(widths))[1:]:
            self._heads.resizeSection(column, width + _ROOM)
        self._supervised_width = widths[SUPERVISED] + _ROOM
        self._least = sum(widths) + _ROOM * len(widths) + _LEAST_CHART

    def show_caseload(self, shown: Caseload) -> None:
        """Show the workers of a caseload."""
        nobody = (shown.unallocated,) if shown.unallocated.cases else ()
        self._lines = (*shown.lines, *nobody, shown.everyone)
        bars = [_bar(shown, each) for each in self._lines]
        self._cells.scale = Scale.over([each.load for each in bars], shown.settled)
        self._heads.settled = shown.settled
        self.setRowCount(len(self._lines))
        self._name_heads(shown)
        for row, (line, bar) in enumerate(zip(self._lines, bars, strict=True)):
            for column, (key, _) in enumerate(COLUMNS):
                self.setItem(row, column, self._item(column, line, line[key], bar))
            self.setItem(row, SUPERVISED, _supervised(shown, line))
            self.setItem(row, TIME, _time(line))
        self._fit()
        self.setCurrentCell(0, WORKER)

    def _name_heads(self, shown: Caseload) -> None:
        ends = {key: number_words(shown.settled[key]) for key in ("low", "high", "target")}
        for column, (key, title) in enumerate(COLUMNS):
            item = QTableWidgetItem(title)
            item.setTextAlignment(LEFT if column <= STANDING else RIGHT)
            item.setToolTip(shown.everyone[key].definition.meaning)
            if column == WORKER:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, _CHART.format(**ends))
            self.setHorizontalHeaderItem(column, item)
        for column, title, meaning in ((SUPERVISED, LAST[0], _SUPERVISED), (TIME, LAST[1], _TIME)):
            item = QTableWidgetItem(title)
            item.setTextAlignment(RIGHT)
            item.setToolTip(meaning)
            self.setHorizontalHeaderItem(column, item)

    def _item(self, column: int, line: Line, figure: Figure, bar: Bar) -> QTableWidgetItem:
        is_all = line is self._lines[-1]
        item = QTableWidgetItem(figure.shown)
        if column == WORKER:
            item.setText("All together" if is_all else line.name)
        elif column == STANDING:
            item.setText(bar.standing.words if bar.standing else "")
        item.setTextAlignment(LEFT if column <= STANDING else RIGHT)
        item.setData(FIGURE, figure)
        said = f"{figure.definition.title}: {figure.whole}"
        if column <= STANDING:
            item.setData(BAR, bar)
        if column == WORKER:
            said = "\n".join(filter(None, (said, bar.note, line.over_limit)))
        if column == STANDING:
            said = bar.said
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.name}, {said}")
        who = ", ".join(filter(None, (line.name, line.job)))
        item.setToolTip("\n".join(filter(None, (who, line.time_words, said))))
        return item

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns again once the text has another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every row in sight: the page scrolls, not the table."""
        super().resizeEvent(event)
        # When supervision was stands on its own screen too, so it goes first where there is no room
        is_short = self._least > self.width()
        self.setColumnHidden(SUPERVISED, is_short)
        self._needed = self._least - (self._supervised_width if is_short else 0)
        is_wide = self._needed <= self.width()
        mode = QHeaderView.ResizeMode.Stretch if is_wide else QHeaderView.ResizeMode.Fixed
        self._heads.setSectionResizeMode(WORKER, mode)
        if not is_wide:
            self._heads.resizeSection(WORKER, _LEAST_CHART)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self._needed > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_narrow else 0
        height = self.horizontalHeader().height() + ROW * len(self._lines) + bar
        if height != self.height():
            self.setFixedHeight(height)

    def line(self) -> Line | None:
        """Return the line on which the keyboard stands."""
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell by Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)

    def _open(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if column == TIME and item is not None and item.text():
            self.open_time.emit(self._lines[row])
        elif item is not None and column < SUPERVISED:
            self.open_figure.emit(item.data(FIGURE), self._lines[row].name)

    def _moved(self, row: int, column: int, *_before: int) -> None:
        item = self.item(row, column)
        if item is None:
            return
        if column >= SUPERVISED:
            self.noticed.emit(_SUPERVISED if column == SUPERVISED else _TIME)
            return
        told: Figure = item.data(FIGURE)
        self.noticed.emit(f"{told.definition.title}: {told.definition.meaning}")

    def description(self) -> str:
        """Return the bars in words: who holds how many, and where that stands."""
        return "; ".join(
            f"{each.name} {words.count(len(each.cases), 'case')}"
            + (f", {each.zone_words.lower()}" if each.zone_words else "")
            + (f", {each.time_words}" if each.time_words else "")
            for each in self._lines[:-1]
        )


def _bar(shown: Caseload, line: Line) -> Bar:
    """Return the bar of a worker by the load at full time; of all by the average."""
    if line is shown.everyone:
        average = shown.average or Decimal(0)
        standing = None if shown.average is None else zone.standing(average, shown.settled)
        number = zone.average_words(average)
        return Bar(average, number, standing, "average", _said(f"{number} on average", standing))
    count, number, standing = str(len(line.cases)), zone.average_words(line.load), line.standing
    if line.over_limit:
        standing = Standing("over_limit", f"Over the limit of {_limit(line)}", "overdue")
    elif standing and not line.is_counted:
        standing = Standing("away", line.zone_words, "info")
    whole = count if line.time.share == 1 else f"{count} (as {number})"
    return Bar(line.load, number, standing, _note(line), _said(f"{whole} open", standing))


def _said(told: str, standing: Standing | None) -> str:
    return f"{told}, {standing.words.lower()}" if standing else told


def _limit(line: Line) -> str:
    limit = line.time.limit(line.asked.settled["target"], line.asked.on)
    return "" if limit is None else number_words(limit)


def _note(line: Line) -> str:
    """Return in short what is not as usual with a worker: the bar is of full time, so what it is made of."""
    share = number_words(line.time.share)
    told = [f"{len(line.cases)} at {share} FTE"] if line.time.share != 1 else []
    told += ["NQSW"] if line.time.is_first_year(line.asked.on) else []
    told += ["away"] if line.time.away else []
    return ", ".join(told)


def _supervised(shown: Caseload, line: Line) -> QTableWidgetItem:
    last, following = supervision_words(shown, line)
    is_silent = last == following == "–"
    told = "–" if is_silent else f"{last}\n{'none planned' if following == '–' else following}"
    item = QTableWidgetItem(told if line.worker_id else "")
    item.setTextAlignment(RIGHT)
    item.setToolTip(_SUPERVISED)
    said = f"{line.name}, supervision last {last}, next {following}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    return item


def _time(line: Line) -> QTableWidgetItem:
    item = QTableWidgetItem("Time…" if line.worker_id else "")
    item.setTextAlignment(RIGHT)
    item.setToolTip(line.time_words or "Full time")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Working time of {line.name}…")
    return item
