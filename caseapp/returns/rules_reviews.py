"""Rules on reviews: the date, how the child took part, and who has none."""

from __future__ import annotations

from collections.abc import Iterator

from caseapp.returns.episode_checks import SHORT_BREAKS
from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import birthday, in_return, no_date
from caseapp.returns.tables import Line, Return
from caseapp.returns.year_codes import valid

UNDER_FOUR = "PN0"


def _participation(told: Return, line: Line) -> bool:
    if not line["REVIEW"]:
        return bool(line["REVIEW_CODE"])
    return line["REVIEW_CODE"] not in valid("REVIEW_CODE", told.year)


def _four_already(told: Return, line: Line) -> bool:
    held_on, fourth = line.day("REVIEW"), birthday(line, 4)
    return line["REVIEW_CODE"] == UNDER_FOUR and bool(held_on and fourth and held_on >= fourth)


def _not_yet_four(told: Return, line: Line) -> bool:
    held_on, fourth = line.day("REVIEW"), birthday(line, 4)
    took_part = line["REVIEW_CODE"] in valid("REVIEW_CODE", told.year) - {UNDER_FOUR}
    return took_part and bool(held_on and fourth and held_on < fourth)


def _only_short_breaks(told: Return) -> Iterator[Fault]:
    for child in told.children:
        episodes, header = told.of("Episodes", child), told.header(child)
        if not episodes or any(line["LS"] not in SHORT_BREAKS for line in episodes):
            continue
        if header and header["MOTHER"]:
            yield Fault(header, ("MOTHER",))
        for line in told.of("Reviews", child):
            yield Fault(line, ("REVIEW", "REVIEW_CODE"))


RULES: tuple[Rule, ...] = (
    Rule(
        "166",
        "The date of the review is blank or no date.",
        "Enter the day on which the review was held.",
        no_date("Reviews", "REVIEW", needed=True),
    ),
    Rule(
        "167",
        "How the child took part in the review is blank or no code of the return.",
        "Choose how the child took part: PN0 to PN7.",
        in_return("Reviews", "REVIEW_CODE", "REVIEW", broken=_participation),
    ),
    Rule(
        "399",
        "The child had short breaks only (V3 or V4), but a review or the mother field is filled in.",
        "Leave out the review, and leave the mother field blank.",
        _only_short_breaks,
    ),
    Rule(
        "440",
        "The review says that the child was under 4, but the child was 4 or over on that day.",
        "Choose how the child took part: PN1 to PN7. Or correct the date of the review or of birth.",
        in_return("Reviews", "REVIEW_CODE", "REVIEW", "DOB", broken=_four_already),
    ),
    Rule(
        "441",
        "The review says how the child took part, but the child was under 4 on that day.",
        "Choose PN0. Or correct the date of the review or of birth.",
        in_return("Reviews", "REVIEW_CODE", "REVIEW", "DOB", broken=_not_yet_four),
    ),
)
