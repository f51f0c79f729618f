"""P3: locked, the window shows nothing; it locks when nobody is there, on sleep and with the session."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

import ui
from caseapp import accounts, hardening, user_accounts
from caseapp.work import Problem, WrongKey
from db import keys
from tests.story import PASSWORD, Story, fast_keys, live
from ui import lock
from ui.away import AwayWatch, seconds_asleep, session_path
from ui.away_windows import means_away
from ui.child import TABS, ChildScreen
from ui.desk import Desk
from ui.lock import IdleWatch
from ui.recovery import RecoveryKeyCard
from ui.settings import USERS
from ui.window import MainWindow

MARKER = "Zephyrine Quillfeather"


@pytest.fixture
def signed_in(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    made = accounts.make_store(
        tmp_path / "s.caseapp", user_name="sam", name="Sam Okafor", password=PASSWORD, team="North"
    )
    yield made.signed_in
    made.signed_in.close()


@pytest.fixture
def child_id(signed_in):
    story = Story(signed_in.store, {}, {"sam": signed_in.actor})
    return live(story, "sam", "Zephyrine", "Quillfeather")


@pytest.fixture
def window(qtbot, signed_in):
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    made = MainWindow(desk, "s.caseapp", "sam")
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    yield made
    made._may_close = True
    with qtbot.waitSignal(made.gone, timeout=20_000):
        made.close()
    made.deleteLater()


def visible_words():
    """Return everything that any visible widget of the program says, its titles and tips too."""
    said = []
    windows = QApplication.topLevelWidgets()
    for each in (*windows, *(inner for window in windows for inner in window.findChildren(QWidget))):
        if each.isVisible():
            said += [each.windowTitle(), each.toolTip(), each.accessibleName(), *words_of(each)]
    return said


def words_of(widget):
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        return [widget.text()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    model = getattr(widget, "model", None)
    found = model() if callable(model) else None
    if found is None or not hasattr(found, "rowCount"):
        return []
    rows, columns = range(min(found.rowCount(), 50)), range(found.columnCount())
    return [str(found.index(row, column).data() or "") for row in rows for column in columns]


def tells(secret):
    return [said for said in visible_words() if secret in said]


def every_dialog():
    """Return each class of dialog that the program has."""
    for each in pkgutil.iter_modules(ui.__path__):
        importlib.import_module(f"ui.{each.name}")
    waiting, found = [QDialog], []
    while waiting:
        kinds = [each for each in waiting.pop().__subclasses__() if each.__module__.startswith("ui.")]
        found += kinds
        waiting += kinds
    return sorted(set(found), key=lambda kind: kind.__qualname__)


def opened_dialog(kind, parent):
    """Return a dialog of a kind, with the marker in it: what else stands there makes no difference."""
    dialog = kind.__new__(kind)
    QDialog.__init__(dialog, parent)
    dialog.setWindowTitle(MARKER)
    layout = QVBoxLayout(dialog)
    for box in (QLabel(MARKER), QLineEdit(MARKER), QPlainTextEdit(MARKER)):
        layout.addWidget(box)
    QDialog.open(dialog)
    return dialog


def locked(qtbot, window):
    window.lock()
    assert window.locking.is_locked


def unlock(qtbot, window, password=PASSWORD):
    qtbot.waitUntil(lambda: not window.locking._is_open, timeout=20_000)
    window.locking.card.password.set_text(password)
    window.locking.unlock(password)


def test_p3_no_screen_and_no_editor_shows_anything_once_locked(qtbot, window, child_id, record_property):
    shown = 0
    window.ways.open_child(child_id)
    qtbot.waitUntil(lambda: isinstance(window.trail.current, ChildScreen) and not window._desk.is_busy)
    for tab in TABS:
        window.trail.current.show_tab(tab)
        qtbot.waitUntil(lambda: not window._desk.is_busy, timeout=20_000)
        assert tells("Quillfeather")
        for edit in window.findChildren(QLineEdit) + window.findChildren(QPlainTextEdit):
            if edit.isVisible() and not edit.isReadOnly():
                edit.blockSignals(True)
                (edit.setText if isinstance(edit, QLineEdit) else edit.setPlainText)(MARKER)
        window.locking._cover()
        assert tells("Quillfeather") == []
        window._pages.setCurrentIndex(0)
        shown += 1

    assert shown == len(TABS)
    record_property("figure", f"{shown} tabs and every kind of dialog, 0 words shown")


def test_p3_no_dialog_stays_in_sight_and_each_comes_back(qtbot, window):
    dialogs = [opened_dialog(kind, window) for kind in every_dialog()]
    stray = QWidget()
    stray.setWindowTitle(MARKER)
    stray.show()
    qtbot.addWidget(stray)
    assert len(dialogs) >= 5
    assert len(tells(MARKER)) >= 4 * len(dialogs)

    locked(qtbot, window)

    assert tells(MARKER) == []
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=20_000)
    assert all(each.isVisible() for each in dialogs)
    for each in dialogs:
        each.hide()
        each.deleteLater()


def test_p3_the_system_says_so_the_window_locks_and_its_keys_are_overwritten(
    qtbot, window, signed_in, monkeypatch
):
    keyring = signed_in.keyring
    assert any(keyring.dek)
    window._away.begins(False)
    assert not window.locking.is_locked

    window._away.begins(True)

    assert window.locking.is_locked
    qtbot.waitUntil(lambda: not window.locking._is_open, timeout=20_000)
    assert not any(keyring.dek + keyring.seed + keyring.private)
    assert len(keyring.dek) == 32
    unlock(qtbot, window, "not the right one at all")
    qtbot.waitUntil(lambda: bool(window.locking.card.problem_text()), timeout=20_000)
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=20_000)
    assert tells("1 wrong password was tried since ")
    clipboard_is_cleared_if_ours(window, monkeypatch)
    window._away.locks()
    assert window.locking.is_locked


def clipboard_is_cleared_if_ours(window, monkeypatch):
    for is_ours, left in ((True, ""), (False, "theirs")):
        monkeypatch.setattr(lock, "clipboard_is_ours", lambda is_ours=is_ours: is_ours)
        QGuiApplication.clipboard().setText("theirs")

        window.locking._cover()

        assert QGuiApplication.clipboard().text() == left
        window._pages.setCurrentIndex(0)


# When it locks


@pytest.mark.parametrize(("minutes", "idle", "locks"), [(5, 299, 0), (5, 300, 1), (1, 61, 1), (15, 899, 0)])
def test_p3_it_locks_after_the_idle_minutes(qtbot, minutes, idle, locks):
    now, said = [0.0], []
    watch = IdleWatch(lambda: now[0], asleep=lambda: 0.0)
    watch.minutes = minutes
    watch.idle.connect(lambda: said.append(True))

    now[0] = float(idle)
    watch.look()

    assert len(said) == locks


def test_p3_a_computer_that_slept_is_locked_when_it_wakes(qtbot):
    now, slept, said = [0.0], [100.0], []
    watch = IdleWatch(lambda: now[0], asleep=lambda: slept[0])
    watch.idle.connect(lambda: said.append(True))
    watch.look()
    assert said == []

    slept[0] += 20
    now[0] += 20
    watch.look()
    watch.look()

    assert said == [True]


def test_p3_the_clock_goes_on_while_the_computer_sleeps(monkeypatch):
    before = lock.seconds_awake_or_asleep()
    monkeypatch.setattr(lock, "seconds_asleep", lambda: seconds_asleep() + 3600)

    assert lock.seconds_awake_or_asleep() - before >= 3600
    assert seconds_asleep() >= 0


def test_p3_what_windows_says_is_understood():
    assert [what for what in range(20) if means_away(0x2B1, what)] == [2, 4, 6, 7]
    assert [what for what in range(20) if means_away(0x218, what)] == [4]
    assert not means_away(0x100, 7)


@pytest.mark.parametrize(
    ("session_id", "place"), [("2", "_32"), ("c2", "c2"), ("15", "_315"), ("a-b", "a_2db")]
)
def test_p3_a_session_is_found_on_the_bus(session_id, place):
    assert session_path(session_id) == f"/org/freedesktop/login1/session/{place}"
    assert session_path("") == ""


SAYS_SLEEP = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from ui.away import AwayWatch
app, window = QApplication([]), QWidget()
watch = AwayWatch(window)
watch.away.connect(lambda: (print("away"), app.quit()))
def tell():
    said = QDBusMessage.createSignal("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged")
    said.setArguments([True])
    bus.send(said)
bus = QDBusConnection.sessionBus()
if bus.isConnected():
    bus.registerService("org.gnome.ScreenSaver")
    QTimer.singleShot(50, tell)
    QTimer.singleShot(5000, app.quit)
    app.exec()
else:
    print("no bus")
"""


def said_by(program, **surroundings):
    ran = subprocess.run(
        [*surroundings.pop("by", ()), sys.executable, "-c", program],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | surroundings,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return ran.stdout.split("\n")[0]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has the bus")
def test_p3_without_a_bus_nothing_breaks():
    nowhere = "unix:path=/nowhere/at/all"

    assert said_by(
        SAYS_SLEEP, DBUS_SESSION_BUS_ADDRESS=nowhere, DBUS_SYSTEM_BUS_ADDRESS=nowhere
    ) == "no bus"  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/usr/bin/dbus-run-session"), reason="no bus can be started here")
def test_p3_a_screen_saver_on_the_bus_is_heard():
    assert said_by(SAYS_SLEEP, by=("dbus-run-session", "--")) == "away"


def test_a_watch_can_be_made_for_any_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    watch, said = AwayWatch(window), []
    watch.away.connect(lambda: said.append(True))

    watch.begins(True)

    assert said == [True]


# All keys change while it is locked


def test_p5_who_is_disabled_in_the_settings_is_out_and_the_window_goes_on_under_new_keys(
    qtbot, window, signed_in
):
    known = bytes(signed_in.keyring.dek)
    with signed_in.store.session(signed_in.actor, purpose="users") as session:
        user_accounts.add_user(
            session,
            signed_in.keyring,
            user_name="ada",
            name="Ada Mensah",
            password=PASSWORD,
            roles=["reader"],
        )
        ada = next(each for each in user_accounts.users(session) if each.user_name == "ada")
    window.ways.open_entry("settings")
    window.trail.current.show_named("Users and rights")
    users = window.trail.current.users
    users.begin_disabling(ada)
    qtbot.waitUntil(lambda: users.change is not None, timeout=20_000)
    told = "All keys of the store change, so that nothing that Ada"
    qtbot.waitUntil(lambda: any(said.startswith(told) for said in visible_words()))

    users.change.go_on.click()

    assert window.locking.is_locked
    assert tells("All keys are being changed")
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=30_000)
    assert window._desk.signed_in.keyring.dek != known
    done = []
    window._desk.run(window, lambda session: session.actor.name, done.append)
    qtbot.waitUntil(lambda: done == ["Sam Okafor"], timeout=20_000)
    a_change_that_fails_is_told_and_the_password_still_opens(qtbot, window)
    window._desk.signed_in.lock.close()
    with pytest.raises(WrongKey):
        accounts.sign_in(signed_in.store.path, "ada", PASSWORD)


def test_p4_another_recovery_key_is_in_force_once_it_is_confirmed(qtbot, window, signed_in):
    window.ways.open_entry("settings")
    window.trail.current.show_named(USERS)
    card = window.trail.current.findChild(RecoveryKeyCard)
    card.begin()
    first = card.dialog.sheet
    card.dialog.reject()
    card.begin()
    sheet = card.dialog.sheet
    key, store = sheet._key, signed_in.store.path
    for group, edit in zip(sheet.asked, sheet.typed, strict=True):
        edit.setText(key.split("-")[group])

    sheet.confirm()

    qtbot.waitUntil(lambda: card.said().startswith("The new recovery key is in force"), timeout=20_000)
    assert keys.unlock_with_recovery(accounts.keys_path(store), key).dek == signed_in.keyring.dek
    assert first._key != key


def a_change_that_fails_is_told_and_the_password_still_opens(qtbot, window):
    def fails(_signed_in):
        raise Problem("The disk is full. The keys were not changed.")

    window._locking.lock_for(fails, "All keys are being changed.")

    qtbot.waitUntil(lambda: "disk is full" in window.locking.card.problem_text(), timeout=20_000)
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=20_000)


# What the system is asked for

HARDENED = """
import os, resource, sys
from caseapp import hardening
hardening.harden()
print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE), hardening.dumpable())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="read back on Linux")
def test_p3_files_are_private_and_the_memory_is_not_dumped(record_property):
    bare = {name: value for name, value in os.environ.items() if name != "CASEAPP_TEST"}
    ran = subprocess.run(
        [sys.executable, "-c", HARDENED], env=bare, capture_output=True, text=True, check=True
    )

    assert ran.stdout.split("\n")[0] == "0o77 (0, 0) 0"
    record_property("figure", "umask 077, core 0, dumpable 0")


def test_the_command_and_the_window_begin_with_it(monkeypatch):
    from caseapp import __main__
    from ui import app

    seen = []
    monkeypatch.setattr(sys, "argv", ["caseapp", "clocks"])
    monkeypatch.setattr(__main__, "harden", lambda: seen.append("command"))
    monkeypatch.setattr("caseapp.cli.run", lambda typed, window: seen.append(typed[0]))
    __main__.main()
    monkeypatch.setattr(app, "harden", lambda: seen.append("window"))
    monkeypatch.setattr(app, "_has_screen", lambda: False)
    app.main(None)

    assert seen == ["command", "clocks", "window"]
    assert hardening.dumpable() in (0, 1, 2, None)
