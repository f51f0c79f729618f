"""A Personal Education Plan on its way: each step from the draft to approval in one line."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from caseapp import pep_quality, plan_reading
from caseapp.education import pep_cycle
from caseapp.education.qa_schemes import CRITERIA, SECTIONS, Check, Review
from caseapp.forms import FORMS
from db.models import Document, Revision
from tests.story import Story, new_story

MET = date(2026, 11, 5)
MEND_BY = date(2026, 12, 4)
MEETING = {
    "met_on": MET.isoformat(),
    "worker_there": "there",
    "teacher_there": "online",
    "carer_there": "there",
    "voice_method": "refused",
    "refused_on": "2026-11-02",
    "ask_again_on": "2026-12-07",
}
GREEN = Review(
    {part.code: "green" for part in SECTIONS}, {part.code: Check("yes") for part in CRITERIA}, "Well done."
)
RED = Review(
    {part.code: "green" for part in SECTIONS} | {"targets": "red"},
    {"smart": Check("no", "Targets 2 and 3 have no date.")},
    "Mend the targets.",
)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child(story):
    return story.register("ada", "Leyla", "Haddad")


def revision(
    story: Story,
    child_id: UUID,
    number: int = 1,
    signed: str = "ada",
    met_on: date = MET,
    answers: dict | None = None,
    **more,
) -> UUID:
    """Put a plan on file: signed by somebody at noon of its meeting's day, or a draft."""

    def write(session):
        made = Revision(
            child_id=child_id, kind="pep", number=number, form_key="pep", form_version=FORMS["pep"].version,
            started_on=met_on - timedelta(days=10), dated_on=met_on, **more,
        )  # fmt: skip
        if signed:
            made.signed_at = datetime(met_on.year, met_on.month, met_on.day, 12, tzinfo=UTC)
            made.signed_by = story.actors[signed].worker_id
        made.document = Document(child_id=child_id, answers=answers or MEETING)
        session.add(made)
        session.flush()
        return made.id

    return story.call(signed or "ada", write)


def state(story, revision_id, who="ada"):
    return story.call(
        who, lambda session: pep_cycle.state_of(session, session.get_one(Revision, revision_id))
    )


def begin(story, revision_id, who="max"):
    story.call(who, lambda session: pep_cycle.begin_qa(session, revision_id))


def approve(story, revision_id, review=GREEN, who="max", **more):
    return story.call(who, lambda session: pep_cycle.approve(session, revision_id, review, **more))


def give_back(story, revision_id, review=RED, mend_by=MEND_BY, who="max"):
    story.call(who, lambda session: pep_cycle.give_back(session, revision_id, review, mend_by))


def approved(story, revision_id, **more):
    begin(story, revision_id)
    return approve(story, revision_id, **more)


def void(story, revision_id, reason="Wrong child.", who="max"):
    story.call(who, lambda session: pep_quality.void(session, revision_id, reason))


def draft(story, child):
    revision_id = story.draft("ada", child, "pep")
    view = story.call("ada", lambda session: plan_reading.open_plan(session, revision_id))
    return revision_id, view


def returned(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)
    give_back(story, revision_id)
    return revision_id
