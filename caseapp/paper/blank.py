"""The empty form: every question with room to answer it by pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
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
from caseapp.paper import wheel
from caseapp.paper.actions import is_action
from caseapp.paper.answers import signing_lines
from caseapp.paper.columns import Column
from caseapp.paper.drawn import DateBoxes, ScoreDots, WritingLines
from caseapp.paper.fonts import text_width
from caseapp.paper.grid import Grid, Held
from caseapp.paper.page import WIDTH, Heading, Headline, Look, look, paragraphs
from caseapp.paper.parts import divider, empty_space, kept, opening
from caseapp.paper.side_by_side import layout
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

_HALF_GAP = 8 * mm
_HALF = (WIDTH - _HALF_GAP) / 2
_EMPTY_ROWS, _EMPTY_BLOCKS = 4, 2
_HALF_LINES = 3
_EMPTY_ACTIONS, _EMPTY_TALL = 5, 3
_LATER = ("rag", "status", "progress", "from_baseline")  # not ticked: said later, or in a word of one's own
_BOX = "☐\u00a0 "
_MOST_BESIDE = 20  # lines of options in columns that stay on a page
_MANY = 8  # options from here on are set smaller


def blank_story(form: Form, heading: Heading) -> list[Flowable]:
    """Return the parts of the empty form."""
    style = look(large=heading.large)
    story = opening(heading, style)
    whose = (Text("name", "Name", half=True), Date("born_on", "Date of birth"))
    story += _question_row(whose, style)
    labels = {each.key: each for each in form.fields}
    for section in form.sections:
        story += _section(section, labels, style)
    for text in (form.acknowledgement, form.owner):
        story += [style.gap(8), *paragraphs(text, style.note)] if text else []
    return story


def _section(section: Section, labels: dict[str, Field], style: Look) -> list[Flowable]:
    told = [_when(section.when, labels), section.guidance]
    head = [part for text in told if text for part in (*paragraphs(text, style.note), style.gap(4))]
    body: list[Flowable] = []
    areas = [each for each in section.fields if isinstance(each, Score)] if section.look == "star" else []
    if len(areas) > 2:
        body += [style.gap(6), wheel.chart(areas, [], style), style.gap(8)]
    body += _questions(section.fields, labels, style)
    return kept([Headline(section.title, style), *head], body, style)


def _questions(fields: Sequence[Field], labels: dict[str, Field], style: Look) -> list[Flowable]:
    """Return the questions; those asked on the same condition stand together under its words."""
    story: list[Flowable] = []
    for condition, group in groupby(fields, lambda each: each.when):
        rows = [part for pair in _paired(list(group), style) for part in _question_row(pair, style)]
        told = paragraphs(_when(condition, labels), style.note)
        story += [style.gap(8), *kept(told, rows, style)] if told else rows
    return story


def _paired(fields: Sequence[Field], style: Look) -> Iterator[list[Field]]:
    """Yield the questions, two that each take half a line together."""
    left = list(fields)
    while left:
        take = 2 if not style.is_large and len(left) > 1 and all(map(_takes_half, left[:2])) else 1
        yield left[:take]
        left = left[take:]


def _takes_half(field: Field) -> bool:
    if isinstance(field, Choice):
        return (field.half or bool(field.when)) and len(field.options) <= 6
    if isinstance(field, Text) and field.when and 1 < field.lines <= _HALF_LINES:
        return True  # asked of some only: two such stand side by side
    return isinstance(field, Date | Number | Money) or (field.half and not isinstance(field, Rows | Choices))


def _question_row(together: Sequence[Field], style: Look) -> list[Flowable]:
    if len(together) == 1:
        return [style.gap(7), *kept(_asking(together[0], style), blank(together[0], style, WIDTH), style)]
    cells = [[*_asking(each, style), *blank(each, style, _HALF)] for each in together]
    row = Grid([[cells[0], "", cells[1]]], colWidths=[_HALF, _HALF_GAP, _HALF])
    return [style.gap(7), *kept([], [row], style)]


def _asking(field: Field, style: Look) -> list[Flowable]:
    return [*paragraphs(field.label, style.strong), *paragraphs(field.help, style.note), style.gap(2)]


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
    return [WritingLines(_lines(field), style, width)]


def _lines(field: Text) -> int:
    """Return how many lines to write on: fewer where only some are asked."""
    if field.lines == 1:
        return 1
    return min(_HALF_LINES, field.lines) if field.when else field.lines


@blank.register(Choice)
@blank.register(Choices)
def _blank_choice(field: Choice | Choices, style: Look, width: float) -> list[Flowable]:
    return [_tick_boxes(field.options, style, width)]


@blank.register
def _blank_date(_field: Date, style: Look, _width: float) -> list[Flowable]:
    return [DateBoxes(style)]


@blank.register
def _blank_number(field: Number, style: Look, width: float) -> list[Flowable]:
    return [_line_beside("", field.unit, style, width)]


@blank.register
def _blank_money(_field: Money, style: Look, width: float) -> list[Flowable]:
    return [_line_beside("£", "", style, width)]


@blank.register
def _blank_score(field: Score, style: Look, width: float) -> list[Flowable]:
    ends = (field.low_words, field.high_words)
    if field.high - field.low > 10:  # too many rings for a line
        return [_line_beside("", f"{field.low} {ends[0]} to {field.high} {ends[1]}", style, width)]
    return [ScoreDots(field.low, field.high, ends, style)]


@blank.register
def _blank_computed(_field: Computed, style: Look, _width: float) -> list[Flowable]:
    return paragraphs("Worked out by the program.", style.note)


@blank.register
def _blank_signatures(field: Signatures, style: Look, _width: float) -> list[Flowable]:
    return [signing_lines(max(_EMPTY_ROWS, field.at_least), style)]


@blank.register
def _blank_rows(field: Rows, style: Look, width: float) -> list[Flowable]:
    if (columns := layout(field, by_pen=True)) and not style.is_large:
        return [_blank_side_by_side(field, columns, style)]
    if is_action(field) and not style.is_large:
        return [_blank_actions(field, style)]
    if _fits_table(field, style):
        empty: list[list[Cell]] = [
            [_empty_cell(each, style) for each in field.fields]
            for _ in range(max(_EMPTY_ROWS, field.at_least))
        ]
        shares = _shares(field)
        return [table([each.label for each in field.fields], empty, style, shares=shares)]
    labels = {each.key: each for each in field.fields}
    story: list[Flowable] = []
    for number in range(1, max(_EMPTY_BLOCKS, field.at_least) + 1):
        body = _questions(field.fields, labels, style)
        title = paragraphs(f"{field.row.capitalize()} {number}", style.quote_title)
        story += kept([divider(style), *title], body, style)
    return story


def _blank_actions(field: Rows, style: Look) -> Flowable:
    """Return room for actions, a line each, as a family reads and fills them in."""
    held = {each.key for each in field.fields}
    second = "Need, and for whom" if "need" in held else "What has happened"
    said = "What will be done, and what will be different" if "outcome" in held else "What will be done"
    columns = ("No.", said, second, "Who", "By when", "How far it is")
    statuses = next(each for each in field.fields if each.key == "status")
    options = statuses.options if isinstance(statuses, Choice) else ()
    ticks = paragraphs("\n".join(f"☐ {text}" for _, text in options), style.note)
    row: list[Cell] = ["", empty_space(28 * mm), "", "", "", ticks]
    return table(columns, [row] * _EMPTY_ACTIONS, style, shares=(0.05, 0.29, 0.23, 0.15, 0.11, 0.17))


def _blank_side_by_side(field: Rows, columns: Sequence[Column], style: Look) -> Flowable:
    """Return room for rows that are printed side by side, with the few answers on offer to tick."""
    asked = {each.key: each for each in field.fields}
    cells = [_pen_cell(column, [asked[key] for key in column.keys], style) for column in columns]
    titles = [each.title for each in columns]
    count = _EMPTY_TALL if any(each.named for each in columns) else _EMPTY_ACTIONS
    return table(titles, [cells] * max(count, field.at_least), style, shares=[each.share for each in columns])


def _pen_cell(column: Column, asked: Sequence[Field], style: Look) -> Cell:
    """Return the answers to tick, and the labels of what is written below the first line."""
    choices = [each for each in asked if isinstance(each, Choice)]
    parts: list[Flowable] = []
    for at, each in enumerate(asked):
        if each.key in _LATER:
            continue
        ticks = [f"☐ {text}" for _, text in _few(each)] if isinstance(each, Choice) else []
        if column.names(at) and (ticks or not isinstance(each, Choice)):
            parts += paragraphs(f"{each.label}:", style.note)
            parts += [] if ticks else [empty_space(4.5 * mm)]
        parts += paragraphs("\n".join(ticks), style.note)
    above = 7 * mm if len(choices) < len(asked) and column.named != "all" else 1
    return [empty_space(above), *parts] if parts else empty_space(16 * mm)


def _few(field: Choice) -> Options:
    return field.options if 2 < len(field.options) < 5 else ()


def _fits_table(field: Rows, style: Look) -> bool:
    wide = any(isinstance(each, Choices | Rows | Score) for each in field.fields)
    many = any(isinstance(each, Choice) and len(each.options) > 5 for each in field.fields)
    asked_sometimes = any(each.when for each in field.fields)
    return not (wide or many or asked_sometimes) and len(field.fields) <= (3 if style.is_large else 5)


def _shares(field: Rows) -> list[float]:
    """Return how the columns share the line: more for words, less for days and numbers."""
    weights = [3.0 if isinstance(each, Text) and not each.half else 2.0 for each in field.fields]
    return [weight / sum(weights) for weight in weights]


def _empty_cell(field: Field, style: Look) -> Cell:
    if isinstance(field, Choice):
        return "\n".join(f"☐ {text}" for _, text in field.options)
    return empty_space((18 if isinstance(field, Text) and field.lines > 1 else 9) * mm)


def _tick_boxes(options: Options, style: Look, width: float) -> Flowable:
    """Return the options with boxes to tick, in as many columns as the longest allows.

    Of many options long ones run over two lines, so that they take two columns and not a whole page.
    """
    texts = [text for _, text in options]
    is_small = len(texts) > _MANY and not style.is_large
    print_ = style.note if is_small else style.body
    longest = max(
        (text_width(f"{_BOX}{text}", print_.fontName, print_.fontSize) for text in texts), default=1.0
    )
    columns = max(1, min(4, len(texts), int(width // (longest + 12))))
    is_wrapped = is_small and columns == 1
    columns = 2 if is_wrapped else columns
    lines = -(-len(texts) // columns)
    room = width / 2 if is_wrapped else min(width / columns, longest + 22)
    ticks = [_tick(text, print_, room - 10 if is_wrapped else 0) for text in texts]
    down = [ticks[at * lines : (at + 1) * lines] for at in range(columns)]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]
    if columns == 1 or lines > _MOST_BESIDE:  # may have to run over pages
        rows: list[list[Held]] = [
            [column[at] if at < len(column) else "" for column in down] for at in range(lines)
        ]
        return Grid(rows, colWidths=[room] * columns, style=padding, hAlign="LEFT")
    cells = [[part for tick in column for part in (style.gap(3 / style.scale), tick)][1:] for column in down]
    return Grid([cells], colWidths=[room] * columns, style=padding, hAlign="LEFT")


def _tick(text: str, style: ParagraphStyle, hanging: float) -> Flowable:
    """Return an option with its box; `hanging` is the width over which it may run on, beside its box."""
    if not hanging:
        return paragraphs(f"{_BOX}{text}", style)[0]
    box = text_width(_BOX, style.fontName, style.fontSize)
    return Grid(
        [[paragraphs("☐", style), paragraphs(text, style)]], colWidths=[box, hanging - box], hAlign="LEFT"
    )


def _line_beside(before: str, after: str, style: Look, width: float) -> Flowable:
    line = 34 * mm * min(style.scale, 1.3)
    cells: list[list[Held]] = [
        [paragraphs(before, style.body), WritingLines(1, style, line), paragraphs(after, style.body)]
    ]
    start = 5 * mm * style.scale if before else 0.01
    under = [("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (2, 0), (2, 0), 6)]
    return Grid(cells, colWidths=[start, line, max(width - start - line, 20)], style=under)
