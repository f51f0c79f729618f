"""What a formula of leaving care is asked and what it tells. Pure.

A formula tells, one by one, who is looked at, whether they count, and why; every number is made of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from caseapp import ages
from caseapp.pathway.leaving_people import Seen


class Told(NamedTuple):
    """What a formula says of one young person: whether they count, why, and how much where sums are made."""

    seen: Seen
    counts: bool
    said: str
    amount: Decimal | None = None


class Asked(NamedTuple):
    """Whom a figure is asked of: everybody whom the filters let through, as of a day."""

    everybody: Sequence[Seen]
    on: date

    @property
    def year_ago(self) -> date:
        """The same day a year before."""
        return ages.birthday(self.on, -1)

    @property
    def listed(self) -> list[Seen]:
        """Everybody on the list of leaving care."""
        return [each for each in self.everybody if each.is_listed]

    @property
    def there(self) -> list[Seen]:
        """Those on the list who neither died nor went home for good."""
        return [each for each in self.listed if not each.is_gone]

    @property
    def cohort(self) -> list[Seen]:
        """The return's cohort, less those who died or went home."""
        return [each for each in self.everybody if each.is_leaver and not each.is_gone]

    @property
    def owed(self) -> list[Seen]:
        """Those to whom a pathway plan and an adviser are owed."""
        return [each for each in self.everybody if each.is_owed]


Formula = Callable[[Asked], Iterable[Told]]
