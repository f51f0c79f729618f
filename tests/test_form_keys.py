"""A form by keyboard alone: sections, panes, and where Tab goes on."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.sample_form import editor, view

__all__ = ["view"]


def test_ctrl_enter_goes_on_past_sections_that_are_not_asked_to_the_last_step(view, qtbot):
    seen = [view.current()]
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        seen.append(view.current())
    assert seen == ["about", "school", "targets"]

    with qtbot.waitSignal(view.last_step_asked):
        QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def panes_after(view, by):
    """Return the pane that has the keyboard after each of three steps."""
    panes = {"beside": view._beside, "steps": view._steps, "form": view._stack}
    found = []
    for _ in range(3):
        view.to_pane(by)
        found.append(next(name for name, pane in panes.items() if pane.isAncestorOf(view.focusWidget())))
    return found


def test_the_keyboard_goes_round_the_three_panes(view):
    editor(view, "name").focus()

    assert panes_after(view, 1) == ["beside", "steps", "form"]


def test_ctrl_shift_enter_goes_back_a_section_also_out_of_a_long_text(view):
    view.go_to("school", "helps")

    QTest.keyClick(
        view.focusWidget(),
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )

    assert view.current() == "about"
    assert view.focusWidget() is editor(view, "name").control()


def test_the_keyboard_goes_round_the_panes_the_other_way(view):
    editor(view, "name").focus()

    assert panes_after(view, -1) == ["steps", "beside", "form"]


def test_home_and_end_in_the_list_of_sections_go_to_the_first_and_the_last(view, qtbot):
    view.show_section("school")
    view._steps.focus()

    with qtbot.assertNotEmitted(view.last_step_asked):
        QTest.keyClick(view.focusWidget(), Qt.Key.Key_End)
    assert view.current() == "targets"

    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Home)
    assert view.current() == "about"
