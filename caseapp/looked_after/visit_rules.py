"""How often a looked-after child is visited, and how many visits were in time.

Source: the Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.clocks import Running

SHARE_MONTHS: Final = 12
SHARE_WORDS: Final = (
    "Of the visits that fell due in the last 12 months, the share at which the child was seen by the due "
    "day. An attempt is no visit; a visit that came late counts once."
)
_YEAR: Final = relativedelta(years=1)


class Regime(NamedTuple):
    """The rule in force for visits: in words, where it stands, and what comes after it."""

    words: str
    source: str
    then: str = ""


@dataclass(frozen=True)
class Placed:
    """What of a placement decides how often the child is visited."""

    started_on: date
    care_order_with_parent_on: date | None = None
    interim_order_with_parent: bool = False
    before_assessment: bool = False
    temporary_approval: bool = False
    other_body: bool = False
    to_18_from: date | None = None
    six_monthly_from: date | None = None
    reviewed: bool = False
    """Whether review 1 of this care was held."""


class Share(NamedTuple):
    """How many visits were in time, of how many that fell due; no per cent where none fell due."""

    in_time: int
    due: int
    percent: Decimal | None


def regime(placed: Placed, today: date) -> Regime:
    """Return the rule in force for a child in a placement."""
    if placed.care_order_with_parent_on:
        return Regime("Care order, living with a parent: within a week of the order, then every six weeks",
                      "reg 28(5)")  # fmt: skip
    for holds, who, later, source in (
        (placed.before_assessment, "With a parent before the assessment", "six", "regs 19 and 28(3)"),
        (placed.temporary_approval, "With a connected person approved for a time", "four",
         "regs 24 and 28(4)"),
        (placed.interim_order_with_parent, "Interim care order, living with a parent", "four", "reg 28(4)"),
    ):  # fmt: skip
        if holds and placed.reviewed:
            return Regime(f"{who}, after the first review: every {later} weeks", source)
        if holds:
            return Regime(f"{who}: every week until the first review", source, f"Then every {later} weeks.")
    return _other_body(placed, today) if placed.other_body else _general(placed, today)


def _other_body(placed: Placed, today: date) -> Regime:
    who = "Another body runs the arrangement (hospital, custody)"
    year_ends = placed.started_on + _YEAR
    if today < year_ends:
        return Regime(f"{who}: within a week of each change, then every six weeks in the first year",
                      "reg 28(6)", f"From {words.day(year_ends)} every three months.")  # fmt: skip
    return Regime(f"{who}, after a year: every three months", "reg 28(6)")


def _general(placed: Placed, today: date) -> Regime:
    year_ends = placed.started_on + _YEAR
    if today < year_ends:
        return Regime("First year of the placement: within a week of its start, then every six weeks",
                      "reg 28(2)(a) and (b)",
                      f"The first year ends on {words.day(year_ends)}; the next interval runs from the first "
                      "visit on or after that day.")  # fmt: skip
    from_visit = "It runs from the first visit on or after {}."
    if placed.six_monthly_from and placed.six_monthly_from <= today:
        return Regime("Long-term foster placement over a year, and the child agreed: every six months",
                      "reg 28(2)(c)",
                      from_visit.format(words.day(max(placed.six_monthly_from, year_ends))))  # fmt: skip
    if placed.to_18_from and placed.to_18_from <= today:
        return Regime("After the first year, meant to last to 18: every three months", "reg 28(2)(c)",
                      from_visit.format(words.day(max(placed.to_18_from, year_ends))))  # fmt: skip
    return Regime("After the first year of the placement: every six weeks", "reg 28(2)(c)")


SHORT_BREAKS: Final = Regime(
    "Short breaks: within three months of the first, then every six months, on a day placed", "reg 48"
)


def share_in_time(found: Iterable[Running], today: date) -> Share:
    """Return how many of the visits that fell due in the last 12 months were in time."""
    since = today - relativedelta(months=SHARE_MONTHS)
    due = [each for each in found if since < each.due_on <= today and _applied(each, today)]
    in_time = sum(each.met_on is not None and each.met_on <= each.due_on for each in due)
    return Share(in_time, len(due), words.percent(in_time, len(due)) if due else None)


def _applied(each: Running, today: date) -> bool:
    """Return whether a visit had to be made: the placement went on to its due day, which has gone by."""
    if each.met_on is None and each.due_on == today:
        return False
    return each.ended_on is None or each.ended_on > each.due_on
