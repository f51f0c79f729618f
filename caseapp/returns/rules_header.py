"""Rules on the header: who the child is, and the pupil number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from caseapp.returns.header_checks import against_last_year
from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import (
    SINCE_2025,
    SINCE_2026,
    beside_short_breaks,
    birthday,
    in_return,
    is_aged,
    known_episodes,
    no_date,
    rows,
    unlisted,
)
from caseapp.returns.tables import Line, Return
from caseapp.returns.year_codes import valid

# Up to 2023/24 the return wrote 1 and 2.
_LETTERS = {"1": "M", "2": "F"}
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[A-Z0-9]", re.ASCII)
_UPN_OF_THE_YOUNG, _UPN_OF_THE_NEW = "UN1", "UN4"


def _another_sex(now: Line, before: Line) -> bool:
    letters = [_LETTERS.get(line["SEX"], line["SEX"]) for line in (now, before)]
    return letters[0] != letters[1]


def _another_dob(now: Line, before: Line) -> bool:
    both = now.day("DOB"), before.day("DOB")
    return None not in both and both[0] != both[1]


def _another_upn(now: Line, before: Line) -> bool:
    """Return whether a pupil number changed in a way that finding it out does not explain."""
    if now["UPN"] == before["UPN"] or not before["UPN"]:
        return False
    was_unknown, is_unknown = before["UPN"].startswith("UN"), now["UPN"].startswith("UN")
    if was_unknown and now["UPN"] and not is_unknown:
        return False
    return not (before["UPN"] == _UPN_OF_THE_YOUNG and is_unknown)


def _misshapen_upn(told: Return, line: Line) -> bool:
    upn = line["UPN"]
    return bool(upn) and not _UPN.fullmatch(upn) and upn not in valid("UPN", told.year)


def _twice(told: Return) -> Iterator[Fault]:
    times = Counter(line["UPN"] for line in told.lines("Header"))
    for line in told.lines("Header"):
        upn = line["UPN"]
        if upn and times[upn] > 1 and upn not in valid("UPN", told.year):
            yield Fault(line, ("UPN",))


def _of_school_age(told: Return, line: Line) -> bool:
    return line["UPN"] == _UPN_OF_THE_YOUNG and is_aged(line, 4, date(told.year - 2, 8, 31))


def _long_in_care(told: Return, line: Line) -> bool:
    """Return whether a child with UN4 was, on 31 March, looked after for more than a week."""
    if line["UPN"] != _UPN_OF_THE_NEW:
        return False
    episodes = known_episodes(told, line.child)
    if not episodes or episodes[-1]["DEC"]:
        return False
    starts = [day for each in episodes if each["RNE"] == "S" and (day := each.day("DECOM"))]
    began_on = max(starts, default=episodes[0].day("DECOM"))
    return began_on is not None and began_on < date(told.year, 3, 24)


def _upn_wanted(told: Return, line: Line) -> bool:
    return not line["UPN"] and bool(beside_short_breaks(told, line.child))


def _born_after_the_year(told: Return, line: Line) -> bool:
    born_on = line.day("DOB")
    return born_on is not None and born_on > told.ends_on


def _over_25(told: Return, line: Line) -> bool:
    complete_on = birthday(line, 25)
    return complete_on is not None and complete_on < told.starts_on


_PERSON = (
    Rule(
        "101",
        "The sex is blank or no code of the return.",
        "Choose M (male), F (female) or U (not known).",
        unlisted("Header", "SEX", needed=True),
    ),
    Rule(
        "102",
        "The date of birth is blank or no date.",
        "Enter the date of birth.",
        no_date("Header", "DOB", needed=True),
    ),
    Rule(
        "103",
        "The ethnicity is blank or no code of the return.",
        "Choose the ethnicity; NOBT if it is not yet known, REFU if it was refused.",
        unlisted("Header", "ETHNIC", "ethnicity", needed=True),
    ),
    Rule(
        "202",
        "The sex is not the one of last year’s return.",
        "Correct the sex, or tell the Department why it changed.",
        against_last_year("SEX", _another_sex),
    ),
    Rule(
        "203",
        "The date of birth is not the one of last year’s return.",
        "Correct the date of birth, or tell the Department why it changed.",
        against_last_year("DOB", _another_dob),
    ),
    Rule(
        "204",
        "The ethnicity is not the one of last year’s return.",
        "Correct the ethnicity, or tell the Department why it changed.",
        against_last_year("ETHNIC", lambda now, before: now["ETHNIC"] != before["ETHNIC"]),
    ),
    Rule(
        "232",
        "The sex is given as not known.",
        "Enter the sex as soon as it is known.",
        rows("Header", "SEX", broken=lambda line: line["SEX"] == "U"),
        years=SINCE_2025,
    ),
    Rule(
        "301",
        "The child was born after the year of the return.",
        "Correct the date of birth, or leave the child out of this year’s return.",
        in_return("Header", "DOB", broken=_born_after_the_year),
    ),
    Rule(
        "351",
        "The young person was over 25 at the start of the year.",
        "Correct the date of birth, or leave the young person out of the return.",
        in_return("Header", "DOB", broken=_over_25),
    ),
)

_PUPIL_NUMBER = (
    Rule(
        "168",
        "The pupil number (UPN) has not the form of one.",
        "Enter a letter, eleven figures and a figure or letter. If there is none: UN1 to UN5.",
        in_return("Header", "UPN", broken=_misshapen_upn),
    ),
    Rule(
        "208",
        "The pupil number (UPN) is not the one of last year’s return.",
        "Enter the number that the school has.",
        against_last_year("UPN", _another_upn),
    ),
    Rule(
        "209",
        "The child is of school age, but the pupil number (UPN) says: not of school age (UN1).",
        "Ask the school for the pupil number.",
        in_return("Header", "UPN", "DOB", broken=_of_school_age),
    ),
    Rule(
        "210",
        "The pupil number (UPN) says: newly looked after (UN4), but it is over a week by 31 March.",
        "Ask the school for the pupil number.",
        in_return("Header", "UPN", broken=_long_in_care),
    ),
    Rule(
        "442",
        "The pupil number (UPN) is blank.",
        "Enter the pupil number. If there is none: UN1 to UN5.",
        in_return("Header", "UPN", broken=_upn_wanted),
    ),
    Rule(
        "444",
        "The pupil number (UPN) stands with more than one child.",
        "Find out whose it is, and correct the other.",
        _twice,
        years=SINCE_2026,
    ),
)

RULES: tuple[Rule, ...] = (*_PERSON, *_PUPIL_NUMBER)
