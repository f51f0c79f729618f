"""What the keyboard comes to is in sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import focus_in_sight


@pytest.fixture
def page(qtbot):
    """Return a page with a button above a part that scrolls, which stands at its end."""
    page, inside, area = QWidget(), QWidget(), QScrollArea()
    lines = QVBoxLayout(inside)
    lines.addWidget(QPushButton("First"))
    lines.addSpacing(600)
    lines.addWidget(QPushButton("Last"))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    layout = QVBoxLayout(page)
    layout.addWidget(QPushButton("Above"))
    layout.addWidget(area)
    qtbot.addWidget(page)
    page.resize(300, 200)
    focus_in_sight.watch_focus(QApplication.instance())
    with qtbot.waitActive(page):
        page.show()
    button_of(page, "Above").setFocus()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    yield page
    QApplication.instance().focusChanged.disconnect(focus_in_sight._focus_moved)


def button_of(page, name):
    return next(each for each in page.findChildren(QPushButton) if each.text() == name)


def test_tab_into_a_part_that_scrolls_shows_what_has_the_keyboard(qtbot, page):
    qtbot.keyClick(button_of(page, "Above"), Qt.Key.Key_Tab)

    first = button_of(page, "First")
    assert first.hasFocus()
    qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty())


def test_a_press_of_the_mouse_moves_nothing(qtbot, page):
    last, bar = button_of(page, "Last"), page.findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum() - last.height() // 2)
    stood = bar.value()

    qtbot.mousePress(last, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert last.hasFocus()
    assert bar.value() == stood
    qtbot.mouseRelease(last, Qt.MouseButton.LeftButton)
