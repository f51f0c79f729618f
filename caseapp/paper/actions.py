"""What was agreed, as a table: number, what, who, by when, how far; and the same to be ticked by pen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from caseapp import action_colours, words
from caseapp.form import Answers, Field, Rows
from caseapp.paper.drawn import Chip
from caseapp.paper.page import Look, paragraphs
from caseapp.paper.sheet import Sheet
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.platypus import Flowable

KEYS = frozenset({"no", "what", "who", "by", "status"})
"""The questions of rows that are printed as actions."""
_OVER = frozenset({"done", "not_needed", "dropped"})
_BESIDE = KEYS | {"agency", "new_by"}
_COLUMNS = ("No.", "What", "Who", "By when", "How far")
_SHARES = (0.055, 0.485, 0.175, 0.125, 0.16)
_LARGE_COLUMNS = ("What", "Who and by when", "How far")
_LARGE_SHARES = (0.48, 0.29, 0.23)
_TICK_COLUMNS = ("No.", "What", "Who", "By when", "Where is it now?")
_TICK_SHARES = (0.055, 0.425, 0.17, 0.125, 0.225)
_PIECE = 1_200  # letters in one part of a cell, in small print: a row does not run over pages by itself
_TICKS = ("☐ Done", "☐ On the way", "☐ Not yet")


class ActionLine(NamedTuple):
    """An action as it is printed. `colour_words` say what the chip's tone says; `more` are further lines."""

    no: str
    what: str
    who: str
    by: str
    how_far: str = ""
    tone: str = "grey"
    colour_words: str = ""
    more: tuple[str, ...] = ()

    @property
    def texts(self) -> str:
        """Return everything that reaches paper."""
        return " ".join((self.no, self.what, self.who, self.by, self.how_far, *self.more))


def is_action(field: Rows) -> bool:
    """Return whether rows are printed as actions."""
    return {each.key for each in field.fields} >= KEYS


def action_lines(field: Rows, rows: Sequence[Answers], sheet: Sheet) -> list[ActionLine]:
    """Return the rows of a plan as actions, coloured as of the day that the sheet tells of."""
    return [_line(field, row, sheet) for row in rows]


def _line(field: Rows, row: Mapping[str, Any], sheet: Sheet) -> ActionLine:
    asked = {each.key: each for each in field.fields}
    said = {key: sheet.words(each, row) for key, each in asked.items()}
    by = said["by"]
    if said.get("new_by"):
        by = f"{said['new_by']}\n(before: {by})" if by else said["new_by"]
    tone, colour_words = _colour(row, sheet)
    return ActionLine(
        said.get("no", ""),
        said["what"],
        "\n".join(part for part in (said["who"], said.get("agency", "")) if part),
        by,
        said["status"],
        tone,
        colour_words if colour_words != said["status"] else "",
        tuple(_more(field.fields, said)),
    )


def _colour(row: Mapping[str, Any], sheet: Sheet) -> tuple[str, str]:
    status = str(row.get("status") or "")
    due = words.stored_day(row.get("new_by")) or words.stored_day(row.get("by"))
    if sheet.as_of is None or not status:
        return "grey", ""
    if status in action_colours.BY_HAND:  # said by somebody: a day never says otherwise
        return status, "Overdue" if due and due < sheet.as_of else ""
    colour = action_colours.colour_of(
        status, due, sheet.as_of, is_over=status in _OVER, result=str(row.get("result") or "")
    )
    return colour.colour, colour.words


def _more(fields: Sequence[Field], said: Mapping[str, str]) -> Iterator[str]:
    for each in fields:
        if each.key not in _BESIDE and said[each.key]:
            yield f"{each.label}{' ' if each.label.endswith('?') else ': '}{said[each.key]}"


def action_table(lines: Sequence[ActionLine], look: Look, *, headed: bool = True) -> Flowable:
    """Return actions as a table; without a head where it goes on from another."""
    if look.is_large:
        rows = [_large_row(each, look) for each in lines]
        return table(_LARGE_COLUMNS if headed else (), rows, look, shares=_LARGE_SHARES)
    rows = [[each.no, _what(each, look), each.who, each.by, _how_far(each, look)] for each in lines]
    return table(_COLUMNS if headed else (), rows, look, shares=_SHARES)


def _large_row(each: ActionLine, look: Look) -> list[Cell]:
    numbered = each._replace(what=f"{each.no}  {each.what}".strip())
    return [_what(numbered, look), f"{each.who}\n{each.by}".strip(), _how_far(each, look)]


def _what(each: ActionLine, look: Look) -> list[Flowable]:
    piece = int(_PIECE / look.scale**2)
    return [
        *paragraphs(each.what, look.strong, piece=piece),
        *(part for text in each.more for part in paragraphs(text, look.note, piece=piece)),
    ]


def _how_far(each: ActionLine, look: Look) -> list[Flowable]:
    chip = [Chip(each.how_far, each.tone, look)] if each.how_far else []
    return [*chip, *paragraphs(each.colour_words, look.note)]


def tick_table(lines: Sequence[ActionLine], look: Look) -> Flowable:
    """Return actions with boxes to be ticked by pen, for a meeting."""
    ticks = "\n".join(_TICKS)
    if look.is_large:
        rows: list[list[Cell]] = [[*_large_row(each, look)[:2], ticks] for each in lines]
        return table((*_LARGE_COLUMNS[:2], _TICK_COLUMNS[-1]), rows, look, shares=(0.44, 0.27, 0.29))
    rows = [[each.no, _what(each, look), each.who, each.by, ticks] for each in lines]
    return table(_TICK_COLUMNS, rows, look, shares=_TICK_SHARES)
