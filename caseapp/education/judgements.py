"""Judgements against the age, and results as schools write them. Pure."""

from __future__ import annotations

import re
from typing import Final

from caseapp.form_parts import pep_lists as lists

JUDGED: Final = ("WB", "B", "E", "GD")
"""Judgements against the age, lowest first; N (not assessed) stands outside."""


def judgement_rank(code: str) -> int | None:
    """Return how high a judgement stands, 0 to 3; nothing where it was not assessed."""
    return JUDGED.index(code) if code in JUDGED else None


def trend(now: str, before: str) -> str:
    """Return up, same or down; nothing while one of the two is not assessed."""
    new, old = judgement_rank(now), judgement_rank(before)
    if new is None or old is None:
        return ""
    return "same" if new == old else "up" if new > old else "down"


def is_at_expected(code: str) -> bool | None:
    """Return whether a judgement is at the age's expectation or above; None where it was not assessed."""
    rank = judgement_rank(code)
    return None if rank is None else rank >= JUDGED.index("E")


def judgement_words(code: str) -> str:
    """Return a judgement as words."""
    return dict(lists.JUDGEMENTS).get(code, code)


_BETWEEN: Final = {"phonics": (0, 40), "tables": (0, 25), "ks2": (80, 120)}
_LETTERS: Final = {
    "phonics": frozenset("ADLQ"),
    "tables": frozenset("ADLQ"),
    "ks2": frozenset({"AS", "NS", "A", "B", "CA", "CN", "F", "H", "L", "M", "N", "P", "Q", "R", "S", "T"}),
}
_GCSE: Final = re.compile(r"[1-9]|[1-9]-[1-9]|[1-9]{2}|[XU]|U-U|UU|A\*|[A-G]|A\*A\*|[A-G]{2}")


def check_result(framework: str, result: str) -> None:
    """Raise ValueError with a sentence for a result that a national scheme cannot have.

    Grades of older schemes (A* to G) are taken; what schools and colleges set themselves is free.
    """
    said = result.replace(" ", "").upper()
    if not said:
        return
    if framework in _BETWEEN:
        low, high = _BETWEEN[framework]
        if said not in _LETTERS[framework] and not (said.isdecimal() and low <= int(said) <= high):
            raise ValueError(f"“{result}” is no result of this check: a number from {low} to {high}.")
    elif framework == "gcse" and not _GCSE.fullmatch(said):
        raise ValueError(f"“{result}” is no GCSE grade: 9 to 1, U or X, or two of them such as 5-4.")
