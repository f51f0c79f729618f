"""Empty tables: rows of few answers, of actions, of signatures, to be filled in by pen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from caseapp.form import Choice, Choices, Field, Options, Rows, Score, Text
from caseapp.paper.columns import Column
from caseapp.paper.drawn import WritingLines
from caseapp.paper.fonts import text_width
from caseapp.paper.grid import Grid
from caseapp.paper.page import LINE, WIDTH, Look, paragraphs
from caseapp.paper.parts import empty_space, height
from caseapp.paper.tables import GUTTER, Cell, table

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

_EMPTY_ROWS: Final = 4
_LOW, _MIDDLE, _FEW, _FEWEST = 12 * mm, 19 * mm, 3, 2  # the higher a row is, the fewer there are
_ROW, _TALL_ROW, _ACTION_ROW = 7 * mm, 14 * mm, 20 * mm
_INSET = 4.0  # points between the rule before a column and what is written in it
_LATER = ("rag", "status", "progress", "from_baseline")  # not ticked: said later, or in a word of one's own
_BESIDE = 0.5  # of a column: a longer label stands above the line to write on


def fits_table(field: Rows, style: Look) -> bool:
    """Return whether the rows ask so little that each is a line of a table."""
    wide = any(isinstance(each, Choices | Rows | Score) for each in field.fields)
    many = any(isinstance(each, Choice) and len(each.options) > 5 for each in field.fields)
    asked_sometimes = any(each.when for each in field.fields)
    return not (wide or many or asked_sometimes) and len(field.fields) <= (3 if style.is_large else 5)


def plain_table(field: Rows, style: Look) -> Flowable:
    """Return a table with a column a question."""
    cells = [_empty_cell(each, style) for each in field.fields]
    weights = [_weight(each) for each in field.fields]
    shares = [weight / sum(weights) for weight in weights]
    is_tall = any(isinstance(each, Text) and each.lines > 1 for each in field.fields)
    count = max(_FEW if is_tall or field.actions else _EMPTY_ROWS, field.at_least)
    return _ruled([each.label for each in field.fields], cells, count, shares, style)


def _weight(field: Field) -> float:
    """Return how much of the line a column takes: more for words, less for days and numbers."""
    return 3.0 if isinstance(field, Text) and not field.half else 2.0


def _empty_cell(field: Field, style: Look) -> Cell:
    if isinstance(field, Choice):
        return "\n".join(f"☐ {text}" for _, text in field.options)
    return empty_space(_TALL_ROW if isinstance(field, Text) and field.lines > 1 else _ROW)


def action_table(field: Rows, style: Look) -> Flowable:
    """Return room for actions, a line each, as a family reads and fills them in."""
    held = {each.key for each in field.fields}
    second = "Need, and for whom" if "need" in held else "What has happened"
    said = "What will be done, and what will be different" if "outcome" in held else "What will be done"
    columns = ("No.", said, second, "Who", "By when", "How far it is")
    statuses = next(each for each in field.fields if each.key == "status")
    options = statuses.options if isinstance(statuses, Choice) else ()
    ticks = paragraphs("\n".join(f"☐ {text}" for _, text in options), style.note)
    cells: list[Cell] = ["", empty_space(_ACTION_ROW), "", "", "", ticks]
    shares = (0.05, 0.29, 0.23, 0.15, 0.11, 0.17)
    return _ruled(columns, cells, max(_FEW, field.at_least), shares, style)


def columns_table(field: Rows, columns: Sequence[Column], style: Look) -> Flowable:
    """Return room for rows that are printed side by side, with the few answers on offer to tick."""
    asked = {each.key: each for each in field.fields}
    cells = [_pen_cell(column, [asked[key] for key in column.keys], style) for column in columns]
    tall = max(_height(cell) for cell in cells)
    usual = _EMPTY_ROWS if tall <= _LOW else _FEW if field.actions or tall <= _MIDDLE else _FEWEST
    count = max(usual, field.at_least)
    shares = [each.share for each in columns]
    return _ruled([each.title for each in columns], cells, count, shares, style)


def _pen_cell(column: Column, asked: Sequence[Field], style: Look) -> Cell:
    """Return the answers to tick, and the labels of what is written beside or below them."""
    width = column.share * WIDTH - GUTTER - 2 * _INSET
    choices = [each for each in asked if isinstance(each, Choice)]
    parts: list[Flowable] = []
    for at, each in enumerate(asked):
        if each.key in _LATER:
            continue
        ticks = [f"☐ {text}" for _, text in _few(each)] if isinstance(each, Choice) else []
        if ticks:
            parts += paragraphs(f"{each.label}:", style.note) if column.names(at) else []
            parts += paragraphs("\n".join(ticks), style.note)
        elif column.names(at) and not isinstance(each, Choice):
            parts += _named_line(each.label, width, style)
    above = _ROW if len(choices) < len(asked) and column.named != "all" else 1
    if parts:
        return [empty_space(above), *parts]
    is_long = any(isinstance(each, Text) and each.lines > 1 for each in asked)
    return [empty_space(_TALL_ROW if is_long else _ROW)]


def _named_line(label: str, width: float, style: Look) -> list[Flowable]:
    """Return a label with a line to write on, beside it or, if it is long, below it."""
    note = style.note
    wide = text_width(f"{label} ", note.fontName, note.fontSize) + 2
    line = WritingLines(1, style, width)
    if wide > _BESIDE * width:
        return [style.gap(2), *paragraphs(label, note), line]
    under = [("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    return [Grid([[paragraphs(label, note), line]], colWidths=[wide, width - wide], style=under)]


def _height(cell: Cell) -> float:
    return height(cell) if isinstance(cell, list) else 0.0


def _few(field: Choice) -> Options:
    return field.options if 2 < len(field.options) < 5 else ()


def signing_table(count: int, style: Look) -> Flowable:
    """Return a table to sign in by pen."""
    columns = ("Name", "Role", "Signature", "Date")
    return _ruled(columns, [empty_space(_ROW), "", "", ""], count, (0.3, 0.24, 0.28, 0.18), style)


def _ruled(
    columns: Sequence[str], cells: Sequence[Cell], count: int, shares: Sequence[float], style: Look
) -> Flowable:
    """Return a table of empty rows, with rules between its columns for the hand."""
    made = table(columns, [cells] * count, style, shares=shares)
    rules: list[tuple[Any, ...]] = [("LEFTPADDING", (1, 0), (-1, -1), _INSET)]
    rules += [("LINEBEFORE", (at, 1), (at, -1), 0.6, LINE) for at in range(1, len(columns))]
    made.setStyle(rules)
    return made
