"""A rule of the return: its number, what it looks at, and where it finds a fault. Pure."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from caseapp.returns.tables import Line, Return

Check = Callable[[Return], Iterable["Fault"]]


class Fault(NamedTuple):
    """Where a rule is broken: the row, and the columns that show it (the first is the one to mend).

    A row that is missing (a child without an OC2 row) is told by the row that asks for it.
    """

    line: Line
    columns: tuple[str, ...]


class Finding(NamedTuple):
    """A rule broken at a row, in words: what is wrong, and how to mend it."""

    code: str
    child: str
    line: Line
    columns: tuple[str, ...]
    wrong: str
    mend: str


@dataclass(frozen=True)
class Rule:
    """A rule of the Department's, done here. `wrong` and `mend` are plain sentences of our own.

    `years` are the years in which it applies, named by their end; empty: in all that are done here.
    """

    code: str
    wrong: str
    mend: str
    check: Check
    years: frozenset[int] = frozenset()

    def findings(self, told: Return) -> list[Finding]:
        """Return what the rule finds in a return."""
        if self.years and told.year not in self.years:
            return []
        return [
            Finding(self.code, each.line.child, each.line, each.columns, self.wrong, self.mend)
            for each in self.check(told)
        ]


@cache
def messages() -> dict[str, str]:
    """Return {code: message} of every rule of the Department's, done here or not.

    Source: csc-validator-be-903 0.1.17 (MIT); messages Crown copyright, Open Government Licence v3.0.
    """
    text = (files("resources") / "codes" / "ssda903_rules.csv").read_text(encoding="utf-8")
    return {row["rule"]: row["message"] for row in csv.DictReader(text.splitlines())}
