"""Clocks of a looked-after child: reviews, visits, plans and health, from event to due date."""

import pytest

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import due_on, explain
from tests.clock_story import day, of, standing, still_open, story


def test_reviews_chain_from_the_day_they_were_held():
    running = story(
        "looked_after 14 Sep 2026", "lac_review 12 Oct 2026", "lac_review 05 Jan 2027", today="06 Jan 2027"
    )

    assert of(running, "L5") == [(day("14 Sep 2026"), day("12 Oct 2026"), day("12 Oct 2026"))]
    assert of(running, "L6") == [(day("12 Oct 2026"), day("12 Jan 2027"), day("05 Jan 2027"))]
    assert of(running, "L7") == [(day("05 Jan 2027"), day("05 Jul 2027"), None)]
    assert [each.what for each in running if each.clock.id == "L7"] == ["Looked-after review 3"]


def test_a_review_held_early_brings_the_next_one_forward():
    running = story("looked_after 14 Sep 2026", "lac_review 02 Oct 2026", today="05 Oct 2026")

    assert still_open(running)["L6"] == day("02 Jan 2027")
    assert "Plan by 31/12/2026." in explain(next(r for r in running if r.clock.id == "L6"), england())


def test_a_review_held_late_is_met_late_and_the_next_runs_from_it():
    running = story("looked_after 14 Sep 2026", "lac_review 19 Oct 2026", today="20 Oct 2026")

    assert still_open(running)["L6"] == day("19 Jan 2027")
    assert standing(running, "L5", "20 Oct 2026") == ["met_late"]


def test_review_2_is_foretold_while_review_1_has_not_been_held():
    running = story("looked_after 14 Sep 2026", today="15 Sep 2026")
    first = next(each for each in running if each.clock.id == "L5")

    assert clocks.provisional_second_review(day("14 Sep 2026"), england()) == day("12 Jan 2027")
    assert explain(first, england()) == (
        "Due 12/10/2026: 20 working days after becoming looked after on 14/09/2026 "
        "(Care Planning Regulations 2010 reg 33(1)). "
        "If it is held on its last day, review 2 is due by 12/01/2027."
    )


def test_the_order_in_which_events_are_told_does_not_matter():
    events = [
        "lac_review 05 Jan 2027",
        "looked_after 14 Sep 2026",
        "visit 18 Sep 2026",
        "lac_review 12 Oct 2026",
    ]

    assert story(*events, today="06 Jan 2027") == story(*events[::-1], today="06 Jan 2027")


def test_visits_run_from_the_placement_and_then_from_the_last_visit():
    running = story(
        "looked_after 18 Dec 2026", "placement_started 18 Dec 2026",
        "visit 24 Dec 2026", "visit 01 Feb 2027", today="02 Feb 2027",
    )  # fmt: skip

    assert of(running, "L8") == [(day("18 Dec 2026"), day("25 Dec 2026"), day("24 Dec 2026"))]
    assert of(running, "L9") == [
        (day("24 Dec 2026"), day("04 Feb 2027"), day("01 Feb 2027")),
        (day("01 Feb 2027"), day("15 Mar 2027"), None),
    ]


@pytest.mark.parametrize(
    ("visit", "to_18", "clock_id", "due"),
    [
        ("30 Nov 2027", "placed_to_18 01 Dec 2026", "L10", "29 Feb 2028"),
        ("30 Nov 2027", "dental_check 01 Dec 2026", "L10", "11 Jan 2028"),
        ("30 Nov 2027", "placed_to_18 01 Dec 2027", "L10", "11 Jan 2028"),
        ("22 Nov 2027", "placed_to_18 01 Dec 2026", "L9", "03 Jan 2028"),
        ("23 Nov 2027", "placed_to_18 01 Dec 2026", "L10", "23 Feb 2028"),
    ],
)
def test_the_longer_interval_begins_with_a_visit_after_a_year_in_a_placement_to_18(
    visit, to_18, clock_id, due
):
    running = story("looked_after 23 Nov 2026", f"visit {visit}", to_18, today="02 Dec 2027")

    assert {each for each in still_open(running) if each in {"L9", "L10"}} == {clock_id}
    assert still_open(running)[clock_id] == day(due)


def test_a_new_placement_starts_its_own_visits_and_ends_those_of_the_old():
    running = story(
        "looked_after 01 Oct 2026", "placement_started 01 Oct 2026", "visit 05 Oct 2026",
        "placement_started 02 Nov 2026", today="03 Nov 2026",
    )  # fmt: skip

    assert still_open(running)["L8"] == day("09 Nov 2026")
    assert "L9" not in still_open(running)
    assert standing(running, "L9", "03 Nov 2026") == ["ended"]


def test_a_child_newly_looked_after_has_all_first_clocks():
    running = story("looked_after 11 Dec 2026", today="11 Dec 2026", born="01 Mar 2015")

    assert still_open(running) == {
        "L1": day("18 Dec 2026"), "L2": day("18 Dec 2026"), "L8": day("18 Dec 2026"),
        "L17": day("18 Dec 2026"),
        "P1": day("29 Dec 2026"), "L3": day("29 Dec 2026"),
        "P2": day("13 Jan 2027"), "L5": day("13 Jan 2027"), "L13": day("13 Jan 2027"),
        "P3": day("31 Mar 2027"),
    }  # fmt: skip


def test_plans_made_before_a_planned_entry_meet_their_clocks():
    running = story(
        "pep_begun 07 Dec 2026", "care_plan 08 Dec 2026", "placement_plan 09 Dec 2026",
        "looked_after 11 Dec 2026", today="11 Dec 2026", born="01 Mar 2015",
    )  # fmt: skip

    assert {"P1", "L3", "L1"}.isdisjoint(still_open(running))


def test_plans_of_earlier_care_do_not_count_for_new_care():
    running = story(
        "looked_after 01 Sep 2025", "pep_begun 02 Sep 2025", "care_plan 03 Sep 2025",
        "placement_plan 03 Sep 2025", "care_ended 01 Oct 2025", "looked_after 11 Dec 2026",
        today="11 Dec 2026", born="01 Mar 2015",
    )  # fmt: skip

    assert {"P1", "L3", "L1"} <= still_open(running).keys()


def test_the_end_of_care_ends_what_was_open_and_keeps_what_was_missed():
    running = story(
        "looked_after 14 Sep 2026", "visit 18 Sep 2026", "care_ended 12 Nov 2026",
        today="23 Nov 2026", born="01 Mar 2015",
    )  # fmt: skip
    said = {each.clock.id: clocks.state_of(each, day("23 Nov 2026"), england()).words for each in running}

    assert still_open(running) == {}
    assert (said["L5"], said["L8"], said["L9"]) == ("missed", "met", "missed")
    assert "P3" not in said


def test_care_clocks_end_at_eighteen_without_any_event():
    running = story(
        "looked_after 14 Sep 2020", "lac_review 01 Sep 2026", today="23 Nov 2026", born="20 Nov 2008"
    )

    assert {each.clock.id for each in running if each.is_open} == {"W1", "W7"}
    assert still_open(running)["W7"] == due_on("CD+56", day("20 Nov 2026"), england())


def test_care_ending_and_starting_on_one_day_is_two_periods():
    running = story(
        "looked_after 14 Sep 2026", "care_ended 02 Oct 2026", "looked_after 02 Oct 2026", today="05 Oct 2026"
    )

    assert of(running, "L5") == [
        (day("14 Sep 2026"), day("12 Oct 2026"), None),
        (day("02 Oct 2026"), day("30 Oct 2026"), None),
    ]
    assert still_open(running)["L5"] == day("30 Oct 2026")


def test_a_second_start_within_care_starts_nothing():
    running = story("looked_after 14 Sep 2026", "looked_after 28 Sep 2026", today="05 Oct 2026")

    assert len(of(running, "L5")) == 1


def test_events_after_today_do_not_count_yet():
    running = story("looked_after 14 Sep 2026", "lac_review 12 Oct 2026", today="05 Oct 2026")

    assert still_open(running)["L5"] == day("12 Oct 2026")


@pytest.mark.parametrize(
    ("born", "held", "due"),
    [
        ("10 May 2023", "31 Aug 2026", "28 Feb 2027"),
        ("10 Nov 2021", "15 Nov 2026", "15 Nov 2027"),
        ("02 Mar 2022", "15 Nov 2026", "15 Nov 2027"),
        ("28 Feb 2022", "28 Aug 2026", "28 Feb 2027"),
        ("27 Feb 2022", "28 Aug 2026", "28 Aug 2027"),
        ("01 Jan 2012", "29 Feb 2028", "28 Feb 2029"),
    ],
)
def test_health_reviews_are_half_yearly_before_five(born, held, due):
    running = story("looked_after 01 Jun 2026", f"health_assessment {held}", today=held, born=born)

    assert still_open(running)["L14"] == day(due)


@pytest.mark.parametrize(
    ("born", "asked"), [("15 Nov 2023", True), ("16 Nov 2023", False), ("14 Nov 2010", False)]
)
def test_the_questionnaire_is_asked_from_four_to_sixteen(born, asked):
    running = story("looked_after 01 Jun 2026", "sdq 15 Nov 2026", today="23 Nov 2026", born=born)

    assert ("L16" in still_open(running)) is asked
