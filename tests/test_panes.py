"""F6 goes between rail, lists and cards; Esc closes what was opened over a record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.desk_fixture import at_work
from ui import screens
from ui.panes import PaneKeys, panes_of
from ui.today import TodayScreen

__all__ = ["at_work"]  # a fixture


class Screen(QWidget):
    """Two panes of two buttons each."""

    def __init__(self):
        super().__init__()
        layout = QVBoxLayout(self)
        self._panes = tuple(column(f"{pane} 1", f"{pane} 2") for pane in ("list", "card"))
        for pane in self._panes:
            layout.addWidget(pane)

    def panes(self):
        return self._panes


class Trail:
    """The way to the one open screen."""

    def __init__(self, screen):
        self.current = screen


def column(*names):
    holder = QWidget()
    layout = QVBoxLayout(holder)
    for name in names:
        button = QPushButton(name)
        button.setCheckable(True)
        layout.addWidget(button)
    return holder


@pytest.fixture
def work(qtbot):
    work = QWidget()
    qtbot.addWidget(work)
    rail, find, screen = column("Today", "Children"), QLineEdit(), Screen()
    rail.findChildren(QPushButton)[1].setChecked(True)
    layout = QVBoxLayout(work)
    for each in (rail, find, screen):
        layout.addWidget(each)
    PaneKeys(work, rail, Trail(screen))
    with qtbot.waitActive(work):
        work.show()
    find.setFocus()
    yield work
    work.close()


def pressed(work, *modifiers):
    QTest.keyClick(work.focusWidget(), Qt.Key.Key_F6, *modifiers)
    return work.focusWidget().text()


def test_f6_goes_from_pane_to_pane_and_round_by_the_chosen_way_of_the_rail(work):
    assert [pressed(work) for _ in range(4)] == ["list 1", "card 1", "Children", "list 1"]


def test_shift_f6_goes_the_other_way(work):
    back = Qt.KeyboardModifier.ShiftModifier

    assert [pressed(work, back) for _ in range(4)] == ["card 1", "list 1", "Children", "card 1"]


def test_f6_comes_back_to_where_the_keyboard_was_in_a_pane(work):
    pressed(work)
    QTest.keyClick(work.focusWidget(), Qt.Key.Key_Tab)
    was = work.focusWidget().text()

    went = [pressed(work) for _ in range(3)]

    assert (was, went[-1]) == ("list 2", "list 2")


def test_what_has_nothing_to_stop_at_is_passed_over(work):
    work.findChild(Screen).panes()[0].setEnabled(False)

    assert pressed(work) == "card 1"


def test_today_names_what_is_due_and_the_cards_beside_it(qtbot, at_work):
    screen = TodayScreen(at_work.sam)
    qtbot.addWidget(screen)

    due, beside = panes_of(screen)

    assert due.isAncestorOf(screen._groups["overdue"])
    assert beside.isAncestorOf(screen._drafts)


def test_esc_closes_a_print_and_a_comparison(qtbot):
    screen = screens.pdf_screen("Record", b"")
    qtbot.addWidget(screen)

    with qtbot.waitSignal(screen.left):
        screen.close_what_is_open()
