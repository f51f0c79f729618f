"""What an area settles about caseloads: the zone, when a case is quiet too long, points of a weighted load.

The report gives a target of 16 as the middle of a zone and does not say how wide it is; 14 to 18 is usual
here until an area settles it. Points are local too: no national weighting exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from db import settings as queries
from db.problems import Problem
from db.roles import authorise
from db.store import Session

PURPOSE = "settings"
_MOST_DAYS = 366


class Setting(NamedTuple):
    """One number that is settled: what it is called, what is usual, and between which it lies."""

    key: str
    label: str
    usual: Decimal
    low: int
    high: int
    unit: str


SETTINGS: tuple[Setting, ...] = (
    Setting("target", "Target for a worker", Decimal(16), 1, 100, "children"),
    Setting("low", "The zone begins at", Decimal(14), 1, 100, "children"),
    Setting("high", "The zone ends at", Decimal(18), 1, 100, "children"),
    Setting("unseen_days", "A child is not seen for too long after", Decimal(28), 1, _MOST_DAYS, "days"),
    Setting("plan_days", "A case wants a signed plan after", Decimal(45), 1, _MOST_DAYS, "days"),
    Setting("early_help", "Early help", Decimal(1), 0, 20, "points"),
    Setting("child_in_need", "Child in need", Decimal(1), 0, 20, "points"),
    Setting("child_protection", "Child protection", Decimal(2), 0, 20, "points"),
    Setting("looked_after", "Looked after", Decimal("1.5"), 0, 20, "points"),
    Setting("care_leaver", "Care leaver", Decimal(1), 0, 20, "points"),
    Setting("court", "Case before the court", Decimal("2.5"), 0, 20, "points"),
    Setting("sibling", "Each further brother or sister", Decimal("0.5"), 0, 20, "points"),
)
SETTINGS_BY_KEY = {each.key: each for each in SETTINGS}


@dataclass(frozen=True)
class Settled:
    """What is settled, by key."""

    numbers: Mapping[str, Decimal]

    def __getitem__(self, key: str) -> Decimal:
        return self.numbers[key]

    def days(self, key: str) -> int:
        """Return a number of days."""
        return int(self.numbers[key])


USUAL = Settled({each.key: each.usual for each in SETTINGS})


def read(session: Session) -> Settled:
    """Return what is settled here, or what is usual."""
    kept = queries.values(session, _NAMES)
    if not kept:
        return USUAL
    return Settled({each.key: _kept(each, kept.get(_name(each.key))) for each in SETTINGS})


def choose(session: Session, numbers: Mapping[str, object]) -> None:
    """Settle some numbers anew, for every caseload from now on. For administrators. Raises Problem."""
    authorise(session.actor, PURPOSE)
    chosen = {key: _checked(SETTINGS_BY_KEY[key], number) for key, number in numbers.items()}
    whole = {**read(session).numbers, **chosen}
    if not whole["low"] <= whole["target"] <= whole["high"]:
        raise Problem(
            "The target lies in the zone, from where it begins to where it ends. Nothing was changed."
        )
    for key, number in chosen.items():
        queries.put(session, _name(key), shown(number))


def shown(number: Decimal) -> str:
    """Return a number without noughts behind it.

    >>> shown(Decimal("16.00")), shown(Decimal("2.50")), shown(Decimal(20))
    ('16', '2.5', '20')
    """
    return f"{number.normalize():f}"


def _name(key: str) -> str:
    return f"caseload.{key}"


_NAMES = tuple(_name(each.key) for each in SETTINGS)


def _kept(each: Setting, kept: str | None) -> Decimal:
    try:
        return _checked(each, kept) if kept else each.usual
    except Problem:
        return each.usual


def _checked(each: Setting, number: object) -> Decimal:
    try:
        found = Decimal(str(number))
    except InvalidOperation:
        found = Decimal("NaN")
    in_steps = found.is_finite() and found * (2 if each.unit == "points" else 1) % 1 == 0
    if not in_steps or not each.low <= found <= each.high:
        steps = "in halves" if each.unit == "points" else "whole"
        raise Problem(f"“{each.label}” is from {each.low} to {each.high}, {steps}. Nothing was changed.")
    return found
