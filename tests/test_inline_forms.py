"""A small form that opens inside a card, by keyboard: Tab goes through it where it stands, Esc leaves it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from caseapp.form import Text
from ui.figure_list import FigureList
from ui.small_form import InlineForm, SmallForm


class Host(QWidget):
    """A window with a key of its own for Esc, and a form between two buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.opener, self.after = QPushButton("Open"), QPushButton("After")
        self.place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.addWidget(self.opener)
        column.addLayout(self.place)
        column.addWidget(self.after)
        self.opener.clicked.connect(self.open_form)
        QShortcut(QKeySequence("Esc"), self, lambda: self.pressed.append("Esc"))

    def open_form(self) -> None:
        fields = (Text("given", "Given names"), Text("notes", "Notes", lines=3))
        self.form = InlineForm("A person", SmallForm(fields, date(2026, 11, 19)), "Add")
        self.form.cancelled.connect(self.form.hide)
        self.place.addWidget(self.form)
        self.form.show()
        self.form.focus_first()


@pytest.fixture
def host(qtbot):
    host = Host()
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    host.opener.setFocus()
    host.opener.click()
    return host


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)
    return QApplication.focusWidget()


def name(widget):
    return widget.text() if isinstance(widget, QPushButton) else widget.accessibleName()


def test_tab_goes_from_the_last_question_to_the_buttons_and_then_on(host):
    seen = [name(press(Qt.Key.Key_Tab)) for _ in range(4)]

    assert seen == ["Notes", "Add", "Cancel", "After"]


@pytest.mark.parametrize("tabs", range(4))
def test_esc_leaves_the_form_from_anywhere_in_it_and_goes_back_to_what_opened_it(host, tabs):
    for _ in range(tabs):
        press(Qt.Key.Key_Tab)

    assert press(Qt.Key.Key_Escape) is host.opener
    assert not host.form.isVisible()
    assert host.pressed == []

    press(Qt.Key.Key_Escape)
    assert host.pressed == ["Esc"]


def test_cancel_goes_back_to_what_opened_it_as_well(host):
    for _ in range(3):
        press(Qt.Key.Key_Tab)

    assert press(Qt.Key.Key_Space) is host.opener


def test_a_form_whose_page_was_covered_still_goes_back_to_what_opened_it(qtbot, host):
    pages = QStackedWidget()
    for page in (host, QPushButton("Unlock")):
        pages.addWidget(page)
    pages.show()
    pages.activateWindow()
    qtbot.waitUntil(pages.isActiveWindow)
    for page in (1, 0):
        pages.setCurrentIndex(page)
    host.form.focus_first()

    assert press(Qt.Key.Key_Escape) is host.opener
    host.setParent(None)


def test_esc_closes_a_list_behind_a_figure_before_the_window_hears_of_it(qtbot, host):
    behind = FigureList(["Child"], [1], lambda row: [row])
    host.layout().addWidget(behind)
    behind.show()
    behind.table.setFocus()

    press(Qt.Key.Key_Escape)

    assert behind.isHidden()
    assert host.pressed == []
