"""A form that was answered, as parts of a document: one way for each kind of question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch
from itertools import groupby
from typing import Any

from caseapp import words
from caseapp.form import (
    Answers,
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Form,
    Money,
    Number,
    Options,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
    filled_rows,
    is_empty,
)
from caseapp.paper import actions, wheel
from caseapp.paper.drawn import Chip, ScoreBar
from caseapp.paper.page import Headline, Look, paragraphs
from caseapp.paper.parts import Fact, Quote, divider, facts, kept, long_text, panel, quoted
from caseapp.paper.pen_tables import signing_table
from caseapp.paper.sheet import Sheet, answer_of, holds, is_asked, is_state, tone
from caseapp.paper.side_by_side import layout, side_by_side
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.platypus import Flowable

_FACT_LETTERS = 600  # a text up to here stands beside its label, a longer one below it
_QUOTE_LETTERS = 160  # the child's words up to here stand beside their label in a row
_CELL_LETTERS = 170
_WORD_LETTERS = 28
_CHECKLIST = 4  # so many questions that take the same answers read better as a table

Part = Fact | Quote | list[Flowable]


@singledispatch
def printed(field: Field, answer: Any, sheet: Sheet) -> Part:
    """Return the answer as a fact or as flowables. Raises TypeError for a kind that has no way yet."""
    raise TypeError(f"{type(field).__name__} cannot be printed.")


@printed.register(Choice)
@printed.register(Choices)
@printed.register(Date)
@printed.register(Number)
@printed.register(Money)
@printed.register(Computed)
def _printed_fact(field: Field, answer: Any, sheet: Sheet) -> Part:
    return _short_or_long(field, field.show(answer), sheet)


@printed.register
def _printed_text(field: Text, answer: Any, sheet: Sheet) -> Part:
    text = field.show(answer)
    if field.quote:
        return Quote(field.label, text)
    return _short_or_long(field, text, sheet)


def _short_or_long(field: Field, text: str, sheet: Sheet) -> Part:
    most = _FACT_LETTERS / sheet.look.scale
    if len(text) <= most and text.count("\n") < 8:
        return Fact(field.label, text)
    return long_text(field.label, text, sheet.look)


@printed.register
def _printed_score(field: Score, answer: Any, sheet: Sheet) -> Part:
    score = wheel.score_of(field, answer)
    if score is None:
        return Fact(field.label, field.show(answer))
    return Fact(field.label, drawn=ScoreBar(score, field.low, field.high, sheet.look))


@printed.register
def _printed_rows(field: Rows, answer: Any, sheet: Sheet) -> Part:
    rows = filled_rows(answer)
    if not rows:  # a draft may hold anything that was typed
        return long_text(field.label, str(answer), sheet.look)
    asked = [each for each in field.fields if any(is_asked(each, row) and holds(each, row) for row in rows)]
    rows = [row for row in rows if any(is_asked(each, row) and holds(each, row) for each in asked)]
    made = _as_table(field, asked, rows, sheet)
    if made is None:
        return _row_blocks(field, rows, sheet)
    head = paragraphs(field.label, sheet.look.strong)
    return [sheet.look.gap(7), *kept(head, [made], sheet.look), sheet.look.gap(6)]


def _as_table(field: Rows, asked: Sequence[Field], rows: Sequence[Answers], sheet: Sheet) -> Flowable | None:
    """Return rows as a table, if they read well in one."""
    columns = () if sheet.look.is_large else layout(field)
    if actions.is_action(field) and not columns:
        return actions.action_table(actions.action_lines(field, rows, sheet), sheet.look)
    if _fits_table(asked, rows, sheet):
        return _rows_table(field, asked, rows, sheet)
    return side_by_side(field, columns, rows, sheet) if columns else None


@printed.register
def _printed_signatures(field: Signatures, answer: Any, sheet: Sheet) -> Part:
    if filled_rows(answer):
        return _printed_rows(field, answer, sheet)
    return [*kept(paragraphs(field.label, sheet.look.strong), [signing_table(3, sheet.look)], sheet.look)]


def _fits_table(asked: Sequence[Field], rows: Sequence[Mapping[str, Any]], sheet: Sheet) -> bool:
    """Return whether few columns and short answers make the rows readable side by side."""
    texts = [each.show(row.get(each.key)) for each in asked for row in rows]
    words = [word for text in texts for word in text.split()]
    return (
        len(asked) <= (3 if sheet.look.is_large else 5)
        and not any(isinstance(each, Text) and each.quote for each in asked)
        and max(map(len, texts), default=0) <= _CELL_LETTERS
        and max(map(len, words), default=0) <= _WORD_LETTERS
        and not any("\n" in text for text in texts)
    )


def _rows_table(
    field: Rows, asked: Sequence[Field], rows: Sequence[Mapping[str, Any]], sheet: Sheet
) -> Flowable:
    columns = [each.label for each in asked]
    cells = [[_cell(each, row, sheet) for each in asked] for row in rows]
    right = {at for at, each in enumerate(asked) if isinstance(each, Money)}
    if field.actions:
        columns, right = ["", *columns], {at + 1 for at in right}
        cells = [[str(number), *row] for number, row in enumerate(cells, 1)]
    return table(columns, cells, sheet.look, right=right)


def _cell(field: Field, row: Mapping[str, Any], sheet: Sheet) -> Cell:
    answer = answer_of(field, row)
    if not is_asked(field, row) or is_empty(answer):
        return "–"
    if sheet.is_secret(field, row):
        return "Withheld"
    if is_state(field, answer):
        return Chip(field.show(answer), tone(str(answer)), sheet.look)
    return field.show(answer)


def _row_blocks(field: Rows, rows: Sequence[Mapping[str, Any]], sheet: Sheet) -> list[Flowable]:
    blocks: list[Flowable] = []
    for number, row in enumerate(rows, 1):
        named, rest = _block_title(field, row, sheet)
        title = f"{number}  {named}" if len(rows) > 1 or field.actions else named
        body = _composed([_in_block(_part(each, row, sheet)) for each in rest], sheet.look)
        head = [divider(sheet.look)] if number > 1 else []
        blocks += kept([*head, *paragraphs(title, sheet.look.strong)], body, sheet.look)
    label = paragraphs(field.label, sheet.look.quote_title)
    return [sheet.look.gap(6), *kept([*label, sheet.look.gap(3)], blocks, sheet.look), sheet.look.gap(5)]


def _in_block(part: Part) -> Part:
    """Return a short quote as a fact: a panel in every row would be loud."""
    is_short = isinstance(part, Quote) and len(part.words) <= _QUOTE_LETTERS and "\n" not in part.words
    return Fact(part.label, quoted(part.words)) if isinstance(part, Quote) and is_short else part


def _block_title(field: Rows, row: Mapping[str, Any], sheet: Sheet) -> tuple[str, list[Field]]:
    """Return the first answer as the block's title, and the questions that are left to print below."""
    asked = [each for each in field.fields if is_asked(each, row) and holds(each, row)]
    first = asked[0]
    text = first.show(answer_of(first, row))
    may_lead = not isinstance(first, Rows | Score) and len(text) <= _CELL_LETTERS and "\n" not in text
    if may_lead and not sheet.is_secret(first, row):
        return (f"{first.label}: {text}" if isinstance(first, Date | Number | Money) else text), asked[1:]
    return field.row.capitalize(), asked


def _part(field: Field, answers: Mapping[str, Any], sheet: Sheet) -> Part:
    answer = answer_of(field, answers)
    if is_empty(answer):
        if isinstance(field, Signatures):
            return printed(field, answer, sheet)
        return Fact(field.label, "Not answered", is_muted=True)
    if sheet.is_secret(field, answers):
        return Fact(field.label, "Withheld", is_muted=True)
    if is_state(field, answer):
        return Fact(field.label, drawn=Chip(field.show(answer), tone(str(answer)), sheet.look))
    return printed(field, answer, sheet)


def _composed(parts: Sequence[Part], look: Look) -> list[Flowable]:
    """Return the parts in their order; facts that follow each other are set together, and so are quotes."""
    story: list[Flowable] = []
    for kind, group in groupby(parts, type):
        together = list(group)
        if kind is Fact:
            story += facts([each for each in together if isinstance(each, Fact)], look)
        elif kind is Quote:
            story += panel([each for each in together if isinstance(each, Quote)], look)
        else:
            story += [flowable for each in together for flowable in each if isinstance(flowable, Flowable)]
    return story


def _shown(field: Field, answers: Mapping[str, Any], sheet: Sheet) -> bool:
    """Return whether the question has something to print: an answer or, in a draft, that it lacks one."""
    if not is_empty(answer_of(field, answers)):
        return True
    needed = (
        field.required or isinstance(field, Signatures) or (isinstance(field, Rows) and field.at_least > 0)
    )
    return sheet.is_draft and needed


def section_story(
    section: Section, form: Form, sheet: Sheet, earlier: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[Flowable]:
    """Return a section's title and answers; nothing if there is nothing to print."""
    asked = section.asked(sheet.form_answers)
    told = [each for each in asked if _shown(each, sheet.form_answers, sheet)]
    if not told:
        return []
    areas = [each for each in asked if isinstance(each, Score)] if section.look == "star" else []
    story = _star(areas, form, sheet, earlier) if areas else []
    story += fields_story([each for each in told if each not in areas], sheet)
    return kept([Headline(section.title, sheet.look)], story, sheet.look)


def fields_story(fields: Sequence[Field], sheet: Sheet) -> list[Flowable]:
    """Return the answers to the questions that are asked, without a title; nothing if there are none."""
    answers = sheet.form_answers
    told = [each for each in fields if is_asked(each, answers) and _shown(each, answers, sheet)]
    return [part for lead, together in _by_heading(told) for part in _under(lead, together, sheet)]


def _by_heading(told: Sequence[Field]) -> Iterator[tuple[Field | None, list[Field]]]:
    """Yield the questions, those named after one before them («Health: strengths») together with it."""
    together: list[Field] = []
    lead: Field | None = None
    for at, each in enumerate(told):
        if lead and each.label.startswith(f"{lead.label}: "):
            together.append(each)
            continue
        leads = at + 1 < len(told) and told[at + 1].label.startswith(f"{each.label}: ")
        if together and (leads or lead):
            yield lead, together
            together = []
        lead = each if leads else None
        together.append(each)
    if together:
        yield lead, together


def _under(lead: Field | None, together: Sequence[Field], sheet: Sheet) -> list[Flowable]:
    """Return questions under the heading that they have in common, or as they are."""
    answers, look = sheet.form_answers, sheet.look
    if lead is None:
        return [part for alike in _alike(together, answers) for part in _set(alike, sheet)]
    named = [_without(f"{lead.label}: ", each) for each in together if each is not lead]
    story = _alone(lead, answers, sheet) + _composed([_part(each, answers, sheet) for each in named], look)
    return [look.gap(5), *kept(paragraphs(lead.label, look.strong), story, look), look.gap(3)]


def _alike(together: Sequence[Field], answers: Mapping[str, Any]) -> Iterator[list[Field]]:
    """Yield the questions, many that follow each other and take the same few answers together."""
    left: list[Field] = []
    for options, group in groupby(together, lambda each: _ticked_with(each, answers)):
        run = list(group)
        if options and len(run) >= _CHECKLIST:
            yield from ([left] if left else [])
            yield run
            left = []
        else:
            left += run
    yield from ([left] if left else [])


def _ticked_with(field: Field, answers: Mapping[str, Any]) -> Options:
    """Return the few answers of a question that belongs in a checklist, if it is answered."""
    is_one = isinstance(field, Choice) and not field.half and not field.secret_when and len(field.options) < 6
    return (
        field.options if isinstance(field, Choice) and is_one and not is_empty(answers.get(field.key)) else ()
    )


def _set(together: Sequence[Field], sheet: Sheet) -> list[Flowable]:
    """Return questions as they are, a checklist as a table."""
    answers, look = sheet.form_answers, sheet.look
    if len(together) < _CHECKLIST or not all(_ticked_with(each, answers) for each in together):
        return _composed([_part(each, answers, sheet) for each in together], look)
    rows = [[each.label, each.show(answers[each.key])] for each in together]
    return [table((), rows, look, shares=(0.62, 0.38) if look.is_large else (0.78, 0.22)), look.gap(4)]


def _alone(lead: Field, answers: Mapping[str, Any], sheet: Sheet) -> list[Flowable]:
    """Return the answer to the question that is the heading of others: its label is the heading already."""
    part, look = _part(lead, answers, sheet), sheet.look
    if not isinstance(part, Fact):
        return _composed([part], look)
    return [part.drawn] if part.drawn else paragraphs(part.words, look.muted if part.is_muted else look.body)


def _without(start: str, field: Field) -> Field:
    label = field.label.removeprefix(start)
    return replace(field, label=label[:1].upper() + label[1:])


def _star(
    areas: Sequence[Score], form: Form, sheet: Sheet, earlier: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[Flowable]:
    dated = form.dated(sheet.form_answers)
    label = f"{words.day(dated)} (now)" if dated else "Now"
    now = wheel.reading(label, areas, sheet.form_answers)
    before = [wheel.reading(label, areas, answers) for label, answers in list(earlier)[-2:]]
    readings = [*before, now]
    columns, rows = wheel.numbers(areas, readings)
    shares = (0.34, *([0.66 / (len(columns) - 1)] * (len(columns) - 1)))
    story = [sheet.look.gap(6), wheel.chart(areas, readings, sheet.look)]
    if form.acknowledgement:
        story += wheel.acknowledgement(form.acknowledgement, sheet.look)
    return [*story, sheet.look.gap(8), table(columns, rows, sheet.look, shares=shares), sheet.look.gap(8)]


def texts(
    form: Form,
    sections: Sequence[Section],
    answers: Mapping[str, Any],
    earlier: Sequence[tuple[str, Mapping[str, Any]]],
) -> Iterator[tuple[str, str]]:
    """Yield each text that the sections bring to paper, with the words that say where it stands."""
    yield "the form’s title", f"{form.title} {form.acknowledgement} {form.owner}"
    yield "the name of an earlier reading", " ".join(label for label, _ in earlier)
    for section in sections:
        yield f"the section “{section.title}”", section.title
        for field in section.asked(answers):
            if not (field.secret_when and field.secret_when.holds(answers)):
                yield f"“{field.label}”", f"{field.label} {field.show(answer_of(field, answers))}"
