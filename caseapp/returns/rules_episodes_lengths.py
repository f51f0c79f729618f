"""Rules about how old the child was, and how long a placement or legal status lasted.

Where the published checker differs from the rule, the rule is done. The birthday itself counts as the age
reached (358, 407: the checker is a day off). An open episode is judged too (371 to 376, 379: the checker
leaves it out; 359: its other rules fill in the end before this one looks). A move to custody is judged by
the age on the day of the move (234: the checker takes the day on which the placement began). A T3 in which
only the legal status changes is one holiday (377: the checker counts two).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseapp.ages import birthday
from caseapp.returns.episode_checks import (
    ADOPTED,
    born_on,
    by_birth,
    days_of,
    first_of_each,
    in_year,
    stretches,
)
from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.tables import Line, Return

_LONGEST_BREAK, _BREAKS_IN_A_YEAR = 17, 75  # days
_HOLIDAYS_IN_A_YEAR = 2


def _too_young_at_start(column: str, codes: frozenset[str], years: int) -> Check:
    """Return a check that a code stands only at episodes that began at an age or later."""

    def broken(born: date, line: Line) -> bool:
        started_on = line.day("DECOM")
        return line[column] in codes and started_on is not None and started_on < birthday(born, years)

    return by_birth(column, "DECOM", broken=broken)


def _too_young_at_end(codes: frozenset[str], years: int) -> Check:
    """Return a check that episodes end with a code only at an age or later."""

    def broken(born: date, line: Line) -> bool:
        ended_on = line.day("DEC")
        return line["REC"] in codes and ended_on is not None and ended_on < birthday(born, years)

    return by_birth("REC", "DEC", broken=broken)


def _too_old_at_end(codes: frozenset[str]) -> Check:
    """Return a check that episodes end with a code only before the 18th birthday."""

    def broken(born: date, line: Line) -> bool:
        ended_on = line.day("DEC")
        return line["REC"] in codes and ended_on is not None and ended_on >= birthday(born, 18)

    return by_birth("REC", "DEC", broken=broken)


def _too_long(column: str, code: str, days: int) -> Check:
    """Return a check that an episode with a code lasts so many days at most."""
    return in_year(
        "DEC",
        "DECOM",
        column,
        broken=lambda told, line: line[column] == code and days_of(told, line) > days,
    )


def _too_long_in_all(code: str, days: int) -> Check:
    """Return a check that an unbroken time with a legal status lasts so many days at most."""

    def check(told: Return) -> Iterator[Fault]:
        for child in told.children:
            for stretch in stretches(told.episodes(child), "LS", code):
                if sum(days_of(told, line) for line in stretch) > days:
                    yield from (Fault(line, ("LS", "DECOM", "DEC")) for line in stretch)

    return check


def _before_birth(told: Return) -> Iterator[Fault]:
    for first in first_of_each(told):
        day, started_on = born_on(told, first.child), first.day("DECOM")
        if day and started_on and started_on < day:
            yield Fault(first, ("DECOM",))


def _custody_too_young(born: date, line: Line) -> bool:
    moved_on = line.day("DEC") or line.day("DECOM")
    too_young = moved_on is not None and moved_on < birthday(born, 10)
    return line["REASON_PLACE_CHANGE"] == "CUSTOD" and too_young


def _began_as_an_adult(born: date, line: Line) -> bool:
    started_on = line.day("DECOM")
    return line["RNE"] == "S" and started_on is not None and started_on >= birthday(born, 18)


def _open_as_an_adult(told: Return, line: Line) -> bool:
    day = born_on(told, line.child)
    adult = day is not None and birthday(day, 18) < told.ends_on
    in_a_home = line["LS"] == "V2" and line["PLACE"] == "K2"
    return adult and not line["DEC"] and not in_a_home


def _breaks_in_all_too_long(told: Return) -> Iterator[Fault]:
    for child in told.children:
        breaks = [line for line in told.episodes(child) if line["LS"] == "V3"]
        days = [_days_in_the_year(told, line) for line in breaks]
        if sum(days) > _BREAKS_IN_A_YEAR:
            yield from (
                Fault(line, ("DEC", "DECOM", "LS")) for line, each in zip(breaks, days, strict=True) if each
            )


def _days_in_the_year(told: Return, line: Line) -> int:
    started_on, ended_on = line.day("DECOM"), line.day("DEC") or told.ends_on
    if started_on is None:
        return 0
    return max((min(ended_on, told.ends_on) - max(started_on, told.starts_on)).days, 0)


def _too_many_holidays(told: Return) -> Iterator[Fault]:
    for child in told.children:
        holidays = [line for line in told.episodes(child) if line["PLACE"] == "T3"]
        # A new legal status in the middle of a holiday makes a second episode, but no second holiday.
        if sum(line["RNE"] != "L" for line in holidays) > _HOLIDAYS_IN_A_YEAR:
            yield from (Fault(line, ("PLACE", "DECOM")) for line in holidays)


RULES: tuple[Rule, ...] = (
    Rule(
        "234",
        "A child under 10 is said to have moved because of custody.",
        "Check the date of birth and the reason for the change of placement.",
        by_birth("REASON_PLACE_CHANGE", broken=_custody_too_young),
    ),
    Rule(
        "302",
        "The first episode starts before the child was born.",
        "Check the start of the episode and the date of birth.",
        _before_birth,
    ),
    Rule(
        "352",
        "The child was 18 or over when care started.",
        "Check the start of the episode and the date of birth.",
        by_birth("DECOM", "RNE", broken=_began_as_an_adult),
    ),
    Rule(
        "358",
        "A child under 10 has a legal status of the criminal courts (J1 to J3).",
        "Check the legal status and the date of birth.",
        _too_young_at_start("LS", frozenset({"J1", "J2", "J3"}), 10),
    ),
    Rule(
        "359",
        "The episode is open though the child is over 18.",
        "End it by the 18th birthday. Only section 20 (V2) in a children’s home (K2) may go on.",
        in_year("DEC", "LS", "PLACE", broken=_open_as_an_adult),
    ),
    Rule(
        "361",
        "Police protection (L1) lasts longer than 72 hours.",
        "Check the dates, and which legal status came after it.",
        _too_long_in_all("L1", 3),
    ),
    Rule(
        "362",
        "An emergency protection order (L2) lasts longer than 21 days.",
        "Check the dates, and which legal status came after it.",
        _too_long_in_all("L2", 21),
    ),
    Rule(
        "363",
        "A child assessment order (L3) lasts longer than 7 days.",
        "Check the dates, and which legal status came after it.",
        _too_long_in_all("L3", 7),
    ),
    Rule(
        "364",
        "Detention under the Police and Criminal Evidence Act (J2) lasts longer than 21 days.",
        "Check the dates, and which legal status came after it.",
        _too_long_in_all("J2", 21),
    ),
    Rule(
        "365",
        "A short break (V3) lasts longer than 17 days.",
        "Check the dates: a longer stay is care under section 20 (V2).",
        _too_long("LS", "V3", _LONGEST_BREAK),
    ),
    Rule(
        "367",
        "The short breaks (V3) of the year are more than 75 days together.",
        "Check the dates: more than that is care under section 20 (V2).",
        _breaks_in_all_too_long,
    ),
    Rule(
        "371",
        "A child under 16 is in supported accommodation (K3).",
        "Check the placement, its start and the date of birth.",
        _too_young_at_start("PLACE", frozenset({"K3"}), 16),
    ),
    Rule(
        "372",
        "A child under 10 is in youth custody or prison (R5).",
        "Check the placement, its start and the date of birth.",
        _too_young_at_start("PLACE", frozenset({"R5"}), 10),
    ),
    Rule(
        "373",
        "A child under 4 is placed in a residential school (S1).",
        "Check the placement, its start and the date of birth.",
        _too_young_at_start("PLACE", frozenset({"S1"}), 4),
    ),
    Rule(
        "374",
        "A child under 14 is in residential employment (P3).",
        "Check the placement, its start and the date of birth.",
        _too_young_at_start("PLACE", frozenset({"P3"}), 14),
    ),
    Rule(
        "375",
        "A temporary stay in hospital (T1) lasts longer than six weeks.",
        "Check the dates: after six weeks the hospital is the placement (R2).",
        _too_long("PLACE", "T1", 42),
    ),
    Rule(
        "376",
        "A temporary placement for the carer’s holiday (T3) lasts longer than three weeks.",
        "Check the dates: a longer stay is a placement of its own.",
        _too_long("PLACE", "T3", 21),
    ),
    Rule(
        "377",
        "There are more than two placements for the carer’s holiday (T3) in the year.",
        "Two are allowed: record the others as placements of their own.",
        _too_many_holidays,
    ),
    Rule(
        "379",
        "A temporary placement for another reason (T4) lasts longer than seven days.",
        "Check the dates: a longer stay is a placement of its own.",
        _too_long("PLACE", "T4", 7),
    ),
    Rule(
        "386",
        "The child is said to be adopted, but was 18 by then.",
        "Check the reason, the end of the episode and the date of birth.",
        _too_old_at_end(ADOPTED),
    ),
    Rule(
        "387",
        "The child is said to have moved to independent living, but was under 14.",
        "Check the reason, the end of the episode and the date of birth.",
        _too_young_at_end(frozenset({"E5", "E6"}), 14),
    ),
    Rule(
        "389",
        "The child is said to have gone over to adult social care, but was under 16.",
        "Check the reason, the end of the episode and the date of birth.",
        _too_young_at_end(frozenset({"E7"}), 16),
    ),
    Rule(
        "407",
        "A special guardianship order is said to have been made, but the child was 18 by then.",
        "Check the reason, the end of the episode and the date of birth.",
        _too_old_at_end(frozenset({"E45", "E46", "E47", "E48"})),
    ),
    Rule(
        "460",
        "The child is said to have stayed with the carers at 18, but was under 18.",
        "E17 needs the 18th birthday: check the reason, the end of the episode and the date of birth.",
        _too_young_at_end(frozenset({"E17"}), 18),
    ),
)
