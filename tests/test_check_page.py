"""The page that lists what is missing: the keyboard is on it once it is shown, and reads all of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseapp.form import Trouble
from caseapp.forms import FORMS
from ui.check_page import CheckPage

WORTH = [f"Action {number} hangs from no need." for number in range(40)]


@pytest.fixture
def check(qtbot):
    page = QWidget()
    check = CheckPage(FORMS["pathway-plan"], page)
    check.hide()
    layout = QVBoxLayout(page)
    layout.addWidget(QPushButton("Preview"))
    layout.addWidget(check)
    qtbot.addWidget(page)
    page.resize(500, 400)
    with qtbot.waitActive(page):
        page.show()
    yield check
    page.close()


def test_the_keyboard_comes_to_the_first_thing_to_see_to(check):
    check.show_troubles([Trouble("views", "agree", "Do I agree?", "This is needed before signing.")], "Plan")

    check.show()

    assert check.links()[0].hasFocus()


def test_without_anything_to_see_to_the_keyboard_comes_to_signing(check):
    check.show_troubles([], "Plan")

    check.show()

    assert check.sign_button().hasFocus()


def test_what_is_worth_a_look_is_read_to_its_end_by_keyboard(qtbot, check):
    check.show_troubles([], "Plan", WORTH)
    check.show()
    area = check.findChild(QScrollArea)

    qtbot.keyClick(check.window().focusWidget(), Qt.Key.Key_PageDown)

    assert area.hasFocus()
    assert area.verticalScrollBar().value() > 0


def test_not_yet_gives_the_keyboard_back_to_signing(qtbot, check):
    check.show_troubles([], "Plan")
    check.show()
    qtbot.mouseClick(check.sign_button(), Qt.MouseButton.LeftButton)

    button = next(each for each in check.findChildren(QPushButton) if each.text() == "Not yet")
    button.setFocus()
    button.click()

    assert check.sign_button().hasFocus()


def test_the_keyboard_stays_on_the_page_while_it_is_signed_and_comes_back_if_that_fails(qtbot, check):
    check.show_troubles([], "Plan")
    check.show()
    for button in (check.sign_button(), check.confirm_button()):
        button.setFocus()
        button.click()
    assert check.window().focusWidget() is check

    check.say("Not signed.")

    assert check.sign_button().hasFocus()
