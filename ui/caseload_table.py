"""The workers of a caseload: a bar against the zone, then the figures; each cell opens its children."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

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
from caseapp.caseload.view import Caseload, Line
from caseapp.caseload.zone import Standing
from ui import theme
from ui.chips import ICONS, chip_size, draw_chip

WORKER, BAR = 0, 1
COLUMNS: Final = (
    ("open", "Worker", 128),
    ("open", "Open, {target} dashed", 178),
    ("early_help", "Early\nhelp", 54),
    ("child_in_need", "In\nneed", 52),
    ("child_protection", "Pro-\ntection", 64),
    ("looked_after", "Looked\nafter", 62),
    ("care_leaver", "Leaving\ncare", 64),
    ("overdue", "Overdue", 70),
    ("due_in_7_days", "Due\nin 7", 54),
    ("drafts", "Drafts", 60),
    ("longest_unseen", "Days\nunseen", 66),
    ("pep_in_date", "PEPs\nin date", 66),
    ("pathway_in_date", "Path-\nway", 62),
    ("star_change", "Star\nchange", 66),
    ("points", "Points", 60),
)
ROW: Final = 48
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ICON: Final = 13
_FIGURE, _LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Cells(QStyledItemDelegate):
    """Draws the bar with the target dashed, what is overdue as a chip, names as links."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.most, self.target = Decimal(1), Decimal(1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        figure: Figure = index.data(_FIGURE)
        if index.column() == BAR:
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
        is_name = index.column() == WORKER
        if is_name:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        token = "accent" if is_name else "muted" if index.data() in ("–", "0") else "ink"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, theme.colour(token))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)

    def _draw_bar(self, painter: QPainter, place: QRect, told: tuple[Decimal, Standing | None]) -> None:
        load, standing = told
        colour = theme.meaning(standing.meaning)[0] if standing else theme.colour("muted")
        room = place.width() - 46
        length = room * float(load / self.most)
        top = place.center().y() - (12 if standing else 5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(place.x(), top, max(length, 2), 11), 3, 3)
        self._draw_target(painter, place.x() + room * float(self.target / self.most), top)
        self._draw_words(painter, place, (length, top), load, standing)
        painter.restore()

    def _draw_target(self, painter: QPainter, x: float, top: int) -> None:
        painter.setPen(QPen(theme.colour("ink"), 1.4, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, top - 4), QPointF(x, top + 15))

    def _draw_words(
        self,
        painter: QPainter,
        place: QRect,
        bar: tuple[float, int],
        load: Decimal,
        standing: Standing | None,
    ) -> None:
        length, top = bar
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.setPen(theme.colour("ink"))
        # The number stands clear of the dashed line
        beside = place.x() + max(length, (place.width() - 46) * float(self.target / self.most)) + 8
        painter.drawText(QRectF(beside, top - 5, 60, 21), int(_LEFT), zone.average_words(load))
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
    noticed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(COLUMNS), parent)
        self.setAccessibleName("Workers")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
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
        for column, (_, _, width) in enumerate(COLUMNS):
            heads.resizeSection(column, width)
        heads.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(44)

    def show_caseload(self, shown: Caseload) -> None:
        """Show the workers of a caseload."""
        self.clearSpans()
        nobody = (shown.unallocated,) if shown.unallocated.cases else ()
        self._lines = (*shown.lines, *nobody, shown.everyone)
        self._cells.target = shown.settled["target"]
        loads = [Decimal(len(each.cases)) for each in self._lines[:-1]]
        self._cells.most = (
            max(*loads, shown.average or Decimal(1), shown.settled["high"]) if loads else Decimal(1)
        )
        self.setRowCount(len(self._lines))
        self._name_heads(shown)
        for row, line in enumerate(self._lines):
            load = shown.average or Decimal(0) if line is shown.everyone else Decimal(len(line.cases))
            standing = line.standing
            if line is shown.everyone and shown.average is not None:
                standing = zone.standing(shown.average, shown.settled)
            for column, (key, _, _) in enumerate(COLUMNS):
                self.setItem(row, column, self._item(column, line, line[key], (load, standing)))
        self._fit()
        self.setCurrentCell(0, WORKER)

    def _name_heads(self, shown: Caseload) -> None:
        for column, (key, title, _) in enumerate(COLUMNS):
            item = QTableWidgetItem(title.format(target=f"target {number_words(shown.settled['target'])}"))
            item.setTextAlignment(_LEFT if column <= BAR else _RIGHT)
            item.setToolTip(shown.everyone[key].definition.meaning)
            self.setHorizontalHeaderItem(column, item)

    def _item(
        self, column: int, line: Line, figure: Figure, load: tuple[Decimal, Standing | None]
    ) -> QTableWidgetItem:
        is_all = line is self._lines[-1]
        text = line.name if column == WORKER else figure.shown
        item = QTableWidgetItem("All, average" if column == WORKER and is_all else text)
        item.setTextAlignment(_LEFT if column <= BAR else _RIGHT)
        item.setData(_FIGURE, figure)
        item.setData(_LINE, load)
        said = f"{figure.definition.title}: {figure.whole}"
        if column == BAR:
            said = f"{zone.average_words(load[0])}{' on average' if is_all else ' open'}"
            said += f", {load[1].words.lower()}" if load[1] else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.name}, {said}")
        item.setToolTip(f"{line.name}{f', {line.job}' if line.job else ''}\n{said}")
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep every row in sight: the page scrolls, not the table."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = sum(width for _, _, width in COLUMNS) > self.width()
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
        if item is not None:
            self.open_figure.emit(item.data(_FIGURE), self._lines[row].name)

    def _moved(self, row: int, column: int, *_before: int) -> None:
        item = self.item(row, column)
        if item is not None:
            told: Figure = item.data(_FIGURE)
            self.noticed.emit(f"{told.definition.title}: {told.definition.meaning}")

    def description(self) -> str:
        """Return the bars in words: who holds how many, and where that stands."""
        return "; ".join(
            f"{each.name} {words.count(len(each.cases), 'case')}"
            + (f", {each.standing.words.lower()}" if each.standing else "")
            for each in self._lines[:-1]
        )
