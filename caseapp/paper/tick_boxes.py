"""Answers on offer with boxes to tick by pen: in a line, in columns, or as a list with a row a question."""

from __future__ import annotations

from collections.abc import Sequence

from caseapp.form import Choice, Options
from caseapp.paper.fonts import text_width
from caseapp.paper.grid import Grid, Held
from caseapp.paper.page import LINE, WIDTH, Look, paragraphs
from caseapp.paper.tables import GUTTER, Cell, table

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

_BOX = "☐\u00a0 "
_APART = 13.0  # points between two answers in a line
_MOST_BESIDE = 20  # lines of options in columns that stay on a page
_MANY = 8  # options from here on are set smaller
_MOST_COLUMNS = 4
_LONGEST_LIST = 0.6  # of the line, for the answers of a list of questions
_MATRIX, _LEAST_MATRIX = 0.62, 5  # the share of answers that head columns, and for how many questions


def in_one_line(options: Options, style: Look) -> float:
    """Return how wide the options are in one line, each with its box."""
    return sum(_wide(text, style.body) + _APART for _, text in options)


def lines_of(options: Options, style: Look, width: float) -> int:
    """Return how many lines the options take in a width."""
    if in_one_line(options, style) <= width:
        return 1
    texts = [text for _, text in options]
    columns = _columns(texts, _print(texts, style), width)
    return (
        99
        if columns == 1 and max(_wide(each, style.body) for each in texts) > width
        else (-(-len(texts) // columns))
    )


def tick_boxes(options: Options, style: Look, width: float) -> Flowable:
    """Return the options with boxes to tick: in one line, else in as many columns as the longest allows.

    Of many options long ones run over two lines, so that they take two columns and not a whole page.
    """
    texts = [text for _, text in options]
    if len(texts) < _MANY and in_one_line(options, style) <= width:
        widths = [_wide(text, style.body) + _APART for text in texts]
        cells: list[Held] = [paragraphs(f"{_BOX}{text}", style.body) for text in texts]
        return Grid([cells], colWidths=widths, hAlign="LEFT")
    print_ = _print(texts, style)
    columns = _columns(texts, print_, width)
    least = _least_columns(len(texts), width) if not style.is_large else 1
    is_wrapped = columns < least or (columns == 1 and _widest(texts, print_) > width)
    columns = max(columns, least)
    lines = -(-len(texts) // columns)
    room = width / columns if is_wrapped else min(width / columns, _widest(texts, print_) + _APART + 6)
    ticks = [_tick(text, print_, room - 6 if is_wrapped else 0) for text in texts]
    down = [ticks[at * lines : (at + 1) * lines] for at in range(columns)]
    if columns == 1 or lines > _MOST_BESIDE:  # may have to run over pages
        rows: list[list[Held]] = [
            [column[at] if at < len(column) else "" for column in down] for at in range(lines)
        ]
        padding = [("TOPPADDING", (0, 1), (-1, -1), 2)] if lines > 1 else []
        return Grid(rows, colWidths=[room] * columns, style=padding, hAlign="LEFT")
    beside = [[part for tick in column for part in (style.gap(1), tick)][1:] for column in down]
    return Grid([beside], colWidths=[room] * columns, hAlign="LEFT")


def fits_list(fields: Sequence[Choice], style: Look) -> bool:
    """Return whether questions with the same answers read well as a list with a row each."""
    options = fields[0].options
    if any(each.options != options for each in fields):
        return False
    is_short = len(options) < _MANY and in_one_line(options, style) <= _LONGEST_LIST * WIDTH
    return is_short or (len(fields) >= _LEAST_MATRIX and _fits_matrix(options, style))


def _fits_matrix(options: Options, style: Look) -> bool:
    column = style.column
    room = _MATRIX * WIDTH / len(options) - GUTTER
    words = [word for _, text in options for word in text.split()]
    return max(text_width(word, column.fontName, column.fontSize) for word in words) <= room


def tick_list(fields: Sequence[Choice], style: Look) -> Flowable:
    """Return questions that take the same few answers, a row each, their boxes below each other.

    Answers that are too long to stand in each row head the columns of a table.
    """
    options = fields[0].options
    if in_one_line(options, style) > _LONGEST_LIST * WIDTH:
        shares = (1 - _MATRIX, *[_MATRIX / len(options)] * len(options))
        boxes: list[Cell] = [paragraphs("☐", style.body) for _ in options]
        lines: list[list[Cell]] = [[_asked(each, style), *boxes] for each in fields]
        return table(("", *(text for _, text in options)), lines, style, shares=shares)
    widths = [_wide(text, style.body) + _APART for _, text in options]
    rows: list[list[Held]] = [
        [
            _asked(each, style),
            *(paragraphs(f"{_BOX}{text}", style.body) for _, text in each.options),
        ]
        for each in fields
    ]
    rules = [
        ("TOPPADDING", (0, 0), (-1, -1), 3.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.6),
        ("RIGHTPADDING", (0, 0), (0, -1), _APART),
        *(("LINEBELOW", (0, at), (-1, at), 0.6, LINE) for at in range(len(rows))),
    ]
    return Grid(rows, colWidths=[WIDTH - sum(widths), *widths], style=rules)


def _least_columns(count: int, width: float) -> int:
    """Return in how many columns so many options stand at least, though long ones run over two lines."""
    if count <= _MANY:
        return 1
    return 3 if count > 2 * _MANY and width > WIDTH / 2 else 2


def _asked(field: Choice, style: Look) -> list[Flowable]:
    return [*paragraphs(field.label, style.strong), *paragraphs(field.help, style.note)]


def _print(texts: Sequence[str], style: Look) -> ParagraphStyle:
    return style.note if len(texts) > _MANY and not style.is_large else style.body


def _columns(texts: Sequence[str], print_: ParagraphStyle, width: float) -> int:
    return max(1, min(_MOST_COLUMNS, len(texts), int(width // (_widest(texts, print_) + _APART))))


def _widest(texts: Sequence[str], print_: ParagraphStyle) -> float:
    return max((_wide(text, print_) for text in texts), default=1.0)


def _wide(text: str, print_: ParagraphStyle) -> float:
    return text_width(f"{_BOX}{text}", print_.fontName, print_.fontSize)


def _tick(text: str, style: ParagraphStyle, hanging: float) -> Flowable:
    """Return an option with its box; `hanging` is the width over which it may run on, beside its box."""
    if not hanging:
        return paragraphs(f"{_BOX}{text}", style)[0]
    box = text_width(_BOX, style.fontName, style.fontSize)
    return Grid(
        [[paragraphs("☐", style), paragraphs(text, style)]], colWidths=[box, hanging - box], hAlign="LEFT"
    )
