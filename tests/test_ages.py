"""Ages, year groups and stages, with the dates of the domain pages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import ages

# Born, on, age, year group, stage (X21 and the test pairs of the education page).
EXAMPLES = """
    2022-08-31 2026-11-22  4 Reception  EYFS
    2022-09-01 2026-11-22  4 Nursery_2  EYFS
    2023-08-31 2026-11-22  3 Nursery_2  EYFS
    2023-09-01 2026-11-22  3 Nursery_1  EYFS
    2021-08-31 2026-11-22  5 Year_1     KS1
    2021-09-01 2026-11-22  5 Reception  EYFS
    2020-08-31 2026-11-22  6 Year_2     KS1
    2020-09-01 2026-11-22  6 Year_1     KS1
    2019-08-31 2026-11-22  7 Year_3     KS2
    2019-09-01 2026-11-22  7 Year_2     KS1
    2015-08-31 2026-11-22 11 Year_7     KS3
    2015-09-01 2026-11-22 11 Year_6     KS2
    2012-08-31 2026-11-22 14 Year_10    KS4
    2012-09-01 2026-11-22 14 Year_9     KS3
    2010-08-31 2026-11-22 16 Year_12    post-16
    2010-09-01 2026-11-22 16 Year_11    KS4
    2008-08-31 2026-11-22 18 Year_14    post-16
    2008-09-01 2026-11-22 18 Year_13    post-16
    2016-08-31 2026-08-31 10 Year_5     KS2
    2016-08-31 2026-09-01 10 Year_6     KS2
    2016-09-01 2026-08-31  9 Year_4     KS2
    2016-09-01 2026-09-01 10 Year_5     KS2
    2012-02-29 2027-02-28 14 Year_10    KS4
    2012-02-29 2027-03-01 15 Year_10    KS4
    2012-02-29 2028-02-29 16 Year_11    KS4
"""
BIRTHS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("row", EXAMPLES.strip().splitlines())
def test_age_year_group_and_stage_are_those_of_the_page(row):
    born, on, age, group, stage = row.split()
    born_on, day = date.fromisoformat(born), date.fromisoformat(on)

    assert ages.age(born_on, day) == int(age)
    assert ages.year_group_words(ages.year_group(born_on, day)) == group.replace("_", " ")
    assert ages.key_stage(ages.year_group(born_on, day)) == stage


@given(BIRTHS, st.integers(1, 25))
def test_an_age_is_complete_on_the_birthday_and_not_the_day_before(born_on, years):
    day = ages.birthday(born_on, years)

    assert ages.age(born_on, day) == years
    assert ages.age(born_on, day - timedelta(days=1)) == years - 1


def test_a_birthday_of_29_february_is_1_march_in_a_common_year():
    assert ages.birthday(date(2012, 2, 29), 15) == date(2027, 3, 1)
    assert ages.birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("born_on", "words"),
    [
        (date(2011, 9, 4), "15 years 2 months"),
        (date(2011, 11, 22), "15 years"),
        (date(2010, 10, 22), "16 years 1 month"),
        (date(2024, 11, 22), "2 years"),
        (date(2024, 11, 23), "23 months"),
        (date(2026, 8, 22), "3 months"),
        (date(2026, 8, 23), "13 weeks"),
        (date(2026, 11, 15), "1 week"),
        (date(2026, 11, 16), "under 1 week"),
        (date(2026, 11, 22), "under 1 week"),
        (date(2027, 1, 4), "unborn, due 04/01/2027"),
    ],
)
def test_an_age_reads_as_people_say_it(born_on, words):
    assert ages.age_words(born_on, date(2026, 11, 22)) == words


@given(BIRTHS, st.dates(date(2031, 1, 1), date(2050, 1, 1)))
def test_the_years_in_words_are_the_age(born_on, on):
    words = ages.age_words(born_on, on)

    if "year" in words:
        assert int(words.split()[0]) == ages.age(born_on, on)


def test_outside_nursery_and_school_there_is_no_stage():
    assert (ages.year_group_words(-3), ages.key_stage(-3)) == ("before nursery", "")
    assert (ages.year_group_words(15), ages.key_stage(15)) == ("past school age", "")


@pytest.mark.parametrize(
    ("born_on", "begins_on"),
    [
        (date(2021, 9, 1), date(2026, 12, 31)),
        (date(2021, 12, 31), date(2026, 12, 31)),
        (date(2022, 1, 1), date(2027, 3, 31)),
        (date(2022, 3, 31), date(2027, 3, 31)),
        (date(2022, 4, 1), date(2027, 8, 31)),
        (date(2022, 8, 31), date(2027, 8, 31)),
    ],
)
def test_compulsory_school_age_begins_on_the_prescribed_day(born_on, begins_on):
    assert ages.is_compulsory_school_age(born_on, begins_on)
    assert not ages.is_compulsory_school_age(born_on, begins_on - timedelta(days=1))


@pytest.mark.parametrize(
    ("born_on", "ends_on"),
    [
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2012, 2, 29), date(2028, 6, 30)),
    ],
)
def test_compulsory_school_age_ends_with_the_last_friday_in_june(born_on, ends_on):
    assert ages.school_leaving_date(born_on) == ends_on
    assert ages.is_compulsory_school_age(born_on, ends_on)
    assert not ages.is_compulsory_school_age(born_on, ends_on + timedelta(days=1))
