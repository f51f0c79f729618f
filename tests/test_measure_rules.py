"""What scores say: bands of the SDQ by informant, change towards goals, scores side by side."""

import doctest
from datetime import date
from decimal import Decimal

import pytest

from caseapp import measure_rules, scaling
from caseapp.measure_rules import INFORMANTS, SCALES, Gap, band, change, difficulties, mean_change
from caseapp.scaling import Point, gaps, lines

# Where each band ends, lowest points first: outcomes-star, section 7.2 of the domain pages.
ENDS = {
    "teacher": {
        "total": (11, 15, 18), "emotional": (3, 4, 5), "conduct": (2, 3, 4), "hyperactivity": (5, 7, 8),
        "peer": (2, 4, 5),
    },
    "parent": {
        "total": (13, 16, 19), "emotional": (3, 4, 6), "conduct": (2, 3, 5), "hyperactivity": (5, 7, 8),
        "peer": (2, 3, 4),
    },
    "self": {
        "total": (14, 17, 19), "emotional": (4, 5, 6), "conduct": (3, 4, 5), "hyperactivity": (5, 6, 7),
        "peer": (2, 3, 4),
    },
}  # fmt: skip
PROSOCIAL = {"teacher": (6, 5, 4), "parent": (8, 7, 6), "self": (7, 6, 5)}  # where each band begins
RAISED = ("close to average", "slightly raised", "high", "very high")
LOWERED = ("close to average", "slightly lowered", "low", "very low")


@pytest.mark.parametrize("module", [measure_rules, scaling])
def test_the_examples_in_the_rules_hold(module):
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("informant", ENDS)
@pytest.mark.parametrize("scale", ["total", "emotional", "conduct", "hyperactivity", "peer"])
def test_every_score_of_difficulties_has_the_published_band(informant, scale):
    ends = ENDS[informant][scale]
    most = 40 if scale == "total" else 10

    for points in range(most + 1):
        expected = RAISED[sum(points > end for end in ends)]
        assert band(scale, points, informant) == expected, points


@pytest.mark.parametrize("informant", PROSOCIAL)
def test_for_kind_behaviour_low_is_the_worry(informant):
    begins = PROSOCIAL[informant]

    for points in range(11):
        assert band("prosocial", points, informant) == LOWERED[sum(points < begin for begin in begins)]


def test_a_carer_is_banded_as_a_parent():
    for scale in [key for key, _ in SCALES] + ["total"]:
        for points in range(11):
            assert band(scale, points, "carer") == band(scale, points, "parent")


@pytest.mark.parametrize(
    ("scale", "points", "informant"),
    [("total", None, "parent"), ("total", 12, ""), ("total", 12, "nurse"), ("impact", 3, "parent")],
)
def test_without_scale_points_or_informant_there_is_no_band(scale, points, informant):
    assert band(scale, points, informant) == ""


def test_there_is_no_band_outside_the_ages_it_was_made_for():
    ages = {code: [years for years in range(20) if band("total", 12, code, years)] for code, _ in INFORMANTS}

    assert ages == {
        "parent": [*range(4, 18)],
        "carer": [*range(4, 18)],
        "teacher": [*range(4, 18)],
        "self": [*range(11, 18)],
    }


def test_kind_behaviour_is_not_in_the_total_and_a_missing_scale_leaves_none():
    whole = {"emotional": 10, "conduct": 10, "hyperactivity": 10, "peer": 10, "prosocial": 10}

    assert difficulties(whole) == 40
    assert difficulties(dict.fromkeys(whole, 0)) == 0
    assert difficulties({key: points for key, points in whole.items() if key != "peer"}) is None


def test_change_is_the_latest_less_the_first_whatever_lies_between():
    assert change([5, 9, 3]) == -2
    assert change([5]) is None
    assert change([]) is None


def test_the_mean_is_of_the_goals_that_have_a_change():
    assert mean_change([3, 0, -1, None]) == (Decimal("0.67"), 3)
    assert mean_change([0]) == (0, 1)
    assert mean_change([None]) is None


def point(on: date, respondent: str, role: str, score: int, subject: str = "The family") -> Point:
    return Point(on, respondent, role, subject, score, "", "", "", None, None)


FIRST, SECOND = date(2026, 2, 12), date(2026, 11, 12)


def test_each_respondent_has_a_line_of_their_own():
    found = lines(
        [
            point(SECOND, "Kasia", "parent", 8),
            point(FIRST, "Kasia", "parent", 5),
            point(FIRST, "Ruth", "worker", 4),
            point(FIRST, "Leo", "child", 6, "Leo"),
        ]
    )

    told = [(each.subject, each.respondent, [p.score for p in each.points], each.change) for each in found]
    assert told == [
        ("Leo", "Leo", [6], None),
        ("The family", "Kasia", [5, 8], 3),
        ("The family", "Ruth", [4], None),
    ]


def test_a_score_that_stands_in_two_documents_is_one_and_two_scores_are_two():
    same = [point(FIRST, "Kasia", "parent", 5), point(FIRST, "kasia", "parent", 5)]

    assert [len(each.points) for each in lines(same)] == [1]
    assert [len(each.points) for each in lines([*same, point(FIRST, "Kasia", "parent", 6)])] == [2]


def test_family_and_worker_stand_side_by_side_by_subject_and_are_never_averaged():
    found = lines(
        [
            point(FIRST, "Kasia", "parent", 9),
            point(SECOND, "Kasia", "parent", 5),
            point(SECOND, "Adam", "parent", 0),
            point(SECOND, "Ruth", "worker", 3),
            point(SECOND, "Leo", "child", 6, "Leo"),
        ]
    )

    assert gaps(found) == [Gap("The family", "Adam", 0, "Ruth", 3), Gap("The family", "Kasia", 5, "Ruth", 3)]
    assert [each.difference for each in gaps(found)] == [-3, 2]


def test_a_difference_is_told_in_words():
    assert Gap("Leo", "Leo", 4, "Ruth", 4).words == "Leo: Leo 4, Ruth 4. The same."
    assert Gap("Leo", "Leo", 2, "Ruth", 5).words == "Leo: Leo 2, Ruth 5. Ruth scores 3 higher."
