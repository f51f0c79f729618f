"""Rows of many short answers that read better in a few columns of two lines than one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseapp.form import YES_NO, Answers, Choice, Field, Rows, Score
from caseapp.paper import wheel
from caseapp.paper.drawn import ScoreBar
from caseapp.paper.page import paragraphs
from caseapp.paper.sheet import Sheet, answer_of
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.platypus import Flowable


class Column(NamedTuple):
    """A column with the questions whose answers stand in it, one below the other."""

    title: str
    keys: tuple[str, ...]
    share: float


_LAYOUTS = (
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
)


def layout(field: Rows) -> tuple[Column, ...]:
    """Return the columns for rows that ask all of a layout's questions, and no others; else none."""
    asked = {each.key for each in field.fields}
    return next((each for each in _LAYOUTS if {key for column in each for key in column.keys} == asked), ())


def side_by_side(field: Rows, columns: Sequence[Column], rows: Sequence[Answers], sheet: Sheet) -> Flowable:
    """Return rows as a table of such columns; the first answer of a row stands out."""
    asked = {each.key: each for each in field.fields}
    cells: list[list[Cell]] = [
        [
            _cell([asked[key] for key in column.keys], row, sheet, leads=not at)
            for at, column in enumerate(columns)
        ]
        for row in rows
    ]
    shares = [each.share for each in columns]
    return table([each.title for each in columns], cells, sheet.look, shares=shares)


def _cell(fields: Sequence[Field], row: Answers, sheet: Sheet, *, leads: bool) -> list[Flowable]:
    made: list[Flowable] = []
    for at, each in enumerate(fields):
        text = sheet.words(each, row)
        if isinstance(each, Score) and (score := wheel.score_of(each, answer_of(each, row))) is not None:
            made.append(ScoreBar(score, each.low, each.high, sheet.look))
        elif isinstance(each, Choice) and each.options == YES_NO and text:
            made += paragraphs(f"{each.label} {text}", sheet.look.note)
        elif text:
            look = sheet.look
            made += paragraphs(text, look.note if at else look.strong if leads else look.body)
    return made or paragraphs("–", sheet.look.body)
