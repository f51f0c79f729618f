"""Answering by keyboard: choosing among buttons, and sums of money as people type them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseapp.form import YES_NO, Choice, Money
from tests.sample_form import TODAY, type_into
from ui.row_fields import editor_for


def shown(qtbot, field, answer=None):
    editor = editor_for(field, None, TODAY)
    qtbot.addWidget(editor)
    editor.set_answer(answer)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


@pytest.mark.parametrize("chosen", [None, "yes"], ids=["unanswered", "answered"])
def test_an_arrow_key_chooses_among_buttons(qtbot, chosen):
    editor = shown(qtbot, Choice("few", "Few", options=YES_NO), chosen)
    editor.focus()

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert editor.answer() == "no"
    assert QApplication.focusWidget().text() == "No"

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert editor.answer() == "yes"


def test_space_chooses_the_button_with_the_keyboard(qtbot):
    editor = shown(qtbot, Choice("few", "Few", options=YES_NO))

    QTest.keyClick(editor.control(), Qt.Key.Key_Space)

    assert editor.answer() == "yes"


@pytest.mark.parametrize(
    ("typed", "pence"), [("£1,270.50", 127_050), ("1270.5", 127_050), ("1,270", 127_000), ("£ 480", 48_000)]
)
def test_money_shows_its_sign_and_is_read_with_or_without_it(qtbot, typed, pence):
    editor = shown(qtbot, Money("cost", "Cost"))
    assert editor.control().placeholderText() == "£"

    type_into(editor.control(), typed)

    assert editor.answer() == pence


def test_a_comma_that_parts_no_thousands_is_not_guessed_at(qtbot):
    editor = shown(qtbot, Money("cost", "Cost"))

    type_into(editor.control(), "60,50")
    editor.leave()

    assert "not a sum of money" in editor.problem()
