"""The workers of a caseload: a bar against the zone, then the figures; each cell opens its children."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import Figure
from caseapp.caseload.settled import shown as number_words
from caseapp.caseload.view import Caseload, Line, supervision_words
from caseapp.caseload.zone import Standing
from ui import theme
from ui.chips import ICONS, chip_size, draw_chip

WORKER, BAR = 0, 1
COLUMNS: Final = (
    ("open", "Worker", 116),
    ("open", "Open, {target} dashed", 150),
    ("early_help", "Early\nhelp", 46),
    ("child_in_need", "In\nneed", 46),
    ("child_protection", "Pro-\ntection", 58),
    ("looked_after", "Looked\nafter", 58),
    ("care_leaver", "Leaving\ncare", 58),
    ("overdue", "Over-\ndue", 52),
    ("due_in_7_days", "Due\nin 7", 44),
    ("drafts", "Drafts", 54),
    ("longest_unseen", "Days\nunseen", 58),
    ("pep_in_date", "PEPs\nin date", 62),
    ("pathway_in_date", "Path-\nway", 56),
    ("star_change", "Star\nchange", 58),
    ("points", "Points", 54),
)
SUPERVISED, TIME = len(COLUMNS), len(COLUMNS) + 1
LAST: Final = (("Super-\nvision", 86), ("Working\ntime", 70))
"""Beside the figures: when supervision was and is, and the way to a worker's time."""
_SUPERVISED: Final = "Supervision: held last, and beneath it the next, of the sessions that you may read."
_TIME: Final = "Working time: share of full time, first year after qualifying, and time away."
ROW: Final = 48
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICON: Final = 13
_BESIDE: Final = 46
_BESIDE_PART: Final = 88
"""Room for the number beside a bar: of whole weeks, and where a part of one is told at full time too."""
_WIDTHS: Final = (*(width for _, _, width in COLUMNS), *(width for _, width in LAST))
_FIGURE, _LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Bar(NamedTuple):
    """What a bar shows: the load at full time, where it stands, the number beside it."""

    load: Decimal
    standing: Standing | None
    number: str


class _Cells(QStyledItemDelegate):
    """Draws the bar with the target dashed, what is overdue as a chip, names as links."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.most, self.target, self.beside = Decimal(1), Decimal(1), _BESIDE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        figure: Figure | None = index.data(_FIGURE)
        if figure is None:
            super().paint(painter, option, index)
        elif index.column() == BAR:
            self._draw_ground(painter, option, index)
            self._draw_bar(painter, option.rect.adjusted(10, 0, -8, 0), index.data(_LINE))
        elif figure.definition.key == "overdue" and figure.count:
            self._draw_ground(painter, option, index)
            width = chip_size(figure.shown).width()
            draw_chip(
                painter,
                option.rect.adjusted(option.rect.width() - width - 6, 0, 0, 0),
                figure.shown,
                "overdue",
            )
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show names as links are, and cells that say nothing in grey."""
        super().initStyleOption(option, index)
        is_link = index.column() in (WORKER, TIME)
        if is_link:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        if index.column() == SUPERVISED:
            option.font = theme.font(theme.SMALL_POINTS)
        token = "accent" if is_link else "muted" if index.data() in ("–", "0") else "ink"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, theme.colour(token))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)

    def _draw_bar(self, painter: QPainter, place: QRect, told: Bar) -> None:
        load, standing = told.load, told.standing
        colour = theme.meaning(standing.meaning)[0] if standing else theme.colour("muted")
        room = place.width() - self.beside
        length = room * float(load / self.most)
        top = place.center().y() - (12 if standing else 5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(place.x(), top, max(length, 2), 11), 3, 3)
        self._draw_target(painter, place.x() + room * float(self.target / self.most), top)
        self._draw_words(painter, place, (length, top), told)
        painter.restore()

    def _draw_target(self, painter: QPainter, x: float, top: int) -> None:
        painter.setPen(QPen(theme.colour("ink"), 1.4, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, top - 4), QPointF(x, top + 15))

    def _draw_words(
        self,
        painter: QPainter,
        place: QRect,
        bar: tuple[float, int],
        told: Bar,
    ) -> None:
        (length, top), standing = bar, told.standing
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.setPen(theme.colour("ink"))
        # The number stands clear of the dashed line
        beside = place.x() + max(length, (place.width() - self.beside) * float(self.target / self.most)) + 8
        painter.drawText(QRectF(beside, top - 5, 100, 21), int(_LEFT), told.number)
        if standing is None:
            return
        colour = theme.meaning(standing.meaning)[0]
        painter.drawPixmap(place.x(), top + 17, theme.pixmap(ICONS[standing.meaning], colour, _ICON))
        font = theme.font(theme.SMALL_POINTS)
        painter.setFont(font)
        painter.setPen(colour)
        height = QFontMetrics(font).height()
        below = QRectF(place.x() + _ICON + 4, top + 16, place.width(), height)
        painter.drawText(below, int(_LEFT), standing.words)


class WorkersTable(QTableWidget):
    """A row a worker, then those without one, then all."""

    open_figure = Signal(object, str)
    """A figure and whose it is."""
    open_time = Signal(object)
    """A line whose worker's time is asked for."""
    noticed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(COLUMNS) + len(LAST), parent)
        self.setAccessibleName("Workers")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        # Seventeen columns share the smallest laptop's width
        self.setStyleSheet(
            "QHeaderView::section, QTableView::item { padding-left: 6px; padding-right: 8px; }"
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._cells = _Cells(self)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self._prepare_heads()
        self.currentCellChanged.connect(self._moved)
        self.cellEntered.connect(self._moved)
        self.cellClicked.connect(self._open)
        self._lines: tuple[Line, ...] = ()

    def _prepare_heads(self) -> None:
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setFixedHeight(50)
        for column, width in enumerate(_WIDTHS):
            heads.resizeSection(column, width)
        heads.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(44)

    def show_caseload(self, shown: Caseload) -> None:
        """Show the workers of a caseload."""
        self.clearSpans()
        nobody = (shown.unallocated,) if shown.unallocated.cases else ()
        self._lines = (*shown.lines, *nobody, shown.everyone)
        self._cells.target = shown.settled["target"]
        loads = [each.load for each in self._lines[:-1]]
        self._cells.most = (
            max(*loads, shown.average or Decimal(1), shown.settled["high"]) if loads else Decimal(1)
        )
        is_part = any(each.time.share != 1 for each in shown.lines)
        self._cells.beside = _BESIDE_PART if is_part else _BESIDE
        self.setRowCount(len(self._lines))
        self._name_heads(shown)
        for row, line in enumerate(self._lines):
            bar = _bar(shown, line)
            for column, (key, _, _) in enumerate(COLUMNS):
                self.setItem(row, column, self._item(column, line, line[key], bar))
            self.setItem(row, SUPERVISED, _supervised(shown, line))
            self.setItem(row, TIME, _time(line))
        self._fit()
        self.setCurrentCell(0, WORKER)

    def _name_heads(self, shown: Caseload) -> None:
        for column, (key, title, _) in enumerate(COLUMNS):
            item = QTableWidgetItem(title.format(target=f"target {number_words(shown.settled['target'])}"))
            item.setTextAlignment(_LEFT if column <= BAR else _RIGHT)
            item.setToolTip(shown.everyone[key].definition.meaning)
            self.setHorizontalHeaderItem(column, item)
        for column, (title, _), meaning in ((SUPERVISED, LAST[0], _SUPERVISED), (TIME, LAST[1], _TIME)):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_RIGHT)
            item.setToolTip(meaning)
            self.setHorizontalHeaderItem(column, item)

    def _item(self, column: int, line: Line, figure: Figure, bar: Bar) -> QTableWidgetItem:
        is_all = line is self._lines[-1]
        text = _name(line) if column == WORKER else figure.shown
        item = QTableWidgetItem("All, average" if column == WORKER and is_all else text)
        item.setTextAlignment(_LEFT if column <= BAR else _RIGHT)
        item.setData(_FIGURE, figure)
        item.setData(_LINE, bar)
        said = f"{figure.definition.title}: {figure.whole}"
        if column == WORKER and line.over_limit:
            said += f"\n{line.over_limit}"
        if column == BAR:
            said = f"{bar.number}{' on average' if is_all else ' open'}"
            said += f", {bar.standing.words.lower()}" if bar.standing else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.name}, {said}")
        item.setToolTip(
            "\n".join(filter(None, (", ".join(filter(None, (line.name, line.job))), line.time_words, said)))
        )
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every row in sight: the page scrolls, not the table."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = sum(_WIDTHS) > self.width()
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
            self.open_figure.emit(item.data(_FIGURE), self._lines[row].name)

    def _moved(self, row: int, column: int, *_before: int) -> None:
        item = self.item(row, column)
        if item is None:
            return
        if column >= SUPERVISED:
            self.noticed.emit(_SUPERVISED if column == SUPERVISED else _TIME)
            return
        told: Figure = item.data(_FIGURE)
        self.noticed.emit(f"{told.definition.title}: {told.definition.meaning}")

    def description(self) -> str:
        """Return the bars in words: who holds how many, and where that stands."""
        return "; ".join(
            f"{each.name} {words.count(len(each.cases), 'case')}"
            + (f", {each.standing.words.lower()}" if each.standing else "")
            + (f", {each.time_words}" if each.time_words else "")
            + (f", {each.over_limit.lower()}" if each.over_limit else "")
            for each in self._lines[:-1]
        )


def _bar(shown: Caseload, line: Line) -> Bar:
    """Return the bar of a worker by the load at full time; of all by the average."""
    if line is shown.everyone:
        average = shown.average
        standing = None if average is None else zone.standing(average, shown.settled)
        return Bar(average or Decimal(0), standing, zone.average_words(average or Decimal(0)))
    number = str(len(line.cases))
    if line.time.share != 1:
        number += f" (as {zone.average_words(line.load)})"
    standing = line.standing
    if line.over_limit:
        standing = Standing("over_limit", f"Over the limit of {_limit(line)}", "overdue")
    elif standing and not line.is_counted:
        standing = Standing("away", line.zone_words, "info")
    return Bar(line.load, standing, number)


def _limit(line: Line) -> str:
    limit = line.time.limit(line.asked.settled["target"], line.asked.on)
    return "" if limit is None else number_words(limit)


def _name(line: Line) -> str:
    """Return a worker's name, and beneath it in short what is not as usual."""
    told = [f"{number_words(line.time.share)} FTE"] if line.time.share != 1 else []
    told += ["NQSW"] if line.time.is_first_year(line.asked.on) else []
    told += ["away"] if line.time.away else []
    return f"{line.name}\n{', '.join(told)}" if told else line.name


def _supervised(shown: Caseload, line: Line) -> QTableWidgetItem:
    last, following = supervision_words(shown, line)
    item = QTableWidgetItem(f"{last}\n{following}" if line.worker_id else "")
    item.setTextAlignment(_RIGHT)
    item.setToolTip(_SUPERVISED)
    said = f"{line.name}, supervision last {last}, next {following}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
    return item


def _time(line: Line) -> QTableWidgetItem:
    item = QTableWidgetItem("Time…" if line.worker_id else "")
    item.setTextAlignment(_RIGHT)
    item.setToolTip(line.time_words or "Full time")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Working time of {line.name}…")
    return item
