"""What the leaving-care categories are worked out from: days in care that count, orders, homes, birthdays.

Every end is exclusive: on the day that care, an order or a home ended, it is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp.ages import birthday

WEEKS_13 = 91
SHORT_BREAKS = frozenset({"V3", "V4"})  # never counted: CPPCR 2010 reg 40(2)
ADOPTED = frozenset({"E11", "E12"})
DIED, TAKEN_OVER, CONTINUES = "E2", "E3", "X1"
GUARDIANSHIP = frozenset({"E43", "E44", "E45", "E46", "E47", "E48"})
TO_A_GUARDIAN = GUARDIANSHIP | {"E41"}
HOME_TO_PARENTS = frozenset({"E4A", "E4B"})
STUDY = frozenset({"education", "education_asked"})
_ONE_DAY = timedelta(days=1)


class CareSpell(NamedTuple):
    """An episode of the SSDA903 return, its codes as the return has them; no end: it is going on."""

    start: date
    end: date | None
    legal_status: str
    reason_ended: str = ""


class LifeEvent(NamedTuple):
    """A stretch of life beside care; no end: it is going on.

    Kinds: settled_home (with a parent or someone with parental responsibility), detained (in custody or
    hospital), education (in or wants education or training), education_asked (told us so, to have help with
    it), adviser_asked (asked for a personal adviser at 21 to 24), special_guardianship (an order in force).
    """

    kind: str
    start: date
    end: date | None

    def holds(self, day: date) -> bool:
        """Return whether the day lies in it."""
        return self.start <= day and (self.end is None or day < self.end)

    def is_settled(self, day: date) -> bool:
        """Return whether six months in this home are complete on the day, and it still lasts."""
        return settled_on(self.start) <= day and self.holds(day)


def settled_on(start: date) -> date:
    """Return the day on which six months in one home are complete.

    >>> settled_on(date(2026, 8, 31))
    datetime.date(2027, 2, 28)
    """
    return start + relativedelta(months=6)


class Care(NamedTuple):
    """A stretch of care that counts, and how it ended; no reason: it lasted to 18."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True)
class Life:
    """One young person's dates. Made by `life_of`, which leaves out what never counts."""

    born_on: date
    care: tuple[Care, ...]  # in order of ending
    events: tuple[LifeEvent, ...]
    died_on: date | None
    had_short_breaks: bool

    @cached_property
    def fourteen(self) -> date:
        """The 14th birthday, from which weeks in care count."""
        return birthday(self.born_on, 14)

    @cached_property
    def sixteen(self) -> date:
        """The 16th birthday, on which the categories begin."""
        return birthday(self.born_on, 16)

    @cached_property
    def eighteen(self) -> date:
        """The 18th birthday, on which care ends if nothing ended it before."""
        return birthday(self.born_on, 18)

    @cached_property
    def twenty_one(self) -> date:
        """The 21st birthday, from which most help is on request."""
        return birthday(self.born_on, 21)

    @cached_property
    def twenty_five(self) -> date:
        """The 25th birthday, on which everything closes."""
        return birthday(self.born_on, 25)

    @cached_property
    def eve_of_18(self) -> date:
        """The last day of childhood, on which it is settled what somebody is afterwards."""
        return self.eighteen - _ONE_DAY

    def adopted_on(self, day: date) -> date | None:
        """Return the last adoption from care up to the day."""
        return max(
            (each.end for each in self.care if each.reason in ADOPTED and each.end <= day), default=None
        )

    def runs(self, day: date) -> list[tuple[date, date]]:
        """Return the unbroken times in care that had begun by the day, oldest first, each day in one only.

        An adoption wipes out what came before it; care after it counts anew.
        """
        since = self.adopted_on(day) or date.min
        return _joined((max(each.start, since), each.end) for each in self.care if each.start <= day)

    def in_care_since(self, day: date) -> date | None:
        """Return when the care of that day began, or None for a day out of care."""
        return next((start for start, end in self.runs(day) if start <= day < end), None)

    def days_since_14(self, day: date) -> int:
        """Return the whole days in care from the 14th birthday to the day, itself left out."""
        return self._days(self.runs(day), day)

    def reached_13_weeks_on(self, day: date) -> date | None:
        """Return when 91 days are complete, also if that lies ahead in care that had begun by the day."""
        total = 0
        for start, end in self.runs(day):
            first = max(start, self.fourteen)
            if total + (end - first).days >= WEEKS_13:
                return first + timedelta(days=WEEKS_13 - total)
            total += max(0, (end - first).days)
        return None

    def after_16(self, day: date) -> bool:
        """Return whether any day in care, this one too, fell on or after the 16th birthday."""
        return any(self.sixteen < end and max(start, self.sixteen) <= day for start, end in self.runs(day))

    def left(self, day: date) -> Care | None:
        """Return the care that ended last before or on a day out of care."""
        if self.in_care_since(day):
            return None
        return next((each for each in reversed(self.care) if each.end <= day), None)

    def was_detained_at_16(self, day: date) -> bool:
        """Return whether custody or hospital, straight after 13 weeks in care, held the 16th birthday."""
        runs = self.runs(day)
        return any(
            start <= self.sixteen < end
            and any(began < start <= left for began, left in runs)
            and self._days(runs, start) >= WEEKS_13
            for start, end in _joined((each.start, each.end or date.max) for each in self.of("detained"))
        )

    def settled_home(self, day: date) -> LifeEvent | None:
        """Return the home of a day in which six months are complete.

        After 18 it is the home in which someone was settled at 18, for as long as it lasts: parental
        responsibility is over, so that no new home takes duties away.
        """
        tested_on = min(day, self.eve_of_18)
        homes = (each for each in self.of("settled_home") if each.is_settled(tested_on))
        return next((each for each in homes if each.holds(day)), None)

    def guardianship(self, day: date) -> LifeEvent | None:
        """Return a special guardianship order made straight from care, in force on the day or at 18."""
        since = self.adopted_on(day) or date.min
        tested_on = min(day, self.eve_of_18)
        for order in self.of("special_guardianship"):
            if order.start > since and order.holds(tested_on) and self._straight_from_care(order.start):
                return order
        return None

    def studies(self, day: date) -> LifeEvent | None:
        """Return education or training in or wanted on the day."""
        return next((each for each in self.events if each.kind in STUDY and each.holds(day)), None)

    def asked(self, day: date) -> LifeEvent | None:
        """Return the request for a personal adviser that stands on the day."""
        return next((each for each in self.of("adviser_asked") if each.holds(day)), None)

    def of(self, kind: str) -> list[LifeEvent]:
        """Return the events of one kind, oldest first."""
        return [each for each in self.events if each.kind == kind]

    @cached_property
    def turning_days(self) -> list[date]:
        """Every day from birth on which a category or a duty can change, in order."""
        days = {self.born_on, self.sixteen, self.eighteen, self.twenty_one, self.twenty_five}
        days.update(day for each in self.care for day in (each.start, each.end))
        days.update(day for each in self.events for day in (each.start, each.end) if day)
        days.update(settled_on(each.start) for each in self.of("settled_home"))
        days.update(day for each in self.care if (day := self.reached_13_weeks_on(each.start)))
        if self.died_on:
            days.add(self.died_on)
        return sorted(day for day in days if day >= self.born_on)

    def _days(self, runs: Iterable[tuple[date, date]], day: date) -> int:
        return sum(max(0, (min(end, day) - max(start, self.fourteen)).days) for start, end in runs)

    def _straight_from_care(self, day: date) -> bool:
        return any(each.start < day <= each.end for each in self.care)


def life_of(born_on: date, spells: Sequence[CareSpell], events: Iterable[LifeEvent]) -> Life:
    """Return a young person's dates with short breaks left out and care ended at 18.

    Remand counts as care. An episode that ends with X1 and has none after it is taken to go on. Leaving care
    to special guardianship is an order in force from that day, unless an event of that day tells it.
    """
    care = _counted(spells, birthday(born_on, 18))
    told = [each for each in events if each.end is None or each.start < each.end]
    ordered = {each.start for each in events if each.kind == "special_guardianship"}
    told += [
        LifeEvent("special_guardianship", each.end, None)
        for each in care
        if each.reason in GUARDIANSHIP and each.end not in ordered
    ]
    deaths = [each.end for each in spells if each.reason_ended == DIED and each.end]
    short = any(each.legal_status in SHORT_BREAKS for each in spells)
    return Life(born_on, care, tuple(sorted(told, key=_start)), min(deaths, default=None), short)


def _counted(spells: Sequence[CareSpell], eighteen: date) -> tuple[Care, ...]:
    starts = [each.start for each in spells]
    counted = []
    for spell in sorted(spells, key=_start):
        if spell.legal_status in SHORT_BREAKS or spell.start >= eighteen:
            continue
        end = _ended_on(spell, starts)
        if end is None or end >= eighteen:
            counted.append(Care(spell.start, eighteen, ""))
        elif end >= spell.start:
            counted.append(Care(spell.start, end, spell.reason_ended))
    return tuple(sorted(counted, key=lambda each: (each.end, each.start)))


def _ended_on(spell: CareSpell, starts: Iterable[date]) -> date | None:
    if spell.end is None or spell.reason_ended != CONTINUES:
        return spell.end
    return min((start for start in starts if start >= spell.end), default=None)


def _joined(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return stretches of time in order, those that touch or overlap made one."""
    joined: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _start(each: CareSpell | LifeEvent) -> date:
    return each.start
