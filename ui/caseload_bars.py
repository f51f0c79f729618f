"""How the cells of a caseload are drawn: the bar against the zone, its standing, links, what is overdue."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QWidget,
)

from caseapp.caseload.cases import Figure
from caseapp.caseload.settled import Settled
from caseapp.caseload.settled import shown as number_words
from caseapp.caseload.zone import Standing
from ui import theme
from ui.chips import ICONS, chip_size, draw_chip

FIGURE, BAR = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
PAD: Final = 10
_ICON: Final = 14
_BESIDE: Final = 44
"""Room for the number beside the longest bar."""
_THICK, _BAND = 11, 19
_BAND_SHARE: Final = 0.18
_NAME_SHARE: Final = 0.5
"""Of the line above a bar the name has at least so much, what is said of the worker the rest."""
Index = QModelIndex | QPersistentModelIndex


class Bar(NamedTuple):
    """What a row's bar shows: the load at full time, the number at its end, where it stands; `note` says in
    short what is not as usual, `said` all of it in words."""

    load: Decimal
    number: str
    standing: Standing | None
    note: str = ""
    said: str = ""


class Scale(NamedTuple):
    """What the bars of a table are drawn against: the longest load, the zone's ends and its target."""

    most: Decimal
    low: Decimal
    target: Decimal
    high: Decimal

    @classmethod
    def over(cls, loads: list[Decimal], settled: Settled) -> Scale:
        """Return the scale that holds some loads and the zone."""
        low, target, high = settled["low"], settled["target"], settled["high"]
        return cls(max([*loads, high]), low, target, high)

    def at(self, value: Decimal, room: float) -> float:
        """Return how far along a value lies."""
        return room * float(value / self.most)


class Cells(QStyledItemDelegate):
    """Draws the cells of the workers' table. `links` are the columns of links, `quiet` one in small print."""

    def __init__(self, parent: QWidget, links: frozenset[int], quiet: int) -> None:
        super().__init__(parent)
        self._links, self._quiet = links, quiet
        self.scale: Scale | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; the last row, of all together, stands apart."""
        if index.row() == index.model().rowCount() - 1:
            self._set_apart(painter, option.rect)
        figure: Figure | None = index.data(FIGURE)
        bar: Bar | None = index.data(BAR)
        place = option.rect.adjusted(PAD, 0, -PAD, 0)
        if bar is not None and index.column() == 0:
            self._draw_ground(painter, option, index)
            self._draw_worker(painter, place, index.data(), bar)
        elif bar is not None and index.column() == 1:
            self._draw_ground(painter, option, index)
            _draw_standing(painter, option.rect.adjusted(4, 0, -4, 0), bar.standing)
        elif figure is not None and figure.definition.key == "overdue" and figure.count:
            self._draw_ground(painter, option, index)
            width = chip_size(figure.shown).width()
            at_right = option.rect.adjusted(option.rect.width() - width - 4, 0, 0, 0)
            draw_chip(painter, at_right, figure.shown, "overdue")
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Show links as links are, and cells that say nothing in grey."""
        super().initStyleOption(option, index)
        is_link = index.column() in self._links
        if is_link or index.row() == index.model().rowCount() - 1:
            option.font = theme.font(weight=QFont.Weight.DemiBold)
        if index.column() == self._quiet:
            option.font = theme.font(theme.SMALL_POINTS)
        token = "accent" if is_link else "muted" if index.data() in ("–", "0") else "ink"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, theme.colour(token))

    def _set_apart(self, painter: QPainter, place: QRect) -> None:
        painter.fillRect(place, theme.colour("canvas"))
        painter.fillRect(QRect(place.x(), place.y(), place.width(), 2), theme.colour("edge"))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)

    def _draw_worker(self, painter: QPainter, place: QRect, name: str, bar: Bar) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRect(place.x(), place.y() + 6, place.width(), 20)
        bold, note_font = theme.font(weight=QFont.Weight.DemiBold), theme.font(theme.SMALL_POINTS)
        note_width = QFontMetrics(note_font).horizontalAdvance(bar.note) + 10 if bar.note else 0
        most = line.width() - min(note_width, round(line.width() * _NAME_SHARE))
        used = _draw_words(painter, line.adjusted(0, 0, most - line.width(), 0), name, "accent", bold)
        if bar.note:
            _draw_words(painter, line.adjusted(used + 8, 0, 0, 0), bar.note, "muted", note_font)
        if self.scale is not None:
            below = QRect(place.x(), place.y() + 27, place.width(), _BAND)
            _draw_bar(painter, below, bar, self.scale)
        painter.restore()


class Heads(QHeaderView):
    """The headings; the first names the zone and its target beside how they are drawn."""

    def __init__(self, parent: QTableWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.settled: Settled | None = None

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one heading."""
        super().paintSection(painter, rect, logicalIndex)
        if logicalIndex or self.settled is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = rect.center().y()
        line = QRect(rect.x() + PAD, middle - 20, rect.width() - PAD, 20)
        bold, font = theme.font(theme.SMALL_POINTS, QFont.Weight.DemiBold), theme.font(theme.SMALL_POINTS)
        _draw_words(painter, line, "Open cases", "muted", bold)
        key = QRect(rect.x() + PAD, middle + 2, 18, 14)
        _draw_band(painter, QRectF(key), key.x() + 0.5, key.x() + 17.5)
        zone = f"zone {number_words(self.settled['low'])} to {number_words(self.settled['high'])}"
        words = QRect(key.right() + 6, middle - 1, rect.right() - key.right() - 6, 20)
        used = _draw_words(painter, words, zone, "muted", font)
        tick = words.x() + used + 12
        _draw_target(painter, QRectF(key), tick)
        words.setLeft(tick + 7)
        _draw_words(painter, words, f"target {number_words(self.settled['target'])}", "muted", font)
        painter.restore()


def _draw_words(painter: QPainter, place: QRect, text: str, token: str, font: QFont) -> int:
    """Draw one line, cut short with … where it must be; return how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(place.width(), 0))
    painter.setFont(font)
    painter.setPen(theme.colour(token))
    painter.drawText(place, int(LEFT), shown)
    return metrics.horizontalAdvance(shown)


def _draw_bar(painter: QPainter, place: QRect, bar: Bar, scale: Scale) -> None:
    """Draw the zone, the bar upon it, the target across, and the number at the bar's end."""
    room = place.width() - _BESIDE
    low, target, high = (place.x() + scale.at(each, room) for each in (scale.low, scale.target, scale.high))
    _draw_band(painter, QRectF(place), low, high)
    length = max(scale.at(bar.load, room), 2.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.meaning(bar.standing.meaning)[0] if bar.standing else theme.colour("muted"))
    top = place.y() + (place.height() - _THICK) / 2
    painter.drawRoundedRect(QRectF(place.x(), top, length, _THICK), 2, 2)
    _draw_target(painter, QRectF(place), target)
    font = theme.font(weight=QFont.Weight.DemiBold)
    wide = QFontMetrics(font).horizontalAdvance(bar.number)
    at = number_at(place.x() + length, wide, (low, target, high))
    painter.setFont(font)
    painter.setPen(theme.colour("ink"))
    painter.drawText(QRectF(at, place.y(), wide + 4, place.height()), int(LEFT), bar.number)


def number_at(end: float, wide: float, lines: tuple[float, ...]) -> float:
    """Return where a number as wide begins behind a bar's end: clear of each line, which stand in order."""
    at = end + 6
    for line in lines:
        if at - 4 < line < at + wide + 4:
            at = line + 6
    return at


def _draw_band(painter: QPainter, place: QRectF, low: float, high: float) -> None:
    ink = theme.meaning("on_track")[0]
    ground = QColor(ink)
    ground.setAlphaF(_BAND_SHARE)
    painter.fillRect(QRectF(low, place.y(), high - low, place.height()), ground)
    painter.setPen(QPen(ink, 1))
    for end in (low, high):
        painter.drawLine(QLineF(end, place.y(), end, place.bottom()))


def _draw_target(painter: QPainter, place: QRectF, at: float) -> None:
    line = QLineF(at, place.y() - 1, at, place.bottom() + 1)
    for pen in (QPen(theme.colour("surface"), 4), QPen(theme.colour("ink"), 1.6, Qt.PenStyle.DotLine)):
        painter.setPen(pen)  # the light one first, so that the dots are seen upon a dark bar
        painter.drawLine(line)


def _draw_standing(painter: QPainter, place: QRect, standing: Standing | None) -> None:
    """Draw icon and words, on two lines where they need them."""
    if standing is None:
        return
    colour = theme.meaning(standing.meaning)[0]
    painter.save()
    picture = theme.pixmap(ICONS[standing.meaning], colour, _ICON)
    painter.drawPixmap(place.x(), place.center().y() - _ICON // 2 + 1, picture)
    painter.setFont(theme.font(theme.SMALL_POINTS))
    painter.setPen(colour)
    words = place.adjusted(_ICON + 5, 0, 0, 0)
    painter.drawText(words, int(LEFT) | int(Qt.TextFlag.TextWordWrap), standing.words)
    painter.restore()
