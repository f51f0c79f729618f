"""Rules on the OC3 table: who is a care leaver, and the three items of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseapp import ages
from caseapp.returns.episode_checks import ADOPTED, SHORT_BREAKS
from caseapp.returns.rule import Rule
from caseapp.returns.table_checks import (
    OC3_ITEMS,
    birthday,
    given,
    in_return,
    is_aged,
    is_in_year,
    is_under,
    known_episodes,
    rows,
    unlisted,
    whole,
)
from caseapp.returns.tables import Line, Return

DIED_IN_CARE, TO_ANOTHER_COUNCIL = "E2", "E3"
NOTHING_TO_TELL = "0"
FOYER, WITH_FORMER_CARER = frozenset({"T1", "T2"}), frozenset({"Z1", "Z2"})
DAYS_FROM_14 = 91  # thirteen weeks. Source: Children Act 1989 Schedule 2 paragraph 19B


def _items_without_place(line: Line) -> bool:
    kept = [line["ACTIV"], line["ACCOM"]]
    return line["IN_TOUCH"] in ("DIED", "RHOM") and any(each not in ("", NOTHING_TO_TELL) for each in kept)


def _died_before(told: Return, line: Line) -> bool:
    before = told.prior.of("OC3", line.child) if told.prior else ()
    return any(each["IN_TOUCH"] == "DIED" for each in before) and line["IN_TOUCH"] != "DIED"


def _died_in_care(told: Return, line: Line) -> bool:
    return any(each["REC"] == DIED_IN_CARE for each in known_episodes(told, line.child))


def _to_another_council(told: Return, line: Line) -> bool:
    episodes = known_episodes(told, line.child)
    return given(line, OC3_ITEMS) and bool(episodes) and episodes[-1]["REC"] == TO_ANOTHER_COUNCIL


def _is_telling(told: Return, line: Line) -> bool:
    """Return whether this year and the last can tell of the care: it could still go on last year."""
    eighteenth = birthday(line, 18)
    return told.prior is not None and eighteenth is not None and eighteenth >= told.prior.starts_on


def _never_in_care(told: Return, line: Line) -> bool:
    return _is_telling(told, line) and not known_episodes(told, line.child)


def _no_care_leaver(told: Return, line: Line) -> bool:
    """Return whether the care was too short, too early, or ended in adoption."""
    episodes = known_episodes(told, line.child)
    if not _is_telling(told, line) or not episodes:
        return False
    if episodes[-1]["REC"] in ADOPTED:
        return True
    from_14, from_16 = (_days_from(told, line, years, episodes) for years in (14, 16))
    return from_14 < DAYS_FROM_14 or from_16 < 1


def _days_from(told: Return, line: Line, years: int, episodes: Sequence[Line]) -> int:
    """Return the days in care from a birthday on, short breaks left out."""
    return sum(
        _days_within(episode, birthday(line, years) or date.max, told.ends_on)
        for episode in episodes
        if episode["LS"] not in SHORT_BREAKS
    )


def _days_within(episode: Line, first: date, last: date) -> int:
    started_on, ended_on = episode.day("DECOM") or date.max, episode.day("DEC") or last
    return max(0, (min(ended_on, last) - max(started_on, first)).days)


def _last_birthday(told: Return, line: Line) -> date | None:
    """Return the 17th or 18th birthday of someone who is of that age on 31 March."""
    born_on = line.day("DOB")
    if born_on is None or ages.age(born_on, told.ends_on) not in (17, 18):
        return None
    return birthday(line, ages.age(born_on, told.ends_on))


def _still_in_care(told: Return, line: Line) -> bool:
    turned_on = _last_birthday(told, line)
    if turned_on is None or not given(line, OC3_ITEMS):
        return False
    return any(_is_open_or_holds(each, turned_on) for each in told.episodes(line.child))


def _is_open_or_holds(episode: Line, day: date) -> bool:
    started_on, ended_on = episode.day("DECOM"), episode.day("DEC")
    return ended_on is None or (started_on is not None and started_on <= day < ended_on)


def _left_after_birthday(told: Return, line: Line) -> bool:
    turned_on = _last_birthday(told, line)
    if turned_on is None or not given(line, OC3_ITEMS):
        return False
    ends = [each.day("DEC") for each in told.episodes(line.child)]
    return any(ended_on is not None and ended_on >= turned_on for ended_on in ends)


def _care_went_on(told: Return, line: Line) -> bool:
    if told.prior is None or told.of("Episodes", line.child):
        return False
    before = told.prior.episodes(line.child)
    return bool(before) and not before[-1]["DEC"]


def _alone_too(told: Return, line: Line) -> bool:
    in_year = any(is_in_year(told, each) for each in told.of("Episodes", line.child))
    return not in_year and any(given(each, OC3_ITEMS) for each in told.of("OC3", line.child))


_ITEMS = (
    Rule(
        "131",
        "Whether the council is in touch is blank or no code of the return.",
        "Choose YES, NO, DIED, REFU, NREQ or RHOM.",
        unlisted("OC3", "IN_TOUCH", needed=True),
    ),
    Rule(
        "132",
        "What the young person does is blank or no code of the return.",
        "Choose the main activity; 0 only if the council is not in touch and does not know.",
        unlisted("OC3", "ACTIV", needed=True),
    ),
    Rule(
        "133",
        "Where the young person lives is blank or no code of the return.",
        "Choose the accommodation; 0 only if the council is not in touch and does not know.",
        unlisted("OC3", "ACCOM", needed=True),
    ),
    Rule(
        "153",
        "Of in touch, activity and accommodation, some are filled in and some blank.",
        "Fill in all three.",
        rows("OC3", *OC3_ITEMS, broken=lambda line: given(line, OC3_ITEMS) and not whole(line, OC3_ITEMS)),
    ),
    Rule(
        "344",
        "The young person has died or returned home, but activity or accommodation is filled in.",
        "Enter 0 for activity and accommodation.",
        rows("OC3", "ACTIV", "ACCOM", "IN_TOUCH", broken=_items_without_place),
    ),
    Rule(
        "345",
        "The council is in touch, but activity or accommodation is 0.",
        "Choose what the young person does and where the young person lives.",
        rows(
            "OC3",
            "ACTIV",
            "ACCOM",
            "IN_TOUCH",
            broken=lambda line: (
                line["IN_TOUCH"] == "YES" and NOTHING_TO_TELL in (line["ACTIV"], line["ACCOM"])
            ),
        ),
    ),
    Rule(
        "347",
        "The young person lives in a foyer, but was under 18 on 1 April.",
        "Choose another kind of accommodation.",
        in_return(
            "OC3",
            "ACCOM",
            "DOB",
            broken=lambda told, line: line["ACCOM"] in FOYER and is_under(line, 18, told.starts_on),
        ),
    ),
    Rule(
        "3001",
        "The young person turned 17 in the year, so cannot live with former foster carers.",
        "Choose another kind of accommodation.",
        in_return(
            "OC3",
            "ACCOM",
            "DOB",
            broken=lambda told, line: (
                line["ACCOM"] in WITH_FORMER_CARER
                and is_aged(line, 17, told.ends_on)
                and (birthday(line, 17) or date.min) >= told.starts_on
            ),
        ),
    ),
)

_WHO = (
    Rule(
        "348",
        "Last year’s return says that the young person has died.",
        "Enter DIED, or tell the Department that last year’s was wrong.",
        in_return("OC3", "IN_TOUCH", broken=_died_before),
    ),
    Rule(
        "391",
        "The young person was under 17 on 31 March.",
        "Take the row out of the care leavers’ table, or correct the date of birth.",
        in_return(
            "OC3",
            "DOB",
            *OC3_ITEMS,
            broken=lambda told, line: given(line, OC3_ITEMS) and is_under(line, 17, told.ends_on),
        ),
    ),
    Rule(
        "1000",
        "The episodes say that the child died in care.",
        "Take the row out of the care leavers’ table.",
        in_return("OC3", *OC3_ITEMS, broken=_died_in_care),
    ),
    Rule(
        "1001",
        "This and last year’s episodes make no care leaver: 13 weeks from the age of 14, one day from 16.",
        "Take the row out of the care leavers’ table. Earlier care is not seen here: if it counts, let be.",
        in_return("OC3", *OC3_ITEMS, broken=_no_care_leaver),
    ),
    Rule(
        "1002",
        "Neither this year’s nor last year’s return has an episode of this young person.",
        "Take the row out of the care leavers’ table. Earlier care is not seen here: if it counts, let be.",
        in_return("OC3", *OC3_ITEMS, broken=_never_in_care),
    ),
    Rule(
        "1007",
        "The young person of 17 or 18 is still looked after, or was on that birthday.",
        "Take the row out of the care leavers’ table.",
        in_return("OC3", *OC3_ITEMS, broken=_still_in_care),
    ),
    Rule(
        "1010",
        "Last year’s last episode was open, this year has none, and there is a care leaver’s row.",
        "Add this year’s episode, with the day on which care ended.",
        in_return("OC3", *OC3_ITEMS, broken=_care_went_on),
    ),
    Rule(
        "1011",
        "Care passed to another council with the last episode.",
        "Take the row out of the care leavers’ table.",
        in_return("OC3", *OC3_ITEMS, broken=_to_another_council),
    ),
    Rule(
        "1014",
        "A care leaver who was not looked after in the year has a row as an unaccompanied asylum-seeker.",
        "Take the row out of the table of unaccompanied asylum-seeking children.",
        in_return("UASC", "CHILD", broken=_alone_too),
    ),
    Rule(
        "1016",
        "The young person of 17 or 18 ceased to be looked after on that birthday or later.",
        "Take the row out of the care leavers’ table.",
        in_return("OC3", *OC3_ITEMS, broken=_left_after_birthday),
    ),
)

RULES: tuple[Rule, ...] = (*_ITEMS, *_WHO)
