"""The figures of a report on a star, counted from readings alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from caseapp import star_change, words
from caseapp.star_change import Case, Points
from caseapp.star_figures import (
    AreaRow,
    Ask,
    Behind,
    Ended,
    Figure,
    Figures,
    Group,
    Overdue,
    Reading,
    Scale,
    Star,
    Who,
    behind,
    figure,
    mean_figure,
)


class _Compared(NamedTuple):
    """A star with two readings to compare."""

    who: Who
    first: Reading
    latest: Reading
    changes: Points
    mean: Decimal

    @property
    def row(self) -> Behind:
        both = [place for place, change in enumerate(self.changes) if change is not None]
        was, now = (
            star_change.shown(star_change.mean([each.points[place] for place in both]))
            for each in (self.first, self.latest)
        )
        dates = f"{words.day(self.first.on)} to {words.day(self.latest.on)}"
        return behind(self.who, f"{was} → {now} ({star_change.signed(self.mean)}), {dates}")


def figures(
    stars: Sequence[Star], ended: Sequence[Ended], overdue: Sequence[Overdue], scale: Scale, ask: Ask
) -> Figures:
    """Return every figure of a period.

    A star belongs to the period if its latest reading up to the end of it does; its first may be earlier.
    """
    whole = [_usable(each, ask) for each in stars]
    partial = [
        behind(each.who, f"{_discussed(reading)} of {len(scale.areas)} areas, {words.day(reading.on)}")
        for each in stars
        for reading in each.readings
        if reading.is_partial and ask.holds(reading.on)
    ]
    within = [each for each in whole if each.readings and ask.holds(each.readings[-1].on)]
    begun = [each for each in whole if each.readings and ask.holds(each.readings[0].on)]
    compared = [told for each in within if (told := _compared(each))]
    headline = [
        *_change_figures(within, compared, scale, ask),
        *_stage_figures(within, compared, scale),
        *_coverage_figures(ended, overdue, ask),
        figure(
            "partial",
            "Partial readings",
            "Readings with fewer than 80 % of the areas that apply. "
            + ("They are counted here." if ask.with_partial else "They are left out of all other figures."),
            partial,
        ),
    ]
    return Figures(
        tuple(headline),
        tuple(_area_row(place, within, begun, compared, scale) for place in range(len(scale.areas))),
        tuple(_groups(within, compared, ask)),
        tuple(each.label for each in star_change.bands(scale.low, scale.high, scale.stages)),
        _sentence(within, compared, ask),
    )


def _usable(star: Star, ask: Ask) -> Star:
    kept = [each for each in star.readings if each.on <= ask.until]
    return star._replace(readings=tuple(each for each in kept if ask.with_partial or not each.is_partial))


def _compared(star: Star) -> _Compared | None:
    if len(star.readings) < 2:
        return None
    first, latest = star.readings[0], star.readings[-1]
    changes = star_change.area_changes(first.points, latest.points)
    mean = star_change.mean(changes)
    return None if mean is None else _Compared(star.who, first, latest, changes, mean)


def _discussed(reading: Reading) -> int:
    return sum(point is not None for point in reading.points)


def _one(star: Star) -> Behind:
    reading = star.readings[-1]
    many = words.count(len(star.readings), "reading")
    average = star_change.shown(star_change.mean(reading.points))
    return behind(star.who, f"{many}, latest {words.day(reading.on)}, average {average}")


def _change_figures(
    within: Sequence[Star], compared: Sequence[_Compared], scale: Scale, ask: Ask
) -> list[Figure]:
    n, big = len(compared), star_change.big_step(scale.low, scale.high)
    alone = [each for each in within if not _compared(each)]
    rows = {
        size: [each.row for each in compared if star_change.size(each.mean, big) == size]
        for size in star_change.SIZES
    }
    points = words.count(big, "point")
    return [
        figure(
            "stars",
            "People with a star",
            "People whose latest reading is in the period. Each person’s own star counts once, so one file "
            "can hold two.",
            map(_one, within),
        ),
        figure(
            "compared",
            "With a change to show",
            "Of these, people with two readings of this star that have an area in common.",
            (each.row for each in compared),
            len(within),
        ),
        figure(
            "alone",
            "Nothing to compare yet",
            "Of these, people with one reading only, or with no area discussed both times.",
            map(_one, alone),
            len(within),
        ),
        figure(
            "improved",
            "Improved",
            f"Of those with a change to show, people for whom {star_change.improvement_words(ask.improved)}.",
            (each.row for each in compared if star_change.is_improved(each.changes, ask.improved)),
            n,
        ),
        mean_figure(
            "change",
            "Average change",
            "The mean of each person’s average change, first reading to latest, over the areas discussed "
            "both times.",
            [(each.row, each.mean) for each in compared],
        ),
        figure("big_up", "Big increase", f"An average change of {points} or more upwards.",
                rows["big up"], n),
        figure("small_up", "Small increase", f"Upwards, by less than {points} on average.",
                rows["small up"], n),
        figure("same", "No change", "An average change of nought.", rows["same"], n),
        figure("small_down", "Small decrease", f"Downwards, by less than {points} on average.",
                rows["small down"], n),
        figure("big_down", "Big decrease", f"An average change of {points} or more downwards.",
                rows["big down"], n),
    ]  # fmt: skip


def _stage_figures(within: Sequence[Star], compared: Sequence[_Compared], scale: Scale) -> list[Figure]:
    if not scale.stages:
        return []
    places = range(len(scale.areas))
    needed = [each for each in within if any(_needed(each.readings[0].points, at, scale) for at in places)]
    seen = [each for each in compared if any(_needed(each.first.points, at, scale) for at in places)]
    lowest = " or ".join(f"“{each.label}”" for each in scale.stages[:2])
    return [
        figure(
            "stage_up",
            "Moved up a stage",
            "Of those with a change to show, people who moved up at least one stage in at least one area.",
            (each.row for each in compared if any(_stage_up(each, at, scale) for at in places)),
            len(compared),
        ),
        figure(
            "needed_help",
            "Needed help at first",
            f"People with an area in {lowest} at the first reading.",
            map(_one, needed),
            len(within),
        ),
        figure(
            "moved_up",
            "Needed help, moved up",
            "Of those who needed help at first and have a change to show, people who moved up a stage in "
            "such an area.",
            (
                each.row
                for each in seen
                if any(_needed(each.first.points, at, scale) and _stage_up(each, at, scale) for at in places)
            ),
            len(seen),
        ),
    ]


def _needed(points: Points, area: int, scale: Scale) -> bool:
    return star_change.needs_help(points[area], scale.stages)


def _stage_up(each: _Compared, area: int, scale: Scale) -> bool:
    moved = star_change.stages_moved(each.first.points[area], each.latest.points[area], scale.stages)
    return moved is not None and moved > 0


def _coverage_figures(ended: Sequence[Ended], overdue: Sequence[Overdue], ask: Ask) -> list[Figure]:
    closed = [each for each in ended if ask.holds(each.on)]
    said = [
        (each, behind(each.who, f"ended {words.day(each.on)}, {words.count(each.readings, 'reading')}"))
        for each in closed
    ]
    return [
        figure(
            "covered",
            "Two readings by closing",
            "Children whose early help ended in the period and in whose family somebody has two readings of "
            "this star from that time.",
            (row for each, row in said if each.readings >= 2),
            len(closed),
        ),
        figure(
            "not_covered",
            "Fewer than two by closing",
            "Children whose early help ended in the period without two readings: no comparison can be made.",
            (row for each, row in said if each.readings < 2),
            len(closed),
        ),
        figure(
            "overdue",
            "Reading overdue today",
            "Children with this star whose next reading was due before today.",
            (behind(each.who, f"due {words.day(each.due_on)}") for each in overdue),
        ),
    ]


def _area_row(
    at: int, within: Sequence[Star], begun: Sequence[Star], compared: Sequence[_Compared], scale: Scale
) -> AreaRow:
    label = scale.areas[at]
    cases = [Case(each.who.child_id, each.first.points, each.latest.points) for each in compared]
    told = star_change.area_change(cases, at)

    def of(key: str, title: str, definition: str, places: Iterable[int], whole: int | None) -> Figure:
        rows = [
            behind(each.who, _points_words(each, at, scale)) for each in (compared[place] for place in places)
        ]
        return figure(f"{at}.{key}", f"{label}: {title}", definition, rows, whole)

    both = sorted((*told.increased, *told.same, *told.decreased))
    ups = [place for place in both if _stage_up(compared[place], at, scale)]
    helped = [place for place in both if _needed(compared[place].first.points, at, scale)]
    named = bool(scale.stages)
    return AreaRow(
        label,
        told.n,
        told.mean_first,
        told.mean_latest,
        told.mean_change,
        of("n", "both readings", "People with a point in this area at both readings.", both, None),
        of("up", "increased", "A rise of at least one point.", told.increased, told.n),
        of("same", "the same", "The same point both times.", told.same, told.n),
        of("down", "decreased", "A fall of at least one point.", told.decreased, told.n),
        of("stage", "up a stage", "Moved up at least one stage.", ups, told.n) if named else None,
        _needed_figure(at, within, scale) if named else None,
        of("moved", "needed help, moved up", "Of those who needed help at first and have both readings.",
           [place for place in helped if place in ups], len(helped)) if named else None,
        _profile(at, begun, scale),
    )  # fmt: skip


def _points_words(each: _Compared, at: int, scale: Scale) -> str:
    was, now = each.first.points[at], each.latest.points[at]
    stages = [star_change.stage_words(point, scale.stages) for point in (was, now)]
    named = f" ({stages[0]} → {stages[1]})" if all(stages) and stages[0] != stages[1] else ""
    return f"{was} → {now}{named}, {words.day(each.first.on)} to {words.day(each.latest.on)}"


def _needed_figure(at: int, within: Sequence[Star], scale: Scale) -> Figure:
    asked = [each for each in within if each.readings[0].points[at] is not None]
    needed = [each for each in asked if _needed(each.readings[0].points, at, scale)]
    title = f"{scale.areas[at]}: needed help at first"
    rows = (_first_words(each, at) for each in needed)
    definition = "A first reading in one of the two lowest stages, of all with a point there."
    return figure(f"{at}.needed", title, definition, rows, len(asked))


def _profile(at: int, begun: Sequence[Star], scale: Scale) -> tuple[Figure, ...]:
    bands = star_change.bands(scale.low, scale.high, scale.stages)
    asked = [each for each in begun if each.readings[0].points[at] is not None]
    return tuple(
        figure(
            f"{at}.start.{place}",
            f"{scale.areas[at]}: started at {band.label}",
            "First readings dated in the period that have a point in this area.",
            (
                _first_words(each, at)
                for each in asked
                if star_change.stage_of(each.readings[0].points[at], bands) == place
            ),
            len(asked),
        )
        for place, band in enumerate(bands)
    )


def _first_words(star: Star, at: int) -> Behind:
    first = star.readings[0]
    return behind(star.who, f"{first.points[at]} on {words.day(first.on)}")


_BY: tuple[tuple[str, Callable[[Who], str]], ...] = (
    ("Worker", lambda who: who.worker or "No worker"),
    ("Team", lambda who: who.team or "No team"),
    ("Agency", lambda who: who.agency or "No agency recorded"),
)


def _groups(within: Sequence[Star], compared: Sequence[_Compared], ask: Ask) -> Iterable[Group]:
    for by, named in _BY:
        for name in sorted({named(each.who) for each in within}, key=str.casefold):
            stars = [each for each in within if named(each.who) == name]
            told = [each for each in compared if named(each.who) == name]
            improved = [each for each in told if star_change.is_improved(each.changes, ask.improved)]
            key = f"{by}.{name}"
            yield Group(
                by,
                name,
                figure(f"{key}.stars", f"{name}: people with a star", "", map(_one, stars)),
                figure(f"{key}.compared", f"{name}: with a change to show", "",
                        (each.row for each in told), len(stars)),
                figure(f"{key}.improved", f"{name}: improved", "",
                        (each.row for each in improved), len(told)),
                mean_figure(f"{key}.change", f"{name}: average change", "",
                             [(each.row, each.mean) for each in told]),
            )  # fmt: skip


def _sentence(within: Sequence[Star], compared: Sequence[_Compared], ask: Ask) -> str:
    if not within:
        return "No star was read in this period."
    one = len(within) - len(compared)
    left = f" {words.count(one, 'person has', 'people have')} nothing to compare yet." if one else ""
    if not compared:
        return f"No progress can be shown yet.{left}"
    improved = sum(star_change.is_improved(each.changes, ask.improved) for each in compared)
    mean = sum((each.mean for each in compared), Decimal(0)) / len(compared)
    moved = f"{star_change.signed(mean)} points on average" if mean else "no change on average"
    return (
        f"Recorded progress: of {words.count(len(compared), 'person', 'people')} with two readings, "
        f"{improved} improved ({star_change.percent_words(improved, len(compared))}); {moved}.{left}"
    )
