"""Ruled tables, whose long cells may run over pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Any

from caseapp.paper import fonts
from caseapp.paper.grid import Grid
from caseapp.paper.page import LINE, WIDTH, Look, paragraphs
from caseapp.paper.wording import unbroken

# isort: split
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

GUTTER = 9.0  # between columns, in points
_CELL_PADDING = [
    ("TOPPADDING", (0, 0), (-1, -1), 4.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5.2),
    ("RIGHTPADDING", (0, 0), (-1, -1), GUTTER),
]

Cell = str | Flowable | list[Flowable]


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    right: Collection[int] = (),
    quiet: Collection[int] = (),
    shares: Sequence[float] = (),
) -> Grid:
    """Return a ruled table whose header is repeated on each page.

    Columns take the room that their words need, or the `shares` given; those of `right` end at the right,
    those of `quiet` explain the others in smaller letters.
    A long cell goes on in further rows, so that it may run over pages. Without columns there is no header.
    """
    widths = [share * WIDTH for share in shares] or _column_widths(columns, rows, look, right)
    apart = [at for at in right if at + 1 < len(widths) and (not shares or _begin_words(columns, at, right))]
    body = [
        look.right if at in right else look.note if at in quiet else look.body for at in range(len(widths))
    ]
    heads = [look.column_right if at in right else look.column for at in range(len(columns))]
    grid: list[list[list[Flowable]]] = [
        [paragraphs(title, style) for title, style in zip(columns, heads, strict=True)]
    ] * bool(columns)
    rules: list[tuple[Any, ...]] = [("LINEBELOW", (0, 0), (-1, 0), 0.6, LINE)] * bool(columns)
    records = [0] * len(grid)
    for number, row in enumerate(rows, len(grid)):
        parts = _row_parts(row, body, widths)
        records += [number] * len(parts)
        rules += unpadded(len(grid), len(parts))
        grid += parts
        rules.append(("LINEBELOW", (0, len(grid) - 1), (-1, len(grid) - 1), 0.6, LINE))
    return Grid(
        grid,
        colWidths=widths,
        repeatRows=1 if columns else 0,
        style=[
            *_CELL_PADDING,
            *rules,
            *(("RIGHTPADDING", (at, 0), (at, -1), 2 * GUTTER) for at in apart),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ],
        reads="L" if not columns and len(widths) == 2 else "Table",
        records=records,
    )


def _begin_words(columns: Sequence[str], figures: int, right: Collection[int]) -> bool:
    """Return whether words begin where a column of figures ends: they would read as one."""
    after = figures + 1
    return after not in right and bool(columns[after : after + 1]) and bool(columns[after])


def unpadded(first: int, count: int) -> list[tuple[str, tuple[int, int], tuple[int, int], float]]:
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
        cell_parts(cell, style, width) if isinstance(cell, str) else _drawn_parts(cell, width)
        for cell, style, width in zip(row, styles, widths, strict=True)
    ]
    return [list(part) for part in zip_longest(*cells, fillvalue=[])]


def _drawn_parts(cell: Flowable | list[Flowable], width: float) -> list[list[Flowable]]:
    """Return what a cell holds, each in a part of its own where together they are taller than half a page."""
    if isinstance(cell, Flowable):
        return [[cell]]
    height = sum(each.wrap(width - GUTTER, A4[1])[1] for each in cell)
    return [cell] if height < A4[1] / 2.2 else [[each] for each in cell]


def cell_parts(text: str, style: ParagraphStyle, width: float) -> list[list[Flowable]]:
    """Return a cell in parts of half a page at most: rows of a table do not run over pages by themselves."""
    lines = int(A4[1] / 2.2 / style.leading)
    letters = max(1, int((width - GUTTER) / style.fontSize)) * lines  # of the widest letters
    if len(text) <= letters and text.count("\n") < lines / 2:
        return [paragraphs(text, style)]
    return [[each] for each in paragraphs(text, style, piece=letters)]


def _column_widths(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], look: Look, right: Collection[int]
) -> list[float]:
    least, liked = [], []
    for at, title in enumerate(columns):
        cells = [row[at] for row in rows]
        held = [part for cell in cells if not isinstance(cell, str) for part in _held(cell)]
        drawn = [part.wrap(WIDTH, 100)[0] for part in held]
        texts = [cell[:500] for cell in cells if isinstance(cell, str)]
        size = [(each, look.body.fontName, look.body.fontSize) for each in set(texts)]
        size.append((title, look.column.fontName, look.column.fontSize))
        words = {(word, font, points) for text, font, points in size for word in unbroken(text)}
        lines = {(line, font, points) for text, font, points in size for line in text.split("\n")}
        longest = max([0.0, *drawn, *(fonts.text_width(*word) for word in words)])
        gutter = (2 * GUTTER if at in right else GUTTER) + 1
        least.append(min(longest, 0.5 * WIDTH) + gutter)
        liked.append(max([longest, *(fonts.text_width(*line) for line in lines)]) + gutter)
    return _shared(least, liked)


def _held(cell: Flowable | list[Flowable]) -> list[Flowable]:
    return [cell] if isinstance(cell, Flowable) else cell


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
