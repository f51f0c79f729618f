"""How the rules look at the header: this year's row, and last year's of the same child. Pure."""

from __future__ import annotations

from collections.abc import Callable

from caseapp.returns.rule import Check
from caseapp.returns.table_checks import in_return
from caseapp.returns.tables import Line, Return

# Up to 2023/24 the return wrote 1 and 2.
MALE, FEMALE = frozenset({"M", "1"}), frozenset({"F", "2"})


def header_before(told: Return, child: str) -> Line | None:
    """Return a child's header row of last year's return, where that is at hand."""
    return told.prior.header(child) if told.prior else None


def against_last_year(column: str, differs: Callable[[Line, Line], bool]) -> Check:
    """Return a check of the header against last year's, where the child was in it."""

    def broken(told: Return, line: Line) -> bool:
        before = header_before(told, line.child)
        return before is not None and differs(line, before)

    return in_return("Header", column, broken=broken)
