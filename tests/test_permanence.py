"""Permanence, court, family time and short breaks: what the record says of them, and by which rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp import care_record
from caseapp.care_record import NewEpisode
from caseapp.looked_after import court_rules, family_time, permanence, records, short_breaks
from caseapp.looked_after import new_rows as new
from caseapp.looked_after.permanence import agreed_by_second_review
from caseapp.looked_after.short_breaks import Break, breaks_view, most_in_any_year, used_in_year
from db import children as queries
from db.models import Episode, LacReview, Uasc
from db.problems import Problem, Stale
from tests.story import TODAY, new_story


@pytest.fixture(scope="module")
def county():
    return new_story()


@pytest.fixture
def child(county):
    """A twelve-year-old in care since January."""
    child_id = county.register("ada", "Mia", "Farrow", date(2014, 3, 2))
    episode = NewEpisode(date(2026, 1, 12), "S", "C1", "U6", "N1", "PR1", placement_postcode="B1 1TA")
    county.call("ada", lambda session: care_record.add_episode(session, child_id, episode))
    return child_id


def add(county, child_id, *rows):
    def work(session):
        return [records.add(session, child_id, each) for each in rows]

    return county.call("ada", work)


def seen(county, child_id, module=permanence):
    return county.call("ada", lambda session: module.view(session, child_id))


def reviewed(county, child_id, *days):
    def work(session):
        session.add_all(LacReview(child_id=child_id, held_on=day, participation="PN1") for day in days)

    county.call("ada", work)


WORKED = {  # X18 of the worked dates
    "X18.1": ("care", date(2026, 11, 23), date(2027, 5, 24)),
    "X18.2": ("supervision", date(2026, 7, 1), date(2026, 12, 30)),
    "X18.3": ("pre", date(2026, 11, 23), date(2027, 3, 15)),
}


@pytest.mark.parametrize(("kind", "began_on", "due_on"), WORKED.values(), ids=WORKED)
def test_a_case_ends_on_the_worked_date(kind, began_on, due_on):
    stands = court_rules.standing(kind, began_on, began_on)

    assert (stands.due_on, stands.plan_by) == (due_on, due_on)


def test_a_limit_that_ends_on_a_holiday_is_planned_for_the_working_day_before():
    stands = court_rules.standing("care", date(2026, 6, 26), TODAY)

    assert stands.due_on == date(2026, 12, 25)
    assert stands.plan_by == date(2026, 12, 24)


WEEKS = [
    ("care", 140, "green"), ("care", 141, "amber"), ("care", 182, "amber"), ("care", 183, "red"),
    ("pre", 84, "green"), ("pre", 85, "amber"), ("pre", 112, "amber"), ("pre", 113, "red"),
    ("discharge", 900, ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "days", "colour"), WEEKS)
def test_the_colour_of_a_case_changes_with_the_day_after_its_weeks(kind, days, colour):
    stands = court_rules.standing(kind, date(2026, 1, 5), date(2026, 1, 5) + timedelta(days=days))

    assert stands.colour == colour
    assert stands.weeks == days // 7


def test_weeks_are_told_with_the_days_left_over():
    in_words = [court_rules.Standing(days, "", None, None).in_words() for days in (6, 7, 141, 155)]

    assert in_words == ["0 weeks 6 days", "1 week", "20 weeks 1 day", "22 weeks 1 day"]


def test_the_running_case_with_a_limit_stands_first_with_its_next_hearing(county, child):
    _, care = add(
        county, child,
        new.NewProceedings("discharge", date(2026, 11, 2)),
        new.NewProceedings("care", date(2026, 6, 22), "Family Court", "WX1", extended_to=date(2027, 2, 15),
                           extended_because="the aunt is assessed late"),
    )  # fmt: skip
    add(county, child, new.NewProceedings("pre", date(2026, 2, 2), ended_on=date(2026, 6, 20)))
    for day, kind in ((date(2026, 6, 24), "first"), (date(2027, 2, 9), "final"), (TODAY, "case_management")):
        add(county, child, new.NewHearing(care, day, kind, "As directed"))

    running, discharge, over = seen(county, child).cases

    assert [each.row.title for each in (running, discharge, over)] == [
        "Care proceedings", "Application to discharge an order", "Pre-proceedings",
    ]  # fmt: skip
    assert running.row.flags[0] == ("22 weeks, amber", "due_soon")
    assert "Extended to 15/02/2027, because the aunt is assessed late" in running.row.told
    assert [each.title for each in running.hearings] == [
        "Case management hearing, 23/11/2026", "Final hearing, 09/02/2027", "First hearing, 24/06/2026",
    ]  # fmt: skip
    assert [bool(each.flags) for each in running.hearings] == [True, False, False]
    assert over.row.flags[0].words == "19 weeks 5 days in all, red"


def test_a_case_that_outlasts_its_extension_says_so(county, child):
    row = new.NewProceedings("care", date(2026, 2, 2), extended_to=date(2026, 10, 1), extended_because="late")
    add(county, child, row)

    assert [each.words for each in seen(county, child).cases[0].row.flags] == [
        "42 weeks, red", "The extended time is over",
    ]  # fmt: skip


FIRST, SECOND = date(2026, 2, 6), date(2026, 5, 6)
AGREED = {
    "nothing known": ([], [], None, None),
    "to come": ([FIRST], [], SECOND, ("To be agreed by the second review, due by 06/05/2026", "info")),
    "early": ([FIRST], [FIRST], SECOND, ("Agreed before the second review", "on_track")),
    "on the day": ([FIRST, SECOND], [SECOND], None, (
        "Agreed by the second review of 06/05/2026", "on_track")),
    "a day late": ([FIRST, SECOND], [date(2026, 5, 7)], None, (
        "Agreed on 07/05/2026, after the second review of 06/05/2026", "warning")),
    "never": ([FIRST, SECOND], [], None, ("Not agreed by the second review of 06/05/2026", "overdue")),
}  # fmt: skip


@pytest.mark.parametrize(("reviews", "decided", "second_by", "said"), AGREED.values(), ids=AGREED)
def test_a_plan_for_permanence_is_agreed_by_the_second_review(reviews, decided, second_by, said):
    assert agreed_by_second_review(reviews, decided, second_by) == said


def test_before_any_review_the_second_is_due_three_months_after_the_first_ones_limit(county, child):
    assert seen(county, child).by_second_review.words.endswith("due by 09/05/2026")


def test_a_review_of_an_earlier_care_does_not_count(county, child):
    reviewed(county, child, date(2025, 2, 6), date(2025, 5, 6), FIRST)
    add(county, child, new.NewPermanence(date(2026, 4, 1), "foster_to_18", "adoption", True))

    view = seen(county, child)

    assert view.by_second_review.words == "Agreed before the second review"
    assert view.plans[0].title == "Long-term foster care to 18"
    assert "Beside it: Adoption" in view.plans[0].told
    assert view.plans[0].flags[0].words == "Twin track"


def test_a_reversed_decision_says_why_and_adoption_wants_its_items_whole(county, child):
    add(county, child, new.NewAdoptionDecision(date(2026, 3, 2), date(2026, 6, 1), "RD3"))
    county.call("ada", lambda session: care_record.end_episode(session, child, date(2026, 9, 1), "E11"))

    view = seen(county, child)

    assert view.decisions[0].told == (
        "Reversed on 01/06/2026", "Prospective adopters could not be found",
    )  # fmt: skip
    assert [each.words for each in view.adoption_flags] == ["Adopted: the return wants all of this"]
    whole = new.NewAdoption(date(2026, 3, 2), date(2026, 5, 1), False, 2, "MF", "L11")
    add(county, child, whole)
    assert seen(county, child).adoption_flags == ()


def test_a_placement_order_without_a_decision_is_marked(county):
    child_id = county.register("ada", "Ida", "Farrow", date(2024, 3, 2))
    episode = NewEpisode(date(2026, 1, 12), "S", "E1", "A5", "N1", "PR1")
    county.call("ada", lambda session: care_record.add_episode(session, child_id, episode))

    assert [each.words for each in seen(county, child_id).adoption_flags] == [
        "A placement order needs a decision before it"
    ]


def test_the_other_items_of_the_return_are_told_in_words(county, child):
    add(
        county, child,
        new.NewPreviousPermanence("P2", "330", "zz/05/2020"),
        new.NewLibertyOrder(date(2026, 11, 2)),
        new.NewWorkerSpell("sw12345", date(2026, 1, 12), None, "FCONTA"),
    )  # fmt: skip

    view = seen(county, child)

    assert view.previous.told == ("Council: 330", "Order made: zz/05/2020")
    assert view.orders[0].flags[0].words == "In force"
    assert (view.workers[0].title, view.workers[0].told) == (
        "SW12345", ("Since 12/01/2026", "First contact or re-referral"),
    )  # fmt: skip


def test_a_child_who_came_alone_is_noted_until_the_18th_birthday_at_most(county, child):
    def note(ended_on):
        return lambda session: permanence.note_unaccompanied(session, child, ended_on)

    county.call("ada", note(None))
    with pytest.raises(Problem, match="18th birthday, 02/03/2032"):
        county.call("ada", note(date(2032, 3, 3)))
    county.call("ada", note(date(2032, 3, 2)))

    assert seen(county, child).unaccompanied.ended_on == date(2032, 3, 2)


def test_a_note_made_by_mistake_is_taken_off_with_its_reason(county, child):
    county.call("ada", lambda session: permanence.note_unaccompanied(session, child, None))
    noted = seen(county, child).unaccompanied

    with pytest.raises(Stale):
        county.call("ada", lambda s: permanence.take_off_unaccompanied(s, noted.id, 9, "Wrong child"))
    county.call("ada", lambda s: permanence.take_off_unaccompanied(s, noted.id, noted.version, "Wrong child"))

    assert seen(county, child).unaccompanied is None
    assert county.call("ada", lambda session: queries.of_child(session, Uasc, child)) == []


# Short breaks


def test_the_day_of_going_home_is_no_day_of_a_break():
    assert Break(date(2026, 3, 6), date(2026, 3, 8)).days(TODAY) == 2
    assert Break(TODAY).days(TODAY) == 0


def test_a_break_of_seventeen_days_is_allowed_and_one_of_eighteen_is_not():
    episodes = [breaking(date(2026, 3, 1), 17), breaking(date(2026, 5, 1), 18)]

    listed = breaks_view(episodes, TODAY).listed

    assert [(text, [flag.words for flag in flags]) for text, flags in listed] == [
        ("01/05/2026 to 19/05/2026, 18 days", ["Over 17 days"]),
        ("01/03/2026 to 18/03/2026, 17 days", []),
    ]


def breaking(started_on, days, status="V3"):
    ended_on = started_on + timedelta(days=days)
    return Episode(started_on=started_on, ended_on=ended_on, legal_status=status)


@pytest.mark.parametrize(
    ("days", "flag"),
    [(60, "60 of 75 days used"), (61, "14 of 75 days left"), (75, "0 of 75 days left"),
     (76, "76 days in 12 months, over 75")],
)  # fmt: skip
def test_days_of_twelve_months_are_counted_against_seventy_five(days, flag):
    view = breaks_view([breaking(date(2026, 6, 1), days)], TODAY)

    assert (view.used, view.flags[0].words) == (days, flag)


def test_twelve_months_end_with_the_day_and_leave_out_what_was_before():
    breaks = [Break(date(2025, 11, 20), date(2025, 11, 27))]

    assert used_in_year(breaks, TODAY, TODAY) == 3
    assert used_in_year(breaks, date(2025, 11, 30), TODAY) == 7


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 40)), max_size=8))
def test_the_most_in_any_year_is_that_of_counting_every_day(spans):
    first, taken, breaks = date(2024, 1, 1), 0, []
    for gap, length in spans:
        start = first + timedelta(days=taken + gap)
        breaks.append(Break(start, start + timedelta(days=length)))
        taken += gap + length

    nights = {day for each in breaks for day in days_of(each)}
    by_day = (sum(used_from(last) <= night <= last for night in nights) for last in sorted(nights))

    assert most_in_any_year(breaks, TODAY) == max(by_day, default=0)


def days_of(each):
    return [
        each.started_on + timedelta(days=count) for count in range((each.ended_on - each.started_on).days)
    ]


def used_from(last):
    try:
        return last.replace(year=last.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return date(last.year - 1, 3, 1)


def test_twelve_months_over_a_leap_day_may_be_fullest_within_a_break():
    breaks = [Break(date(2024, 2, 29), date(2024, 3, 2)), Break(date(2025, 2, 1), date(2025, 3, 2))]

    assert most_in_any_year(breaks, TODAY) == used_in_year(breaks, date(2025, 2, 28), TODAY) == 30


def test_an_agreement_of_breaks_says_that_its_days_are_not_counted():
    view = breaks_view([breaking(date(2026, 3, 1), 100, "V4")], TODAY)

    assert (view.used, view.listed) == (0, [])
    assert "not recorded one by one" in view.note


def test_a_child_without_breaks_has_no_such_card(county, child):
    assert seen(county, child).breaks is None
    assert short_breaks.breaks_view([], TODAY) is None


# Family time


def test_the_share_counts_the_last_three_months_and_says_who_cancelled(county, child):
    (mother,) = add(county, child, new.NewFamilyTime("Ewa", "direct", date(2026, 2, 1), "Mother"))
    for day, outcome in (
        (date(2026, 8, 23), "held"), (date(2026, 8, 24), "held"), (date(2026, 9, 1), "cancelled_us"),
        (date(2026, 9, 8), "not_attended"), (date(2026, 9, 15), "not_attended"), (TODAY, "held"),
    ):  # fmt: skip
        add(county, child, new.NewTimeHeld(mother, day, outcome))

    view = seen(county, child, family_time)

    assert view.share.in_words() == (
        "2 of 5 held in the last three months (40.0 %): 2 the person did not come, 1 cancelled by us"
    )
    assert view.now[0].times[0].title == "23/11/2026"
    assert len(view.now[0].times) == 6


@pytest.mark.parametrize(
    ("from_on", "by_order", "is_unlawful"),
    [(date(2026, 11, 16), False, False), (date(2026, 11, 15), False, True), (date(2026, 11, 1), True, False)],
)
def test_refusing_for_more_than_seven_days_needs_an_order(county, child, from_on, by_order, is_unlawful):
    add(county, child, new.NewFamilyTime("Marek", "refused", from_on, by_order=by_order))

    view = seen(county, child, family_time)

    assert bool(view.warnings) is is_unlawful
    assert ("s34(6)" in "".join(view.warnings)) is is_unlawful


def test_a_refusal_that_is_over_warns_no_more(county, child):
    row = new.NewFamilyTime("Marek", "refused", date(2026, 9, 1), until_on=date(2026, 10, 1))
    add(county, child, row)

    view = seen(county, child, family_time)

    assert view.warnings == []
    assert [each.person for each in view.over] == ["Marek"]


def test_nothing_written_down_is_no_share_of_nought(county, child):
    add(county, child, new.NewFamilyTime("Ewa", "phone", date(2026, 2, 1), by_order=True))

    arranged = seen(county, child, family_time).now[0]

    assert arranged.share.in_words() == "Nothing written down in the last three months"
    assert arranged.row.flags[0].words == "Order"
