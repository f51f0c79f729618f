"""How questions share a line of paper that is filled in by pen: each by the room that its answer needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from caseapp.form import Choice, Choices, Computed, Date, Field, Money, Number, Score, Text
from caseapp.paper.fonts import text_width
from caseapp.paper.page import WIDTH, Look
from caseapp.paper.tick_boxes import fits_list, lines_of

# isort: split
from reportlab.lib.units import mm

TWELFTHS = 12
GAP = 6 * mm  # between two questions side by side
_SPANS = (3, 4, 6)
_NARROW = 3
_LEAST_LIST = 3  # so many questions that take the same answers are a list
_MOST_LINES, _MOST_BESIDE, _LINES_OF_THIRD = 5, 3, 2
_LONG = 4  # lines from here on take the whole width
_RING = 7 * mm


class Placed(NamedTuple):
    """A question with its share of the line, in twelfths, and how many lines there are to write on."""

    field: Field
    twelfths: int
    lines: int = 1

    @property
    def width(self) -> float:
        """Return how wide the room is, without the gap to the next one."""
        return room(self.twelfths)


def room(twelfths: int) -> float:
    """Return the width of so many twelfths of the line, without the gap to the next question."""
    return twelfths * (WIDTH + GAP) / TWELFTHS - GAP


def lists_of(fields: Sequence[Field], style: Look) -> Iterator[tuple[bool, list[Field]]]:
    """Yield (whether they are a list, questions): those that follow each other with the same answers are."""
    if style.is_large:
        yield False, list(fields)
        return
    left: list[Field] = []
    for _, group in groupby(fields, lambda each: each.options if isinstance(each, Choice) else id(each)):
        run = list(group)
        choices = [each for each in run if isinstance(each, Choice)]
        if len(choices) >= _LEAST_LIST and fits_list(choices, style):
            if left:
                yield False, left
            yield True, run
            left = []
        else:
            left += run
    if left:
        yield False, left


def placed(fields: Sequence[Field], style: Look, *, narrow: bool = False) -> Iterator[list[Placed]]:
    """Yield the questions of each line, in their order.

    `narrow` ones, that come back for one thing after another, stand four to a line; those that the first line
    does not hold are answered in a few words.
    """
    left, is_first = list(fields), True
    while left:
        spans: list[int] = []
        for each in left:
            span = (
                _NARROW if narrow and isinstance(each, Text) and not style.is_large else _least(each, style)
            )
            if sum(spans) + span > TWELFTHS:
                break
            spans.append(span)
        together, left = left[: len(spans)], left[len(spans) :]
        if narrow and not is_first:
            together = [replace(each, lines=1) if isinstance(each, Text) else each for each in together]
        yield _lined(together, _spread(together, spans))
        is_first = False


def _lined(fields: Sequence[Field], spans: Sequence[int]) -> list[Placed]:
    """Return the questions of a line; texts side by side have as many lines to write on."""
    lines = [
        _lines(each, span) if isinstance(each, Text) else 1 for each, span in zip(fields, spans, strict=True)
    ]
    tallest = max(lines)
    return [
        Placed(each, span, tallest if isinstance(each, Text) and each.lines > 1 else 1)
        for each, span in zip(fields, spans, strict=True)
    ]


def _lines(field: Text, span: int) -> int:
    """Return how many lines to write on."""
    if field.lines == 1 or field.prefill:  # of what the record knows there is only something to correct
        return 1
    if span == TWELFTHS:
        return min(_MOST_LINES, field.lines)
    if _NARROW < span < TWELFTHS // 2:
        return _LINES_OF_THIRD
    return min(_MOST_BESIDE, field.lines)


def _least(field: Field, style: Look) -> int:
    """Return the least share of the line in which a question can be answered."""
    if style.is_large:
        is_short = isinstance(field, Date | Number | Money) and len(field.label) < 30
        return TWELFTHS // 2 if is_short else TWELFTHS
    return max(_for_answer(field, style), _for_label(field, style))


def _for_answer(field: Field, style: Look) -> int:
    if isinstance(field, Date):
        return 4
    if isinstance(field, Number | Money | Computed):
        return 3
    if isinstance(field, Text):
        return _for_text(field)
    if isinstance(field, Choice | Choices):
        return _for_options(field, style)
    return _for_score(field, style) if isinstance(field, Score) else TWELFTHS


def _for_text(field: Text) -> int:
    if field.lines >= _LONG and not field.prefill:
        return TWELFTHS
    is_short = field.half or bool(field.when)
    return 4 if is_short else 6


def _for_options(field: Choice | Choices, style: Look) -> int:
    lines = {span: lines_of(field.options, style, room(span)) for span in _SPANS}
    for span, most in ((3, 1), (4, 1), (6, 1), (4, 2), (6, 3)):
        if lines[span] <= most:
            return span
    return TWELFTHS


def _for_score(field: Score, style: Look) -> int:
    count = field.high - field.low + 1
    note = style.note
    ends = sum(text_width(each, note.fontName, note.fontSize) for each in (field.low_words, field.high_words))
    half = room(TWELFTHS // 2)
    return TWELFTHS // 2 if count * _RING <= half and ends + GAP < min(half, count * _RING) else TWELFTHS


def _for_label(field: Field, style: Look) -> int:
    """Return the share in which the label takes two lines at most, and the hint three."""
    strong, note = style.strong, style.note
    label = text_width(field.label, strong.fontName, strong.fontSize)
    hint = text_width(field.help, note.fontName, note.fontSize)
    needed = max(label / 1.8, hint / 2.7)
    return next((span for span in (3, 4, 6) if needed <= room(span)), TWELFTHS)


def _spread(fields: Sequence[Field], spans: Sequence[int]) -> list[int]:
    """Return the shares, with what is left of the line given to those who write most."""
    wide = list(spans)
    texts = [at for at, each in enumerate(fields) if isinstance(each, Text)]
    takers = texts or [at for at, each in enumerate(fields) if isinstance(each, Choice | Choices | Score)]
    for turn in range(TWELFTHS - sum(spans)):
        if takers:
            wide[takers[turn % len(takers)]] += 1
    return wide
