"""The two starts of A1: the referral, as the guidance has it, or the assessment's own, as in the census."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseapp import clock_counting, dates, redating, upkeep
from caseapp.clock_counting import Counting
from caseapp.front_door import assessments, opened, views
from caseapp.front_door.new_rows import NewAssessment
from caseapp.front_door.timeliness import timeliness
from db.models import Assessment, Child
from db.problems import Problem
from tests.record_screen import button, texts
from tests.story import new_story
from tests.test_premium_screen import desk, shown, submit
from ui.clock_settings import CountingCard

REFERRED, BEGUN = date(2026, 11, 22), date(2026, 11, 23)  # X23.8: a Sunday; the assessment starts on Monday
FROM_REFERRAL, FROM_START = date(2027, 1, 27), date(2027, 1, 28)
NOTHING, CENSUS = Counting(), Counting(own_start_from=BEGUN)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return assessed(story, "Leo")


def assessed(story, given, referred_on=REFERRED, started_on=BEGUN):
    """Put a child on file who is being assessed."""
    child_id = story.register("ada", given, "Hartley")
    new = NewAssessment(referred_on, started_on)
    story.call("ada", lambda session: assessments.start(session, child_id, new))
    return child_id


def finish(story, child_id, on=BEGUN):
    """Let the assessment be authorised."""

    def work(session):
        (row,) = [each for each in session.query(Assessment) if each.child_id == child_id]
        row.authorised_on, row.outcomes = on, ["nfa"]
        dates.refresh(session, session.get_one(Child, child_id))

    story.call("ada", work)


def choose(story, chosen):
    """Settle it, and let the next start work the dates out."""
    story.call("amy", lambda session: clock_counting.choose(session, chosen), purpose="settings")
    story.call("amy", upkeep.begin_day, purpose="rebuild")


def stored(story, child_id):
    asked = "SELECT started_on, due_on, met_on FROM clock WHERE kind = 'A1' AND child_id = ?"
    return [
        tuple(each and date.fromisoformat(each) for each in row) for row in story.raw(asked, child_id.bytes)
    ]


def why(story, child_id):
    def read(session):
        return dates.due_of(session, session.get_one(Child, child_id))

    (due,) = [each for each in story.call("ada", read) if each.clock == "A1"]
    return dict(due.reasons.facts)


def days_used(story, child_id):
    (row,) = story.call("ada", lambda session: views.assessments(session, views.Filter("all")))
    facts = dict(story.call("ada", lambda session: opened.assessment(session, row[0].id)).facts)
    return row[0].used, facts["Days used"]


def test_the_45_working_days_count_from_the_referral_as_the_guidance_has_it(story, leo):
    facts = why(story, leo)

    assert stored(story, leo) == [(REFERRED, FROM_REFERRAL, None)]
    assert facts["Starts with"] == "The referral, Sunday 22 November 2026"
    assert facts["Also"] == "Started 23/11/2026: the census counts from that day."


def test_an_area_counts_from_the_assessments_own_start_and_says_so(story, leo):
    choose(story, CENSUS)
    facts = why(story, leo)

    assert stored(story, leo) == [(BEGUN, FROM_START, None)]
    assert facts["Starts with"] == (
        "The assessment’s own start, as this area counts it, Monday 23 November 2026"
    )
    assert facts["Also"] == "Referred 22/11/2026: the guidance counts from that day."


def test_what_started_before_the_day_of_the_setting_counts_from_its_referral(story, leo):
    choose(story, Counting(own_start_from=BEGUN + timedelta(days=1)))

    assert stored(story, leo) == [(REFERRED, FROM_REFERRAL, None)]


def test_it_is_shown_which_dates_move_before_it_is_saved_and_comes_true(story, leo):
    assessed(story, "Mia", BEGUN, BEGUN)  # both days are one: nothing to move

    found = story.call("max", lambda session: redating.of_counting(session, CENSUS), purpose="rebuild")
    before = stored(story, leo)
    choose(story, CENSUS)

    assert before == [(REFERRED, FROM_REFERRAL, None)]
    assert [(each.child_id, each.from_on, each.to_on) for each in found.named] == [
        (leo, FROM_REFERRAL, FROM_START)
    ]
    back = story.call("max", lambda session: redating.of_counting(session, NOTHING), purpose="rebuild")
    assert [(each.from_on, each.to_on) for each in back.named] == [(FROM_START, FROM_REFERRAL)]


@pytest.mark.parametrize(
    ("then", "later", "kept"),
    [(NOTHING, CENSUS, (REFERRED, FROM_REFERRAL, BEGUN)), (CENSUS, NOTHING, (BEGUN, FROM_START, BEGUN))],
    ids=["authorised as the guidance counts", "authorised as the census counts"],
)
def test_what_is_authorised_keeps_the_day_it_began_with_and_its_date(story, leo, then, later, kept):
    choose(story, then)
    finish(story, leo)
    assert stored(story, leo) == [kept]

    choose(story, later)
    choose(story, later._replace(soon_days=5))  # and so it does every time that dates are worked out

    assert stored(story, leo) == [kept]


def test_both_counts_of_days_stay_shown(story, leo):
    story.store.today = lambda: date(2026, 11, 30)

    assert days_used(story, leo) == (6, "6 of 45 working days (5 since it started)")
    choose(story, CENSUS)
    assert days_used(story, leo) == (
        5,
        "5 of 45 working days (6 since the referral: this area counts from the start)",
    )


def test_the_two_measures_of_timeliness_are_the_same_either_way(story, leo):
    story.store.today = lambda: FROM_START
    finish(story, leo, FROM_START)  # 46 working days after the referral, 45 after its start

    def in_45():
        found = story.call("max", lambda session: timeliness(session, FROM_START))
        keys = ("assessments_in_45", "assessments_in_45_census")
        return [found.one(key).month.count for key in keys]

    before = in_45()
    choose(story, CENSUS)

    assert in_45() == before == [0, 1]


def test_a_day_more_than_a_year_away_is_refused_but_one_that_holds_may_stay(story):
    with pytest.raises(Problem, match=r"23/11/2062 is more than a year away\. Check the year"):
        choose(story, Counting(own_start_from=date(2062, 11, 23)))

    choose(story, CENSUS)
    story.store.today = lambda: date(2029, 3, 1)
    choose(story, CENSUS._replace(soon_days=5))

    assert story.call("ada", clock_counting.read) == CENSUS._replace(soon_days=5)


def test_it_is_chosen_on_the_card_of_counting_from_a_day_on(qtbot, story, leo):
    counting = shown(qtbot, CountingCard(desk(story, "amy")))
    assert "Counts from the referral" in texts(counting)
    button(counting, "Change how dates are counted").click()
    submit(counting, "Show what it moves", own_start_from="2026-11-23")

    assert any(text.startswith("1 open date of 1 child moves.") for text in texts(counting))
    button(counting, "Save").click()

    assert story.call("ada", clock_counting.read) == CENSUS
    assert "Counts from its own start from 23/11/2026" in texts(counting)
    button(counting, "Change how dates are counted").click()
    assert counting.form.form.answers()["own_start_from"] == "2026-11-23"
