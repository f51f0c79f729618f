"""What the ways of printing an answer share: how to print, which answer, which colour repeats its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseapp.form import Choice, Computed, Field, is_empty
from caseapp.paper.page import Look

_STATES = {"status", "result", "outcome", "progress", "rag", "achieved"}  # keys of answers shown as chips
_GREEN = {
    "done",
    "green",
    "fully",
    "achieved",
    "met",
    "complete",
    "completed",
    "yes",
    "on_track",
    "reached",
    "exceeded",
}
_AMBER = {"partly", "amber", "part", "some", "slipping"}
_BLUE = {"in_progress", "started", "under_way", "ongoing", "continuing"}
_RED = {"red", "not", "not_met", "not_achieved", "not_yet", "not_done", "no", "stuck", "overdue", "missed"}


@dataclass(frozen=True)
class Sheet:
    """How to print: the styles, whether it shows what is not answered yet, the day that it tells of."""

    look: Look
    is_draft: bool
    form_answers: Mapping[str, Any]
    as_of: date | None = None

    def is_secret(self, field: Field, answers: Mapping[str, Any]) -> bool:
        """Return whether paper must not show the answer."""
        return bool(field.secret_when and field.secret_when.holds({**self.form_answers, **answers}))

    def words(self, field: Field, row: Mapping[str, Any]) -> str:
        """Return an answer of a row as it is printed: nothing if it is not asked or not answered."""
        answer = answer_of(field, row)
        if not is_asked(field, row) or is_empty(answer):
            return ""
        return "Withheld" if self.is_secret(field, row) else field.show(answer)


def answer_of(field: Field, answers: Mapping[str, Any]) -> Any:
    """Return the answer, worked out anew where it is a computed one that was not stored."""
    stored = answers.get(field.key)
    return field.value(answers) if isinstance(field, Computed) and is_empty(stored) else stored


def is_asked(field: Field, row: Mapping[str, Any]) -> bool:
    """Return whether a row asks the question."""
    return not field.when or field.when.holds(row)


def holds(field: Field, row: Mapping[str, Any]) -> bool:
    """Return whether a row has an answer."""
    return not is_empty(answer_of(field, row))


def is_state(field: Field, answer: Any) -> bool:
    """Return whether the answer is one of the words that chips are for; a draft may hold any others."""
    if not isinstance(field, Choice) or field.key not in _STATES:
        return False
    return any(answer == code for code, _ in field.options)


def tone(code: str) -> str:
    """Return the colour that repeats what a state says: green, amber, red, blue or grey."""
    tones = (("green", _GREEN), ("amber", _AMBER), ("red", _RED), ("blue", _BLUE))
    return next((name for name, codes in tones if code in codes), "grey")
