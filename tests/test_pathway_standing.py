"""The category in force, a manager's word on it, and the status of the lists that follows it."""

from datetime import date

import pytest

from caseapp.pathway import records, standing
from caseapp.pathway.new_rows import NewLeavingEvent, NewOverride
from db.models import Child
from db.problems import NotAllowed, Problem
from tests.pathway_life import BORN, add, young_person
from tests.story import TODAY, new_story

EIGHTEEN = date(2026, 5, 11)


@pytest.fixture
def story():
    return new_story()


def stands(story, child_id, who="ada"):
    return story.call(who, lambda session: standing.standing(session, child_id))


def child_of(story, child_id):
    return story.call(
        "max", lambda session: (lambda each: (each.status, each.closed_on))(session.get_one(Child, child_id))
    )


def settle(story, child_id, who="ada", today=TODAY):
    return story.call(
        who, lambda session: standing.settle_status(session, session.get_one(Child, child_id), today)
    )


def decide(
    story, child_id, category="qualifying", from_on=date(2026, 10, 1), who="max", reason="Legal advice."
):
    new = NewOverride(category, from_on, reason)
    return story.call(who, lambda session: standing.decide(session, child_id, new))


def test_the_category_comes_with_its_dates_its_law_and_what_is_owed(story):
    told = stands(story, young_person(story))

    assert (told.category, told.words, told.from_on) == ("former_relevant", "Former relevant", EIGHTEEN)
    assert told.why[0] == "Looked after and eligible up to the 18th birthday, 11/05/2026, when care ended."
    assert told.next_words == "Stays, but what is owed changes on 11/05/2029."
    assert told.law == "Children Act 1989 s23C"
    assert any("personal adviser" in each for each in told.duties)
    assert told.needs_plan


def test_an_eligible_young_person_is_told_what_the_next_birthday_does(story):
    told = stands(story, young_person(story, date(2010, 9, 4)))

    assert told.category == "eligible"
    assert told.next_words == "Moves by itself on 04/09/2028 to: former relevant, if nothing changes."


def test_the_history_names_each_category_with_its_day_newest_first(story):
    told = stands(story, young_person(story))

    assert [(each.on, each.category) for each in told.history] == [
        (EIGHTEEN, "former_relevant"),
        (date(2024, 5, 11), "eligible"),
    ]


def test_at_21_without_study_or_asking_only_the_yearly_offer_is_owed(story):
    told = stands(story, young_person(story, date(2004, 3, 4)))

    assert told.category == "former_relevant"
    assert told.on_request
    assert not told.needs_plan
    assert told.duties[0].startswith("An offer of a personal adviser once a year")


def test_a_managers_word_holds_in_place_of_the_dates_which_still_stand_beside_it(story):
    child_id = young_person(story)

    decide(story, child_id)

    told = stands(story, child_id)
    assert (told.category, told.by_dates) == ("qualifying", "Former relevant")
    assert told.from_on == date(2026, 10, 1)
    assert told.override.by == "Max North"
    assert told.override.reason == "Legal advice."
    assert not told.needs_plan


def test_only_a_manager_sets_the_category_and_never_without_a_reason(story):
    child_id = young_person(story)

    with pytest.raises(NotAllowed):
        decide(story, child_id, who="ada")
    with pytest.raises(Problem, match="Say why"):
        decide(story, child_id, reason=" ")
    assert stands(story, child_id).override is None


def test_a_managers_word_that_is_taken_back_stays_on_record(story):
    child_id = young_person(story)
    decide(story, child_id)
    row = stands(story, child_id).override

    story.call("max", lambda session: standing.take_back(session, row.id, row.version, TODAY))

    told = stands(story, child_id)
    assert (told.category, told.override) == ("former_relevant", None)
    assert [each.title for each in told.overrides] == ["Qualifying, 01/10/2026 to 23/11/2026"]


def test_a_second_word_ends_the_first_so_that_one_is_in_force(story):
    child_id = young_person(story)
    decide(story, child_id)

    decide(story, child_id, "none", TODAY)

    told = stands(story, child_id)
    assert told.category == "none"
    assert [each.in_force for each in told.overrides] == [True, False]


def test_on_the_18th_birthday_the_status_becomes_care_leaver_by_itself(story):
    child_id = young_person(story, ended_on=None, reason_ended="")

    assert not settle(story, child_id, today=date(2026, 5, 10))
    assert settle(story, child_id, today=EIGHTEEN)

    assert child_of(story, child_id) == ("care_leaver", None)
    assert not settle(story, child_id)


def test_somebody_adopted_is_closed_at_18_if_still_noted_as_looked_after(story):
    adopted = date(2020, 4, 1)
    child_id = young_person(
        story, started_on=date(2018, 4, 1), ended_on=adopted, reason_ended="E11", placement="A3"
    )

    settle(story, child_id)

    assert child_of(story, child_id) == ("closed", adopted)


@pytest.mark.parametrize("status", ["early_help", "child_in_need", "child_protection"])
def test_other_statuses_are_never_touched(story, status):
    child_id = young_person(story)

    def write(session):
        session.get_one(Child, child_id).status = status

    story.call("ada", write)

    assert not settle(story, child_id)
    assert child_of(story, child_id)[0] == status


def test_a_reader_opening_the_record_writes_nothing(story):
    child_id = young_person(story)

    assert not settle(story, child_id, "rob")
    assert child_of(story, child_id)[0] == "looked_after"


def test_without_any_care_on_record_nothing_is_settled(story):
    child_id = story.register("ada", "Ola", "Nowak", BORN)

    def write(session):
        session.get_one(Child, child_id).status = "looked_after"

    story.call("ada", write)

    assert not settle(story, child_id)


def test_the_sweep_moves_those_in_reach_whose_day_has_come_and_nobody_else(story):
    grown = young_person(story, ended_on=None, reason_ended="")
    still = young_person(story, date(2009, 1, 5))
    old = young_person(story, date(2001, 11, 23))
    elsewhere = young_person(story, who="sue", ended_on=None, reason_ended="")

    assert story.call("ada", standing.sweep) == 2  # the care leaver of 25 goes straight to closed
    assert story.call("ada", standing.sweep) == 0

    assert child_of(story, grown)[0] == "care_leaver"
    assert child_of(story, still)[0] == "looked_after"
    assert child_of(story, old) == ("closed", date(2026, 11, 23))
    assert story.call("sue", lambda session: session.get_one(Child, elsewhere).status) == "looked_after"


def test_a_care_leaver_is_closed_by_the_25th_birthday(story):
    child_id = young_person(story, date(2001, 11, 22))
    settle(story, child_id, today=date(2026, 11, 21))
    assert child_of(story, child_id)[0] == "care_leaver"

    assert story.call("ada", standing.sweep) == 1

    assert child_of(story, child_id) == ("closed", date(2026, 11, 22))


def test_closing_by_a_manager_closes_the_record_and_asking_again_at_22_opens_it(story):
    child_id = young_person(story, date(2004, 3, 4))
    settle(story, child_id)
    decide(
        story,
        child_id,
        "closed",
        date(2026, 6, 1),
        reason="I refused contact for a year. Letters unanswered.",
    )
    assert child_of(story, child_id) == ("closed", date(2026, 6, 1))
    row = stands(story, child_id, "max").override
    story.call("max", lambda session: standing.take_back(session, row.id, row.version, date(2026, 11, 1)))
    assert child_of(story, child_id)[0] == "closed"

    story.call(
        "ada", lambda session: standing.ask_for_support(session, child_id, "adviser_asked", TODAY, "Text.")
    )

    assert child_of(story, child_id) == ("care_leaver", None)
    told = stands(story, child_id)
    assert told.needs_adviser
    assert told.law == "Children Act 1989 s23CZB"


@pytest.mark.parametrize("born_on", [BORN, date(2001, 3, 4)])
def test_support_is_asked_for_between_21_and_25(story, born_on):
    child_id = young_person(story, born_on)

    with pytest.raises(Problem, match="between the 21st and the 25th birthday"):
        story.call("ada", lambda session: standing.ask_for_support(session, child_id, "adviser_asked", TODAY))


def test_support_after_21_is_for_former_relevant_young_people(story):
    child_id = young_person(story, date(2004, 3, 4), started_on=date(2022, 2, 20))

    with pytest.raises(Problem, match="By the dates this one is: none"):
        story.call("ada", lambda session: standing.ask_for_support(session, child_id, "adviser_asked", TODAY))


def test_a_settled_home_makes_the_category_move_after_six_months(story):
    child_id = young_person(
        story, date(2009, 9, 1), started_on=date(2023, 1, 1), ended_on=date(2026, 1, 10), reason_ended="E4A"
    )
    add(story, child_id, NewLeavingEvent("settled_home", date(2026, 1, 10)))

    told = stands(story, child_id)

    assert told.category == "qualifying"
    assert told.from_on == date(2026, 7, 10)
    assert told.events[0].title == "Home with a parent or someone with parental responsibility"


def test_somebody_of_another_team_sees_nothing(story):
    child_id = young_person(story)

    with pytest.raises(Problem, match="no such record"):
        stands(story, child_id, "sue")
    with pytest.raises(Problem, match="no such record"):
        story.call("tom", lambda session: records.add(session, child_id, NewOverride("none", TODAY, "Why.")))
