"""The guard on the session, writing: who may, what history it leaves, and that what is signed is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete as sql_delete
from sqlalchemy import func, insert, select, text, update

from caseapp import children, notes, overview, plan_reading
from caseapp.notes import NewNote
from db.guard import Forbidden
from db.models import (
    Child,
    History,
    Note,
    Revision,
    Team,
    Worker,
)
from db.moments import new_id, utc_now
from db.problems import NotAllowed, NotFound, Problem
from tests.guard_story import OUTSIDERS, child_id, story
from tests.story import TODAY, sample

__all__ = ["child_id", "story"]


def add_note(session, child_id):
    session.add(Note(child_id=child_id, happened_on=TODAY, kind="note", words="x"))


@pytest.mark.parametrize("who", ["sue", "tom", "una", "amy", "rob"])
def test_who_may_not_write_is_refused_whatever_the_use_case_forgot(story, child_id, who):
    before = story.raw("SELECT count(*) FROM note")

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: add_note(session, child_id))

    assert story.raw("SELECT count(*) FROM note") == before


@pytest.mark.parametrize("who", ["ada", "bea", "max"])
def test_who_may_write_writes(story, child_id, who):
    story.call(who, lambda session: add_note(session, child_id))

    assert story.raw("SELECT count(*) FROM note") == [(1,)]


@pytest.mark.parametrize("who", ["rob", "una", "amy"])
def test_who_may_not_register_is_refused(story, who):
    child = Child(ref=1, sort_name="x", opened_on=TODAY, worker_id=story.actors[who].worker_id)

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: session.add(child))


def test_nobody_puts_a_child_into_another_team(story):
    child = Child(ref=1, sort_name="x", opened_on=TODAY, team_id=story.teams["South"])

    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: session.add(child))


@pytest.mark.parametrize("who", ["ada", "max", "rob", "sue"])
@pytest.mark.parametrize("row", [Worker(name="x", sort_name="x", roles=["administrator"]), Team(name="x")])
def test_only_an_administrator_at_work_on_users_makes_workers_and_teams(story, who, row):
    table = type(row)
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: session.add(table(**values)))


def test_nobody_gives_themselves_a_role(story):
    def promote(session):
        session.get_one(Worker, session.actor.worker_id).roles = ["administrator"]

    with pytest.raises(NotAllowed):
        story.call("ada", promote)


def test_an_administrator_at_work_on_users_sees_and_writes_no_record(story, child_id):
    assert story.call("amy", lambda session: session.get(Child, child_id), purpose="users") is None
    with pytest.raises(NotAllowed):
        story.call("amy", lambda session: add_note(session, child_id), purpose="users")


def test_each_write_leaves_one_history_row_of_what_changed(story, child_id):
    before = story.raw("SELECT max(n) FROM history WHERE child_id = ?", child_id.bytes)[0][0]

    def write(session):
        child = session.get_one(Child, child_id)
        child.known_as, child.pronouns = "Lel", "she/her"
        add_note(session, child_id)

    story.call("ada", write)
    found = story.call(
        "ada",
        lambda session: session.scalars(
            select(History).where(History.n > before, History.child_id == child_id)
        ).all(),
    )

    assert sorted((each.tbl, each.act, each.version) for each in found) == [
        ("child", "update", 2), ("note", "create", 1),
    ]  # fmt: skip
    change = next(each.change for each in found if each.tbl == "child")
    assert change["known_as"] == ["", "Lel"]
    assert change["pronouns"] == ["", "she/her"]


def test_a_write_that_fails_leaves_no_history(story, child_id):
    before = story.raw("SELECT count(*), max(n) FROM history")

    def fail(session):
        add_note(session, child_id)
        session.flush()
        raise Problem("No.")

    with pytest.raises(Problem):
        story.call("ada", fail)

    assert story.raw("SELECT count(*), max(n) FROM history") == before


def test_who_wrote_and_when_is_stamped_by_the_guard(story, child_id):
    forged = Note(child_id=child_id, happened_on=TODAY, kind="note", words="x")
    forged.created_by = story.actors["sue"].worker_id
    forged.created_at = utc_now() - timedelta(days=900)

    story.call("ada", lambda session: session.add(forged))
    kept = story.call("ada", lambda session: session.scalar(select(Note)))

    assert kept.created_by == story.actors["ada"].worker_id
    assert utc_now() - kept.created_at < timedelta(minutes=5)


BULK = {
    "update": lambda: update(Note).values(words="y"),
    "delete": lambda: sql_delete(Note),
    "insert": lambda: insert(Note).values(words="y"),
    "text": lambda: text("SELECT words FROM note"),
    "table": lambda: select(Note.__table__),
    "table column": lambda: select(Note.__table__.c.words),
    "table update": lambda: update(Note.__table__).values(words="y"),
    "table delete": lambda: sql_delete(Note.__table__),
    "text of an entity": lambda: select(Note).from_statement(text("SELECT * FROM note")),
    "count of all": lambda: select(func.count()).select_from(text("note")),
}


@pytest.mark.parametrize("name", sorted(BULK))
def test_statements_that_would_pass_by_the_guard_are_refused(story, child_id, name):
    story.call("ada", lambda session: add_note(session, child_id))

    with pytest.raises(Forbidden):
        story.call("sue", lambda session: session.execute(BULK[name]()).all())

    assert story.raw("SELECT words FROM note") == [("x",)]


def test_a_record_is_never_deleted(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    with pytest.raises(Forbidden):
        story.call("ada", lambda session: session.delete(session.scalar(select(Note))))

    assert story.raw("SELECT count(*) FROM note") == [(1,)]


def test_a_tombstone_hides_a_record_and_says_so_in_the_history(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    def bury(session):
        note = session.scalar(select(Note))
        note.deleted_at, note.deleted_by, note.delete_reason = (
            utc_now(),
            session.actor.worker_id,
            "wrong file",
        )

    story.call("ada", bury)

    assert story.call("ada", lambda session: session.scalar(select(Note))) is None
    assert story.raw("SELECT act FROM history WHERE tbl = 'note' ORDER BY n") == [("create",), ("delete",)]
    assert story.raw("SELECT words FROM note") == [("x",)]


def test_a_buried_child_takes_the_whole_file_along(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    def bury(session):
        child = session.get_one(Child, child_id)
        child.deleted_at, child.deleted_by = utc_now(), session.actor.worker_id

    story.call("ada", bury)

    assert story.call("ada", lambda session: session.get(Child, child_id)) is None
    assert story.call("ada", lambda session: session.scalars(select(Note)).all()) == []


# Signed is closed


@pytest.fixture
def signed_id(story, child_id):
    draft = story.draft("ada", child_id, "star")
    story.sign("ada", draft, sample("progress_wheel"))
    return draft


@pytest.mark.parametrize("who", ["ada", "max"])
def test_the_guard_keeps_a_signed_version_and_its_document_closed(story, signed_id, who):
    def change_answers(session):
        session.get_one(Revision, signed_id).document.answers = {"comment": "changed"}

    def change_number(session):
        session.get_one(Revision, signed_id).number = 9

    def unsign(session):
        session.get_one(Revision, signed_id).signed_at = None

    for change in (change_answers, change_number, unsign):
        with pytest.raises(Problem, match="signed and stays"):
            story.call(who, change)

    assert story.raw("SELECT number, signed_at IS NOT NULL FROM revision") == [(1, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET number = 9",
        "UPDATE revision SET signed_at = NULL",
        "UPDATE document SET answers = '{}'",
        "UPDATE history SET reason = 'x'",
        "DELETE FROM history",
        "UPDATE look SET act = 'x'",
        "DELETE FROM look",
    ],
)
def test_the_store_itself_refuses_what_the_guard_would(story, signed_id, statement):
    with pytest.raises(Exception, match=r"closed|append-only"):
        story.raw(statement)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_use_case_says_of_a_hidden_record_what_it_says_of_none(story, child_id, signed_id, who):
    nobody = new_id()

    def said(use_case, *rest):
        with pytest.raises(NotFound) as problem:
            story.call(who, lambda session: use_case(session, *rest))
        return problem.value.words

    note = NewNote(TODAY, "note", "x")
    for use_case, more in (
        (overview.open_child, ()), (children.details, ()), (notes.timeline, ()), (notes.add, (note,)),
    ):  # fmt: skip
        assert said(use_case, child_id, *more) == said(use_case, nobody, *more)
    assert said(plan_reading.open_plan, signed_id) == said(plan_reading.open_plan, nobody)
