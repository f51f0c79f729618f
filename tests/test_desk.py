"""Work off the window's thread: answers come back in turn, to screens that are still there."""

import logging
import threading
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from PySide6.QtCore import QObject
from shiboken6 import isValid

from caseapp.journal import Typed
from caseapp.work import Actor, Problem
from db.connections import open_raw
from db.looks import record_look
from db.store import create_store, memory_store
from ui import desk as desks
from ui import faults
from ui.background import Cancelled
from ui.desk import Desk

WORKER = Actor(uuid4(), "Sam Okafor", None, frozenset({"practitioner"}))


@pytest.fixture
def store():
    opened = memory_store(today=lambda: date(2026, 11, 23))
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot, store):
    made = Desk(store, WORKER)
    yield made
    made.finish()


@pytest.fixture
def screen(qtbot):
    return QObject()


def test_two_thousand_errands_come_back_to_the_gui_thread(qtbot, desk, screen):
    done = []
    here = threading.get_ident()

    for number in range(2000):
        desk.run(
            screen,
            lambda session, number=number: (number, session.today),
            lambda result: done.append((result, threading.get_ident() == here)),
        )

    qtbot.waitUntil(lambda: len(done) == 2000, timeout=60_000)
    assert sorted(result[0] for result, _ in done) == list(range(2000))
    assert all(on_gui for _, on_gui in done)
    assert not desk.is_busy


def test_saves_keep_their_order(qtbot, desk, screen):
    written, done, last_is_asked = [], [], threading.Event()

    def save(session, number):
        last_is_asked.wait(5 if number == 0 else 0)
        written.append(number)

    for number in range(200):
        desk.run_in_order(screen, lambda session, number=number: save(session, number), done.append)
    assert written == []
    last_is_asked.set()

    qtbot.waitUntil(lambda: len(done) == 200)
    assert written == list(range(200))


def test_an_answer_for_a_closed_screen_is_dropped(qtbot, desk, screen):
    go, closed, done = threading.Event(), QObject(), []

    desk.run(closed, lambda session: go.wait(5), done.append)
    closed.deleteLater()
    qtbot.waitUntil(lambda: not isValid(closed))
    go.set()

    qtbot.waitUntil(lambda: not desk.is_busy)
    assert done == []


def test_a_problem_goes_to_the_screen_that_wants_it(qtbot, desk, screen):
    told = []

    def refused(session):
        raise Problem("The child has no name. Nothing was saved.")

    desk.run(screen, refused, pytest.fail, told.append)

    qtbot.waitUntil(lambda: bool(told))
    assert told[0].words == "The child has no name. Nothing was saved."


def test_a_problem_nobody_wants_goes_to_the_window(qtbot, desk, screen):
    def refused(session):
        raise Problem("No.")

    with qtbot.waitSignal(desk.problem) as told:
        desk.run(screen, refused, pytest.fail)

    assert told.args[0].words == "No."


def test_a_fault_of_ours_is_shown_with_a_reference_and_logged_without_its_words(qtbot, desk, screen, caplog):
    def broken(session):
        raise KeyError("Amelia Kowalska")

    with caplog.at_level(logging.ERROR, "caseapp"), qtbot.waitSignal(desk.problem) as told:
        desk.run(screen, broken, pytest.fail)

    words = told.args[0].words
    reference = words.removesuffix(".").rpartition(" ")[2]
    assert reference.startswith("E-")
    assert f"{reference} KeyError at test_desk.py:" in caplog.text
    assert "Amelia" not in caplog.text


def test_busy_is_said_once_at_the_beginning_and_once_at_the_end(qtbot, desk, screen):
    said, done = [], []
    desk.busy.connect(said.append)

    for _ in range(5):
        desk.run(screen, lambda session: None, done.append)

    qtbot.waitUntil(lambda: len(done) == 5)
    assert said == [True, False]


def test_a_long_job_tells_how_far_it_is(qtbot, desk, screen):
    told, done = [], []

    def long(session, progress):
        for step in range(1, 6):
            progress(step, 5)
        return "ready"

    desk.run_long(screen, long, done.append, progress=lambda *so_far: told.append(so_far))

    qtbot.waitUntil(lambda: done == ["ready"])
    assert told[-1] == (5, 5)


def test_a_cancelled_job_saves_nothing(qtbot, desk, screen):
    begun, go, failed = threading.Event(), threading.Event(), []

    def long(session, progress):
        begun.set()
        go.wait(5)
        progress(1, 2)

    ticket = desk.run_long(screen, long, pytest.fail, failed.append)
    begun.wait(5)
    ticket.cancel()
    go.set()

    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)
    assert failed[0].words == "You stopped it. Nothing was changed."


def test_finishing_waits_for_saves(qtbot, desk, screen):
    written = []
    go = threading.Event()
    desk.run_in_order(screen, lambda session: go.wait(5), written.append)
    desk.run_in_order(screen, lambda session: written.append("saved"), lambda _: None)

    go.set()
    desk.finish()

    assert written == ["saved"]


def test_a_locked_desk_keeps_answers_and_orders_until_it_has_keys_again(qtbot, desk, screen, store):
    go, done = threading.Event(), []
    desk.run(screen, lambda session: go.wait(5), lambda _: done.append("asked before"))
    desk.pause()
    desk.run(screen, lambda session: session.actor.name, done.append)
    go.set()
    qtbot.waitUntil(lambda: not desk.is_busy)
    assert done == []
    desk.forget_keys()

    desk.resume(SimpleNamespace(store=store, actor=WORKER))

    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == ["asked before", "Sam Okafor"]


def test_p10_typing_does_not_wait_for_a_slow_save(qtbot, desk, screen):
    go, saved, told = threading.Event(), [], []
    desk.run_in_order(screen, lambda session: go.wait(5), saved.append)

    desk.keep_typing(screen, Typed(uuid4(), 1, {}), pytest.fail, told.append)

    qtbot.waitUntil(lambda: bool(told))  # there is no such draft, which the journal alone can know
    assert saved == []
    go.set()


def test_what_lies_beside_the_store_goes_into_it_by_itself(qtbot, tmp_path, screen, monkeypatch):
    monkeypatch.setattr(desks, "TAKE_BACK_MS", 20)
    store = create_store(tmp_path / "a.caseapp", bytes(32))
    desk, seen = Desk(store, WORKER), []
    other = open_raw(str(store.path), bytes(32))
    other.execute("BEGIN IMMEDIATE")
    desk.run(screen, lambda session: record_look(session, "list"), lambda _: seen.append(store.spool.size))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] > 0

    other.execute("ROLLBACK")

    qtbot.waitUntil(lambda: not store.spool.size and not desk.is_busy)
    assert other.execute("SELECT act FROM look").fetchall() == [("list",)]
    other.close()
    desk.finish()
    store.close()


def test_the_desk_knows_what_its_user_may_do(desk):
    assert desk.may("write").allowed
    assert not desk.may("backup").allowed
    assert desk.today == date(2026, 11, 23)


def test_the_log_is_for_this_user_only(tmp_path, monkeypatch):
    logger = logging.getLogger("caseapp")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", True)

    faults.keep_log(tmp_path / "log")
    faults.report(ValueError("Amelia"))

    path = tmp_path / "log" / "caseapp.log"
    for handler in logger.handlers:
        handler.close()
    assert path.stat().st_mode & 0o077 == 0
    assert "ValueError" in path.read_text()
    assert "Amelia" not in path.read_text()


def test_a_desk_that_has_finished_begins_nothing_more(desk, qtbot):
    answers = []
    desk.finish()

    desk.run(desk, lambda session: 1, answers.append)

    assert not desk.is_busy
    assert answers == []
