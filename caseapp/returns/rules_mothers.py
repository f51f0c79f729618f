"""Rules on motherhood in the header: whether she is a mother, and when her first child was born."""

from __future__ import annotations

from caseapp.returns.header_checks import FEMALE, MALE, against_last_year, header_before
from caseapp.returns.rule import Rule
from caseapp.returns.table_checks import (
    FLAGS,
    OC3_ITEMS,
    beside_short_breaks,
    given,
    in_return,
    is_in_year,
    is_under,
    left_care,
    no_date,
    rows,
)
from caseapp.returns.tables import Line, Return


def _care_in_year(told: Return, child: str) -> bool:
    return any(is_in_year(told, line) for line in beside_short_breaks(told, child))


def _is_care_leaver(told: Return, child: str) -> bool:
    return any(given(line, OC3_ITEMS) for line in told.of("OC3", child))


def _mother_invalid(told: Return, line: Line) -> bool:
    mother = line["MOTHER"]
    if mother and (mother not in FLAGS or line["SEX"] in MALE):
        return True
    if line["SEX"] not in FEMALE:
        return False
    if not mother:
        return _care_in_year(told, line.child)
    return not _care_in_year(told, line.child) and _is_care_leaver(told, line.child)


def _mother_blank(told: Return, line: Line) -> bool:
    return line["SEX"] in FEMALE and not line["MOTHER"] and bool(beside_short_breaks(told, line.child))


def _mother_blank_at_leaving(told: Return, line: Line) -> bool:
    return (
        line["SEX"] in FEMALE
        and not line["MOTHER"]
        and any(
            left_care(each) and _ended_in_year(told, each) for each in beside_short_breaks(told, line.child)
        )
    )


def _ended_in_year(told: Return, episode: Line) -> bool:
    ended_on = episode.day("DEC")
    return ended_on is not None and told.starts_on <= ended_on <= told.ends_on


def _no_mother_any_more(told: Return, line: Line) -> bool:
    before = header_before(told, line.child)
    if before is None or not told.of("Episodes", line.child):
        return False
    return before["MOTHER"] == "1" and line["MOTHER"] != "1"


def _mother_too_young(told: Return, line: Line) -> bool:
    return line["MOTHER"] == "1" and is_under(line, 11, told.starts_on)


def _younger_than_her_child(line: Line) -> bool:
    born_on, child_born_on = line.day("DOB"), line.day("MC_DOB")
    return born_on is not None and child_born_on is not None and child_born_on <= born_on


def _born_too_late(told: Return, line: Line) -> bool:
    child_born_on, episodes = line.day("MC_DOB"), told.episodes(line.child)
    if child_born_on is None:
        return False
    left_on = episodes[-1].day("DEC") if episodes and left_care(episodes[-1]) else None
    return child_born_on > (min(left_on, told.ends_on) if left_on else told.ends_on)


def _mother_already(told: Return, line: Line) -> bool:
    before, child_born_on = header_before(told, line.child), line.day("MC_DOB")
    if before is None or child_born_on is None or child_born_on >= told.starts_on:
        return False
    return line["MOTHER"] == "1" and before["MOTHER"] == "0"


def _mother_of_no_episode(told: Return, line: Line) -> bool:
    return bool(line["MOTHER"]) and not told.of("Episodes", line.child) and _is_care_leaver(told, line.child)


RULES: tuple[Rule, ...] = (
    Rule(
        "165",
        "The mother field is not as it should be: 0 or 1 for a girl looked after in the year, else blank.",
        "Enter 0 or 1 for a girl who was looked after in the year; leave it blank for others.",
        in_return("Header", "MOTHER", "SEX", broken=_mother_invalid),
    ),
    Rule(
        "171",
        "The date of birth of the mother’s child is no date.",
        "Enter the date of birth of her first child.",
        no_date("Header", "MC_DOB"),
    ),
    Rule(
        "174",
        "The date of birth of a mother’s child is given, but the child is male.",
        "Correct the sex, or leave the date blank.",
        rows("Header", "MC_DOB", "SEX", broken=lambda line: line["SEX"] in MALE and bool(line["MC_DOB"])),
    ),
    Rule(
        "207",
        "Last year’s return says that she is a mother, this year’s does not.",
        "Enter 1 in the mother field, or tell the Department that last year’s was wrong.",
        in_return("Header", "MOTHER", broken=_no_mother_any_more),
    ),
    Rule(
        "393",
        "She is looked after, but the mother field is blank.",
        "Enter 1 if she has a child of her own, else 0.",
        in_return("Header", "MOTHER", broken=_mother_blank),
    ),
    Rule(
        "607",
        "She ceased to be looked after in the year, but the mother field is blank.",
        "Enter 1 if she has a child of her own, else 0.",
        in_return("Header", "MOTHER", broken=_mother_blank_at_leaving),
    ),
    Rule(
        "611",
        "She is a mother, but the date of birth of her child is blank.",
        "Enter the date of birth of her first child.",
        rows("Header", "MC_DOB", "MOTHER", broken=lambda line: line["MOTHER"] == "1" and not line["MC_DOB"]),
    ),
    Rule(
        "612",
        "The date of birth of her child is given, but the mother field does not say that she is a mother.",
        "Enter 1 in the mother field, or leave the date blank.",
        rows(
            "Header",
            "MOTHER",
            "MC_DOB",
            broken=lambda line: (
                line["SEX"] in FEMALE and line["MOTHER"] in ("", "0") and bool(line["MC_DOB"])
            ),
        ),
    ),
    Rule(
        "620",
        "She is a mother, but was under 11 at the start of the year.",
        "Check the date of birth and the mother field.",
        in_return("Header", "MOTHER", "DOB", broken=_mother_too_young),
    ),
    Rule(
        "621",
        "The mother is no older than her child.",
        "Check both dates of birth.",
        rows("Header", "MC_DOB", "DOB", broken=_younger_than_her_child),
    ),
    Rule(
        "624",
        "The date of birth of her first child is not the one of last year’s return.",
        "Correct the date, or tell the Department why it changed.",
        against_last_year(
            "MC_DOB", lambda now, before: bool(before["MC_DOB"]) and now["MC_DOB"] != before["MC_DOB"]
        ),
    ),
    Rule(
        "625",
        "Her child was born after the year of the return, or after she ceased to be looked after.",
        "Correct the date of birth of her child, or leave it and the mother field as they were before.",
        in_return("Header", "MC_DOB", broken=_born_too_late),
    ),
    Rule(
        "626",
        "Her child was born before the year, but last year’s return says that she was no mother.",
        "Check the date of birth of her child, or tell the Department that last year’s was wrong.",
        in_return("Header", "MC_DOB", "MOTHER", broken=_mother_already),
    ),
    Rule(
        "628",
        "The mother field is filled in for a care leaver who was not looked after in the year.",
        "Leave the mother field blank.",
        in_return("Header", "MOTHER", broken=_mother_of_no_episode),
    ),
)
