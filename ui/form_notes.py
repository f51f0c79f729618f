"""What is remarked beside a question: where its answer comes from, or what it was last time."""

from __future__ import annotations

from typing import Any, NamedTuple

from caseapp.form import Answers, Computed, Field, Number, Score, is_empty


class Before(NamedTuple):
    """What was written last time: under which name, by whom in words, and the answers."""

    label: str
    signed: str
    answers: Answers


def from_record(field: Field, answer: Any, known: str) -> str:
    """Return that an answer is what the record knows, as long as it is."""
    return "from the record" if field.show(answer) == field.show(_cleaned(field, known)) else ""


def since_last_time(field: Field, answer: Any, before: Before | None) -> str:
    """Return what a number was last time, and how it moved."""
    if before is None or not isinstance(field, Number | Computed | Score):
        return ""
    was = before.answers.get(field.key)
    return "" if is_empty(was) else f"last time {field.show(was)}{_movement(was, answer)}"


def _cleaned(field: Field, known: str) -> Any:
    try:
        return field.clean(known)
    except ValueError:
        return known


def _movement(was: Any, now: Any) -> str:
    """Return by how much a number went up or down: «, up 3.5»."""
    try:
        by = round(float(now) - float(was), 2)
    except (TypeError, ValueError):
        return ""
    return f", up {by:g}" if by > 0 else f", down {-by:g}" if by < 0 else ""
