"""Settings on screen: password, size, backups, users and the area's own, for those who may."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QToolButton

from caseapp import accounts, children, places, settings, user_accounts
from caseapp.children import NewChild
from caseapp.work import Actor, Problem, WrongKey
from db.store import memory_store
from tests.test_places import config
from tests.test_window import nameless
from ui.desk import Desk
from ui.own_settings import RECOVERING, sizes_for
from ui.parts import LinkButton
from ui.settings import SettingsScreen
from ui.users import UsersCard

__all__ = ["config"]

PASSWORD = "lantern-copper-river-tandem"
ANOTHER = "gravel-thistle-mandolin-orbit"
BORN = date(2013, 5, 4)


@pytest.fixture
def signed_in(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEAPP_TEST", "1")
    monkeypatch.setenv("CASEAPP_TEST_FAST_KEYS", "1")
    made = accounts.make_store(tmp_path / "s.caseapp", user_name="sam", name="Sam Okafor", password=PASSWORD)
    yield made.signed_in
    made.signed_in.close()


@pytest.fixture
def desk(qtbot, signed_in):
    made = Desk(signed_in.store, signed_in.actor, signed_in)
    yield made
    made.finish()


@pytest.fixture
def screen(qtbot, desk):
    made = SettingsScreen(desk)
    made.resize(1182, 688)
    made.show()
    qtbot.waitUntil(lambda: not desk.is_busy)
    yield made
    qtbot.waitUntil(lambda: not desk.is_busy)
    made.close()
    made.deleteLater()


def tab_of(screen):
    tabs = screen.findChild(QTabBar)
    return tabs.tabText(tabs.currentIndex())


def shown(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def names(widget):
    return [each.accessibleName() for each in widget.findChildren(QPushButton) if each.isVisible()]


def add_ada(qtbot, screen, desk, role="practitioner"):
    screen.show_named("Users and rights")
    screen.users.begin()
    form = screen.users.form
    form.name.setText("Ada Mensah")
    form.user_name.setText("ada")
    form.roles.set_role("practitioner", False)
    form.roles.set_role(role, True)
    form.password.field.set_text(ANOTHER)
    screen.users.add()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)


def test_every_control_has_a_name(screen, desk):
    screen.show_named("Users and rights")
    screen.users.begin()

    for tab in screen.tab_names():
        screen.show_named(tab)
        assert (tab, nameless(screen)) == (tab, [])


def test_settings_open_on_ones_own_and_each_tab_is_reached_by_keyboard(qtbot, screen):
    seen = [tab_of(screen)]
    for _ in screen.tab_names():
        qtbot.keyClick(screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        seen.append(tab_of(screen))

    assert seen == ["You", "Users and rights", "Store and backups", "Area", "Education", "Stars", "You"]


def test_a_tab_is_made_when_it_is_first_opened_and_keeps_what_is_typed(qtbot, screen, desk):
    assert screen.findChildren(UsersCard) == []
    screen.show_named("Users and rights")
    qtbot.waitUntil(lambda: not desk.is_busy)
    screen.users.begin()
    screen.users.form.name.setText("Ada Mensah")

    screen.show_named("You")
    screen.show_named("Users and rights")

    assert len(screen.findChildren(UsersCard)) == 1
    assert screen.users.form.name.text() == "Ada Mensah"
    qtbot.waitUntil(screen.users.form.name.isVisible)


def test_the_ways_in_land_on_the_tab_that_they_name(screen):
    screen.focus_store()
    assert tab_of(screen) == "Store and backups"
    assert "Check the store" in names(screen)

    screen.focus_password()
    assert tab_of(screen) == "You"
    assert "Change password" in names(screen)


@pytest.mark.parametrize(
    ("wide", "high", "in_force", "offered"),
    [
        (1366, 768, 100, [100, 125, 150]),
        (911, 512, 150, [100, 125, 150]),
        (1920, 1080, 100, [100, 125, 150, 175, 200]),
        (640, 400, 100, [100]),
    ],
)
def test_no_size_is_offered_at_which_the_window_is_larger_than_the_screen(
    wide, high, in_force, offered, config
):
    assert sizes_for(QSize(wide, high), in_force) == offered


def test_a_size_that_fits_no_longer_is_still_offered_while_it_is_kept(config):
    places.keep_size(200)

    assert sizes_for(QSize(800, 480), 100) == [100, 200]


def test_another_size_is_kept_and_seen_once_the_program_starts_again(qtbot, config, screen):
    sizes = screen._own._sizes
    sizes.addItem("150 %", 150)
    sizes.setCurrentIndex(sizes.findData(150))

    sizes.activated.emit(sizes.currentIndex())

    assert places.size_percent() == 150
    assert "150 % is kept. It shows once caseapp starts again." in shown(screen)
    with qtbot.waitSignal(screen.start_again_asked):
        next(each for each in screen.findChildren(LinkButton) if "again" in each.text()).click()


def test_a_new_user_can_sign_in(qtbot, screen, desk, signed_in):
    add_ada(qtbot, screen, desk)

    assert screen.users.said() == "Ada Mensah can sign in now. Give them the password in person."
    qtbot.waitUntil(lambda: "Ada Mensah" in shown(screen))
    signed_in.lock.close()
    ada = accounts.sign_in(signed_in.store.path, "ada", ANOTHER)
    assert ada.actor.roles == frozenset({"practitioner"})
    ada.close()


def test_a_weak_password_is_refused_before_anything_is_done(qtbot, screen, desk):
    screen.show_named("Users and rights")
    qtbot.waitUntil(lambda: not desk.is_busy)
    screen.users.begin()
    form = screen.users.form
    form.name.setText("Ada Mensah")
    form.user_name.setText("ada")
    form.password.field.set_text("short")

    screen.users.add()

    assert screen.users.said().startswith("A password needs 14 or more characters")
    assert not desk.is_busy


def test_a_user_name_that_is_taken_is_said(qtbot, screen, desk):
    add_ada(qtbot, screen, desk)

    add_ada(qtbot, screen, desk)

    assert "already a user ada" in screen.users.said()


def test_roles_are_changed_and_somebody_is_kept_out(qtbot, screen, desk, signed_in):
    add_ada(qtbot, screen, desk)
    with signed_in.store.session(signed_in.actor, purpose="users") as session:
        ada = next(each for each in user_accounts.users(session) if each.user_name == "ada")

    screen.users.begin_roles(ada)
    screen.users.roles_form().set_role("reader", True)
    next(each for each in screen.findChildren(QPushButton) if each.text() == "Save roles").click()
    qtbot.waitUntil(lambda: "Practitioner, Read only" in shown(screen))
    screen.users.disable(ada)

    qtbot.waitUntil(lambda: not desk.is_busy)
    assert screen.users.said() == "Ada Mensah cannot sign in any more. What they wrote stays."
    with pytest.raises(WrongKey):
        accounts.sign_in(signed_in.store.path, "ada", ANOTHER)


def test_before_somebody_is_disabled_it_is_told_how_many_children_they_hold(qtbot, screen, desk, signed_in):
    add_ada(qtbot, screen, desk)
    held = "still allocated to Ada Mensah"
    choose(qtbot, screen, "Disable…")
    qtbot.waitUntil(lambda: screen.users.change is not None)
    assert not [said for said in shown(screen) if held in said]
    assert not screen.users.change.reallocate.isVisible()
    with signed_in.store.session(signed_in.actor, purpose="users") as session:
        ada = next(each for each in user_accounts.users(session) if each.user_name == "ada")
    theirs = Actor(ada.id, ada.name, signed_in.actor.team_id, frozenset({"practitioner"}))
    signed_in.store.call(theirs, lambda s: children.register(s, NewChild("Leyla", "Haddad", BORN)))

    screen.users.begin_disabling(ada)

    qtbot.waitUntil(lambda: any(f"1 child is {held}" in said for said in shown(screen)))
    with qtbot.waitSignal(screen.open_caseload):
        screen.users.change.reallocate.click()


def choose(qtbot, screen, text):
    """Choose from the menu of Ada's row, once it offers that."""

    def offered():
        rows = [each for each in screen.users.findChildren(QToolButton) if each.isVisible()]
        row = [each for each in rows if each.accessibleName() == "More about Ada Mensah"]
        return [act for each in row for act in each.menu().actions() if act.text() == text]

    qtbot.waitUntil(lambda: len(offered()) == 1)
    offered()[0].trigger()


def test_who_forgot_their_password_is_given_another_and_comes_back_after_leaving(
    qtbot, screen, desk, signed_in
):
    add_ada(qtbot, screen, desk)
    for text, password in (("New password…", "lantern-gravel-tandem-orbit"), ("Let in again…", ANOTHER)):
        choose(qtbot, screen, text)
        screen.users.passing.password.field.set_text("short")
        screen.users.passing.save.click()
        assert screen.users.said().startswith("A password needs 14 or more characters")
        screen.users.passing.password.field.set_text(password)
        screen.users.passing.save.click()
        qtbot.waitUntil(lambda: not desk.is_busy)
        assert screen.users.said().startswith("Ada Mensah can sign in with the new password.")
        with signed_in.store.session(signed_in.actor, purpose="users") as session:
            assert [each.active for each in user_accounts.users(session)] == [True, True]
            user_accounts.disable(session, "ada")
        screen.users._read()


def test_a_slip_in_a_teams_name_is_told_and_put_right(qtbot, screen, desk):
    add_ada(qtbot, screen, desk)
    for is_told in (True, False):
        choose(qtbot, screen, "Name, job and team…")
        screen.users.details.team.setText("Family Suport")
        screen.users.details.save.click()
        qtbot.waitUntil(lambda: not desk.is_busy)
        qtbot.waitUntil(lambda: "Family Suport" in shown(screen))

        assert ("is new" in screen.users.said()) == is_told


def test_the_keyboard_goes_back_from_a_user_to_their_row(qtbot, screen, desk):
    add_ada(qtbot, screen, desk)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    choose(qtbot, screen, "Name, job and team…")
    assert screen.focusWidget() is screen.users.details.name

    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Escape)
    assert screen.focusWidget().accessibleName() == "More about Ada Mensah"
    choose(qtbot, screen, "Name, job and team…")
    screen.users.details.save.click()

    qtbot.waitUntil(lambda: not desk.is_busy)
    qtbot.waitUntil(lambda: screen.focusWidget().accessibleName() == "More about Ada Mensah")


def test_tab_goes_through_the_users_before_the_recovery_key(qtbot, screen, desk):
    add_ada(qtbot, screen, desk)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    rows = ["More about Ada Mensah", "More about Sam Okafor"]

    def shown_rows():
        buttons = screen.users.findChildren(QToolButton)
        return [each.accessibleName() for each in buttons if each.isVisible()]

    qtbot.waitUntil(lambda: shown_rows() == rows)
    qtbot.waitUntil(lambda: screen.users._came_from is None and screen.focusWidget() is screen.users._add)

    seen = []
    for _ in range(4):
        qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_Tab)
        seen.append(screen.focusWidget().accessibleName() or screen.focusWidget().text())

    assert seen == [*rows, "Change all keys…", "Make a new recovery key"]


def test_a_backup_is_made_compared_and_told(qtbot, screen, desk, tmp_path):
    screen.show_named("Store and backups")
    with qtbot.waitSignal(screen.backed_up, timeout=30_000):
        screen._store.back_up(str(tmp_path / "monday"))

    assert (tmp_path / "monday.caseapp-backup").exists()
    assert screen._store.said().startswith("Backed up to monday.caseapp-backup: ")
    qtbot.waitUntil(lambda: any(text.startswith("The last backup was made") for text in shown(screen)))


def test_a_backup_over_another_file_is_refused_in_words(qtbot, screen, desk, tmp_path):
    (tmp_path / "monday.caseapp-backup").touch()
    screen.show_named("Store and backups")

    screen._store.back_up(str(tmp_path / "monday.caseapp-backup"))

    qtbot.waitUntil(lambda: not desk.is_busy)
    assert "Nothing was overwritten" in screen._store.said()


def test_a_new_password_opens_the_store_and_the_old_one_does_not(qtbot, screen, desk, signed_in):
    card = screen._password
    offered = card._new._phrase.text()
    card._new.field.set_text(offered)
    card._present.set_text(ANOTHER)
    card.change()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert card.said().startswith("The present password is not right. Nothing was changed.")

    card._present.set_text(PASSWORD)
    card.change()

    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)
    assert card.said() == "Your password is changed. The old one no longer opens the store."
    assert offered not in shown(card)
    assert not card._present.text()
    assert not card._new.text()
    signed_in.lock.close()
    accounts.sign_in(signed_in.store.path, "sam", offered).close()
    with pytest.raises(WrongKey):
        accounts.sign_in(signed_in.store.path, "sam", PASSWORD)


def test_whom_the_recovery_key_let_in_is_asked_for_the_present_password_once_there_is_one(
    qtbot, desk, signed_in
):
    desk.setProperty(RECOVERING, True)
    desk._signed_in = replace(signed_in, by_recovery=True)
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: not desk.is_busy)
    card = screen._password
    assert not card._present.isVisible()
    card._new.field.set_text(ANOTHER)

    with qtbot.waitSignal(screen.recovered, timeout=20_000):
        card.change()

    assert card._present.isVisible()
    card._new.field.set_text(PASSWORD)
    card.change()
    assert card.said() == "Type your present password first."


def test_idle_minutes_are_kept_and_told_to_the_window(qtbot, screen, desk, signed_in):
    with qtbot.waitSignal(screen.idle_chosen) as told:
        screen._own._minutes.setValue(12)

    assert told.args == [12]
    with signed_in.store.session(signed_in.actor) as session:
        assert settings.read(session).idle_minutes == 12


def test_no_more_than_fifteen_idle_minutes_are_taken(signed_in):
    with signed_in.store.session(signed_in.actor) as session, pytest.raises(Problem):
        settings.choose_idle_minutes(session, 16)


def test_a_practitioner_sees_no_users_no_backup_and_no_import(qtbot):
    store = memory_store(today=lambda: date(2026, 11, 23))
    desk = Desk(store, Actor(uuid4(), "Pia", None, frozenset({"practitioner"})))
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: not desk.is_busy)

    shown_names = []
    for tab in screen.tab_names():
        screen.show_named(tab)
        shown_names += names(screen)

    assert screen.tab_names() == ["You", "Store and backups"]
    assert "Check the store" in shown_names
    assert not {"Add a user", "Back up now", "Import SSDA903 files…"} & set(shown_names)
    desk.finish()
    store.close()
