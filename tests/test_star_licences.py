"""Licences: what opens a star of somebody else's, for how long, and for whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp import plans, star_licences, star_packs
from caseapp.star_licences import NewLicence, Trained
from caseapp.work import NotAllowed, NotFound, Problem
from tests.story import TODAY, new_story

OWNER = "Triangle Consulting Social Enterprise Ltd"
STAR = "star-my-star"
LICENCE = NewLicence(
    OWNER,
    "Quenby Council",
    "L-100",
    date(2026, 4, 1),
    date(2027, 3, 31),
    "AP-7",
    date(2026, 3, 2),
    users=40,
    trained=(Trained("Ada North", date(2026, 5, 12)),),
)


@pytest.fixture
def story():
    return new_story()


def record(story, licence=LICENCE, who="amy"):
    return story.call(who, lambda session: star_licences.record(session, licence))


def standing(story, on=TODAY):
    return story.call("ada", lambda session: star_licences.standing(session, OWNER, on))


def refuse(story, form_key=STAR, who="ada"):
    story.call(who, lambda session: star_licences.refuse_locked(session, form_key))


def test_without_a_licence_every_pack_is_locked_and_the_sentence_says_what_to_do(story):
    with pytest.raises(Problem) as refused:
        refuse(story)

    assert refused.value.words == (
        f"My Star is locked. This star belongs to {OWNER}. No licence and approval of its owner are on "
        "record, so no readings can be recorded. An administrator records it in Settings, under Stars and "
        "licences."
    )
    assert {row.state for row in story.call("ada", star_packs.pack_rows)} == {"locked"}


@pytest.mark.parametrize("form_key", ["progress-wheel", "child-progress-wheel"])
def test_our_own_wheels_need_no_licence(story, form_key):
    refuse(story, form_key)


def test_a_licence_opens_every_star_of_its_owner(story):
    record(story)

    refuse(story)
    assert {row.state for row in story.call("ada", star_packs.pack_rows)} == {"open"}
    assert not any(each.locked for each in story.call("ada", star_packs.on_offer))
    assert standing(story).words == "Licence L-100, in force until 31/03/2027."


def test_a_licence_of_another_owner_opens_nothing(story):
    record(story, replace(LICENCE, owner="Somebody else"))

    with pytest.raises(Problem, match="is locked"):
        refuse(story)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 3, 31), "not_yet"),
        (date(2026, 4, 1), "open"),
        (date(2027, 3, 31), "open"),
        (date(2027, 4, 1), "expired"),
    ],
    ids=str,
)
def test_a_licence_counts_from_its_first_day_to_its_last(story, on, state):
    record(story)

    assert standing(story, on).state == state
    in_force = story.call("ada", lambda session: star_licences.licence_for(session, OWNER, on))
    assert (in_force is not None) == (state == "open")


def test_after_the_licence_ran_out_no_new_readings_and_the_old_ones_are_still_read(story):
    record(story)
    form = story.call("ada", lambda session: star_packs.find(session, STAR))
    story.store.today = lambda: date(2027, 6, 1)

    with pytest.raises(
        Problem, match=r"ran out on 31/03/2027\. Readings can be read and printed, but no new"
    ):
        refuse(story)

    assert story.call("ada", lambda session: star_packs.find(session, STAR)) == form
    assert {row.state for row in story.call("ada", star_packs.pack_rows)} == {"expired"}


def test_a_licence_that_begins_later_says_when(story):
    record(story, replace(LICENCE, valid_from=date(2026, 12, 1)))

    with pytest.raises(Problem, match="begins on 01/12/2026"):
        refuse(story)


def test_a_renewal_takes_over_from_a_licence_that_ran_out(story):
    record(story, replace(LICENCE, number="L-99", valid_from=date(2025, 4, 1), valid_until=date(2026, 3, 31)))
    record(story)

    assert standing(story).words.startswith("Licence L-100")
    assert [each.number for each in story.call("amy", star_licences.licences)] == ["L-100", "L-99"]


def test_of_two_licences_in_force_the_one_that_runs_longest_is_named(story):
    record(story, replace(LICENCE, number="L-99", valid_until=date(2026, 12, 31)))
    record(story)

    assert standing(story).licence.number == "L-100"


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_only_administrators_record_licences(story, who):
    with pytest.raises(NotAllowed):
        record(story, who=who)


TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"owner": " "}, "Give the owner"),
        ({"organisation": "", "number": ""}, "Give the organisation and the licence number"),
        ({"approval": ""}, "Give the reference of the owner's approval"),
        ({"valid_until": date(2026, 3, 31)}, "end before it begins"),
        ({"approved_on": TOMORROW}, "approval lies in the future"),
        ({"users": 0}, "1 to 100,000 users"),
        ({"trained": (Trained("", TODAY),)}, "Give the name of the worker"),
        ({"trained": (Trained("Ada North", TOMORROW),)}, "training of Ada North lies in the future"),
        ({"number": "9" * 501}, "takes 500 letters"),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nothing_is_recorded(story, changed, said):
    with pytest.raises(Problem, match=said):
        record(story, replace(LICENCE, **changed))

    assert story.raw("SELECT count(*) FROM star_licence") == [(0,)]


def test_the_same_number_is_recorded_once(story):
    record(story)

    with pytest.raises(Problem, match="on record already"):
        record(story, replace(LICENCE, organisation="Another"))


def test_a_worker_who_is_not_named_as_trained_is_warned_and_not_kept_out(story):
    record(story)

    def warning(who, key=STAR):
        return story.call(who, lambda session: star_licences.training_warning(session, key))

    assert warning("ada") == ""
    assert warning("bea").startswith("You are not named as trained for My Star.")
    assert warning("bea", "progress-wheel") == ""
    refuse(story, who="bea")


def test_a_trained_worker_is_added_and_a_day_put_right(story):
    licence_id = record(story)

    for name, on in (("Bea North", date(2026, 6, 1)), ("ada  north", date(2026, 6, 2))):
        worker = Trained(name, on)
        story.call("amy", lambda session, each=worker: star_licences.name_trained(session, licence_id, each))

    trained = story.call("amy", star_licences.licences)[0].trained
    assert trained == (Trained("ada north", date(2026, 6, 2)), Trained("Bea North", date(2026, 6, 1)))
    assert story.call("bea", lambda session: star_licences.training_warning(session, STAR)) == ""


def test_a_licence_is_withdrawn_with_a_reason(story):
    licence_id = record(story)

    with pytest.raises(Problem, match="Say why"):
        story.call("amy", lambda session: star_licences.withdraw(session, licence_id, " "))
    story.call("amy", lambda session: star_licences.withdraw(session, licence_id, "Wrong number"))

    assert standing(story).state == "locked"
    assert story.raw("SELECT delete_reason FROM star_licence") == [("Wrong number",)]
    with pytest.raises(NotFound):
        story.call("amy", lambda session: star_licences.withdraw(session, licence_id, "Again"))
    record(story)


@pytest.mark.parametrize("who", ["ada", "max"])
def test_nobody_else_changes_a_licence(story, who):
    licence_id = record(story)

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: star_licences.withdraw(session, licence_id, "Why not"))
    with pytest.raises(NotAllowed):
        story.call(
            who, lambda session: star_licences.name_trained(session, licence_id, Trained("Ada", TODAY))
        )


def test_a_licence_leaves_its_history(story):
    record(story)

    assert story.raw("SELECT count(*) FROM history WHERE tbl = 'star_licence'") == [(1,)]


def test_our_wheel_is_begun_without_a_licence(story):
    child_id = story.register("ada", "Kit", "Moran")

    assert story.call("ada", lambda session: plans.start(session, child_id, "star"))
