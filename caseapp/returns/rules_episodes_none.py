"""The rule about care leavers without an episode in the year.

The published checker asks it of every child without an episode; its words are about care leavers alone, and
EPI tells the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseapp.returns.rule import Fault, Rule
from caseapp.returns.tables import Return

_TABLES = ("Reviews", "OC2", "AD1", "PlacedAdoption", "PrevPerm", "Missing")


def _data_of_care_leavers(told: Return) -> Iterator[Fault]:
    for name in _TABLES:
        for line in told.lines(name):
            if told.of("OC3", line.child) and not told.of("Episodes", line.child):
                yield Fault(line, ("CHILD",))


RULES: tuple[Rule, ...] = (
    Rule(
        "1012",
        "A care leaver without an episode in the year has other data of looked-after children.",
        "Take this row out, or give the episode that it belongs to.",
        _data_of_care_leavers,
    ),
)
