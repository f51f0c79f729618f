"""The grid of a child's attainment: a line a subject, a column a term, how each judgement moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from caseapp.education import judgements
from caseapp.education import school_rules as rules
from caseapp.education.new_rows import NewAttainment
from caseapp.form_parts import pep_lists as lists
from db import names
from db.models import Attainment

_FIRST_SUBJECTS: Final = tuple(names.fold(subject) for subject in lists.FIRST_SUBJECTS)


class Cell(NamedTuple):
    """How a subject stood in a term. `trend` and `since_start` are up, same, down or nothing."""

    id: UUID
    version: int
    judgement: str
    words: str
    framework: str
    trend: str
    since_start: str
    given: NewAttainment


class SubjectRow(NamedTuple):
    """A subject: where it stood on coming into care, then a cell or None for each term of the grid."""

    subject: str
    baseline: Cell | None
    cells: list[Cell | None]


class Grid(NamedTuple):
    """Attainment: the terms from the oldest to the latest, and the subjects."""

    terms: list[str]
    subjects: list[SubjectRow]


def grid(rows: Sequence[Attainment]) -> Grid:
    """Return attainment as subject by term; rows come from the oldest to the latest.

    Of several rows of a subject in a term the latest stands. A trend compares with the term before it that
    was assessed, and with the starting point: the first row marked so.
    """
    assessed = [each for each in rows if not each.baseline]
    columns = rules.latest_terms([(each.school_year, each.term) for each in assessed], len(assessed))
    named: dict[str, str] = {}
    for each in rows:
        named[names.fold(each.subject)] = each.subject
    subjects = [
        _subject(subject, [each for each in rows if names.fold(each.subject) == folded], columns)
        for folded, subject in sorted(named.items(), key=lambda item: _subject_order(item[0]))
    ]
    return Grid([rules.term_words(*each) for each in columns], subjects)


def _subject_order(folded: str) -> tuple[int, str]:
    """Return reading, writing and maths first, then English and science, then the alphabet."""
    place = _FIRST_SUBJECTS.index(folded) if folded in _FIRST_SUBJECTS else len(_FIRST_SUBJECTS)
    return place, folded


def _subject(subject: str, rows: Sequence[Attainment], columns: Sequence[tuple[int, str]]) -> SubjectRow:
    start = next((each for each in rows if each.baseline), None)
    latest = {(each.school_year, each.term): each for each in rows if not each.baseline}
    cells: list[Cell | None] = []
    before = ""
    for column in columns:
        row = latest.get(column)
        cells.append(_cell(row, before, start.judgement if start else "") if row else None)
        if row and judgements.judgement_rank(row.judgement) is not None:
            before = row.judgement
    return SubjectRow(subject, _cell(start, "", "") if start else None, cells)


def _cell(row: Attainment, before: str, start: str) -> Cell:
    given = NewAttainment(
        row.subject, row.assessed_on, row.framework, row.result, row.judgement, row.progress, row.target,
        row.comment, row.baseline, row.school_id,
    )  # fmt: skip
    return Cell(
        row.id,
        row.version,
        row.judgement,
        judgements.judgement_words(row.judgement),
        dict(lists.FRAMEWORKS).get(row.framework, row.framework),
        judgements.trend(row.judgement, before),
        judgements.trend(row.judgement, start),
        given,
    )
