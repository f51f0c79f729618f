"""What a Personal Education Plan draws: attendance as bars, attainment as a grid, the SDQ as a line.

Everything drawn is said in words or numbers too, so that nothing is lost in black and white.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from caseapp import words
from caseapp.paper import fonts
from caseapp.paper.drawn import Chip
from caseapp.paper.page import ACCENT, INK, LINE, MUTED, Look, paragraphs
from caseapp.paper.tables import Cell, table
from caseapp.paper.tags import Drawn
from caseapp.pep_reading import AttendanceBar, SdqPoint, Subject

# isort: split
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

PERSISTENT: Final = 90
"""Per cent of attendance at and below which absence is called persistent."""
_CONCERN, _MOST = 17, 40
_CONCERN_WORDS: Final = "17: a concern"
_MOST_POINTS: Final = 8
_EARLIER: Final = HexColor("#DADFDC")
_TONES: Final = {"WB": "red", "B": "amber", "E": "green", "GD": "blue"}
_MARKS: Final = {"WB": "▼ ", "B": "▾ ", "GD": "▴ "}
_ARROWS: Final = {"more": "↑ ", "expected": "→ ", "less": "↓ "}
_DASHES: Final[dict[str, list[float]]] = {"teacher": [4, 2.5], "self": [1, 2.2]}


class AttendanceBars(Drawn):
    """A bar for each term, the last one dark, its per cent at the end of the line, and the mark of 90 %."""

    kind = "Figure"

    def __init__(self, bars: Sequence[AttendanceBar], look: Look, *, says: bool = False) -> None:
        super().__init__()
        self._bars, self._look, self._says = list(bars), look, says

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self._pitch = 19.5 * self._look.scale
        self.width, self.height = width, self._pitch * len(self._bars) + 15 * self._look.scale
        return self.width, self.height

    def told(self) -> str:
        """Return each term with its per cent."""
        terms = " ".join(f"In {each.label} it was {self._words(each)}." for each in self._bars)
        return f"A bar chart shows attendance, with a mark at {PERSISTENT} %. {terms}"

    def _words(self, bar: AttendanceBar) -> str:
        return f"{bar.percent} %" + (f", {bar.called.lower()}" if self._says and bar.called else "")

    def draw(self) -> None:
        """Draw the bars from the top, then the line of 90 % through all of them."""
        body, strong = self._look.body, self._look.strong
        ends = [fonts.text_width(self._words(each), strong.fontName, strong.fontSize) for each in self._bars]
        names = [fonts.text_width(each.label, body.fontName, body.fontSize) for each in self._bars]
        start = min(max(names) + 8, 0.4 * self.width)
        room = self.width - start - max(ends) - 8
        for at, each in enumerate(self._bars):
            self._draw_bar(each, self.height - (at + 1) * self._pitch, start, room, at == len(self._bars) - 1)
        self._draw_mark(start + room * PERSISTENT / 100)

    def _draw_bar(self, bar: AttendanceBar, low: float, start: float, room: float, is_last: bool) -> None:
        canvas, look, thick = self.canv, self._look, 11 * self._look.scale
        base = low + 0.3 * thick
        size = look.body.fontSize * min(
            1.0, (start - 6) / fonts.text_width(bar.label, look.body.fontName, look.body.fontSize)
        )
        canvas.setFillColor(MUTED)
        fonts.draw_text(canvas, 0, base, bar.label, look.body.fontName, size)
        canvas.setStrokeColor(ACCENT if is_last else MUTED)
        canvas.setLineWidth(0.4)
        canvas.setFillColor(ACCENT if is_last else _EARLIER)
        length = float(bar.percent) / 100 * room
        if length > 0:
            canvas.roundRect(start, low, length, thick, min(2, length / 2), stroke=1, fill=1)
        canvas.setFillColor(INK)
        font = fonts.SEMIBOLD if is_last else fonts.REGULAR
        fonts.draw_text(canvas, start + room + 8, base, self._words(bar), font, look.body.fontSize)

    def _draw_mark(self, x: float) -> None:
        canvas, look = self.canv, self._look
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.7)
        canvas.setDash(1.5, 2.5)
        canvas.line(x, 12 * look.scale, x, self.height - 2)
        canvas.setDash()
        canvas.setFillColor(MUTED)
        fonts.draw_text(canvas, x, 2, f"{PERSISTENT} %", fonts.REGULAR, look.note.fontSize, align=0.5)


class SdqLines(Drawn):
    """The totals of the questionnaire over time, a line for each who filled it in, with the line of 17."""

    kind = "Figure"

    def __init__(self, points: Sequence[SdqPoint], look: Look) -> None:
        super().__init__()
        self._points, self._look = sorted(points)[-_MOST_POINTS:], look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = min(width, 150 * mm), 46 * mm * min(self._look.scale, 1.3)
        return self.width, self.height

    def told(self) -> str:
        """Return each total with its day and who filled it in."""
        totals = " ".join(
            f"On {words.day(each.on)} it was {each.total}, from the {each.by_words.lower()}."
            for each in self._points
        )
        return f"A line chart shows the total of the questionnaire, of {_MOST}, over time. {totals}"

    def draw(self) -> None:
        """Draw the axis, the line of concern, then each line with its numbers."""
        size = self._look.note.fontSize
        self._left, self._low = 2.4 * size, 1.9 * size
        self._right = self.width - fonts.text_width(_CONCERN_WORDS, fonts.REGULAR, size) - 6
        self._step = (self.height - self._low - 1.4 * size) / _MOST
        self._days = sorted({each.on for each in self._points})
        self._draw_axis(size)
        ordered = sorted(self._points, key=lambda each: (each.by, each.on))
        for by, group in groupby(ordered, key=lambda each: each.by):
            self._draw_line(by, list(group), size)

    def _place(self, point: SdqPoint) -> tuple[float, float]:
        pitch = (self._right - self._left) / len(self._days)
        return self._left + (self._days.index(point.on) + 0.5) * pitch, self._low + point.total * self._step

    def _draw_axis(self, size: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(LINE)
        canvas.setFillColor(MUTED)
        canvas.setLineWidth(0.6)
        for total in range(0, _MOST + 1, 10):
            y = self._low + total * self._step
            canvas.line(self._left, y, self._right, y)
            fonts.draw_text(canvas, self._left - 5, y - 0.33 * size, str(total), fonts.REGULAR, size, align=1)
        y = self._low + _CONCERN * self._step
        canvas.setStrokeColor(INK)
        canvas.setDash(1.5, 2.5)
        canvas.line(self._left, y, self._right, y)
        canvas.setDash()
        base = y - 0.33 * size
        fonts.draw_text(canvas, self._right + 5, base, _CONCERN_WORDS, fonts.REGULAR, size)
        pitch = (self._right - self._left) / len(self._days)
        for at, day in enumerate(self._days):
            x = self._left + (at + 0.5) * pitch
            fonts.draw_text(canvas, x, 2, words.day(day), fonts.REGULAR, size, align=0.5)

    def _draw_line(self, by: str, points: Sequence[SdqPoint], size: float) -> None:
        canvas = self.canv
        places = [self._place(each) for each in points]
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        canvas.setLineWidth(1.4)
        canvas.setDash(_DASHES.get(by, []))
        for (x, y), (next_x, next_y) in pairwise(places):
            canvas.line(x, y, next_x, next_y)
        canvas.setDash()
        for point, (x, y) in zip(points, places, strict=True):
            _draw_mark(canvas, by, x, y, 3.2 * min(self._look.scale, 1.3))
            canvas.setFillColor(INK)
            fonts.draw_text(canvas, x + 6, y + 4, str(point.total), fonts.SEMIBOLD, size + 1)
            canvas.setFillColor(ACCENT)


def _draw_mark(canvas: Canvas, by: str, x: float, y: float, radius: float) -> None:
    """Draw a disc for the carer, a square for the teacher, a triangle for the young person."""
    if by == "teacher":
        canvas.rect(x - radius, y - radius, 2 * radius, 2 * radius, stroke=0, fill=1)
    elif by == "self":
        corner = canvas.beginPath()
        corner.moveTo(x, y + 1.3 * radius)
        corner.lineTo(x - 1.2 * radius, y - radius)
        corner.lineTo(x + 1.2 * radius, y - radius)
        corner.close()
        canvas.drawPath(corner, stroke=0, fill=1)
    else:
        canvas.circle(x, y, radius, stroke=0, fill=1)


def sdq_table(points: Sequence[SdqPoint], look: Look) -> Flowable:
    """Return the totals in numbers and words, the oldest first."""
    rows = [
        [words.day(each.on), each.by_words, f"{each.total} of {_MOST}", each.band.capitalize() or "–"]
        for each in points
    ]
    return table(("Date", "Filled in by", "Total", "Band"), rows, look, shares=(0.2, 0.3, 0.2, 0.3))


def judged(subject: Subject) -> str:
    """Return a judgement with a mark that tells above from below without colour."""
    return f"{_MARKS.get(subject.judgement, '')}{subject.judged}"


def moved(code: str, said: str) -> str:
    """Return progress in words, with an arrow."""
    return f"{_ARROWS.get(code, '')}{said}"


def attainment_grid(subjects: Sequence[Subject], look: Look) -> Flowable:
    """Return subjects as a table: words against the age, results and grades each in a column of their own."""
    has_results = any(each.result or each.aim for each in subjects)
    has_grades = any(each.grade or each.aim_grade for each in subjects)
    columns = [("Subject", 1.75), ("For the age", 1.4)]
    columns += [("Result", 0.75)] if has_results else []
    columns += [("Grade", 0.75)] if has_grades else []
    columns += [("Since the last plan", 1.35), ("Since coming into care", 1.35)]
    rows: list[list[Cell]] = []
    for each in subjects:
        cells: list[Cell] = [_named(each, look), _judged_cell(each, look)]
        cells += [_reached(each.result, each.aim, look)] if has_results else []
        cells += [_reached(each.grade, each.aim_grade, look)] if has_grades else []
        rows.append([
            *cells, moved(each.progress, each.progress_words) or "–",
            moved(each.since_care, each.since_care_words) or "–",
        ])  # fmt: skip
    whole = sum(share for _, share in columns)
    return table([name for name, _ in columns], rows, look, shares=[share / whole for _, share in columns])


def baseline_grid(subjects: Sequence[Subject], look: Look) -> Flowable:
    """Return where subjects stood when the child came into care."""
    columns = [("Subject", 0.4), ("For the age", 0.3)]
    columns += [("Result", 0.2)] if any(each.result for each in subjects) else []
    columns += [("Grade", 0.2)] if any(each.grade for each in subjects) else []
    held = {title for title, _ in columns}
    rows: list[list[Cell]] = []
    for each in subjects:
        cells: list[Cell] = [_named(each, look), _judged_cell(each, look)]
        cells += [each.result or "–"] if "Result" in held else []
        cells += [each.grade or "–"] if "Grade" in held else []
        rows.append(cells)
    whole = sum(share for _, share in columns)
    return table([title for title, _ in columns], rows, look, shares=[share / whole for _, share in columns])


def _piece(look: Look) -> int:
    """Return how many letters fit one row of a narrow column: longer ones go on in the next."""
    return int(160 / look.scale**2)


def _named(subject: Subject, look: Look) -> list[Flowable]:
    return [
        *paragraphs(subject.name, look.strong, piece=_piece(look)),
        *paragraphs(subject.about, look.note, piece=_piece(look)),
    ]


def _judged_cell(subject: Subject, look: Look) -> Cell:
    if not subject.judged:
        return "–"
    chip: list[Flowable] = [Chip(judged(subject), _TONES.get(subject.judgement, "grey"), look)]
    return chip + paragraphs(subject.not_assessed, look.note, piece=_piece(look))


def _reached(result: str, aim: str, look: Look) -> Cell:
    made = paragraphs(result, look.body, piece=_piece(look))
    made += paragraphs(f"target {aim}", look.note, piece=_piece(look)) if aim else []
    return made or "–"
