"""Tab goes all the way round, and the keyboard comes back to where one was: seen by walking with keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import keyboard_back
from ui.basics import HandsKeyboardOn
from ui.reading_order import put_in_order
from ui.tabbed import TabbedScreen
from ui.tour import STEPS, Tour

ROOT = Path(__file__).parents[1]


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


class Box(HandsKeyboardOn, QWidget):
    """Hands the keyboard on to its one part."""

    def __init__(self, front) -> None:
        super().__init__()
        QVBoxLayout(self).addWidget(front)
        self.front = front


def test_tab_leaves_a_form_whose_box_hands_the_keyboard_on_to_its_field(qtbot):
    first, last, field = QLineEdit("first"), QLineEdit("last"), QLineEdit("field")
    page = column(first, last)
    window = column(page, QPushButton("beneath"))
    page.layout().insertWidget(1, Box(Box(field)))

    put_in_order(page)

    assert walk(qtbot, window, first, 5) == ["first", "field", "last", "beneath", "first"]
    page.findChild(Box).setFocus()
    assert field.hasFocus()


PROXIES = {"ui/entry.py": 2, "ui/find.py": 1, "ui/restore.py": 1}
"""Boxes of windows whose order is that in which they are made; nothing puts those in order."""


def test_no_other_box_has_a_focus_proxy():
    texts = {each: each.read_text(encoding="utf-8") for each in (ROOT / "ui").glob("*.py")}
    found = {each.relative_to(ROOT).as_posix(): text.count("setFocusProxy(") for each, text in texts.items()}

    assert {name: count for name, count in found.items() if count} == PROXIES


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


def test_who_used_the_next_control_meanwhile_keeps_the_keyboard_there(working):
    check, other, _ = working
    QTest.keyClick(other, Qt.Key.Key_Space)

    check.setEnabled(True)

    assert other.hasFocus()


def test_who_went_on_with_the_keyboard_meanwhile_keeps_it(working):
    check, _, third = working
    third.setFocus()

    check.setEnabled(True)

    assert third.hasFocus()


@pytest.fixture
def tour(qtbot):
    """A tour over a window with a line to write in, which an Alt+1 goes to."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.line = QLineEdit(window)
    QShortcut(QKeySequence("Alt+1"), window, window.line.setFocus)
    tour = Tour(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tour.begin()
    yield tour
    window.hide()


def test_each_card_of_the_tour_has_room_for_its_words(tour):
    for step in STEPS:
        words = next(each for each in tour.findChildren(QLabel) if each.text() == step.words)
        assert words.height() >= words.heightForWidth(words.width())
        tour.next()


def test_a_key_that_leads_elsewhere_ends_the_tour_and_goes_there(tour):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)

    assert not tour.isVisible()
    assert tour.parentWidget().line.hasFocus()


def test_the_tour_goes_on_while_a_key_alone_is_held(tour):
    QTest.keyPress(QApplication.focusWidget(), Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)

    assert tour.isVisible()
