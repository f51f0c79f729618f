"""Whether meetings about education, and the approval of their plans, came in time: two figures, one clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from db import pep_cycle as queries
from db.store import Session


class Timely(NamedTuple):
    """A child's plan of a stretch of time: when it was due, when the meeting was, when it was approved."""

    child_id: UUID
    due_on: date
    met_on: date | None
    approved_on: date | None

    @property
    def meeting_in_time(self) -> bool:
        """Return whether the meeting was held by the day that it was due: this stops the clock."""
        return self.met_on is not None and self.met_on <= self.due_on

    @property
    def approval_in_time(self) -> bool:
        """Return whether the plan was approved by that day as well."""
        return self.approved_on is not None and self.approved_on <= self.due_on


_CLOCKS = ("P2", "P3")


def timely(session: Session, child_ids: Sequence[UUID], first_on: date, last_on: date) -> list[Timely]:
    """Return for each child, in the order given, the newest meeting between two days and whether in time.

    The day it was due is that of the clock that the meeting met, else the last of the two days.
    """
    due = queries.clocks_met(session, child_ids, _CLOCKS)
    newest: dict[UUID, queries.Meeting] = {}
    for each in queries.meetings(session, child_ids, first_on, last_on):
        before = newest.get(each.child_id)
        if before and before.met_on == each.met_on and not each.approved_on:
            continue  # a correction that waits does not undo an approval
        newest[each.child_id] = each
    return [_timely(child_id, newest.get(child_id), due, last_on) for child_id in child_ids]


def _timely(
    child_id: UUID, meeting: queries.Meeting | None, due: dict[tuple[UUID, date], date], last_on: date
) -> Timely:
    if meeting is None:
        return Timely(child_id, last_on, None, None)
    due_on = due.get((child_id, meeting.met_on), last_on)
    return Timely(child_id, due_on, meeting.met_on, meeting.approved_on)
