"""The way of a Personal Education Plan: its states, its permitted moves, and what each refusal says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from caseapp import pep_quality, plan_reading, plan_versions, plans
from caseapp.education import pep_cycle, qa_settings
from caseapp.education.qa_schemes import Check, Review, Setting
from caseapp.work import NotAllowed, NotFound, Problem
from db import pep_cycle as queries
from db.models import Child, Fact, PepStep, Revision
from tests.pep_way import (
    GREEN,
    MEETING,
    MEND_BY,
    MET,
    RED,
    approve,
    approved,
    begin,
    child,
    draft,
    give_back,
    returned,
    revision,
    state,
    story,
    void,
)
from tests.story import TODAY, sample

__all__ = ["child", "story"]


# Before the signature


def test_a_plan_is_planned_while_it_holds_only_what_the_record_knew(story, child):
    revision_id, view = draft(story, child)

    assert state(story, revision_id).words == "Planned"
    story.call("ada", lambda session: plans.keep_typing(session, revision_id, view.version, view.answers))
    assert state(story, revision_id).key == "draft"


def test_a_draft_says_all_that_its_meeting_still_needs(story, child):
    revision_id, view = draft(story, child)
    typed = view.answers | {"met_on": "2026-12-10", "carer_there": "there"}
    story.call("ada", lambda session: plans.save(session, revision_id, view.version, typed))

    found = state(story, revision_id)

    assert found.key == "draft"
    assert found.missing == (
        "The meeting on 10/12/2026 is still to come.",
        "Record whether the social worker took part.",
        "Record whether the designated teacher took part.",
        "Write down what the child says, or that they did not wish to share.",
    )


def test_a_meeting_is_held_once_all_who_must_come_and_the_child_are_recorded(story, child):
    revision_id, view = draft(story, child)
    typed = view.answers | MEETING
    story.call("ada", lambda session: plans.save(session, revision_id, view.version, typed))

    found = state(story, revision_id)

    assert (found.key, found.on) == ("meeting_held", MET)
    assert any("next PEP" in each for each in found.missing)  # what signing still asks for


def test_a_draft_is_cancelled_with_a_reason_only(story, child):
    revision_id, _ = draft(story, child)

    with pytest.raises(Problem, match="Give the reason"):
        void(story, revision_id, " ", who="ada")
    void(story, revision_id, "The child went home.", who="ada")

    found = state(story, revision_id)
    assert (found.words, found.because, found.by) == ("Cancelled", "The child went home.", "Ada North")
    assert story.call("ada", lambda session: _standing(session, child)) == []


def _standing(session, child_id):
    from sqlalchemy import select

    asked = select(Revision.number).where(Revision.child_id == child_id, queries.stands())
    return list(session.scalars(asked))


# From the signature to approval


def test_a_signed_plan_is_submitted_then_checked_then_approved(story, child):
    revision_id = revision(story, child)
    assert (state(story, revision_id).key, state(story, revision_id).by) == ("submitted", "Ada North")

    begin(story, revision_id)
    assert (state(story, revision_id).key, state(story, revision_id).by) == ("in_qa", "Max North")
    begin(story, revision_id)  # opening it again is no second step

    assert approve(story, revision_id) == "green"
    found = state(story, revision_id)
    assert (found.key, found.grade_words, found.on) == ("approved", "Green", TODAY)
    rows = story.call("ada", lambda session: pep_cycle.steps(session, session.get_one(Revision, revision_id)))
    assert [row.state for row in rows] == ["submitted", "in_qa", "approved"]
    assert rows[-1].review.checks == GREEN.checks


def test_nobody_checks_approves_or_gives_back_their_own_plan(story, child):
    revision_id = revision(story, child, signed="max")

    for act in (begin, approve, give_back):
        with pytest.raises(NotAllowed, match="nobody approves or grades their own"):
            act(story, revision_id)
    assert state(story, revision_id).key == "submitted"


def test_a_practitioner_or_another_team_checks_nothing(story, child):
    revision_id = revision(story, child)

    with pytest.raises(NotAllowed, match="Plans are checked by a team manager"):
        begin(story, revision_id, who="bea")
    with pytest.raises(NotFound):
        begin(story, revision_id, who="tom")


def test_a_refusal_says_all_that_is_missing_at_once(story, child):
    revision_id = revision(story, child)
    half = Review({"voice": "green"}, {"smart": Check("yes")})

    with pytest.raises(Problem) as told:
        approve(story, revision_id, half)
    for part in (
        "Leyla Haddad:",
        "Begin the quality assurance first.",
        "Grade Needs, SEN and health, Attendance and suspensions,",
        "Answer the checklist: 12 lines open.",
        "Nothing was changed.",
    ):
        assert part in told.value.words
    with pytest.raises(Problem) as told:
        give_back(story, revision_id, Review(), None)
    assert "Say what has to be mended." in told.value.words
    assert "Give the day by which it is to be mended." in told.value.words


def test_a_red_plan_is_never_approved(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)

    with pytest.raises(Problem, match="A plan graded red must be put right first: give it back"):
        approve(story, revision_id, replace(GREEN, grades=RED.grades))


def test_another_grade_than_the_sections_give_needs_a_reason(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)
    amber = replace(GREEN, overall="amber")

    with pytest.raises(Problem, match="Say why the overall grade is another than the green of the sections"):
        approve(story, revision_id, amber)
    assert approve(story, revision_id, replace(amber, because="The attendance is a worry.")) == "amber"
    assert state(story, revision_id).grade == "amber"


def test_the_grade_follows_the_scheme_in_force(story, child):
    story.call("amy", lambda session: qa_settings.choose(session, Setting("gold")))
    revision_id = revision(story, child)
    gold = replace(GREEN, grades=dict.fromkeys(GREEN.grades, "gold") | {"premium": "green"})

    assert approved(story, revision_id, review=gold) == "gold"
    story.call("amy", lambda session: qa_settings.choose(session, Setting("four")))
    assert state(story, revision_id).grade_words == "Gold"  # what was given before stays readable


def test_a_decided_plan_is_not_decided_again(story, child):
    revision_id = revision(story, child)
    approved(story, revision_id)

    with pytest.raises(Problem, match="Only a plan being checked is decided on: this one is “approved”"):
        give_back(story, revision_id)
    with pytest.raises(Problem, match="Only a submitted plan is checked"):
        begin(story, revision_id)


def test_a_step_is_not_dated_before_the_meeting_or_ahead(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)

    for on in (MET - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Problem, match="Give a day from 05/11/2026 to today"):
            approve(story, revision_id, on=on)


# Given back, and mended


def test_a_return_says_what_to_do_by_when_and_who_does_it(story, child):
    found = state(story, returned(story, child))

    assert (found.key, found.mend_by, found.grade) == ("returned", MEND_BY, "red")
    assert found.returned_because == "Mend the targets."
    assert found.to_do == (
        "Designated teacher: New targets and support – red.",
        "Designated teacher: Targets are SMART and tied to a need – no. Targets 2 and 3 have no date.",
    )


def test_a_plan_is_not_given_back_to_be_mended_in_the_past(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)

    with pytest.raises(Problem, match="has passed"):
        give_back(story, revision_id, mend_by=TODAY - timedelta(days=1))


def test_the_author_mends_it_with_the_reason_filled_in_and_the_count_steps(story, child):
    first = returned(story, child)

    second = story.call("ada", lambda session: pep_quality.correct(session, first))

    view = story.call("ada", lambda session: plan_reading.open_plan(session, second))
    assert view.replaces == 1
    assert view.reason == "Given back by Max North on 23/11/2026: Mend the targets."
    assert state(story, second).resubmissions == 1
    assert story.call("ada", lambda session: pep_quality.correct(session, first)) == second
    assert state(story, first).key == "returned"


def test_a_plan_goes_the_whole_way_through_the_use_cases(story, child):
    first = story.draft("ada", child, "pep")
    story.sign("ada", first, sample("pep"))
    begin(story, first)
    give_back(story, first)
    second = story.call("ada", lambda session: pep_quality.correct(session, first))
    assert state(story, second).key == "meeting_held"  # a correction begins with all the answers

    story.sign("bea", second, sample("pep"))
    approved(story, second)

    assert [state(story, each).key for each in (first, second)] == ["returned", "approved"]
    assert [
        row.number for row in story.call("ada", lambda session: plan_versions.versions(session, child))
    ] == [2, 1]
    with pytest.raises(NotAllowed, match="stays as it is"):
        story.sign("ada", second, sample("pep"))


def test_a_plan_that_was_not_given_back_is_not_mended_this_way(story, child):
    revision_id = revision(story, child)

    with pytest.raises(Problem, match="was not given back"):
        story.call("ada", lambda session: pep_quality.correct(session, revision_id))


def test_a_correction_of_one_that_was_never_given_back_is_no_resubmission(story, child):
    first = revision(story, child)
    second = revision(story, child, 2, replaces_id=first, reason="A name was wrong.")

    assert state(story, second).resubmissions == 0
    found = state(story, first)
    assert (found.key, found.replaced_by) == ("superseded", 2)


def test_an_approved_plan_stays_so_until_its_correction_is_approved_too(story, child):
    first = revision(story, child)
    approved(story, first)
    second = revision(story, child, 2, replaces_id=first)
    assert state(story, first).key == "approved"

    approved(story, second)
    assert (state(story, first).key, state(story, first).grade_words) == ("superseded", "Green")


def test_the_next_approved_plan_supersedes_the_one_before_which_can_still_be_opened(story, child):
    first = revision(story, child, met_on=date(2026, 7, 1))
    approved(story, first)
    second = revision(story, child, 2)
    assert state(story, first).key == "approved"

    approved(story, second)
    assert state(story, first).replaced_by == 2
    assert story.call("ada", lambda session: plan_reading.open_plan(session, first)).signed_at


# Void


def test_a_void_plan_needs_a_manager_and_stays_in_the_history(story, child):
    revision_id = revision(story, child)

    with pytest.raises(NotAllowed, match="made void by a team manager"):
        void(story, revision_id, who="ada")
    void(story, revision_id)

    assert state(story, revision_id).words == "Void"
    with pytest.raises(Problem, match="“void” already"):
        void(story, revision_id)


def test_a_void_correction_lets_the_plan_before_it_count_again(story, child):
    first = revision(story, child)
    second = revision(story, child, 2, replaces_id=first)

    def count_second(session):
        held = {"child_id": child, "field": "pep_held", "day": MET, "is_event": True}
        session.add(Fact(**held, revision_id=second))

    story.call("ada", count_second)
    void(story, second)

    counted = story.raw("SELECT DISTINCT revision_id FROM fact WHERE field = 'pep_held'")
    assert counted == [(first.bytes,)]


def test_when_the_newer_one_is_void_the_earlier_is_approved_again(story, child):
    first, second = revision(story, child, met_on=date(2026, 7, 1)), revision(story, child, 2)
    approved(story, first)
    approved(story, second)

    void(story, second)

    assert state(story, first).key == "approved"


# In time


def test_meeting_and_approval_are_each_in_time_or_not(story, child):
    other, none = story.register("ada", "Noor", "Aziz"), story.register("ada", "No", "Plan")
    first, second = revision(story, child), revision(story, other)
    approved(story, first)

    found = story.call(
        "max",
        lambda session: pep_cycle.timely(session, [child, other, none], date(2026, 9, 1), date(2026, 12, 31)),
    )

    assert [(each.meeting_in_time, each.approval_in_time) for each in found] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert found[0].met_on == MET
    assert second


def test_a_meeting_is_late_by_the_clock_that_it_met(story, child):
    story.look_after(child, date(2026, 9, 7))
    revision_id = revision(story, child)

    def hold(session):
        from caseapp import dates

        session.add(Fact(child_id=child, revision_id=revision_id, field="pep_held", day=MET, is_event=True))
        session.flush()
        dates.refresh(session, session.get_one(Child, child))

    story.call("ada", hold)

    (found,) = story.call(
        "ada",
        lambda session: pep_cycle.timely(session, [child], date(2026, 9, 1), date(2026, 12, 31)),
    )
    assert (found.due_on, found.meeting_in_time) == (date(2026, 10, 5), False)


def test_a_void_plan_is_no_meeting_and_a_waiting_correction_undoes_no_approval(story, child):
    first = revision(story, child)
    approved(story, first)
    second = revision(story, child, 2, replaces_id=first)
    later = revision(story, child, 3, met_on=date(2026, 11, 16))
    void(story, later)

    (found,) = story.call(
        "max",
        lambda session: pep_cycle.timely(session, [child], date(2026, 9, 1), date(2026, 12, 31)),
    )

    assert (found.met_on, found.approved_on) == (MET, TODAY)
    assert second


# Steps are rows of the file


def test_a_step_is_about_the_child_and_in_the_history(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)

    assert story.raw("SELECT count(*) FROM history WHERE tbl = 'pep_step'") == [(1,)]
    assert story.call("max", lambda session: session.query(PepStep).count()) == 1
    assert story.call("tom", lambda session: session.query(PepStep).count()) == 0
