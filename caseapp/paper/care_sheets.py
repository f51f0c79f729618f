"""Sheets that people take along: panels beside each other, as small as it takes to fit a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from caseapp.paper import fonts
from caseapp.paper.documents import Block, with_room
from caseapp.paper.drawn import WritingLines
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.grid import Grid
from caseapp.paper.page import (
    MUTED,
    WIDTH,
    Heading,
    Headline,
    Look,
    document,
    look,
    pages_of,
    paragraphs,
    scaled,
)
from caseapp.paper.parts import ROOM, Fact, facts, height, kept, notice, opening, quoted
from caseapp.paper.tables import cell_parts, table
from caseapp.paper.tags import Drawn

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable


class _Size(NamedTuple):
    """How large the print is and, where texts may be cut, how many letters and rows of a table it holds."""

    share: float
    letters: int
    rows: int


_SIZES: Final = (
    _Size(1.0, 600, 12), _Size(0.96, 480, 10), _Size(0.93, 400, 8), _Size(0.9, 320, 7), _Size(0.88, 260, 6),
    _Size(0.86, 220, 6), _Size(0.86, 220, 5), _Size(0.84, 170, 5), _Size(0.84, 170, 4), _Size(0.82, 130, 4),
    _Size(0.8, 110, 4), _Size(0.8, 110, 3),
)  # fmt: skip
"""From large to small: the first that fits is taken."""
_HALF: Final = 0.482
_MOST_BESIDE: Final = 0.6 * ROOM
_PHOTO: Final = (35 * mm, 45 * mm)


@dataclass(frozen=True)
class Panel(Block):
    """A block of a sheet. `pens` are labels with room to write, `steps` are (who, what) to be ticked off.

    A framed one stands out, in black and white too. An empty row of a table is one to write in. Of one that
    `is_whole` no rows are left out where texts may be cut.
    """

    pens: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    framed: bool = False
    is_whole: bool = False

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text with the words that say where it stands."""
        yield from super().texts
        yield f"“{self.title}”", " ".join((*self.pens, *(part for step in self.steps for part in step)))


Row = Panel | tuple[Panel, Panel]


def sheet_pdf(
    heading: Heading, rows: Sequence[Row], *, pages: int = 1, photo: bool = False, cut: bool = False
) -> bytes:
    """Return panels as a PDF of so many pages if they fit; where not, it takes more and nothing is lost.

    With `cut` long texts are cut, with a mark that they go on. Large print takes the pages that it needs.
    Raises Unprintable.
    """
    refuse_unprintable([*heading.texts, *panel_texts(rows)])
    return document(heading, sheet_story(heading, rows, pages=pages, photo=photo, cut=cut))


def panel_texts(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield each text of panels with the words that say where it stands."""
    for each in _panels(rows):
        yield from each.texts


def _panels(rows: Sequence[Row]) -> list[Panel]:
    return [each for row in rows for each in (row if isinstance(row, tuple) else (row,))]


def sheet_story(
    heading: Heading, rows: Sequence[Row], *, pages: int, photo: bool = False, cut: bool = False
) -> list[Flowable]:
    """Return panels under their heading, as `sheet_pdf` sets them."""
    style = look(large=heading.large)
    if heading.large:
        return _story(heading, _panels(rows), style, photo)
    shown, small, whole = rows, style, 0.0
    for size in _SIZES:
        if whole * size.share**2 > pages * ROOM:  # letters and lines shrink alike: it cannot fit
            continue
        shown = [_cut(each, size) for each in rows] if cut else rows
        small = scaled(style, size.share)
        story = _story(heading, shown, small, photo)
        found = height(story)
        whole = whole or (0.0 if cut else found)
        if found > pages * ROOM:
            continue
        if pages == 1:
            return story
        if pages_of(heading, story) <= pages:  # what does not break well may have moved on
            return _story(heading, shown, small, photo)
    return _story(heading, shown if cut else rows, small if cut else style, photo)


def _cut(row: Row, size: _Size) -> Row:
    if isinstance(row, tuple):
        return _cut_panel(row[0], size), _cut_panel(row[1], size)
    return _cut_panel(row, size)


def _cut_panel(panel: Panel, size: _Size) -> Panel:
    most = size.letters
    return replace(
        panel,
        facts=tuple((label, short(said, most)) for label, said in panel.facts),
        quotes=tuple((label, short(said, most)) for label, said in panel.quotes),
        paragraphs=tuple(short(each, most) for each in panel.paragraphs),
        table=_cut_table(panel, size),
    )


def _cut_table(panel: Panel, size: _Size) -> tuple[tuple[str, ...], ...]:
    cells = tuple(tuple(short(cell, size.letters) for cell in row) for row in panel.table)
    over = len(cells) - 1 - size.rows
    if panel.is_whole or over < 1:
        return cells
    more = (f"and {over} more", *("" for _ in cells[0][1:]))
    return (*cells[: size.rows + 1], more)


def short(text: str, most: int) -> str:
    """Return a text cut at a word where it is longer than so many letters; its lines stay."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.\n") + " …"


def _story(heading: Heading, rows: Sequence[Row], style: Look, photo: bool) -> list[Flowable]:
    story = _photo_opening(heading, style) if photo else opening(heading, style)
    for row in rows:
        story += _beside(row, style) if isinstance(row, tuple) else _whole(row, style)
    return story


def _photo_opening(heading: Heading, style: Look) -> list[Flowable]:
    """Return the top of the sheet with room for a photograph at its right."""
    left = WIDTH - _PHOTO[0] - 8 * mm
    told = [
        *paragraphs(heading.title, style.title, way=0),
        *paragraphs(heading.subtitle, style.subtitle, way=0),
    ]
    told += [style.gap(6), *_narrow_facts(heading.facts, style, left)]
    if style.is_large or height(told, left) > _MOST_BESIDE:
        return opening(heading, style)
    top = Grid(
        [[told, PhotoSpace(style)]],
        colWidths=[left, WIDTH - left],
        style=[("ALIGN", (1, 0), (1, 0), "RIGHT")],
    )
    noticed = notice(heading.notice_title, heading.notice, style) if heading.notice else []
    return [top, style.gap(5), *noticed]


class PhotoSpace(Drawn):
    """A frame in which a photograph is put."""

    kind = "P"

    def __init__(self, style: Look) -> None:
        super().__init__()
        self._style = style
        self.width, self.height = _PHOTO

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size: that of a passport photograph."""
        return _PHOTO

    def draw(self) -> None:
        """Draw the frame and what belongs into it."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setFillColor(MUTED)
        self.canv.setLineWidth(0.6)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)
        note = self._style.note
        middle = self.width / 2, self.height / 2
        fonts.draw_text(self.canv, *middle, "Photograph", note.fontName, note.fontSize, align=0.5)


def _whole(panel: Panel, style: Look) -> list[Flowable]:
    if panel.framed:
        return [style.gap(5), *notice(panel.title, "\n".join(panel.paragraphs), style)]
    return kept([Headline(panel.title, style)], _body(panel, style, WIDTH), style)


def _beside(row: tuple[Panel, Panel], style: Look) -> list[Flowable]:
    """Return two panels beside each other; one below the other where that takes less, or print is large."""
    width = _HALF * WIDTH
    columns = [[Headline(each.title, style), *_body(each, style, width)] for each in row]
    below = [part for each in row for part in _whole(each, style)]
    beside_height = max(height(each, width) for each in columns)
    if style.is_large or beside_height > min(_MOST_BESIDE, height(below)):
        return below
    widths = [width, WIDTH - 2 * width, width]
    return [style.gap(11), Grid([[columns[0], "", columns[1]]], colWidths=widths)]


def _body(panel: Panel, style: Look, width: float) -> list[Flowable]:
    is_whole = width == WIDTH
    body: list[Flowable] = []
    for label, said in panel.quotes:
        body += [*paragraphs(label, style.note), *paragraphs(quoted(said), style.body), style.gap(3)]
    if panel.facts and is_whole:
        body += facts([Fact(label, said) for label, said in panel.facts], style)
    elif panel.facts:
        body += _narrow_facts(panel.facts, style, width)
    for text in panel.paragraphs:
        body += [*paragraphs(text, style.body), style.gap(2)]
    if panel.table:
        body.append(_table(panel, style, width))
    body += _steps(panel.steps, style, width)
    body += _pens(panel.pens, style, width)
    if panel.lines:
        body += [style.gap(4), WritingLines(panel.lines, style, width)]
    return body


def _table(panel: Panel, style: Look, width: float) -> Flowable:
    head = panel.table[0] if any(panel.table[0]) else ()
    # Large letters need columns as wide as their words; without a head only the shares tell of columns.
    shares = [] if style.is_large and head else [width / WIDTH * share for share in panel.shares]
    return _tight(table(head, with_room(panel.table[1:], 5 * mm), style, shares=shares))


def _tight(made: Grid) -> Grid:
    """Return a table with less room between its rows than a document has."""
    made.setStyle([("TOPPADDING", (0, 0), (-1, -1), 2.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)])
    return made


def _narrow_facts(given: Sequence[tuple[str, str]], style: Look, width: float) -> list[Flowable]:
    """Return a label and its answer to a line."""
    label_width = min(0.36 * width, 42 * mm)
    rows: list[list[list[Flowable]]] = []
    records: list[int] = []
    for number, (label, said) in enumerate(given):
        parts = cell_parts(said, style.body, width - label_width)
        records += [number] * len(parts)
        rows += [[paragraphs(label, style.muted) if at == 0 else [], part] for at, part in enumerate(parts)]
    padding = [
        ("TOPPADDING", (0, 0), (-1, -1), 1.6 * style.scale),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6 * style.scale),
    ]
    padding += [("RIGHTPADDING", (0, 0), (0, -1), 6)]
    widths = [label_width, width - label_width]
    return [Grid(rows, colWidths=widths, style=padding, reads="L", records=records)] if rows else []


def _steps(steps: Sequence[tuple[str, str]], style: Look, width: float) -> list[Flowable]:
    """Return steps to be ticked, with room for the time and a name."""
    if not steps:
        return []
    rows = [["☐", what, who, ""] for who, what in steps]
    shares = [width / WIDTH * share for share in (0.04, 0.58, 0.19, 0.19)]
    return [_tight(table(("", "What", "Who", "Time and name"), rows, style, shares=shares))]


def _pens(labels: Sequence[str], style: Look, width: float) -> list[Flowable]:
    """Return labels each before a line to write on, two to a line where there is room."""
    side = 2 if width == WIDTH and not style.is_large else 1
    pitch = 7.4 * mm if not style.is_large else 11 * mm
    made: list[Flowable] = []
    for at in range(0, len(labels), side):
        cells: list[Flowable] = [
            PenLine(each, style, width / side - 4 * mm, pitch) for each in labels[at : at + side]
        ]
        made.append(Grid([cells], colWidths=[width / side] * len(cells), hAlign="LEFT"))
    return made


class PenLine(Drawn):
    """A label and a line to write on."""

    kind = "P"

    def __init__(self, label: str, style: Look, width: float, pitch: float) -> None:
        super().__init__()
        self._label, self._style = label, style
        self.width, self.height = width, pitch

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the label, and the line behind it."""
        muted = self._style.muted
        self.canv.setFillColor(MUTED)
        fonts.draw_text(self.canv, 0, 3, self._label, muted.fontName, muted.fontSize)
        start = fonts.text_width(self._label, muted.fontName, muted.fontSize) + 5
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.45)
        self.canv.line(min(start, self.width), 2, self.width, 2)
