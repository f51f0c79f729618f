"""What a formula of the virtual school is asked and what it tells. Pure.

A formula tells, child by child, who is looked at, whether they count, and why; every number is made of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from caseapp.education.virtual_school_pupils import Day, Pupil


class Told(NamedTuple):
    """What a formula says of one child: whether they count, why, and how much where sums are made."""

    pupil: Pupil
    counts: bool
    said: str
    amount: Decimal | None = None


class Asked(NamedTuple):
    """Whom a figure is asked of: everybody the filters let through, those who need a PEP, and the day."""

    everybody: Sequence[Pupil]
    needing: Sequence[Pupil]
    day: Day
    today: date


Formula = Callable[[Asked], Iterable[Told]]
