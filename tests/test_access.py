"""Emergencies, the access page, and that every look is written down before anything is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from caseapp import (
    access,
    approvals_list,
    children,
    histories,
    leaving_view_out,
    notes,
    overview,
    people,
    plans,
    prints,
)
from caseapp.access import Emergency
from caseapp.children import NewChild
from caseapp.notes import NewNote
from caseapp.pathway import leaving_view
from db.models import AccessGrant, Involvement, Look
from db.moments import pretend
from db.problems import NotAllowed, NotFound, Problem
from tests.figures import figure
from tests.story import TODAY, live, new_story
from tests.test_restricted import opens, restrict

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BORN = date(2013, 5, 4)
WHY = "A neighbour rang at night."


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return story.register("ada", "Leyla", "Haddad", BORN)


def break_in(story, who="sue", at=NOON, **asked):
    asked = asked or {"ref": "10001"}
    with pretend(at):
        return story.call(who, lambda session: access.open_in_emergency(session, Emergency(WHY, **asked)))


def opens_at(story, who, child_id, at):
    with pretend(at):
        return opens(story, who, child_id)


# An hour in one record


@pytest.mark.parametrize(
    "asked",
    [
        {"ref": "10001"},
        {"name": "Leyla Haddad", "born_on": BORN},
        {"name": "haddad, leyla", "born_on": BORN},
    ],
)
@pytest.mark.parametrize("who", ["sue", "tom"])
def test_in_an_emergency_one_record_opens_for_sixty_minutes(story, leyla, who, asked):
    other = story.register("ada", "Omar", "Haddad", BORN)

    assert break_in(story, who, **asked) == leyla
    assert opens_at(story, who, leyla, NOON + timedelta(minutes=59))
    assert not opens_at(story, who, leyla, NOON + timedelta(minutes=60))
    assert not opens_at(story, who, other, NOON)


def test_it_opens_a_record_that_is_restricted_and_exists(story, leyla):
    restrict(story, leyla, "exists")

    assert break_in(story, "bea") == leyla
    assert opens_at(story, "bea", leyla, NOON)


def test_an_absent_record_opens_to_nobody_and_is_answered_like_none(story, leyla):
    restrict(story, leyla)
    said = []
    for ref in ("10001", "10009"):
        with pytest.raises(NotFound) as problem:
            break_in(story, ref=ref)
        said.append(problem.value.words)

    assert said[0] == said[1]
    assert story.raw("SELECT count(*) FROM access_grant WHERE kind = 'emergency'") == [(0,)]


@pytest.mark.parametrize("kind", ["absent", "exists"])
def test_a_record_restricted_within_the_hour_shuts_at_once(story, leyla, kind):
    break_in(story)
    with pretend(NOON + timedelta(minutes=5)):
        restrict(story, leyla, kind)

        assert not opens(story, "sue", leyla)


def test_an_absent_record_stays_shut_to_an_hour_that_nobody_ended(story, leyla):
    break_in(story)
    story.raw("UPDATE child SET restricted = 'absent'")

    assert not opens_at(story, "sue", leyla, NOON)


@pytest.mark.parametrize("who", ["una", "rob", "amy"])
def test_readers_and_administrators_open_nothing_in_an_emergency(story, leyla, who):
    with pytest.raises(NotAllowed, match="emergency"):
        break_in(story, who)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ref": "Leyla"}, "number"),
        ({"name": "Leyla", "born_on": BORN}, "whole name"),
        ({"name": "Leyla Haddad"}, "date of birth"),
        ({"name": "Leyla Hadda", "born_on": BORN}, "no such record"),
        ({"name": "Leyla Haddad", "born_on": date(2013, 5, 5)}, "no such record"),
    ],
)
def test_what_is_not_exact_opens_nothing(story, leyla, asked, said):
    with pytest.raises(Problem, match=said):
        break_in(story, **asked)


def test_two_children_of_one_name_and_birthday_open_by_reference_alone(story, leyla):
    story.register("ada", "Leyla", "Haddad", BORN)

    with pytest.raises(Problem, match="Several children"):
        break_in(story, name="Leyla Haddad", born_on=BORN)


@pytest.mark.parametrize("reason", ["", "urgent", "1234567890 12345 !!!", "a" * 14])
def test_a_reason_of_fewer_than_fifteen_letters_opens_nothing(story, leyla, reason):
    with pytest.raises(Problem, match="15 letters"):
        story.call("sue", lambda s: access.open_in_emergency(s, Emergency(reason, ref="10001")))


def test_a_note_may_be_written_and_nothing_else(story, leyla):
    break_in(story)
    acts = {
        "note": lambda s: notes.add(s, leyla, NewNote(TODAY, "visit", "x", seen_alone=True)),
        "move": lambda s: people.move(s, leyla, "x", "", TODAY),
        "plan": lambda s: plans.start(s, leyla, "star"),
        "row": lambda s: s.add(Involvement(child_id=leyla, role="GP")),
        "details": lambda s: children.change_details(s, leyla, 1, {"phone": "1"}),
        "print": lambda s: prints.record_pdf(s, leyla),
    }
    done = set()
    for name, act in acts.items():
        with pretend(NOON + timedelta(minutes=1)):
            try:
                story.call("sue", act)
                done.add(name)
            except Problem:
                pass

    assert done == {"note"}


def test_it_is_written_down_before_anything_is_shown(story, leyla):
    break_in(story)

    assert story.raw("SELECT act, tbl FROM look ORDER BY at, n") == [("emergency", "child")]


def test_a_try_that_opens_nothing_is_written_down_too(story, leyla):
    with pytest.raises(NotFound):
        break_in(story, ref="10777")

    assert [(act, WHY in detail) for act, detail in story.raw("SELECT act, detail FROM look")] == [
        ("search", True)
    ]


def test_who_is_in_reach_anyway_opens_no_emergency(story, leyla):
    assert break_in(story, "bea") == leyla
    assert story.raw("SELECT count(*) FROM access_grant") == [(0,)]


def test_when_the_hour_is_over_the_words_say_so_to_whoever_had_it_alone(story, leyla):
    break_in(story)
    said = {}
    for who in ("sue", "tom"):
        with pretend(NOON + timedelta(hours=2)), pytest.raises(NotFound) as problem:
            story.call(who, lambda session: overview.open_child(session, leyla))
        said[who] = problem.value.words

    assert "hour" in said["sue"]
    assert said["tom"] == "There is no such record, or you may not see it."


def test_nobody_grants_themselves_a_way_in_by_hand(story, leyla):
    def grant(session, kind, worker):
        session.add(
            AccessGrant(
                child_id=leyla, worker_id=story.actors[worker].worker_id, kind=kind, why="x", from_at=NOON
            )
        )

    for who, kind, worker in (("sue", "named", "sue"), ("tom", "named", "tom"), ("ada", "named", "sue"),
                              ("sue", "emergency", "una")):  # fmt: skip
        with pytest.raises(NotAllowed):
            story.call(who, lambda session, k=kind, w=worker: grant(session, k, w))


# The review


def waiting(story, who):
    rows = story.call(who, approvals_list.waiting)
    return [each for each in rows if each.kind == "emergency"]


def test_every_manager_of_the_childs_team_sees_it_at_once_and_nobody_else(story, leyla):
    break_in(story)

    with pretend(NOON):
        seen = {who: waiting(story, who) for who in story.actors}

    assert {who for who, rows in seen.items() if rows} == {"max"}
    assert seen["max"][0].what == f"Opened in an emergency: {WHY}"
    assert seen["max"][0].by == "opened by Sue South"


def test_a_review_is_recorded_with_its_finding_and_waits_no_more(story, leyla):
    break_in(story)
    (row,) = waiting(story, "max")

    story.call("max", lambda session: access.review(session, row.row_id, "Right to open."))

    view = story.call("max", lambda session: access.page(session, leyla))
    assert waiting(story, "max") == []
    assert (view.openings[0].finding, "by Max North" in view.openings[0].reviewed) == ("Right to open.", True)
    with pytest.raises(Problem, match="already"):
        story.call("max", lambda session: access.review(session, row.row_id, "Again."))


def test_nobody_reviews_their_own(story, leyla):
    break_in(story, "tom")
    tom = story.actors["tom"].worker_id
    story.call("max", lambda session: people.allocate(session, leyla, tom, "Moved house."))
    (row,) = waiting(story, "tom")

    assert row.is_own
    with pytest.raises(Problem, match="somebody else reviews"):
        story.call("tom", lambda session: access.review(session, row.row_id, "Fine."))
    with pytest.raises(NotAllowed):
        story.call(
            "tom", lambda session: setattr(session.get_one(AccessGrant, row.row_id), "reviewed_by", tom)
        )


@pytest.mark.parametrize("who", ["ada", "rob", "sue"])
def test_only_a_manager_reviews(story, leyla, who):
    break_in(story)
    (row,) = waiting(story, "max")

    with pretend(NOON), pytest.raises(Problem):
        story.call(who, lambda session: access.review(session, row.row_id, "Fine."))


# The access page


def test_the_page_says_who_may_read_and_who_has(story, leyla):
    with pretend(NOON):
        story.call("bea", lambda session: overview.open_child(session, leyla))
    with pretend(NOON + timedelta(hours=1)):
        story.call("bea", lambda session: overview.open_child(session, leyla))
    break_in(story, at=NOON + timedelta(hours=2))

    view = story.call("max", lambda session: access.page(session, leyla))

    assert [(each.name, each.why) for each in view.readers] == [
        ("Ada North", "the child’s worker"), ("Bea North", "of the child’s team"),
        ("Max North", "of the child’s team"), ("Rob North", "of the child’s team"),
    ]  # fmt: skip
    assert [(each.name, each.first_at, each.last_at, each.times) for each in view.lookers] == [
        ("Sue South", NOON + timedelta(hours=2), NOON + timedelta(hours=2), 1),
        ("Bea North", NOON, NOON + timedelta(hours=1), 2),
    ]
    assert [(each.who, each.why, each.reviewed) for each in view.openings] == [("Sue South", WHY, "")]
    assert view.may_restrict
    assert not story.call("bea", lambda session: access.page(session, leyla)).may_restrict


def test_of_a_child_without_a_worker_every_manager_may_read(story, leyla):
    story.call("max", lambda session: people.allocate(session, leyla, None, "left"))

    view = story.call("max", lambda session: access.page(session, leyla))

    assert ("Tom South", "manager: the child has no worker") in [
        (each.name, each.why) for each in view.readers
    ]


def test_the_page_of_a_record_out_of_reach_is_that_of_none(story, leyla):
    with pytest.raises(NotFound, match="no such record"):
        story.call("sue", lambda session: access.page(session, leyla))


def test_an_emergency_stands_in_the_history_in_words(story, leyla):
    break_in(story)

    rows = story.call("ada", lambda session: histories.history(session, leyla))

    assert ("Opened the record in an emergency", WHY) in [(each.what, each.detail) for each in rows]


# Every look before the data (P14)


def test_p14_every_look_is_written_down_before_the_data_show(record_property):
    """Searches, lists, records, prints and exports in a mixed order, by whoever may."""
    story = new_story()
    child_id = live(story, "ada")
    reads = {
        "find": lambda s, dice: children.find(s, dice.choice(["leyla", "haddad", "qx1", "none", "10001"])),
        "page": lambda s, dice: children.page(s, children.Filter(), None, dice.randint(1, 9)),
        "alike": lambda s, dice: children.likely_matches(s, NewChild("Leyla", "Haddad", BORN)),
        "open": lambda s, dice: overview.open_child(s, child_id),
        "told": lambda s, dice: access.open_in_emergency(s, Emergency(WHY, ref="999")),
        "print": lambda s, dice: prints.chronology_pdf(s, child_id),
        "export": lambda s, dice: leaving_view_out.xlsx_file(s, leaving_view.leaving_view(s)),
    }
    shares = {"find": 40, "page": 30, "alike": 24, "told": 4, "open": 1.5, "print": 0.25, "export": 0.25}
    looks, dice, tried = Look.__table__, Random(14), figure(1_000, 100_000)
    unseen = []

    def read(session, name):
        before = session.connection().scalar(select(func.count()).select_from(looks))
        try:
            reads[name](session, dice)
        except NotFound:
            assert name == "told"
        after = session.connection().scalar(select(func.count()).select_from(looks))
        if after == before:
            unseen.append(name)

    for number in range(tried):
        (name,) = dice.choices(list(shares), shares.values())
        who = "max" if name in ("export", "told") else dice.choice(["ada", "bea", "max"])
        with pretend(NOON + timedelta(minutes=11 * number)):
            story.call(who, lambda session, name=name: read(session, name))

    assert unseen == []
    record_property("figure", f"{tried} reads, {len(unseen)} without a look")
