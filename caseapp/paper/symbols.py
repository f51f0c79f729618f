"""Small pictures for easy-read papers, drawn in lines so that they print in black as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from caseapp.paper.page import ACCENT
from caseapp.paper.tags import Drawn

# isort: split
from reportlab.pdfgen.canvas import Canvas


class Symbol(Drawn):
    """A picture of so many points; it is drawn on a field of 24 by 24."""

    def __init__(self, name: str, size: float) -> None:
        super().__init__()
        self._name = name
        self.width = self.height = size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the picture."""
        canvas = self.canv
        canvas.saveState()
        canvas.scale(self.width / 24, self.height / 24)
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        canvas.setLineWidth(1.9)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        PICTURES[self._name](canvas)
        canvas.restoreState()


def _lines(canvas: Canvas, *points: tuple[float, float], closed: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    canvas.drawPath(path, stroke=1, fill=0)


def _person(canvas: Canvas, x: float = 12) -> None:
    canvas.circle(x, 17, 4, stroke=1, fill=0)
    canvas.arc(x - 7, -5, x + 7, 10, 0, 180)


def _people(canvas: Canvas) -> None:
    canvas.circle(8, 16, 3.4, stroke=1, fill=0)
    canvas.circle(17, 15, 2.8, stroke=1, fill=0)
    canvas.arc(2, -4, 14, 10, 0, 180)
    canvas.arc(13, -3, 22, 9, 0, 130)


def _house(canvas: Canvas) -> None:
    _lines(canvas, (2, 12), (12, 21), (22, 12))
    _lines(canvas, (5, 14), (5, 3), (19, 3), (19, 14))
    _lines(canvas, (10, 3), (10, 9), (14, 9), (14, 3))


def _book(canvas: Canvas) -> None:
    _lines(canvas, (12, 18), (3, 20), (3, 6), (12, 4), (21, 6), (21, 20), (12, 18), (12, 4))


def _heart(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(12, 4)
    path.curveTo(-2, 13, 4, 22, 8, 20.5)
    path.curveTo(10.5, 20, 12, 17, 12, 16)
    path.curveTo(12, 17, 13.5, 20, 16, 20.5)
    path.curveTo(20, 22, 26, 13, 12, 4)
    canvas.drawPath(path, stroke=1, fill=0)


def _coin(canvas: Canvas) -> None:
    canvas.circle(12, 12, 9.5, stroke=1, fill=0)
    canvas.arc(10, 11, 16, 18, 20, 160)  # the head of a pound sign
    _lines(canvas, (10, 14), (10, 7))
    _lines(canvas, (8, 7), (16, 7))
    _lines(canvas, (8, 11.5), (14, 11.5))


def _list(canvas: Canvas) -> None:
    for at in (19, 12, 5):
        _lines(canvas, (2.5, at), (4.5, at - 2), (8, at + 2))
        _lines(canvas, (12, at), (21, at))


def _shield(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(12, 22)
    path.lineTo(20, 19)
    path.curveTo(20, 10, 17, 5, 12, 2)
    path.curveTo(7, 5, 4, 10, 4, 19)
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)
    _lines(canvas, (8.5, 12), (11, 9.5), (15.5, 15))


def _umbrella(canvas: Canvas) -> None:
    canvas.arc(2, 3, 22, 21, 0, 180)
    _lines(canvas, (2, 12), (22, 12))
    _lines(canvas, (12, 12), (12, 4))
    canvas.arc(12, 2, 16, 6, 180, 180)


def _phone(canvas: Canvas) -> None:
    canvas.roundRect(6, 1.5, 12, 21, 2.5, stroke=1, fill=0)
    _lines(canvas, (10.5, 4.8), (13.5, 4.8))


def _speech(canvas: Canvas) -> None:
    canvas.roundRect(2, 8, 20, 13, 3, stroke=1, fill=0)
    _lines(canvas, (7, 8), (6, 3), (12, 8))


def _calendar(canvas: Canvas) -> None:
    canvas.roundRect(3, 2, 18, 18, 2, stroke=1, fill=0)
    _lines(canvas, (3, 15), (21, 15))
    _lines(canvas, (8, 22), (8, 18))
    _lines(canvas, (16, 22), (16, 18))


PICTURES: Final[dict[str, Callable[[Canvas], None]]] = {
    "person": _person, "people": _people, "house": _house, "book": _book, "heart": _heart, "coin": _coin,
    "list": _list, "shield": _shield, "umbrella": _umbrella, "phone": _phone, "speech": _speech,
    "calendar": _calendar,
}  # fmt: skip
