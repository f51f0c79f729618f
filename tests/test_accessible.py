"""Every control of every screen has a name for a screen reader, and Tab comes to it."""

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from caseapp import plans
from tests.desk_fixture import DeskAtOnce, at_work, done
from tests.record_screen import amelia
from ui import screens
from ui.child import TABS, ChildScreen
from ui.frame import ENTRIES
from ui.plan import PlanScreen
from ui.sign_in import SignInScreen

__all__ = ["amelia", "at_work"]

MAKERS = {
    "today": screens.today_screen, "children": screens.children_screen, "caseload": screens.caseload_screen,
    "early help": screens.early_help_screen, "front door": screens.front_door_screen,
    "education": screens.education_screen, "supervision": screens.supervision_screen,
    "approvals": screens.approvals_screen, "reports": screens.reports_screen,
    "settings": screens.settings_screen,
}  # fmt: skip
NAMED = {
    QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText, QAccessible.Role.ComboBox, QAccessible.Role.SpinBox,
    QAccessible.Role.Slider, QAccessible.Role.Link, QAccessible.Role.Table, QAccessible.Role.List,
    QAccessible.Role.Tree, QAccessible.Role.PageTab, QAccessible.Role.ButtonMenu, QAccessible.Role.Dialog,
}  # fmt: skip


def shown(qtbot, screen: QWidget) -> QWidget:
    qtbot.addWidget(screen)
    screen.resize(1182, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def visible(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what a screen reader meets, but for the cells of tables."""
    for place in range(root.childCount()):
        each = root.child(place)
        if each is None or not each.isValid() or each.state().invisible:
            continue
        yield each
        if each.role() not in (QAccessible.Role.Table, QAccessible.Role.Tree, QAccessible.Role.List):
            yield from visible(each)


def nameless(screen: QWidget) -> list[str]:
    """Return the controls without a name, with the classes of the widgets above them."""
    found = []
    for each in visible(QAccessible.queryAccessibleInterface(screen)):
        widget = each.object()
        if each.role() in NAMED and not each.text(QAccessible.Text.Name).strip() and _is_ours(widget):
            found.append(f"{each.role().name} {_where(widget)}")
    return found


def _is_ours(widget) -> bool:
    """Return whether it is a control of its own: not the text inside a spin box, the list of a combo box."""
    return isinstance(widget, QWidget) and not widget.objectName().startswith("qt_")


def _where(widget: QWidget) -> str:
    above, names = widget, []
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)


def out_of_reach(screen: QWidget) -> list[str]:
    """Return the controls that Tab never comes to although they take the mouse."""
    reached, at = set(), screen.nextInFocusChain()
    while at is not None and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    roles = {QAccessible.Role.Button, QAccessible.Role.Link, QAccessible.Role.EditableText}
    found = []
    for each in visible(QAccessible.queryAccessibleInterface(screen)):
        widget = each.object()
        if each.role() not in roles or not _is_ours(widget) or not widget.isEnabled():
            continue
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget not in reached or not (takes_tab or _has_other_way(widget)):
            found.append(_where(widget))
    return found


def _has_other_way(widget: QWidget) -> bool:
    """Return whether arrows or a key lead to it: a box of a field, a part of a spin box, an arrow of tabs."""
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QTabBar

    return isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar)


def boss(at_work) -> DeskAtOnce:
    roles = frozenset({"practitioner", "manager", "administrator"})
    return DeskAtOnce(at_work.store, dataclasses.replace(at_work.sam.actor, roles=roles))


def check(screen: QWidget) -> None:
    assert nameless(screen) == []
    assert out_of_reach(screen) == []


def test_every_entry_of_the_rail_is_walked():
    assert {each.key for each in ENTRIES} == set(MAKERS)


@pytest.mark.parametrize("entry", list(MAKERS))
def test_every_control_of_a_screen_has_a_name_and_is_reached(qtbot, at_work, amelia, entry):
    check(shown(qtbot, MAKERS[entry](boss(at_work))))


def test_every_control_of_each_tab_of_a_record_has_a_name_and_is_reached(qtbot, at_work, amelia):
    screen = shown(qtbot, ChildScreen(boss(at_work), amelia))
    for tab in TABS:
        if tab in screen.tab_names():
            screen.show_tab(tab)
            QApplication.processEvents()
            assert (tab, nameless(screen)) == (tab, [])
            assert (tab, out_of_reach(screen)) == (tab, [])


@pytest.mark.parametrize("kind", ["early-help", "pep", "pathway-plan", "star"])
def test_every_control_of_a_plan_has_a_name_and_is_reached(qtbot, at_work, amelia, kind):
    desk = boss(at_work)
    revision_id = done(desk, lambda session: plans.start(session, amelia, kind))
    check(shown(qtbot, PlanScreen(desk, revision_id)))


def test_every_control_of_the_window_to_sign_in_has_a_name_and_is_reached(qtbot, tmp_path):
    check(shown(qtbot, SignInScreen(tmp_path / "first.caseapp")))


def test_the_walk_finds_what_has_no_name(qtbot):
    from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

    screen = QWidget()
    layout = QVBoxLayout(screen)
    layout.addWidget(QLineEdit())
    button = QPushButton("Go")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout.addWidget(button)
    shown(qtbot, screen)

    assert [each.split()[0] for each in nameless(screen)] == ["EditableText"]
    assert [each.split()[0] for each in out_of_reach(screen)] == ["QPushButton"]
