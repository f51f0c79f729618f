"""The clocks of care and leaving care that follow rules of their own: who lives where, and who was told."""

import pytest

from tests.clock_story import day, of, still_open, story

PLACED = ("looked_after 01 Sep 2026", "placement_started 01 Sep 2026")


def dues(running, clock_id):
    return [due for _, due, _ in of(running, clock_id)]


def test_with_a_parent_before_assessment_visits_are_weekly_until_the_first_review():
    running = story(
        *PLACED, "placed_before_assessment 01 Sep 2026", "visit 04 Sep 2026", "visit 10 Sep 2026",
        "lac_review 28 Sep 2026", "visit 28 Sep 2026", today="01 Oct 2026",
    )  # fmt: skip

    assert dues(running, "L8") == [day("08 Sep 2026")]
    assert dues(running, "L11") == [day("11 Sep 2026"), day("17 Sep 2026"), day("09 Nov 2026")]
    assert (of(running, "L9"), of(running, "L10")) == ([], [])


@pytest.mark.parametrize("kind", ["temporary_approval", "interim_order_with_parent"])
def test_x9_7_a_connected_person_or_an_interim_order_with_parent_has_four_weeks_after_review_1(kind):
    running = story(
        *PLACED, f"{kind} 01 Sep 2026", "lac_review 28 Sep 2026", "visit 23 Nov 2026", today="24 Nov 2026"
    )

    assert still_open(running)["L11"] == day("21 Dec 2026")


def test_a_care_order_with_parent_asks_for_a_visit_in_a_week_and_then_every_six():
    running = story(
        *PLACED, "interim_order_with_parent 01 Sep 2026", "visit 01 Oct 2026", "lac_review 28 Sep 2026",
        "care_order_with_parent 12 Oct 2026", "visit 16 Oct 2026", today="20 Oct 2026",
    )  # fmt: skip

    assert dues(running, "L12") == [day("19 Oct 2026"), day("27 Nov 2026")]
    assert {"L11", "L9"} & set(still_open(running)) == set()


def test_where_another_body_runs_it_visits_are_six_weekly_for_a_year_and_then_three_monthly():
    year = story(*PLACED, "arrangement_started 01 Sep 2026", "visit 07 Sep 2026", today="08 Sep 2026")
    after = story(
        "looked_after 01 Sep 2025", "placement_started 01 Sep 2025", "arrangement_started 01 Sep 2025",
        "visit 30 Nov 2026", today="01 Dec 2026",
    )  # fmt: skip

    assert still_open(year)["L25"] == day("19 Oct 2026")
    assert still_open(after)["L25"] == day("28 Feb 2027")


def test_x9_6_six_months_only_once_the_child_agreed_and_a_year_has_gone():
    begun = ("looked_after 01 Aug 2025", "placement_started 01 Aug 2025", "placed_to_18 01 Sep 2025")
    agreed = story(*begun, "six_monthly_agreed 01 Aug 2026", "visit 31 Aug 2026", today="01 Sep 2026")
    too_early = story(*begun, "six_monthly_agreed 01 Sep 2026", "visit 31 Aug 2026", today="02 Sep 2026")

    assert still_open(agreed)["L10"] == day("28 Feb 2027")
    assert still_open(too_early)["L10"] == day("30 Nov 2026")


def test_a_placement_is_told_within_five_working_days_and_its_end_within_ten():
    told = story(*PLACED, "placement_notified 31 Aug 2026", today="02 Sep 2026")
    untold = story(*PLACED, today="02 Sep 2026")
    ended = story(
        *PLACED, "placement_started 15 Dec 2026", "placement_ended 15 Dec 2026", today="16 Dec 2026"
    )

    assert "L2" not in still_open(told)
    assert still_open(untold)["L2"] == day("08 Sep 2026")
    assert still_open(ended)["L4"] == day("31 Dec 2026")  # X19.3


def test_the_reviewing_officer_is_named_in_five_working_days():
    open_one = story(*PLACED, today="02 Sep 2026")
    named = story(*PLACED, "iro_named 05 Sep 2026", today="06 Sep 2026")

    assert still_open(open_one)["L17"] == day("08 Sep 2026")
    assert "L17" not in still_open(named)


def test_decisions_go_out_in_five_working_days_and_the_record_in_fifteen():
    running = story(*PLACED, "lac_review 14 Dec 2026", "decisions_sent 16 Dec 2026", today="17 Dec 2026")

    assert of(running, "L18") == [
        (day("14 Dec 2026"), day("21 Dec 2026"), day("16 Dec 2026")),
        (day("14 Dec 2026"), day("07 Jan 2027"), None),
    ]


def test_the_next_review_lets_go_of_the_papers_of_the_last():
    running = story(*PLACED, "lac_review 14 Dec 2026", "lac_review 10 Mar 2027", today="11 Mar 2027")

    assert [started for started, _, _ in of(running, "L18")][-1] == day("10 Mar 2027")
    assert still_open(running)["L18"] > day("11 Mar 2027")


def test_a_review_asked_for_early_is_due_at_once_until_one_is_held():
    asked = story(*PLACED, "lac_review 20 Sep 2026", "review_asked 05 Oct 2026", today="06 Oct 2026")
    held = story(
        *PLACED, "lac_review 20 Sep 2026", "review_asked 05 Oct 2026", "lac_review 09 Oct 2026",
        today="10 Oct 2026",
    )  # fmt: skip

    assert still_open(asked)["L26"] == day("05 Oct 2026")
    assert "L26" not in still_open(held)


@pytest.mark.parametrize(
    ("returned", "due"), [("20 Nov 2026", "23 Nov 2026"), ("24 Dec 2026", "27 Dec 2026")]
)
def test_x20_the_return_interview_is_due_in_72_hours_weekends_counted(returned, due):
    running = story(*PLACED, f"returned_from_missing {returned}", today=returned)

    assert still_open(running)["L19"] == day(due)


def test_a_second_time_missing_asks_for_an_interview_of_its_own():
    running = story(
        *PLACED, "returned_from_missing 10 Nov 2026", "return_interview 12 Nov 2026",
        "returned_from_missing 20 Nov 2026", today="21 Nov 2026",
    )  # fmt: skip

    assert [met for _, _, met in of(running, "L19")] == [day("12 Nov 2026"), None]


@pytest.mark.parametrize(
    ("clock_id", "event", "due"),
    [
        ("L21", "court_application 23 Nov 2026", "24 May 2027"),
        ("L21", "court_application 01 Jul 2026", "30 Dec 2026"),
        ("L22", "pre_proceedings_letter 23 Nov 2026", "15 Mar 2027"),
        ("L23", "police_protection 20 Nov 2026", "23 Nov 2026"),
        ("L23", "child_assessment 20 Nov 2026", "27 Nov 2026"),
        ("L23", "emergency_protection 20 Nov 2026", "28 Nov 2026"),
    ],
)
def test_x18_court_and_short_orders(clock_id, event, due):
    assert still_open(story(event, today="23 Nov 2026"))[clock_id] == day(due)


def test_a_care_order_ends_the_weeks_of_the_case():
    running = story("court_application 23 Nov 2026", "final_order 01 Mar 2027", today="02 Mar 2027")

    assert "L21" not in still_open(running)


LEFT = ("looked_after 01 Oct 2024", "care_ended 01 Mar 2026")
YOUNG = "01 Mar 2008"


def test_x14_a_home_that_the_authority_provides_has_its_own_visits():
    moved = story(*LEFT, "leaving_accommodation 19 Dec 2026", today="20 Dec 2026", born=YOUNG)
    seen = story(
        *LEFT, "leaving_accommodation 19 Dec 2026", "pa_visit 31 Dec 2026", "pa_contact 31 Dec 2026",
        today="02 Jan 2027", born=YOUNG,
    )  # fmt: skip

    assert still_open(moved)["W4"] == day("26 Dec 2026")
    assert still_open(moved)["W5"] == day("16 Jan 2027")  # X13.5
    assert still_open(seen)["W6"] == day("28 Feb 2027")
    assert "W7" not in still_open(seen)


def test_when_that_home_ends_the_local_contact_begins_again():
    running = story(
        *LEFT, "leaving_accommodation 01 Sep 2026", "pa_visit 04 Sep 2026",
        "leaving_accommodation_ended 30 Oct 2026", today="02 Nov 2026", born=YOUNG,
    )  # fmt: skip

    assert still_open(running)["W7"] == day("25 Dec 2026")  # X14.6
    assert "W6" not in still_open(running)


def test_from_21_an_offer_is_made_every_year_until_25():
    first = story(*LEFT, today="01 Mar 2029", born=YOUNG)
    second = story(*LEFT, "offer_after_21 10 Mar 2029", today="11 Mar 2029", born=YOUNG)
    over = story(*LEFT, "offer_after_21 10 Mar 2029", today="02 Mar 2033", born=YOUNG)

    assert still_open(first)["W8"] == day("01 Mar 2030")
    assert still_open(second)["W8"] == day("10 Mar 2030")
    assert "W8" not in still_open(over)


def test_who_was_never_eligible_gets_no_offer_after_21():
    running = story("looked_after 01 Jan 2020", "care_ended 01 Mar 2021", today="02 Mar 2029", born=YOUNG)

    assert "W8" not in still_open(running)


def test_six_months_before_18_it_is_time_to_be_ready():
    care = "looked_after 01 Oct 2024"
    shown = story(care, today="10 Aug 2025", born=YOUNG)
    early = story(care, today="10 May 2025", born=YOUNG)
    done = story(care, "birthday_prepared 20 Aug 2025", today="21 Aug 2025", born=YOUNG)

    assert still_open(shown)["W9"] == day("01 Sep 2025")
    assert "W9" not in still_open(early)
    assert "W9" not in still_open(done)


def test_the_plan_is_late_until_a_manager_approves_it():
    asked = ("needs_assessment 02 Nov 2026", "pathway_plan 09 Nov 2026")
    signed = story(*asked, today="10 Nov 2026", born="01 Oct 2010")
    approved = story(*asked, "pathway_approved 12 Nov 2026", today="13 Nov 2026", born="01 Oct 2010")

    assert still_open(signed)["W2"] == day("30 Nov 2026")
    assert "W2" not in still_open(approved)


def test_a_pathway_review_that_was_asked_for_is_due_at_once():
    running = story(
        "pathway_plan 01 Sep 2026",
        "pathway_review_asked 20 Nov 2026",
        today="21 Nov 2026",
        born="01 Oct 2010",
    )

    assert still_open(running)["W10"] == day("20 Nov 2026")


def test_telling_us_of_education_starts_a_needs_assessment():
    running = story(*LEFT, "needs_assessment 01 Feb 2026", "education_asked 30 Nov 2029",
                    today="01 Dec 2029", born=YOUNG)  # fmt: skip

    assert dues(running, "W1")[-1] == day("28 Feb 2030")


def test_an_approved_closing_plan_ends_reviews_and_contacts_until_support_is_asked_for_again():
    closed = (
        *LEFT, "pathway_plan 01 Sep 2026", "pa_contact 02 Sep 2026", "pathway_plan 20 Oct 2026",
        "pathway_closed 23 Oct 2026", "pa_contact 30 Oct 2026",
    )  # fmt: skip
    over = story(*closed, today="01 Nov 2026", born=YOUNG)
    back = story(
        *closed, "adviser_asked 01 Mar 2030", "pathway_plan 10 Mar 2030", "pa_contact 10 Mar 2030",
        today="11 Mar 2030", born=YOUNG,
    )  # fmt: skip

    assert not {"W3", "W7"} & set(still_open(over))
    assert still_open(back)["W3"] == day("10 Sep 2030")
    assert still_open(back)["W7"] == day("05 May 2030")
