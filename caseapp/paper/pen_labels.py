"""The label of a question that is answered by pen: its hint on the same line, and often the answer too."""

from __future__ import annotations

from typing import Final

from caseapp.form import Choice, Choices, Date, Field, Text
from caseapp.paper.drawn import DateBoxes, WritingLines
from caseapp.paper.fonts import text_width
from caseapp.paper.grid import Grid
from caseapp.paper.page import Look, paragraphs
from caseapp.paper.pen_rows import Placed
from caseapp.paper.tick_boxes import in_one_line, tick_boxes

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

_TO_HINT, _TO_ANSWER = 6.0, 7.0
_DATE: Final = 52 * mm
_LEAST_LINE, _LEAST_SHARE = 32 * mm, 0.4  # room to write beside a label, of a long line more
_ASCENT = 0.98  # of the size: how far a text stands below the top of its line


def label(field: Field, style: Look, width: float) -> list[Flowable]:
    """Return label and hint, on one line if they fit."""
    asked, hint = paragraphs(field.label, style.strong), paragraphs(field.help, style.note)
    wide = _wide(field, style)
    if not hint or style.is_large or wide > width:
        return [*asked, *hint]
    start = _label_wide(field, style) + _TO_HINT
    lower = _ASCENT * (style.strong.fontSize - style.note.fontSize)  # both stand on one line
    return [
        Grid([[asked, hint]], colWidths=[start, width - start], style=[("TOPPADDING", (1, 0), (1, 0), lower)],
             hAlign="LEFT")
    ]  # fmt: skip


def is_beside(placed: Placed, style: Look) -> bool:
    """Return whether a question is answered on one line beside its label, with as much room as it needs."""
    field, width = placed.field, placed.width
    if field.help and style.is_large:
        return False
    left = width - _wide(field, style) - _TO_ANSWER
    if isinstance(field, Text):
        return placed.lines == 1 and left >= max(_LEAST_LINE, _LEAST_SHARE * width)
    if isinstance(field, Choice | Choices):
        return not style.is_large and left >= in_one_line(field.options, style)
    return isinstance(field, Date) and left >= _DATE


def beside(placed: Placed, style: Look) -> Flowable:
    """Return a label with the room to answer beside it."""
    field, start = placed.field, _wide(placed.field, style) + _TO_ANSWER
    room = placed.width - start
    if isinstance(field, Choice | Choices):
        made = tick_boxes(field.options, style, room)
    else:
        made = WritingLines(1, style, room) if isinstance(field, Text) else DateBoxes(style)
    under = [("VALIGN", (0, 0), (-1, -1), "BOTTOM")]
    asked = label(field, style, start)
    return Grid([[asked, made]], colWidths=[start, room], style=under, hAlign="LEFT")


def _label_wide(field: Field, style: Look) -> float:
    return text_width(field.label, style.strong.fontName, style.strong.fontSize) + 0.5


def _wide(field: Field, style: Look) -> float:
    """Return how wide label and hint are on one line."""
    hint = text_width(field.help, style.note.fontName, style.note.fontSize) + _TO_HINT if field.help else 0
    return _label_wide(field, style) + hint + 0.5
