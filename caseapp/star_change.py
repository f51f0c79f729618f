"""What changed between readings of a star: of one person, and over many. A missing point is never nought.

Source of the measures: the domain page on stars, 6.1. What they say is recorded progress, not proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.form import Stage

Points = tuple[int | None, ...]

FULL_SHARE = Decimal("0.8")
"""The share of its areas that a reading must hold to be whole; below, it is partial."""
BIG_FROM: tuple[tuple[int, int], ...] = ((9, 2), (0, 1))
"""From how many steps of the scale on a change of how many points is big: 2 on 0–10 and 1–10, 1 on 1–5."""
SIZES = ("big up", "small up", "same", "small down", "big down")
NOT_ENOUGH = "No area has two readings yet."


class Improvement(NamedTuple):
    """When a person counts as improved: an area up and, unless allowed, none down; or the mean change."""

    none_worse: bool = True
    mean_at_least: Decimal | None = None


class Case(NamedTuple):
    """A person's first and latest reading, and whose file they stand in."""

    child_id: UUID
    first: Points
    latest: Points


class PersonChange(NamedTuple):
    """One person's change; `changes` has None for an area that lacks a point in either reading."""

    changes: Points
    compared: int
    increased: int
    same: int
    decreased: int
    mean_change: Decimal | None
    mean_first: Decimal | None
    mean_latest: Decimal | None
    big_up: int
    big_down: int


class AreaChange(NamedTuple):
    """One area over many people: means of the same people, and the places in the list of those behind."""

    n: int
    mean_first: Decimal | None
    mean_latest: Decimal | None
    mean_change: Decimal | None
    increased: tuple[int, ...]
    same: tuple[int, ...]
    decreased: tuple[int, ...]


def area_changes(first: Points, latest: Points) -> Points:
    """Return the change of each area; None where an area was not discussed both times.

    >>> area_changes((3, 5, 8, None), (6, 5, 7, 4))
    (3, 0, -1, None)
    """
    pairs = zip(first, latest, strict=True)
    return tuple(None if was is None or now is None else now - was for was, now in pairs)


def person_change(first: Points, latest: Points, big: int = 2) -> PersonChange:
    """Return a person's change; the means run over the areas that have both points.

    >>> told = person_change((3, 5, 8, None), (6, 5, 7, 4))
    >>> told.increased, told.same, told.decreased, told.compared, told.big_up
    (1, 1, 1, 3, 1)
    >>> shown(told.mean_first), shown(told.mean_latest), shown(told.mean_change)
    ('5.33', '6.00', '0.67')
    >>> percent_words(told.increased, told.compared)
    '33 %'
    """
    changes = area_changes(first, latest)
    both = [place for place, change in enumerate(changes) if change is not None]
    moved = [change for change in changes if change is not None]
    return PersonChange(
        changes,
        len(moved),
        sum(change > 0 for change in moved),
        sum(change == 0 for change in moved),
        sum(change < 0 for change in moved),
        mean(changes),
        mean(tuple(first[place] for place in both)),
        mean(tuple(latest[place] for place in both)),
        sum(change >= big for change in moved),
        sum(change <= -big for change in moved),
    )


def mean(points: Sequence[int | None]) -> Decimal | None:
    """Return the mean of the points that are there, or None without any: a person's overall average.

    >>> shown(mean((3, 5, 8, None))), mean((None, None))
    ('5.33', None)
    """
    there = [point for point in points if point is not None]
    return Decimal(sum(there)) / len(there) if there else None


def shown(number: Decimal | None, places: int = 2) -> str:
    """Return a mean as people read it, rounded half up; a dash where there is none.

    >>> shown(Decimal("2.675")), shown(Decimal("-0.005")), shown(None)
    ('2.68', '-0.01', '–')
    """
    if number is None:
        return "–"
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(rounded if rounded else abs(rounded))


def signed(number: Decimal | None) -> str:
    """Return a change with its sign, rounded half up; a dash where there is none.

    >>> signed(Decimal("0.666")), signed(Decimal(-1)), signed(Decimal(0)), signed(None)
    ('+0.67', '-1.00', '0.00', '–')
    """
    return f"+{shown(number)}" if number is not None and number > 0 else shown(number)


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole percent, rounded half up; None of nothing.

    >>> percent(1, 3), percent(1, 8), percent(0, 0)
    (33, 13, None)
    """
    if not whole:
        return None
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))


def percent_words(part: int, whole: int) -> str:
    """Return a share as people read it: 33 %; a dash of nothing."""
    found = percent(part, whole)
    return "–" if found is None else f"{found} %"


def big_step(low: int, high: int, big_from: Sequence[tuple[int, int]] = BIG_FROM) -> int:
    """Return from how many points on a change is big, on a scale.

    >>> big_step(0, 10), big_step(1, 10), big_step(1, 5), big_step(-2, 2)
    (2, 2, 1, 1)
    """
    return next(points for steps, points in big_from if high - low >= steps)


def size(change: Decimal | int, big: int) -> str:
    """Return how large a change is, one of SIZES.

    >>> size(2, 2), size(Decimal("0.67"), 2), size(0, 2), size(-1, 2), size(-2, 2)
    ('big up', 'small up', 'same', 'small down', 'big down')
    """
    if not change:
        return "same"
    way = "up" if change > 0 else "down"
    return f"big {way}" if abs(Decimal(change)) >= big else f"small {way}"


def is_improved(changes: Points, rule: Improvement | None = None) -> bool:
    """Return whether a person counts as improved.

    >>> is_improved((3, 0, -1, None)), is_improved((3, 0, 0, None)), is_improved((None, 0))
    (False, True, False)
    >>> is_improved((3, 0, -1, None), Improvement(none_worse=False))
    True
    >>> is_improved((3, 0, -1, None), Improvement(mean_at_least=Decimal("0.5")))
    True
    """
    rule = rule or Improvement()
    moved = [change for change in changes if change is not None]
    average = mean(changes)
    if rule.mean_at_least is not None and average is not None and average >= rule.mean_at_least:
        return True
    return any(change > 0 for change in moved) and not (rule.none_worse and any(c < 0 for c in moved))


def improvement_words(rule: Improvement) -> str:
    """Return in words when a person counts as improved."""
    said = "at least one area went up"
    if rule.none_worse:
        said += " and none went down"
    if rule.mean_at_least is not None:
        said += f", or the areas rose by {shown(rule.mean_at_least)} points or more on average"
    return said


def stage_of(point: int | None, stages: Sequence[Stage]) -> int | None:
    """Return the place of a point's stage, from 0; None without a point or a stage for it."""
    if point is None:
        return None
    return next((place for place, stage in enumerate(stages) if stage.low <= point <= stage.high), None)


def stage_words(point: int | None, stages: Sequence[Stage]) -> str:
    """Return the label of a point's stage, nothing where there is none."""
    place = stage_of(point, stages)
    return "" if place is None else stages[place].label


def stages_moved(was: int | None, now: int | None, stages: Sequence[Stage]) -> int | None:
    """Return how many stages an area moved; None where either reading has none."""
    before, after = stage_of(was, stages), stage_of(now, stages)
    return None if before is None or after is None else after - before


def needs_help(point: int | None, stages: Sequence[Stage]) -> bool:
    """Return whether a point lies in one of the two lowest stages."""
    place = stage_of(point, stages)
    return place is not None and place < 2


def bands(low: int, high: int, stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return the stages of a scale; where none are named, each point stands for itself."""
    return tuple(stages) or tuple(Stage(str(point), point, point) for point in range(low, high + 1))


def is_partial(points: Points, not_applicable: int = 0, full_share: Decimal = FULL_SHARE) -> bool:
    """Return whether too few of the areas that apply were discussed.

    >>> is_partial((3, 5, 8, None)), is_partial((3, 5, 8, 1, None)), is_partial((3, 5, 8, None), 1)
    (True, False, False)
    """
    apply = len(points) - not_applicable
    return sum(point is not None for point in points) < full_share * apply


def area_change(cases: Sequence[Case], area: int) -> AreaChange:
    """Return an area's change over the cases that have both points; `increased` … are places in `cases`."""
    both = [
        (place, was, now)
        for place, (was, now) in enumerate((case.first[area], case.latest[area]) for case in cases)
        if was is not None and now is not None
    ]
    return AreaChange(
        len(both),
        mean([was for _, was, _ in both]),
        mean([now for _, _, now in both]),
        mean([now - was for _, was, now in both]),
        tuple(place for place, was, now in both if now > was),
        tuple(place for place, was, now in both if now == was),
        tuple(place for place, was, now in both if now < was),
    )


def change_words(first: Points, latest: Points) -> str:
    """Return what changed between two readings, over the areas that have both."""
    told = person_change(first, latest)
    if not told.compared:
        return NOT_ENOUGH
    up = words.count(told.increased, "area")
    return f"{up} up, {told.same} the same, {told.decreased} down since the first reading."


def change_mark(was: int | None, now: int | None) -> str:
    """Return a change between two points with its arrow: ▲ +2, ▼ -1, = 0; nothing where one is missing.

    >>> change_mark(3, 5), change_mark(5, 4), change_mark(4, 4), change_mark(None, 4)
    ('▲ +2', '▼ -1', '= 0', '')
    """
    if was is None or now is None:
        return ""
    return f"{'▲' if now > was else '▼' if now < was else '='} {now - was:+d}".replace("+0", "0")


def sentence(first: Points, latest: Points, since: str) -> str:
    """Return a person's recorded progress since a day in one or two sentences.

    >>> sentence((3, 5, 8, None), (6, 5, 7, 4), "03/02/2026")
    'Recorded progress since 03/02/2026: 1 area up, 1 the same, 1 down; 0.67 points up on average. \
1 area was not discussed both times.'
    """
    told = person_change(first, latest)
    if told.mean_change is None:
        return NOT_ENOUGH
    way = "up" if told.mean_change > 0 else "down"
    average = shown(abs(told.mean_change))
    moved = f"{average} points {way} on average" if told.mean_change else "no change on average"
    said = (
        f"Recorded progress since {since}: {words.count(told.increased, 'area')} up, "
        f"{told.same} the same, {told.decreased} down; {moved}."
    )
    missing = len(first) - told.compared
    if missing:
        verb = "was" if missing == 1 else "were"
        said += f" {words.count(missing, 'area')} {verb} not discussed both times."
    return said
