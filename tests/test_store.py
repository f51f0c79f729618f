"""The store: one unit of work at a time, whole or not at all, and errors in words."""

from __future__ import annotations

import sys
import threading

import pytest
from sqlalchemy import select

from db.connections import open_raw
from db.models import Child, Note
from db.moments import new_id, pretend, utc_now
from db.problems import NotSaved, Problem, Stale
from db.roles import Actor
from db.store import create_store, open_store
from tests.story import TODAY, new_story

KEY = bytes(range(32))
ME = Actor(new_id(), "Me", None, frozenset({"practitioner"}))


@pytest.fixture
def store(tmp_path):
    made = create_store(tmp_path / "a", KEY)
    yield made
    made.close()


def add_child(session, ref=1):
    child = Child(ref=ref, sort_name="x", opened_on=TODAY, worker_id=None, given="A")
    session.add(child)
    session.flush()
    return child.id


def whole_store(store):
    return store.session(ME, purpose="import")


def raw(store, statement):
    with store.engine.connect() as connection:
        return list(connection.connection.driver_connection.execute(statement))


def test_what_was_done_in_a_session_is_there_after_it(store):
    with whole_store(store) as session:
        child_id = add_child(session)

    with whole_store(store) as session:
        assert session.get_one(Child, child_id).given == "A"


@pytest.mark.parametrize("error", [Problem("No."), ZeroDivisionError(), KeyboardInterrupt()])
def test_an_error_undoes_everything_and_comes_through(store, error):
    def fail():
        with whole_store(store) as session:
            add_child(session)
            raise error

    with pytest.raises(type(error)):
        fail()

    assert raw(store, "SELECT count(*) FROM child UNION ALL SELECT count(*) FROM history") == [(0,), (0,)]


def test_a_store_is_closed_and_opened_again_with_the_same_device(store, tmp_path):
    with whole_store(store) as session:
        add_child(session)
        device = session.info["device_id"]
    store.close()

    again = open_store(tmp_path / "a", KEY)
    with whole_store(again) as session:
        assert session.info["device_id"] == device
        assert session.scalar(select(Child)).given == "A"
    again.close()


def test_a_store_is_not_made_over_a_file(tmp_path):
    (tmp_path / "a").write_text("x")

    with pytest.raises(Problem, match="already"):
        create_store(tmp_path / "a", KEY)

    assert (tmp_path / "a").read_text() == "x"


def test_a_row_that_somebody_saved_in_between_is_stale(store):
    with whole_store(store) as session:
        child_id = add_child(session)

    def overtaken():
        with whole_store(store) as session:
            child = session.get_one(Child, child_id)
            session.connection().exec_driver_sql("UPDATE child SET version = 8")
            child.given = "B"

    with pytest.raises(Stale):
        overtaken()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE history SET n = 9", "History cannot be changed"),
        ("INSERT INTO child (ref) VALUES (1)", "could not be written"),
        ("SELECT * FROM nowhere", "part of the store is missing"),
        ("SELECT RAISE(ABORT, 'x')", "could not be written"),
    ],
)
def test_an_error_of_the_database_is_said_in_words(store, statement, said):
    with whole_store(store) as session:
        add_child(session)

    with pytest.raises(Problem, match=said), whole_store(store) as session:
        session.connection().exec_driver_sql(statement)

    with whole_store(store) as session:  # and the store goes on
        assert session.scalar(select(Child)).given == "A"


def test_a_full_disk_saves_nothing_and_says_so(store):
    with whole_store(store) as session:
        child_id = add_child(session)
    pages = raw(store, "PRAGMA page_count")[0][0]
    store.engine.dispose()

    def fill():
        with whole_store(store) as session:
            session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for _ in range(300):
                session.add(Note(child_id=child_id, happened_on=TODAY, kind="note", words="x" * 4000))

    with pytest.raises(NotSaved, match="full"):
        fill()

    assert raw(store, "SELECT count(*) FROM note") == [(0,)]
    with whole_store(store) as session:
        session.add(Note(child_id=child_id, happened_on=TODAY, kind="note", words="x"))
    assert raw(store, "SELECT count(*) FROM note") == [(1,)]


def test_a_link_that_leads_nowhere_is_refused_at_the_end(store):
    with pytest.raises(NotSaved), whole_store(store) as session:
        session.add(Note(child_id=new_id(), happened_on=TODAY, kind="note", words="x"))

    assert raw(store, "SELECT count(*) FROM note") == [(0,)]


def test_p13_eight_threads_lose_no_write(store):
    with whole_store(store) as session:
        child_id = add_child(session)
    failed = []

    def work():
        try:
            for _ in range(10):
                with whole_store(store) as session:
                    child = session.get_one(Child, child_id)
                    child.known_as = str(int(child.known_as or 0) + 1)
        except Problem as problem:
            failed.append(problem)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert failed == []
    assert raw(store, "SELECT known_as, version FROM child") == [("80", 81)]


def test_an_error_said_again_and_again_does_not_grow(store):
    """An exception that is kept and raised again drags all its former places along."""

    def depth():
        try:
            with whole_store(store) as session:
                session.connection().exec_driver_sql("SELECT * FROM nowhere")
        except Problem as problem:
            found, place = 0, problem.__traceback__
            while place:
                found, place = found + 1, place.tb_next
            return found
        return 0

    first = depth()
    for _ in range(20):
        last = depth()

    assert last == first > 0


def test_the_files_of_a_store_hold_no_plain_text(store, tmp_path):
    with whole_store(store) as session:
        child_id = add_child(session)
        session.add(Note(child_id=child_id, happened_on=TODAY, kind="note", words="Quillverdant" * 9))

    for each in tmp_path.iterdir():
        assert b"Quillverdant" not in each.read_bytes(), each.name


def test_a_store_in_memory_and_one_on_disk_hold_the_same_tables(store):
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%' ORDER BY name"

    assert raw(store, asked) == new_story().raw(asked)


def test_a_moment_can_be_pretended_and_ids_run_with_it():
    with pretend(utc_now().replace(year=2020)):
        early = new_id()

    assert utc_now().year > 2020
    assert early < new_id()
    assert early.version == 7


def test_ids_never_repeat():
    assert len({new_id() for _ in range(20_000)}) == 20_000


def test_the_key_is_not_in_an_error(tmp_path):
    create_store(tmp_path / "b", KEY).close()
    with pytest.raises(Problem) as problem:
        open_raw(str(tmp_path / "b"), bytes(32))

    said = repr(problem.value) + str(problem.value.__cause__) + str(problem.value.__context__)
    assert KEY.hex() not in said
    assert "00000000" not in said
    assert sys.exc_info() == (None, None, None)


def test_a_statement_is_not_planned_anew_each_time_though_hundreds_ran_before_it(store):
    planned = []
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.set_authorizer(lambda *asked: planned.append(asked) or 0)
        for number in range(300):
            raw.execute(f"SELECT {number}").fetchall()
        two = ("SELECT name FROM team WHERE id = ?", "SELECT name FROM worker WHERE id = ?")

        asked = []
        for _ in range(3):
            planned.clear()
            for statement in two:
                raw.execute(statement, (b"",)).fetchall()
            asked.append(len(planned))

    assert asked[0] > 0
    assert asked[1:] == [0, 0]
