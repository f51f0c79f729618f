"""Before the window: signing in, making a store, the recovery sheet, and a password that was forgotten."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from caseapp import accounts, places, upkeep
from caseapp.passwords import Throttled
from caseapp.work import Problem
from tests.home_folders import PASSWORD, home, store_path
from tests.pdf_reading import words_by_page
from tests.test_window import nameless
from ui import app, clipboard, theme
from ui.help import HelpPane
from ui.new_store import NewPassword, NewStoreCards
from ui.recovery import LOST, NEEDED, RecoverySheet
from ui.sign_in import SignInScreen

__all__ = ["home", "store_path"]

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def recovery(home):
    path = home / "other.caseapp"
    made = accounts.make_store(path, user_name="sam", name="Sam Okafor", password=PASSWORD)
    made.signed_in.close()
    return path, made.recovery_key


@pytest.fixture
def screen(qtbot):
    made = SignInScreen()
    made.show()
    yield made
    made.close()
    made.deleteLater()


def typed(screen, path, user_name, password):
    screen.card.store.choose(path)
    screen.card.user_name.setText(user_name)
    screen.card.password.set_text(password)


def press(field, text, key=0, modifier=Qt.KeyboardModifier.NoModifier):
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, modifier, text))


def button(widget, name):
    return next(each for each in widget.findChildren(QPushButton) if each.accessibleName() == name)


def test_the_sign_in_screen_needs_no_sqlalchemy():
    code = "import sys, ui.app, ui.sign_in; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False"]


def test_without_a_screen_the_program_says_so_in_words(home):
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env.pop("QT_QPA_PLATFORM", None)
    code = "import sys; from ui.app import main; sys.exit(main(None))"

    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)

    assert said.returncode == 2
    assert said.stderr.startswith("caseapp cannot open a window: there is no screen here")


def test_a_screen_that_does_not_answer_is_said_in_words_too(home):
    env = os.environ | {"DISPLAY": ":4242", "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
    code = "import sys; from ui.app import main; sys.exit(main(None))"

    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)

    assert said.returncode == 2
    assert "caseapp cannot open a window" in said.stderr


def test_the_right_password_opens_the_store(qtbot, screen, store_path):
    typed(screen, store_path, "sam", PASSWORD)

    with qtbot.waitSignal(screen.signed_in, timeout=20_000) as done:
        screen.card.sign_in()

    signed_in, by_recovery_key = done.args
    assert signed_in.actor.name == "Sam Okafor"
    assert not by_recovery_key
    signed_in.close()


@pytest.mark.parametrize(("user_name", "password"), [("sam", "wrong-word-entirely"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(qtbot, screen, store_path, user_name, password):
    typed(screen, store_path, user_name, password)

    screen.card.sign_in()

    qtbot.waitUntil(lambda: bool(screen.card.problem_text()), timeout=20_000)
    assert screen.card.problem_text() == "The user name or the password is not right."
    assert screen.card.password.edit.selectedText()


def test_the_growing_pause_is_counted_down(qtbot, screen):
    card = screen.card
    card._refused(Throttled(1.4))
    assert card.problem_text() == "Too many wrong passwords. Wait 2 seconds."
    assert not card.go_button.isEnabled()

    card._count_down()
    assert card.problem_text() == "Too many wrong passwords. Wait 1 second."
    card._count_down()

    assert card.problem_text() == ""
    assert card.go_button.isEnabled()


def test_a_store_in_another_window_is_named(qtbot, screen, store_path):
    held = accounts.sign_in(store_path, "sam", PASSWORD, window=True)
    typed(screen, store_path, "sam", PASSWORD)

    screen.card.sign_in()

    qtbot.waitUntil(lambda: bool(screen.card.problem_text()), timeout=20_000)
    assert screen.card.problem_text().startswith("This store is open in another window")
    held.close()


def test_the_password_is_hidden_until_the_eye_is_pressed(screen):
    field = screen.card.password
    assert field.edit.echoMode() == field.edit.EchoMode.Password

    field.reveal(True)

    assert field.edit.echoMode() == field.edit.EchoMode.Normal


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_eye_is_drawn_open_and_closed_in_the_ink_of_each_theme(screen, qapp, name):
    theme.apply(qapp, name)
    eye = screen.findChild(QToolButton, "eye")

    pictures = [drawn(eye)]
    for _ in range(2):
        eye.click()
        pictures.append(drawn(eye))

    theme.apply(qapp, "light")
    hidden, open_now, hidden_again = pictures
    assert hidden == hidden_again != open_now
    assert all(has(picture, QColor(theme.theme(name).tokens["ink"])) for picture in pictures)


def test_f1_brings_the_help_as_soon_as_the_window_stands(qtbot, home):
    screen = SignInScreen()
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.painted):
        screen.show()
        screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)

    QTest.keyClick(screen.card.user_name, Qt.Key.Key_F1)

    qtbot.waitUntil(lambda: bool(screen.findChildren(HelpPane)))


def test_tab_goes_from_the_last_field_to_the_button_and_then_to_the_links(qtbot, screen):
    card = screen.card
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    card.store.setFocus()

    passed = []
    for _ in range(7):
        QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        passed.append(screen.focusWidget().accessibleName())

    assert passed[1:] == [
        "User name", "Password", "Show the password", "Sign in", "Create a store", "Restore a backup"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "show", [SignInScreen.show_restore, SignInScreen.show_recovery, SignInScreen.show_new_store]
)
def test_esc_leads_back_to_sign_in(qtbot, screen, show):
    screen.show()
    show(screen)

    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Escape)

    qtbot.waitUntil(screen.card.isVisible)


def drawn(button):
    return button.icon().pixmap(button.iconSize()).toImage()


def has(picture, colour):
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return any(picture.pixelColor(*place) == colour for place in places)


def test_caps_lock_is_said(screen):
    field = screen.card.password
    press(field.edit, "A")
    assert "Caps Lock is on." in shown(screen)

    press(field.edit, "A", modifier=Qt.KeyboardModifier.ShiftModifier)

    assert "Caps Lock is on." not in shown(screen)


def shown(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_every_control_before_the_window_has_a_name(screen, qtbot):
    for show in (screen.show_sign_in, screen.show_recovery, screen.show_restore, screen.show_new_store):
        show()
        assert nameless(screen) == []


def test_the_recovery_key_opens_the_store_and_says_so(qtbot, screen, recovery):
    path, key = recovery
    screen.show_recovery()
    screen.recovery.store.choose(path)
    screen.recovery.key.setText(key.lower().replace("-", " "))

    with qtbot.waitSignal(screen.signed_in, timeout=20_000) as done:
        screen.recovery.open_store()

    assert done.args[1]
    done.args[0].close()


def test_a_slip_in_the_recovery_key_is_named(qtbot, screen, recovery):
    path, key = recovery
    screen.show_recovery()
    screen.recovery.store.choose(path)
    screen.recovery.key.setText(key[:-1])

    screen.recovery.open_store()

    qtbot.waitUntil(lambda: bool(screen.recovery.problem_text()), timeout=20_000)
    assert "this one has 33" in screen.recovery.problem_text()


def test_after_a_slip_in_the_recovery_key_the_cursor_is_in_it_again(qtbot, screen, recovery):
    screen.show_recovery()
    screen.recovery.store.choose(recovery[0])
    screen.recovery.key.setText("0000-1111")

    QTest.keyClick(screen.recovery.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.recovery.problem_text()))

    assert screen.focusWidget() is screen.recovery.key


def test_what_went_wrong_inside_the_program_is_said_on_the_card_that_is_shown(screen):
    screen.show()
    screen.show_recovery()

    screen.show_problem("Something went wrong.")

    assert (screen.recovery.problem_text(), screen.card.problem_text()) == ("Something went wrong.", "")


def test_a_new_store_names_what_is_missing_and_goes_there(screen):
    screen.show()
    screen.show_new_store()
    card = screen.findChild(NewStoreCards).card
    for words, field in (("your name", card.name), ("a user name", card.user_name)):
        card.make()
        assert words in card.problem_text()
        assert screen.focusWidget() is field
        field.setText("Nora")

    card.make()

    assert "14" in card.problem_text()
    assert screen.focusWidget() is card.password.field.edit


def test_a_backup_is_restored_and_signed_in_to(qtbot, screen, store_path, home):
    signed_in = accounts.sign_in(store_path, "sam", PASSWORD)
    upkeep.back_up(signed_in, home / "monday.caseapp-backup")
    signed_in.close()
    screen.show_restore()
    card = screen.restore
    card.backup.set_path(home / "monday.caseapp-backup")
    card.target.set_path(home / "again")
    card.user_name.setText("sam")
    card.password.set_text(PASSWORD)

    with qtbot.waitSignal(screen.signed_in, timeout=30_000) as done:
        card.restore()

    assert done.args[0].store.path == home / "again.caseapp"
    done.args[0].close()


# A new store


def test_a_password_is_judged_while_it_is_typed(qtbot):
    new = NewPassword()
    qtbot.addWidget(new)
    new.field.set_text("short")
    assert new.judgement() == "A password needs 14 or more characters, not 5. Choose four words."

    new.use_phrase()

    assert new.judgement() == "Good. Keep it where only you can find it."
    assert new.text().count("-") >= 3


def test_p4_a_new_store_is_opened_only_once_two_groups_of_its_key_are_typed_back(
    qtbot, screen, home, record_property
):
    screen.show_new_store()
    cards = screen.findChild(NewStoreCards)
    card = cards.card
    card.place.set_path(home / "new store")
    card.team.setText("Family Support East")
    press(card.name, "Sam")
    assert card.user_name.text() == "sam"
    card.name.setText("Sam Okafor")
    card.password.use_phrase()

    card.make()
    qtbot.waitUntil(lambda: cards.currentIndex() == 1, timeout=30_000)
    sheet = cards.sheet
    assert {LOST, NEEDED} <= set(shown(sheet))
    groups = sheet._key.split("-")
    first, second = sheet.asked
    with qtbot.assertNotEmitted(sheet.confirmed):
        for typed_first, typed_second in (
            ("", ""), (groups[first], ""), (groups[second], groups[first]), (groups[first], "0000"),
        ):  # fmt: skip
            sheet.typed[0].setText(typed_first)
            sheet.typed[1].setText(typed_second)
            sheet.confirm()
            assert "is not the one on the sheet" in sheet.said()
    sheet.typed[0].setText(groups[first].lower().replace("0", "o"))
    sheet.typed[1].setText(f" {groups[second]} ")

    with qtbot.waitSignal(screen.signed_in) as done:
        sheet.confirm()
    record_property("figure", "2 groups typed back before the set-up ends, 4 slips held")
    assert done.args[0].store.path == home / "new store.caseapp"
    assert done.args[0].actor.team == "Family Support East"
    done.args[0].close()


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("Aoife O’Brien", "aoife.obrien"), ("Iñigo  Núñez-Łoś", "inigo.nunezlos"),
     ("Æthel Strauß", "aethel.strauss"), ("D'Arcy Ng (2)", "darcy.ng.2"), ("李 Wei", "wei"), ("محمد", "")],
)  # fmt: skip
def test_a_suggested_user_name_can_be_typed_on_every_keyboard(screen, name, suggested):
    screen.show_new_store()
    card = screen.findChild(NewStoreCards).card

    press(card.name, name)

    assert card.user_name.text() == suggested


def test_enter_in_one_group_goes_to_the_one_that_is_empty(qtbot):
    sheet = RecoverySheet("0000-1111-2222-3333-4444-5555-6666-7777-88", "x.caseapp")
    qtbot.addWidget(sheet)
    sheet.show()
    groups = sheet._key.split("-")
    sheet.typed[0].setText(groups[sheet.asked[0]])
    sheet.typed[0].setFocus()

    with qtbot.assertNotEmitted(sheet.confirmed):
        QTest.keyClick(sheet.typed[0], Qt.Key.Key_Return)

    assert (sheet.said(), sheet.focusWidget()) == ("", sheet.typed[1])
    sheet.typed[1].setText(groups[sheet.asked[1]])
    with qtbot.waitSignal(sheet.confirmed):
        QTest.keyClick(sheet.typed[1], Qt.Key.Key_Return)


def test_tab_comes_to_the_printing_of_the_sheet_and_saving_it_is_told(qtbot, tmp_path):
    sheet = RecoverySheet("0000-1111-2222-3333-4444-5555-6666-7777-88", "x.caseapp")
    qtbot.addWidget(sheet)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    sheet.go_on.setFocus()

    QTest.keyClick(sheet.go_on, Qt.Key.Key_Tab)

    assert sheet.focusWidget().accessibleName() == "Print: the recovery key"
    sheet.save_to(str(tmp_path / "nowhere" / "sheet.pdf"))
    assert "could not be saved" in sheet.said()
    sheet.save_to(str(tmp_path / "sheet.pdf"))
    assert (sheet.said(), "sheet.pdf" in sheet.saved()) == ("", True)


def test_the_sheet_is_saved_for_this_user_only(qtbot, tmp_path):
    sheet = RecoverySheet("0000-1111-2222-3333-4444-5555-6666-7777-88", "x.caseapp")
    qtbot.addWidget(sheet)

    sheet.save_to(str(tmp_path / "sheet.pdf"))

    saved = tmp_path / "sheet.pdf"
    pages = words_by_page(saved.read_bytes())
    text = " ".join(pages[0].split())
    assert len(pages) == 1
    for said in ("0000-1111-2222-3333-4444-", "5555-6666-7777-88", "x.caseapp", LOST[:60], "In a safe"):
        assert said in text
    assert saved.stat().st_mode & 0o077 == 0


def test_p3_a_copied_key_is_marked_as_secret_and_forgotten_again(qtbot):
    sheet = RecoverySheet("0000-1111-2222-3333-4444-5555-6666-7777-88", "x.caseapp")
    qtbot.addWidget(sheet)
    sheet.copy()
    assert QGuiApplication.clipboard().text().startswith("0000-1111")
    assert bytes(QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint")) == b"secret"

    clipboard.forget("something else")
    assert QGuiApplication.clipboard().text().startswith("0000-1111")
    clipboard.forget("0000-1111-2222-3333-4444-5555-6666-7777-88")

    assert QGuiApplication.clipboard().text() == ""


def test_p3_a_copied_phrase_is_marked_as_secret_and_gone_after_half_a_minute(qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(clipboard.QTimer, "singleShot", lambda after, call: asked.append((after, call)))
    new = NewPassword()
    qtbot.addWidget(new)

    new.copy_phrase()

    assert QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    assert [after for after, _ in asked] == [30_000]
    asked[0][1]()
    assert QGuiApplication.clipboard().text() == ""


def test_p7_passwords_are_pasted_shown_and_never_forgotten_by_age(qtbot):
    new = NewPassword()
    qtbot.addWidget(new)
    QGuiApplication.clipboard().setText(PASSWORD)

    new.field.edit.paste()
    new.field.reveal(True)

    assert new.field.edit.displayText() == PASSWORD
    assert new.problem() == ""


def test_p6_who_signs_in_is_told_once_of_wrong_passwords(qtbot, qapp, store_path):
    for _ in range(3):
        with pytest.raises(Problem):
            accounts.sign_in(store_path, "sam", "wrong-word-entirely")
    program = app.Program(qapp)
    program.open_window(accounts.sign_in(store_path, "sam", PASSWORD, window=True))

    told = [said for said in shown(program.window) if said.startswith("3 wrong passwords were tried since ")]

    assert len(told) == 1
    program.window.gone.disconnect()
    with qtbot.waitSignal(program.window.gone, timeout=20_000):
        program.window.close()
    again = accounts.sign_in(store_path, "sam", PASSWORD, window=True)
    assert again.wrong is None
    again.close()


# The program


def test_the_window_follows_the_sign_in_and_the_sign_in_the_window(qtbot, qapp, store_path):
    program = app.Program(qapp)
    program.show_sign_in(store_path, "sam")
    screen = program.window
    typed(screen, store_path, "sam", PASSWORD)
    screen.card.sign_in()
    qtbot.waitUntil(lambda: program.window is not screen, timeout=30_000)
    window = program.window
    assert places.last_store() == store_path
    qtbot.waitUntil(lambda: window.locking.user_name == "sam")

    window.sign_out()

    qtbot.waitUntil(lambda: isinstance(program.window, SignInScreen), timeout=20_000)
    assert program.window.card.store.path() == store_path
    program.window.closed.disconnect()
    program.window.close()


def test_the_program_starts_again_on_the_same_store_once_the_window_has_closed(
    qtbot, qapp, store_path, monkeypatch
):
    program, ended, begun = app.Program(qapp), [], []
    program.open_window(accounts.sign_in(store_path, "sam", PASSWORD, window=True))
    monkeypatch.setattr(program, "_app", SimpleNamespace(exit=ended.append))
    monkeypatch.setattr(app.QProcess, "startDetached", lambda *said: (begun.append(said), (True, 1))[1])
    monkeypatch.setenv("QT_SCALE_FACTOR", "1.5")

    with qtbot.waitSignal(program.window.gone, timeout=20_000):
        program.window.start_again()
    code = app.start_again(program.store_path)

    assert (ended, code) == ([app.START_AGAIN], 0)
    assert begun == [(sys.executable, ["-m", "caseapp", str(store_path)])]
    assert "QT_SCALE_FACTOR" not in os.environ


def test_stores_are_remembered_the_last_one_first(home):
    for name in ("a.caseapp", "b.caseapp"):
        (home / name).touch()
        places.remember_store(home / name)

    assert places.recent_stores() == [home / "b.caseapp", home / "a.caseapp"]
    (home / "b.caseapp").unlink()
    assert places.last_store() == home / "a.caseapp"


def test_a_damaged_list_of_stores_is_an_empty_one(home):
    (home / "config").mkdir()
    for damaged in (b"{", b"\0\n\xff\xfe", b"\n\n", bytes(range(256))):
        (home / "config" / "recent.txt").write_bytes(damaged)
        assert places.recent_stores() == []


@pytest.mark.skipif(sys.platform != "linux", reason="Names that are no text are Linux's alone.")
def test_a_store_is_remembered_whatever_letters_its_name_has(home):
    names = ["Łucja’s team.caseapp", "two\u2028halves.caseapp", os.fsdecode(b"latin-\xe9.caseapp")]
    for name in names:
        (home / name).touch()
        places.remember_store(home / name)

    assert places.recent_stores() == [home / name for name in reversed(names)]


def test_a_name_gets_the_ending_of_stores():
    assert places.with_suffix(Path("/x/east")) == Path("/x/east.caseapp")
    assert places.with_suffix(Path("/x/east.caseapp")) == Path("/x/east.caseapp")
