"""Drafts to finish: how far each is counts what was typed since it was saved."""

import pytest
from sqlalchemy import event

from caseapp import plan_reading, plans, today
from caseapp.forms import FORMS_BY_KEY
from caseapp.plan_writing import sections
from tests.story import new_story, sample


@pytest.fixture
def story():
    return new_story()


def type_into(story, draft, answers):
    version = story.call("ada", lambda session: plan_reading.open_plan(session, draft).version)
    story.call("ada", lambda session: plans.keep_typing(session, draft, version, answers))


def far(story):
    drafts = story.call("ada", today.drafts)
    return {each.revision_id: (each.sections_done, each.sections_asked) for each in drafts}


def test_what_was_typed_since_the_last_save_counts(story):
    draft = story.draft("ada", story.register("ada", "Leyla", "Haddad"), "pathway-plan")
    saved = far(story)[draft]
    answers = sample("pathway_plan")

    type_into(story, draft, answers)

    now = far(story)[draft]
    assert now[0] > saved[0]
    assert now == sections(FORMS_BY_KEY["pathway-plan"], answers)
    story.call("ada", lambda session: plans.discard_typing(session, draft))
    assert far(story)[draft] == saved


def test_many_drafts_that_are_being_typed_are_read_at_once(story):
    drafts = [
        story.draft("ada", story.register("ada", given, "Haddad"), "pep")
        for given in ("Leyla", "Amal", "Nour")
    ]

    def asked():
        seen = []
        note = lambda *sent: seen.append(sent[2])  # noqa: E731
        event.listen(story.store.engine, "before_cursor_execute", note)
        far(story)
        event.remove(story.store.engine, "before_cursor_execute", note)
        return len(seen)

    type_into(story, drafts[0], {"interests": "Chess."})
    far(story)
    of_one = asked()
    for draft in drafts[1:]:
        type_into(story, draft, {"interests": "Swimming."})

    assert asked() == of_one
