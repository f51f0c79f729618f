"""The start: which words open the window, and what is said where no window can open."""

import builtins
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp import __main__ as start


def program(*typed: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own, without a screen, its settings in a folder of its own."""
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return subprocess.run(
        [sys.executable, "-m", "caseapp", *typed],
        env=kept | surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("typed", [[], ["county.caseapp"]])
def test_without_a_screen_it_says_so_and_stops(typed, tmp_path):
    done = program(*typed, HOME=str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot open a window" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the plugin that is missing is Linux's")
def test_a_screen_that_does_not_answer_is_said_and_does_not_abort(tmp_path):
    done = program(HOME=str(tmp_path), DISPLAY=":987")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ([], True),
        (["county.caseapp"], True),
        (["folder/county"], True),
        (["here"], True),
        (["find"], False),
        (["--version"], False),
        (["exprot"], False),
        (["export", "json"], False),
        (["--json", "find", "Kit"], False),
    ],
)
def test_a_store_opens_the_window_and_a_command_does_not(typed, opens, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("here", "find"):
        (tmp_path / name).touch()
    opened: list[Path | None] = []
    monkeypatch.setattr(start, "open_window", lambda store: opened.append(store) or 0)
    monkeypatch.setattr("caseapp.cli.run", lambda *_: 0)
    monkeypatch.setattr(sys, "argv", ["caseapp", *typed])
    before = os.umask(0o022)
    try:
        code = start.main()
    finally:
        os.umask(before)

    assert code == 0
    assert opened == ([Path(typed[0]) if typed else None] if opens else [])


@pytest.mark.skipif(os.name != "posix", reason="rights of files are the system's there")
def test_what_the_program_makes_is_its_users_alone(monkeypatch):
    monkeypatch.setattr("caseapp.cli.run", lambda *_: 0)
    monkeypatch.setattr(sys, "argv", ["caseapp", "clocks"])
    before = os.umask(0o022)
    try:
        start.main()
        now = os.umask(0o022)
    finally:
        os.umask(before)

    assert now == 0o077


def no_window(monkeypatch: pytest.MonkeyPatch, error: ImportError) -> None:
    """Let the import of the window fail."""
    really = builtins.__import__

    def refused(name: str, *rest: object, **more: object) -> object:
        if name == "ui.app":
            raise error
        return really(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refused)


def test_a_library_that_is_missing_is_named_with_the_way_to_get_it(monkeypatch, capsys):
    said = "libEGL.so.1: cannot open shared object file: No such file or directory"
    no_window(monkeypatch, ImportError(said, name="PySide6.QtGui"))

    assert start.open_window(None) == 2
    told = capsys.readouterr().err
    assert "(libEGL.so.1)" in told
    assert "libegl1" in told


def test_a_fault_of_ours_is_not_called_a_missing_library(monkeypatch):
    no_window(monkeypatch, ImportError("cannot import name 'x' from 'ui.app'", name="ui.app"))

    with pytest.raises(ImportError, match="cannot import name"):
        start.open_window(None)


def test_results_pass_whole_through_a_pipe_that_knows_only_ascii():
    done = program("clocks", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    told = program("find", PYTHONIOENCODING="ascii", CASEAPP_STORE="x")
    named = program("add", "Łucja", "--born", "soon", PYTHONIOENCODING="ascii")

    assert (done.returncode, told.returncode) == (0, 2)
    assert "“soon”" in named.stderr


NEEDED_BY_THE_FIRST_SCREEN = {
    *("caseapp", "caseapp.__main__", "caseapp.faults", "caseapp.hardening", "caseapp.places"),
    *("ui", "ui.app", "ui.basics", "ui.entry", "ui.faults", "ui.password_field", "ui.sign_in", "ui.theme"),
    *("_ctypes", "ctypes", "ctypes._endian", "gc", "resource"),
}
FIRST_SCREEN = """
import builtins, os, sys, PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets
before = set(sys.modules)
from caseapp import __main__ as start
from ui import app

def stands(_):
    made = vars(PySide6.QtCore) | vars(PySide6.QtGui) | vars(PySide6.QtWidgets)
    dear = {"Qt", "QIcon", "QKeySequence", "QPainter", "QStyle"} & set(made)
    if builtins.__import__ is not builtins.__orig_import__:
        dear.add("the hook on import")
    print(*dear, *(set(sys.modules) - before), sep="\\n", flush=True)
    os._exit(0)

app.complete = stands
start.open_window(None)
"""


def test_the_first_screen_loads_nothing_that_it_does_not_need(tmp_path):
    around = os.environ | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SCREEN],
        env=around,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    loaded = set(done.stdout.splitlines())
    assert loaded - NEEDED_BY_THE_FIRST_SCREEN == set()
    assert "ui.sign_in" in loaded


WHOLE = """
import logging, os, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from caseapp import __main__ as start
from ui import app, collecting

def look():
    handlers = [type(each).__name__ for each in logging.getLogger("caseapp").handlers]
    QApplication.instance().setStyleSheet("")
    looks = QApplication.style().name(), "Noto Sans Georgian" in QFontDatabase.families()
    collects = QApplication.instance().findChild(collecting.Collecting) is not None
    print(collects, *handlers, *looks, flush=True)
    os._exit(0)

app.warm_up = lambda: None
finish = app.complete
app.complete = lambda qt: (finish(qt), QTimer.singleShot(0, look))
start.open_window(None)
"""


def test_what_the_first_screen_did_without_is_there_once_it_stands(tmp_path):
    around = os.environ | {
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_STYLE_OVERRIDE": "Windows",
    }
    done = subprocess.run(
        [sys.executable, "-c", WHOLE], env=around, capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.split() == ["True", "PrivateFile", "fusion", "True"]
