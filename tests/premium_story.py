"""A child with pupil premium: each step from asking to impact in one line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseapp import people
from caseapp.education import premium, premium_totals
from caseapp.education.premium import NewRequest
from tests.story import new_story

TUTOR = NewRequest(
    thing="Maths tutor, 10 hours",
    category="tuition",
    asked=48_050,
    asked_by="Ms Okafor",
    asked_on=date(2026, 10, 5),
    stream="school",
    year=2026,
    term="autumn",
    targets=("Knows the times tables to 12",),
)
ON = date(2026, 10, 12)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    made = story.register("ada", "Leyla", "Haddad", date(2013, 5, 4))
    story.look_after(made, date(2024, 3, 11))
    return made


def ask(story, child_id, who="ada", **changes):
    return story.call(who, lambda session: premium.ask(session, child_id, replace(TUTOR, **changes)))


def decide(story, request_id, decision="approved", who="max", on=ON, **more):
    story.call(who, lambda session: premium.decide(session, request_id, decision=decision, on=on, **more))


def pay(story, request_id, on=date(2026, 10, 20), who="ada"):
    story.call(who, lambda session: premium.pay(session, request_id, on))


def spend(story, request_id, pence, who="ada"):
    story.call(who, lambda session: premium.spend(session, request_id, pence))


def impact(story, request_id, said, who="ada"):
    story.call(who, lambda session: premium.tell_impact(session, request_id, said))


def spent(story, child_id, pence=40_000, **changes):
    request_id = ask(story, child_id, **changes)
    decide(story, request_id)
    pay(story, request_id)
    spend(story, request_id, pence)
    return request_id


def rows(story, child_id, who="ada"):
    return story.call(who, lambda session: premium.requests(session, child_id))


def view(story, child_id, who="ada"):
    return story.call(who, lambda session: premium_totals.view(session, child_id))


def year_of(story, year=2026, who="max"):
    return story.call(who, lambda session: premium_totals.totals(session, year))


def add_school(story, child_id, name, from_on=date(2024, 9, 3)):
    def write(session):
        school_id = people.add_school(session, name)
        people.start_school(session, child_id, school_id, from_on)
        return school_id

    return story.call("ada", write)
