"""Texts as people type or paste them into a record: tidied, and refused in words where they are too long."""

from __future__ import annotations

from caseapp import words
from db.problems import Problem

LINE, PARAGRAPHS = 500, 20_000  # letters, the same that the questions of forms take


def line(typed: str, what: str) -> str:
    """Return a name or the like as stored: tidied, in one line. Raises Problem if it is too long."""
    return " ".join(_within(typed, what, LINE).split())


def paragraphs(typed: str, what: str) -> str:
    """Return longer words as stored: tidied, with their line ends. Raises Problem if they are too long."""
    return _within(typed, what, PARAGRAPHS)


def _within(typed: str, what: str, most: int) -> str:
    text = words.tidy(typed).strip()
    if len(text) > most:
        raise Problem(f"{what} takes {most:,} letters; you have typed {len(text):,}. Nothing was saved.")
    return text
