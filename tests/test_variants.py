"""Which kind of PEP suits a child."""

from datetime import date

import pytest

from caseapp import people
from caseapp.education import records, variants
from caseapp.education.records import NewSchooling
from caseapp.form_parts import pep_lists
from caseapp.work import NotFound
from db.models import Child
from tests.story import new_story


@pytest.mark.parametrize(
    ("group", "kind", "has_school", "variant"),
    [
        (-2, "", False, "early_years"),
        (-1, "nursery", True, "early_years"),
        (0, "nursery", True, "early_years"),
        (0, "primary", True, "school"),
        (0, "", False, "not_in_education"),
        (6, "primary", True, "school"),
        (8, "Mainstream secondary", True, "school"),
        (8, "special", True, "special"),
        (8, "Independent special school", True, "special"),
        (8, "eotas", True, "special"),
        (8, "pru", True, "school"),
        (8, "none", True, "not_in_education"),
        (9, "", False, "not_in_education"),
        (11, "fe", True, "post_16"),
        (12, "", False, "post_16"),
        (12, "sixth", True, "post_16"),
        (13, "special", True, "post_16"),
        (None, "secondary", True, "school"),
        (None, "", False, "not_in_education"),
    ],
)
def test_a_variant_follows_from_year_group_and_setting(group, kind, has_school, variant):
    assert variants.suggested(group, kind, has_school=has_school) == variant


def test_every_variant_is_one_that_the_plan_offers():
    assert set(variants.VARIANTS) == {code for code, _ in pep_lists.VARIANTS}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("SPECIAL", "special"), ("Sixth form", "sixth"), ("Slough College", "fe"),
        ("Nursery school", "nursery"),
        ("Community primary", "primary"), ("Secondary", "secondary"), ("", ""), ("Academy", ""),
        ("Pupil referral unit", "pru"), ("Special school, secondary", "special"),
    ],
)  # fmt: skip
def test_a_setting_is_known_by_code_label_or_words(typed, code):
    assert variants.setting_code(typed) == code


@pytest.fixture
def story():
    return new_story()


def variant(story, child_id):
    return story.call("ada", lambda session: variants.variant_of(session, session.get_one(Child, child_id)))


def put_to_school(story, child_id, kind, from_on=date(2025, 9, 3), until_on=None):
    def write(session):
        school = people.add_school(session, f"A {kind} place", kind)
        records.add_schooling(session, child_id, NewSchooling(school, from_on, until_on))

    story.call("ada", write)


def test_a_childs_variant_follows_the_school_of_today(story):
    child_id = story.register("ada", "Leo", "Hart", date(2013, 5, 4))
    assert variant(story, child_id) == "not_in_education"

    put_to_school(story, child_id, "secondary")
    assert variant(story, child_id) == "school"

    put_to_school(story, child_id, "special", date(2026, 11, 2))
    assert variant(story, child_id) == "special"


def test_a_place_that_has_ended_or_is_to_come_is_no_place(story):
    child_id = story.register("ada", "Leo", "Hart", date(2013, 5, 4))
    put_to_school(story, child_id, "secondary", until_on=date(2026, 11, 20))
    put_to_school(story, child_id, "special", date(2027, 1, 4))

    assert variant(story, child_id) == "not_in_education"


def test_the_year_group_that_is_taught_decides(story):
    child_id = story.register("ada", "Ida", "Hart", date(2010, 8, 31))  # Year 12 by age
    put_to_school(story, child_id, "secondary")
    assert variant(story, child_id) == "post_16"

    story.call(
        "ada", lambda session: records.set_year_group(session, child_id, 2026, 11, "Missed a year of school")
    )

    assert variant(story, child_id) == "school"


def test_a_child_of_another_team_has_no_variant(story):
    child_id = story.register("sue", "Ann", "Lee")

    with pytest.raises(NotFound):
        story.call("ada", lambda session: variants.variant_of(session, child_id))
