"""Change between readings of a star: the published example to the digit, and what a missing point means."""

from __future__ import annotations

import doctest
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import sheets, star_change
from caseapp.form import Stage
from caseapp.star_change import Case, Improvement

FIRST, LATEST = (3, 5, 8, None), (6, 5, 7, 4)
STAGES = (Stage("Low", 0, 1), Stage("Next", 2, 3), Stage("Middle", 4, 6), Stage("High", 7, 10))

point = st.one_of(st.none(), st.integers(0, 10))
readings = st.integers(3, 15).flatmap(lambda n: st.tuples(st.tuples(*[point] * n), st.tuples(*[point] * n)))


@pytest.mark.parametrize("module", [star_change, sheets])
def test_the_examples_in_the_code_are_right(module):
    assert doctest.testmod(module).failed == 0


def test_the_published_example_comes_out_to_the_digit():
    told = star_change.person_change(FIRST, LATEST, big=star_change.big_step(1, 10))

    assert told.changes == (3, 0, -1, None)
    assert (told.increased, told.same, told.decreased, told.compared) == (1, 1, 1, 3)
    assert star_change.percent(told.increased, told.compared) == 33
    assert star_change.shown(told.mean_change) == "0.67"
    assert star_change.shown(told.mean_first) == "5.33"
    assert star_change.shown(told.mean_latest) == "6.00"
    assert (told.big_up, told.big_down) == (1, 0)


def test_the_published_example_holds_area_by_area_too():
    rows = [star_change.area_change([Case(uuid4(), FIRST, LATEST)], at) for at in range(4)]

    assert [row.n for row in rows] == [1, 1, 1, 0]
    assert [(row.increased, row.same, row.decreased) for row in rows] == [
        ((0,), (), ()),
        ((), (0,), ()),
        ((), (), (0,)),
        ((), (), ()),
    ]
    assert rows[3].mean_first is None
    assert rows[3].mean_change is None


def test_means_by_area_are_of_the_same_people_both_times():
    cases = [Case(uuid4(), (2,), (4,)), Case(uuid4(), (None,), (10,)), Case(uuid4(), (9,), (None,))]

    told = star_change.area_change(cases, 0)

    assert (told.n, told.mean_first, told.mean_latest, told.mean_change) == (1, 2, 4, 2)


def test_a_point_of_nought_is_a_point():
    told = star_change.person_change((0, None), (2, 0))

    assert told.changes == (2, None)
    assert told.mean_first == 0
    assert star_change.mean((0, None)) == 0


def test_a_person_without_any_point_has_no_average():
    assert star_change.mean((None, None)) is None
    assert star_change.person_change((None,), (None,)).mean_change is None


@given(readings)
def test_a_missing_point_never_changes_a_mean(pair):
    first, latest = pair
    both = [(was, now) for was, now in zip(first, latest, strict=True) if None not in (was, now)]

    told = star_change.person_change(first, latest)

    assert told.increased + told.same + told.decreased == told.compared == len(both)
    if both:
        assert told.mean_change == pytest.approx(Decimal(sum(b - a for a, b in both)) / len(both))
        assert told.mean_latest - told.mean_first == pytest.approx(told.mean_change)
    else:
        assert told.mean_change is None


@given(readings)
def test_turning_time_round_turns_every_direction(pair):
    first, latest = pair

    forwards, back = star_change.person_change(first, latest), star_change.person_change(latest, first)

    assert (forwards.increased, forwards.decreased) == (back.decreased, back.increased)
    assert (forwards.big_up, forwards.big_down) == (back.big_down, back.big_up)


@pytest.mark.parametrize(
    ("change", "big", "said"),
    [
        (2, 2, "big up"),
        (Decimal("1.99"), 2, "small up"),
        (0, 2, "same"),
        (Decimal("-0.01"), 2, "small down"),
        (-2, 2, "big down"),
        (1, 1, "big up"),
        (Decimal("0.5"), 1, "small up"),
    ],
)
def test_a_change_has_a_size_by_its_scale(change, big, said):
    assert star_change.size(change, big) == said


def test_the_thresholds_can_be_set():
    assert star_change.big_step(0, 10, ((0, 3),)) == 3


def test_improved_means_up_somewhere_and_down_nowhere_unless_set_otherwise():
    mixed = (3, 0, -1)

    assert not star_change.is_improved(mixed)
    assert star_change.is_improved(mixed, Improvement(none_worse=False))
    assert star_change.is_improved(mixed, Improvement(mean_at_least=Decimal("0.6")))
    assert not star_change.is_improved((0, 0), Improvement(none_worse=False))
    assert "none went down" in star_change.improvement_words(Improvement())


def test_stages_move_by_their_ranges():
    assert star_change.stages_moved(1, 7, STAGES) == 3
    assert star_change.stages_moved(2, 3, STAGES) == 0
    assert star_change.stages_moved(None, 3, STAGES) is None
    assert star_change.stage_words(4, STAGES) == "Middle"
    assert star_change.stage_words(None, STAGES) == ""


def test_the_two_lowest_stages_need_help():
    assert [star_change.needs_help(each, STAGES) for each in (0, 3, 4, None)] == [True, True, False, False]
    assert not star_change.needs_help(1, ())


def test_a_scale_without_stages_is_profiled_by_its_points():
    assert [each.label for each in star_change.bands(1, 3, ())] == ["1", "2", "3"]
    assert star_change.bands(0, 10, STAGES) == STAGES


@pytest.mark.parametrize(
    ("there", "of", "said"), [(8, 10, False), (7, 10, True), (4, 5, False), (3, 4, True)]
)
def test_a_reading_below_four_fifths_of_its_areas_is_partial(there, of, said):
    points = (5,) * there + (None,) * (of - there)

    assert star_change.is_partial(points) is said


def test_the_words_say_recorded_progress_and_never_impact():
    said = star_change.sentence(FIRST, LATEST, "03/02/2026")

    assert said.startswith("Recorded progress since 03/02/2026: 1 area up, 1 the same, 1 down")
    assert "1 area was not discussed both times" in said
    assert "impact" not in said
    assert star_change.sentence((None,), (3,), "03/02/2026") == "No area has two readings yet."


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_a_sheet_is_a_formula(start):
    written = sheets.csv_bytes([[f"{start}cmd|' /C calc'!A0", 1, None]]).decode("utf-8-sig")

    assert written.lstrip('"').startswith("'")
    assert ",1," in written


def test_a_sheet_keeps_accents_commas_and_quotes():
    written = sheets.csv_bytes([["Zoë “Zo” Łuk, jr", 'a "b"']])

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig") == '"Zoë “Zo” Łuk, jr","a ""b"""\r\n'
