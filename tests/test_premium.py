"""Pupil premium: from the request to its impact, and what a year's sums are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from caseapp import people
from caseapp.education import premium, premium_plan, premium_totals, rates
from caseapp.education.premium import NewRequest
from db.models import Episode
from db.problems import NotAllowed, NotFound, Problem
from tests.story import new_story

TUTOR = NewRequest(
    thing="Maths tutor, 10 hours",
    category="tuition",
    asked=48_050,
    asked_by="Ms Okafor",
    asked_on=date(2026, 10, 5),
    stream="school",
    year=2026,
    term="autumn",
    targets=("Knows the times tables to 12",),
)
ON = date(2026, 10, 12)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    made = story.register("ada", "Leyla", "Haddad", date(2013, 5, 4))
    story.look_after(made, date(2024, 3, 11))
    return made


def ask(story, child_id, who="ada", **changes):
    return story.call(who, lambda session: premium.ask(session, child_id, replace(TUTOR, **changes)))


def decide(story, request_id, decision="approved", who="max", on=ON, **more):
    story.call(who, lambda session: premium.decide(session, request_id, decision=decision, on=on, **more))


def pay(story, request_id, on=date(2026, 10, 20), who="ada"):
    story.call(who, lambda session: premium.pay(session, request_id, on))


def spend(story, request_id, pence, who="ada"):
    story.call(who, lambda session: premium.spend(session, request_id, pence))


def impact(story, request_id, said, who="ada"):
    story.call(who, lambda session: premium.tell_impact(session, request_id, said))


def spent(story, child_id, pence=40_000, **changes):
    request_id = ask(story, child_id, **changes)
    decide(story, request_id)
    pay(story, request_id)
    spend(story, request_id, pence)
    return request_id


def rows(story, child_id, who="ada"):
    return story.call(who, lambda session: premium.requests(session, child_id))


def view(story, child_id, who="ada"):
    return story.call(who, lambda session: premium_totals.view(session, child_id))


def year_of(story, year=2026, who="max"):
    return story.call(who, lambda session: premium_totals.totals(session, year))


def add_school(story, child_id, name, from_on=date(2024, 9, 3)):
    def write(session):
        school_id = people.add_school(session, name)
        people.start_school(session, child_id, school_id, from_on)
        return school_id

    return story.call("ada", write)


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


# In a plan


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
