"""Rows of a record typed one at a time: added, changed and taken off, each checked in plain sentences.

A package of rows says what kinds it has: for the dataclass of what is typed, the table and the check. A check
takes (session, child, what was typed, the row that it changes or None); it returns the columns or raises
Problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import codes, dates, words
from caseapp.lines import line, paragraphs
from db.children import child_of
from db.models import AboutChild, Child
from db.moments import utc_now
from db.problems import NotFound, Problem, Stale
from db.store import Session

Check = Callable[[Session, Child, Any, Any], dict[str, Any]]


class Kind(NamedTuple):
    """Where a kind of row stands, and what must hold of it."""

    table: type[AboutChild]
    check: Check


Kinds = Mapping[type[Any], Kind]


def add(session: Session, kinds: Kinds, child_id: UUID, new: Any) -> UUID:
    """Add a row; the child's clocks are worked out anew. Raises Problem or NotFound."""
    child = child_of(session, child_id)
    kind = kinds[type(new)]
    made: Any = kind.table
    row: AboutChild = made(child_id=child.id, **kind.check(session, child, new, None))
    session.add(row)
    session.flush()  # the id is made now: refreshing the clocks may wait
    dates.refresh(session, child)
    return row.id


def change(session: Session, kinds: Kinds, row_id: UUID, opened: int, new: Any) -> None:
    """Put other values into a row that was opened at a version. Raises Stale, Problem or NotFound."""
    kind = kinds[type(new)]
    row = row_of(session, kind.table, row_id, opened)
    child = child_of(session, row.child_id)
    for name, value in kind.check(session, child, new, row).items():
        setattr(row, name, value)
    dates.refresh(session, child)


def remove(session: Session, table: type[AboutChild], row_id: UUID, opened: int, reason: str) -> None:
    """Take a row off the record that was entered by mistake; the history keeps it, with the reason."""
    because = line(reason, "A reason")
    refuse_unless(bool(because), "Say why it is taken off the record.")
    row = row_of(session, table, row_id, opened)
    row.deleted_at, row.deleted_by, row.delete_reason = utc_now(), session.actor.worker_id, because
    dates.refresh(session, child_of(session, row.child_id))


def row_of(session: Session, table: type[AboutChild], row_id: UUID, opened: int) -> Any:
    """Return a row to be changed. Raises Stale if it is no longer as it was opened, NotFound."""
    row = session.get(table, row_id)
    if row is None:
        raise NotFound("There is no such row, or you may not see it.")
    if row.version != opened:
        raise Stale("Somebody else changed this row after you opened it. Nothing was saved. Open it again.")
    return row


def typed(new: Any, long: Collection[str] = ("words",)) -> dict[str, Any]:
    """Return what was typed as columns: texts tidied, those in `long` with their line ends."""
    found: dict[str, Any] = {}
    for each in fields(new):
        value = getattr(new, each.name)
        if isinstance(value, str):
            tidy = paragraphs if each.name in long else line
            value = tidy(value, each.name.replace("_", " ").capitalize())
        found[each.name] = value
    return found


def refuse_unless(holds: bool, because: str) -> None:
    """Raise Problem with a sentence unless something holds."""
    if not holds:
        raise Problem(f"{because} Nothing was saved.")


def check_past(session: Session, *days: date | None) -> None:
    """Refuse days to come."""
    for day in days:
        if day and day > session.today:
            raise Problem(f"{words.day(day)} is still to come. Nothing was saved. Give the day it happened.")


def check_past_moments(*moments: datetime | None) -> None:
    """Refuse moments to come."""
    for each in moments:
        refuse_unless(each is None or each <= utc_now(), "That moment is still to come.")


def check_order(first: date | None, last: date | None, what: str = "end before it begins") -> None:
    """Refuse an end before its beginning."""
    refuse_unless(not first or not last or first <= last, f"It cannot {what}.")


def check_after_birth(child: Child, day: date) -> None:
    """Refuse a day before the child was born."""
    refuse_unless(
        not child.born_on or child.born_on <= day, f"{words.day(day)} is before the child was born."
    )


def check_one_of(code: str, options: Collection[str], what: str) -> None:
    """Refuse what is not on a list."""
    refuse_unless(code in options, f"“{code[:40]}” is not {what} on the list.")


def check_code(field: str, code: str, what: str) -> None:
    """Refuse what is no code of a field of the return."""
    refuse_unless(code in codes.return_codes(field), f"“{code[:40]}” is not {what} of the return.")
