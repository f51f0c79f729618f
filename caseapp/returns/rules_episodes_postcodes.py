"""Rules about the two postcodes of an episode, and what the return works out from them.

Whether a postcode exists is judged by its form and area (`postcodes`), so one that has the right form and was
never given out passes here, and is found by the Department.
"""

from __future__ import annotations

from caseapp.returns.episode_checks import SHORT_BREAKS, alone, in_year
from caseapp.returns.postcodes import bare, exists
from caseapp.returns.rule import Rule
from caseapp.returns.tables import Line, Return


def _is_short_break(line: Line) -> bool:
    return line["LS"] in SHORT_BREAKS


def _has_distance(line: Line) -> bool:
    return exists(line["HOME_POST"]) and exists(line["PL_POST"])


def _was_asylum_seeker(told: Return, line: Line) -> bool:
    """Return whether the child has a row of UASC, this year or the year before."""
    years = (told, told.prior) if told.prior else (told,)
    return any(year.of("UASC", line.child) for year in years)


def _may_be_asked(told: Return, line: Line) -> bool:
    return not _is_short_break(line) and not _was_asylum_seeker(told, line)


def _is_impossible(line: Line) -> bool:
    return any(line[column] and not exists(line[column]) for column in ("HOME_POST", "PL_POST"))


def _is_same(line: Line) -> bool:
    home, placed = bare(line["HOME_POST"]), bare(line["PL_POST"])
    return bool(home) and home == placed and line["PLACE"] != "P1"


def _place_unknown(line: Line) -> bool:
    return not _is_short_break(line) and not exists(line["PL_POST"])


RULES: tuple[Rule, ...] = (
    Rule(
        "169",
        "The council in which the child is placed cannot be worked out from the placement’s postcode.",
        "Give the postcode of the placement, and check each sign of it.",
        alone("PL_POST", broken=_place_unknown),
    ),
    Rule(
        "179",
        "Whether the placement is inside the council’s area cannot be worked out from its postcode.",
        "Give the postcode of the placement, and check each sign of it.",
        alone("PL_POST", broken=_place_unknown),
    ),
    Rule(
        "392a",
        "The distance from home to the placement cannot be worked out.",
        "Give the postcode of the home and that of the placement.",
        in_year(
            "PL_POST",
            "HOME_POST",
            broken=lambda told, line: _may_be_asked(told, line) and not _has_distance(line),
        ),
    ),
    Rule(
        "392b",
        "The postcode of the home or of the placement is blank.",
        "Give both postcodes.",
        in_year(
            "HOME_POST",
            "PL_POST",
            broken=lambda told, line: (
                _may_be_asked(told, line) and not (line["HOME_POST"] and line["PL_POST"])
            ),
        ),
    ),
    Rule(
        "392c",
        "The postcode of the home or of the placement cannot exist.",
        "Check each sign of both postcodes.",
        alone("PL_POST", "HOME_POST", broken=_is_impossible),
    ),
    Rule(
        "392d",
        "Home and placement have the same postcode, though the child is not placed with parents.",
        "Check both postcodes.",
        alone("PL_POST", "HOME_POST", "PLACE", broken=_is_same),
    ),
    Rule(
        "398",
        "A short break (V3 or V4) has a postcode of the home or of the placement.",
        "Leave both postcodes blank.",
        alone(
            "HOME_POST",
            "PL_POST",
            "LS",
            broken=lambda line: _is_short_break(line) and bool(line["HOME_POST"] or line["PL_POST"]),
        ),
    ),
    Rule(
        "406",
        "The child is or was an unaccompanied asylum-seeking child, but a distance from home is told.",
        "Leave the postcode of the home blank.",
        in_year(
            "HOME_POST",
            "PL_POST",
            broken=lambda told, line: _was_asylum_seeker(told, line) and _has_distance(line),
        ),
    ),
    Rule(
        "420",
        "A short break (V3 or V4) tells the council of the placement by its postcode.",
        "Leave the postcode of the placement blank.",
        alone("PL_POST", "LS", broken=lambda line: _is_short_break(line) and exists(line["PL_POST"])),
    ),
)
