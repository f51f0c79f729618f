"""A row of the care record as a card shows it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import words


class Flag(NamedTuple):
    """A word about a row, with its meaning: on_track, due_soon, overdue, warning, info or neutral."""

    words: str
    meaning: str


class Shown(NamedTuple):
    """A row: its title, what is told of it, its flags, and what an edit begins with."""

    id: UUID
    version: int
    given: Any
    title: str
    told: tuple[str, ...]
    flags: tuple[Flag, ...] = ()


def span(from_on: date, until_on: date | None) -> str:
    """Return two days as words: From 03/02/2026 to 09/02/2026, Since 03/02/2026."""
    if until_on is None:
        return f"Since {words.day(from_on)}"
    return f"From {words.day(from_on)} to {words.day(until_on)}"


def told(*parts: str) -> tuple[str, ...]:
    """Return what is told of a row, without what says nothing."""
    return tuple(part for part in parts if part)


def labelled(label: str, value: str) -> str:
    """Return a value with its label; nothing where there is no value."""
    return f"{label}: {value}" if value else ""
