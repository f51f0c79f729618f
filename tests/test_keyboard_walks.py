"""Tab goes all the way round, and the keyboard comes back to where one was: seen by walking with keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import keyboard_back
from ui.reading_order import put_in_order
from ui.tabbed import TabbedScreen


def column(*parts):
    page = QWidget()
    layout = QVBoxLayout(page)
    for each in parts:
        layout.addWidget(each)
    return page


def walk(qtbot, window, first, steps):
    """Return the names of what has the keyboard, one Tab after the other."""
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    names = []
    for _ in range(steps):
        names.append(QApplication.focusWidget().text())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    return names


def test_tab_leaves_a_form_whose_box_hands_the_keyboard_on_to_its_field(qtbot):
    first, last, field = QLineEdit("first"), QLineEdit("last"), QLineEdit("field")
    page = column(first, last)
    window = column(page, QPushButton("beneath"))
    box = column(field)
    box.setFocusProxy(field)
    around = column(box)
    around.setFocusProxy(box)
    page.layout().insertWidget(1, around)

    put_in_order(page)

    assert walk(qtbot, window, first, 5) == ["first", "field", "last", "beneath", "first"]
    assert (box.focusProxy(), around.focusProxy()) == (field, box)


class Late(QWidget):
    """A button at the top and one at the foot, and between them what is read later."""

    def __init__(self) -> None:
        super().__init__()
        self.top, self.foot = QPushButton("top"), QPushButton("foot")
        layout = QVBoxLayout(self)
        layout.addWidget(self.top)
        layout.addWidget(self.foot)

    def read(self) -> None:
        """Show what was read."""
        self.layout().insertWidget(1, QPushButton("between"))


@pytest.fixture
def screen():
    return TabbedScreen("Sample", {"First": Late, "Second": Late})


def test_tab_goes_through_a_page_that_was_filled_late_as_it_is_read(qtbot, screen):
    screen.page().read()

    assert walk(qtbot, screen, screen.page().top, 3) == ["top", "between", "foot"]


@pytest.fixture
def working(qtbot, qapp):
    """A button, the one after it, and a way in and out of being watched."""
    keyboard_back.give_keyboard_back(qapp)
    check, other, third = QPushButton("Check"), QPushButton("other"), QPushButton("third")
    window = column(check, other, third)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    check.setFocus()
    check.setEnabled(False)
    yield check, other, third
    qapp.focusChanged.disconnect(keyboard_back._focus_moved)


def test_a_button_that_was_at_rest_while_it_worked_has_the_keyboard_again(working):
    check, other, _ = working
    assert other.hasFocus()

    check.setEnabled(True)

    assert check.hasFocus()


def test_who_went_on_with_the_keyboard_meanwhile_keeps_it(working):
    check, _, third = working
    third.setFocus()

    check.setEnabled(True)

    assert third.hasFocus()
