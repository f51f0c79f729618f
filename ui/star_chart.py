"""The Outcome Star as a chart that can be read, clicked and worked with the keyboard."""

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from caseapp import star_geometry as geometry
from caseapp.star_picture import DRAWN_AT_MOST, Stroke, strokes
from ui import star_bars, star_labels, star_legend, theme
from ui.star_labels import NOT_DISCUSSED, Label
from ui.star_legend import GAP
from ui.star_marks import draw_reading, draw_rings
from ui.star_typing import TypedScore

_REACH: Final = 18
_LEAST_RADIUS: Final = 56


@dataclass(frozen=True)
class Series:
    """One reading: its date in words, and a score for each area (None: not discussed).

    The view of somebody who disagrees is a series of its own, marked differently.
    """

    label: str
    scores: tuple[int | None, ...]
    is_other_view: bool = False


class _Layout(NamedTuple):
    """Where the star stands inside its widget."""

    centre: QPointF
    radius: float
    boxes: list[geometry.Box]


class StarChart(QWidget):
    """A wheel with an arm for each area; fewer than three areas are drawn as bars.

    Editable, it takes a click on a point of an arm; or, with the keyboard, Left and Right choose the arm,
    Up and Down the score, a figure sets it, and Delete takes it away.
    """

    score_chosen = Signal(int, int)
    """An area's place and its new score."""
    score_cleared = Signal(int)
    """The place of an area that has no score any more."""
    area_pointed = Signal(int)
    """On a chart that is read: the place of the area under the mouse, -1 when it leaves."""

    def __init__(
        self,
        parent: QWidget | None = None,
        editable: bool = False,
        *,
        is_small: bool = False,
        says_scores: bool = False,
    ) -> None:
        """Make a chart; a small one shows the shape alone, its words are in the tooltip and spoken.

        One that says the scores has them under the areas' names, with the change since the first reading.
        """
        super().__init__(parent)
        self.editable = editable
        self._is_small = is_small
        self._says_scores = says_scores
        self._areas: tuple[str, ...] = ()
        self._low, self._high = 0, 10
        self._series: tuple[Series, ...] = ()
        self._arm = 0
        self._marked = -1
        self._least: QSize | None = None
        self._notes: tuple[str, ...] = ()
        self._typed = TypedScore()
        self._hovered: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editable else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Star chart")

    def set_chart(self, areas: Sequence[str], low: int, high: int, series: Sequence[Series]) -> None:
        """Show readings, newest first; three at most are drawn.

        Raises ValueError if a reading does not fit the areas or the scale.
        """
        for reading in series:
            geometry.arm_points(len(areas), low, high, 1, reading.scores)
        self._areas, self._low, self._high = tuple(areas), low, high
        self._series = tuple(series[:DRAWN_AT_MOST])
        self._arm = min(self._arm, max(0, len(areas) - 1))
        self._marked, self._notes = -1, ()
        self._tell()
        if self._least is not None:
            self.setMinimumSize(self.minimumSizeHint().expandedTo(self._least))

    def set_least(self, least: QSize) -> None:
        """Ask for a size, and for more where the labels of many areas need it."""
        self._least = least
        self.setMinimumSize(self.minimumSizeHint().expandedTo(least))

    def set_notes(self, notes: Sequence[str]) -> None:
        """Say in the tooltips what was noted for each area at the newest reading."""
        self._notes = tuple(notes)

    def mark_area(self, area: int) -> None:
        """Mark an area, as the line of a table beside the chart is chosen; -1 marks none."""
        self._marked = area
        self.update()

    def marked_area(self) -> int:
        """Return the place of the area that is marked, or -1."""
        return self._marked

    def set_score(self, area: int, score: int | None) -> None:
        """Change one score of the newest reading."""
        newest = self._series[0]
        scores = (*newest.scores[:area], score, *newest.scores[area + 1 :])
        geometry.arm_points(len(self._areas), self._low, self._high, 1, scores)
        self._series = (Series(newest.label, scores, newest.is_other_view), *self._series[1:])
        self._tell()

    def set_arm(self, area: int) -> None:
        """Move the keyboard to an area."""
        self._arm = area
        self._tell()

    def arm(self) -> int:
        """Return the place of the area that the keyboard is on."""
        return self._arm

    def scores(self) -> tuple[int | None, ...]:
        """Return the scores of the newest reading."""
        return self._series[0].scores if self._series else ()

    def point(self, area: int, score: int) -> QPointF:
        """Return where a score lies inside the widget."""
        if self._is_bars():
            return self._bars().point(area, score)
        laid = self._layout()
        spot = geometry.spot(area, len(self._areas), score, self._low, self._high, laid.radius)
        return laid.centre + QPointF(spot.x, spot.y)

    def description(self) -> str:
        """Return the readings in words, for those who do not see the picture."""
        told = [
            f"{reading.label}: {', '.join(self._told(reading, arm) for arm in range(len(self._areas)))}."
            for reading in self._series
        ]
        scale = f"Scale {self._low} to {self._high}."
        here = f" On {self._told(self._series[0], self._arm)}." if self.editable and self._series else ""
        return " ".join([scale, *told]) + here

    def _told(self, reading: Series, arm: int) -> str:
        score = reading.scores[arm]
        return f"{self._areas[arm]} {'not discussed' if score is None else score}"

    def _tell(self) -> None:
        self.setAccessibleDescription(self.description())
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which all labels are easily read."""
        return self._size_for(96)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size that still holds labels and rings."""
        return self._size_for(_LEAST_RADIUS)

    def _size_for(self, radius: int) -> QSize:
        if self._is_bars():
            return QSize(300, 40 + star_bars.PITCH * len(self._areas))
        sizes = self._label_sizes()
        while _is_crowded(geometry.label_boxes(radius, sizes, GAP)):
            radius += 4
        star = _star(sizes, radius)
        # Two lines of legend: how many there will be depends on the width, which is not known yet.
        return QSize(math.ceil(star.width()) + 2 * GAP, math.ceil(star.height()) + 2 * GAP + 56)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between arms, change or clear the score."""
        if not (self.editable and self._series and self._areas and self._obey(event)):
            super().keyPressEvent(event)

    def _obey(self, event: QKeyEvent) -> bool:
        turns = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        typed = self._typed.take(event.text(), self._low, self._high)
        if typed is not None:
            self._choose(self._arm, typed)
        elif key in turns:
            self.set_arm((self._arm + turns[key]) % len(self._areas))
        elif key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_score(self._arm, None)
            self.score_cleared.emit(self._arm)
        else:
            return event.text() == "-" and self._low < 0
        return True

    def _step(self, by: int) -> None:
        score = self.scores()[self._arm]
        wanted = self._low if score is None else min(self._high, max(self._low, score + by))
        if wanted != score:
            self._choose(self._arm, wanted)

    def _choose(self, area: int, score: int) -> None:
        self._arm = area
        self.set_score(area, score)
        self.score_chosen.emit(area, score)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the score that was clicked."""
        hit = self._hit(event.position())
        if self.editable and hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(*hit)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which score a click would set, or say which area is read."""
        if not self.editable:
            hit = self._hit(event.position())
            self.area_pointed.emit(hit[0] if hit else -1)
            return
        self._hovered = self._hit(event.position())
        over = self._hovered is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        self._hovered = None
        if not self.editable:
            self.area_pointed.emit(-1)
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the arm that the keyboard is on."""
        super().focusInEvent(event)
        self._typed.forget()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what lies under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(*hit) if hit else "", self)
            return True
        return super().event(event)

    def _tip(self, arm: int, score: int) -> str:
        if self.editable:
            return f"{self._areas[arm]}: {score}"
        told = [f"{reading.label}: {self._told(reading, arm)}" for reading in self._series]
        noted = [self._notes[arm]] if arm < len(self._notes) and self._notes[arm] else []
        return _as_text("\n".join([*told, *noted]))

    def _hit(self, place: QPointF) -> tuple[int, int] | None:
        if not (self._areas and self._series):
            return None
        if self._is_bars():
            return self._bars().nearest(place, _REACH)
        laid = self._layout()
        from_centre = place - laid.centre
        return geometry.nearest(
            from_centre.x(),
            from_centre.y(),
            len(self._areas),
            self._low,
            self._high,
            laid.radius,
            _REACH,
        )

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wheel (or bars) and the legend."""
        if not self._areas:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_bars():
            star_bars.draw(painter, self._bars())
            self._draw_hand(painter)
        else:
            laid = self._layout()
            draw_rings(painter, laid.centre, laid.radius, len(self._areas), (self._low, self._high))
            for place in reversed(range(len(self._series))):
                self._draw_series(painter, laid, place)
            if not self._is_small:
                star_labels.draw_numbers(painter, laid.centre, laid.radius, self._low, self._high)
                self._draw_labels(painter, laid)
            self._draw_hand(painter)
        star_legend.draw(painter, self._legend(), self.width(), self.height())
        painter.end()

    def _is_bars(self) -> bool:
        return len(self._areas) < 3

    def _bars(self) -> star_bars.Bars:
        readings = [
            (stroke, reading.scores) for stroke, reading in zip(self._strokes(), self._series, strict=True)
        ]
        return star_bars.Bars(self._areas, self._low, self._high, readings, self.width())

    def _strokes(self) -> list[Stroke]:
        return strokes([reading.is_other_view for reading in self._series])

    def _legend(self) -> list[star_legend.Entry]:
        if self._is_small:
            return []
        return [
            (stroke, reading.label + stroke.words)
            for stroke, reading in zip(self._strokes(), self._series, strict=True)
        ]

    def _is_silent(self, arm: int) -> bool:
        """Return whether an area is to be named as not discussed; nothing is said before the first score."""
        scores = self.scores()
        return bool(scores) and scores[arm] is None and any(score is not None for score in scores)

    def _labels(self) -> list[Label]:
        return [self._label(arm) for arm in range(len(self._areas))]

    def _label(self, arm: int) -> Label:
        name = tuple(geometry.wrapped(self._areas[arm]))
        score = self._score_words(arm)
        note = NOT_DISCUSSED if self._is_silent(arm) else score
        return Label(name, note, note == score, keeps_room=self.editable)

    def _score_words(self, arm: int) -> str:
        if not (self._says_scores and self._series):
            return ""
        own = [reading for reading in self._series if not reading.is_other_view]
        first = own[-1].scores[arm] if len(own) > 1 else None
        return star_labels.score_words(first, self.scores()[arm])

    def _label_sizes(self) -> list[tuple[float, float]]:
        if self._is_small:
            return [(0.0, 0.0)] * len(self._areas)
        return star_labels.sizes(self._labels())

    def _layout(self) -> _Layout:
        sizes = self._label_sizes()
        width, height = (
            self.width() - 2 * GAP,
            self.height() - star_legend.height(self._legend(), self.width()) - GAP,
        )
        radius = float(min(width, height) // 2)
        star = _star(sizes, radius)
        while (star.width() > width or star.height() > height) and radius > _LEAST_RADIUS:
            radius -= 2
            star = _star(sizes, radius)
        centre = QPointF(width / 2 + GAP, height / 2 + GAP / 2) - star.center()
        return _Layout(centre, radius, geometry.label_boxes(radius, sizes, GAP))

    def _draw_series(self, painter: QPainter, laid: _Layout, place: int) -> None:
        scores = self._series[place].scores
        points = geometry.arm_points(len(self._areas), self._low, self._high, laid.radius, scores)
        draw_reading(painter, laid.centre, points, self._strokes()[place])

    def _draw_labels(self, painter: QPainter, laid: _Layout) -> None:
        for arm, (label, box) in enumerate(zip(self._labels(), laid.boxes, strict=True)):
            is_marked = self._has_hand(arm) or arm == self._marked
            taken = label.taken(box, laid.centre)
            label.draw(painter, taken, box.align, is_marked=is_marked)
            if is_marked:
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(taken.adjusted(-5, -2, 5, 2), 4, 4)

    def _has_hand(self, arm: int) -> bool:
        return self.editable and self.hasFocus() and arm == self._arm

    def _draw_hand(self, painter: QPainter) -> None:
        """Draw a ring where a click would go, and one at the score that the keyboard is on."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 2))
        if self._series and self.hasFocus() and self.editable:
            score = self.scores()[self._arm]
            painter.drawEllipse(self.point(self._arm, self._low if score is None else score), 8, 8)
        if self._hovered is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DotLine))
            painter.drawEllipse(self.point(*self._hovered), 7, 7)


def _star(sizes: Sequence[tuple[float, float]], radius: float) -> QRectF:
    """Return the room that rings and labels take together, around the centre."""
    around = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    for box in geometry.label_boxes(radius, sizes, GAP):
        around |= QRectF(box.x, box.y, box.width, box.height)
    return around


def _as_text(words: str) -> str:
    """Return words for a tooltip, which would otherwise take what people wrote for markup."""
    return f"<p style='white-space: pre-wrap'>{html.escape(words)}</p>"


def _is_crowded(boxes: Sequence[geometry.Box]) -> bool:
    return any(one.meets(other, 0) for place, one in enumerate(boxes) for other in boxes[:place])
