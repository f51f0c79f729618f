"""How the readings of a star are drawn on screen: each with a dash and a mark of its own, and a colour."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from caseapp import star_geometry as geometry
from caseapp.star_picture import Stroke
from ui import theme

_TOKENS: Final = {"latest": "accent", "first": "muted", "between": "blue", "other": "amber"}


def pen(stroke: Stroke) -> QPen:
    """Return the pen that a reading is drawn with."""
    width = 2.0 if stroke.key == "latest" else 1.8
    made = QPen(theme.colour(_TOKENS[stroke.key]), width)
    if stroke.dash:
        made.setDashPattern([each / width for each in stroke.dash])
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def draw_marker(painter: QPainter, place: QPointF, stroke: Stroke) -> None:
    """Draw a reading's mark at a place."""
    tint = theme.colour(_TOKENS[stroke.key])
    painter.setPen(QPen(tint, 1.5))
    painter.setBrush(QBrush(tint if stroke.marker == "dot" else theme.colour("surface")))
    if stroke.marker == "dot":
        painter.drawEllipse(place, 3, 3)
    elif stroke.marker == "square":
        painter.drawRect(QRectF(place.x() - 3.5, place.y() - 3.5, 7, 7))
    elif stroke.marker == "diamond":
        around = ((0, -5), (5, 0), (0, 5), (-5, 0))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in around]))
    else:
        painter.setPen(QPen(tint, 2))
        painter.drawLine(place + QPointF(-3.5, -3.5), place + QPointF(3.5, 3.5))
        painter.drawLine(place + QPointF(-3.5, 3.5), place + QPointF(3.5, -3.5))


def draw_rings(painter: QPainter, centre: QPointF, radius: float, arms: int, scale: tuple[int, int]) -> None:
    """Draw the ground of a wheel: a ring for each score from the lowest to the highest, and the arms."""
    low, high = scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("line"), 1))
    for score in range(low, high + 1):
        distance = geometry.ring(score, low, high, radius)
        painter.drawEllipse(centre, distance, distance)
    for arm in range(arms):
        end = geometry.direction(arm, arms)
        painter.drawLine(centre, centre + QPointF(end.x, end.y) * radius)


def draw_reading(
    painter: QPainter, centre: QPointF, points: Sequence[geometry.Spot | None], stroke: Stroke
) -> None:
    """Draw one reading: its line, broken where nothing was discussed, and its marks; the latest is filled."""
    if stroke.key == "latest" and None not in points:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_thin(theme.colour("accent")))
        painter.drawPolygon(QPolygonF([centre + QPointF(*point) for point in points if point is not None]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(stroke))
    for run in geometry.runs(points):
        painter.drawPolyline(QPolygonF([centre + QPointF(*point) for point in run]))
    for point in points:
        if point is not None:
            draw_marker(painter, centre + QPointF(*point), stroke)


def _thin(tint: QColor) -> QColor:
    thin = QColor(tint)
    thin.setAlphaF(0.13)
    return thin


def draw_sample(painter: QPainter, place: QPointF, stroke: Stroke) -> None:
    """Draw a piece of a reading's line with its mark, for a legend."""
    painter.setPen(pen(stroke))
    painter.drawLine(place, place + QPointF(26, 0))
    draw_marker(painter, place + QPointF(13, 0), stroke)
