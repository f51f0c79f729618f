"""How timely the front door is: each measure for a month, the month before, and twelve months by month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import dates, words
from caseapp.front_door.measures import MEASURES, SHARE, Data, Measure, Period, Told
from caseapp.typed_rows import refuse_unless
from db import front_door as queries
from db.looks import record_look
from db.moments import utc_now
from db.roles import authorise
from db.store import Session

TITLE: Final = "Front door: timeliness"
NOTHING: Final = "–"
"""What stands where there was nothing to take a share of: not nought."""
COLUMNS: Final = ("Child", "Reference", "What was seen")
MONTHS: Final = 12


class Row(NamedTuple):
    """A child in the list behind a figure."""

    child_id: UUID
    ref: int
    name: str
    said: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what a list shows, in its columns' order."""
        return (self.name, str(self.ref), self.said)


@dataclass(frozen=True)
class Figure:
    """A number made of nothing but its rows. `others`: what was looked at and does not count."""

    measure: Measure
    rows: tuple[Row, ...]
    others: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return the numerator."""
        return len(self.rows)

    @property
    def of(self) -> int:
        """Return the denominator."""
        return len(self.rows) + len(self.others)

    @property
    def value(self) -> Decimal | None:
        """Return the number or the per cent; None for a share of nothing."""
        if self.measure.unit == SHARE:
            return words.percent(self.count, self.of) if self.of else None
        return Decimal(self.count)

    @property
    def shown(self) -> str:
        """Return the number as people read it: 85.4 %, 12, or nothing."""
        if self.value is None:
            return NOTHING
        return f"{self.value} %" if self.measure.unit == SHARE else str(self.value)

    @property
    def beneath(self) -> str:
        """Return the numerator of its denominator: «41 of 48 contacts»."""
        one, many = self.measure.thing
        if self.measure.unit == SHARE:
            return f"{self.count} of {words.count(self.of, one, many)}" if self.of else f"no {many}"
        return words.count(self.count, one, many)

    @property
    def whole(self) -> str:
        """Return the number with what it is told of, in one line."""
        return f"{self.shown} ({self.beneath})" if self.measure.unit == SHARE and self.of else self.beneath


class Line(NamedTuple):
    """A measure: the month, the month before, twelve months together and one by one, the oldest first.

    What stands as at a day has no sum of twelve months.
    """

    measure: Measure
    month: Figure
    before: Figure
    year: Figure | None
    months: tuple[tuple[Period, Figure], ...]


class Timeliness(NamedTuple):
    """All measures of a month, and what was asked for."""

    month: Period
    before: Period
    year: Period
    once: bool
    counted_at: datetime
    lines: tuple[Line, ...]

    def one(self, key: str) -> Line:
        """Return a measure by its key."""
        return next(each for each in self.lines if each.measure.key == key)

    @property
    def words(self) -> str:
        """Return what was asked for, in words."""
        said = "Brothers and sisters of one contact count once" if self.once else "Each child counts"
        return (
            f"{month_words(self.month)} beside {month_words(self.before)}, and the twelve months "
            f"to {words.day(self.year.until)}. {said}. Counted {words.moment(self.counted_at)}."
        )


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def month_words(month: Period) -> str:
    """Return a month as people say it: February 2015."""
    return f"{words.MONTHS[month.since.month - 1]} {month.since.year}"


def months_to(month: Period, number: int = MONTHS) -> list[Period]:
    """Return so many months that end with one, the oldest first."""
    return [month_of(month.since - relativedelta(months=back)) for back in reversed(range(number))]


def timeliness(session: Session, day: date, *, once: bool = False) -> Timeliness:
    """Return every measure for the month of a day, of the children whom I may see. The look is recorded.

    `once`: brothers and sisters of one contact count once, in time when all were. Raises Problem for a month
    ahead, NotAllowed for those who see no records.
    """
    authorise(session.actor, "read")
    month = month_of(day)
    refuse_unless(month.since <= session.today, "Figures are told of this month or one before.")
    months = months_to(month)
    data = _data(session, months[0].since)
    year = Period(months[0].since, month.until)
    lines = tuple(_line(each, data, months, year, once=once) for each in MEASURES)
    found = Timeliness(month, months[-2], year, once, utc_now(), lines)
    record_look(session, "list", detail={"list": TITLE, "ids": _listed_ids(lines)})
    return found


def _data(session: Session, since: date) -> Data:
    """Read a year more than is shown: what repeats something looks back as far."""
    before = datetime.combine(since - relativedelta(years=1), time.min, words.LONDON)
    entered = queries.since(session, before, before, since)
    calendar = dates.rules(session).calendar
    return Data(entered.contacts, entered.referrals, entered.assessments, calendar, session.today)


def _line(measure: Measure, data: Data, months: Sequence[Period], year: Period, *, once: bool) -> Line:
    told = [(each, figure(measure, data, each, once=once)) for each in months]
    whole = None if measure.is_standing else figure(measure, data, year, once=once)
    return Line(measure, told[-1][1], told[-2][1], whole, tuple(told))


def figure(measure: Measure, data: Data, period: Period, *, once: bool = False) -> Figure:
    """Return a measure of a period; pure."""
    told = list(measure.formula(data, period))
    listed = _by_family(told) if once else told
    rows = tuple(_row(each) for each in listed if each.counts)
    return Figure(measure, rows, tuple(_row(each) for each in listed if not each.counts))


def _by_family(told: Iterable[Told]) -> list[Told]:
    """Return one row for each family; it counts only where every child's does."""
    kept: dict[object, Told] = {}
    for number, each in enumerate(told):
        key = each.family or number
        before = kept.get(key)
        kept[key] = each if before is None or not each.counts else before
    return list(kept.values())


def _row(told: Told) -> Row:
    return Row(told.child.id, told.child.ref, told.child.name, told.said)


def _listed_ids(lines: Iterable[Line]) -> list[str]:
    """Return the children whom any list shows."""
    shown = [each for line in lines for each in (line.year or line.month, *(f for _, f in line.months))]
    return sorted({row.child_id.hex for each in shown for row in (*each.rows, *each.others)})
