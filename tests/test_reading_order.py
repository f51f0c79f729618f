"""Tab goes through a record as it is read; the keyboard stays where it was when a page is read anew."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.desk_fixture import at_work
from tests.record_screen import amelia, button, opened
from ui.reading_order import KeyboardPlace, put_in_order

__all__ = ["amelia", "at_work"]


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return what Tab comes to in a part, in its order, beginning at the top of the window."""
    chain, at = [], part.window().nextInFocusChain()
    while at is not part.window():
        chain.append(at)
        at = at.nextInFocusChain()
    return [
        each
        for each in chain
        if part.isAncestorOf(each) and each.isVisible() and each.isEnabled()
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
    ]


def steps_back(part: QWidget) -> list[tuple[str, str]]:
    """Return where Tab goes up the page other than to the top of the next column."""
    found = []
    for one, other in pairwise(tab_stops(part)):
        at, then = (each.mapTo(part, QPoint()) for each in (one, other))
        if then.y() + other.height() <= at.y() and then.x() <= at.x() + one.width():
            found.append((one.accessibleName(), other.accessibleName()))
    return found


@pytest.mark.parametrize("tab", ["Overview", "People", "Measures", "Education", "Care"])
def test_tab_goes_down_each_column_of_a_record(qtbot, at_work, amelia, tab):
    screen = opened(qtbot, at_work.sam, amelia, tab)

    assert len(tab_stops(screen.page())) > 1
    assert steps_back(screen.page()) == []


def test_tab_comes_to_the_head_of_a_record_before_its_tabs(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)

    names = [each.accessibleName() for each in tab_stops(screen)]

    why = next(each for each in names if each.startswith("Why "))
    assert names.index(why) < names.index("Parts of the record") < names.index("Edit details")


@pytest.mark.parametrize("tab", ["Care", "Actions"])
def test_a_head_that_is_read_anew_stays_before_its_page(qtbot, at_work, amelia, tab):
    screen = opened(qtbot, at_work.sam, amelia, tab)

    screen.show_tab("Timeline")
    screen.refresh()
    screen.show_tab(tab)
    QApplication.processEvents()

    page = screen.page()
    is_on_page = [page.isAncestorOf(each) for each in tab_stops(screen)]
    assert is_on_page == sorted(is_on_page)
    assert any(is_on_page)


def test_the_keyboard_keeps_its_place_when_a_page_is_read_anew(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Education")
    was = button(screen.page(), "Add a school")
    was.setFocus()

    screen.page().refresh()

    qtbot.waitUntil(lambda: screen.focusWidget() is button(screen.page(), "Add a school"))
    assert screen.focusWidget() is not was


def test_a_control_that_is_gone_leaves_the_keyboard_to_the_one_before_it(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    first, second, third = (QPushButton(name) for name in ("First", "Second", "Third"))
    for each in (first, second, third):
        layout.addWidget(each)
    with qtbot.waitExposed(page):
        page.show()
    second.setFocus()
    place = KeyboardPlace(page)

    second.hide()
    place.find_again()

    assert page.focusWidget() is first


def test_controls_made_late_take_their_place_in_the_order(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    first, last = QPushButton("First"), QPushButton("Last")
    layout.addWidget(first)
    layout.addWidget(last)
    between = QPushButton("Between")
    layout.insertWidget(1, between)

    put_in_order(page)

    assert (first.nextInFocusChain(), between.nextInFocusChain()) == (between, last)


def test_a_form_that_is_being_written_in_keeps_the_keyboard(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    button(screen.page(), "Add an address").click()
    writing = screen.focusWidget()

    screen.page().refresh()
    QApplication.processEvents()

    assert screen.focusWidget() is writing
