"""The star's geometry: the same on screen and on paper."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import star_geometry as geometry


def test_the_first_area_points_to_twelve_and_the_next_follow_clockwise():
    points = geometry.arm_points(4, 1, 4, 100, (4, 4, 4, 4))

    assert [(round(point.x), round(point.y)) for point in points] == [
        (0, -100),
        (100, 0),
        (0, 100),
        (-100, 0),
    ]


def test_the_lowest_score_lies_one_step_out_and_the_highest_on_the_rim():
    assert geometry.ring(0, 0, 10, 110) == 10
    assert geometry.ring(10, 0, 10, 110) == 110
    assert geometry.ring(1, 1, 5, 100) == 20


def test_an_area_not_discussed_has_no_point():
    assert geometry.arm_points(3, 0, 10, 100, (5, None, 5))[1] is None


@pytest.mark.parametrize("scores", [(1, 2), (1, 2, 11), (-1, 2, 3)])
def test_scores_that_do_not_fit_the_star_are_refused(scores):
    with pytest.raises(ValueError, match="score"):
        geometry.arm_points(3, 0, 10, 100, scores)


def test_a_whole_star_is_one_line_that_closes():
    points = geometry.arm_points(5, 0, 10, 100, (1, 2, 3, 4, 5))

    assert geometry.runs(points) == [[*points, points[0]]]


def test_no_line_crosses_a_gap_and_none_is_broken_at_twelve():
    points = geometry.arm_points(6, 0, 10, 100, (1, 2, None, 4, None, 6))

    assert geometry.runs(points) == [[points[3]], [points[5], points[0], points[1]]]


def test_a_star_without_any_score_has_no_lines():
    assert geometry.runs([None, None, None]) == []


@given(st.integers(3, 12), st.integers(0, 1), st.integers(4, 10), st.data())
def test_the_point_of_a_score_is_nearest_to_itself(count, low, high, data):
    arm, score = data.draw(st.integers(0, count - 1)), data.draw(st.integers(low, high))

    place = geometry.spot(arm, count, score, low, high, 100)

    assert geometry.nearest(place.x, place.y, count, low, high, 100, 1) == (arm, score)


def test_a_place_far_from_every_point_is_none():
    assert geometry.nearest(300, 300, 6, 0, 10, 100, 18) is None


def test_labels_wrap_between_words_and_never_inside_one():
    assert geometry.wrapped("Safe and cared for at home") == ["Safe and cared", "for at home"]
    assert geometry.wrapped("Responsibilities") == ["Responsibilities"]


def test_lines_of_a_label_are_as_even_as_they_can_be():
    assert geometry.wrapped("Support around us") == ["Support", "around us"]
    assert geometry.wrapped("School, learning and play") == ["School,", "learning", "and play"]


@given(st.lists(st.tuples(st.integers(20, 90), st.sampled_from([16, 32, 48])), min_size=3, max_size=10))
def test_labels_keep_clear_of_each_other_and_of_the_rim(sizes):
    radius = 110.0

    boxes = geometry.label_boxes(radius, sizes, 8)

    assert not [
        (one, other) for place, one in enumerate(boxes) for other in boxes[:place] if one.meets(other, 0)
    ]
    assert all(_distance(box) >= radius for box in boxes)


def _distance(box: geometry.Box) -> float:
    x = min(max(0.0, box.x), box.right)
    y = min(max(0.0, box.y), box.bottom)
    return math.hypot(x, y)


@given(st.integers(3, 15), st.integers(-5, 1), st.integers(1, 20))
def test_any_star_has_its_lowest_score_one_step_out_and_its_highest_on_the_rim(count, low, length):
    high = low + length

    points = geometry.arm_points(
        count, low, high, 100, [low + place % (length + 1) for place in range(count)]
    )

    step = 100 / (length + 1)
    assert math.hypot(*points[0]) == pytest.approx(step)
    assert geometry.ring(high, low, high, 100) == pytest.approx(100)


@given(st.lists(st.tuples(st.integers(20, 80), st.sampled_from([12, 24])), min_size=11, max_size=15))
def test_labels_of_fifteen_areas_keep_clear_on_a_larger_wheel(sizes):
    boxes = geometry.label_boxes(200.0, sizes, 8)

    assert not [
        (one, other) for place, one in enumerate(boxes) for other in boxes[:place] if one.meets(other, 0)
    ]


def test_numbers_on_the_first_spoke_are_left_out_where_they_would_touch():
    assert geometry.numbered_every(1, 5, 100, 12) == 1
    assert geometry.numbered_every(0, 20, 100, 12) == 3
