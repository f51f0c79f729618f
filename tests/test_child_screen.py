"""A child's record: its head, its tabs, its overview, its details, and who may see it."""

import gc
import json
import weakref
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QScrollArea

from caseapp import children, plan_reading, plans
from caseapp.early_help import episodes
from caseapp.early_help.episodes import NewEpisode
from tests.desk_fixture import (
    TODAY,
    add_child,
    add_mother,
    at_work,
    done,
    look_after,
)
from tests.record_screen import amelia, button, fill, opened, read_star, texts
from tests.story import lived
from ui import theme
from ui.card_columns import CardColumns
from ui.child import ChildScreen
from ui.child_details import DetailsDialog
from ui.child_head import in_a_sentence, then_words
from ui.record_parts import ElidedLink

__all__ = ["amelia", "at_work"]

SAMPLES = Path(__file__).parent / "sample_answers"


def test_the_head_says_who_it_is(qtbot, at_work, amelia):
    said = texts(opened(qtbot, at_work.sam, amelia))

    assert "Amelia Kowalska" in said
    assert any(text.startswith("15 years 2 months, born 04/09/2011  ·  ref 10001") for text in said)
    assert {"Looked after, section 20", "SEN support", "Care plan: 447 working days late"} <= set(said)
    assert any(text.startswith("then ") for text in said)


def test_alerts_stand_one_by_one_in_the_head(qtbot, at_work, amelia):
    def work(session) -> None:
        details = children.details(session, amelia)
        told = "Severe nut allergy\nNever tell Dad the address"
        children.change_details(session, amelia, details.version, {"alerts": told})

    done(at_work.sam, work)

    said = texts(opened(qtbot, at_work.sam, amelia))

    assert {"Severe nut allergy", "Never tell Dad the address"} <= set(said)


def test_a_title_inside_a_sentence_keeps_its_capitals():
    assert in_a_sentence("PEP for this term") == "PEP for this term"
    assert in_a_sentence("Visit") == "visit"
    assert then_words([]) == ""


def test_a_child_who_was_never_in_care_has_no_care_tabs(qtbot, at_work, amelia):
    other = add_child(at_work.sam, "Ola", "Kowalska", date(2017, 3, 1))

    assert {"Care", "Pathway"} <= set(opened(qtbot, at_work.sam, amelia).tab_names())
    assert not {"Care", "Pathway"} & set(opened(qtbot, at_work.sam, other).tab_names())


def test_a_record_has_its_parts_in_the_order_of_a_life(qtbot, at_work, amelia):
    assert opened(qtbot, at_work.sam, amelia).tab_names() == [
        "Overview", "Timeline", "People", "Early help", "Outcome Star", "Measures", "Voice", "Education",
        "Care", "Pathway", "Actions", "History",
    ]  # fmt: skip


def test_all_parts_are_in_sight_on_the_smallest_laptop(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, width=1182)
    bar = screen._tabs

    assert bar.tabRect(bar.count() - 1).right() <= bar.width()


def test_what_the_pages_ask_for_is_handed_on(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    other = uuid4()
    for tab, signal, given in (
        ("Early help", "open_child_tab", [other, "Early help"]),
        ("Early help", "start_plan", [other, "taf"]),
        ("Early help", "open_plan", [other]),
        ("Outcome Star", "start_star", [other, "child-progress-wheel"]),
        ("Outcome Star", "open_child", [other]),
        ("Measures", "open_plan", [other]),
        ("Voice", "open_plan", [other]),
        ("Actions", "open_plan", [other]),
    ):
        screen.show_tab(tab)
        with qtbot.waitSignal(getattr(screen, signal)) as handed:
            getattr(screen.page(), signal).emit(*given)
        assert handed.args == given, tab


def test_early_help_that_is_started_is_seen_by_the_whole_record(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Early help")
    screen.page().tab_asked.emit("Actions")
    assert screen.tab == "Actions"
    new = NewEpisode(TODAY, "panel")
    done(at_work.sam, lambda session: episodes.open_episode(session, [amelia], new))

    screen.show_tab("Early help")
    screen.refresh()

    assert "EH-1" in texts(screen.page())


def test_control_tab_goes_round_the_tabs(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.activateWindow()

    qtbot.keyClick(screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert screen.tab == "Timeline"

    qtbot.keyClick(
        screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.keyClick(
        screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert screen.tab == "History"


def test_another_teams_record_stays_shut(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.priya, amelia)

    said = texts(screen)
    assert "There is no such record, or you may not see it." in said
    assert not any("Kowalska" in text for text in said)
    assert screen.tab_names() == []


def test_opening_is_recorded_in_the_history(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "History")

    assert "Opened the record" in texts(screen.page())
    screen.page().chips["changes"].click()
    assert "Opened the record" not in texts(screen.page())
    assert "Added a note" in texts(screen.page())


# Overview


def test_the_overview_shows_words_facts_and_next_steps(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    said = texts(screen.page())

    assert {"In Amelia’s words", "“See Ola every week.”", "Visit on 02/11/2026, seen alone"} <= set(said)
    assert "14 Mill Lane, Upton" in said
    with qtbot.waitSignal(screen.start_plan) as started:
        button(screen, "Take the first reading").click()
    assert started.args == [amelia, "star"]


def test_signed_plans_bring_promises_and_open(qtbot, at_work, amelia):
    answers = json.loads((SAMPLES / "pep.json").read_text(encoding="utf-8"))

    def work(session):
        revision_id = plans.start(session, amelia, "pep")
        plans.sign(session, revision_id, plan_reading.open_plan(session, revision_id).version, answers)
        return revision_id

    revision_id = done(at_work.sam, work)
    screen = opened(qtbot, at_work.sam, amelia)
    said = texts(screen.page())
    link = next(each for each in screen.findChildren(ElidedLink) if "Personal Education" in each.whole_text())

    assert "Personal Education Plan, autumn term 2026" in said
    assert "Book the same tutor to the end of May" in said
    with qtbot.waitSignal(screen.open_plan) as signal:
        link.click()
    assert signal.args == [revision_id]


@pytest.mark.parametrize(("width", "columns"), [(1182, 3), (820, 2), (560, 1)])
def test_the_cards_stand_in_as_many_columns_as_fit(qtbot, at_work, amelia, width, columns):
    screen = opened(qtbot, at_work.sam, amelia, width=width)

    assert screen.findChild(CardColumns).column_count() == columns


def long_named(at_work):
    child_id = add_child(at_work.sam, "Anastasia-Maximiliana " * 4, "Featherstonehaugh-Cholmondeley")
    look_after(at_work.sam, child_id)
    add_mother(at_work.sam, child_id, "Wilhelmina " + "Featherstonehaugh-Cholmondeley-" * 4)
    read_star(at_work.sam, child_id, "2026-02-20", [3] * 10)
    return child_id


@pytest.mark.parametrize(
    "tab",
    [
        "Overview",
        "Timeline",
        "People",
        "Early help",
        "Care",
        "History",
        "Outcome Star",
        "Measures",
        "Voice",
        "Actions",
    ],
)
@pytest.mark.parametrize("width", [860, 1182])
def test_no_page_is_wider_than_the_window(qtbot, at_work, tab, width):
    screen = opened(qtbot, at_work.sam, lived(at_work, long_named), tab, width)

    for area in screen.page().findChildren(QScrollArea):
        assert area.widget().width() <= area.viewport().width()


def test_details_are_changed_and_shown_in_the_head(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    button(screen, "Edit details").click()
    dialog = screen.findChild(DetailsDialog)
    fill(dialog.panel.form, family="Nowak", alerts="Severe nut allergy")

    dialog.panel.save_button.click()

    assert {"Amelia Nowak", "Severe nut allergy"} <= set(texts(screen))


def test_details_somebody_else_changed_are_not_overwritten(qtbot, at_work, amelia):
    dialog = DetailsDialog(at_work.sam, amelia)
    qtbot.addWidget(dialog)
    dialog.open()
    fill(dialog.panel.form, phone="07700 900555")

    def somebody_else(session) -> None:
        details = children.details(session, amelia)
        children.change_details(session, amelia, details.version, {"email": "amelia@example.org"})

    done(at_work.sam, somebody_else)
    dialog.panel.save_button.click()
    assert any("What you typed is still here" in text for text in texts(dialog))

    button(dialog, "Load their changes").click()
    assert dialog.panel.form.text("phone") == "07700 900555"
    assert dialog.panel.form.text("email") == "amelia@example.org"
    dialog.panel.save_button.click()
    values = done(at_work.sam, lambda session: children.details(session, amelia)).values
    assert (values["phone"], values["email"]) == ("07700 900555", "amelia@example.org")


def nameless(interface, found: list[str]) -> list[str]:
    roles = {QAccessible.Role.EditableText, QAccessible.Role.Button, QAccessible.Role.ComboBox,
             QAccessible.Role.CheckBox, QAccessible.Role.Table, QAccessible.Role.List}  # fmt: skip
    state = interface.state()
    is_used = interface.role() in roles and state.focusable and not state.invisible
    if is_used and not interface.text(QAccessible.Text.Name):
        found.append(f"{interface.role()} {interface.object()}")
    for place in range(interface.childCount()):
        if (child := interface.child(place)) is not None:
            nameless(child, found)
    return found


def test_every_control_of_every_tab_has_a_name(qtbot, at_work, amelia):
    read_star(at_work.sam, amelia, "2026-02-20", [3] * 10)
    screen = opened(qtbot, at_work.sam, amelia)
    for name in screen.tab_names():
        screen.show_tab(name)
        QApplication.processEvents()
        assert nameless(QAccessible.queryAccessibleInterface(screen), []) == [], name


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_tab_opens_in_every_theme(qtbot, qapp, at_work, amelia, name):
    theme.apply(qapp, name)
    try:
        screen = opened(qtbot, at_work.sam, amelia)
        for tab in screen.tab_names():
            screen.show_tab(tab)
            assert not screen.grab().isNull()
    finally:
        theme.apply(qapp, "light")


def test_a_closed_record_is_let_go(qapp, at_work, amelia):
    screen = ChildScreen(at_work.sam, amelia)
    for name in screen.tab_names():
        screen.show_tab(name)
    gone = weakref.ref(screen)

    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del screen
    gc.collect()

    assert gone() is None


def test_today_is_the_stores_day(at_work):
    assert at_work.sam.today == TODAY
