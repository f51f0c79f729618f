"""Clocks: the worked examples of the domain page, and children's stories from event to due date."""

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import CLOCKS, CLOCKS_BY_ID, Event, Span, due_at, due_on, explain, plan_by, running_clocks
from caseapp.clocks.limits import months_after
from caseapp.forms import FORMS
from caseapp.words import LONDON
from tests.test_calendars import walked

EVERY_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))
DAYS = st.dates(date(2024, 1, 1), date(2030, 3, 31))
# Case, start, limit, due, plan by.
EXAMPLES = """
    X1.1 2026-11-20 WD+1 2026-11-23 2026-11-23
    X1.2 2026-11-22 WD+1 2026-11-23 2026-11-23
    X1.3 2026-12-24 WD+1 2026-12-29 2026-12-29
    X1.4 2027-03-25 WD+1 2027-03-30 2027-03-30
    X1.5 2027-12-24 WD+1 2027-12-29 2027-12-29
    X1.6 2025-12-31 WD+1 2026-01-02 2026-01-02
    X2.1 2026-09-07 WD+30 2026-10-19 2026-10-19
    X2.2 2026-11-16 WD+30 2026-12-30 2026-12-30
    X2.3 2026-11-16 WD+45 2027-01-21 2027-01-21
    X2.4 2027-02-22 WD+30 2027-04-07 2027-04-07
    X2.5 2027-02-22 WD+45 2027-04-28 2027-04-28
    X3.1 2026-09-01 WD+10 2026-09-15 2026-09-15
    X3.2 2026-09-01 WD+45 2026-11-03 2026-11-03
    X3.3 2026-08-28 WD+45 2026-11-02 2026-11-02
    X3.4 2026-11-02 WD+45 2027-01-07 2027-01-07
    X3.5 2026-12-07 WD+10 2026-12-21 2026-12-21
    X3.6 2027-03-01 WD+45 2027-05-06 2027-05-06
    X3.7 2028-02-29 WD+45 2028-05-05 2028-05-05
    X4.1 2026-11-02 WD+15 2026-11-23 2026-11-23
    X4.2 2026-12-14 WD+15 2027-01-07 2027-01-07
    X4.3 2027-03-15 WD+15 2027-04-07 2027-04-07
    X4.4 2026-11-21 WD+15 2026-12-11 2026-12-11
    X4.5 2027-12-20 WD+15 2028-01-13 2028-01-13
    X5.1 2026-11-23 WD+10 2026-12-07 2026-12-07
    X5.2 2026-12-17 WD+10 2027-01-05 2027-01-05
    X5.3 2027-03-18 WD+10 2027-04-05 2027-04-05
    X5.4 2027-12-16 WD+10 2028-01-04 2028-01-04
    X6.1 2026-12-17 M+3 2027-03-17 2027-03-17
    X6.2 2026-11-30 M+3 2027-02-28 2027-02-26
    X6.3 2027-11-30 M+3 2028-02-29 2028-02-29
    X6.4 2026-08-31 M+3 2026-11-30 2026-11-30
    X6.5 2027-03-31 M+6 2027-09-30 2027-09-30
    X6.6 2027-02-26 M+6 2027-08-26 2027-08-26
    X7.1 2026-09-14 WD+20 2026-10-12 2026-10-12
    X7.2 2026-10-12 M+3 2027-01-12 2027-01-12
    X7.3 2026-10-02 M+3 2027-01-02 2026-12-31
    X7.4 2026-12-11 WD+20 2027-01-13 2027-01-13
    X7.5 2027-03-12 WD+20 2027-04-13 2027-04-13
    X7.6 2026-11-21 WD+20 2026-12-18 2026-12-18
    X7.7 2026-08-31 M+6 2027-02-28 2027-02-26
    X7.8 2027-08-31 M+6 2028-02-29 2028-02-29
    X7.9 2027-07-30 WD+20 2027-08-27 2027-08-27
    X8.1 2026-09-14 WD+5 2026-09-21 2026-09-21
    X8.2 2026-12-21 WD+5 2026-12-30 2026-12-30
    X8.3 2027-03-24 WD+5 2027-04-02 2027-04-02
    X8.4 2026-09-14 WD+10 2026-09-28 2026-09-28
    X8.5 2026-12-11 WD+10 2026-12-29 2026-12-29
    X8.6 2026-11-21 WD+10 2026-12-04 2026-12-04
    X9.1 2026-12-18 CD+7 2026-12-25 2026-12-24
    X9.2 2027-02-26 CD+7 2027-03-05 2027-03-05
    X9.3 2027-01-14 CD+42 2027-02-25 2027-02-25
    X9.4 2026-11-13 CD+42 2026-12-25 2026-12-24
    X9.5 2026-11-30 M+3 2027-02-28 2027-02-26
    X9.6 2026-08-31 M+6 2027-02-28 2027-02-26
    X9.7 2026-11-23 CD+28 2026-12-21 2026-12-21
    X10.1 2026-09-14 WD+10 2026-09-28 2026-09-28
    X10.2 2026-09-14 WD+20 2026-10-12 2026-10-12
    X10.3 2026-12-14 WD+10 2026-12-30 2026-12-30
    X10.4 2026-12-14 WD+20 2027-01-14 2027-01-14
    X10.5 2027-07-26 WD+20 2027-08-23 2027-08-23
    X10.6 2027-03-22 WD+20 2027-04-21 2027-04-21
    X11.1 2026-12-11 WD+20 2027-01-13 2027-01-13
    X11.2 2027-03-12 WD+20 2027-04-13 2027-04-13
    X11.3 2026-08-31 M+6 2027-02-28 2027-02-26
    X11.4 2026-11-15 M+12 2027-11-15 2027-11-15
    X11.5 2026-11-15 M+12 2027-11-15 2027-11-15
    X11.6 2028-02-29 M+12 2029-02-28 2029-02-28
    X12.1 2026-08-31 M+3 2026-11-30 2026-11-30
    X12.2 2026-11-30 M+3 2027-02-28 2027-02-26
    X12.3 2027-11-30 M+3 2028-02-29 2028-02-29
    X12.4 2028-02-29 M+3 2028-05-29 2028-05-26
    X12.5 2027-01-04 M+3 2027-04-04 2027-04-02
    X13.1 2026-11-23 M+6 2027-05-23 2027-05-21
    X13.2 2026-08-31 M+6 2027-02-28 2027-02-26
    X13.3 2027-08-30 M+6 2028-02-29 2028-02-29
    X13.4 2028-02-29 M+6 2028-08-29 2028-08-29
    X13.5 2026-12-19 CD+28 2027-01-16 2027-01-15
    X14.1 2026-12-19 CD+7 2026-12-26 2026-12-24
    X14.2 2026-10-30 CD+7 2026-11-06 2026-11-06
    X14.3 2026-12-31 M+2 2027-02-28 2027-02-26
    X14.4 2027-12-30 M+2 2028-02-29 2028-02-29
    X14.5 2027-06-30 M+2 2027-08-30 2027-08-27
    X14.6 2026-10-30 CD+56 2026-12-25 2026-12-24
    X16.1 2026-11-18 CD+42 2026-12-30 2026-12-30
    X16.2 2026-11-13 CD+42 2026-12-25 2026-12-24
    X16.3 2027-02-16 CD+42 2027-03-30 2027-03-30
    X17.1 2026-12-10 WD+15 2027-01-05 2027-01-05
    X17.2 2026-11-30 CD+28 2026-12-28 2026-12-24
    X17.3 2026-11-30 M+3 2027-02-28 2027-02-26
    X18.1 2026-11-23 CD+182 2027-05-24 2027-05-24
    X18.2 2026-07-01 CD+182 2026-12-30 2026-12-30
    X18.3 2026-11-23 CD+112 2027-03-15 2027-03-15
    X19.1 2026-11-26 CD+28 2026-12-24 2026-12-24
    X19.2 2027-01-31 M+1 2027-02-28 2027-02-26
    X19.3 2026-12-15 WD+10 2026-12-31 2026-12-31
"""


def day(text):
    """Return a date written as 14 Sep 2026."""
    return datetime.strptime(text, "%d %b %Y").date()  # noqa: DTZ007


def story(*events, today, born=None):
    """Return the running clocks of a child whose events read «kind 14 Sep 2026»."""
    read = [Event(kind, day(when)) for kind, when in (event.split(" ", 1) for event in events)]
    return running_clocks(read, day(born) if born else None, england(), day(today))


def of(running, clock_id):
    """Return (started, due, met) of one clock's occurrences."""
    return [(each.started_on, each.due_on, each.met_on) for each in running if each.clock.id == clock_id]


def still_open(running):
    """Return the due date of each open clock by its id."""
    return {each.clock.id: each.due_on for each in running if each.is_open}


def standing(running, clock_id, today):
    """Return the kinds of state of one clock's occurrences."""
    found = [each for each in running if each.clock.id == clock_id]
    return [clocks.state_of(each, day(today), england()).kind for each in found]


@pytest.mark.parametrize("row", EXAMPLES.strip().splitlines(), ids=lambda row: row.split()[0])
def test_a_limit_falls_due_on_the_date_of_the_page(row):
    _, start, limit, due, planned = row.split()

    assert due_on(limit, date.fromisoformat(start), england()) == date.fromisoformat(due)
    assert plan_by(date.fromisoformat(due), england()) == date.fromisoformat(planned)


@given(EVERY_DAY, st.integers(-600, 600))
def test_months_end_where_the_corresponding_date_rule_ends_them(day, months):
    assert months_after(day, months) == day + relativedelta(months=months)


@given(DAYS, st.integers(0, 60))
def test_working_days_are_walked_day_by_day_and_days_are_added(start, count):
    assert due_on(f"WD+{count}", start, england()) == walked(start, count)
    assert due_on(f"CD+{count}", start, england()) == start + timedelta(days=count)


@given(DAYS, st.integers(-12, 24))
def test_months_reach_the_corresponding_date_or_the_last_of_a_shorter_month(start, months):
    due = due_on(f"M{months:+}", start, england())

    assert (due.year - start.year) * 12 + due.month - start.month == months
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        ("2026-11-20 21:30", "2026-11-23 21:30"),
        ("2026-12-24 09:00", "2026-12-27 09:00"),
        ("2026-10-23 18:00", "2026-10-26 17:00"),
        ("2027-03-26 18:00", "2027-03-29 19:00"),
    ],
)
def test_hours_run_through_weekends_and_clock_changes(returned, due):
    moment = due_at("H+72", datetime.fromisoformat(returned).replace(tzinfo=LONDON))

    assert f"{moment:%Y-%m-%d %H:%M}" == due


def test_hours_from_a_date_alone_run_from_the_end_of_that_day():
    assert due_on("H+72", date(2026, 11, 20), england()) == date(2026, 11, 23)
    assert due_on("H+4", date(2026, 11, 20), england()) == date(2026, 11, 21)


@pytest.mark.parametrize("limit", ["", "WD", "WD+", "soon", "M6", "wd+10", "WD+10 "])
def test_what_is_not_a_limit_is_refused_with_a_sentence(limit):
    with pytest.raises(ValueError, match=r"is not a limit\. Write it as"):
        due_on(limit, date(2026, 11, 20), england())


@pytest.mark.parametrize("limit", ["SD+20", "COUNT"])
def test_a_limit_without_a_date_says_why(limit):
    with pytest.raises(ValueError, match=r"cannot be counted without|has no due date"):
        due_on(limit, date(2026, 11, 20), england())


def test_a_year_that_cannot_be_right_is_refused():
    with pytest.raises(ValueError, match="Check the year"):
        due_on("M+6", date(9999, 12, 31), england())


def test_every_clock_has_a_name_a_source_a_mark_and_its_own_id():
    series = {"F": 13, "A": 15, "L": 26, "P": 7, "W": 10, "O": 7}  # F11 to F13, P6, P7, L26 and W10 are ours
    ids = [f"{letter}{number}" for letter, last in series.items() for number in range(1, last + 1)]

    assert [clock.id for clock in CLOCKS] == ids == list(CLOCKS_BY_ID)
    assert all(each.name and each.starts and each.stops and each.source for each in CLOCKS)
    assert {each.verified for each in CLOCKS} == {"V", "K"}
    assert {each.opens for each in CLOCKS} - {""} <= set(FORMS)


@pytest.mark.parametrize("clock", CLOCKS, ids=lambda clock: clock.id)
def test_every_limit_leads_to_a_date_or_says_why_not(clock):
    start = date(2026, 11, 23)

    if clock.id in {"L24", "P4", "P5"}:
        with pytest.raises(ValueError, match=r"\.$"):
            due_on(clock.limit, start, england())
    else:
        assert (due_on(clock.limit, start, england()) >= start) is (clock.id != "W9")


def test_every_event_of_a_running_clock_is_named_at_the_top_of_the_module():
    kinds = {kind for clock in CLOCKS if clock.rule for kind in (clock.starts, clock.stops)}

    assert {kind for kind in kinds if f'"{kind}"' not in clocks.__doc__} == {"term_started", "eligible"}


def test_clocks_load_without_the_database_or_the_window():
    script = "import sys, caseapp.clocks; print({'sqlalchemy', 'PySide6', 'reportlab'} & {*sys.modules})"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("due", "met", "kind", "left", "words"),
    [
        ("17 Nov 2026", None, "overdue", -4, "4 working days late"),
        ("20 Nov 2026", None, "overdue", -1, "1 working day late"),
        ("22 Nov 2026", None, "overdue", -1, "1 working day late"),
        ("23 Nov 2026", None, "due_today", 0, "today"),
        ("24 Nov 2026", None, "due_soon", 1, "in 1 working day"),
        ("25 Nov 2026", None, "due_soon", 2, "in 2 working days"),
        ("07 Dec 2026", None, "due_soon", 10, "in 10 working days"),
        ("08 Dec 2026", None, "on_track", 11, "in 11 working days"),
        ("12 Oct 2026", "12 Oct 2026", "met", 0, "met"),
        ("12 Oct 2026", "02 Oct 2026", "met", 6, "met"),
        ("12 Oct 2026", "19 Oct 2026", "met_late", -5, "met 5 working days late"),
        ("10 Oct 2026", "11 Oct 2026", "met_late", 0, "met 1 day late"),
    ],
)
def test_a_state_reads_as_on_the_today_page(due, met, kind, left, words):
    found = clocks.state(day(due), day(met) if met else None, day("23 Nov 2026"), england())

    assert found == (kind, left, words)


def test_a_weekend_in_between_is_told_in_days():
    assert clocks.state(day("20 Nov 2026"), None, day("22 Nov 2026"), england()).words == "2 days late"
    assert clocks.state(day("21 Nov 2026"), None, day("20 Nov 2026"), england()).words == "in 1 day"


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


PUPIL = "01 Mar 2015"


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


def test_a_term_and_a_date_beyond_the_published_holidays_are_explained():
    running = story("looked_after 11 Dec 2026", today="11 Dec 2026", born=PUPIL)
    term = next(each for each in running if each.clock.id == "P3")
    late = story("star_reading 01 Nov 2028", today="01 Nov 2028")[0]

    assert explain(term, england()) == (
        "Due 31/03/2027: the end of the spring term 2027 (looked-after education guidance 2018). "
        "Without a meeting it shows as overdue after 31/01/2027."
    )
    assert explain(late, england()).endswith("after 31/12/2028 are worked out, not yet published.")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted({clock.starts for clock in CLOCKS if clock.rule} | {"care_ended", "taf"})),
            st.dates(date(2024, 1, 1), date(2027, 12, 31)),
        ),
        max_size=25,
    ),
    st.one_of(st.none(), st.dates(date(2006, 1, 1), date(2027, 12, 31))),
)
def test_any_run_of_events_gives_sound_occurrences(events, born_on):
    today = date(2026, 11, 23)
    running = running_clocks([Event(*event) for event in events], born_on, england(), today)

    for each in running:
        assert not (each.met_on and each.ended_on)
        assert each.ended_on is None or each.started_on <= each.ended_on <= today
        assert each.met_on is None or each.met_on <= today
        assert each.started_on <= today or each.clock.id in {"P3", "W1"}
        assert explain(each, england()).startswith("Due ")
    keys = [(each.clock.id, each.what, each.started_on) for each in running]
    assert len(keys) == len(set(keys))


def test_a_stars_own_weeks_take_the_place_of_the_usual_three_months():
    read_on = date(2026, 9, 1)

    def due(local):
        found = running_clocks([Event("star_reading", read_on)], None, england(), date(2026, 9, 2), local)
        return [each.due_on for each in found if each.clock.id == "F8"]

    assert due(clocks.Local()) == [date(2026, 12, 1)]
    assert due(clocks.Local(star_weeks=12)) == [date(2026, 11, 24)]


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
