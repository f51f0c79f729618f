"""Clocks of leaving care: needs assessment, pathway reviews and contact, from event to due date."""

from datetime import date, timedelta

import pytest

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import Span, explain, plan_by
from tests.clock_story import day, of, still_open, story


@pytest.mark.parametrize(
    ("born", "due", "planned"),
    [
        ("31 Aug 2010", "30 Nov 2026", "30 Nov 2026"),
        ("30 Nov 2010", "28 Feb 2027", "26 Feb 2027"),
        ("30 Nov 2011", "29 Feb 2028", "29 Feb 2028"),
        ("29 Feb 2012", "29 May 2028", "26 May 2028"),
    ],
)
def test_the_needs_assessment_is_due_three_months_after_sixteen(born, due, planned):
    running = story("looked_after 01 Oct 2024", "lac_review 01 Dec 2026", today="01 Dec 2026", born=born)

    assert still_open(running)["W1"] == day(due)
    assert plan_by(day(due), england()) == day(planned)


def test_becoming_looked_after_at_sixteen_starts_the_assessment_after_thirteen_weeks():
    running = story("looked_after 05 Oct 2026", today="23 Nov 2026", born="01 Mar 2010")
    needs = next(each for each in running if each.clock.id == "W1")

    assert (needs.started_on, needs.due_on) == (day("04 Jan 2027"), day("04 Apr 2027"))
    assert "after reaching 13 weeks in care after 14 on 04/01/2027" in explain(needs, england())


def test_no_needs_assessment_is_shown_before_fourteen():
    assert "W1" not in still_open(story("looked_after 01 Oct 2024", today="23 Nov 2026", born="24 Nov 2012"))
    assert "W1" in still_open(story("looked_after 01 Oct 2024", today="23 Nov 2026", born="23 Nov 2012"))


def test_an_assessment_finished_before_the_birthday_counts():
    running = story(
        "looked_after 01 Oct 2024", "needs_assessment 20 Nov 2026", today="01 Dec 2026", born="30 Nov 2010"
    )

    assert "W1" not in still_open(running)
    assert still_open(running)["W2"] == day("18 Dec 2026")


SIXTEEN = date(2026, 1, 1)
BORN = date(2010, 1, 1)


def runs(*lengths, from_day=SIXTEEN):
    """Return periods of care of so many days, a month apart; a length of 0 goes on."""
    spans = []
    for length in lengths:
        end = from_day + timedelta(days=length)
        spans.append(Span(from_day, end if length else None))
        from_day = end + timedelta(days=30)
    return spans


@pytest.mark.parametrize(
    ("care", "eligible"),
    [
        ([Span(day("05 Oct 2026"))], day("04 Jan 2027")),
        ([Span(day("23 Nov 2026"))], day("22 Feb 2027")),
        ([Span(day("01 Dec 2027"))], day("01 Mar 2028")),
        (runs(50, 30, 11, from_day=date(2025, 9, 20)), date(2026, 2, 18)),
        (runs(60, 30), None),
        ([Span(date(2024, 6, 1), date(2024, 12, 18))], None),
        ([], None),
        (
            [Span(date(2022, 1, 1), date(2022, 10, 28)), Span(date(2025, 12, 1), date(2026, 3, 2))],
            date(2026, 3, 2),
        ),
        ([Span(date(2020, 1, 1), SIXTEEN)], None),
        ([Span(date(2020, 1, 1))], SIXTEEN),
    ],
    ids=["X15.1", "X15.2", "X15.3", "X15.4", "X15.5", "X15.6", "X15.7", "X15.8", "left at 16", "long"],
)
def test_thirteen_weeks_in_care_after_fourteen_make_a_young_person_eligible(care, eligible):
    assert clocks.eligible_on(care, BORN) == eligible


def test_pathway_reviews_run_from_the_plan_and_then_from_each_review():
    running = story(
        "pathway_plan 23 Nov 2026",
        "pathway_plan 01 Mar 2027",
        "pathway_review 20 May 2027",
        today="01 Jun 2027",
    )

    assert of(running, "W3") == [
        (day("23 Nov 2026"), day("23 May 2027"), day("20 May 2027")),
        (day("20 May 2027"), day("20 Nov 2027"), None),
    ]


def test_contact_after_leaving_care_is_counted_from_the_day_of_leaving():
    events = ("looked_after 01 Oct 2024", "care_ended 30 Oct 2026")
    left = story(*events, today="02 Nov 2026", born="01 Mar 2010")
    seen = story(*events, "pa_contact 20 Nov 2026", today="23 Nov 2026", born="01 Mar 2010")

    assert still_open(left)["W7"] == day("25 Dec 2026")
    assert still_open(seen)["W7"] == day("15 Jan 2027")
