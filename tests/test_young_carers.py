"""Young carers: how a child stands, and who was identified, assessed and supported when."""

import doctest
from datetime import date

import pytest

from caseapp import plans, young_carers
from db.problems import NotFound, Problem
from tests.story import new_story, sample

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OFFERED = {
    "written_on": "2026-09-10",
    "name": "Leo Hartley",
    "identified_on": "2026-09-03",
    "identified_how": "school",
    "assessment": "offered",
    "offered_on": "2026-09-10",
}


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return story.register("ada", "Leo", "Hartley")


def sign_plan(story, child_id, kind, answers, who="ada"):
    draft = story.draft(who, child_id, kind)
    return story.sign(who, draft, answers).revision_id


def cared(**answers):
    return OFFERED | {"cared_for": sample("young_carer")["cared_for"]} | answers


def assessment(**answers):
    return sample("early_help") | {"name": "Leo Hartley"} | answers


def status(story, child_id, who="ada"):
    return story.call(who, lambda session: young_carers.status_of(session, child_id))


def measured(story, who="ada", since=YEAR[0], until=YEAR[1]):
    return story.call(who, lambda session: young_carers.measures(session, since, until))


def told(counts):
    return [(each.month, each.source, [child.child for child in each.children]) for each in counts]


def test_the_examples_in_the_words_hold():
    assert doctest.testmod(young_carers).failed == 0


def test_nothing_is_said_of_a_child_who_is_no_carer(story, leo):
    assert status(story, leo) == ""

    sign_plan(story, leo, "early-help", assessment(relies_on_child="no"))

    assert status(story, leo) == ""
    assert told(measured(story).identified) == []


def test_each_step_shows_in_the_status(story, leo):
    sign_plan(story, leo, "young-carer", cared())
    assert status(story, leo) == "Identified 03/09/2026, assessment offered 10/09/2026"

    declined = {"assessment": "declined", "declined_on": "2026-09-20", "declined_because": "Asks in spring"}
    sign_plan(story, leo, "young-carer", cared(**declined))
    assert status(story, leo) == "Identified 03/09/2026, assessment declined 20/09/2026"

    sign_plan(story, leo, "young-carer", sample("young_carer") | {"identified_on": "2026-09-03"})
    assert status(story, leo) == (
        "Identified 03/09/2026, assessment completed 19/11/2026, supported since 19/11/2026, "
        "looked at again 19/05/2027"
    )


def test_the_question_of_the_assessment_identifies_as_well(story, leo):
    sign_plan(story, leo, "early-help", assessment(care_assessment="not_offered"))

    assert status(story, leo) == "Identified 12/10/2026, assessment not offered yet"
    assert told(measured(story).identified) == [(date(2026, 10, 1), "eha_question", ["Leo Hartley"])]


def test_a_later_assessment_says_that_the_caring_is_over(story, leo):
    sign_plan(story, leo, "young-carer", cared())
    sign_plan(story, leo, "early-help", assessment(relies_on_child="no"))

    assert status(story, leo) == ("Identified 03/09/2026; nobody relied on this child for care on 20/11/2026")


def test_a_child_counts_once_by_the_first_day_and_by_how_it_was_noticed(story, leo):
    sign_plan(story, leo, "early-help", assessment())
    sign_plan(story, leo, "young-carer", cared())
    sign_plan(story, leo, "young-carer", sample("young_carer"))

    found = measured(story)
    assert told(found.identified) == [(date(2026, 9, 1), "school", ["Leo Hartley"])]
    assert told(found.assessed) == [(date(2026, 11, 1), "school", ["Leo Hartley"])]
    assert told(found.supported) == [(date(2026, 11, 1), "school", ["Leo Hartley"])]
    assert found.identified[0].source_words == "School or college"
    assert found.identified[0].children[0].on == date(2026, 9, 3)
    assert found.identified[0].children[0].child_id == leo


def test_months_and_sources_stand_apart_and_both_ends_of_the_period_count(story, leo):
    mia = story.register("ada", "Mia", "Hartley")
    zoe = story.register("ada", "Zoe", "Quist")
    sign_plan(story, leo, "young-carer", cared())
    sign_plan(story, mia, "young-carer", cared(identified_on="2026-09-30", identified_how="health",
                                               offered_on="2026-10-01", written_on="2026-10-01"))  # fmt: skip
    sign_plan(story, zoe, "young-carer", cared(identified_on="2026-08-31"))

    found = measured(story, since=date(2026, 8, 31), until=date(2026, 9, 30)).identified
    assert told(found) == [
        (date(2026, 8, 1), "school", ["Zoe Quist"]),
        (date(2026, 9, 1), "health", ["Mia Hartley"]),
        (date(2026, 9, 1), "school", ["Leo Hartley"]),
    ]
    assert told(measured(story, since=date(2026, 9, 1), until=date(2026, 9, 29)).identified) == [
        (date(2026, 9, 1), "school", ["Leo Hartley"])
    ]


def test_a_corrected_document_no_longer_counts(story, leo):
    revision_id = sign_plan(story, leo, "young-carer", cared())
    draft = story.call("ada", lambda session: plans.correct(session, revision_id, "Another month"))
    story.sign("ada", draft, cared(identified_on="2026-06-03"))

    assert told(measured(story).identified) == [(date(2026, 6, 1), "school", ["Leo Hartley"])]
    assert status(story, leo).startswith("Identified 03/06/2026")


def test_another_teams_carers_are_not_counted(story, leo):
    sign_plan(story, leo, "young-carer", cared())

    assert told(measured(story, "sue").identified) == []
    with pytest.raises(NotFound):
        status(story, leo, "sue")


def test_a_period_that_ends_before_it_begins_is_refused(story):
    with pytest.raises(Problem, match="Give the earlier day first"):
        measured(story, since=YEAR[1], until=YEAR[0])
