"""Going about by keyboard alone: the tabs of a screen, and the ways at the left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.frame import ENTRIES, Rail
from ui.tabbed import TabbedScreen

CTRL = Qt.KeyboardModifier.ControlModifier
BACK = CTRL | Qt.KeyboardModifier.ShiftModifier


class Page(QWidget):
    """Three lines to write in."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.lines = [QLineEdit() for _ in range(3)]
        for line in self.lines:
            column.addWidget(line)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    QVBoxLayout(window).addWidget(QLineEdit())
    qtbot.addWidget(window)
    return window


@pytest.fixture
def screen(qtbot, window):
    screen = TabbedScreen("Sample", {"First": Page, "Second": Page, "Empty": QWidget})
    window.layout().addWidget(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return screen


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_ctrl_tab_out_of_a_field_and_back_finds_the_field_again(screen):
    first = screen.page()
    first.lines[1].setFocus()

    press(Qt.Key.Key_Tab, CTRL)
    assert QApplication.focusWidget() is screen.page().lines[0]

    press(Qt.Key.Key_Backtab, BACK)
    assert QApplication.focusWidget() is first.lines[1]
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first.lines[2]


def test_ctrl_tab_out_of_a_field_to_a_page_with_nothing_to_fill_in_is_on_the_tabs(screen):
    screen.page().lines[1].setFocus()

    press(Qt.Key.Key_Backtab, BACK)

    assert QApplication.focusWidget() is screen._tabs


def test_home_and_end_go_to_the_first_and_the_last_way_at_the_left(qtbot):
    rail = Rail(ENTRIES)
    qtbot.addWidget(rail)
    rail.show()
    rail.activateWindow()
    qtbot.waitUntil(rail.isActiveWindow)
    buttons = list(rail._buttons.values())
    buttons[2].setFocus()

    with qtbot.assertNotEmitted(rail.chosen):
        press(Qt.Key.Key_End)
        assert buttons[-1].hasFocus()
        press(Qt.Key.Key_Home)
        assert buttons[0].hasFocus()
