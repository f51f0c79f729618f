"""Clocks of schooling: PEPs by term, a change of school, and the EHC plan, from event to due date."""

from datetime import date

import pytest

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import Event, running_clocks
from tests.clock_story import PUPIL, day, of, standing, still_open, story


@pytest.mark.parametrize(
    ("last_meeting", "today", "kind"),
    [
        ("pep_held 12 Nov 2026", "22 Nov 2026", "met"),
        ("pep_held 09 Jul 2026", "22 Nov 2026", "overdue"),
        ("pep_held 09 Jul 2026", "02 Oct 2026", "overdue"),
        ("pep_held 09 Jul 2026", "01 Oct 2026", "on_track"),
        ("pep_held 09 Jul 2026", "20 Sep 2026", "on_track"),
    ],
)
def test_a_term_without_a_pep_is_red_after_its_grace_day(last_meeting, today, kind):
    running = story("looked_after 01 May 2026", last_meeting, today=today, born=PUPIL)
    autumn = [each for each in running if each.clock.id == "P3" and each.started_on == day("01 Sep 2026")]

    assert [clocks.state_of(each, day(today), england()).kind for each in autumn] == [kind]
    assert autumn[0].what == "PEP, autumn term"


def test_the_first_pep_held_in_the_next_term_meets_that_term_too():
    running = story("looked_after 14 Dec 2026", "pep_held 12 Jan 2027", today="13 Jan 2027", born=PUPIL)

    assert of(running, "P2") == [(day("14 Dec 2026"), day("14 Jan 2027"), day("12 Jan 2027"))]
    assert of(running, "P3") == [
        (day("01 Jan 2027"), day("31 Mar 2027"), day("12 Jan 2027")),
        (day("01 Apr 2027"), day("31 Aug 2027"), None),
    ]


def test_the_summer_holiday_does_not_stop_the_first_pep():
    running = story("looked_after 26 Jul 2027", today="26 Jul 2027", born=PUPIL)

    assert (still_open(running)["P1"], still_open(running)["P2"]) == (day("09 Aug 2027"), day("23 Aug 2027"))


def test_of_two_meetings_in_a_term_the_newest_counts():
    running = story(
        "looked_after 01 Oct 2026",
        "pep_held 03 Mar 2027",
        "pep_held 30 Mar 2027",
        today="31 Mar 2027",
        born=PUPIL,
    )

    assert of(running, "P3")[0] == (day("01 Jan 2027"), day("31 Mar 2027"), day("30 Mar 2027"))


def test_a_meeting_on_1_april_is_of_the_summer_term():
    running = story("looked_after 01 Oct 2026", "pep_held 01 Apr 2027", today="02 Apr 2027", born=PUPIL)

    assert standing(running, "P3", "02 Apr 2027") == ["ended", "met", "on_track"]


def test_after_a_missed_term_the_next_has_no_grace():
    running = story("looked_after 01 May 2026", "pep_held 12 May 2026", today="05 Jan 2027", born=PUPIL)

    assert standing(running, "P3", "05 Jan 2027") == ["met", "ended", "overdue"]
    assert len([each for each in running if each.clock.id == "P3" and each.is_open]) == 1


def test_a_pep_is_asked_from_three_and_first_in_the_term_after():
    baby = story("looked_after 01 May 2026", today="01 Oct 2026", born="20 Oct 2023")
    three = story("looked_after 01 May 2026", today="21 Oct 2026", born="20 Oct 2023")

    assert {"P1", "P2", "P3"}.isdisjoint(each.clock.id for each in baby)
    assert of(three, "P3") == [(day("01 Jan 2027"), day("31 Mar 2027"), None)]


def test_a_change_of_school_in_care_asks_for_a_pep_within_20_working_days_and_the_newest_counts():
    born, care = date(2014, 5, 4), Event("looked_after", date(2024, 3, 11))
    moved = [Event("school_changed", date(2026, 9, 1)), Event("school_changed", date(2026, 11, 2))]

    def still_due(*more):
        found = running_clocks([care, *moved, *more], born, england(), date(2026, 11, 23))
        return [each.due_on for each in found if each.clock.id == "P6" and each.is_open]

    assert still_due() == [date(2026, 11, 30)]
    assert still_due(Event("pep_held", date(2026, 11, 10))) == []
    outside = running_clocks(moved, born, england(), date(2026, 11, 23))
    assert [each for each in outside if each.clock.id == "P6"] == []


def test_an_ehc_plan_is_reviewed_each_year_from_its_issue():
    care, issued = Event("looked_after", date(2024, 3, 11)), Event("ehc_review", date(2025, 11, 23))
    found = running_clocks([care, issued], date(2014, 5, 4), england(), date(2026, 9, 1))

    assert [each.due_on for each in found if each.clock.id == "P7"] == [date(2026, 11, 23)]
