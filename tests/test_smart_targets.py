"""The SMART check of an education plan's targets: it warns in words and never blocks."""

from datetime import date

import pytest

from caseapp import smart_targets

TODAY, NEXT = date(2026, 11, 23), date(2027, 3, 10)
GOOD = {
    "category": "maths", "need": "Below expected in maths", "what": "Move from grade 3 to grade 4",
    "measure": "Mock paper; grade 3 now", "success": "Grade 4", "who": "Nadia Shah", "by": "2027-02-26",
    "own_words": "Get a 4",
}  # fmt: skip
CALM = GOOD | {"category": "semh", "need": "Mondays are hard"}


def said(*rows):
    return smart_targets.warnings(rows, NEXT, TODAY)


def test_good_targets_are_left_alone():
    assert said(GOOD, CALM) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"what": ""}, "does not say what will be reached"),
        ({"what": "Better maths"}, "is very short"),
        ({"measure": " "}, "how it is measured"),
        ({"success": None}, "how we will know"),
        ({"who": ""}, "has no owner"),
        ({"who": "School"}, "name a person"),
        ({"who": "the staff"}, "name a person"),
        ({"who": "Nadia Shah and Mr Lowe"}, "more than one owner"),
        ({"by": None}, "has no date"),
        ({"by": "soon"}, "“soon” is no date"),
        ({"by": "2026-11-23"}, "was due on 23/11/2026"),
        ({"by": "2027-03-11"}, "after the next PEP on 10/03/2027"),
        ({"own_words": ""}, "no words of the child's own"),
    ],
)
def test_a_weak_target_is_named_with_what_is_weak(change, words):
    found = said(CALM, GOOD | change)

    assert len(found) == 1
    assert found[0].startswith("Target 2")
    assert words in found[0]


def test_fifteen_letters_are_enough_and_the_day_of_the_next_pep_is_not_after_it():
    assert said(GOOD | {"what": "Spell 20 words.", "by": "2027-03-10"}, CALM) == []


def test_a_far_day_is_pointed_out_while_no_next_pep_is_set():
    found = smart_targets.warnings([GOOD | {"by": "2027-06-30"}, CALM], None, TODAY)

    assert found == ["Target 1 is due on 30/06/2027: about twelve weeks are better."]


def test_two_targets_for_one_need_are_pointed_out():
    assert said(GOOD, CALM, GOOD | {"need": " below  expected in MATHS"}) == [
        "Targets 1 and 3 answer the same need."
    ]


def test_feelings_and_learning_both_have_a_target():
    assert said(GOOD) == ["No target is about feelings and friendships."]
    assert said(CALM) == ["No target is about learning."]


def test_what_is_over_and_empty_rows_are_left_alone():
    assert said({}, {"status": "dropped", "what": "Old"}) == []


def test_the_targets_of_a_plan_are_read_with_its_next_day():
    answers = {"targets": [GOOD | {"by": "2027-03-11"}, CALM], "next_on": "2027-03-10"}

    assert smart_targets.of_plan(answers, TODAY) == [
        "Target 1 is due on 11/03/2027, after the next PEP on 10/03/2027."
    ]


@pytest.mark.parametrize(
    ("target", "colour"),
    [
        ({"by": "2026-11-22", "rag": "green"}, "red"),
        ({"by": "2026-11-23", "rag": "green"}, "green"),
        ({"by": "2026-11-22", "outcome": "achieved"}, "green"),
        ({"by": "2026-11-22", "status": "done"}, "green"),
        ({"by": "2026-11-22", "outcome": "partly"}, "amber"),
        ({"by": "2027-02-01", "outcome": "not"}, "red"),
        ({"by": "2027-02-01"}, ""),
    ],
)
def test_the_colour_by_rule_stands_apart_from_the_chosen_one(target, colour):
    assert smart_targets.colour_by_rule(target, TODAY) == colour
