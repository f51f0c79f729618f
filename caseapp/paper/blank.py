"""The empty form: every question with room to answer it by pen.

It is set smaller than what is printed with answers: the room is for the hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, singledispatch
from itertools import groupby

from caseapp import words
from caseapp.form import (
    Choice,
    Choices,
    Computed,
    Condition,
    Date,
    Field,
    Filled,
    Form,
    Is,
    Money,
    Number,
    Options,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
)
from caseapp.paper import pen_rows, pen_tables, wheel
from caseapp.paper.actions import is_action
from caseapp.paper.drawn import DateBoxes, ScoreDots, WritingLines
from caseapp.paper.fonts import text_width
from caseapp.paper.grid import Grid, Held
from caseapp.paper.page import Heading, Headline, Look, look, paragraphs, scaled
from caseapp.paper.parts import ROOM, divider, height, kept, opening
from caseapp.paper.pen_labels import beside, is_beside, label
from caseapp.paper.pen_rows import GAP, Placed
from caseapp.paper.side_by_side import layout
from caseapp.paper.tick_boxes import tick_boxes, tick_list

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

_SMALLER, _HINTS = 0.9, 0.87
_LOW, _BLOCKS, _TALL_BLOCKS = 58 * mm, 3, 2  # a row up to so high is there so many times, a higher one twice
_SIGNATURES = 3
_COMPANY = 10 * mm  # of what is asked stands below its heading at least: a line
_ABOVE, _ABOVE_ROWS, _ABOVE_SECTION = 3, 7, 10  # points: a line to write on brings room of its own
_ABOVE_SIGNATURES, _MOST_TOGETHER = 3, 0.5 * ROOM  # lines of questions that stand with the names
_SHORT_LINE = 30 * mm  # for a number
_IN_A_ROW = 6  # answers on offer to tick in a row; of more of them one is written down


@cache
def _pen_look(*, large: bool) -> Look:
    """Return the styles for paper to be filled in."""
    if large:
        return look(large=True)
    usual = look(large=False)
    smaller, hints = scaled(usual, _SMALLER), scaled(usual, _HINTS)
    return replace(
        smaller, title=usual.title, section=usual.section, note=hints.note, column=hints.column,
        column_right=hints.column_right,
    )  # fmt: skip


def blank_story(form: Form, heading: Heading) -> list[Flowable]:
    """Return the parts of the empty form."""
    style = _pen_look(large=heading.large)
    story = opening(heading, style)
    whose = (Text("name", "Name", half=True), Date("born_on", "Date of birth"))
    story += _questions(whose, {}, style)
    labels = {each.key: each for each in form.fields}
    for section in form.sections:
        story += _section(section, labels, style)
    for text in (form.acknowledgement, form.owner):
        story += [style.gap(8), *paragraphs(text, style.note)] if text else []
    return story


def _section(section: Section, labels: dict[str, Field], style: Look) -> list[Flowable]:
    told = [_when(section.when, labels), section.guidance]
    head = [part for text in told if text for part in paragraphs(text, style.note)]
    body: list[Flowable] = []
    areas = [each for each in section.fields if isinstance(each, Score)] if section.look == "star" else []
    if len(areas) > 2:
        body += [style.gap(6), wheel.chart(areas, [], style), style.gap(8)]
    body += _questions(section.fields, labels, style)
    title = Headline(section.title, style)
    title.spaceBefore = _ABOVE_SECTION * style.scale
    return kept([title, *head], body, style, company=_COMPANY)


def _questions(fields: Sequence[Field], labels: dict[str, Field], style: Look) -> list[Flowable]:
    """Return the questions; those asked on the same condition stand together under its words."""
    lines: list[list[Flowable]] = []
    for condition, group in groupby(_once_told(fields), lambda each: each.when):
        asked = list(group)
        named = _under(condition, asked, labels)
        told = _when(condition, labels)
        if named != asked and lines:  # they bear the name of the question above: that says when
            rows = _joined(_lines(named, style, narrow=True))
            lines.append(kept([style.gap(2), *lines.pop()], rows, style, company=_COMPANY))
        elif told and len(asked) == 1 and not asked[0].help:
            lines += _lines([replace(asked[0], help=told.removesuffix(":"))], style)
        elif told:
            head = [style.gap(_ABOVE), *paragraphs(told, style.note)]
            lines.append(kept(head, _joined(_lines(asked, style)), style, company=_COMPANY))
        else:
            lines += _lines(asked, style)
    if fields and isinstance(fields[-1], Signatures):
        lines = _with_signatures(lines)
    return _joined(lines)


def _with_signatures(lines: list[list[Flowable]]) -> list[list[Flowable]]:
    """Return the lines, the last ones on one page: names never stand on a page without what is signed."""
    for count in range(_ABOVE_SIGNATURES + 1, 1, -1):
        together = _joined(lines[-count:])
        whole = height(together)
        if whole < _MOST_TOGETHER:
            return [*lines[:-count], [CondPageBreak(whole), *together]]
    return lines


def _joined(lines: Iterable[list[Flowable]]) -> list[Flowable]:
    return [part for line in lines for part in line]


def _once_told(fields: Sequence[Field]) -> Iterator[Field]:
    """Yield the questions, each hint once, and a long list of answers once where it is asked twice."""
    before: Options = ()
    told: set[tuple[str, str]] = set()
    for each in fields:
        options = each.options if isinstance(each, Choice | Choices) else ()
        hint = (each.label.rsplit(": ", 1)[-1], each.help)
        if len(options) > _IN_A_ROW and options == before:
            yield Text(each.key, each.label, help="From the list above.", when=each.when)
        else:
            yield replace(each, help="") if hint in told else each
        before = options
        told.add(hint)


def _under(condition: Condition | None, fields: list[Field], labels: dict[str, Field]) -> list[Field]:
    """Return questions named after the one that they depend on («Health: needs») without its name."""
    lead = f"{labels[condition.key].label}: " if condition and condition.key in labels else ""
    if not lead or not all(each.label.startswith(lead) for each in fields):
        return fields
    named = [each.label.removeprefix(lead) for each in fields]
    return [
        replace(each, label=label[:1].upper() + label[1:]) for each, label in zip(fields, named, strict=True)
    ]


def _lines(fields: Sequence[Field], style: Look, *, narrow: bool = False) -> list[list[Flowable]]:
    """Return the questions line by line."""
    lines: list[list[Flowable]] = []
    for is_list, together in pen_rows.lists_of(fields, style):
        if is_list:
            choices = [each for each in together if isinstance(each, Choice)]
            lines.append([style.gap(_ABOVE), *kept([], [tick_list(choices, style)], style)])
        else:
            lines += [_line(row, style) for row in pen_rows.placed(together, style, narrow=narrow)]
    return lines


def _line(row: Sequence[Placed], style: Look) -> list[Flowable]:
    """Return the questions of a line side by side, what is written on at the same height."""
    if len(row) == 1:
        return _alone(row[0], style)
    if all(is_beside(each, style) for each in row):
        return [_gap_beside(row, style), _apart(row, [[beside(each, style)] for each in row])]
    asking = [label(each.field, style, each.width) for each in row]
    heights = [height(part, each.width) for part, each in zip(asking, row, strict=True)]
    cells = [
        [*asked, style.gap((max(heights) - tall) / style.scale), *_room(each, style)]
        for each, asked, tall in zip(row, asking, heights, strict=True)
    ]
    return [style.gap(_ABOVE), *kept([], [_apart(row, cells)], style)]


def _apart(row: Sequence[Placed], cells: Sequence[list[Flowable]]) -> Flowable:
    """Return cells side by side with gaps between them."""
    held: list[Held] = [part for each in cells for part in (each, "")]
    widths = [part for each in row for part in (each.width, GAP)]
    return Grid([held[:-1]], colWidths=widths[:-1], hAlign="LEFT")


def _alone(placed: Placed, style: Look) -> list[Flowable]:
    """Return a question on a line of its own."""
    if is_beside(placed, style):
        return [_gap_beside([placed], style), beside(placed, style)]
    field = placed.field
    above = style.gap(_ABOVE_ROWS if isinstance(field, Rows | Signatures) else _ABOVE)
    asked, room = label(field, style, placed.width), _room(placed, style)
    if isinstance(field, Signatures):  # all who sign stand on a page
        return [above, *kept(asked, room, style)]
    return [above, *kept(asked, room, style, company=_COMPANY)]


def _gap_beside(row: Sequence[Placed], style: Look) -> Flowable:
    """Return the gap above answers beside their labels: a line to write on has its own room above it."""
    return style.gap(_ABOVE if all(isinstance(each.field, Choice | Choices) for each in row) else 1.5)


def _room(placed: Placed, style: Look) -> list[Flowable]:
    if isinstance(placed.field, Text):
        return [WritingLines(placed.lines, style, placed.width)]
    return [style.gap(2), *blank(placed.field, style, placed.width)]


def _when(condition: Condition | None, labels: dict[str, Field]) -> str:
    """Return the words for when a question is asked: «If “Stage” is “School”:»."""
    if condition is None:
        return ""
    asked = labels.get(condition.key)
    name = asked.label if asked else condition.key
    if isinstance(condition, Filled):
        return f"If “{name}” is answered:"
    values = (condition.value,) if isinstance(condition, Is) else condition.values
    options = dict(asked.options) if isinstance(asked, Choice | Choices) else {}
    others = [code for code in options if code not in values]
    if isinstance(asked, Choice) and 0 < len(others) < min(len(values), 4):
        return f"If “{name}” is not {_either(others, options)}:"
    return f"If “{name}” is {_either(values, options)}:"


def _either(codes: Sequence[str], options: dict[str, str]) -> str:
    return words.listed([f"“{options.get(code, code)}”" for code in codes], "or")


@singledispatch
def blank(field: Field, style: Look, width: float) -> list[Flowable]:
    """Return room to answer a question. Raises TypeError for a kind that has no way yet."""
    raise TypeError(f"{type(field).__name__} has no empty form.")


@blank.register
def _blank_text(field: Text, style: Look, width: float) -> list[Flowable]:
    return [WritingLines(field.lines, style, width)]


@blank.register(Choice)
@blank.register(Choices)
def _blank_choice(field: Choice | Choices, style: Look, width: float) -> list[Flowable]:
    return [tick_boxes(field.options, style, width)]


@blank.register
def _blank_date(_field: Date, style: Look, _width: float) -> list[Flowable]:
    return [DateBoxes(style)]


@blank.register
def _blank_number(field: Number, style: Look, width: float) -> list[Flowable]:
    return _line_beside("", field.unit, style, width)


@blank.register
def _blank_money(_field: Money, style: Look, width: float) -> list[Flowable]:
    return _line_beside("£", "", style, width)


@blank.register
def _blank_score(field: Score, style: Look, width: float) -> list[Flowable]:
    ends = (field.low_words, field.high_words)
    if field.high - field.low > 10:  # too many rings for a line
        return _line_beside("", f"{field.low} {ends[0]} to {field.high} {ends[1]}", style, width)
    return [ScoreDots(field.low, field.high, ends, style)]


@blank.register
def _blank_computed(_field: Computed, style: Look, _width: float) -> list[Flowable]:
    return paragraphs("Worked out by the program.", style.note)


@blank.register
def _blank_signatures(field: Signatures, style: Look, _width: float) -> list[Flowable]:
    return [pen_tables.signing_table(max(_SIGNATURES, field.at_least), style)]


@blank.register
def _blank_rows(field: Rows, style: Look, width: float) -> list[Flowable]:
    if (columns := layout(field, by_pen=True)) and not style.is_large:
        return [pen_tables.columns_table(field, columns, style)]
    if is_action(field) and not style.is_large:
        return [pen_tables.action_table(field, style)]
    if pen_tables.fits_table(field, style):
        return [pen_tables.plain_table(field, style)]
    return _blocks(field, style)


def _blocks(field: Rows, style: Look) -> list[Flowable]:
    """Return the questions of a row, one line below the other, as often as there are rows."""
    labels = {each.key: each for each in field.fields}
    asked = [_written(each) for each in field.fields]
    tall = height(_questions(asked, labels, style))
    usual = _BLOCKS if tall <= _LOW else _TALL_BLOCKS
    story = [part for text in _offered(field) for part in paragraphs(text, style.note)]
    for number in range(1, max(usual, field.at_least) + 1):
        title = paragraphs(f"{field.row.capitalize()} {number}", style.quote_title)
        story += kept([divider(style), *title], _questions(asked, labels, style), style, company=_COMPANY)
    return story


def _written(field: Field) -> Field:
    """Return a question of a row: one with many answers on offer is answered in writing."""
    if isinstance(field, Choice | Choices) and len(field.options) > _IN_A_ROW:
        return Text(field.key, field.label, half=True, when=field.when)
    return field


def _offered(field: Rows) -> list[str]:
    """Return the answers on offer to questions that are answered in writing."""
    return [
        f"{each.label}: write {words.listed([text for _, text in each.options], 'or')}."
        for each in field.fields
        if isinstance(each, Choice | Choices) and len(each.options) > _IN_A_ROW
    ]


def _line_beside(before: str, after: str, style: Look, width: float) -> list[Flowable]:
    """Return a short line to write on between two texts; a long one after it stands below it."""
    start = text_width(before, style.body.fontName, style.body.fontSize) + 4 if before else 0.01
    end = text_width(after, style.body.fontName, style.body.fontSize) + 6 if after else 0.01
    is_below = end > width / 2
    line = min(_SHORT_LINE * max(1.0, style.scale), width - start - (0 if is_below else end))
    cells: list[Held] = [paragraphs(before, style.body), WritingLines(1, style, line)]
    widths = [start, line]
    if not is_below:
        cells.append(paragraphs(after, style.body))
        widths.append(end)
    under = [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (-1, 0), (-1, 0), 0 if is_below else 4)]
    row = Grid([cells], colWidths=widths, style=under, hAlign="LEFT")
    return [row, *paragraphs(after, style.note)] if is_below else [row]
