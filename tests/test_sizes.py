"""Every screen fits a small laptop at 150 %: nothing cut off, nothing overlapping, every button in reach."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from caseapp import plans
from tests.desk_fixture import Office, add_child, add_mother, add_note, at_work, done, look_after
from tests.story import lived
from tests.test_accessible import boss
from ui.dialog_room import RoomForDialogs
from ui.parts import ElidedLabel, EmptyState
from ui.plan import PlanScreen
from ui.record_parts import ElidedLink, Scroller
from ui.sign_in import SignInScreen
from ui.tabbed import TabbedScreen
from ui.window import MainWindow

__all__ = ["at_work"]

SMALL = QSize(911, 512)
"""1366×768 at 150 %."""
LEAST = QSize(800, 480)
LONG_GIVEN, LONG_FAMILY = "Wilhelmina-Alexandrina Philippa", "Featherstonehaugh-Cholmondeley"
OF_QT = (QAbstractSpinBox, QComboBox, QTabBar, QAbstractItemView, QHeaderView, QLineEdit)
"""What places its own parts, and cuts them where it scrolls."""
SHORTENED = (ElidedLabel, ElidedLink)


def faults(root: QWidget) -> list[str]:
    """Return what is cut off, overlaps or scrolls sideways among the visible widgets of a window."""
    found = []
    for each in [root, *root.findChildren(QWidget)]:
        if each.isVisible() and each.window() is root.window() and not each.size().isEmpty():
            found += [f"{fault}: {place_of(each)}" for fault in (*_cut(each), *_overlaps(each))]
    return found


def _cut(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum() > 0:
        yield "scrolls sideways"
    if parent is None or widget.isWindow() or isinstance(parent, (*OF_QT, QAbstractScrollArea)):
        return
    above = parent.parentWidget()
    if not (
        isinstance(above, QAbstractScrollArea) and above.viewport() is parent
    ) and not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        yield "stands outside"
    if isinstance(widget, SHORTENED):
        return
    wanted = widget.sizeHint().width() if isinstance(widget, QAbstractButton | QLabel) else 0
    is_wrapped = isinstance(widget, QLabel) and widget.wordWrap()
    if is_wrapped and widget.heightForWidth(widget.width()) > widget.height() + 2:
        yield "too low for its words"
    elif not is_wrapped and wanted > widget.width() + 1 and _text(widget):
        yield "too narrow for its words"


def _overlaps(widget: QWidget) -> Iterator[str]:
    layout = widget.layout()
    if layout is None or isinstance(widget, (*OF_QT, QStackedWidget, QSplitter)):
        return
    placed = [each for each in _placed(layout) if each.isVisible() and not each.size().isEmpty()]
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            if one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry()):
                yield f"«{_text(one)}» and «{_text(other)}» overlap in"


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _placed(inner)


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else widget.accessibleName()


def place_of(widget: QWidget) -> str:
    """Return a widget by its words and the classes above it."""
    above, names = widget, []
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return f"«{_text(widget)[:40]}» {' < '.join(names)} {widget.geometry().getRect()}"


@pytest.fixture
def long_one(at_work: Office):
    return lived(at_work, _long_one)


def _long_one(at_work: Office):
    """Return a child whose names, notes and chips are as long as they come."""
    child_id = add_child(at_work.sam, LONG_GIVEN, LONG_FAMILY, address="14 Mill Lane, Upton")
    look_after(at_work.sam, child_id)
    add_mother(at_work.sam, child_id, f"{LONG_GIVEN} {LONG_FAMILY}")
    add_note(
        at_work.sam, child_id, date(2026, 11, 2), "A visit with many words. " * 200, quote="See Ola. " * 60
    )
    return child_id


@pytest.fixture
def window(qtbot, at_work, long_one):
    made = MainWindow(boss(at_work), "a-store-of-a-large-area-with-a-long-name.caseapp")
    qtbot.addWidget(made)
    made.resize(SMALL)
    with qtbot.waitExposed(made):
        made.show()
    settle()
    yield made
    made._may_close = True
    made.close()


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(3):
        QApplication.processEvents()


def look(window: MainWindow, found: dict[str, list[str]], name: str) -> None:
    """Note what is wrong with the screen on view."""
    settle()
    if window.size() != SMALL:
        found[f"{name}, window"] = [f"grew to {window.width()}x{window.height()}"]
        window.resize(SMALL)
    if wrong := faults(window):
        found[name] = wrong


def test_every_screen_of_the_rail_fits_a_small_laptop_at_150_percent(window):
    found: dict[str, list[str]] = {}

    for entry in [each.key for each in window._entries]:
        window.ways.open_entry(entry)
        look(window, found, entry)
        screen = window.trail.current
        for tab in screen.tab_names()[1:] if isinstance(screen, TabbedScreen) else ():
            screen.show_named(tab)
            look(window, found, f"{entry}, {tab}")

    assert found == {}


def test_every_tab_of_a_record_with_long_names_and_texts_fits_a_small_laptop(window, long_one):
    found: dict[str, list[str]] = {}
    window.ways.open_child(long_one)

    for tab in window.trail.current.tab_names():
        window.trail.current.show_tab(tab)
        look(window, found, tab)

    assert found == {}


@pytest.mark.parametrize("kind", ["pep", "star"])
def test_a_plan_with_its_preview_fits_a_small_laptop(window, long_one, kind):
    found: dict[str, list[str]] = {}
    revision_id = done(window._desk, lambda session: plans.start(session, long_one, kind))

    window.ways.open_plan(revision_id)
    look(window, found, kind)
    window.findChild(PlanScreen).toggle_preview()
    look(window, found, f"{kind} beside its pages")

    assert found == {}


def test_the_panes_of_a_plan_fold_away_and_come_back(window, long_one):
    window.ways.open_plan(done(window._desk, lambda session: plans.start(session, long_one, "pep")))
    settle()
    form = window.findChild(PlanScreen).form()
    panes = [form._steps, form._beside]

    assert [each.isVisible() for each in panes] == [True, False]
    form._feet.swap.click()
    assert [each.isVisible() for each in panes] == [False, True]
    form._feet.swap.click()
    form.page().focus()
    form.to_pane(1)
    assert [each.isVisible() for each in panes] == [False, True]
    form.to_pane(1)
    assert [each.isVisible() for each in panes] == [True, False]
    window.resize(1366, 768)
    settle()
    assert [each.isVisible() for each in (*panes, form._feet.swap)] == [True, True, False]
    window.resize(LEAST)
    settle()
    assert window.size() == LEAST


def test_esc_in_the_window_closes_the_preview_of_a_plan_and_the_page_of_what_is_missing(window, long_one):
    window.ways.open_plan(done(window._desk, lambda session: plans.start(session, long_one, "pep")))
    settle()
    screen = window.findChild(PlanScreen)
    screen.check()

    for is_checking, is_previewing in ((True, True), (False, True), (False, False)):
        assert screen.check_page().isVisible() is is_checking
        assert screen.preview().isVisible() is is_previewing
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)


def test_the_window_can_be_as_small_as_its_least_size_on_every_screen(window):
    grown = {}
    for entry in [each.key for each in window._entries]:
        window.ways.open_entry(entry)
        window.resize(LEAST)
        settle()
        if window.size() != LEAST:
            grown[entry] = window.size()

    assert grown == {}


def test_the_window_to_sign_in_fits_a_small_laptop(qtbot):
    screen = SignInScreen(None)
    qtbot.addWidget(screen)
    screen.resize(SMALL)
    screen.show()
    settle()

    assert screen.size() == SMALL
    assert faults(screen) == []


def test_a_dialog_is_no_larger_than_the_screen(qtbot, qapp):
    room = RoomForDialogs()
    qapp.installEventFilter(room)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    page = Scroller()
    page.body.addWidget(EmptyState("children", "A long form", "Words"))
    layout.addWidget(page)
    layout.addWidget(QPushButton("Save"))
    dialog.resize(3000, 3000)

    dialog.show()
    settle()
    qapp.removeEventFilter(room)

    free = dialog.screen().availableSize()
    assert dialog.width() <= free.width()
    assert dialog.height() < free.height()


def test_what_is_cut_off_or_overlaps_is_found(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(200, 100)
    outside = QLabel("Outside", holder)
    outside.move(180, 10)
    narrow = QPushButton("A button with many words", holder)
    narrow.setGeometry(0, 40, 60, 30)
    holder.show()

    said = " ".join(faults(holder))

    assert "stands outside: «Outside»" in said
    assert "too narrow for its words: «A button with many words»" in said
