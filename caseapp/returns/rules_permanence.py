"""Rules on previous permanence: whether the child had been adopted before, or had a special guardian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from caseapp import councils
from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import given, in_return, known_episodes, rows, unlisted
from caseapp.returns.tables import Line, Return, day_of

NONE_BEFORE = "Z1"
WHERE_AND_WHEN = ("LA_PERM", "DATE_PERM")
ASKED_SINCE = date(2016, 4, 1)

_PART_DAY = re.compile(r"(\d\d|ZZ)/(\d\d|ZZ)/(\d{4}|ZZZZ)", re.ASCII)
_STAND_IN = ("01", "01", "2000")  # for a part not known: 29/02/ZZZZ is a day


def _is_day(text: str) -> bool:
    """Return whether a date is one; ZZ and ZZZZ stand for parts that are not known."""
    parts = _PART_DAY.fullmatch(text)
    if not parts:
        return False
    pairs = zip(parts.groups(), _STAND_IN, strict=True)
    return day_of("/".join(part if part.isdigit() else stand_in for part, stand_in in pairs)) is not None


def _not_before_care(told: Return, line: Line) -> bool:
    """Return whether the date is none, or not before the child began to be looked after.

    A date of which a part is not known is judged by its year, if that is known.
    """
    text = line["DATE_PERM"]
    if not text:
        return False
    if not _is_day(text):
        return True
    starts = [day for each in known_episodes(told, line.child) if (day := each.day("DECOM"))]
    if not starts:
        return False
    began_on, granted_on = max(_starts_of_care(told, line.child), default=starts[0]), day_of(text)
    if granted_on:
        return granted_on >= began_on
    return text[-4:].isdigit() and int(text[-4:]) > began_on.year


def _starts_of_care(told: Return, child: str) -> list[date]:
    """Return the days on which a child began to be looked after, as far as the episodes tell."""
    begun = [each.day("DECOM") for each in known_episodes(told, child) if each["RNE"] == "S"]
    return [day for day in begun if day]


def _left_out(told: Return) -> Iterator[Fault]:
    for child in told.children:
        begun = next(
            (
                each
                for each in told.episodes(child)
                if each["RNE"] == "S" and (each.day("DECOM") or date.min) >= told.starts_on
            ),
            None,
        )
        if begun is None:
            continue
        held = told.of("PrevPerm", child)
        if not held:
            yield Fault(begun, ("CHILD",))
        for line in held:
            wanted = [column for column in ("PREV_PERM", *_wanted_beside(line)) if not line[column]]
            if wanted:
                yield Fault(line, tuple(wanted))


def _wanted_beside(line: Line) -> tuple[str, ...]:
    return () if line["PREV_PERM"] == NONE_BEFORE else WHERE_AND_WHEN


def _asked_of_too_old_care(told: Return, line: Line) -> bool:
    """Return whether care is known to have begun before the question was asked, and not again since."""
    if not given(line, ("PREV_PERM", *WHERE_AND_WHEN)):
        return False
    days = [day for each in known_episodes(told, line.child) if (day := each.day("DECOM"))]
    if not days:
        return False
    latest = max(_starts_of_care(told, line.child), default=days[0])
    return latest < ASKED_SINCE


RULES: tuple[Rule, ...] = (
    Rule(
        "630",
        "The child began to be looked after in the year, but previous permanence is not filled in.",
        "Say whether there was one; unless there was none (Z1), where and when too.",
        _left_out,
    ),
    Rule(
        "631",
        "The kind of previous permanence is no code of the return.",
        "Choose P1 to P4, or Z1 if there was none.",
        unlisted("PrevPerm", "PREV_PERM"),
    ),
    Rule(
        "632",
        "The date of the previous permanence order is none, or not before care began.",
        "Correct the date; ZZ stands for a day or month and ZZZZ for a year not known.",
        in_return("PrevPerm", "DATE_PERM", broken=_not_before_care),
    ),
    Rule(
        "633",
        "The council of the previous permanence is no code of the return.",
        "Enter the council’s three figures; WAL, SCO, NIR or NUK outside England; 999 if not known.",
        rows(
            "PrevPerm",
            "LA_PERM",
            broken=lambda line: bool(line["LA_PERM"]) and line["LA_PERM"] not in councils.where_from(),
        ),
    ),
    Rule(
        "634",
        "Previous permanence is filled in, but the child began to be looked after before 1 April 2016.",
        "Take the row out.",
        in_return("PrevPerm", "PREV_PERM", *WHERE_AND_WHEN, broken=_asked_of_too_old_care),
    ),
    Rule(
        "635",
        "Where and when a previous permanence was is filled in, but not that there was one.",
        "Choose the kind of it, or leave council and date blank.",
        rows(
            "PrevPerm",
            "PREV_PERM",
            *WHERE_AND_WHEN,
            broken=lambda line: line["PREV_PERM"] in ("", NONE_BEFORE) and given(line, WHERE_AND_WHEN),
        ),
    ),
)
