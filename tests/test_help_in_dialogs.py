"""F1 in a dialog: its page opens beside it, and Esc goes back to what was typed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.desk_fixture import add_child, at_work
from tests.record_screen import opened
from tests.test_lock_screen import every_dialog
from ui import help_window
from ui.child_details import DetailsDialog
from ui.dialog_room import RoomForDialogs
from ui.help_window import HelpWindow, dialog_subject
from ui.new_child import NewChildDialog
from ui.new_note import NoteDialog

__all__ = ["at_work"]


@pytest.fixture
def amelia(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


@pytest.fixture
def room(qapp):
    """Let dialogs be as they are in the program."""
    room = RoomForDialogs(qapp)
    qapp.installEventFilter(room)
    yield room
    qapp.removeEventFilter(room)


def press_f1(dialog):
    keys = dialog.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    (key,) = [each for each in keys if each.key() == QKeySequence("F1")]
    key.activated.emit()


def blank(kind, parent):
    """Return a dialog of a kind without what stands in it: that makes no difference to its help."""
    dialog = kind.__new__(kind)
    QDialog.__init__(dialog, parent)
    return dialog


def test_f1_opens_a_page_in_every_dialog(qtbot, monkeypatch):
    opened, room = {}, RoomForDialogs()
    monkeypatch.setattr(help_window, "toggle", lambda dialog: opened.update({dialog: dialog_subject(dialog)}))
    screen = QWidget()
    screen.setProperty("screen", "front door")
    qtbot.addWidget(screen)
    dialogs = [blank(kind, screen) for kind in every_dialog() if kind is not HelpWindow]
    for dialog in dialogs:
        room.eventFilter(dialog, QEvent(QEvent.Type.Show))
        press_f1(dialog)

    assert len(dialogs) > 60
    assert set(opened) == set(dialogs)
    pages = {"front-door", "care-dialogs", "emergency", "add-a-child"}
    assert {each.page.key for each in opened.values()} == pages


def test_a_dialog_that_is_a_screen_of_its_own_has_its_own_page(qtbot, at_work, amelia):
    for dialog, title in (
        (NewChildDialog(at_work.sam), "Add a child"),
        (DetailsDialog(at_work.sam, amelia), "Getting started"),
    ):
        qtbot.addWidget(dialog)
        assert dialog_subject(dialog).page.title == title


@pytest.mark.parametrize(
    ("title", "page", "anchor"),
    [
        ("Edit details", "record", "change-name-birthday-status-or-alerts"),
        ("Add an action", "record-actions", "agree-something-outside-a-plan"),
        ("Something nowhere told of", "record-actions", ""),
    ],
)
def test_the_help_of_a_dialog_opens_at_its_task(qtbot, at_work, amelia, title, page, anchor):
    screen = opened(qtbot, at_work.sam, amelia, "Actions")
    screen.setProperty("screen", "child")
    dialog = QDialog(screen)
    dialog.setWindowTitle(title)
    found = dialog_subject(dialog)

    assert (found.page.key, found.anchor) == (page, anchor)


def test_esc_closes_the_help_and_goes_back_to_what_was_typed(qtbot, at_work, amelia, room):
    dialog = NoteDialog(at_work.sam, amelia, "Amelia", "Add a visit", "Seen.")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    box = dialog.form.editor("words")
    box.focus()
    typing_at = QApplication.focusWidget()
    qtbot.keyClicks(typing_at, "She was ")

    qtbot.keyClick(typing_at, Qt.Key.Key_F1)
    window = dialog.findChild(HelpWindow)
    assert window.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)

    assert not window.isVisible()
    assert dialog.isVisible()
    assert dialog.form.text("words") == "She was"
    assert dialog.focusWidget() is typing_at


def test_f1_again_closes_the_help(qtbot, at_work, amelia, room):
    dialog = NoteDialog(at_work.sam, amelia, "Amelia", "Add a visit", "Seen.")
    qtbot.addWidget(dialog)
    dialog.open()
    press_f1(dialog)
    window = dialog.findChild(HelpWindow)

    press_f1(window)

    assert not window.isVisible()
    assert dialog.isVisible()
