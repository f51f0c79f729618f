"""Lists of Personal Education Plans to check, and the review under way."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from caseapp import pep_quality
from caseapp.education import pep_cycle
from caseapp.education.qa_schemes import Check, Review
from caseapp.work import Problem
from tests.pep_way import GREEN, MEND_BY, RED, approved, begin, child, returned, revision, state, story, void

__all__ = ["child", "story"]

# Lists


def waiting(story, who="max"):
    return story.call(who, pep_quality.queue)


def test_the_queue_lists_what_waits_longest_first_with_what_is_urgent(story, child):
    other = story.register("ada", "Noor", "Aziz")
    late = revision(story, child, met_on=date(2026, 10, 1))
    soon = revision(story, other)
    begin(story, soon)

    found = waiting(story)

    assert [(row.revision_id, row.key) for row in found.waiting] == [(late, "submitted"), (soon, "in_qa")]
    assert [(row.due_on, row.state) for row in found.waiting] == [
        (date(2026, 10, 15), "overdue"),
        (date(2026, 11, 19), "overdue"),
    ]
    assert found.given_back == []


def test_what_was_given_back_is_listed_until_it_is_mended(story, child):
    first = returned(story, child)
    (row,) = waiting(story).given_back
    assert (row.said, row.due_on, row.state) == ("Mend the targets.", MEND_BY, "on_track")

    second = revision(story, child, 2, replaces_id=first)

    found = waiting(story)
    assert found.given_back == []
    assert [(each.revision_id, each.resubmissions) for each in found.waiting] == [(second, 1)]


def test_a_correction_takes_the_place_of_the_plan_that_waited(story, child):
    first = revision(story, child)
    revision(story, child, 2, replaces_id=first)

    assert [(row.number, row.resubmissions) for row in waiting(story).waiting] == [(2, 0)]


def test_the_queue_leaves_out_what_is_decided_replaced_overtaken_or_void(story, child):
    revision(story, child, met_on=date(2026, 2, 1))  # never checked, and the next one is approved
    second = revision(story, child, 2, met_on=date(2026, 7, 1))
    approved(story, second)
    third = revision(story, child, 3)
    assert [row.number for row in waiting(story).waiting] == [3]

    void(story, third)
    assert waiting(story).waiting == []
    assert waiting(story, "tom").waiting == []  # another team's


def test_one_s_own_plan_is_marked_in_the_queue(story, child):
    revision(story, child, signed="max")

    assert waiting(story).waiting[0].is_own


def test_the_queue_takes_the_same_number_of_queries_for_many_children(story):
    def asked() -> int:
        said: list[str] = []

        def listen(*args):
            said.append(args[2])

        event.listen(story.store.engine, "before_cursor_execute", listen)
        waiting(story)
        event.remove(story.store.engine, "before_cursor_execute", listen)
        return sum(each.lstrip().upper().startswith("SELECT") for each in said)

    asked()  # how wide the reach is gets counted once in a while
    revision(story, story.register("ada", "A", "Child"))
    few = asked()
    for number in range(6):
        revision(story, story.register("ada", f"B{number}", "Child"))
    assert asked() == few


def test_all_states_of_a_child_are_those_of_each_plan(story, child):
    first = revision(story, child, met_on=date(2026, 7, 1))
    approved(story, first)
    second = returned(story, story.register("ada", "Other", "Child"))
    third = revision(story, child, 2)

    found = story.call("ada", lambda session: pep_cycle.states(session, child))

    assert found == {first: state(story, first), third: state(story, third)}
    assert second not in found


# A review under way


def test_an_unfinished_review_is_kept_for_its_writer_alone(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)
    half = Review({"voice": "green"}, {"smart": Check("no", "No dates.")}, "So far", "", "")

    story.call("max", lambda session: pep_quality.keep(session, revision_id, half))
    story.call("max", lambda session: pep_quality.keep(session, revision_id, replace(half, words="On")))

    seen = story.call("max", lambda session: pep_quality.view(session, revision_id))
    assert (seen.is_kept, seen.review) == (True, replace(half, words="On"))
    assert not story.call("ada", lambda session: pep_quality.view(session, revision_id)).is_kept


def test_what_was_kept_is_let_go_of_when_the_plan_is_decided_on(story, child):
    revision_id = revision(story, child)
    begin(story, revision_id)
    story.call("max", lambda session: pep_quality.keep(session, revision_id, GREEN))

    story.call("max", lambda session: pep_quality.approve(session, revision_id, GREEN))

    assert story.raw("SELECT count(*) FROM typing") == [(0,)]
    with pytest.raises(Problem, match="not being checked by you any more"):
        story.call("max", lambda session: pep_quality.keep(session, revision_id, GREEN))


def test_the_check_of_a_mended_plan_begins_with_what_was_said_before(story, child):
    second = revision(story, child, 2, replaces_id=returned(story, child))
    begin(story, second)

    seen = story.call("max", lambda session: pep_quality.view(session, second))

    assert seen.review == Review(RED.grades, RED.checks)


def test_who_may_do_what_is_said_with_the_plan(story, child):
    revision_id = revision(story, child)

    by = {who: story.call(who, lambda s: pep_quality.view(s, revision_id)) for who in ("ada", "max", "rob")}

    assert by["max"].refused == ()
    assert len(by["ada"].refused) == 2
    assert (by["max"].may_void, by["ada"].may_void) == (True, False)
    assert (by["ada"].may_write, by["rob"].may_write) == (True, False)
