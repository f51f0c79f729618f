"""Rules about one cell of an episode: its codes and its dates."""

from __future__ import annotations

from datetime import date

from caseapp.returns.episode_checks import OTHER_PLACEMENTS, TEMPORARY, alone, in_year
from caseapp.returns.rule import Check, Rule
from caseapp.returns.tables import Line, Return
from caseapp.returns.year_codes import valid

_ACT_BEGAN_ON = date(1991, 10, 14)  # the Children Act 1989 came into force
_PLACEMENT_ORDERS_BEGAN_ON = date(2005, 12, 1)  # as the Department's rule has it
_NO_PROVIDER = TEMPORARY - {"T4"} | OTHER_PLACEMENTS  # T4 is told by 213 alone


def _unlisted(column: str) -> Check:
    def broken(told: Return, line: Line) -> bool:
        return bool(line[column]) and line[column] not in valid(column, told.year)

    return in_year(column, broken=broken)


def _no_day(column: str) -> Check:
    return alone(column, broken=lambda line: bool(line[column]) and line.day(column) is None)


def _begins_before(line: Line, earliest: date) -> bool:
    return (line.day("DECOM") or earliest) < earliest


def _beyond_the_year(column: str) -> Check:
    def broken(told: Return, line: Line) -> bool:
        return (line.day(column) or told.ends_on) > told.ends_on

    return in_year(column, broken=broken)


def _is_no_provider(told: Return, line: Line) -> bool:
    provider = line["PLACE_PROVIDER"]
    listed = provider in valid("PLACE_PROVIDER", told.year)
    return bool(provider) and (not listed or line["PLACE"] in _NO_PROVIDER)


def _lasted_less_than_a_day(line: Line) -> bool:
    return bool(line["DECOM"]) and line["DECOM"] == line["DEC"]


def _ended_before_it_began(line: Line) -> bool:
    started_on, ended_on = line.day("DECOM"), line.day("DEC")
    return bool(started_on and ended_on and ended_on < started_on)


RULES: tuple[Rule, ...] = (
    Rule(
        "141",
        "The start of the episode is no date.",
        "Write the day as DD/MM/YYYY.",
        _no_day("DECOM"),
    ),
    Rule(
        "143",
        "The reason for the new episode is no code of this year’s list.",
        "Choose S, L, P, T, B or U.",
        _unlisted("RNE"),
    ),
    Rule(
        "144",
        "The legal status is no code of this year’s list.",
        "Choose the legal status from the list.",
        _unlisted("LS"),
    ),
    Rule(
        "145",
        "The category of need is no code of this year’s list.",
        "Choose N1 to N8. N9 and N0 belong to the children in need census.",
        _unlisted("CIN"),
    ),
    Rule(
        "146",
        "The placement is no code of this year’s list.",
        "Choose the placement from the list; some old codes have gone.",
        _unlisted("PLACE"),
    ),
    Rule(
        "147",
        "The end of the episode is no date.",
        "Write the day as DD/MM/YYYY.",
        _no_day("DEC"),
    ),
    Rule(
        "148",
        "The episode has an end date without a reason, or a reason without an end date.",
        "Give both, or leave both blank while the episode is open.",
        alone("REC", "DEC", broken=lambda line: bool(line["DEC"]) != bool(line["REC"])),
    ),
    Rule(
        "149",
        "The reason why the episode ended is no code of this year’s list.",
        "Choose the reason from the list.",
        _unlisted("REC"),
    ),
    Rule(
        "178",
        "The placement provider is no code of the list, or stands at a placement that has none.",
        "Choose PR0 to PR5, or leave it blank for a temporary or other placement.",
        in_year("PLACE_PROVIDER", "PLACE", broken=_is_no_provider),
    ),
    Rule(
        "1009",
        "The reason for the change of placement is no code of this year’s list.",
        "Choose the reason from the list.",
        _unlisted("REASON_PLACE_CHANGE"),
    ),
    Rule(
        "353",
        "The episode starts before 14 October 1991, when the Children Act 1989 began.",
        "Check the start of the episode.",
        alone("DECOM", broken=lambda line: _begins_before(line, _ACT_BEGAN_ON)),
    ),
    Rule(
        "354",
        "The episode starts after the end of the collection year.",
        "Check the start, or leave the episode for next year’s return.",
        _beyond_the_year("DECOM"),
    ),
    Rule(
        "385",
        "The episode ends after the end of the collection year.",
        "Check the end, or leave it open in this return.",
        _beyond_the_year("DEC"),
    ),
    Rule(
        "355",
        "The episode starts and ends on the same day.",
        "An episode lasts a night at least: check both dates, or take the episode out.",
        alone("DEC", "DECOM", broken=_lasted_less_than_a_day),
    ),
    Rule(
        "356",
        "The episode ends before it starts.",
        "Check both dates.",
        alone("DEC", "DECOM", broken=_ended_before_it_began),
    ),
    Rule(
        "446",
        "A placement order (E1) stands at an episode from before December 2005.",
        "Check the legal status and the start: there were no placement orders then.",
        alone(
            "LS",
            "DECOM",
            broken=lambda line: line["LS"] == "E1" and _begins_before(line, _PLACEMENT_ORDERS_BEGAN_ON),
        ),
    ),
)
