"""The parts that documents are made of: the opening, facts, people's own words, long texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from caseapp.paper import fonts
from caseapp.paper.grid import Grid
from caseapp.paper.page import ACCENT, LINE, SOFT, WIDTH, Heading, Look, paragraphs
from caseapp.paper.tables import GUTTER, cell_parts, unpadded
from caseapp.paper.tags import Element

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

ROOM = 249 * mm
"""What a page of 10-point print holds between its edges."""
_LABEL, _LONG_LABEL = 43 * mm, 66 * mm
_COMPANY = 30 * mm
_SMALL_TABLE = 2.6  # of the company that a heading needs
_NEARLY_NOTHING = 12  # points: a gap, not a line
_FACT_PADDING = [
    ("TOPPADDING", (0, 0), (-1, -1), 2.4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
    ("RIGHTPADDING", (0, 0), (-1, -1), GUTTER),
]


class Fact(NamedTuple):
    """A label with its answer, in words or drawn. Two short ones share a line."""

    label: str
    words: str = ""
    drawn: Flowable | None = None
    is_muted: bool = False

    def is_short(self, label_width: float, look: Look) -> bool:
        """Return whether half a line is enough; a label may take two lines."""
        room = WIDTH / 2 - label_width - GUTTER
        if look.is_large or "\n" in self.words:
            return False
        label = fonts.text_width(self.label, look.muted.fontName, look.muted.fontSize)
        answer = fonts.text_width(self.words, look.body.fontName, look.body.fontSize)
        drawn = self.drawn.wrap(WIDTH, look.body.leading)[0] if self.drawn else 0
        return label < 1.7 * (label_width - GUTTER) and answer < room and drawn < room

    def parts(self, widths: Sequence[float], look: Look) -> list[list[list[Flowable]]]:
        """Return label and answer, each in as many parts as it needs rows of these widths."""
        style = look.muted if self.is_muted else look.body
        label = cell_parts(self.label, look.muted, widths[0])
        return [label, [[self.drawn]] if self.drawn else cell_parts(self.words, style, widths[1])]


def facts(given: Sequence[Fact], look: Look, *, label_width: float = _LABEL) -> list[Flowable]:
    """Return labels with their answers, two short ones to a line."""
    single = _label_width(given, label_width, look)
    rows: list[Flowable] = []
    told = Element("L")
    left = list(given)
    while left:
        take = 2 if len(left) > 1 and all(each.is_short(label_width, look) for each in left[:2]) else 1
        together, left = left[:take], left[take:]
        label = label_width if take == 2 else single
        widths = [label, WIDTH / take - label] * take
        columns = [part for each in together for part in each.parts(widths, look)]
        grid = [list(row) for row in zip_longest(*columns, fillvalue=[])]
        style = [*_FACT_PADDING, *unpadded(0, len(grid))]
        records = [0] * len(grid)
        rows.append(Grid(grid, colWidths=widths, style=style, reads="L", part_of=told, records=records))
    if len(rows) > 2 and height(rows[-2:]) < _COMPANY * look.scale:
        rows[-2].keepWithNext = True  # the last one does not begin a page alone
    return rows


def _label_width(given: Sequence[Fact], usual: float, look: Look) -> float:
    if look.is_large:
        return _LONG_LABEL
    style = look.muted
    longest = max((fonts.text_width(each.label, style.fontName, style.fontSize) for each in given), default=0)
    return _LONG_LABEL if longest > 2.6 * usual else usual


def opening(heading: Heading, look: Look) -> list[Flowable]:
    """Return the top of the first page: title, subtitle and the facts of the heading."""
    story = paragraphs(heading.title, look.title, way=0)
    if heading.subtitle:
        story += paragraphs(heading.subtitle, look.subtitle, way=0)
    if heading.facts:
        story += [
            look.gap(9),
            *facts([Fact(label, value) for label, value in heading.facts], look, label_width=33 * mm),
        ]
    if heading.notice:
        story += [look.gap(6), *notice(heading.notice_title, heading.notice, look)]
    return [*story, look.gap(4)]


def notice(title: str, text: str, look: Look) -> list[Flowable]:
    """Return words to the reader of this copy, in a frame."""
    inset = 12 * look.scale
    inside = [*paragraphs(title, look.quote_title), *paragraphs(text, look.body)]
    style = [
        ("BOX", (0, 0), (-1, -1), 0.9, ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), inset),
        ("RIGHTPADDING", (0, 0), (-1, -1), inset),
        ("TOPPADDING", (0, 0), (-1, 0), inset - 4),
        ("BOTTOMPADDING", (0, -1), (-1, -1), inset - 2),
    ]
    frame = Grid([[part] for part in inside], colWidths=[WIDTH], style=style, corner=6)
    return [frame, look.gap(4)]


def kept(
    head: Sequence[Flowable], body: Sequence[Flowable], look: Look, *, company: float = 24 * mm
) -> list[Flowable]:
    """Return head and body, on a new page if the head would stand alone at the foot of this one.

    `company` is how much of the body stands below the head at least.

    Not reportlab's keep-with-next: that moves a whole long table to the next page.
    """
    enough = company * look.scale
    head_height = sum(
        each.wrap(WIDTH, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in head
    )
    body_height = needed = 0.0
    for each in body:
        if isinstance(each, CondPageBreak) and body_height < _NEARLY_NOTHING * look.scale:
            # What begins the body would move on without the head.
            needed = max(needed, body_height + each.height)
        body_height += _least_height(each, enough)
        if body_height >= enough:
            break
    return [CondPageBreak(head_height + max(body_height, needed)), *head, *body]


def _least_height(flowable: Flowable, enough: float) -> float:
    """Return the room in which the flowable can begin: all of it if it is small or cannot be split.

    A table of a few rows, such as of those who sign, stays on a page.
    """
    if isinstance(flowable, CondPageBreak):
        return 0.0
    height = float(flowable.wrap(WIDTH, 10_000)[1])
    if isinstance(flowable, Grid) and height <= _SMALL_TABLE * enough:
        return height
    rooms = (enough * share for share in (1, 1.5, 2, 2.5, 3, 3.5, 4, 5))
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
    rows: list[list[list[Flowable]]] = []
    style: list[tuple[Any, ...]] = [
        ("BACKGROUND", (0, 0), (-1, -1), SOFT),
        ("LEFTPADDING", (0, 0), (-1, -1), inset),
        ("RIGHTPADDING", (0, 0), (-1, -1), inset),
    ]
    for each in quotes:
        first = len(rows)
        rows += [
            [part]
            for part in (
                paragraphs(each.label, look.quote_title),
                *([words] for words in _quoted(each.words, look)),
            )
        ]
        # The label stays with the words' first lines.
        style.append(("NOSPLIT", (0, first), (0, first + 1)))
        style.append(("TOPPADDING", (0, first), (0, first), 5 * look.scale if first else inset - 3))
        style.append(("BOTTOMPADDING", (0, first), (0, first), 2 * look.scale))
        style.append(("BOTTOMPADDING", (0, len(rows) - 1), (0, len(rows) - 1), 6 * look.scale))
    style.append(("BOTTOMPADDING", (0, -1), (-1, -1), inset - 1))
    ground = Grid(rows, colWidths=[WIDTH], style=style, corner=6)
    return [look.gap(5), *kept([], [ground], look), look.gap(7)]


def _quoted(text: str, look: Look) -> list[Flowable]:
    return paragraphs(quoted(text), look.quote, piece=int(700 / look.scale))


def quoted(text: str) -> str:
    """Return the text between quotation marks, unless the writer set them."""
    return text if text.lstrip().startswith(("“", "‘", '"')) else f"“{text.strip()}”"


def long_text(label: str, text: str, look: Look) -> list[Flowable]:
    """Return a label above its paragraphs."""
    return [
        look.gap(3),
        *kept(paragraphs(label, look.strong), paragraphs(text, look.body), look),
        look.gap(4),
    ]


def divider(look: Look) -> Flowable:
    """Return a thin rule between two blocks."""
    rule = Grid([[""]], colWidths=[WIDTH], rowHeights=[1], style=[("LINEABOVE", (0, 0), (-1, 0), 0.6, LINE)])
    rule.spaceBefore, rule.spaceAfter = 5 * look.scale, 4 * look.scale
    return rule


def height(story: Sequence[Flowable], width: float = WIDTH) -> float:
    """Return how tall flowables are together."""
    return sum(each.wrap(width, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in story)


def empty_space(height: float) -> Spacer:
    """Return room in a table's row to write in."""
    return Spacer(1, height)
