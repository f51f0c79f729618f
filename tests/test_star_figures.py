"""Figures of a star's report: each is as long as its list, and says what a slow count by hand says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import star_counts
from caseapp.form import Stage
from caseapp.star_change import Improvement
from caseapp.star_figures import Ask, Ended, Overdue, Reading, Scale, Star, Who

UNTIL = date(2026, 11, 23)
AREAS = ("One", "Two", "Three")
STAGES = (Stage("Low", 0, 1), Stage("Next", 2, 3), Stage("Middle", 4, 6), Stage("High", 7, 10))
SCALE = Scale(AREAS, 0, 10, STAGES)


def who(name: str = "Leo", whose: str = "", **more: str) -> Who:
    return Who(uuid4(), 10_001, name, whose, **more)


def star(*points: tuple[int | None, ...], name: str = "Leo", start: date = date(2026, 1, 5)) -> Star:
    days = [start + timedelta(weeks=12 * n) for n in range(len(points))]
    return Star(who(name), tuple(map(Reading, days, points)))


# The figures alone, against a count by hand

point = st.one_of(st.none(), st.integers(0, 10))
reading = st.builds(
    Reading,
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.tuples(point, point, point),
    st.sampled_from([False, False, False, True]),
)
people = st.builds(
    who,
    st.sampled_from(["Leo", "Mia", "Zoë", "Ana"]),
    st.sampled_from(["The family together", "The child"]),
    worker=st.sampled_from(["", "Ada North", "Bea North"]),
    team=st.sampled_from(["", "North"]),
    agency=st.sampled_from(["", "Primary school", "Voluntary sector"]),
)
some_stars = st.lists(
    st.builds(
        lambda one, read: Star(one, tuple(sorted(read, key=lambda each: each.on))),
        people,
        st.lists(reading, max_size=5),
    ),
    max_size=12,
)
some_ended = st.lists(
    st.builds(Ended, people, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 4)), max_size=6
)
asks = st.builds(
    Ask,
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2025, 12, 31))),
    st.just(Improvement()),
    st.booleans(),
)


def by_hand(found: list[Star], ask: Ask) -> dict[str, list[UUID]]:
    """Count again, one star at a time, in the plainest way there is."""
    lists: dict[str, list[UUID]] = {}

    def put(key: str, each: Star) -> None:
        lists.setdefault(key, []).append(each.who.child_id)

    for each in found:
        up_to = [one for one in each.readings if one.on <= ask.until]
        read = up_to if ask.with_partial else [one for one in up_to if not one.is_partial]
        if not read:
            continue
        first, latest = read[0], read[-1]
        if ask.since is None or first.on >= ask.since:
            for place, start in enumerate(first.points):
                if start is not None:
                    stage = 0 if start < 2 else 1 if start < 4 else 2 if start < 7 else 3
                    put(f"{place}.start.{stage}", each)
        if ask.since is not None and latest.on < ask.since:
            continue
        put("stars", each)
        put(f"Worker.{each.who.worker or 'No worker'}.stars", each)
        put(f"Agency.{each.who.agency or 'No agency recorded'}.stars", each)
        if any(one is not None and one < 4 for one in first.points):
            put("needed_help", each)
        changes = []
        for place in range(3):
            was, now = first.points[place], latest.points[place]
            if len(read) > 1 and was is not None and now is not None:
                changes.append(now - was)
                put(f"{place}.n", each)
                put(f"{place}.{'up' if now > was else 'down' if now < was else 'same'}", each)
        if not changes:
            put("alone", each)
            continue
        put("compared", each)
        average = sum(changes) / len(changes)
        if max(changes) > 0 and min(changes) >= 0:
            put("improved", each)
        if average >= 2:
            put("big_up", each)
        elif average > 0:
            put("small_up", each)
        elif average == 0:
            put("same", each)
        elif average > -2:
            put("small_down", each)
        else:
            put("big_down", each)
    return lists


BY_HAND = re.compile(
    r"stars|compared|alone|improved|needed_help|same|(big|small)_(up|down)"
    r"|\d\.(n|up|same|down|start\.\d)|(Worker|Agency)\..*\.stars"
)


def every_figure(told):
    yield from told.headline
    for row in told.areas:
        for each in (row.compared, row.increased, row.same, row.decreased, row.stage_up, row.needed_help):
            if each is not None:
                yield each
        yield from (row.moved_up, *row.profile)
    for group in told.groups:
        yield from (group.stars, group.compared, group.improved, group.change)


@given(some_stars, some_ended, asks)
def test_each_figure_counts_its_list_and_a_count_by_hand_agrees(found, ended, ask):
    told = star_counts.figures(found, ended, [], SCALE, ask)

    expected = by_hand(found, ask)
    counted = {each.key: each for each in every_figure(told) if BY_HAND.fullmatch(each.key)}
    assert all(each.count == len(each.behind) == len(each.child_ids) for each in every_figure(told))
    assert all(each.of is None or each.count <= each.of for each in every_figure(told))
    assert expected.keys() <= counted.keys()
    for key, each in counted.items():
        assert sorted(each.child_ids) == sorted(expected.get(key, [])), key


@given(some_stars, asks)
def test_every_average_is_of_the_same_people_both_times(found, ask):
    told = star_counts.figures(found, [], [], SCALE, ask)

    for row in told.areas:
        assert row.n == row.compared.count == row.increased.count + row.same.count + row.decreased.count
        if row.n:
            assert row.latest - row.first == pytest.approx(row.change)
        else:
            assert (row.first, row.latest, row.change) == (None, None, None)


@given(some_ended, asks)
def test_coverage_splits_those_whose_help_ended(ended, ask):
    told = star_counts.figures([], ended, [], SCALE, ask)

    covered, rest = told.one("covered"), told.one("not_covered")
    within = [each for each in ended if (ask.since or date.min) <= each.on <= ask.until]
    assert covered.count + rest.count == covered.of == rest.of == len(within)
    assert sorted(covered.child_ids) == sorted(each.who.child_id for each in within if each.readings > 1)


def test_the_published_example_in_a_report_needs_partial_readings_to_be_asked_for():
    scale = Scale(("A", "B", "C", "D"), 1, 10)
    first = Reading(date(2026, 1, 5), (3, 5, 8, None), is_partial=True)
    example = Star(who(), (first, Reading(date(2026, 4, 1), (6, 5, 7, 4))))

    without = star_counts.figures([example], [], [], scale, Ask(UNTIL))
    told = star_counts.figures([example], [], [], scale, Ask(UNTIL, with_partial=True))

    assert without.one("compared").shown == "0 of 1 (0 %)"
    assert without.one("partial").count == 1
    assert told.one("change").shown == "+0.67"
    assert [row.increased.count for row in told.areas] == [1, 0, 0, 0]
    assert told.one("improved").count == 0
    assert told.one("small_up").count == 1


def test_a_star_belongs_to_the_period_of_its_latest_reading():
    long_ago = star((2, 2, 2), (4, 4, 4), start=date(2025, 1, 6))
    lately = star((2, 2, 2), (4, 4, 4), start=date(2026, 1, 5))

    told = star_counts.figures([long_ago, lately], [], [], SCALE, Ask(UNTIL, date(2026, 2, 1)))

    assert told.one("stars").child_ids == (lately.who.child_id,)
    assert sum(each.count for each in told.areas[0].profile) == 0


def test_moving_up_is_counted_of_those_who_needed_help():
    up, stuck, fine = star((1, 8, 8), (4, 8, 8)), star((1, 8, 8), (1, 9, 9)), star((8, 8, 8), (9, 9, 9))

    told = star_counts.figures([up, stuck, fine], [], [], SCALE, Ask(UNTIL))

    assert told.one("needed_help").shown == "2 of 3 (67 %)"
    assert told.one("moved_up").child_ids == (up.who.child_id,)
    assert told.one("moved_up").of == 2
    assert told.areas[0].moved_up.shown == "1 of 2 (50 %)"


def test_a_star_without_stages_is_profiled_by_points_and_needs_no_help_figures():
    scale = Scale(("A",), 1, 5)

    told = star_counts.figures([star((2,), (3,))], [], [], scale, Ask(UNTIL))

    assert told.bands == ("1", "2", "3", "4", "5")
    assert [each.count for each in told.areas[0].profile] == [0, 1, 0, 0, 0]
    assert "needed_help" not in [each.key for each in told.headline]


def test_the_sentence_says_recorded_progress_and_how_many_have_nothing_to_compare():
    found = [star((2, 2, 2), (4, 4, 4)), star((2, 2, 2), (1, 4, 4)), star((5, 5, 5))]

    said = star_counts.figures(found, [], [], SCALE, Ask(UNTIL)).sentence

    assert said.startswith("Recorded progress: of 2 people with two readings, 1 improved (50 %)")
    assert "1 person has nothing to compare yet." in said
    assert star_counts.figures([], [], [], SCALE, Ask(UNTIL)).sentence == "No star was read in this period."


def test_an_overdue_reading_names_its_day():
    late = star_counts.figures([], [], [Overdue(who(), date(2026, 11, 2))], SCALE, Ask(UNTIL)).one("overdue")

    assert late.behind[0].said == "due 02/11/2026"
