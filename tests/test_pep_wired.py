"""What the cycle of Personal Education Plans means elsewhere: drafts, figures, the check of the store."""

import pytest

from caseapp import pep_quality, plan_reading, plan_versions, plans, upkeep
from caseapp.work import NotAllowed
from tests.story import new_story, sample


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child(story):
    return story.register("ada", "Leyla", "Haddad")


def void(story, revision_id, who="max"):
    story.call(who, lambda session: pep_quality.void(session, revision_id, "Wrong child."))


def test_a_cancelled_draft_stays_as_it_is_and_makes_way(story, child):
    revision_id = story.draft("ada", child, "pep")
    view = story.call("ada", lambda session: plan_reading.open_plan(session, revision_id))

    void(story, revision_id, "ada")

    with pytest.raises(NotAllowed, match="was cancelled"):
        story.call("ada", lambda session: plans.save(session, revision_id, view.version, view.answers))
    assert not story.call("ada", lambda session: plan_reading.open_plan(session, revision_id)).may_write
    assert story.draft("ada", child, "pep") != revision_id


def test_the_store_is_sound_after_a_correction_and_then_the_plan_are_void(story, child):
    first = story.draft("ada", child, "pep")
    story.sign("ada", first, sample("pep"))
    figures = story.raw("SELECT count(*) FROM fact")
    second = story.call("ada", lambda session: plans.correct(session, first, "A name was wrong."))
    story.sign("ada", second, sample("pep"))

    void(story, second)
    assert story.raw("SELECT count(*) FROM fact") == figures
    assert story.call("ada", upkeep._facts)[1] == []

    void(story, first)
    assert story.raw("SELECT count(*) FROM fact") == [(0,)]
    assert story.call("ada", upkeep._facts)[1] == []


def test_the_list_of_versions_says_how_each_plan_stands(story, child):
    first = story.draft("ada", child, "pep")
    story.sign("ada", first, sample("pep"))

    (row,) = story.call("ada", lambda session: plan_versions.versions(session, child))
    assert row.pep.words == "Submitted"
