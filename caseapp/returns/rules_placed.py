"""Rules on the decision that a child should be placed for adoption: its day, its end, and the episodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from caseapp.returns.episode_checks import ADOPTED, CONTINUES, FOR_ADOPTION
from caseapp.returns.rule import Fault, Rule
from caseapp.returns.table_checks import (
    beside_short_breaks,
    given,
    in_return,
    known_episodes,
    left_care,
    no_date,
    rows,
    unlisted,
    whole,
)
from caseapp.returns.tables import Line, Return

PLACED = "PlacedAdoption"
CEASED = ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
PLACEMENT_ORDER = "E1"


def decisions(told: Return, child: str) -> list[Line]:
    """Return the decisions about a child, the oldest first; those without a readable day before all."""
    return sorted(told.of(PLACED, child), key=lambda line: line.day("DATE_PLACED") or date.min)


def latest(told: Return, child: str) -> Line | None:
    """Return the last decision about a child."""
    return next(reversed(decisions(told, child)), None)


def _children(told: Return) -> list[str]:
    return list(dict.fromkeys(line.child for line in told.lines(PLACED)))


def _ended_too_late(told: Return, line: Line) -> bool:
    episodes = told.episodes(line.child)
    left_on = episodes[-1].day("DEC") if episodes and left_care(episodes[-1]) else None
    last = min(left_on, told.ends_on) if left_on else told.ends_on
    days = line.day("DATE_PLACED"), line.day("DATE_PLACED_CEASED")
    return any(day is not None and day > last for day in days)


def _ceased_too_early(told: Return, line: Line) -> bool:
    ceased_on = line.day("DATE_PLACED_CEASED")
    begun = _begun_on(beside_short_breaks(told, line.child))
    return ceased_on is not None and (ceased_on < told.starts_on or bool(begun and ceased_on < begun))


def _begun_on(episodes: list[Line]) -> date | None:
    """Return the first day on which care is known to have begun."""
    return min((day for each in episodes if each["RNE"] == "S" and (day := each.day("DECOM"))), default=None)


def _decided_before_care(told: Return, line: Line) -> bool:
    decided_on, begun = line.day("DATE_PLACED"), _begun_on(list(known_episodes(told, line.child)))
    return decided_on is not None and begun is not None and decided_on < begun


def _decided_before_birth(told: Return, line: Line) -> bool:
    decided_on, header = line.day("DATE_PLACED"), told.header(line.child)
    born_on = header.day("DOB") if header else None
    return decided_on is not None and born_on is not None and decided_on < born_on


def _ceased_before_decided(line: Line) -> bool:
    decided_on, ceased_on = line.day("DATE_PLACED"), line.day("DATE_PLACED_CEASED")
    return decided_on is not None and ceased_on is not None and ceased_on < decided_on


def _placed(told: Return, child: str) -> list[Line]:
    return [line for line in told.episodes(child) if line["PLACE"] in FOR_ADOPTION]


def _placed_without_decision(told: Return) -> Iterator[Fault]:
    for child in told.children:
        held = told.of(PLACED, child)
        if not any(line["DATE_PLACED"] for line in held):
            for episode in _placed(told, child)[:1]:
                yield Fault(held[0], ("DATE_PLACED",)) if held else Fault(episode, ("PLACE",))


def _ordered(told: Return, child: str) -> list[Line]:
    return [line for line in known_episodes(told, child) if line["LS"] == PLACEMENT_ORDER]


def _order_without_decision(told: Return) -> Iterator[Fault]:
    """Yield a placement order without a decision, and one in force although the last decision has ended."""
    for child in told.children:
        under_order = [line for line in told.episodes(child) if line["LS"] == PLACEMENT_ORDER]
        if not under_order:
            continue
        last = latest(told, child)
        if last is None:
            yield Fault(under_order[0], ("LS",))
        elif not under_order[-1]["DEC"] and given(last, CEASED):
            yield Fault(last, CEASED)


def _after(told: Return, line: Line, episodes: list[Line]) -> bool:
    """Return whether the first decision about a child came after the first of the episodes."""
    dated = [each for each in decisions(told, line.child) if each.day("DATE_PLACED")]
    if not episodes or not dated or dated[0] is not line:
        return False
    return (line.day("DATE_PLACED") or date.min) > (episodes[0].day("DECOM") or date.max)


def _left_unadopted(told: Return) -> Iterator[Fault]:
    for child in told.children:
        left = [line for line in told.episodes(child) if _left_otherwise(line)]
        if not left:
            continue
        last = latest(told, child)
        if last is None:
            yield Fault(left[-1], ("REC",))
        elif not whole(last, CEASED):
            yield Fault(last, tuple(column for column in CEASED if not last[column]))


def _left_otherwise(line: Line) -> bool:
    meant = line["PLACE"] in FOR_ADOPTION or line["LS"] == PLACEMENT_ORDER
    return meant and bool(line["REC"]) and line["REC"] not in ADOPTED | {CONTINUES}


def _adopted_yet_ceased(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        last = latest(told, child)
        adopted = any(line["REC"] in ADOPTED for line in told.of("Episodes", child))
        if last is not None and adopted and last["DATE_PLACED_CEASED"]:
            yield Fault(last, ("DATE_PLACED_CEASED",))


def _before(told: Return, child: str) -> list[Line]:
    return decisions(told.prior, child) if told.prior else []


def _unknown_last_year(told: Return, line: Line) -> bool:
    decided_on = line.day("DATE_PLACED")
    if told.prior is None or decided_on is None or decided_on >= told.starts_on:
        return False
    return not any(each["DATE_PLACED"] for each in _before(told, line.child))


def _another_than_last_year(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        held = decisions(told, child)
        now = {line["DATE_PLACED"] for line in held}
        standing = [each for each in _before(told, child) if each["DATE_PLACED"] and not given(each, CEASED)]
        if any(each["DATE_PLACED"] not in now for each in standing):
            yield Fault(held[0], ("DATE_PLACED",))


def _ended_last_year(told: Return, line: Line) -> bool:
    ended = {each["DATE_PLACED"] for each in _before(told, line.child) if given(each, CEASED)}
    return bool(line["DATE_PLACED"]) and line["DATE_PLACED"] in ended


def _older_than_last_year(told: Return, line: Line) -> bool:
    """Return whether a decision is none or older than the one that ended last year."""
    ended = [each for each in _before(told, line.child) if given(each, CEASED)]
    if not ended or _ended_last_year(told, line):
        return False
    decided_on, ended_one = line.day("DATE_PLACED"), ended[-1].day("DATE_PLACED")
    if not line["DATE_PLACED"]:
        return True
    return decided_on is not None and ended_one is not None and decided_on < ended_one


def _overlapping(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        dated = [line for line in decisions(told, child) if line.day("DATE_PLACED")]
        for before, after in pairwise(dated):
            ceased_on = before.day("DATE_PLACED_CEASED")
            overlaps = ceased_on and (after.day("DATE_PLACED") or date.max) < ceased_on
            if overlaps or not before["DATE_PLACED_CEASED"]:
                yield Fault(after, ("DATE_PLACED",))


def _not_reversed(told: Return) -> Iterator[Fault]:
    for child in _children(told):
        for line in decisions(told, child)[:-1]:
            if not line["DATE_PLACED_CEASED"]:
                yield Fault(line, ("DATE_PLACED_CEASED",))


_CELLS = (
    Rule(
        "115",
        "The day of the decision to place the child for adoption is no date.",
        "Enter the day of the decision.",
        no_date(PLACED, "DATE_PLACED"),
    ),
    Rule(
        "116",
        "The day on which the decision to place the child for adoption ended is no date.",
        "Enter the day on which it was decided not to place the child, or leave it blank.",
        no_date(PLACED, "DATE_PLACED_CEASED"),
    ),
    Rule(
        "119",
        "The decision to place the child for adoption has ended, but the day or the reason is blank.",
        "Fill in both the day and the reason.",
        rows(PLACED, *CEASED, broken=lambda line: given(line, CEASED) and not whole(line, CEASED)),
    ),
    Rule(
        "120",
        "The reason why the decision to place the child for adoption ended is no code of the return.",
        "Choose the reason: RD1 to RD4.",
        unlisted(PLACED, "REASON_PLACED_CEASED"),
    ),
    Rule(
        "522",
        "The decision to place the child for adoption ended before it was made.",
        "Correct one of the two dates.",
        rows(PLACED, "DATE_PLACED_CEASED", "DATE_PLACED", broken=_ceased_before_decided),
    ),
    Rule(
        "563",
        "The decision to place the child for adoption ended, but the day on which it was made is blank.",
        "Enter the day of the decision.",
        rows(
            PLACED,
            "DATE_PLACED",
            *CEASED,
            broken=lambda line: whole(line, CEASED) and not line["DATE_PLACED"],
        ),
    ),
    Rule(
        "579",
        "The decision to place the child for adoption was made while an earlier one stood.",
        "Enter or correct the day on which the earlier one ended.",
        _overlapping,
    ),
    Rule(
        "583",
        "A later decision to place the child for adoption follows, but this one has no end.",
        "Enter the day on which it ended, or take the row out.",
        _not_reversed,
    ),
)

_CARE = (
    Rule(
        "117",
        "The decision to place the child for adoption is made or ends after the year, or after care ended.",
        "Correct the date.",
        in_return(PLACED, "DATE_PLACED", "DATE_PLACED_CEASED", broken=_ended_too_late),
    ),
    Rule(
        "118",
        "The decision to place the child for adoption ended before the year, or before care began.",
        "Correct the date, or take the row out.",
        in_return(PLACED, "DATE_PLACED_CEASED", broken=_ceased_too_early),
    ),
    Rule(
        "184",
        "The decision to place the child for adoption was made before the child was born.",
        "Correct the date, or the date of birth.",
        in_return(PLACED, "DATE_PLACED", broken=_decided_before_birth),
    ),
    Rule(
        "551",
        "The child is placed for adoption, but there is no day of the decision.",
        "Add the day on which it was decided that the child should be placed for adoption.",
        _placed_without_decision,
    ),
    Rule(
        "552",
        "The child was placed for adoption before it was decided on.",
        "Correct the day of the decision, or the start of the placement.",
        in_return(
            PLACED,
            "DATE_PLACED",
            broken=lambda told, line: _after(told, line, _placed(told, line.child)),
        ),
    ),
    Rule(
        "553",
        "There is a placement order, but no decision to place the child for adoption that stands.",
        "Add the day of the decision, or correct the legal status.",
        _order_without_decision,
    ),
    Rule(
        "554",
        "The placement order was made before it was decided to place the child for adoption.",
        "Correct the day of the decision, or the start of the legal status.",
        in_return(
            PLACED,
            "DATE_PLACED",
            broken=lambda told, line: _after(told, line, _ordered(told, line.child)),
        ),
    ),
    Rule(
        "557",
        "The child who was to be adopted left care without, and the decision has no end.",
        "Fill in the day and the reason why the decision ended.",
        _left_unadopted,
    ),
    Rule(
        "558",
        "The child was adopted, but the decision to place the child for adoption has ended.",
        "Leave the end of the decision blank.",
        _adopted_yet_ceased,
    ),
    Rule(
        "1003",
        "The decision to place the child for adoption was made before the child began to be looked after.",
        "Correct the day of the decision, or the first episode.",
        in_return(PLACED, "DATE_PLACED", broken=_decided_before_care),
    ),
)

_LAST_YEAR = (
    Rule(
        "559",
        "The decision to place the child for adoption is older than the year, but last year told of none.",
        "Correct the date, or tell the Department that last year’s was wrong.",
        in_return(PLACED, "DATE_PLACED", broken=_unknown_last_year),
    ),
    Rule(
        "560",
        "The decision of last year’s return had not ended, but this year’s has another day.",
        "Keep last year’s day, or tell the Department that it was wrong.",
        _another_than_last_year,
    ),
    Rule(
        "561",
        "The decision to place the child for adoption had ended in last year’s return.",
        "Take the row out, or enter the day of the new decision.",
        in_return(PLACED, "DATE_PLACED", broken=_ended_last_year),
    ),
    Rule(
        "584",
        "The decision to place the child for adoption is no later than the one that ended last year.",
        "Enter the day of the new decision.",
        in_return(PLACED, "DATE_PLACED", broken=_older_than_last_year),
    ),
)

RULES: tuple[Rule, ...] = (*_CELLS, *_CARE, *_LAST_YEAR)
