"""The parts that documents are made of: facts, tables, the child's words, chips, bars."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from caseapp import paper_fonts as fonts
from caseapp.paper_page import BARE, LINE, MUTED, SOFT, WIDTH, Heading, Look, paragraphs

# isort: split
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

BAR, BAR_GROUND = HexColor("#0B5F66"), HexColor("#DADFDC")
_TONES = {
    "green": (HexColor("#1D6B3E"), HexColor("#E4F2E8")),
    "amber": (HexColor("#7E4A00"), HexColor("#FCF0D9")),
    "red": (HexColor("#A3221F"), HexColor("#FBE9E7")),
    "blue": (HexColor("#1F4E8C"), HexColor("#E6EEF9")),
    "grey": (HexColor("#56656A"), HexColor("#F0F2F1")),
}
_LABEL, _LONG_LABEL = 43 * mm, 66 * mm
_GUTTER = 9.0  # between columns, in points


class Fact(NamedTuple):
    """A label with its answer, in words or drawn. Two short ones share a line."""

    label: str
    words: str = ""
    drawn: Flowable | None = None
    is_muted: bool = False

    def is_short(self, label_width: float, look: Look) -> bool:
        """Return whether half a line is enough; a label may take two lines."""
        room = WIDTH / 2 - label_width - _GUTTER
        if look.is_large or "\n" in self.words:
            return False
        label = fonts.text_width(self.label, look.muted.fontName, look.muted.fontSize)
        answer = fonts.text_width(self.words, look.body.fontName, look.body.fontSize)
        drawn = self.drawn.wrap(WIDTH, look.body.leading)[0] if self.drawn else 0
        return label < 1.7 * (label_width - _GUTTER) and answer < room and drawn < room

    def parts(self, widths: Sequence[float], look: Look) -> list[list[list[Flowable]]]:
        """Return label and answer, each in as many parts as it needs rows of these widths."""
        style = look.muted if self.is_muted else look.body
        label = _cell_parts(self.label, look.muted, widths[0])
        return [label, [[self.drawn]] if self.drawn else _cell_parts(self.words, style, widths[1])]


def facts(given: Sequence[Fact], look: Look, *, label_width: float = _LABEL) -> list[Flowable]:
    """Return labels with their answers, two short ones to a line."""
    single = _label_width(given, label_width, look)
    rows: list[Flowable] = []
    left = list(given)
    while left:
        take = 2 if len(left) > 1 and all(each.is_short(label_width, look) for each in left[:2]) else 1
        together, left = left[:take], left[take:]
        label = label_width if take == 2 else single
        widths = [label, WIDTH / take - label] * take
        columns = [part for each in together for part in each.parts(widths, look)]
        grid = [list(row) for row in zip_longest(*columns, fillvalue=[])]
        rows.append(Table(grid, colWidths=widths, style=[*BARE, *_FACT_PADDING, *_unpadded(0, len(grid))]))
    return rows


_FACT_PADDING = [
    ("TOPPADDING", (0, 0), (-1, -1), 2.4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
    ("RIGHTPADDING", (0, 0), (-1, -1), _GUTTER),
]


def _label_width(given: Sequence[Fact], usual: float, look: Look) -> float:
    if look.is_large:
        return _LONG_LABEL
    style = look.muted
    longest = max((fonts.text_width(each.label, style.fontName, style.fontSize) for each in given), default=0)
    return _LONG_LABEL if longest > 2.6 * usual else usual


def opening(heading: Heading, look: Look) -> list[Flowable]:
    """Return the top of the first page: title, subtitle and the facts of the heading."""
    story = paragraphs(heading.title, look.title)
    if heading.subtitle:
        story += paragraphs(heading.subtitle, look.subtitle)
    if heading.facts:
        story += [
            look.gap(9),
            *facts([Fact(label, value) for label, value in heading.facts], look, label_width=33 * mm),
        ]
    return [*story, look.gap(4)]


def kept(head: Sequence[Flowable], body: Sequence[Flowable], look: Look) -> list[Flowable]:
    """Return head and body, on a new page if the head would stand alone at the foot of this one.

    Not reportlab's keep-with-next: that moves a whole long table to the next page.
    """
    enough = 34 * mm * look.scale
    head_height = sum(
        each.wrap(WIDTH, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in head
    )
    body_height = 0.0
    for each in body:
        body_height += _least_height(each, enough)
        if body_height >= enough:
            break
    return [CondPageBreak(head_height + body_height), *head, *body]


def _least_height(flowable: Flowable, enough: float) -> float:
    """Return the room in which the flowable can begin: all of it if it is small or cannot be split."""
    if isinstance(flowable, CondPageBreak):
        return 0.0
    height = float(flowable.wrap(WIDTH, 10_000)[1])
    rooms = (enough * share for share in (1, 1.5, 2, 3))
    return next(
        (room for room in rooms if room < height and flowable.split(WIDTH, room)), min(height, 6 * enough)
    )


class Quote(NamedTuple):
    """Somebody's own words under a label."""

    label: str
    words: str


def panel(quotes: Sequence[Quote], look: Look) -> list[Flowable]:
    """Return people's own words on a soft ground, each with its label above."""
    inset = 13 * look.scale
    rows: list[list[Flowable]] = []
    style: list[tuple[Any, ...]] = [
        *BARE,
        ("BACKGROUND", (0, 0), (-1, -1), SOFT),
        ("LEFTPADDING", (0, 0), (-1, -1), inset),
        ("RIGHTPADDING", (0, 0), (-1, -1), inset),
    ]
    for each in quotes:
        first = len(rows)
        rows += [
            [part]
            for part in (_stacked(paragraphs(each.label, look.quote_title)), *_quoted(each.words, look))
        ]
        # The label stays with the words' first lines.
        style.append(("NOSPLIT", (0, first), (0, first + 1)))
        style.append(("TOPPADDING", (0, first), (0, first), 5 * look.scale if first else inset - 3))
        style.append(("BOTTOMPADDING", (0, first), (0, first), 2 * look.scale))
        style.append(("BOTTOMPADDING", (0, len(rows) - 1), (0, len(rows) - 1), 6 * look.scale))
    style.append(("BOTTOMPADDING", (0, -1), (-1, -1), inset - 1))
    ground = Table(rows, colWidths=[WIDTH], style=style, cornerRadii=[6, 6, 6, 6])
    return [look.gap(5), *kept([], [ground], look), look.gap(7)]


def _quoted(text: str, look: Look) -> list[Flowable]:
    return paragraphs(quoted(text), look.quote, piece=700)


def quoted(text: str) -> str:
    """Return the text between quotation marks, unless the writer set them."""
    return text if text.lstrip().startswith(("“", "‘", '"')) else f"“{text.strip()}”"


def _stacked(parts: list[Flowable]) -> Flowable:
    return parts[0] if len(parts) == 1 else Table([[part] for part in parts], style=BARE)


def long_text(label: str, text: str, look: Look) -> list[Flowable]:
    """Return a label above its paragraphs."""
    return [
        look.gap(3),
        *kept(paragraphs(label, look.strong), paragraphs(text, look.body), look),
        look.gap(4),
    ]


Cell = str | Flowable


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    right: Collection[int] = (),
    shares: Sequence[float] = (),
) -> Table:
    """Return a ruled table whose header is repeated on each page.

    Columns take the room that their words need, or the `shares` given; those of `right` end at the right.
    A long cell goes on in further rows, so that it may run over pages.
    """
    widths = [share * WIDTH for share in shares] or _column_widths(columns, rows, look)
    body = [look.right if at in right else look.body for at in range(len(columns))]
    heads = [look.column_right if at in right else look.column for at in range(len(columns))]
    grid: list[list[list[Flowable]]] = [
        [paragraphs(title, style) for title, style in zip(columns, heads, strict=True)]
    ]
    rules: list[tuple[Any, ...]] = [("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE)]
    for row in rows:
        parts = _row_parts(row, body, widths)
        rules += _unpadded(len(grid), len(parts))
        grid += parts
        rules.append(("LINEBELOW", (0, len(grid) - 1), (-1, len(grid) - 1), 0.6, LINE))
    return Table(
        grid,
        colWidths=widths,
        repeatRows=1,
        style=[*BARE, *_CELL_PADDING, *rules, ("RIGHTPADDING", (-1, 0), (-1, -1), 0)],
    )


_CELL_PADDING = [
    ("TOPPADDING", (0, 0), (-1, -1), 4.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5.2),
    ("RIGHTPADDING", (0, 0), (-1, -1), _GUTTER),
]


def _unpadded(first: int, count: int) -> list[tuple[str, tuple[int, int], tuple[int, int], float]]:
    """Return the style that closes the gaps between the rows that one long cell was put in."""
    last = first + count - 1
    if count == 1:
        return []
    return [
        ("TOPPADDING", (0, first + 1), (-1, last), 0),
        ("BOTTOMPADDING", (0, first), (-1, last - 1), 0),
    ]


def _row_parts(
    row: Sequence[Cell], styles: Sequence[ParagraphStyle], widths: Sequence[float]
) -> list[list[list[Flowable]]]:
    """Return the row in as many rows as its longest cell needs."""
    cells = [
        _cell_parts(cell, style, width) if isinstance(cell, str) else [[cell]]
        for cell, style, width in zip(row, styles, widths, strict=True)
    ]
    return [list(part) for part in zip_longest(*cells, fillvalue=[])]


def _cell_parts(text: str, style: ParagraphStyle, width: float) -> list[list[Flowable]]:
    """Return a cell in parts of half a page at most: rows of a table do not run over pages by themselves."""
    lines = int(A4[1] / 2.2 / style.leading)
    letters = max(1, int((width - _GUTTER) / style.fontSize)) * lines  # of the widest letters
    if len(text) <= letters and text.count("\n") < lines / 2:
        return [paragraphs(text, style)]
    return [[each] for each in paragraphs(text, style, piece=letters)]


def _column_widths(columns: Sequence[str], rows: Sequence[Sequence[Cell]], look: Look) -> list[float]:
    least, liked = [], []
    for at, title in enumerate(columns):
        cells = [row[at] for row in rows]
        drawn = [cell.wrap(WIDTH, 100)[0] for cell in cells if isinstance(cell, Flowable)]
        texts = [cell[:500] for cell in cells if isinstance(cell, str)]
        size = [(each, look.body.fontName, look.body.fontSize) for each in set(texts)]
        size.append((title, look.column.fontName, look.column.fontSize))
        words = {(word, font, points) for text, font, points in size for word in text.split()}
        lines = {(line, font, points) for text, font, points in size for line in text.split("\n")}
        longest = max([0.0, *drawn, *(fonts.text_width(*word) for word in words)])
        least.append(min(longest, 0.5 * WIDTH) + _GUTTER + 1)
        liked.append(max([longest, *(fonts.text_width(*line) for line in lines)]) + _GUTTER + 1)
    return _shared(least, liked)


def _shared(least: Sequence[float], liked: Sequence[float]) -> list[float]:
    """Return widths that fill the line: what is liked if there is room, else between least and liked."""
    if sum(liked) <= WIDTH:
        return [width * WIDTH / sum(liked) for width in liked]
    if sum(least) >= WIDTH:
        return [width * WIDTH / sum(least) for width in least]
    # The root keeps a column of long texts from starving the others.
    wanted = [max(like - need, 0.0) ** 0.5 for need, like in zip(least, liked, strict=True)]
    spare = WIDTH - sum(least)
    return [need + spare * want / sum(wanted) for need, want in zip(least, wanted, strict=True)]


class Chip(Flowable):
    """A short state in words on a soft ground; the colour repeats what the words say."""

    def __init__(self, text: str, tone: str, look: Look) -> None:
        super().__init__()
        self._text, self._tone, self._look = text, _TONES[tone], look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size; the letters shrink where the column is narrow."""
        size, inset = 8.9 * self._look.scale, 7 * self._look.scale
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


class ScoreBar(Flowable):
    """A score in words, «6 of 10», with a small bar beside it."""

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
        canvas.setFillColor(BAR_GROUND)
        canvas.roundRect(start, 0.22 * size, room, thick, 1.5, stroke=0, fill=1)
        canvas.setFillColor(BAR)
        filled = step * (self._score - first)
        if filled > 0:
            canvas.roundRect(start, 0.22 * size, filled, thick, min(1.5, filled / 2), stroke=0, fill=1)


class WritingLines(Flowable):
    """Lines to write on by pen."""

    def __init__(self, count: int, look: Look, width: float = WIDTH) -> None:
        super().__init__()
        self._count, self._pitch, self.width = count, (8.2 * mm if not look.is_large else 11 * mm), width

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


class DateBoxes(Flowable):
    """Boxes for day, month and year."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._side = (6 if not look.is_large else 8) * mm

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size; the boxes shrink where the column is narrow."""
        self._side = min(self._side, width / 9)
        self.width, self.height = 9 * self._side, self._side + 3
        return self.width, self.height

    def draw(self) -> None:
        """Draw two, two and four boxes with strokes between."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setFillColor(MUTED)
        self.canv.setLineWidth(0.5)
        for place in (0, 1, 2.5, 3.5, 5, 6, 7, 8):
            self.canv.rect(place * self._side, 1, self._side, self._side, stroke=1, fill=0)
        for place in (2.25, 4.75):
            size = 0.6 * self._side
            fonts.draw_text(
                self.canv, place * self._side, 1 + 0.3 * self._side, "/", fonts.REGULAR, size, align=0.5
            )


class ScoreDots(Flowable):
    """Numbers in rings, one to be marked by pen, with what the ends mean."""

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


def divider(look: Look) -> Flowable:
    """Return a thin rule between two blocks."""
    rule = Table(
        [[""]], colWidths=[WIDTH], rowHeights=[1], style=[*BARE, ("LINEABOVE", (0, 0), (-1, 0), 0.6, LINE)]
    )
    rule.spaceBefore, rule.spaceAfter = 5 * look.scale, 4 * look.scale
    return rule


def empty_space(height: float) -> Spacer:
    """Return room in a table's row to write in."""
    return Spacer(1, height)
