"""The zone around the target: where a load stands in it, said by icon, word and colour together."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from caseapp import words
from caseapp.caseload.settled import Settled, shown

AMBER_SHARE = Decimal("1.2")
"""Up to a fifth above the top of the zone is amber, more is red."""


class Standing(NamedTuple):
    """Where a load stands; `meaning` names icon and colour."""

    kind: str
    words: str
    meaning: str


INSIDE = Standing("inside", "In the zone", "on_track")
ABOVE = Standing("above", "Above the zone", "due_soon")
FAR_ABOVE = Standing("far_above", "Far above the zone", "overdue")
BELOW = Standing("below", "Room for more", "info")
STANDINGS = (BELOW, INSIDE, ABOVE, FAR_ABOVE)


def standing(load: Decimal, settled: Settled) -> Standing:
    """Return where a load stands: of a worker, or a team's average."""
    if load < settled["low"]:
        return BELOW
    if load <= settled["high"]:
        return INSIDE
    return ABOVE if load <= settled["high"] * AMBER_SHARE else FAR_ABOVE


def average(children: int, holders: int | Decimal) -> Decimal | None:
    """Return children to a case holder, or to a full-time one; None without any.

    >>> average_words(average(82, 4)), average_words(average(87, 4)), average_words(average(271, 19))
    ('20.5', '21.75', '14.26')
    """
    return children / Decimal(holders) if holders else None


class Load(NamedTuple):
    """Children, the case holders who count, and how many of full time they come to."""

    children: int
    holders: int
    fte: Decimal

    @property
    def average(self) -> Decimal | None:
        """Return children to a full-time case holder: the figure that is compared with the zone."""
        return average(self.children, self.fte)

    @property
    def by_head(self) -> Decimal | None:
        """Return children to a case holder, whatever the hours."""
        return average(self.children, self.holders)

    @property
    def sum(self) -> str:
        """Return how the figure is made: 82 ÷ 4 = 20.5; by heads too where that is another number.

        >>> Load(82, 4, Decimal(4)).sum, Load(82, 4, Decimal("3.5")).sum
        ('82 ÷ 4 = 20.5', '82 ÷ 3.5 full-time = 23.43 (÷ 4 workers = 20.5)')
        """
        if self.fte == self.holders:
            return f"{self.children} ÷ {self.holders} = {average_words(self.average)}"
        heads = f"÷ {words.count(self.holders, 'worker')} = {average_words(self.by_head)}"
        return f"{self.children} ÷ {shown(self.fte)} full-time = {average_words(self.average)} ({heads})"


def average_words(number: Decimal | None) -> str:
    """Return an average to two places, without noughts behind it; a dash where there is none."""
    return "–" if number is None else shown(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def over_words(number: Decimal, settled: Settled) -> str:
    """Return how far an average is from the target.

    >>> from caseapp.caseload.settled import USUAL
    >>> over_words(Decimal("20.5"), USUAL), over_words(Decimal(271) / 19, USUAL)
    ('4.5 over the target of 16 (+28.1 %)', '1.74 under the target of 16 (-10.9 %)')
    """
    target = settled["target"]
    apart = number - target
    if not apart.quantize(Decimal("0.01"), ROUND_HALF_UP):
        return f"at the target of {shown(target)}"
    share = (100 * apart / target).quantize(Decimal("0.1"), ROUND_HALF_UP)
    way = "over" if apart > 0 else "under"
    return f"{average_words(abs(apart))} {way} the target of {shown(target)} ({share:+} %)"


def zone_words(settled: Settled) -> str:
    """Return the zone in words: target 16, zone 14 to 18."""
    return f"target {shown(settled['target'])}, zone {shown(settled['low'])} to {shown(settled['high'])}"
