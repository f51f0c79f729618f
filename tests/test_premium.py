"""Pupil premium: from the request to its impact, and whom the money is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseapp.education import premium, premium_totals
from db.models import Episode
from db.problems import NotAllowed, NotFound, Problem
from tests.premium_story import (
    TUTOR,
    ask,
    child_id,
    decide,
    impact,
    pay,
    rows,
    spend,
    spent,
    story,
    view,
    year_of,
)

__all__ = ["child_id", "story"]

# From request to impact


def test_a_request_goes_from_asked_to_impact_and_says_at_each_step_where_it_stands(story, child_id):
    request_id = ask(story, child_id)
    seen = [rows(story, child_id)[0].state]
    for step in (
        lambda: decide(story, request_id),
        lambda: pay(story, request_id),
        lambda: spend(story, request_id, 40_000),
        lambda: impact(story, request_id, "Two grades up."),
    ):
        step()
        seen.append(rows(story, child_id)[0].state)

    assert seen == ["waiting", "approved", "paid", "spent", "told"]
    (row,) = rows(story, child_id)
    assert (row.number, row.asked, row.approved, row.paid, row.spent) == (1, 48_050, 48_050, 48_050, 40_000)
    assert (row.decided_by, row.term, row.year_words) == ("Max North", "autumn term 2026", "2026-27")
    assert row.targets == ("Knows the times tables to 12",)


def test_requests_are_numbered_for_each_child(story, child_id):
    other = story.register("ada", "Mia", "Haddad")

    for each in (child_id, child_id, other):
        ask(story, each)

    assert [row.number for row in rows(story, child_id)] == [2, 1]
    assert [row.number for row in rows(story, other)] == [1]


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"thing": "  "}, "what the money is for"),
        ({"asked": 0}, "more than £0.00"),
        ({"asked": -5}, "from £0.00"),
        ({"asked": 100_000_001}, "to £1,000,000.00"),
        ({"asked_by": ""}, "who asks"),
        ({"asked_on": date(2026, 11, 24)}, "still to come"),
        ({"category": "sweets"}, "what kind"),
        ({"stream": "adult"}, "early years, school or post-16"),
        ({"term": "winter"}, "which term"),
        ({"year": 2020}, "too far"),
        ({"targets": ("x",) * 11}, "at most 10"),
    ],
)
def test_a_request_that_cannot_be_is_refused_in_words(story, child_id, changes, because):
    with pytest.raises(Problem) as refused:
        ask(story, child_id, **changes)

    assert because in refused.value.words
    assert "Nothing was saved." in refused.value.words
    assert rows(story, child_id) == []


@pytest.mark.parametrize("pence", [480.5, "480", True])
def test_sums_are_whole_pence_and_nothing_else(story, child_id, pence):
    with pytest.raises(TypeError):
        ask(story, child_id, asked=pence)


def test_a_request_names_only_a_pep_of_the_same_child(story, child_id):
    other = story.register("ada", "Mia", "Haddad")
    pep, star = story.draft("ada", child_id, "pep"), story.draft("ada", child_id, "star")
    ask(story, child_id, revision_id=pep)

    for wrong, whose in ((pep, other), (star, child_id)):
        with pytest.raises(NotFound):
            ask(story, whose, revision_id=wrong)


# The decision


def test_nobody_but_a_manager_decides(story, child_id):
    request_id = ask(story, child_id)

    for who in ("ada", "bea", "rob"):
        with pytest.raises(NotAllowed):
            decide(story, request_id, who=who)

    assert rows(story, child_id)[0].state == "waiting"


def test_a_manager_of_another_team_finds_no_such_request(story, child_id):
    request_id = ask(story, child_id)

    with pytest.raises(NotFound):
        decide(story, request_id, who="tom")


def test_nobody_decides_on_what_they_asked_for(story, child_id):
    written = ask(story, child_id, who="max")
    named = ask(story, child_id, asked_by="max north")

    for request_id in (written, named):
        with pytest.raises(NotAllowed, match="somebody else decides"):
            decide(story, request_id)


def test_nobody_raises_a_sum_and_then_decides_on_it(story, child_id):
    request_id = ask(story, child_id)
    raised = replace(TUTOR, asked=90_000)
    story.call("max", lambda session: premium.change(session, request_id, raised))

    with pytest.raises(NotAllowed, match="somebody else decides"):
        decide(story, request_id)


@pytest.mark.parametrize(
    ("decision", "approved", "because", "said"),
    [
        ("part", 48_051, "Half.", "not a part of the £480.50"),
        ("part", 48_050, "Half.", "not a part"),
        ("part", None, "Half.", "how much is approved"),
        ("part", 0, "Half.", "decline it"),
        ("part", 20_000, " ", "Say why"),
        ("declined", None, "", "Say why"),
        ("query", None, "", "Say why"),
        ("approved", 48_051, "", "£480.50 was asked for"),
        ("perhaps", None, "", "Say whether"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(story, child_id, decision, approved, because, said):
    request_id = ask(story, child_id)

    with pytest.raises(Problem, match=said):
        decide(story, request_id, decision, approved=approved, because=because)

    assert rows(story, child_id)[0].state == "waiting"


@pytest.mark.parametrize("on", [date(2026, 10, 4), date(2026, 11, 24)])
def test_a_decision_is_made_after_the_request_and_not_in_the_future(story, child_id, on):
    request_id = ask(story, child_id)

    with pytest.raises(Problem):
        decide(story, request_id, on=on)


def test_a_part_is_approved_with_its_reason(story, child_id):
    request_id = ask(story, child_id)

    decide(story, request_id, "part", approved=20_000, because="Five hours to begin with.")

    (row,) = rows(story, child_id)
    assert (row.decision_words, row.approved, row.because) == (
        "Approved in part",
        20_000,
        "Five hours to begin with.",
    )


def test_a_question_is_answered_by_a_changed_request_which_then_waits_again(story, child_id):
    request_id = ask(story, child_id)
    decide(story, request_id, "query", because="Which tutor?")
    assert rows(story, child_id)[0].state == "query"

    changed = replace(TUTOR, thing="Maths tutor from Quenby Tuition")
    story.call("ada", lambda session: premium.change(session, request_id, changed))

    (row,) = rows(story, child_id)
    assert (row.state, row.because, row.decided_by) == ("waiting", "", "")
    decide(story, request_id)


def test_what_was_decided_is_no_longer_changed_or_taken_back(story, child_id):
    request_id = ask(story, child_id)
    decide(story, request_id)

    for act in (
        lambda session: premium.change(session, request_id, TUTOR),
        lambda session: premium.take_back(session, request_id, "Typed twice"),
    ):
        with pytest.raises(Problem, match="decided"):
            story.call("ada", act)


def test_a_request_taken_back_stays_on_record_and_counts_for_nothing(story, child_id):
    request_id = ask(story, child_id)

    story.call("ada", lambda session: premium.take_back(session, request_id, "Typed twice"))

    assert rows(story, child_id)[0].state == "withdrawn"
    assert view(story, child_id).totals[0].asked == 0
    with pytest.raises(Problem, match="taken back"):
        decide(story, request_id)


def test_until_it_is_paid_a_decision_may_be_made_anew(story, child_id):
    request_id = ask(story, child_id)
    decide(story, request_id)
    decide(story, request_id, "part", approved=10_000, because="The rest comes from school.")
    assert rows(story, child_id)[0].approved == 10_000

    pay(story, request_id)

    with pytest.raises(Problem, match="paid already"):
        decide(story, request_id, "declined", because="No.")


# Paid, spent, impact


@pytest.mark.parametrize("decision", ["declined", "query", None])
def test_only_what_was_approved_is_paid(story, child_id, decision):
    request_id = ask(story, child_id)
    if decision:
        decide(story, request_id, decision, because="No.")

    with pytest.raises(Problem, match="Only what was approved"):
        pay(story, request_id)


@pytest.mark.parametrize("on", [date(2026, 10, 11), date(2026, 11, 24)])
def test_it_is_paid_after_the_decision_and_not_in_the_future(story, child_id, on):
    request_id = ask(story, child_id)
    decide(story, request_id)

    with pytest.raises(Problem):
        pay(story, request_id, on)


def test_nothing_is_spent_before_it_is_paid(story, child_id):
    request_id = ask(story, child_id)
    decide(story, request_id)

    with pytest.raises(Problem, match="before it is paid"):
        spend(story, request_id, 100)


def test_no_more_is_spent_than_was_paid(story, child_id):
    request_id = spent(story, child_id)

    with pytest.raises(Problem, match="more than the £480"):
        spend(story, request_id, 48_051)

    spend(story, request_id, 48_050)
    assert rows(story, child_id)[0].spent == 48_050


def test_nought_spent_is_an_answer(story, child_id):
    spent(story, child_id, 0)

    assert rows(story, child_id)[0].state == "spent"


def test_the_impact_is_told_once_the_money_is_spent(story, child_id):
    request_id = ask(story, child_id)
    decide(story, request_id)
    pay(story, request_id)

    with pytest.raises(Problem, match="how much was spent"):
        impact(story, request_id, "Two grades up.")


def test_a_reader_sees_requests_and_changes_none(story, child_id):
    request_id = ask(story, child_id)

    assert [row.id for row in rows(story, child_id, "rob")] == [request_id]
    with pytest.raises(NotAllowed):
        ask(story, child_id, who="rob")


def test_another_team_sees_no_request_and_no_total(story, child_id):
    ask(story, child_id)

    assert rows(story, child_id, "sue") == []
    with pytest.raises(NotFound):
        view(story, child_id, "sue")
    assert all(not each.requests and not each.eligible for each in year_of(story, who="tom").streams)


# Who the money is for

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("born_on", "stream"),
    [
        (date(2020, 8, 31), "school"),  # four on 31 August 2024
        (date(2020, 9, 1), "early_years"),
        (date(2008, 9, 1), "school"),  # fifteen
        (date(2008, 8, 31), "post_16"),  # sixteen
        (None, ""),
    ],
)
def test_the_stream_goes_by_the_age_on_the_31_august_before_the_year(born_on, stream):
    assert premium_totals.stream_of(born_on, 2025) == stream


@pytest.mark.parametrize(
    ("started_on", "ended_on", "is_in"),
    [
        (date(2026, 3, 31), None, True),  # the last day of the year
        (date(2026, 4, 1), None, False),
        (date(2024, 1, 1), date(2025, 4, 2), True),  # one day of the year
        (date(2024, 1, 1), date(2025, 4, 1), False),  # gone home on its first
        (date(2025, 6, 1), date(2025, 6, 2), True),
    ],
)
def test_one_day_of_care_in_the_year_is_enough(started_on, ended_on, is_in):
    episode = Episode(
        started_on=started_on, ended_on=ended_on, reason_started="S", reason_ended="E4A" if ended_on else "",
        legal_status="C2",
    )  # fmt: skip

    assert premium_totals.is_looked_after_in([episode], FIRST, LAST) is is_in


def test_short_breaks_are_no_care():
    episode = Episode(started_on=date(2025, 6, 1), reason_started="S", reason_ended="", legal_status="V4")

    assert not premium_totals.is_looked_after_in([episode], FIRST, LAST)


def test_a_baby_counts_from_nine_months(story):
    story.look_after(story.register("ada", "Old", "Enough", date(2026, 2, 23)), date(2026, 3, 1))
    story.look_after(story.register("ada", "Too", "Young", date(2026, 2, 24)), date(2026, 3, 1))

    early_years = year_of(story).streams[0]

    assert [each.child for each in early_years.eligible] == ["Old Enough"]
