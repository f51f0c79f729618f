"""The columns of families with early help: status and lateness as chips, the family as a link."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from caseapp import words
from caseapp.early_help.families import FamilyRow
from ui.help_status import status_look
from ui.more_rows import MoreRows
from ui.rows_table import Cell, RowsTable

REF, FAMILY, STATUS, LEVEL, LEAD, REVIEW, OPENED = range(7)


def cells() -> tuple[Cell, ...]:
    """Return the columns of the table."""
    return (
        Cell("Reference", _ref, 100),
        Cell("Family", _family, 26, is_link=True),
        Cell("Status", status_words, 19, _status_meaning, tip=_statuses, icon=_status_icon),
        Cell("Level of need", _level, 15),
        Cell("Lead practitioner", _lead, 16),
        Cell("Next review", review_of, 182, _review_meaning),
        Cell("Opened", _opened, 112, is_spare=True),
    )


def families_table(model: MoreRows[FamilyRow, Any]) -> RowsTable:
    """Return the table; a row opens the oldest child of the family."""
    return RowsTable("Families with early help", cells(), model, attrgetter("child_id"))


def _ref(row: FamilyRow) -> str:
    return f"EH-{row.number}"


def _family(row: FamilyRow) -> str:
    return row.family


def status_words(row: FamilyRow) -> str:
    """Return the status of the oldest, and how many others differ from it."""
    more = len(row.statuses) - 1
    return row.statuses[0] + (f" +{more}" if more else "")


def _statuses(row: FamilyRow) -> str:
    return ", ".join(row.statuses)


def _level(row: FamilyRow) -> str:
    return row.level_words or "–"


def _lead(row: FamilyRow) -> str:
    return row.lead or "Nobody yet"


def review_of(row: FamilyRow) -> str:
    """Return the day of the next review, and whether it has passed."""
    if row.review_on is None:
        return "–"
    day = words.day(row.review_on)
    return f"Overdue, {day}" if row.is_late else day


def _opened(row: FamilyRow) -> str:
    return words.day(row.opened_on)


def _status_meaning(row: FamilyRow) -> str:
    return status_look(row.status)[0]


def _status_icon(row: FamilyRow) -> str:
    return status_look(row.status)[1]


def _review_meaning(row: FamilyRow) -> str:
    return "overdue" if row.is_late else ""
