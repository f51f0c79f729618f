"""Rules on the OC2 table: health, convictions, substance misuse and the questionnaire (SDQ)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import (
    AD1_ITEMS,
    FLAGS,
    OC2_FLAGS,
    OC3_ITEMS,
    given,
    in_return,
    is_aged,
    is_in_care_all_year,
    is_under,
    rows,
    unlisted,
    whole,
)
from caseapp.returns.tables import Line, Return

FOR_ALL = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
SDQ = ("SDQ_SCORE", "SDQ_REASON")
INTERVENTIONS = ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
HIGHEST_SCORE = 40


def _all_year(told: Return, line: Line) -> bool:
    return is_in_care_all_year(told, line.child)


def _no_score(line: Line) -> bool:
    score = line["SDQ_SCORE"]
    return bool(score) and not (re.fullmatch(r"\d{1,2}", score, re.ASCII) and int(score) <= HIGHEST_SCORE)


def _of_sdq_age_all_year(told: Return, line: Line) -> bool:
    """Return whether a child was 4 already on 1 April, and not yet 17 on 31 March."""
    return is_aged(line, 4, told.starts_on) and is_under(line, 17, told.ends_on) and _all_year(told, line)


def _of_sdq_age_for_a_part(told: Return, line: Line) -> bool:
    """Return whether a child turned 4 or 17 after 1 April and by 31 March."""
    turned = any(is_under(line, age, told.starts_on) and is_aged(line, age, told.ends_on) for age in (4, 17))
    return turned and _all_year(told, line)


def _without_a_row(told: Return) -> Iterator[Fault]:
    for line in told.lines("OC2"):
        if not whole(line, FOR_ALL) and _all_year(told, line):
            yield Fault(line, tuple(column for column in FOR_ALL if not line[column]))
    for child in told.children:
        if not told.of("OC2", child) and is_in_care_all_year(told, child):
            yield Fault(told.of("Episodes", child)[0], ("CHILD",))


def _other_table_too(told: Return) -> Iterator[Fault]:
    for table, items in (("OC3", OC3_ITEMS), ("AD1", AD1_ITEMS)):
        for line in told.lines(table):
            if given(line, items) and _all_year(told, line):
                yield Fault(line, tuple(column for column in items if line[column]))


def _care_leaver_too(told: Return, line: Line) -> bool:
    return given(line, OC2_FLAGS) and any(given(each, OC3_ITEMS) for each in told.of("OC3", line.child))


def _conviction_wanted(told: Return, line: Line) -> bool:
    return not line["CONVICTED"] and is_aged(line, 10, told.ends_on) and _all_year(told, line)


def _health_check_wanted(told: Return, line: Line) -> bool:
    return not line["HEALTH_CHECK"] and is_under(line, 5, told.ends_on) and _all_year(told, line)


_QUESTIONNAIRE = (
    Rule(
        "157",
        "The child was 4 to 16 all year, so the age (SDQ1) is no reason to have no SDQ score.",
        "Enter the score, or another reason: SDQ2 to SDQ5.",
        in_return(
            "OC2",
            "SDQ_REASON",
            "DOB",
            broken=lambda told, line: (
                line["SDQ_REASON"] == "SDQ1" and not line["SDQ_SCORE"] and _of_sdq_age_all_year(told, line)
            ),
        ),
    ),
    Rule(
        "180",
        "The SDQ score is not a number from 0 to 40.",
        "Enter a number from 0 to 40.",
        rows("OC2", "SDQ_SCORE", broken=_no_score),
    ),
    Rule(
        "185",
        "There is an SDQ score, but the child was not looked after all year.",
        "Leave the score blank, or check the episodes.",
        in_return(
            "OC2",
            "SDQ_SCORE",
            broken=lambda told, line: bool(line["SDQ_SCORE"]) and not _all_year(told, line),
        ),
    ),
    Rule(
        "186",
        "The SDQ score is blank, and so is the reason, for a child aged 4 to 16 and looked after all year.",
        "Enter the score, or the reason for having none.",
        in_return(
            "OC2",
            *SDQ,
            broken=lambda told, line: not given(line, SDQ) and _of_sdq_age_all_year(told, line),
        ),
    ),
    Rule(
        "188",
        "There is an SDQ score or reason, but the child was under 4 on 31 March.",
        "Leave both blank.",
        in_return(
            "OC2", *SDQ, broken=lambda told, line: given(line, SDQ) and is_under(line, 4, told.ends_on)
        ),
    ),
    Rule(
        "189",
        "There is an SDQ score or reason, but the young person was 17 already on 1 April.",
        "Leave both blank.",
        in_return(
            "OC2",
            *SDQ,
            "DOB",
            broken=lambda told, line: given(line, SDQ) and is_aged(line, 17, told.starts_on),
        ),
    ),
    Rule(
        "196",
        "The reason for having no SDQ score is no code of the return.",
        "Choose a reason: SDQ1 to SDQ5.",
        unlisted("OC2", "SDQ_REASON"),
    ),
    Rule(
        "197B",
        "The SDQ score is blank, and so is the reason, for a child who turned 4 or 17 in the year.",
        "Enter the score, or the reason for having none.",
        in_return(
            "OC2",
            *SDQ,
            "DOB",
            broken=lambda told, line: not given(line, SDQ) and _of_sdq_age_for_a_part(told, line),
        ),
    ),
    Rule(
        "197a",
        "There is an SDQ score, and a reason for having none.",
        "Keep one of the two.",
        rows("OC2", "SDQ_REASON", "SDQ_SCORE", broken=lambda line: whole(line, SDQ)),
    ),
    Rule(
        "198",
        "There is a reason for having no SDQ score, but the child was not looked after all year.",
        "Leave the reason blank, or check the episodes.",
        in_return(
            "OC2",
            "SDQ_REASON",
            broken=lambda told, line: bool(line["SDQ_REASON"]) and not _all_year(told, line),
        ),
    ),
)

_WHO = (
    Rule(
        "187",
        "The child was looked after all year, so there can be no adoption and no care leaver’s row.",
        "Take the row out, or check the episodes.",
        _other_table_too,
    ),
    Rule(
        "190",
        "There are health items, but the child was not looked after all year.",
        "Take the row out, or check the episodes.",
        in_return(
            "OC2",
            *OC2_FLAGS,
            broken=lambda told, line: given(line, OC2_FLAGS) and not _all_year(told, line),
        ),
    ),
    Rule(
        "191",
        "The child was looked after all year, but health items are blank or the row is missing.",
        "Fill in immunisations, teeth check, health assessment and substance misuse.",
        _without_a_row,
    ),
    Rule(
        "215",
        "A care leaver has health items.",
        "Take the row out of the health table (OC2), or out of the care leavers’ (OC3).",
        in_return("OC2", *OC2_FLAGS, broken=_care_leaver_too),
    ),
)

_ITEMS = (
    Rule(
        "158",
        "An intervention was received, so whether one was offered should be blank.",
        "Leave blank whether an intervention was offered.",
        rows(
            "OC2",
            *reversed(INTERVENTIONS),
            broken=lambda line: line["INTERVENTION_RECEIVED"] == "1" and bool(line["INTERVENTION_OFFERED"]),
        ),
    ),
    Rule(
        "159",
        "No intervention was received, and whether one was offered is blank.",
        "Say whether an intervention was offered.",
        rows(
            "OC2",
            *reversed(INTERVENTIONS),
            "SUBSTANCE_MISUSE",
            broken=lambda line: (
                line["SUBSTANCE_MISUSE"] == "1"
                and line["INTERVENTION_RECEIVED"] == "0"
                and not line["INTERVENTION_OFFERED"]
            ),
        ),
    ),
    Rule(
        "181",
        "A health item is neither 0 nor 1.",
        "Enter 1 for yes and 0 for no.",
        rows(
            "OC2",
            *OC2_FLAGS,
            broken=lambda line: any(line[column] and line[column] not in FLAGS for column in OC2_FLAGS),
        ),
    ),
    Rule(
        "182",
        "Some health items are filled in, others blank that every child in the table has.",
        "Fill in immunisations, teeth check, health assessment and substance misuse, or leave all blank.",
        rows("OC2", *FOR_ALL, broken=lambda line: given(line, OC2_FLAGS) and not whole(line, FOR_ALL)),
    ),
    Rule(
        "192",
        "There is a substance misuse problem, but whether an intervention was received is blank.",
        "Say whether an intervention was received.",
        rows(
            "OC2",
            "INTERVENTION_RECEIVED",
            "SUBSTANCE_MISUSE",
            broken=lambda line: line["SUBSTANCE_MISUSE"] == "1" and not line["INTERVENTION_RECEIVED"],
        ),
    ),
    Rule(
        "193",
        "No substance misuse problem is recorded, but an intervention is.",
        "Leave both interventions blank, or enter 1 for substance misuse.",
        rows(
            "OC2",
            *INTERVENTIONS,
            "SUBSTANCE_MISUSE",
            broken=lambda line: line["SUBSTANCE_MISUSE"] in ("", "0") and given(line, INTERVENTIONS),
        ),
    ),
    Rule(
        "542",
        "Convictions are filled in, but the child was under 10 on 31 March.",
        "Leave convictions blank.",
        in_return(
            "OC2",
            "CONVICTED",
            broken=lambda told, line: bool(line["CONVICTED"]) and is_under(line, 10, told.ends_on),
        ),
    ),
    Rule(
        "543",
        "Convictions are blank for a child of 10 or over who was looked after all year.",
        "Enter 1 if the child was convicted or cautioned in the year, else 0.",
        in_return("OC2", "CONVICTED", "DOB", broken=_conviction_wanted),
    ),
    Rule(
        "544",
        "Convictions are filled in, but other health items are blank.",
        "Fill in immunisations, teeth check, health assessment and substance misuse.",
        rows("OC2", *FOR_ALL, broken=lambda line: bool(line["CONVICTED"]) and not whole(line, FOR_ALL)),
    ),
    Rule(
        "545",
        "The health checks of a child under 5 who was looked after all year are blank.",
        "Enter 1 if the health checks for the age are up to date, else 0.",
        in_return("OC2", "HEALTH_CHECK", "DOB", broken=_health_check_wanted),
    ),
    Rule(
        "546",
        "The health checks for under-fives are filled in, but the child was 5 or over on 31 March.",
        "Leave the health checks blank.",
        in_return(
            "OC2",
            "HEALTH_CHECK",
            "DOB",
            broken=lambda told, line: bool(line["HEALTH_CHECK"]) and is_aged(line, 5, told.ends_on),
        ),
    ),
    Rule(
        "547",
        "The health checks are filled in, but other health items are blank.",
        "Fill in immunisations, teeth check, health assessment and substance misuse.",
        rows("OC2", *FOR_ALL, broken=lambda line: bool(line["HEALTH_CHECK"]) and not whole(line, FOR_ALL)),
    ),
)

RULES: tuple[Rule, ...] = (*_QUESTIONNAIRE, *_WHO, *_ITEMS)
