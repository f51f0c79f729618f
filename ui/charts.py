"""Charts drawn by hand: the strip of a child's life; the star stands in `ui/star_chart.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from caseapp import overview
from ui import theme
from ui.star_chart import Series, StarChart

__all__ = ["Bar", "LifeStrip", "Series", "StarChart", "life_bars"]

ROWS: Final = ("Lives with", "School", "Plans")
"""The rows of a life, from the top."""

LANE: Final = 25
"""Pixels from one line of bars to the next."""
_BAR_HEIGHT: Final = 21
_TOP: Final = 4
_AXIS: Final = 20
_LABEL_GAP: Final = 16
_YEAR_WIDTH: Final = 44
_LEAST_LETTERS: Final = 6
_LEAST_SPAN: Final = timedelta(days=365)
_DEMI = QFont.Weight.DemiBold
_MEANINGS: Final = {"violet": "looked_after", "blue": "info", "green": "success"}

_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Along a line and from line to line."""


@dataclass(frozen=True)
class Bar:
    """A stretch of time in a row; no end means that it goes on."""

    row: str
    label: str
    starts_on: date
    ends_on: date | None
    meaning: str

    def dates(self) -> str:
        """Return the bar's dates in words."""
        start = f"{self.starts_on:%d/%m/%Y}"
        return f"since {start}" if self.ends_on is None else f"{start} to {self.ends_on:%d/%m/%Y}"

    def told(self) -> str:
        """Return the bar in words."""
        return f"{self.row}: {self.label}, {self.dates()}"


def life_bars(stretches: Sequence[overview.Bar], today: date) -> list[Bar]:
    """Return the stretches of a life as bars; what begins in days to come begins today."""
    return [
        Bar(
            each.row, each.label, min(each.started_on, today), each.ended_on,
            _MEANINGS.get(each.meaning, "neutral"),
        )
        for each in stretches
    ]  # fmt: skip


class LifeStrip(QWidget):
    """Homes, schools and plans as bars over the years, up to a dashed line for today.

    Left and Right go along a line of bars, Up and Down from line to line; words stand beside the bar.
    """

    bar_chosen = Signal(object)
    """A `Bar` was clicked, or Enter was pressed on it. Only where `is_choosing`."""

    def __init__(self, parent: QWidget | None = None, *, is_choosing: bool = False) -> None:
        super().__init__(parent)
        self._is_choosing = is_choosing
        self._current: Bar | None = None
        self.setMouseTracking(is_choosing)
        self._rows: tuple[str, ...] = ()
        self._lanes: list[tuple[str, list[Bar]]] = []
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Life over time")

    def set_bars(self, rows: Sequence[str], bars: Sequence[Bar], today: date) -> None:
        """Show the bars under their rows; those that overlap in a row stand one below the other."""
        self._rows, self._today = tuple(rows), today
        self._lanes = [
            (row if place == 0 else "", lane)
            for row in rows
            for place, lane in enumerate(lanes([bar for bar in bars if bar.row == row]))
        ]
        self._current = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if bars else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Life over time")
        self.setAccessibleDescription(self.description())
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self.updateGeometry()
        self.update()

    def bars(self) -> list[Bar]:
        """Return the bars from the top line down, each line from the left."""
        return [bar for _row, lane in self._lanes for bar in lane]

    def description(self) -> str:
        """Return all bars in words, for those who do not see the picture."""
        told = []
        for row in self._rows:
            mine = [f"{bar.label}, {bar.dates()}" for bar in self.bars() if bar.row == row]
            told.append(f"{row}: {'; '.join(mine) or 'nothing recorded'}.")
        return " ".join(told)

    def sizeHint(self) -> QSize:
        """Return a height that holds every line of bars and the years."""
        return QSize(640, _TOP + LANE * max(1, len(self._lanes)) + _AXIS)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which bars still say something."""
        return QSize(280, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Give the dates of the bar under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), f"{bar.label}\n{bar.dates()}" if bar else "", self)
            return True
        return super().event(event)

    def current(self) -> Bar | None:
        """Return the bar that the keyboard is on."""
        return self._current

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keyboard is, if it was Tab that came here: a window just opened says nothing."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._go_to(self._current or self._newest())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the words away."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar; Enter chooses one."""
        bar, key = self._current, event.key()
        if key in _STEPS:
            self._go_to(self._beside(bar, *_STEPS[Qt.Key(key)]) if bar else self._newest())
        elif bar is not None and self._is_choosing and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.bar_chosen.emit(bar)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        over = self._is_choosing and self.bar_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar that was clicked."""
        bar = self.bar_at(event.position())
        if bar is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = bar
            self.update()
            if self._is_choosing:
                self.bar_chosen.emit(bar)
        else:
            super().mousePressEvent(event)

    def _newest(self) -> Bar | None:
        """Return the last bar of the first line: where the child lives now."""
        return next((lane[-1] for _row, lane in self._lanes if lane), None)

    def _beside(self, bar: Bar, along: int, down: int) -> Bar:
        number, lane = next((at, lane) for at, (_row, lane) in enumerate(self._lanes) if bar in lane)
        if along:
            return lane[max(0, min(len(lane) - 1, lane.index(bar) + along))]
        while 0 <= number + down < len(self._lanes):
            number += down
            if other := self._lanes[number][1]:
                return min(other, key=lambda each: abs((each.starts_on - bar.starts_on).days))
        return bar

    def _go_to(self, bar: Bar | None) -> None:
        self._current = bar
        if bar is None:
            return
        self.setAccessibleName(f"Life over time. {bar.told()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        number = next(at for at, (_row, lane) in enumerate(self._lanes) if bar in lane)
        below = self._rect(number, bar).bottomLeft().toPoint()
        QToolTip.showText(self.mapToGlobal(below), f"{bar.label}\n{bar.dates()}", self)
        self.update()

    def bar_at(self, place: QPointF) -> Bar | None:
        """Return the bar drawn at a place inside the widget."""
        for number, (_row, lane) in enumerate(self._lanes):
            for bar in lane:
                if self._rect(number, bar).contains(place):
                    return bar
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw years, bars and today."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL_POINTS))
        painter.setPen(theme.colour("muted"))
        for number, (row, _lane) in enumerate(self._lanes):
            place = QRectF(0, self._y(number), self._left(), _BAR_HEIGHT)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row)
        if self.bars():
            self._draw_years(painter)
            for number, (_row, lane) in enumerate(self._lanes):
                for bar in lane:
                    self._draw_bar(painter, self._rect(number, bar), bar)
            self._draw_today(painter)
        painter.end()

    def _y(self, number: int) -> float:
        return _TOP + LANE * number

    def _left(self) -> float:
        metrics = QFontMetricsF(theme.font(theme.SMALL_POINTS))
        return _LABEL_GAP + max((metrics.horizontalAdvance(row) for row in self._rows), default=0)

    def _x(self, day: date) -> float:
        first = self._first()
        last = max(self._today, *(bar.ends_on or self._today for bar in self.bars()))
        # Today's line stands a little off the edge.
        room = self.width() - self._left() - 12
        return self._left() + room * (day - first).days / max(1, (last - first).days)

    def _first(self) -> date:
        """Return where the strip begins: a life of a few days would be a mark without a scale."""
        return min(self._today - _LEAST_SPAN, *(bar.starts_on for bar in self.bars()))

    def _rect(self, number: int, bar: Bar) -> QRectF:
        left, right = self._x(bar.starts_on), self._x(bar.ends_on or max(self._today, bar.starts_on))
        # Two pixels of air between neighbours, but never less than a sliver to point at.
        return QRectF(left, self._y(number), max(4.0, right - left - 2), _BAR_HEIGHT)

    def _draw_bar(self, painter: QPainter, rect: QRectF, bar: Bar) -> None:
        ink, soft = theme.meaning(bar.meaning)
        painter.setPen(QPen(ink, 1) if theme.current().outlined else Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawRoundedRect(rect, 3, 3)
        painter.fillRect(QRectF(rect.x(), rect.y() + 3, 2, rect.height() - 6), ink)
        if self.hasFocus() and bar is self._current:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 4, 4)
        font = theme.font(theme.SMALL_POINTS, _DEMI)
        room = rect.adjusted(8, 0, -6, 0)
        words = QFontMetricsF(font).elidedText(bar.label, Qt.TextElideMode.ElideRight, room.width())
        # A few letters say nothing: the tooltip and the description do.
        if len(words) > _LEAST_LETTERS or words == bar.label:
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_years(self, painter: QPainter) -> None:
        first = self._first().year + 1
        years = range(first, self._today.year + 2)
        in_sight = [year for year in years if self._x(date(year, 1, 1)) <= self.width() - 4]
        room = self._x(date(first + 1, 1, 1)) - self._x(date(first, 1, 1))
        every = max(1, -int(-_YEAR_WIDTH // max(1.0, room)))
        bottom = self._y(len(self._lanes)) - 2
        for year in in_sight:
            x = self._x(date(year, 1, 1))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QLineF(x, _TOP, x, bottom + 4))
            if (year - first) % every == 0 and x + _YEAR_WIDTH / 2 <= self.width():
                painter.setPen(theme.colour("muted"))
                place = QRectF(x - _YEAR_WIDTH / 2, bottom + 4, _YEAR_WIDTH, _AXIS - 2)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(year))

    def _draw_today(self, painter: QPainter) -> None:
        x = self._x(self._today)
        painter.setPen(QPen(theme.colour("red"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, 0, x, self._y(len(self._lanes)) + 2))


def lanes(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Return bars in as few lines as will do without one covering another; at least one line."""
    found: list[list[Bar]] = [[]]
    for bar in sorted(bars, key=lambda bar: (bar.starts_on, bar.ends_on or date.max)):
        free = next((lane for lane in found if not lane or _is_over(lane[-1], bar.starts_on)), None)
        if free is None:
            found.append([bar])
        else:
            free.append(bar)
    return found


def _is_over(bar: Bar, day: date) -> bool:
    return bar.ends_on is not None and bar.ends_on <= day
