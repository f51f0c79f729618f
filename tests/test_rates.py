"""Rates of pupil premium by financial year: what is known, what is not, and what an office sets itself."""

from __future__ import annotations

from datetime import date

import pytest

from caseapp.education import rates
from caseapp.education.rates import Rate
from db.problems import NotAllowed, Problem
from tests.story import new_story


@pytest.fixture
def story():
    return new_story()


def rate(story, stream, year):
    return story.call("ada", lambda session: rates.rate(session, stream, year))


def set_rate(story, pence, source="DfE conditions of grant", who="amy", stream="school", year=2026):
    story.call(who, lambda session: rates.set_rate(session, stream, year, pence, source), purpose="settings")


@pytest.mark.parametrize(
    ("stream", "year", "pence", "mark"),
    [
        ("school", 2022, 241000, "V"),
        ("school", 2023, 253000, "K"),
        ("school", 2024, 257000, "V"),
        ("school", 2025, 263000, "K"),
        ("school", 2026, None, "U"),
        ("early_years", 2024, 38800, "V"),
        ("early_years", 2025, 57000, "K"),
        ("early_years", 2026, None, "U"),
        ("post_16", 2025, None, "U"),
        ("school", 1999, None, "U"),
    ],
)
def test_the_program_knows_the_rates_of_the_reference_and_how_sure_each_is(story, stream, year, pence, mark):
    found = rate(story, stream, year)

    assert (found.pence, found.mark) == (pence, mark)


def test_a_rate_that_is_not_known_says_so_and_is_no_nought():
    assert Rate("post_16", 2026, None, "", "U").words == "Not known"
    assert Rate("school", 2025, 263000, "", "K").words == "£2,630.00"


def test_every_shipped_sum_has_a_source_and_is_whole_pence():
    for each in rates.shipped().values():
        assert each.mark in rates.MARKS
        assert (each.pence is None) == (each.mark == "U")
        assert each.pence is None or (type(each.pence) is int and each.source)


@pytest.mark.parametrize(
    ("day", "year", "said"),
    [
        (date(2026, 3, 31), 2025, "2025-26"),
        (date(2026, 4, 1), 2026, "2026-27"),
        (date(2099, 4, 1), 2099, "2099-00"),
    ],
)
def test_a_financial_year_runs_from_1_april(day, year, said):
    assert rates.financial_year(day) == year
    assert rates.year_words(year) == said
    assert rates.first_day(year) <= day <= rates.last_day(year)


def test_what_an_office_sets_goes_before_what_came_with_the_program(story):
    set_rate(story, 269000)
    set_rate(story, 264000, year=2025)

    assert rate(story, "school", 2026) == Rate("school", 2026, 269000, "DfE conditions of grant", "own")
    assert rate(story, "school", 2025).pence == 264000
    assert rate(story, "school", 2024).mark == "V"


def test_a_rate_is_put_right_and_can_be_made_unknown_again(story):
    set_rate(story, 269000)
    set_rate(story, 270000, "Technical note")
    assert rate(story, "school", 2026).pence == 270000

    set_rate(story, None, "")

    assert rate(story, "school", 2026).words == "Not known"
    assert len(story.raw("SELECT * FROM premium_rate")) == 1


def test_the_table_names_every_stream_of_every_year_up_to_the_next_newest_first(story):
    found = story.call("ada", rates.table)

    assert [each.year for each in found[::3]] == [2027, 2026, 2025, 2024, 2023, 2022]
    assert {each.stream for each in found} == {"early_years", "school", "post_16"}
    assert len(found) == 18


@pytest.mark.parametrize("pence", [0, -1, 2_000_001, 2630.0, True])
def test_a_sum_that_cannot_be_is_refused(story, pence):
    with pytest.raises(Problem):
        set_rate(story, pence)

    assert story.raw("SELECT * FROM premium_rate") == []


def test_a_sum_without_its_source_is_refused(story):
    with pytest.raises(Problem, match="where the rate is published"):
        set_rate(story, 269000, "  ")


@pytest.mark.parametrize(("stream", "year"), [("school", 2028), ("school", 1999), ("adult", 2026)])
def test_a_year_too_far_off_or_another_stream_is_refused(story, stream, year):
    with pytest.raises(Problem):
        set_rate(story, 269000, stream=stream, year=year)


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_but_an_administrator_sets_rates(story, who):
    for purpose in ("settings", ""):  # the use case refuses, whatever the session is said to be for
        with pytest.raises(NotAllowed):
            story.call(
                who, lambda session: rates.set_rate(session, "school", 2026, 1, "DfE"), purpose=purpose
            )
