"""Clocks: the worked examples of the domain page, states in words, and what holds for every clock."""

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from caseapp import clocks
from caseapp.calendars import england
from caseapp.clocks import CLOCKS, CLOCKS_BY_ID, Event, due_at, due_on, explain, plan_by, running_clocks
from caseapp.clocks.limits import months_after
from caseapp.forms import FORMS
from caseapp.words import LONDON
from tests.clock_story import PUPIL, day, story
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
