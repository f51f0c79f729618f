"""Pupil premium in a plan: its requests and sums go in, and what is typed there comes back."""

from __future__ import annotations

from datetime import date

from caseapp.education import premium_plan, rates
from tests.premium_story import ask, child_id, rows, spent, story

__all__ = ["child_id", "story"]


def test_a_plan_begins_with_the_requests_of_this_year_and_the_last(story, child_id):
    spent(story, child_id)
    ask(story, child_id, year=2025, asked_on=date(2025, 5, 1))

    found = story.call("ada", lambda session: premium_plan.for_plan(session, child_id))

    assert [row["number"] for row in found] == [1, 2]
    assert found[0]["asked"] == 48_050
    assert (found[0]["decision"], found[0]["approved"], found[0]["spent"]) == ("approved", 48_050, 40_000)
    assert found[1]["decision"] == "waiting"
    assert "approved" not in found[1]


def test_the_rows_of_a_plan_are_those_that_its_form_asks_for(story, child_id):
    from caseapp.form_parts.pep_money import PREMIUM

    spent(story, child_id)
    asked = {each.key: each for each in PREMIUM.fields[0].fields}

    (row,) = story.call("ada", lambda session: premium_plan.for_plan(session, child_id))

    assert row.keys() <= asked.keys()
    assert all(asked[key].clean(value) == value for key, value in row.items())


def test_a_plan_is_filled_in_with_the_sums_of_the_year(story, child_id):
    spent(story, child_id)

    known = story.call("ada", lambda session: premium_plan.known(session, child_id))

    assert known == {"pep.approved": 48_050, "pep.paid": 48_050, "pep.spent": 40_000}
    story.call(
        "amy", lambda session: rates.set_rate(session, "school", 2026, 269_000, "DfE"), purpose="settings"
    )
    known = story.call("ada", lambda session: premium_plan.known(session, child_id))
    assert known["pep.allocated"] == 269_000


def test_requests_typed_in_a_plan_are_put_on_record_once_and_undecided(story, child_id):
    pep = story.draft("ada", child_id, "pep")
    spent(story, child_id)
    typed = [
        {"number": 1, "thing": "Maths tutor, 10 hours", "asked": 48_050},
        {
            "thing": "Laptop",
            "asked": 30_000,
            "decision": "approved",
            "approved": 30_000,
            "term": "Spring term",
        },
        {"thing": "No sum yet"},
    ]

    def take_up(session):
        return premium_plan.take_up(session, child_id, pep, typed, date(2026, 11, 20))

    assert story.call("ada", take_up) == 1
    laptop = next(each for each in rows(story, child_id) if each.thing == "Laptop")
    assert (laptop.state, laptop.season, laptop.asked_by, laptop.asked_on) == (
        "waiting",
        "spring",
        "Ada North",
        date(2026, 11, 20),
    )
    assert laptop.revision_id == pep


def test_sums_stay_whole_pence_in_the_store(story, child_id):
    spent(story, child_id)

    (kinds,) = story.raw("SELECT typeof(asked), typeof(approved), typeof(spent) FROM premium")
    assert kinds == ("integer", "integer", "integer")
