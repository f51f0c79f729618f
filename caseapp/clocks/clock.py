"""What a clock is, and one occurrence of it for one child."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from caseapp.clocks.story import Story


@dataclass(frozen=True)
class Clock:
    """One clock, with the events that start and stop it.

    Limits: WD+n working days, CD+n days, M+n months, H+n hours, TERM the end of the term, SD+n school days,
    COUNT a number used up rather than a date. `verified` is V if seen in a source, K if from knowledge.
    """

    id: str
    name: str
    starts: str
    stops: str
    limit: str
    source: str
    verified: str
    local: bool = False
    opens: str = ""
    note: str = ""
    rule: Callable[[Clock, Story], Iterable[Running]] | None = field(default=None, repr=False, compare=False)


class Running(NamedTuple):
    """One occurrence of a clock for one child.

    When care or early help ended before it was met, `ended_on` says so: it no longer applies. `red_after` is
    the day after which it counts as overdue although the limit itself is later (a term without a PEP).
    `or_from` is the other day from which an area may count it: what is done keeps the day that it began with.
    """

    clock: Clock
    started_on: date
    due_on: date
    met_on: date | None
    why: str
    what: str = ""
    limit: str = ""
    ended_on: date | None = None
    red_after: date | None = None
    also: str = ""
    or_from: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.met_on is None and self.ended_on is None
