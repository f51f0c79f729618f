"""Rules on children who sought asylum alone: the status, and the day on which it ceased."""

from __future__ import annotations

from caseapp.returns.rule import Rule
from caseapp.returns.table_checks import SINCE_2025, birthday, in_return, is_under, rows
from caseapp.returns.tables import Line, Return


def _ceased_before_the_year(told: Return, line: Line) -> bool:
    if not line["DUC"]:
        return False
    ceased_on = line.day("DUC")
    return ceased_on is None or ceased_on < told.starts_on


def _ceased_after_18(line: Line) -> bool:
    ceased_on, eighteenth = line.day("DUC"), birthday(line, 18)
    return bool(ceased_on and eighteenth and ceased_on > eighteenth)


def _young_and_alone(told: Return, line: Line) -> bool:
    return bool(told.of("UASC", line.child)) and is_under(line, 11, told.ends_on)


def _no_longer_alone(told: Return, line: Line) -> bool:
    """Return whether a child lost the status between the years without a date on which it ceased."""
    before = told.prior.of("UASC", line.child) if told.prior else ()
    if not before or told.of("UASC", line.child) or not told.of("Episodes", line.child):
        return False
    ceased_on = before[0].day("DUC")
    return ceased_on is None or ceased_on >= told.starts_on


def _alone_again(told: Return, line: Line) -> bool:
    """Return whether the status goes on although it ceased last year, or ceases after this year.

    A date in the future is sound where it is the 18th birthday, on which the status ceases in any case.
    """
    before = told.prior.of("UASC", line.child) if told.prior else ()
    if not before:
        return False
    ceased_before, ceases = before[0].day("DUC"), line.day("DUC")
    if ceased_before is not None and ceased_before < told.starts_on:
        return True
    return ceases is not None and ceases > told.ends_on and ceases != birthday(line, 18)


def _newly_alone(told: Return, line: Line) -> bool:
    if told.prior is None or not told.prior.of("Episodes", line.child):
        return False
    return not told.prior.of("UASC", line.child)


RULES: tuple[Rule, ...] = (
    Rule(
        "104",
        "The day on which the asylum-seeking status ceased is no date, or before the year of the return.",
        "Correct the date. Leave the row out if the status ceased before the year.",
        in_return("UASC", "DUC", broken=_ceased_before_the_year),
    ),
    Rule(
        "205A",
        "Last year’s return says that the child was an unaccompanied asylum-seeker, with no date of ceasing. "
        "This year’s says nothing.",
        "Add the row with the day on which the status ceased.",
        in_return("Header", "CHILD", broken=_no_longer_alone),
    ),
    Rule(
        "205B",
        "The day on which the asylum-seeking status ceased does not go with last year’s return.",
        "Correct the date, or leave out the row if the status ceased last year.",
        in_return("UASC", "DUC", broken=_alone_again),
    ),
    Rule(
        "205D",
        "The child is an unaccompanied asylum-seeker this year, but was looked after last year and was none.",
        "Check whether the child is one, or tell the Department that last year’s was wrong.",
        in_return("UASC", "CHILD", broken=_newly_alone),
    ),
    Rule(
        "231",
        "The unaccompanied asylum-seeking child is under 11, which is rare.",
        "Check the date of birth. If it is right, tell the Department so.",
        in_return("Header", "DOB", broken=_young_and_alone),
        years=SINCE_2025,
    ),
    Rule(
        "304",
        "The asylum-seeking status ceased after the 18th birthday.",
        "Correct the date: the status ceases on the 18th birthday at the latest.",
        rows("UASC", "DUC", broken=_ceased_after_18),
    ),
)
