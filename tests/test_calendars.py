"""Working days of England, checked against its rules and against walking day by day."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from caseapp.calendars import Term, england, term_after, term_of

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2030, 6, 30))
PUBLISHED = {
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
}


def monday_on_or_after(day):
    return day + timedelta(days=-day.weekday() % 7)


def by_rule(year):
    """Return the bank holidays that the rules give, substitutes in place of weekends, no extra days."""
    sunday = easter(year)
    days = {sunday - timedelta(days=2), sunday + ONE_DAY, monday_on_or_after(date(year, 5, 1))}
    days |= {monday_on_or_after(date(year, 5, 25)), monday_on_or_after(date(year, 8, 25))}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() > 4 or day in days:
            day += ONE_DAY
        days.add(day)
    return days


def walked(start, count):
    """Return the working day so many after the start, one step at a time over the rule-based holidays."""
    day = start
    while count:
        day += ONE_DAY
        count -= day.weekday() < 5 and day not in by_rule(day.year)
    return day


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_bank_holidays_of_each_year_are_those_published_and_those_of_the_rule(year):
    shipped = {day for day in england().holidays if day.year == year}

    assert shipped == {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    assert shipped == by_rule(year)


def test_days_proclaimed_once_are_in_the_table():
    assert not england().is_working_day(date(2022, 9, 19))
    assert not england().is_working_day(date(2023, 5, 8))


def test_holidays_of_scotland_and_northern_ireland_are_ordinary_days():
    days = (date(2026, 1, 2), date(2026, 3, 17), date(2027, 7, 12), date(2026, 11, 30))

    assert all(england().is_working_day(day) for day in days)


@given(DAYS, st.integers(0, 60))
def test_adding_working_days_is_walking_day_by_day(start, count):
    assert england().add_working_days(start, count) == walked(start, count)


@given(DAYS, st.integers(1, 60))
def test_counting_between_takes_back_what_adding_gave(start, count):
    due = england().add_working_days(start, count)

    assert england().working_days_between(start, due) == count
    assert england().working_days_between(due, start) == -count


@given(DAYS, st.integers(0, 400))
def test_working_days_between_are_those_after_the_start_up_to_the_end(start, length):
    end = start + timedelta(days=length)
    days = [start + timedelta(days=step) for step in range(1, length + 1)]

    assert england().working_days_between(start, end) == sum(map(england().is_working_day, days))


@given(DAYS, st.integers(1, 30))
def test_counting_backwards_lands_before_the_day_on_a_working_day(start, count):
    day = england().add_working_days(start, -count)
    passed = [day + timedelta(days=step) for step in range((start - day).days)]

    assert england().is_working_day(day)
    assert sum(map(england().is_working_day, passed)) == count


@given(DAYS)
def test_the_last_working_day_on_or_before_leaves_only_closed_days_between(day):
    last = england().last_working_day_on_or_before(day)

    assert england().is_working_day(last)
    assert england().working_days_between(last, day) == 0


def test_a_date_beyond_the_published_years_carries_a_caution():
    assert england().caution(date(2028, 12, 31)) == ""
    assert "not yet published" in england().caution(date(2029, 1, 1))
    assert "after 31/12/2030 are not known" in england().caution(date(2031, 1, 1))


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 9, 1), Term("autumn term 2026", date(2026, 9, 1), date(2026, 12, 31))),
        (date(2026, 12, 31), Term("autumn term 2026", date(2026, 9, 1), date(2026, 12, 31))),
        (date(2027, 3, 31), Term("spring term 2027", date(2027, 1, 1), date(2027, 3, 31))),
        (date(2027, 4, 1), Term("summer term 2027", date(2027, 4, 1), date(2027, 8, 31))),
    ],
)
def test_a_day_falls_in_one_of_three_terms(day, term):
    assert term_of(day) == term


@given(DAYS)
def test_terms_follow_each_other_without_a_gap(day):
    term = term_of(day)

    assert term.starts_on <= day <= term.ends_on
    assert term_after(term).starts_on == term.ends_on + ONE_DAY
