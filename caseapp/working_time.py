"""Working time: a worker's share of full time, protected first year and time away; what averages make of it.

Sources: cases held ÷ full-time equivalent case holders (DfE, children's social work workforce); away for over
four weeks is no case holder; in the first year a load is protected at nine tenths of the target.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.lines import line
from caseapp.typed_rows import check_order, refuse_unless
from db import working_time as queries
from db.models import Leave, Worker
from db.moments import utc_now
from db.problems import NotAllowed, NotFound, Stale
from db.roles import authorise, may
from db.store import Session

PURPOSE: Final = "working time"
WHOLE: Final = Decimal(1)
LONG: Final = timedelta(weeks=4)
PROTECTED: Final = Decimal("0.9")
"""Of the target: what a newly qualified worker holds at most in the first year."""


class WorkingTime(NamedTuple):
    """How a worker works on a day. `away`: the first day of the leave, and the last if that is known.

    A worker who `only_manages` holds a case now and then: the post is none of a case holder.
    """

    share: Decimal = WHOLE
    first_year_from: date | None = None
    away: tuple[date, date | None] | None = None
    only_manages: bool = False

    def is_first_year(self, on: date) -> bool:
        """Return whether the day lies in the protected first year."""
        since = self.first_year_from
        return since is not None and since <= on < since + relativedelta(years=1)

    def is_long_away(self, on: date) -> bool:
        """Return whether the leave of the day is of over four weeks."""
        return self.away is not None and is_long(*self.away, on)

    def limit(self, target: Decimal, on: date) -> Decimal | None:
        """Return the most cases of the first year, by the share of full time; None after it.

        >>> WorkingTime(first_year_from=date(2026, 9, 1)).limit(Decimal(16), date(2026, 11, 23))
        Decimal('14.4')
        """
        return target * PROTECTED * self.share if self.is_first_year(on) else None

    def words(self, on: date) -> str:
        """Return in words what is not as usual: 0.6 of full time, first year, away since 01/10/2026."""
        found = [f"{shown_share(self.share)} of full time"] if self.share != WHOLE else []
        if self.first_year_from and self.is_first_year(on):
            found.append(
                f"first year until {words.day(self.first_year_from + relativedelta(years=1, days=-1))}"
            )
        if self.away:
            first, last = self.away
            back = f" to {words.day(last)}" if last else f" since {words.day(first)}"
            found.append(f"away{back}" if last is None else f"away {words.day(first)}{back}")
        return ", ".join(found)


USUAL: Final = WorkingTime()


def shown_share(share: Decimal) -> str:
    """Return a share without noughts behind it.

    >>> shown_share(Decimal("0.6000"))
    '0.6'
    """
    return f"{share.normalize():f}"


def on_day(rows: Mapping[UUID, queries.TimeRow], away: Sequence[queries.LeaveRow]) -> dict[UUID, WorkingTime]:
    """Return how each worker works, from what is kept: of two leaves at once the longer counts."""
    leaves: dict[UUID, tuple[date, date | None]] = {}
    for each in sorted(away, key=lambda leave: (leave.until_on or date.max) - leave.from_on):
        leaves[each.worker_id] = (each.from_on, each.until_on)
    return {
        row.id: WorkingTime(
            WHOLE if row.fte is None else row.fte,
            row.nqsw_from,
            leaves.get(row.id),
            only_manages(row.roles, row.fte),
        )
        for row in rows.values()
    }


def only_manages(roles: Collection[str], fte: Decimal | None) -> bool:
    """Return whether a worker is a manager and no case holder: no practitioner, no share recorded.

    >>> only_manages(["manager"], None), only_manages(["manager"], Decimal("0.2"))
    (True, False)
    >>> only_manages(["manager", "practitioner"], None), only_manages([], None)
    (False, False)
    """
    return "manager" in roles and "practitioner" not in roles and fte is None


def long_away(away: Sequence[queries.LeaveRow], on: date) -> set[UUID]:
    """Return the workers who are away for over four weeks on a day."""
    return {each.worker_id for each in away if is_long(each.from_on, each.until_on, on)}


def is_long(first: date, last: date | None, on: date) -> bool:
    """Return whether a leave is of over four weeks: by its end, or by the day so far if it has none."""
    return (last or on) - first + timedelta(days=1) > LONG


@dataclass(frozen=True)
class Away:
    """A leave as it is typed. Without an end it goes on; the reason is for managers alone."""

    from_on: date
    until_on: date | None = None
    why: str = ""


class Opened(NamedTuple):
    """A worker's time, opened to be changed. Leave is listed the earliest first."""

    worker_id: UUID
    version: int
    name: str
    time: NewTime


@dataclass(frozen=True)
class NewTime:
    """A worker's time as it is to be, with every leave that stands on the record."""

    share: Decimal = WHOLE
    first_year_from: date | None = None
    leave: tuple[Away, ...] = ()


def open_time(session: Session, worker_id: UUID) -> Opened:
    """Return a worker's time. For administrators, and managers of the worker's team. Raises NotAllowed."""
    row = _worker(session, worker_id)
    leave = tuple(Away(each.from_on, each.until_on, each.why) for each in queries.leave_of(session, row.id))
    share = WHOLE if row.fte is None else row.fte
    return Opened(row.id, row.version, row.name, NewTime(share, row.nqsw_from, leave))


def save(session: Session, worker_id: UUID, opened: int, new: NewTime) -> None:
    """Record a worker's time; it counts for every day that is looked at from now on.

    A leave is known by its first day; one that is no longer among them goes off the record.
    Raises NotAllowed, Problem for what cannot be, Stale if somebody else changed the worker meanwhile.
    """
    row = _worker(session, worker_id)
    if row.version != opened:
        raise Stale(
            "Somebody else changed this worker after you opened it. Nothing was saved. Open it again."
        )
    _check(new)
    row.fte, row.nqsw_from = None if new.share == WHOLE else new.share, new.first_year_from
    kept = {each.from_on: each for each in queries.leave_of(session, row.id)}
    for day in kept.keys() - {each.from_on for each in new.leave}:
        gone = kept[day]
        gone.deleted_at, gone.deleted_by = utc_now(), session.actor.worker_id
        gone.delete_reason = "Taken off the worker's leave"
    for each in new.leave:
        leave = kept.get(each.from_on) or Leave(worker_id=row.id, from_on=each.from_on)
        leave.until_on, leave.why = each.until_on, line(each.why, "A reason")
        session.add(leave)


def _check(new: NewTime) -> None:
    refuse_unless(
        0 < new.share <= 1 and new.share * 100 % 1 == 0,
        "The share of full time is over 0 and at most 1, with two places at most.",
    )
    for each in new.leave:
        check_order(each.from_on, each.until_on)
    in_order = sorted(new.leave, key=lambda each: each.from_on)
    for before, after in pairwise(in_order):
        refuse_unless(
            before.until_on is not None and before.until_on < after.from_on,
            f"The leave from {words.day(after.from_on)} begins before the one before it ended.",
        )


def _worker(session: Session, worker_id: UUID) -> Worker:
    is_office = may(session.actor, "users").allowed
    if not is_office:
        authorise(session.actor, "allocate")
    row = queries.worker(session, worker_id)
    if row is None:
        raise NotFound("There is no such worker.")
    if not is_office and row.team_id != session.actor.team_id:
        raise NotAllowed("Working time is recorded by the manager of the worker’s own team.")
    return row
