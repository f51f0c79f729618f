"""A care leaver's row of the return worked out from the record, where none was entered for the year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import ages
from caseapp.pathway import homes, standing
from db.models import CareLeaverYear, Child
from db.store import Session

_AGES = range(17, 26)
_OWED = frozenset({"relevant", "former_relevant"})


class Worked(NamedTuple):
    """The codes in touch, activity and accommodation on a birthday."""

    in_touch: str
    activity: str
    accommodation: str


def birthday_in(born_on: date, year: int) -> date | None:
    """Return the 17th to 25th birthday in the year that ends on 31 March `year`, if one falls into it."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    days = (ages.birthday(born_on, age) for age in _AGES)
    return next((day for day in days if first <= day <= last), None)


def worked_out(
    session: Session,
    children: Sequence[Child],
    entered: Mapping[UUID, Sequence[CareLeaverYear]],
    touched: Collection[UUID],
    year: int,
) -> dict[UUID, Worked]:
    """Return the items by child of those who were relevant or former relevant on the birthday in a year.

    Only for those with contacts on record and no items entered for that year; not before the birthday has
    come, and nothing where the record tells nothing of it.
    """
    found = {}
    for child in children:
        if child.id in touched and all(each.year != year for each in entered.get(child.id, ())):
            items = _items(session, child, year)
            if any(items):
                found[child.id] = Worked(*items)
    return found


def _items(session: Session, child: Child, year: int) -> tuple[str, str, str]:
    day = birthday_in(child.born_on, year) if child.born_on else None
    if day is None or day > session.today:
        return "", "", ""
    category, _ = standing.category_on(session, child, day)
    return homes.oc3_on(session, child.id, day) if category in _OWED else ("", "", "")
