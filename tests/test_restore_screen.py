"""Backups seen from the window: made at lock and at the end, told at its foot; the way back from damage."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from caseapp import accounts, backups, children, places
from caseapp.children import NewChild
from db.moments import pretend
from db.problems import NotSaved
from tests.home_folders import PASSWORD, home, store_path
from tests.test_window import Placeholder, nameless
from ui import backup_watch, screens
from ui.backup_settings import BackupCard
from ui.desk import Desk
from ui.sign_in import SignInScreen
from ui.window import MainWindow

__all__ = ["home", "store_path"]


SATURDAY = datetime(2026, 11, 21, 9, 1, tzinfo=UTC)


def sign_in(path):
    return accounts.sign_in(path, "sam", PASSWORD, window=True)


def always():
    return True


def add_child(signed_in, given="Amelia"):
    with signed_in.store.session(signed_in.actor) as session:
        children.register(session, NewChild(given, "Kowalska", born_on=date(2011, 9, 4)))


def backed_up(path, at=SATURDAY, given=""):
    signed_in = sign_in(path)
    if given:
        add_child(signed_in, given)
    with pretend(at):
        backups.keep_up(signed_in, always)
    signed_in.close()


def button(widget, name):
    return next(each for each in widget.findChildren(QPushButton) if each.accessibleName() == name)


def shown(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


# The way back


@pytest.fixture
def screen(qtbot, store_path):
    made = SignInScreen(store_path, "sam")
    made.show()
    yield made
    made.close()
    made.deleteLater()


def damage(path):
    path.write_bytes(b"\0" * 8192 + path.read_bytes()[8192:])


def test_p11_from_a_damaged_store_the_last_good_backup_is_two_clicks_away(
    qtbot, screen, store_path, record_property
):
    backed_up(store_path, given="Amelia")
    damage(store_path)
    screen.card.password.set_text(PASSWORD)
    screen.card.sign_in()
    qtbot.waitUntil(lambda: screen.card.mend.isVisible(), timeout=20_000)
    assert screen.card.problem_text().endswith("Restore the last good backup.")

    screen.card.mend.click()
    qtbot.waitUntil(lambda: screen.restore.isVisible(), timeout=20_000)
    with qtbot.waitSignal(screen.signed_in, timeout=30_000) as done:
        screen.restore.go_button.click()

    signed_in = done.args[0]
    with signed_in.store.session(signed_in.actor) as session:
        assert [row.name for row in children.find(session, "amelia")] == ["Amelia Kowalska"]
    signed_in.close()
    (kept,) = store_path.parent.glob("before-restore-*")
    assert (kept / store_path.name).read_bytes().startswith(bytes(8192))
    record_property("figure", "2 clicks")


def test_p11_a_damaged_newest_backup_is_passed_over_for_the_last_good_one(qtbot, screen, store_path):
    backed_up(store_path)
    backed_up(store_path, SATURDAY + timedelta(hours=2), given="Ben")
    newest, older = backups.found_in(backups.folder_of(store_path))
    newest.path.write_bytes(newest.path.read_bytes()[:-100])

    screen.card._find_backup()

    qtbot.waitUntil(lambda: screen.restore.isVisible(), timeout=20_000)
    assert screen.restore.backup.path() == older.path
    assert screen.restore.target.path() == store_path


def test_p11_a_key_file_that_is_gone_comes_back_too(qtbot, screen, store_path):
    backed_up(store_path)
    for ending in (".keys", ".keys.bak"):
        store_path.with_name(store_path.name + ending).unlink()
    screen.card.password.set_text(PASSWORD)
    screen.card.sign_in()
    qtbot.waitUntil(lambda: screen.card.mend.isVisible(), timeout=20_000)

    screen.card.mend.click()
    qtbot.waitUntil(lambda: screen.restore.isVisible(), timeout=20_000)
    with qtbot.waitSignal(screen.signed_in, timeout=30_000) as done:
        screen.restore.go_button.click()

    done.args[0].close()


def test_a_wrong_password_offers_no_restore(qtbot, screen):
    screen.card.password.set_text("quite another word")

    screen.card.sign_in()

    qtbot.waitUntil(lambda: bool(screen.card.problem_text()), timeout=20_000)
    assert not screen.card.mend.isVisible()


def test_without_any_backup_the_wizard_says_so(qtbot, screen, store_path):
    screen.card._find_backup()

    qtbot.waitUntil(lambda: screen.restore.isVisible(), timeout=20_000)
    assert screen.restore.problem_text() == (
        "No backup is there beside family-support.caseapp. Choose a backup file."
    )


def test_backups_are_offered_newest_first_with_time_store_and_size(screen, store_path):
    places.remember_store(store_path)
    backed_up(store_path)
    backed_up(store_path, SATURDAY + timedelta(hours=2), given="Ben")

    screen.show_restore()

    texts = screen.restore.backup.texts()
    assert [each.split(" · ")[::2] for each in texts] == [
        ["21/11/2026 11:01", "family-support"],
        ["21/11/2026 09:01", "family-support"],
    ]
    assert all(each.split(" · ")[1].endswith(" MB") for each in texts)


def test_the_wizard_says_beforehand_what_becomes_of_a_store_that_stands_there(screen, store_path):
    screen.show_restore()
    assert screen.restore.standing() == "Nothing stands there. Nothing is overwritten."

    screen.restore.target.set_path(store_path)

    assert "before-restore" in screen.restore.standing()
    assert nameless(screen) == []


def test_a_restore_is_done_with_the_keyboard_alone(qtbot, screen, store_path, home):
    places.remember_store(store_path)
    backed_up(store_path, given="Amelia")
    screen.activateWindow()
    screen.show_restore()
    card = screen.restore
    card.user_name.setFocus()
    QTest.keyClicks(card.user_name, "sam")
    QTest.keyClick(card.user_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.password.edit.hasFocus())
    QTest.keyClicks(card.password.edit, PASSWORD)

    with qtbot.waitSignal(screen.signed_in, timeout=30_000) as done:
        QTest.keyClick(card.password.edit, Qt.Key.Key_Return)

    assert done.args[0].store.path == home / "data" / "restored.caseapp"
    done.args[0].close()


def test_a_restore_that_was_cut_short_is_finished_at_the_next_sign_in(qtbot, screen, store_path, monkeypatch):
    from caseapp import upkeep
    from db import swap

    backed_up(store_path, given="Amelia")
    backup = backups.newest_whole([store_path])[1].path
    with monkeypatch.context() as patch:
        patch.setattr(swap, "finish", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr(upkeep.swap, "finish", lambda path: False)
        patch.setattr("db.backup.place", lambda new, path, former: swap._write(
            swap.note_path(path), {"new": new.name, "former": former.name}))  # fmt: skip
        upkeep.restore(backup, store_path, "sam", PASSWORD, replacing=True)
    assert swap.note_path(store_path).exists()
    screen.card.password.set_text(PASSWORD)

    with qtbot.waitSignal(screen.signed_in, timeout=30_000) as done:
        screen.card.sign_in()

    done.args[0].close()
    assert not swap.note_path(store_path).exists()
    assert len(list(store_path.parent.glob("before-restore-*"))) == 1


# Behind the work


@pytest.fixture
def window(qtbot, store_path, monkeypatch):
    monkeypatch.setattr(screens, "today_screen", lambda *_: Placeholder("today"))
    signed_in = sign_in(store_path)
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    made = MainWindow(desk, store_path.name)
    made.keep_backed_up()
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.locking.user_name == "sam" and not desk.is_busy)
    yield made
    if made.isVisible():
        with qtbot.waitSignal(made.gone, timeout=20_000):
            made.close()
    made.deleteLater()


def kept(path):
    return backups.found_in(backups.folder_of(path))


def test_p18_a_backup_is_made_before_the_window_closes(qtbot, window, store_path):
    with qtbot.waitSignal(window.gone, timeout=20_000):
        window.close()

    assert len(kept(store_path)) == 1
    sign_in(store_path).close()


def test_the_window_closes_at_once_for_somebody_who_does_not_want_to_wait(
    qtbot, window, store_path, monkeypatch
):
    asked = []

    def slow(signed_in, is_wanted):
        asked.append(True)
        while is_wanted():
            threading.Event().wait(0.001)
        raise NotSaved("stopped")

    monkeypatch.setattr(backup_watch.backups, "keep_up", slow)
    window.close()
    qtbot.waitUntil(lambda: bool(asked))
    assert "Backing up…" in shown(window)
    assert button(window, "Close without").hasFocus()

    with qtbot.waitSignal(window.gone, timeout=20_000):
        QTest.keyClick(button(window, "Close without"), Qt.Key.Key_Space)

    assert kept(store_path) == []


def test_a_backup_that_fails_never_keeps_the_window_open(qtbot, window, monkeypatch):
    def fails(signed_in, is_wanted):
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(backup_watch.backups, "keep_up", fails)

    with qtbot.waitSignal(window.gone, timeout=20_000):
        window.close()


def test_p18_a_backup_is_made_at_lock_and_only_then_the_keys_go(qtbot, window, store_path):
    desk = window._desk
    window.lock()
    qtbot.waitUntil(lambda: bool(kept(store_path)), timeout=20_000)

    qtbot.waitUntil(lambda: desk._signed_in is None, timeout=20_000)
    qtbot.waitUntil(lambda: not window.locking._is_open)
    held = [errand.work for errand, _, _ in desk._held]
    assert [each._signed_in for each in held if isinstance(each, backup_watch._Job)] == [None]
    window.locking.unlock(PASSWORD)

    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=20_000)
    qtbot.waitUntil(lambda: any("Backed up" in text for text in shown(window)), timeout=20_000)
    assert not window.backups.is_busy


def test_p19_every_half_hour_a_change_is_backed_up_and_once_a_week_proved(qtbot, window, store_path):
    window.backups._every.timeout.emit()

    qtbot.waitUntil(lambda: any("proven today" in text for text in shown(window)), timeout=20_000)
    assert any(text.startswith("Backed up today") for text in shown(window))
    assert window.backups._every.interval() == 30 * 60 * 1000


def test_a_week_without_a_backup_stands_in_the_banner(qtbot, window, monkeypatch):
    signed_in = window._desk.signed_in
    add_child(signed_in)
    later = datetime.now(UTC) + timedelta(days=9)
    monkeypatch.setattr(backup_watch, "utc_now", lambda: later)

    window.backups.show_state()

    qtbot.waitUntil(
        lambda: any(text.startswith("Nothing was backed up for 9 days") for text in shown(window))
    )
    assert any(text.endswith(", overdue") for text in shown(window))


# Settings


@pytest.fixture
def card(qtbot, store_path):
    backed_up(store_path, given="Amelia")
    signed_in = sign_in(store_path)
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    page = QWidget()
    made = BackupCard(desk, page)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not desk.is_busy)
    yield made
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    desk.finish()
    signed_in.close()


def test_the_card_says_how_many_where_and_since_when_proven(qtbot, card, store_path):
    card.prove()

    qtbot.waitUntil(lambda: card.said() != "", timeout=20_000)
    assert card.said() == "A backup was restored on trial and compared. It is good."
    assert any(f"1 backup in {backups.folder_of(store_path)}" in text for text in shown(card))
    assert nameless(card.window()) == []


def test_a_second_place_is_chosen_filled_at_once_and_left_again(qtbot, card, home):
    stick = home / "OneDrive" / "stick"
    stick.mkdir(parents=True)

    with qtbot.waitSignal(card.changed, timeout=20_000):  # the status bar and the store's card say it anew
        card.choose_second_place(str(stick))

    assert card.said().startswith("This folder looks like OneDrive")
    assert len(list(stick.rglob("*.caseapp-backup"))) == 1
    button(card, "No second place").click()
    qtbot.waitUntil(lambda: any(text.startswith("There is no second place") for text in shown(card)))
