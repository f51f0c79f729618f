"""What is typed is kept anew in one statement, which asks for itself what the guard asks of other writes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caseapp import access, pep_quality, plans
from caseapp.access import Restriction
from db import typings
from db.moments import new_id, utc_now
from db.problems import NotAllowed, NotFound
from tests.story import PEOPLE, TODAY, new_story, sample

WORDS = {"comment": "What the table of rights and one statement agree on."}


@pytest.fixture
def story():
    return new_story()


def child_of(story, worker):
    """Return a child of Ada's team who is Ada's, somebody else's or nobody's."""
    child_id = story.register("ada", "Leyla", "Haddad", date(2012, 9, 4))
    whose = story.actors[worker].worker_id.bytes if worker else None
    story.raw("UPDATE child SET worker_id = ? WHERE id = ?", whose, child_id.bytes)
    return child_id


def typed_by_all(story, draft, child_id):
    """Let everybody have typed something into a draft once, by whatever right they then had."""
    for actor in story.actors.values():
        story.raw(
            "INSERT INTO typing (revision_id, author, child_id, answers, base_version, updated_at) "
            "VALUES (?, ?, ?, '{}', 1, '2026-11-20 09:00:00.000000')",
            draft.bytes,
            actor.worker_id.bytes,
            child_id.bytes,
        )


def rewrite(story, who, draft):
    return story.call(who, lambda session: typings.rewrite(session, draft, 7, WORDS, utc_now()))


def is_let_by_the_guard(story, who, draft, monkeypatch):
    """Return whether somebody may keep typing by the rows and the guard, the one statement left out."""
    with monkeypatch.context() as patched:
        patched.setattr(typings, "rewrite", lambda *told: False)
        try:
            story.call(who, lambda session: plans.keep_typing(session, draft, 7, {}))
        except (NotAllowed, NotFound):
            return False
    return True


def kept(story, who, draft):
    found = story.raw(
        "SELECT answers, base_version FROM typing WHERE revision_id = ? AND author = ?",
        draft.bytes,
        story.actors[who].worker_id.bytes,
    )
    return [(json.loads(answers), version) for answers, version in found]


@pytest.mark.parametrize("worker", ["ada", "sue", None])
@pytest.mark.parametrize("team", ["North", "South", None])
def test_one_statement_lets_write_whom_the_guard_lets(story, worker, team, monkeypatch):
    child_id = child_of(story, "ada")
    draft = story.draft("ada", child_id)
    typed_by_all(story, draft, child_id)
    child_whose = story.actors[worker].worker_id.bytes if worker else None
    of_team = story.teams[team].bytes if team else None
    story.raw(
        "UPDATE child SET worker_id = ?, team_id = ? WHERE id = ?", child_whose, of_team, child_id.bytes
    )

    done = {who: rewrite(story, who, draft) for who in PEOPLE}

    assert {who: kept(story, who, draft) == [(WORDS, 7)] for who in PEOPLE} == done
    assert done == {who: is_let_by_the_guard(story, who, draft, monkeypatch) for who in PEOPLE}


def sign(story, child_id, draft):
    story.sign("ada", draft, sample("pep"))


def cancel(story, child_id, draft):
    story.call("ada", lambda session: pep_quality.void(session, draft, "Begun for the wrong child.", TODAY))


def take_off(table):
    def act(story, child_id, draft):
        row_id = {"child": child_id, "revision": draft}[table]
        story.raw(f"UPDATE {table} SET deleted_at = '2026-11-20 09:00:00.000000' WHERE id = ?", row_id.bytes)

    return act


def restrict(story, child_id, draft):
    named = Restriction("absent", [story.actors["ada"].worker_id], "A threat.", story.actors["max"].worker_id)
    story.call("max", lambda session: access.restrict(session, child_id, named))


CLOSED = {
    "signed": sign,
    "cancelled": cancel,
    "off the record": take_off("revision"),
    "of a child off the record": take_off("child"),
}


@pytest.mark.parametrize("state", CLOSED)
def test_a_closed_draft_takes_nothing_more(story, state, monkeypatch):
    child_id = child_of(story, "ada")
    draft = story.draft("ada", child_id, "pep")
    CLOSED[state](story, child_id, draft)
    typed_by_all(story, draft, child_id)

    assert {who: rewrite(story, who, draft) for who in PEOPLE} == dict.fromkeys(PEOPLE, False)
    assert {tuple(map(str, each)) for who in PEOPLE for each in kept(story, who, draft)} == {("{}", "1")}
    assert not any(is_let_by_the_guard(story, who, draft, monkeypatch) for who in PEOPLE)


def test_each_writer_has_a_row_of_their_own(story):
    child_id = child_of(story, "ada")
    draft, other = story.draft("ada", child_id), story.draft("ada", child_id, "pep")
    for each in (draft, other):
        typed_by_all(story, each, child_id)

    rewrite(story, "bea", draft)

    assert kept(story, "bea", draft) == [(WORDS, 7)]
    assert [kept(story, "ada", draft), kept(story, "bea", other)] == [[({}, 1)]] * 2


def test_what_was_not_typed_before_is_not_begun_by_it(story):
    draft = story.draft("ada", child_of(story, "ada"))

    assert not rewrite(story, "ada", draft)
    assert not rewrite(story, "ada", new_id())
    assert kept(story, "ada", draft) == []


def test_typing_goes_on_in_a_restricted_record_for_those_who_are_named(story, monkeypatch):
    child_id = child_of(story, "ada")
    draft = story.draft("ada", child_id)
    typed_by_all(story, draft, child_id)
    restrict(story, child_id, draft)

    assert {who: rewrite(story, who, draft) for who in PEOPLE} == dict.fromkeys(PEOPLE, False)
    story.call("ada", lambda session: plans.keep_typing(session, draft, 7, WORDS))

    assert kept(story, "ada", draft) == [(WORDS, 7)]
    named = {who for who in PEOPLE if is_let_by_the_guard(story, who, draft, monkeypatch)}
    assert named == {"ada", "max"}
