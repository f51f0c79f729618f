"""Rules on periods missing, or away without authorisation: the dates, the kind, and the care around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import (
    Period,
    birthday,
    in_return,
    known_episodes,
    left_care,
    no_date,
    periods,
    rows,
    unlisted,
)
from caseapp.returns.tables import Line, Return

OTHER_REASON = "E8"


def _ends_before_it_starts(line: Line) -> bool:
    started_on, ended_on = line.day("MIS_START"), line.day("MIS_END")
    return started_on is not None and ended_on is not None and ended_on < started_on


def _starts_after_the_year(told: Return, line: Line) -> bool:
    started_on = line.day("MIS_START")
    return started_on is not None and started_on > told.ends_on


def _ends_outside_the_year(told: Return, line: Line) -> bool:
    ended_on = line.day("MIS_END")
    return ended_on is not None and not told.starts_on <= ended_on <= told.ends_on


def _before_birth(line: Line) -> bool:
    started_on, born_on = line.day("MIS_START"), line.day("DOB")
    return started_on is not None and born_on is not None and started_on < born_on


def _overlapping(told: Return) -> Iterator[Fault]:
    for child in dict.fromkeys(line.child for line in told.lines("Missing")):
        latest: date | None = None
        for line in _dated(told, child):
            started_on = line.day("MIS_START") or date.min
            if latest is not None and started_on < latest:
                yield Fault(line, ("MIS_START", "MIS_END"))
            ended_on = line.day("MIS_END") if line["MIS_END"] else date.max
            latest = max(latest or date.min, ended_on or started_on)


def _dated(told: Return, child: str) -> list[Line]:
    """Return a child's periods missing with a readable start, the oldest first."""
    dated = [line for line in told.of("Missing", child) if line.day("MIS_START")]
    return sorted(dated, key=lambda line: line.day("MIS_START") or date.min)


def _placement_ended(told: Return, line: Line) -> bool:
    """Return whether the placement in which an open period missing began has ended."""
    started_on = line.day("MIS_START")
    if started_on is None or line["MIS_END"]:
        return False
    episodes = known_episodes(told, line.child)
    begun = [place for place, each in enumerate(episodes) if (each.day("DECOM") or date.max) <= started_on]
    return bool(begun) and _ended_since(episodes[begun[-1] :], started_on)


def _ended_since(episodes: Sequence[Line], day: date) -> bool:
    """Return whether the placement of the first episode was there on a day, and has ended.

    An episode that ends because the legal status alone changes (L) leaves the placement as it is.
    """
    first_end = episodes[0].day("DEC")
    if first_end is None or first_end < day:
        return False
    for here, after in zip(episodes, (*episodes[1:], None), strict=True):
        if here.day("DEC") is None:
            return False
        if after is None or after["RNE"] != "L":
            return True
    return False


def _around(told: Return, line: Line) -> Period | None:
    """Return the period of care in which a period missing began."""
    started_on = line.day("MIS_START")
    if started_on is None:
        return None
    held = (
        period
        for period in periods(told, line.child)
        if period.started_on <= started_on <= (period.ended_on or date.max)
    )
    return next(held, None)


def _longer_than_care(told: Return, line: Line) -> bool:
    period = _around(told, line)
    if period is None or period.ended_on is None:
        return False
    ended_on = line.day("MIS_END")
    return not line["MIS_END"] or (ended_on is not None and ended_on > period.ended_on)


def _after_care(told: Return, line: Line) -> bool:
    started_on, found = line.day("MIS_START"), periods(told, line.child)
    if started_on is None or not found or _around(told, line) is not None:
        return False
    return any(period.ended_on and period.ended_on < started_on for period in found)


def _before_care(told: Return, line: Line) -> bool:
    started_on, found = line.day("MIS_START"), periods(told, line.child)
    return started_on is not None and bool(found) and found[0].begun and started_on < found[0].started_on


def _open_last_year(told: Return) -> Iterator[Fault]:
    for before in told.prior.lines("Missing") if told.prior else ():
        header = told.header(before.child)
        if before["MIS_END"] or header is None:
            continue
        now = told.of("Missing", before.child)
        if before["MIS_START"] not in {line["MIS_START"] for line in now}:
            yield Fault(now[0] if now else header, ("MIS_START",) if now else ("CHILD",))


def _missing_at_the_end(told: Return) -> Iterator[Fault]:
    """Yield the episodes with which care ended while the child was missing.

    A period that ends on that very day counts on the 18th birthday, when care ends whatever happens; on
    another day the child may well have been found.
    """
    for child in dict.fromkeys(line.child for line in told.lines("Missing")):
        for episode in told.episodes(child):
            wrongly = left_care(episode) and episode["REC"] != OTHER_REASON
            if wrongly and any(_lasts_to(episode, line) for line in told.of("Missing", child)):
                yield Fault(episode, ("REC",))


def _lasts_to(episode: Line, line: Line) -> bool:
    left_on, started_on = episode.day("DEC"), line.day("MIS_START")
    if left_on is None or started_on is None:
        return False
    if not (episode.day("DECOM") or left_on) <= started_on <= left_on:
        return False
    return not line["MIS_END"] or left_on == line.day("MIS_END") == birthday(line, 18)


RULES: tuple[Rule, ...] = (
    Rule(
        "564",
        "The child was missing or away, but the day on which it began is blank.",
        "Enter the day on which it began.",
        rows(
            "Missing",
            "MIS_START",
            broken=lambda line: line["MISSING"] in ("M", "A") and not line["MIS_START"],
        ),
    ),
    Rule(
        "565",
        "The day on which it began is given, but not whether the child was missing or away.",
        "Choose M (missing) or A (away without authorisation).",
        rows("Missing", "MISSING", broken=lambda line: bool(line["MIS_START"]) and not line["MISSING"]),
    ),
    Rule(
        "566",
        "The day on which it ended is given, but not whether the child was missing or away.",
        "Choose M (missing) or A (away without authorisation).",
        rows("Missing", "MISSING", broken=lambda line: bool(line["MIS_END"]) and not line["MISSING"]),
    ),
    Rule(
        "567",
        "The period missing ends before it starts.",
        "Correct one of the two dates.",
        rows("Missing", "MIS_END", "MIS_START", broken=_ends_before_it_starts),
    ),
    Rule(
        "570",
        "The period missing starts after the year of the return.",
        "Correct the date, or keep the period for next year’s return.",
        in_return("Missing", "MIS_START", broken=_starts_after_the_year),
    ),
    Rule(
        "571",
        "The period missing ends before or after the year of the return.",
        "Correct the date. Leave it blank if the period goes on after 31 March.",
        in_return("Missing", "MIS_END", broken=_ends_outside_the_year),
    ),
    Rule(
        "574",
        "The period missing starts while another one goes on.",
        "Correct the dates, so that one ends before the next starts.",
        _overlapping,
    ),
    Rule(
        "575",
        "The placement from which the child went missing has ended, but the period missing has not.",
        "Enter the day on which the period missing ended: at the latest the day on which the placement did.",
        in_return("Missing", "MIS_END", broken=_placement_ended),
    ),
    Rule(
        "576",
        "Last year’s return left a period missing open, and this year’s does not carry it on.",
        "Add the period with the day on which it began, and its end if there is one.",
        _open_last_year,
    ),
    Rule(
        "577",
        "The child ceased to be looked after, but the period missing goes on beyond.",
        "Enter the day on which the period missing ended: at the latest the day on which care did.",
        in_return("Missing", "MIS_END", broken=_longer_than_care),
    ),
    Rule(
        "578",
        "The period missing starts after the child ceased to be looked after.",
        "Correct the date, or take the period out of the return.",
        in_return("Missing", "MIS_START", broken=_after_care),
    ),
    Rule(
        "580",
        "The child was missing when care ended, but the reason is not E8.",
        "Choose E8 as the reason why care ended, or correct the end of the period missing.",
        _missing_at_the_end,
    ),
    Rule(
        "581",
        "The period missing starts before the child began to be looked after.",
        "Correct the date, or take the period out of the return.",
        in_return("Missing", "MIS_START", broken=_before_care),
    ),
    Rule(
        "586",
        "The period missing starts before the child was born.",
        "Correct the date, or the date of birth.",
        rows("Missing", "MIS_START", "DOB", broken=_before_birth),
    ),
    Rule(
        "1004",
        "The day on which the period missing began is blank or no date.",
        "Enter the day on which it began.",
        no_date("Missing", "MIS_START", needed=True),
    ),
    Rule(
        "1005",
        "The day on which the period missing ended is no date.",
        "Enter the day on which it ended.",
        no_date("Missing", "MIS_END"),
    ),
    Rule(
        "1006",
        "Whether the child was missing or away is no code of the return.",
        "Choose M (missing) or A (away without authorisation).",
        unlisted("Missing", "MISSING"),
    ),
)
