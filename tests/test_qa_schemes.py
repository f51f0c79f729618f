"""Grades of a Personal Education Plan: how the whole follows from its sections, and what is to be mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.education import qa_schemes, qa_settings
from caseapp.education.qa_schemes import (
    CRITERIA,
    NOT_ASKED,
    SCHEMES,
    SECTIONS,
    Check,
    Review,
    Setting,
)
from caseapp.work import NotAllowed, Problem
from tests.story import new_story

CODES = [part.code for part in SECTIONS]
GOLD, GOLD_TWO_REDS = Setting("gold"), Setting("gold", reds=2)


def graded(*grades: str) -> Review:
    """Return a review with these grades, and the first of them for every section that is left."""
    return Review(dict.fromkeys(CODES, grades[0]) | dict(zip(CODES, grades, strict=False)))


@pytest.mark.parametrize(
    ("grades", "whole"),
    [
        (("gold",), "gold"),
        (("gold", "green"), "gold"),
        (("gold", "green", "green"), "green"),
        (("green",), "green"),
        (("green", "gold"), "green"),
        (("green", "amber"), "green"),
        (("gold", "amber"), "green"),
        (("green", "amber", "amber"), "amber"),
        (("gold", "amber", "amber"), "amber"),
        (("gold", "red"), "red"),
        (("amber",), "amber"),
    ],
)
def test_gold_to_red_follows_the_published_rule(grades, whole):
    assert qa_schemes.worked_out(GOLD, graded(*grades)) == whole


@pytest.mark.parametrize(
    ("grades", "whole"),
    [(("gold", "red"), "amber"), (("gold", "red", "red"), "red"), (("green", "red", "amber"), "amber")],
)
def test_an_area_may_ask_for_more_than_one_red_before_the_whole_is_red(grades, whole):
    assert qa_schemes.worked_out(GOLD_TWO_REDS, graded(*grades)) == whole


def test_an_area_may_leave_attainment_out_of_the_whole():
    review = Review(graded("green").grades | {"attainment": "red"})

    assert qa_schemes.worked_out(Setting("gold"), review) == "red"
    assert qa_schemes.worked_out(Setting("gold", attainment_counts=False), review) == "green"


@pytest.mark.parametrize(
    ("scheme", "grades", "whole"),
    [
        ("rag", ("green",), "green"),
        ("rag", ("green", "amber"), "amber"),
        ("rag", ("amber", "red"), "red"),
        ("four", ("outstanding", "good"), "good"),
        ("four", ("good", "improve"), "improve"),
        ("four", ("good", "inadequate"), "inadequate"),
    ],
)
def test_in_the_other_schemes_the_lowest_section_decides(scheme, grades, whole):
    assert qa_schemes.worked_out(Setting(scheme), graded(*grades)) == whole


def test_nothing_is_worked_out_until_every_section_has_a_grade():
    almost = dict.fromkeys(CODES[1:], "green")

    assert qa_schemes.worked_out(Setting(), Review(almost)) == ""
    assert qa_schemes.ungraded(Review(almost)) == ["What the child says"]


def test_a_section_that_does_not_apply_counts_for_nothing():
    assert qa_schemes.worked_out(GOLD, graded("gold", NOT_ASKED, NOT_ASKED)) == "gold"
    assert qa_schemes.worked_out(GOLD, graded(NOT_ASKED)) == ""


def test_grades_of_another_scheme_are_said_and_work_nothing_out():
    review = graded("outstanding")

    assert qa_schemes.worked_out(Setting("rag"), review) == ""
    said = "“outstanding” is no grade of the scheme “Red, amber, green”."
    assert said in qa_schemes.strange(Setting("rag"), review)
    assert not qa_schemes.strange(Setting("four"), review)


def test_answers_and_parts_that_do_not_exist_are_said():
    review = Review({"music": "green"}, {"smart": Check("maybe")}, overall=NOT_ASKED)

    assert qa_schemes.strange(Setting(), review) == [
        "The whole plan needs a grade.",
        "“maybe” is no answer.",
        "There is no part “music”.",
    ]


def test_a_comment_alone_answers_no_line_of_the_checklist():
    review = Review(checks={"smart": Check("", "No dates.")})

    assert len(qa_schemes.unchecked(review)) == 13
    assert not qa_schemes.strange(Setting(), review)
    assert qa_schemes.to_do(review) == ()


def test_what_is_to_be_mended_names_who_mends_it():
    review = Review(
        {"targets": "red", "voice": "amber"},
        {"smart": Check("partly", "Target 2 has no date."), "next": Check("no"), "carer": Check("yes")},
    )

    assert qa_schemes.to_do(review) == (
        "Designated teacher: New targets and support – red.",
        "Designated teacher: Targets are SMART and tied to a need – partly. Target 2 has no date.",
        "Social worker: The next date is set – no.",
    )


def test_every_scheme_goes_from_best_to_worst_and_says_what_is_good():
    for scheme in SCHEMES:
        assert scheme.worst not in scheme.good
        assert scheme.good < set(scheme.codes)
        assert all(grade.title and grade.means for grade in scheme.grades)
    assert {"gold", "green", "good", "outstanding"} == qa_schemes.GOOD


def test_the_checklist_holds_each_criterion_once():
    assert len({part.code for part in CRITERIA}) == len(CRITERIA) == 13


TEXT = st.text(max_size=40)


@given(
    st.sampled_from([scheme.key for scheme in SCHEMES]).flatmap(
        lambda key: st.tuples(
            st.just(Setting(key)),
            st.builds(
                Review,
                st.dictionaries(
                    st.sampled_from(CODES), st.sampled_from([NOT_ASKED, *qa_schemes.BY_KEY[key].codes])
                ),
                st.dictionaries(
                    st.sampled_from([part.code for part in CRITERIA]),
                    st.builds(Check, st.sampled_from(["yes", "partly", "no", ""]), TEXT),
                ),
                TEXT,
                st.sampled_from(["", *qa_schemes.BY_KEY[key].codes]),
                TEXT,
            ),
        )
    )
)
def test_a_kept_review_says_the_same_when_it_is_read_again(given_review):
    setting, review = given_review
    grade = qa_schemes.overall(setting, review)

    read = qa_schemes.unpacked(*qa_schemes.packed(setting, review), review.words, grade)

    assert read.grades == review.grades
    assert read.checks == review.checks
    assert read.words == review.words
    assert qa_schemes.overall(setting, read) == grade
    if grade:
        assert read.because == review.because


# The setting


def test_the_scheme_is_chosen_by_an_administrator_and_kept():
    story = new_story()
    chosen = Setting("gold", reds=2, attainment_counts=False, qa_days=15)

    assert story.call("ada", qa_settings.read) == Setting()
    story.call("amy", lambda session: qa_settings.choose(session, chosen))

    assert story.call("ada", qa_settings.read) == chosen
    assert chosen.rule.endswith("Red with 2 sections red. Attainment is not counted.")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (Setting("stars"), "There is no scheme “stars”"),
        (Setting(reds=3), "one red section or with two"),
        (Setting(qa_days=0), "between 1 and 60 working days"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(setting, said):
    story = new_story()

    with pytest.raises(Problem, match=said):
        story.call("amy", lambda session: qa_settings.choose(session, setting))
    assert story.call("amy", qa_settings.read) == Setting()


def test_a_manager_does_not_choose_the_scheme():
    with pytest.raises(NotAllowed):
        new_story().call("max", lambda session: qa_settings.choose(session, Setting("gold")))
