"""Rules on the social workers of a child: who they are, and that one follows the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.table_checks import (
    SINCE_2026,
    in_return,
    is_in_care_at_end,
    no_date,
    periods,
    rows,
)
from caseapp.returns.tables import Line, Return
from caseapp.returns.year_codes import valid

FIRST_CONTACT = "FCONTA"
REASON_SINCE = date(2023, 4, 1)
DAYS_BETWEEN = 7
LAST_DAYS = 5
_YEARS = frozenset({2024, 2025, 2026, 2027})


def _spells(told: Return, child: str) -> list[Line]:
    """Return the spells of a child's social workers with a readable start, the oldest first."""
    dated = [line for line in told.of("SWEpisodes", child) if line.day("SW_DECOM")]
    return sorted(dated, key=lambda line: (line.day("SW_DECOM") or date.min, line.day("SW_DEC") or date.max))


def _children(told: Return) -> list[str]:
    return list(dict.fromkeys(line.child for line in told.lines("SWEpisodes")))


def _one_after_another(*columns: str, broken: Callable[[date, Line], bool]) -> Check:
    """Return a check of each spell against the end of the one before, told at the later one."""

    def check(told: Return) -> Iterator[Fault]:
        for child in _children(told):
            for before, after in pairwise(_spells(told, child)):
                ended_on = before.day("SW_DEC")
                if ended_on and broken(ended_on, after):
                    yield Fault(after, columns)

    return check


def _starts_before(ended_on: date, line: Line) -> bool:
    return (line.day("SW_DECOM") or date.max) < ended_on


def _is_first_contact(line: Line) -> bool:
    return line["SW_REASON"] == FIRST_CONTACT


def _days_apart(ended_on: date, line: Line) -> int:
    return abs(((line.day("SW_DECOM") or ended_on) - ended_on).days)


def _left_open(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        for before, _ in pairwise(_spells(told, child)):
            if not before["SW_DEC"]:
                yield Fault(before, ("SW_DEC",))


def _same_start(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        for before, after in pairwise(_spells(told, child)):
            if before["SW_DECOM"] == after["SW_DECOM"]:
                yield Fault(after, ("SW_DECOM",))


def _nobody_after(told: Return) -> Iterator[Fault]:
    """Yield the last spell where it ends in the last days of March, when a new worker is easily forgotten."""
    for child in _children(told):
        last = _spells(told, child)[-1:]
        ended_on = last[0].day("SW_DEC") if last else None
        if ended_on and is_in_care_at_end(told, child) and 0 <= (told.ends_on - ended_on).days <= LAST_DAYS:
            yield Fault(last[0], ("SW_DEC",))


def _nobody_at_the_end(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        spells = _spells(told, child)
        held = any(not line["SW_DEC"] or (line.day("SW_DEC") or date.min) > told.ends_on for line in spells)
        if spells and not held and is_in_care_at_end(told, child):
            yield Fault(spells[-1], ("SW_DEC", "SW_DECOM"))


def _not_from_the_start(told: Return) -> Iterator[Fault]:
    """Yield where no spell reaches back to the start of care, or to 1 April if care is older."""
    for child in told.children:
        if not is_in_care_at_end(told, child):
            continue
        began_on, spells = periods(told, child)[-1].started_on, _spells(told, child)
        since = max(began_on, told.starts_on)
        if spells and (spells[0].day("SW_DECOM") or date.min) > since:
            yield Fault(spells[0], ("SW_DECOM",))
        elif not told.of("SWEpisodes", child):
            yield Fault(told.episodes(child)[-1], ("CHILD",))


def _no_registration(line: Line) -> bool:
    return line["SW_ID"][:2] not in ("SW", "XX") or len(line["SW_ID"]) < 4


def _outside_the_years(told: Return, line: Line) -> bool:
    ended_on = line.day("SW_DEC")
    return ended_on is not None and not date(told.year - 2, 4, 1) <= ended_on <= told.ends_on


def _starts_after_the_year(told: Return, line: Line) -> bool:
    started_on = line.day("SW_DECOM")
    return started_on is not None and started_on > told.ends_on


def _lasts(line: Line) -> int | None:
    started_on, ended_on = line.day("SW_DECOM"), line.day("SW_DEC")
    return (ended_on - started_on).days if started_on and ended_on else None


def _ends_before_it_starts(line: Line) -> bool:
    days = _lasts(line)
    return days is not None and days < 0


def _no_reason(told: Return, line: Line) -> bool:
    if line["SW_REASON"]:
        return line["SW_REASON"] not in valid("SW_REASON", told.year)
    started_on = line.day("SW_DECOM")
    return started_on is not None and started_on >= REASON_SINCE


_ONE = (
    Rule(
        "SW02STG1",
        "The social worker’s number does not begin with SW or XX, or is too short.",
        "Enter the registration: SW and figures. If there is none: XX and figures.",
        rows("SWEpisodes", "SW_ID", broken=_no_registration),
        _YEARS,
    ),
    Rule(
        "SW04STG1",
        "The day from which the social worker had the child is blank or no date.",
        "Enter the day on which the social worker took over.",
        no_date("SWEpisodes", "SW_DECOM", needed=True),
        _YEARS,
    ),
    Rule(
        "SW05STG1",
        "The day up to which the social worker had the child is no date.",
        "Enter the day on which the social worker handed over, or leave it blank.",
        no_date("SWEpisodes", "SW_DEC"),
        _YEARS,
    ),
    Rule(
        "SW06STG2",
        "The social worker’s spell starts after the year of the return.",
        "Correct the date, or keep the row for next year’s return.",
        in_return("SWEpisodes", "SW_DECOM", broken=_starts_after_the_year),
        _YEARS,
    ),
    Rule(
        "SW07STG2",
        "The social worker’s spell ended more than a year before the year of the return, or after it.",
        "Correct the date, or take the row out.",
        in_return("SWEpisodes", "SW_DEC", broken=_outside_the_years),
        _YEARS,
    ),
    Rule(
        "SW09STG2",
        "The social worker’s spell ended on the day on which it began.",
        "Correct one of the two dates, or take the row out.",
        rows("SWEpisodes", "SW_DEC", "SW_DECOM", broken=lambda line: _lasts(line) == 0),
        _YEARS,
    ),
    Rule(
        "SW13STG1",
        "The reason for the change of social worker is blank or no code of the return.",
        "Choose the reason; FCONTA for the first one.",
        in_return("SWEpisodes", "SW_REASON", broken=_no_reason),
        _YEARS,
    ),
    Rule(
        "SW18STG2",
        "The social worker’s spell ends before it starts.",
        "Correct one of the two dates.",
        rows("SWEpisodes", "SW_DEC", "SW_DECOM", broken=_ends_before_it_starts),
        SINCE_2026,
    ),
)

_CHAIN = (
    Rule(
        "SW08STG2",
        "Another social worker followed, but this one’s spell has no end.",
        "Enter the day on which the social worker handed over.",
        _left_open,
        _YEARS,
    ),
    Rule(
        "SW10STG2",
        "The social worker’s spell starts before the one before has ended.",
        "Correct one of the two dates.",
        _one_after_another("SW_DECOM", broken=_starts_before),
        _YEARS,
    ),
    Rule(
        "SW10aSTG2",
        "More than seven days lie between the end of one social worker’s spell and the start of the next.",
        "Correct one of the two dates, or add the social worker in between.",
        _one_after_another(
            "SW_DECOM",
            broken=lambda ended_on, line: (
                not _is_first_contact(line) and _days_apart(ended_on, line) > DAYS_BETWEEN
            ),
        ),
        SINCE_2026,
    ),
    Rule(
        "SW10bSTG2",
        "The social worker came as a first contact, but the spell of the one before had not ended.",
        "Choose another reason, or correct one of the two dates.",
        _one_after_another(
            "SW_DECOM",
            "SW_REASON",
            broken=lambda ended_on, line: _is_first_contact(line) and _starts_before(ended_on, line),
        ),
        SINCE_2026,
    ),
    Rule(
        "SW11bSTG2",
        "The last social worker’s spell ended in the last days of March, and nobody follows.",
        "Add the social worker who took over.",
        _nobody_after,
        _YEARS,
    ),
    Rule(
        "SW12STG2",
        "The child is looked after on 31 March, but no social worker is told of from the start.",
        "Add the social worker who had the child when care began, or on 1 April.",
        _not_from_the_start,
        _YEARS,
    ),
    Rule(
        "SW17STG2",
        "The child is looked after, but no social worker’s spell is open on 31 March.",
        "Add the social worker who had the child on 31 March, or leave the last end blank.",
        _nobody_at_the_end,
        SINCE_2026,
    ),
    Rule(
        "SW19STG2",
        "Two social workers’ spells start on the same day.",
        "Keep one of the two rows, or correct the date.",
        _same_start,
        SINCE_2026,
    ),
)

RULES: tuple[Rule, ...] = (*_ONE, *_CHAIN)
