"""What is drawn and not written: chips, score bars, and room to answer by pen."""

from __future__ import annotations

from caseapp.paper import fonts
from caseapp.paper.page import MUTED, WIDTH, Look
from caseapp.paper.tags import Drawn

# isort: split
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

_BAR, _BAR_GROUND = HexColor("#0B5F66"), HexColor("#DADFDC")
_TONES = {
    "green": (HexColor("#1D6B3E"), HexColor("#E4F2E8")),
    "amber": (HexColor("#7E4A00"), HexColor("#FCF0D9")),
    "red": (HexColor("#A3221F"), HexColor("#FBE9E7")),
    "blue": (HexColor("#1F4E8C"), HexColor("#E6EEF9")),
    "grey": (HexColor("#56656A"), HexColor("#F0F2F1")),
}


class Chip(Drawn):
    """A short state in words on a soft ground; the colour repeats what the words say."""

    kind = "P"

    def __init__(self, text: str, tone: str, look: Look) -> None:
        super().__init__()
        self._text, self._tone, self._look = text, _TONES[tone], look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size; the letters shrink where the column is narrow."""
        size, inset = 9.5 * self._look.scale, 7 * self._look.scale
        natural = fonts.text_width(self._text, fonts.SEMIBOLD, size) + 2 * inset
        self._size = size * min(1.0, width / natural)
        self.width, self.height = min(natural, width), 13.6 * self._look.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw the ground and the words."""
        ink, ground = self._tone
        self.canv.setFillColor(ground)
        self.canv.roundRect(0, 0, self.width, self.height, self.height / 2, stroke=0, fill=1)
        self.canv.setFillColor(ink)
        base = (self.height - 0.68 * self._size) / 2
        fonts.draw_text(self.canv, self.width / 2, base, self._text, fonts.SEMIBOLD, self._size, align=0.5)


class ScoreBar(Drawn):
    """A score in words, «6 of 10», with a small bar beside it."""

    kind = "P"

    def __init__(self, score: int, low: int, high: int, look: Look) -> None:
        super().__init__()
        self._score, self._low, self._high, self._look = score, low, high, look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = min(width, 62 * mm * self._look.scale), self._look.body.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw the words and the bar: from nothing to the score, a tick at each point."""
        canvas, size, start = self.canv, self._look.body.fontSize, 17 * mm * self._look.scale
        canvas.setFillColor(self._look.body.textColor)
        fonts.draw_text(canvas, 0, 0.28 * size, f"{self._score} of {self._high}", fonts.SEMIBOLD, size)
        room, thick = self.width - start, 0.62 * size
        first = min(self._low, 1) if self._low == 0 else self._low - 1
        step = room / (self._high - first)
        canvas.setFillColor(_BAR_GROUND)
        canvas.roundRect(start, 0.22 * size, room, thick, 1.5, stroke=0, fill=1)
        canvas.setFillColor(_BAR)
        filled = step * (self._score - first)
        if filled > 0:
            canvas.roundRect(start, 0.22 * size, filled, thick, min(1.5, filled / 2), stroke=0, fill=1)


class WritingLines(Drawn):
    """Lines to write on by pen."""

    def __init__(self, count: int, look: Look, width: float = WIDTH) -> None:
        super().__init__()
        self._count, self._pitch, self.width = count, (7.5 * mm if not look.is_large else 11 * mm), width

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = min(width, self.width), self._count * self._pitch
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.45)
        for number in range(self._count):
            self.canv.line(0, number * self._pitch + 1, self.width, number * self._pitch + 1)


class DateBoxes(Drawn):
    """Boxes for day, month and year."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._side, self._high = (5.5 * mm, 7.5 * mm) if not look.is_large else (8 * mm, 9 * mm)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size; the boxes shrink where the column is narrow."""
        self._side = min(self._side, width / 9)
        self.width, self.height = 9 * self._side, self._high + 1
        return self.width, self.height

    def draw(self) -> None:
        """Draw two, two and four boxes with strokes between."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setFillColor(MUTED)
        self.canv.setLineWidth(0.5)
        for place in (0, 1, 2.5, 3.5, 5, 6, 7, 8):
            self.canv.rect(place * self._side, 1, self._side, self._high, stroke=1, fill=0)
        for place in (2.25, 4.75):
            size = 0.6 * self._side
            fonts.draw_text(
                self.canv, place * self._side, 1 + 0.35 * self._high, "/", fonts.REGULAR, size, align=0.5
            )


class ScoreDots(Drawn):
    """Numbers in rings, one to be marked by pen, with what the ends mean."""

    kind = "P"

    def __init__(self, low: int, high: int, ends: tuple[str, str], look: Look) -> None:
        super().__init__()
        self._low, self._high, self._ends, self._look = low, high, ends, look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        count = self._high - self._low + 1
        self._pitch = min(width / count, 11.5 * mm * min(self._look.scale, 1.3))
        words = self._look.note.leading if any(self._ends) else 0
        self.width, self.height = width, 0.8 * self._pitch + words + 4
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rings, and the words under the first and the last."""
        canvas, size, ring = self.canv, self._look.note.fontSize, 0.36 * self._pitch
        canvas.setStrokeColor(MUTED)
        canvas.setFillColor(MUTED)
        canvas.setLineWidth(0.6)
        middle = self.height - ring - 1
        for place in range(self._high - self._low + 1):
            x = ring + 1 + place * self._pitch
            canvas.circle(x, middle, ring, stroke=1, fill=0)
            fonts.draw_text(
                canvas, x, middle - 0.33 * size, str(self._low + place), fonts.REGULAR, size, align=0.5
            )
        end = 2 * (ring + 1) + (self._high - self._low) * self._pitch
        for text, x, align in zip(self._ends, (0, end), (0, 1), strict=True):
            fonts.draw_text(canvas, x, 2, text, fonts.REGULAR, size, align=align)
