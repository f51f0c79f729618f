"""Windows offer what the table of rights allows, and nothing else: one window a role, and the access page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from caseapp import access
from caseapp.access import Emergency, Restriction
from db.moments import utc_now
from tests.desk_fixture import DeskAtOnce, Office, add_child, add_note, at_work, done
from tests.record_screen import button, opened, texts
from ui.child_history import HistoryPage
from ui.chips import Chip
from ui.emergency import EmergencyDialog
from ui.frame import ENTRIES
from ui.window import MainWindow

__all__ = ["at_work"]

WHY = "A neighbour rang at night."
ROLE_SETS = (["practitioner"], ["manager"], ["administrator"], ["reader"], ["administrator", "manager"])

# Written by hand, not read from the table of rights: what each role's window offers.
RAIL = {
    "practitioner": "today children early help front door education supervision reports settings",
    "manager": "today children caseload early help front door education supervision approvals reports "
    "settings",
    "administrator": "settings",
    "reader": "today children early help front door education supervision reports settings",
}
NEW_MENU = {
    "practitioner": "Child… Note…", "manager": "Child… Note…", "administrator": "Import…", "reader": "",
}  # fmt: skip
OF_THE_RECORD = {
    "practitioner": {"Edit details", "Print record"},
    "manager": {"Edit details", "Print record", "Restrict this record…"},
    "reader": {"Print record"},
}
RECORD_BUTTONS = ("Edit details", "Print record", "Restrict this record…", "Lift the restriction…")


def desk_of(at_work: Office, roles) -> DeskAtOnce:
    """Return a desk of Sam's team for somebody of these roles."""
    actor = replace(at_work.sam.actor, roles=frozenset(roles))
    return DeskAtOnce(at_work.store, actor)


def offered(widget) -> set[str]:
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible() and each.isEnabled()]
    return {each.text() for each in found}


@pytest.mark.parametrize("roles", ROLE_SETS, ids="+".join)
def test_p15_the_window_offers_what_the_table_allows(qtbot, at_work, roles, record_property):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    desk = desk_of(at_work, roles)
    window = MainWindow(desk, "Store")
    qtbot.addWidget(window)
    window.resize(1920, 1080)  # in a narrow one the links of a record draw together in a menu
    window.show()
    rail = {each.key for each in window._entries}
    assert rail == {each.key for each in ENTRIES if any(_names(RAIL[role], each.key) for role in roles)}

    reads = set(roles) - {"administrator"}
    if reads:
        window.ways.open_child(child_id)
    window._new_menu.fill()
    menu = {action.text() for action in window._new_menu.actions()}
    assert menu == {item for role in roles for item in NEW_MENU[role].split()}

    if reads:
        screen = window._trail.current
        screen.show_tab("History")
        screen.page().show_part("access")
        shown = offered(screen) & set(RECORD_BUTTONS)
        assert shown == set().union(*(OF_THE_RECORD[role] for role in reads))
    record_property("figure", f"{len(ROLE_SETS)} role sets, every rail entry, menu and record button")
    desk.finish()


def _names(line: str, key: str) -> bool:
    return f" {key} " in f" {line} "


@pytest.mark.parametrize("roles", ROLE_SETS, ids="+".join)
def test_p15_the_find_box_offers_an_emergency_to_those_who_may(qtbot, at_work, roles):
    desk = desk_of(at_work, roles)
    window = MainWindow(desk, "Store")
    qtbot.addWidget(window)
    window.show()
    finder = window._top.finder
    finder.edit.setText("Nobody Here")
    finder.search()
    rows = [finder.results.model.index(row, 0).data() for row in range(finder.results.model.rowCount())]

    may = bool(set(roles) & {"practitioner", "manager"})
    assert ("Open in an emergency…" in rows) is may
    assert (any(row.startswith("Add a new child") for row in rows)) is may
    desk.finish()


# An emergency by keyboard, the review, the restriction


def as_manager(at_work) -> DeskAtOnce:
    return desk_of(at_work, ["manager"])


def test_an_emergency_is_opened_from_the_find_box_by_keyboard(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    window = MainWindow(at_work.priya, "Store")
    qtbot.addWidget(window)
    window.show()
    finder = window._top.finder
    finder.edit.setText("Amelia Kowalska")
    finder.search()
    qtbot.keyClick(finder.edit, Qt.Key.Key_Up)
    qtbot.keyClick(finder.edit, Qt.Key.Key_Return)
    dialog = window.findChild(EmergencyDialog)
    assert dialog.form.text("name") == "Amelia Kowalska"
    dialog.form.set_answers(dialog.form.answers() | {"born_on": "2011-09-04", "reason": "Soon"})
    dialog.save_button.click()
    assert "15 letters" in dialog.said()
    dialog.form.set_answers(dialog.form.answers() | {"reason": WHY})
    dialog.save_button.click()

    assert window._trail.current.child_id == child_id
    assert "Amelia Kowalska" in texts(window._trail.current)
    assert "Edit details" not in offered(window._trail.current)
    at_work.priya.finish()


def test_when_the_hour_is_over_the_open_record_says_so(qtbot, at_work, monkeypatch):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    done(at_work.priya, lambda s: access.open_in_emergency(s, Emergency(WHY, ref="10001")))
    screen = opened(qtbot, at_work.priya, child_id)
    later = utc_now() + access.HOUR
    monkeypatch.setattr("db.reach.utc_now", lambda: later)

    screen.refresh()

    assert "hour" in screen.banner.text()


def page_of(qtbot, desk, child_id) -> HistoryPage:
    screen = opened(qtbot, desk, child_id, "History")
    page = screen.page()
    page.show_part("access")
    page.kept = screen  # Qt lets go of a screen that nobody holds
    return page


def test_a_manager_reviews_an_emergency_on_the_access_page(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    done(at_work.priya, lambda s: access.open_in_emergency(s, Emergency(WHY, ref="10001")))
    page = page_of(qtbot, as_manager(at_work), child_id)
    part = page._access
    assert "to review" in texts(page)

    dialog = part.review(part._view.openings[0])
    dialog.save_button.click()
    assert part._view.openings[0].reviewed == ""
    dialog.form.set_answers({"finding": "Right to open."})
    dialog.save_button.click()

    assert any("Right to open." in text for text in texts(page))


def test_a_manager_restricts_and_lifts_on_the_access_page(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    page = page_of(qtbot, as_manager(at_work), child_id)
    part = page._access
    button(page, "Restrict this record…").click()
    part.form.form.set_answers({"kind": "absent", "reason": "A threat was made."})
    button(part.form, "Restrict this record").click()

    assert any("For everybody else there is no such record." in text for text in texts(page))

    button(page, "Lift the restriction…").click()
    part.form.form.set_answers({"reason": "The danger is over."})
    button(part.form, "Lift the restriction").click()

    assert any(text.startswith("Not restricted") for text in texts(page))


def test_the_keyboard_goes_back_to_what_opened_the_restriction(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    page = page_of(qtbot, as_manager(at_work), child_id)
    page.kept.activateWindow()
    qtbot.waitUntil(page.kept.isActiveWindow)
    begin = button(page, "Restrict this record…")
    begin.setFocus()
    begin.click()
    form = page._access.form
    form.form.set_answers({"kind": "absent", "reason": "A threat was made."})
    save = button(form, "Restrict this record")
    save.setFocus()

    save.click()

    assert QApplication.focusWidget() is button(page, "Change the restriction…")


def test_a_history_is_drawn_as_far_as_it_is_seen_and_no_row_twice(qtbot, at_work, monkeypatch):
    monkeypatch.setattr("ui.child_history.AT_ONCE", 4)
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    add_notes(at_work, child_id, 9)
    page = page_of(qtbot, at_work.sam, child_id)
    page.show_part("changes")
    drawn = changes_seen(page)
    assert len(drawn) == 4

    button(page, "Show earlier").click()

    assert len(changes_seen(page)) == 8
    assert drawn < changes_seen(page)


def test_what_lies_before_the_first_page_is_read_where_no_row_of_it_fits(qtbot, at_work, monkeypatch):
    monkeypatch.setattr("ui.child_history.PAGE", 4)
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    done(at_work.priya, lambda s: access.open_in_emergency(s, Emergency(WHY, ref="10001")))
    add_notes(at_work, child_id, 9)
    page = page_of(qtbot, at_work.sam, child_id)

    page.show_person("Priya Nair")

    assert "Opened the record in an emergency" in texts(page)


def add_notes(at_work, child_id, count):
    for number in range(count):
        add_note(at_work.sam, child_id, at_work.sam.today, f"Visit {number}.")


def changes_seen(page):
    QApplication.processEvents()
    return {each for each in page.findChildren(Chip) if each.isVisible() and each.text() == "change"}


def test_somebody_is_named_and_taken_off_again(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    page = page_of(qtbot, as_manager(at_work), child_id)
    button(page, "Restrict this record…").click()
    people = page._access.form.people
    people.picker._line.setText("Priya")
    people.picker.look()
    (priya,) = people.picker.found()
    people.picker._choose(priya)

    assert people.names() == ["Sam Okafor", "Priya Nair"]
    button(people, "Take off: Priya Nair").click()
    assert people.names() == ["Sam Okafor"]


def test_the_looks_of_one_person_are_shown_alone(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    done(at_work.priya, lambda s: access.open_in_emergency(s, Emergency(WHY, ref="10001")))
    page = page_of(qtbot, at_work.sam, child_id)
    button(page, "Priya Nair: show their looks").click()

    assert {row.who for row in page.shown_rows()} == {"Priya Nair"}
    button(page, "Show everybody").click()
    assert {row.who for row in page.shown_rows()} == {"Priya Nair", "Sam Okafor"}


def test_the_find_box_tells_whom_to_ask_without_a_name(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    manager = as_manager(at_work)
    new = Restriction("exists", (), "A threat was made.")
    done(manager, lambda session: access.restrict(session, child_id, new))
    other = replace(at_work.sam.actor, worker_id=at_work.priya.actor.worker_id)
    window = MainWindow(DeskAtOnce(at_work.store, other), "Store")
    qtbot.addWidget(window)
    window.show()
    finder = window._top.finder
    finder.edit.setText("Amelia Kowalska")
    finder.search()

    assert finder.results.words.text() == "There is a restricted record. Ask Sam Okafor."
