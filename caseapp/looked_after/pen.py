"""The forms of care as they are filled in by pen: short, without what the record knows or says later."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from caseapp.form import Choice, Choices, Field, Form, Rows, Text

KINDS: Final = frozenset(
    {"care-plan", "placement-plan", "lac-review", "team-around-you", "health-assessment", "return-interview"}
)
_MOST_LINES, _MOST_OF_OWN_WORDS = 2, 3
_TOP: Final = frozenset({"name", "known_as", "born_on"})  # stand above every empty form
_LATER: Final = frozenset({"resolved_on", "outcome"})
_MOST_COLUMNS, _FEW, _ROWS = 5, 3, 3
_NEW: Final = frozenset({"what", "outcome", "who", "by"})


def for_pen(form: Form) -> Form:
    """Return a form of care with less room, and without questions that nobody needs to answer by pen."""
    conditions = [each.when for each in form.sections] + [each.when for each in form.fields]
    named = {each.key for each in conditions if each}
    sections = tuple(replace(each, fields=_by_pen(each.fields, named)) for each in form.sections)
    return replace(form, sections=tuple(each for each in sections if each.fields))


def _by_pen(fields: Sequence[Field], named: Collection[str]) -> tuple[Field, ...]:
    kept = [each for each in fields if each.key in named or not (each.prefill or each.key in _TOP)]
    return tuple(_shorter(each) for each in kept)


def _shorter(field: Field) -> Field:
    if isinstance(field, Text):
        most = _MOST_OF_OWN_WORDS if field.quote else _MOST_LINES
        return replace(field, lines=min(field.lines, most))
    if isinstance(field, Rows) and field.actions:
        # How far a decision is, is said later; its number is given when the form is signed.
        return replace(field, fields=tuple(each for each in field.fields if each.key in _NEW))
    return _as_table(field) if isinstance(field, Rows) else field


def _as_table(field: Rows) -> Rows:
    """Return rows as columns of a table where few questions are left; a long list is answered in words."""
    left = [each for each in field.fields if not each.when and each.key not in _LATER]
    if len(left) > _MOST_COLUMNS or any(isinstance(each, Choices | Rows) for each in left):
        return field
    columns = [
        Text(each.key, each.label, half=True)
        if isinstance(each, Choice) and len(each.options) > _FEW
        else each
        for each in left
    ]
    return replace(field, fields=tuple(columns), at_least=max(field.at_least, _ROWS))
