"""Scores from 0 to 10, by whoever gave them: lines over time, side by side, never averaged. No store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp.form_parts.early_help_lists import RESPONDENTS as ROLES
from caseapp.measure_rules import Gap, change

FAMILY = "The family"
RESPONDENTS = ROLES
_OF_FAMILY = ("child", "parent")
_FAMILY_WORDS = frozenset({"", "family", "the family", "our family", "the whole family"})


class Point(NamedTuple):
    """One score. `source` says where it stands: a document (`revision_id`) or typed here (`measure_id`)."""

    on: date
    respondent: str
    role: str
    subject: str
    score: int
    why_not_lower: str
    one_higher: str
    source: str
    revision_id: UUID | None
    measure_id: UUID | None


class Line(NamedTuple):
    """One person's scores of one subject, oldest first."""

    respondent: str
    role: str
    subject: str
    points: tuple[Point, ...]

    @property
    def role_words(self) -> str:
        """Return as what the person answered."""
        return dict(RESPONDENTS).get(self.role, self.role)

    @property
    def latest(self) -> Point:
        """Return the newest score."""
        return self.points[-1]

    @property
    def change(self) -> int | None:
        """Return the latest less the first; None for a single score."""
        return change([each.score for each in self.points])


def named(typed: str, child_names: Iterable[str]) -> str:
    """Return a subject or respondent under one name: the child by the first of its names, the family as such.

    >>> named("leo hartley", ["Leo", "Leo Hartley"]), named("the family ", ["Leo"]), named("Mia", ["Leo"])
    ('Leo', 'The family', 'Mia')
    """
    tidy = " ".join(typed.split())
    names = list(child_names)
    if tidy.casefold() in _FAMILY_WORDS:
        return FAMILY
    if tidy.casefold() in {name.casefold() for name in names}:
        return names[0]
    return tidy


def lines(points: Iterable[Point]) -> list[Line]:
    """Return the scores by respondent and subject; family before workers, by name.

    The same score of the same day that stands in two documents is one. Two different scores both stand.
    """
    found: dict[tuple[str, str, str], dict[tuple[date, int], Point]] = {}
    for each in sorted(points, key=lambda point: point.on):
        key = (each.subject.casefold(), each.role, each.respondent.casefold())
        found.setdefault(key, {}).setdefault((each.on, each.score), each)
    made = [
        Line(kept[0].respondent, kept[0].role, kept[0].subject, kept)
        for kept in (tuple(scores.values()) for scores in found.values())
    ]
    order = [code for code, _ in RESPONDENTS]
    return sorted(made, key=lambda each: (each.subject, order.index(each.role), each.respondent))


def gaps(found: Iterable[Line]) -> list[Gap]:
    """Return each family member's latest score beside each worker's of the same subject."""
    all_lines = list(found)
    return [
        Gap(mine.subject, mine.respondent, mine.latest.score, theirs.respondent, theirs.latest.score)
        for mine in all_lines
        for theirs in all_lines
        if mine.role in _OF_FAMILY and theirs.role not in _OF_FAMILY and mine.subject == theirs.subject
    ]
