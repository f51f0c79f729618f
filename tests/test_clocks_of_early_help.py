"""Clocks of early help and the front door: stars, assessments, meetings, from event to due date."""

from datetime import date

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import CLOCKS_BY_ID, Event, due_on, running_clocks
from tests.clock_story import day, of, standing, still_open, story


def test_a_star_is_read_every_three_months_until_early_help_is_closed():
    readings = ("star_reading 30 Nov 2026", "star_reading 26 Feb 2027")
    open_case = story(*readings, today="01 Mar 2027")
    closed = story(
        *readings, "star_reading 01 May 2027", "early_help_closed 01 May 2027", today="03 May 2027"
    )

    assert of(open_case, "F8") == [
        (day("30 Nov 2026"), day("28 Feb 2027"), day("26 Feb 2027")),
        (day("26 Feb 2027"), day("26 May 2027"), None),
    ]
    assert still_open(closed) == {}
    assert standing(closed, "F8", "03 May 2027") == ["met", "met"]


def test_early_help_runs_from_consent_to_family_meetings():
    running = story(
        "early_help_consent 07 Sep 2026",
        "early_help_assessment 07 Oct 2026",
        "taf 18 Nov 2026",
        today="19 Nov 2026",
    )

    assert of(running, "F4") == [(day("07 Sep 2026"), day("19 Oct 2026"), day("07 Oct 2026"))]
    assert of(running, "F5") == [(day("07 Oct 2026"), day("18 Nov 2026"), day("18 Nov 2026"))]
    assert of(running, "F6") == [(day("18 Nov 2026"), day("30 Dec 2026"), None)]


def test_consent_renewed_asks_for_no_second_assessment_but_early_help_opened_again_does():
    first = (
        "early_help_consent 07 Sep 2026",
        "early_help_assessment 07 Oct 2026",
        "early_help_consent 02 Nov 2026",
    )
    again = ("early_help_closed 03 Nov 2026", "early_help_consent 10 Nov 2026")

    assert "F4" not in still_open(story(*first, today="19 Nov 2026"))
    assert still_open(story(*first, *again, today="19 Nov 2026"))["F4"] == day("22 Dec 2026")


def test_a_conference_and_a_referral_lead_to_the_dates_of_the_page():
    asked = [("A6", "14 Dec 2026"), ("A7", "05 Jan 2027"), ("A8", "05 Jan 2027"), ("F2", "22 Nov 2026")]
    asked += [("A2", "22 Nov 2026"), ("A1", "22 Nov 2026")]

    due = [due_on(CLOCKS_BY_ID[clock_id].limit, day(start), england()) for clock_id, start in asked]

    answers = ["07 Jan 2027", "19 Jan 2027", "05 Apr 2027", "23 Nov 2026", "04 Dec 2026", "27 Jan 2027"]
    assert due == [day(answer) for answer in answers]


def test_a_stars_own_weeks_take_the_place_of_the_usual_three_months():
    read_on = date(2026, 9, 1)

    def due(local):
        found = running_clocks([Event("star_reading", read_on)], None, england(), date(2026, 9, 2), local)
        return [each.due_on for each in found if each.clock.id == "F8"]

    assert due(clocks.Local()) == [date(2026, 12, 1)]
    assert due(clocks.Local(star_weeks=12)) == [date(2026, 11, 24)]
