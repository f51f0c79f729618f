"""A rule about episodes of care: what it sees, where it finds trouble, in which words. Pure: no store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from caseapp import ages, calendars
from caseapp.calendars import Calendar
from caseapp.looked_after.episode_chain import Chain, Stretch


class About(NamedTuple):
    """What of the child the rules need."""

    born_on: date | None
    today: date
    unaccompanied: bool = False
    calendar: Calendar = calendars.england()


class Trouble(NamedTuple):
    """Something wrong with one field of the episode at a place in the chain; `refuses`: it cannot be kept."""

    at: int
    field: str
    words: str
    rule: str
    refuses: bool

    def said(self) -> str:
        """Return the words with the rule named."""
        return f"{self.words} ({self.rule})" if self.rule else self.words


class Seen(NamedTuple):
    """An episode where it stands: its chain and its child."""

    about: About
    chain: Chain
    at: int

    @property
    def it(self) -> Stretch:
        """The episode itself."""
        return self.chain[self.at]

    @property
    def before(self) -> Stretch | None:
        """The episode before it, whether they touch or not."""
        return self.chain[self.at - 1] if self.at else None

    @property
    def after(self) -> Stretch | None:
        """The episode after it."""
        return self.chain[self.at + 1] if self.at + 1 < len(self.chain) else None

    def younger(self, years: int, on: date | None) -> bool:
        """Return whether the child was known to be younger on a day."""
        born_on = self.about.born_on
        return born_on is not None and on is not None and on < ages.birthday(born_on, years)

    def reached(self, years: int, on: date | None) -> bool:
        """Return whether the child was known to be so old on a day."""
        born_on = self.about.born_on
        return born_on is not None and on is not None and on >= ages.birthday(born_on, years)

    def days(self) -> int:
        """Return how long it lasted; an open one is counted up to today."""
        return ((self.it.ended_on or self.about.today) - self.it.started_on).days


class Rule(NamedTuple):
    """A check of one episode. `words` may name {start}, {end}, {before_start}, {before_end}."""

    number: str
    field: str
    words: str
    broken: Callable[[Seen], bool]
    refuses: bool = True


def of_pair(broken: Callable[[Stretch, Stretch], bool]) -> Callable[[Seen], bool]:
    """Return a check of an episode against the one before it."""
    return lambda seen: seen.before is not None and broken(seen.before, seen.it)


def of_one(broken: Callable[[Stretch], bool]) -> Callable[[Seen], bool]:
    """Return a check of an episode for itself."""
    return lambda seen: broken(seen.it)
