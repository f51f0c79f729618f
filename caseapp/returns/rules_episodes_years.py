"""Rules about the episodes of this year against those of the year before. Without the year before: silent."""

from __future__ import annotations

from collections.abc import Iterator

from caseapp.returns.episode_checks import first_of_each
from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.tables import Line, Return

# What a placement's code became in the return of a year, so that the change is none.
_RENAMED = {
    2024: {"H5": frozenset({"K3"})},
    2025: {"H5": frozenset({"K3"})},
    2026: {"Z1": frozenset({"Z11", "Z12", "Z13", "Z14"})},
}


def _carried_over(told: Return) -> Iterator[tuple[Line, Line]]:
    """Yield the episode that was open at last year's end, with the child's first episode of this year."""
    if told.prior is None:
        return
    for first in first_of_each(told):
        last = next(iter(told.prior.episodes(first.child)[-1:]), None)
        if last is not None and not last["DEC"]:
            yield last, first


def _differs(column: str) -> Check:
    def check(told: Return) -> list[Fault]:
        return [
            Fault(first, (column,))
            for last, first in _carried_over(told)
            if first[column] != last[column] and not _renamed(told, column, last, first)
        ]

    return check


def _renamed(told: Return, column: str, last: Line, first: Line) -> bool:
    became = _RENAMED.get(told.year, {}).get(last["PLACE"], frozenset())
    return column == "PLACE" and first["PLACE"] in became


def _before_the_year(told: Return, line: Line) -> bool:
    return (line.day("DECOM") or told.starts_on) < told.starts_on


def _not_in_last_year(told: Return) -> Iterator[Fault]:
    if told.prior is None:
        return
    for first in first_of_each(told):
        last = told.prior.episodes(first.child)[-1:]
        if _before_the_year(told, first) and not any(line["DECOM"] == first["DECOM"] for line in last):
            yield Fault(first, ("DECOM",))


def _child_not_in_last_year(told: Return) -> Iterator[Fault]:
    if told.prior is None:
        return
    for line in told.lines("Episodes"):
        if _before_the_year(told, line) and not told.prior.of("Episodes", line.child):
            yield Fault(line, ("DECOM",))


RULES: tuple[Rule, ...] = (
    Rule(
        "502",
        "Last year’s return ended with an open episode that started on another day.",
        "The first episode of this year is the one that was open: mend its start.",
        _differs("DECOM"),
    ),
    Rule(
        "503A",
        "The episode that was open last year now has another reason for its start.",
        "Give the reason that last year’s return has.",
        _differs("RNE"),
    ),
    Rule(
        "503B",
        "The episode that was open last year now has another legal status.",
        "Give last year’s legal status, or end the episode and start a new one.",
        _differs("LS"),
    ),
    Rule(
        "503C",
        "The episode that was open last year now has another category of need.",
        "Give the category of need that last year’s return has.",
        _differs("CIN"),
    ),
    Rule(
        "503D",
        "The episode that was open last year now has another placement.",
        "Give last year’s placement, or end the episode and start a new one.",
        _differs("PLACE"),
    ),
    Rule(
        "503E",
        "The episode that was open last year now has another provider.",
        "Give last year’s provider, or end the episode and start a new one.",
        _differs("PLACE_PROVIDER"),
    ),
    Rule(
        "503F",
        "The episode that was open last year now has another URN.",
        "Give last year’s URN, or end the episode and start a new one.",
        _differs("URN"),
    ),
    Rule(
        "562",
        "The episode started before this year, but is not the last one of last year’s return.",
        "Check the start, and what was returned last year.",
        _not_in_last_year,
    ),
    Rule(
        "NoE",
        "The episode started before this year, but the child has none in last year’s return.",
        "Check the start, and what was returned last year.",
        _child_not_in_last_year,
    ),
)
