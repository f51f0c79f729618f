"""The list of children: pages, filters, order, keyboard."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from caseapp.children import NewChild, register
from db.models import Child
from tests.desk_fixture import TODAY, DeskAtOnce, Office, add_child, add_note, at_work, done, look_after
from ui import theme
from ui.children import ChildrenScreen
from ui.children_table import DUE, MENU, STATUS, ChildrenTable
from ui.record_parts import FilterChip

__all__ = ["at_work"]


@pytest.fixture
def family(at_work: Office):
    ids = {
        "Amelia": add_child(at_work.sam, "Amelia", "Kowalska"),
        "Ola": add_child(at_work.sam, "Ola", "Kowalska", date(2017, 3, 1)),
        "Łucja": add_child(at_work.sam, "Łucja", "Łukasz", date(2024, 10, 1)),
    }
    look_after(at_work.sam, ids["Amelia"])
    add_note(at_work.sam, ids["Ola"], date(2026, 11, 2), "Visit.", seen=True)
    return ids


def opened(qtbot, desk, width=1182) -> ChildrenScreen:
    screen = ChildrenScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(width, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def table(screen) -> ChildrenTable:
    return screen.findChild(ChildrenTable)


def names(screen) -> list[str]:
    model = table(screen).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def chip(screen, text) -> FilterChip:
    return next(each for each in screen.findChildren(FilterChip) if each.text() == text)


def words_above(screen) -> list[str]:
    return [label.text() for label in screen.findChildren(QLabel)]


def test_my_children_are_listed_by_name(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)

    assert names(screen) == ["Amelia Kowalska", "Ola Kowalska", "Łucja Łukasz"]
    assert "My children: 3 children" in words_above(screen)


def test_a_row_says_age_status_and_what_is_late(qtbot, at_work, family):
    model = table(opened(qtbot, at_work.sam)).model()

    assert model.index(0, 1).data() == "15 y 2 m"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "Born 04/09/2011"
    assert model.index(0, STATUS).data() == "Looked after"
    assert model.index(0, DUE).data() == "Overdue, 17/02/2025"
    assert model.index(2, 1).data() == "2 y 1 m"


def test_a_status_narrows_the_list_and_the_words_say_so(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)

    chip(screen, "Looked after").click()

    assert names(screen) == ["Amelia Kowalska"]
    assert "My children, looked after: 1 child" in words_above(screen)


def test_overdue_only_leaves_those_who_are_late(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)

    chip(screen, "Overdue only").click()

    assert names(screen) == ["Amelia Kowalska"]
    assert screen.filter.overdue_on == TODAY


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)
    header = table(screen).horizontalHeader()

    header.sectionClicked.emit(1)
    assert names(screen) == ["Amelia Kowalska", "Ola Kowalska", "Łucja Łukasz"]

    header.sectionClicked.emit(1)
    assert names(screen) == ["Łucja Łukasz", "Ola Kowalska", "Amelia Kowalska"]


def test_a_heading_that_has_no_order_changes_nothing(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)
    before = screen.filter

    table(screen).horizontalHeader().sectionClicked.emit(STATUS)

    assert screen.filter == before


def test_typing_jumps_and_enter_opens(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)
    view = table(screen)
    view.setFocus()

    qtbot.keyClicks(view, "luk")
    with qtbot.waitSignal(screen.open_child) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert signal.args == [family["Łucja"]]


def test_the_menu_of_a_row_opens_and_copies(qtbot, at_work, family):
    screen = opened(qtbot, at_work.sam)
    view = table(screen)
    menu = view.menu_of(view.model().index(0, MENU).data(Qt.ItemDataRole.UserRole))

    with qtbot.waitSignal(screen.open_child) as signal:
        menu.actions()[0].trigger()
    menu.actions()[-1].trigger()

    assert signal.args == [family["Amelia"]]
    assert QApplication.clipboard().text() == "10001"


def test_another_teams_child_is_never_listed(qtbot, at_work, family):
    screen = opened(qtbot, at_work.priya)

    chip(screen, "All").click()

    assert names(screen) == []
    assert "No children here" in words_above(screen)


def test_an_empty_store_offers_to_add_the_first_child(qtbot, at_work):
    screen = opened(qtbot, at_work.sam)
    next(each for each in screen.findChildren(QPushButton) if each.text() == "Show all").click()
    seen = [each.text() for each in screen.findChildren(QLabel) if each.isVisibleTo(screen)]
    assert "No children on file yet" in seen
    add = [each for each in screen.findChildren(QPushButton) if each.text() == "Add a child"][-1]

    with qtbot.waitSignal(screen.add_child) as signal:
        add.click()

    assert signal.args == [""]


def test_the_button_asks_for_a_new_child(qtbot, at_work):
    screen = opened(qtbot, at_work.sam)
    button = next(each for each in screen.findChildren(QPushButton) if each.text() == "Add a child")

    with qtbot.waitSignal(screen.add_child) as signal:
        button.click()

    assert signal.args == [""]


def test_a_thousand_children_come_in_pages(qtbot, at_work):
    def put_on_file(session) -> None:
        register(session, NewChild("First", "Aa", date(2015, 1, 1)))
        actor = session.actor
        session.add_all(
            Child(
                ref=20_000 + number, given="Child", family=f"N{number:04}", sort_name=f"n{number:04} child",
                born_on=date(2015, 1, 1), opened_on=TODAY, worker_id=actor.worker_id, team_id=actor.team_id,
            )
            for number in range(999)
        )  # fmt: skip

    done(at_work.sam, put_on_file)
    screen = opened(qtbot, at_work.sam)
    view = table(screen)

    assert view.model().rowCount() == 200
    assert "My children: 1,000 children" in words_above(screen)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.model().rowCount() == 400)

    qtbot.keyClicks(view, "n0998")
    assert view.currentIndex().data() == "Child N0998"
    assert len(set(names(screen))) == view.model().rowCount() == 1000


@pytest.mark.parametrize("width", [916, 1044, 1182, 1736])
def test_all_columns_fit_into_the_window(qtbot, at_work, family, width):
    view = table(opened(qtbot, at_work.sam, width))

    assert view.horizontalHeader().length() <= view.viewport().width()


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_screen_opens_in_every_theme(qtbot, qapp, at_work, family, name):
    theme.apply(qapp, name)
    try:
        assert not opened(qtbot, at_work.sam).grab().isNull()
    finally:
        theme.apply(qapp, "light")


def test_a_manager_sees_the_teams_children_first_and_a_practitioner_their_own(qtbot, at_work, family):
    manager = DeskAtOnce(at_work.store, replace(at_work.sam.actor, roles=frozenset({"manager"})))

    assert opened(qtbot, manager).filter.whose == "team"
    assert opened(qtbot, at_work.sam).filter.whose == "mine"


def test_the_list_leaves_as_it_is_narrowed_and_says_so(qtbot, at_work, family, tmp_path):
    screen = opened(qtbot, at_work.sam)
    chip(screen, "Looked after").click()

    screen.exporting.save_to(str(tmp_path / "children.csv"))

    rows = (tmp_path / "children.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [each.split(",")[1] for each in rows] == ["Name", "Amelia Kowalska"]
    assert "It names children. The file is not encrypted." in screen.banner.text()


def test_a_place_where_nothing_can_be_written_is_told(qtbot, at_work, family, tmp_path):
    screen = opened(qtbot, at_work.sam)

    screen.exporting.save_to(str(tmp_path))

    assert "was not saved" in screen.banner.text()
