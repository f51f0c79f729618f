"""P30: what nobody caught, in a thread or in the window, is told with the reference that the log has."""

from __future__ import annotations

import re
import sys
import threading

import pytest

from db.problems import Problem
from tests.fault_words import flaws
from ui import faults as hooks


@pytest.fixture
def caught(monkeypatch):
    """Install the hooks; return what they tell. The runner's own come back after the test."""
    for owner, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    made, told = hooks.Hooks(), []
    monkeypatch.setattr(hooks, "qInstallMessageHandler", lambda handler: told.append(handler))
    made.fault.connect(lambda problem: told.append(problem.words))
    made.install()
    told.clear()
    return told


def broken(*_):
    raise KeyError("Leyla Haddad")


def in_a_thread():
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()


def in_the_interpreter():
    try:
        broken()
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def as_something_is_freed():
    class Freed:
        __del__ = broken

    Freed()


@pytest.mark.parametrize("fault", [in_the_interpreter, in_a_thread, as_something_is_freed])
def test_p30_what_nobody_caught_is_told_with_the_reference_that_stands_in_the_log(
    fault, qtbot, caught, caplog
):
    fault()

    qtbot.waitUntil(lambda: bool(caught))
    reference = re.search(r"E-[2-9A-HJ-NP-Z]{4}", caught[0]).group()
    assert flaws(caught[0]) == []
    assert f"fault {reference} KeyError at test_uncaught_faults.py:" in caplog.text
    assert "Leyla" not in caplog.text + caught[0]


def test_p30_a_problem_that_nobody_caught_keeps_its_own_words_and_gets_no_reference(caught, caplog):
    problem = Problem("The disk is full. Nothing was saved. Make room.")
    sys.excepthook(Problem, problem, None)

    assert caught == [problem.words]
    assert caplog.text == ""
