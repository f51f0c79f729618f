"""The levels of need: their names are this area's own, in forms, on the page and for good where signed."""

from __future__ import annotations

import pytest

from caseapp import levels, plan_reading
from caseapp.forms import FORMS
from db.problems import NotAllowed, Problem
from tests.story import new_story


@pytest.fixture
def story():
    return new_story()


def rename(story, level, name, who="amy"):
    story.call(who, lambda session: levels.rename(session, level, name), purpose="settings")


def asked(form):
    return next(each for each in form.fields if each.key == "level")


def test_levels_have_names_until_an_area_gives_its_own(story):
    rename(story, 3, "Intensive")

    assert story.call("ada", levels.names) == levels.SHORT | {3: "Intensive"}
    assert levels.label(3, story.call("ada", levels.names)) == "Level 3: Intensive"
    rename(story, 3, " ")
    assert story.call("ada", levels.names) == levels.SHORT


def test_a_form_asks_with_the_areas_own_names(story):
    child = story.register("ada", "Leo", "Hartley")
    rename(story, 3, "Intensive")
    draft = story.draft("ada", child)
    form = story.call("ada", lambda session: plan_reading.open_plan(session, draft)).form

    assert dict(asked(form).options)["3"] == "Level 3: Intensive"
    assert dict(asked(form).options)["2"] == dict(asked(FORMS["early-help"]).options)["2"]


def test_names_are_an_administrators_and_short(story):
    with pytest.raises(NotAllowed):
        rename(story, 3, "Intensive", who="ada")
    with pytest.raises(Problem, match="takes 40 letters"):
        rename(story, 3, "x" * 41)
    with pytest.raises(Problem, match="1, 2, 3 or 4"):
        rename(story, 5, "Five")
