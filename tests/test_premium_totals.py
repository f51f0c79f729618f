"""Pupil premium: what a year's sums are made of, and what is left at 31 March."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from caseapp.education import premium_totals
from tests.premium_story import add_school, ask, child_id, decide, spent, story, view, year_of

__all__ = ["child_id", "story"]

# Totals


def test_a_childs_totals_add_up_what_stands_in_the_rows(story, child_id):
    spent(story, child_id, 40_000, year=2025, asked_on=date(2026, 3, 2), term="spring")
    approved = ask(story, child_id, year=2025, asked_on=date(2026, 3, 2), asked=10_000)
    decide(story, approved)

    total = next(each for each in view(story, child_id).totals if each.rate.year == 2025)

    assert total.allocated == 263_000
    assert (total.asked, total.approved, total.paid, total.spent) == (58_050, 58_050, 48_050, 40_000)
    assert (total.left, total.unplanned, total.unspent) == (223_000, 204_950, 18_050)
    assert len(total.requests) == 2


def test_where_the_rate_is_not_known_no_sum_is_made_up(story, child_id):
    (total,) = view(story, child_id).totals

    assert total.rate.words == "Not known"
    assert (total.allocated, total.left, total.unplanned) == (None, None, None)


def test_a_child_who_is_not_in_care_has_no_allocation_and_the_view_says_why(story):
    child_id = story.register("ada", "Mia", "Haddad")
    ask(story, child_id)

    shown = view(story, child_id)

    assert shown.totals[0].allocated == 0
    assert "not looked after on any day of 2026-27" in shown.why


def test_a_new_request_begins_with_what_the_record_knows(story, child_id):
    school_id = add_school(story, child_id, "Quenby Vale Academy")
    pep = story.draft("ada", child_id, "pep")

    start = view(story, child_id).start

    assert (start.stream, start.year, start.season) == ("school", 2026, "autumn")
    assert (start.school_id, start.school, start.revision_id) == (school_id, "Quenby Vale Academy", pep)


def test_the_view_tells_a_manager_which_requests_are_for_others_to_decide(story, child_id):
    ask(story, child_id)
    own = ask(story, child_id, who="max")

    assert view(story, child_id, "max").may_approve
    assert view(story, child_id, "max").not_mine == {own}
    assert not view(story, child_id, "ada").may_approve


@pytest.fixture
def county(story):
    """Return some children: two of school age, one in nursery, one past school, one who left care."""
    made = {}
    for given, born_on in (
        ("Ava", date(2014, 1, 1)), ("Ben", date(2012, 1, 1)),
        ("Cal", date(2023, 1, 1)), ("Dee", date(2009, 5, 1)),
    ):  # fmt: skip
        made[given] = story.register("ada", given, "Lund", born_on)
        story.look_after(made[given], date(2023, 3, 11))
    vale, hill = (
        add_school(story, made["Ava"], "Quenby Vale Academy"),
        add_school(story, made["Ben"], "Hill School"),
    )
    spent(story, made["Ava"], 40_000, school_id=vale, year=2025, asked_on=date(2026, 3, 2))
    spent(story, made["Ben"], 30_000, school_id=hill, year=2025, asked_on=date(2026, 3, 2))
    spent(story, made["Ben"], 100, school_id=vale, year=2025, asked_on=date(2026, 3, 2))
    ask(story, made["Cal"], stream="early_years", year=2025, asked_on=date(2026, 3, 2))
    return made


def test_early_years_school_and_post_16_are_kept_apart(story, county):
    early_years, school, post_16 = year_of(story, 2025).streams

    assert [each.child for each in early_years.eligible] == ["Cal Lund"]
    assert [each.child for each in school.eligible] == ["Ava Lund", "Ben Lund", "Dee Lund"]
    assert post_16.eligible == ()
    assert (early_years.allocated, school.allocated, post_16.allocated) == (57_000, 3 * 263_000, 0)
    assert [each.child for each in year_of(story, 2026).streams[2].eligible] == ["Dee Lund"]


def test_every_number_is_the_sum_of_its_rows_and_the_parts_are_the_whole(story, county):
    found = year_of(story, 2025)

    for whole, (parts, what) in product(
        found.streams, ((found.children, "children"), (found.schools, "schools"))
    ):
        mine = [each for each in parts if each.stream == whole.stream]
        for sum_of in ("asked", "approved", "paid", "spent", "unspent"):
            assert sum(getattr(each, sum_of) for each in mine) == getattr(whole, sum_of), (what, sum_of)
        assert sum(len(each.eligible) for each in mine) == len(whole.eligible)
        assert sum(len(each.requests) for each in mine) == len(whole.requests)
        assert sum(each.allocated or 0 for each in mine) == whole.allocated
    assert sum(len(each.requests) for each in found.streams) == 4


def test_a_schools_total_holds_its_requests_and_its_children(story, county):
    by_name = {(each.name, each.stream): each for each in year_of(story, 2025).schools}

    vale = by_name["Quenby Vale Academy", "school"]
    assert (vale.spent, len(vale.requests), [each.child for each in vale.eligible]) == (
        40_100,
        2,
        ["Ava Lund"],
    )
    assert [each.child for each in by_name["No school on record", "school"].eligible] == ["Dee Lund"]


def test_the_children_listed_are_recorded_as_seen(story, county):
    before = len(story.raw("SELECT 1 FROM look WHERE act = 'list'"))

    year_of(story, 2025)

    assert len(story.raw("SELECT 1 FROM look WHERE act = 'list'")) == before + 1


# Unspent at 31 March


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 12, 31), ""),
        (date(2027, 1, 1), "£80.50 approved is not spent yet. What is left on 31/03/2027 cannot be kept."),
        (date(2027, 3, 31), "£80.50 approved is not spent yet. What is left on 31/03/2027 cannot be kept."),
        (date(2027, 4, 1), "£80.50 approved is not recorded as spent by 31/03/2027; it cannot be kept."),
    ],
)
def test_what_is_unspent_is_warned_of_from_the_last_quarter_on(story, child_id, today, said):
    spent(story, child_id, 40_000)
    story.store.today = lambda: today

    (total,) = [each for each in view(story, child_id).totals if each.rate.year == 2026]
    found = premium_totals.unspent_words(total, today)

    assert found == (said and f"Pupil premium plus 2026-27: {said}")
    assert view(story, child_id).warnings == ([found] if found else [])


def test_what_is_all_spent_is_not_warned_of(story, child_id):
    spent(story, child_id, 48_050)
    story.store.today = lambda: date(2027, 3, 30)

    assert view(story, child_id).warnings == []
