"""Flat lines stay flat: a list costs as much in a county four times as large, and reads no table whole.

Steps of the database are counted, not seconds. What is told of names and tiles stands in their own tests.
"""

from datetime import timedelta

import pytest

from caseapp import (
    access,
    actions,
    approvals_list,
    children,
    histories,
    jottings,
    notes,
    overview,
    pep_quality,
    plan_reading,
    plans,
    record_files,
    today,
)
from caseapp.children import Filter
from caseapp.early_help import families
from caseapp.early_help import page as help_page
from caseapp.education import record_view, virtual_school
from caseapp.front_door import opened, views
from caseapp.pathway import leaving_view
from caseapp.supervision import agenda, measures, service, sessions
from db import looks, narrowing
from tests.flat_county import cost, county, manager, read_whole, row_id
from tests.story import TODAY, copied

CHILD, DRAFT, SIGNED = row_id("child", 0), row_id("revision", 0, 2), row_id("revision", 0)
ROWS = 4
"""Of a page: every list has pages to come, however small the county."""


def next_page(rows):
    """Return the use case that reads a page of a list and the one after it."""

    def read(session):
        first = rows(session, None)
        assert rows(session, first[-1][1])

    return read


def children_by(order="name", **narrowed):
    wanted = Filter(order=order, **narrowed)
    return next_page(lambda session, last: children.page(session, wanted, last, ROWS))


def families_of(**narrowed):
    def read(session):
        first = families.families(session, families.Filter(**narrowed), None, ROWS)
        assert families.families(session, families.Filter(**narrowed), first[-1].number, ROWS)

    return read


def front_door(rows, state="waiting"):
    return next_page(lambda session, last: rows(session, views.Filter(state), last))


def saved_draft(session):
    found = plan_reading.open_plan(session, DRAFT)
    plans.keep_typing(session, DRAFT, found.version, found.answers)
    plans.save(session, DRAFT, found.version, found.answers)


LISTS = {
    "Today": today.today,
    "a team's overdue list": lambda session: today.due_until(session, session.today, team=True),
    "approvals": approvals_list.waiting,
    "education plans to check": pep_quality.queue,
    "what I said I would do": actions.mine,
    "what I am writing": jottings.writing,
    "children": children_by(),
    "my team's children": children_by(whose="team"),
    "children with something overdue": children_by(overdue_on=TODAY),
    "children by age": children_by("born"),
    "children by last seen": children_by("seen"),
    "children by next date": children_by("due"),
    "how many children": lambda session: children.count(session, Filter()),
    "my families": families_of(whose="mine"),
    "my team's families": families_of(whose="team"),
    "families": families_of(whose="all"),
    "families with a review overdue": families_of(whose="all", late=True),
    "contacts": front_door(views.contacts),
    "contacts, decided too": front_door(views.contacts, "all"),
    "referrals": front_door(views.referrals),
    "referrals, decided too": front_door(views.referrals, "all"),
    "assessments": front_door(views.assessments),
    "assessments, ended too": front_door(views.assessments, "all"),
    "how many contacts": lambda session: views.count(session, "contacts", views.Filter()),
    "a worker's supervision": lambda session: sessions.view(session, session.actor.worker_id),
    "supervision to prepare": lambda session: agenda.prepare(session, row_id("worker", 0)),
    "supervision of a team": measures.team,
    "supervision of the service": service.service,
    "virtual school": virtual_school.virtual_school,
    "leaving care": leaving_view.leaving_view,
}
OF_ONE = {
    "a record": lambda session: overview.open_child(session, CHILD),
    "its notes": lambda session: notes.timeline(session, CHILD),
    "its history": lambda session: histories.history(session, CHILD, limit=4),
    "who may read it": lambda session: access.page(session, CHILD),
    "its actions": lambda session: actions.of_child(session, CHILD),
    "a contact": lambda session: opened.contact(session, row_id("contact", 0)),
    "its early help": lambda session: help_page.page(session, CHILD),
    "its schooling": lambda session: record_view.view(session, CHILD),
    "all of it": lambda session: record_files.record_json(session, CHILD),
    "a draft that is typed and saved": saved_draft,
    "a signed plan": lambda session: plan_reading.open_plan(session, SIGNED),
    "its quality": lambda session: pep_quality.view(session, SIGNED),
}
USE_CASES = LISTS | OF_ONE

# What a team's list may read whole, and why.
OF_THE_COUNTY = {
    "who may read it": {"worker"},  # every worker by name, who may and who may not: that is what it shows
    # Averages of all teams, told to each of them as counts.
    "supervision of the service": {"worker", "team", "child", "case_supervision"},
    # The workers of a team: no index leads to them, of whom a county has a thousand. 0006: worker (team_id).
    "Today": {"worker"},
    "supervision of a team": {"worker"},
}
GROWING = {"who may read it", "supervision of the service"}

# What grows with the reach of whoever reaches everybody, as the reach does and never faster; and the index
# of a schema 0006 with which it would not.
OF_ALL_IN_REACH = {
    # revision (kind, signed_at)
    "approvals", "education plans to check",
    # none: sorted by what is worked out of several columns
    "children by age", "children by last seen", "children by next date",
    # help_episode (number), of those open
    "my families", "my team's families", "families", "families with a review overdue",
    # assessment (referred_on, id)
    "assessments", "assessments, ended too",
    # case_supervision (session_id)
    "a worker's supervision",
    # note (created_by, happened_on)
    "supervision of a team",
    # none: what stands in the list is counted
    "how many children", "how many contacts",
}  # fmt: skip
# Figures of everybody in reach, and every worker by name, grow as they are meant to; Today is made of other
# lists, and whatever else is of one child takes the same ways as these.
FOR_ALL = LISTS.keys() - {"Today", "virtual school", "leaving care", *GROWING} | {
    *("its history", "a contact", "its actions", "its early help", "its quality"),
}


@pytest.fixture(autouse=True)
def _alike(monkeypatch):
    """Let pages be short, and each look be recorded, also if it was recorded just before."""
    monkeypatch.setattr(views, "PAGE", ROWS)
    monkeypatch.setattr(looks, "QUIET", timedelta())


def used(store):
    """Return a store whose connection was set up: that is asked once."""
    cost(store, manager(), lambda session: children.count(session, Filter()))
    return store


@pytest.fixture(scope="module")
def counties():
    """Two counties, one four times as large; a team has forty children in either."""
    return [used(county(each)) for each in (120, 480)]


@pytest.fixture(scope="module")
def shared(counties):
    """The same counties, in which all children wait for a worker: every manager reaches everybody."""
    made = [used(copied(each)) for each in counties]
    for each in made:
        with each.engine.connect() as connection:
            connection.connection.driver_connection.execute("UPDATE child SET worker_id = NULL")
    return made


@pytest.mark.parametrize("name", USE_CASES)
def test_a_team_s_list_costs_as_much_in_a_county_four_times_as_large(counties, name):
    small, large = (cost(each, manager(), USE_CASES[name]) for each in counties)

    assert len(small.asked) == len(large.asked)
    assert read_whole(counties[1], large.asked) <= OF_THE_COUNTY.get(name, set())
    if name not in GROWING:
        assert large.steps <= 1.05 * small.steps + 10


@pytest.mark.parametrize("name", sorted(FOR_ALL))
def test_who_reaches_everybody_pays_for_a_page_or_at_most_for_each_once(shared, name, monkeypatch):
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: True)

    small, large = (cost(each, manager(), USE_CASES[name]) for each in shared)

    assert len(small.asked) == len(large.asked)
    most = 4.6 if name in OF_ALL_IN_REACH else 1.1
    assert large.steps <= most * small.steps + 10


FAR = {
    "children": lambda session, last, size: children.page(session, Filter(), last, size),
    "children backwards": lambda session, last, size: children.page(
        session, Filter(backwards=True), last, size
    ),
    "contacts": lambda session, last, size: views.contacts(session, views.Filter("all"), last),
    "referrals": lambda session, last, size: views.referrals(session, views.Filter("all"), last),
}


@pytest.mark.parametrize("name", FAR)
def test_a_page_far_down_a_list_costs_as_much_as_the_second(shared, name, monkeypatch):
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: True)
    places = []
    for size in (ROWS, 400):
        monkeypatch.setattr(views, "PAGE", size)
        with shared[1].session(manager()) as session:
            places.append(FAR[name](session, None, size)[-1][1])
    monkeypatch.setattr(views, "PAGE", ROWS)

    near, far = (
        cost(shared[1], manager(), lambda session, place=place: FAR[name](session, place, ROWS))
        for place in places
    )

    assert far.steps <= 1.1 * near.steps + 10
