"""Rows of many short answers that read better in a few columns of two lines than one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseapp.form import YES_NO, Answers, Choice, Computed, Field, Money, Number, Rows, Score, Text
from caseapp.paper import wheel
from caseapp.paper.columns import PEN_LAYOUTS, PEP_LAYOUTS, Column
from caseapp.paper.drawn import Chip, ScoreBar
from caseapp.paper.page import paragraphs
from caseapp.paper.parts import quoted
from caseapp.paper.sheet import Sheet, answer_of, is_state, tone
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.platypus import Flowable

_LAYOUTS: tuple[tuple[Column, ...], ...] = (
    (
        Column("Who", ("name", "role"), 0.28),
        Column("From", ("agency",), 0.24),
        Column("Invited", ("invited_on", "invited_how"), 0.2),
        Column("Came?", ("attendance", "report_in"), 0.28),
    ),
    (
        Column("Who answered", ("respondent", "respondent_role"), 0.19),
        Column("About whom", ("subject", "on"), 0.15),
        Column("Score", ("score",), 0.22),
        Column("Why not lower", ("why_not_lower",), 0.22),
        Column("What one point higher would look like", ("one_higher",), 0.22),
    ),
    *PEP_LAYOUTS,
)
_PIECE = 500  # letters in one part of a cell: a row does not run over pages by itself


def layout(field: Rows, *, by_pen: bool = False) -> tuple[Column, ...]:
    """Return the columns for rows that ask all of a layout's questions, and no others; else none."""
    asked = {each.key for each in field.fields}
    known = (*PEN_LAYOUTS, *_LAYOUTS) if by_pen else _LAYOUTS
    return next((each for each in known if {key for column in each for key in column.keys} == asked), ())


def side_by_side(field: Rows, columns: Sequence[Column], rows: Sequence[Answers], sheet: Sheet) -> Flowable:
    """Return rows as a table of such columns; the first answer of a row stands out."""
    asked = {each.key: each for each in field.fields}
    right = {at for at, each in enumerate(columns) if at and _is_figure(each, asked)}
    cells: list[list[Cell]] = [
        [
            sheet.words(asked[column.keys[0]], row) or "–"
            if at in right
            else _cell(column, [asked[key] for key in column.keys], row, sheet, leads=not at)
            for at, column in enumerate(columns)
        ]
        for row in rows
    ]
    shares = [each.share for each in columns]
    return table([each.title for each in columns], cells, sheet.look, right=right, shares=shares)


def _is_figure(column: Column, asked: Mapping[str, Field]) -> bool:
    """Return whether a column holds nothing but a figure, to stand under its like."""
    return len(column.keys) == 1 and isinstance(asked[column.keys[0]], Number | Money | Computed)


def _cell(
    column: Column, fields: Sequence[Field], row: Answers, sheet: Sheet, *, leads: bool
) -> list[Flowable]:
    made: list[Flowable] = []
    look = sheet.look
    for at, each in enumerate(fields):
        text = sheet.words(each, row)
        if isinstance(each, Score) and (score := wheel.score_of(each, answer_of(each, row))) is not None:
            made.append(ScoreBar(score, each.low, each.high, look))
        elif isinstance(each, Choice) and each.options == YES_NO and text:
            made += paragraphs(f"{each.label} {text}", look.note)
        elif text and is_state(each, answer_of(each, row)):
            # «Amber: some progress, or at risk» says enough in its first word.
            made += [look.gap(2), Chip(text.split(":")[0], tone(str(answer_of(each, row))), look)]
        elif text:
            said = quoted(text) if isinstance(each, Text) and each.quote else text
            said = f"{each.label}: {said}" if column.names(at) else said
            style = look.note if at or column.names(at) else look.strong if leads else look.body
            made += paragraphs(said, style, piece=_PIECE)
    return made or paragraphs("–", look.body)
