"""The terms of the area: its own dates move plans and clocks; without them the law's dates hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import calendars, clocks, dates, pep_settings
from caseapp.calendars import Term, england
from caseapp.education import terms
from caseapp.pep_settings import PepSettings
from caseapp.school_terms import AreaTerms
from db.models import Child
from db.problems import NotAllowed, Problem
from tests.story import new_story

DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
OWN = AreaTerms(
    {
        (2026, "autumn"): (date(2026, 9, 3), date(2026, 12, 18)),
        (2026, "spring"): (date(2027, 1, 5), date(2027, 4, 1)),
    }
)


@pytest.fixture
def story():
    return new_story()


def set_term(story, year, season, first_on, last_on, who="amy"):
    return story.call(
        who, lambda session: terms.set_term(session, year, season, first_on, last_on), purpose="settings"
    )


@given(DAYS)
def test_without_dates_of_its_own_an_area_has_the_terms_of_the_law(day):
    area = AreaTerms({})

    assert area.term_of(day) == calendars.term_of(day)
    assert area.term_after(area.term_of(day)) == calendars.term_after(calendars.term_of(day))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 9, 2), "summer term 2026"),  # the last day of the holidays
        (date(2026, 9, 3), "autumn term 2026"),
        (date(2026, 12, 18), "autumn term 2026"),
        (date(2027, 1, 4), "autumn term 2026"),  # Christmas holidays: the term before
        (date(2027, 1, 5), "spring term 2027"),
        (date(2027, 4, 1), "spring term 2027"),  # X22.7: summer by the law's dates
        (date(2027, 4, 2), "summer term 2027"),
    ],
)
def test_a_day_is_of_the_areas_term_and_one_in_the_holidays_of_the_term_before(day, name):
    assert OWN.term_of(day).name == name


def test_a_term_of_the_law_makes_room_for_the_areas_own_beside_it():
    assert OWN.term(2026, "summer") == Term("summer term 2027", date(2027, 4, 2), date(2027, 8, 31))
    assert OWN.term(2025, "summer") == Term("summer term 2026", date(2026, 4, 1), date(2026, 8, 31))


@given(DAYS)
def test_terms_of_an_area_follow_each_other_and_never_overlap(day):
    term = OWN.term_of(day)
    following = OWN.term_after(term)

    assert term.starts_on <= day < following.starts_on
    assert term.ends_on < following.starts_on
    assert OWN.term_of(following.starts_on) == following
    assert OWN.term_of(following.starts_on - DAY) == term


def test_an_administrator_sets_a_term_and_everybody_has_it(story):
    set_term(story, 2026, "autumn", date(2026, 9, 3), date(2026, 12, 18))

    found = story.call("ada", lambda session: terms.term_of(session, date(2026, 12, 24)))
    assert found == Term("autumn term 2026", date(2026, 9, 3), date(2026, 12, 18))
    rows = story.call("ada", terms.table)
    assert [row.name for row in rows if row.is_own] == ["autumn term 2026"]
    assert {row.school_year for row in rows} == {2025, 2026, 2027, 2028}


def test_a_term_that_was_set_is_put_right_not_set_twice(story):
    set_term(story, 2026, "autumn", date(2026, 9, 3), date(2026, 12, 18))

    set_term(story, 2026, "autumn", date(2026, 9, 2), date(2026, 12, 17))

    assert story.raw("SELECT first_on, last_on FROM term_dates") == [("2026-09-02", "2026-12-17")]


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_but_an_administrator_sets_terms(story, who):
    days = (date(2026, 9, 3), date(2026, 12, 18))
    for purpose in ("settings", ""):  # the use case refuses, whatever the session is said to be for
        with pytest.raises(NotAllowed):
            story.call(who, lambda session: terms.set_term(session, 2026, "autumn", *days), purpose=purpose)

    assert story.raw("SELECT * FROM term_dates") == []


@pytest.mark.parametrize(
    ("first_on", "last_on", "because"),
    [
        (date(2026, 12, 18), date(2026, 9, 3), "would end before it begins"),
        (date(2027, 9, 3), date(2027, 12, 17), "holds 01/11/2026"),
        (date(2026, 10, 20), date(2026, 11, 2), "A term of 14 days"),
        (date(2026, 10, 20), date(2027, 2, 20), "far into the spring term 2027"),
        (date(2026, 9, 3), date(2027, 1, 6), "overlap the spring term 2027 (05/01/2027 to 01/04/2027)"),
    ],
)
def test_dates_that_cannot_be_are_refused_in_words(story, first_on, last_on, because):
    set_term(story, 2026, "spring", date(2027, 1, 5), date(2027, 4, 1))

    with pytest.raises(Problem) as refused:
        set_term(story, 2026, "autumn", first_on, last_on)

    assert because in refused.value.words
    assert refused.value.words.endswith("Nothing was changed.")
    assert len(story.raw("SELECT * FROM term_dates")) == 1


def pep_clocks(meetings, today, area=OWN, since=date(2026, 4, 20)):
    events = [clocks.Event("looked_after", since), *(clocks.Event("pep_held", day) for day in meetings)]
    local = clocks.Local(area.term_of, area.term_after)
    found = clocks.running_clocks(events, date(2012, 5, 4), england(), today, local)
    return [each for each in found if each.clock.id == "P3"]


def test_the_termly_plan_is_due_on_the_last_day_of_the_areas_term():
    (autumn,) = [each for each in pep_clocks([], date(2026, 11, 23)) if each.is_open]

    assert autumn.due_on == date(2026, 12, 18)
    assert autumn.started_on == date(2026, 9, 3)
    assert autumn.why == "the end of the autumn term 2026"


def test_a_meeting_in_the_holidays_meets_the_term_before_late():
    found = pep_clocks([date(2026, 12, 22)], date(2027, 1, 3))

    assert [(each.due_on, each.met_on) for each in found if each.met_on] == [
        (date(2026, 12, 18), date(2026, 12, 22))
    ]


def test_in_the_holidays_the_plan_that_was_not_held_still_stands_open():
    found = pep_clocks([], date(2026, 12, 28))

    assert [each.due_on for each in found if each.is_open] == [date(2026, 12, 18)]
    assert [each.due_on for each in pep_clocks([], date(2027, 1, 5)) if each.is_open] == [date(2027, 4, 1)]


def test_the_stored_clocks_of_a_child_take_the_areas_terms(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    story.look_after(child_id, date(2024, 3, 11))
    set_term(story, 2026, "autumn", date(2026, 9, 3), date(2026, 12, 18))

    story.call("ada", lambda session: dates.refresh(session, session.get_one(Child, child_id)))

    due = story.raw("SELECT due_on FROM clock WHERE kind = 'P3' AND met_on IS NULL")
    assert due == [("2026-12-18",)]


def test_after_new_dates_every_clock_is_worked_out_again(story):
    set_term(story, 2026, "autumn", date(2026, 9, 3), date(2026, 12, 18))

    assert story.raw("SELECT value FROM setting WHERE name = 'clocks_on'") == [("",)]


def choose(story, chosen, who="amy"):
    return story.call(who, lambda session: pep_settings.choose(session, chosen), purpose="settings")


def test_the_age_from_which_a_plan_is_made_is_a_setting_that_the_clocks_follow(story):
    child_id = story.register("ada", "Mia", "Haddad", date(2024, 6, 1))
    story.look_after(child_id, date(2025, 3, 11))
    asked = "SELECT count(*) FROM clock WHERE kind LIKE 'P%'"
    assert story.raw(asked) == [(0,)]

    choose(story, PepSettings(from_age=2, targets=2))
    story.call("ada", lambda session: dates.refresh(session, session.get_one(Child, child_id)))

    assert story.call("ada", pep_settings.read) == PepSettings(2, 2)
    assert story.raw(asked) != [(0,)]


@pytest.mark.parametrize("chosen", [PepSettings(6, 3), PepSettings(3, 0), PepSettings(3, 11)])
def test_settings_out_of_bounds_are_refused(story, chosen):
    with pytest.raises(Problem):
        choose(story, chosen)

    assert story.call("ada", pep_settings.read) == PepSettings(3, 3)


def test_nobody_but_an_administrator_chooses_the_settings_of_plans(story):
    with pytest.raises(NotAllowed):
        choose(story, PepSettings(2, 3), who="max")
