"""How the readings of a star are told apart: by colour, dash, mark and words."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from ui import theme


class Line(NamedTuple):
    """How a reading is told apart from the others: by colour, dash, marker and words."""

    token: str
    pen: Qt.PenStyle
    marker: str
    words: str


LINES: Final = (
    Line("accent", Qt.PenStyle.SolidLine, "round", ""),
    Line("muted", Qt.PenStyle.DashLine, "square", ", dashed"),
    Line("edge", Qt.PenStyle.DotLine, "diamond", ", dotted"),
)


def pen(line: Line) -> QPen:
    """Return the pen that a reading is drawn with."""
    made = QPen(theme.colour(line.token), 2 if line.pen == Qt.PenStyle.SolidLine else 1.8, line.pen)
    if line.pen == Qt.PenStyle.DashLine:
        made.setDashPattern([3, 2])
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def draw_marker(painter: QPainter, place: QPointF, line: Line) -> None:
    """Draw a reading's mark at a place."""
    tint = theme.colour(line.token)
    painter.setPen(QPen(tint, 1.5))
    painter.setBrush(QBrush(tint if line.marker == "round" else theme.colour("surface")))
    if line.marker == "round":
        painter.drawEllipse(place, 3, 3)
    elif line.marker == "square":
        painter.drawRect(QRectF(place.x() - 3, place.y() - 3, 6, 6))
    else:
        around = ((0, -4.5), (4.5, 0), (0, 4.5), (-4.5, 0))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in around]))


def draw_sample(painter: QPainter, place: QPointF, line: Line) -> None:
    """Draw a piece of a reading's line with its mark, for a legend."""
    painter.setPen(pen(line))
    painter.drawLine(place, place + QPointF(22, 0))
    draw_marker(painter, place + QPointF(11, 0), line)
