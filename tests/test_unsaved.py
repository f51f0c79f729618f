"""What is on the screen alone is said in red until it is saved; what waited beside the store is said once."""

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp.journal import TakenBack
from ui.keeper import NOT_SAVED, SAVING
from ui.unsaved import UnsavedBanner, taken_back_words


class Screen(QWidget):
    save_state = Signal(str)

    def __init__(self):
        super().__init__()
        self.tries = 0

    def retry(self):
        self.tries += 1


@pytest.fixture
def banner(qtbot):
    made = UnsavedBanner()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def screens(qtbot, banner):
    made = [Screen(), Screen()]
    for each in made:
        qtbot.addWidget(each)
        banner.watch(each)
    return made


def test_p12_the_red_banner_stays_until_every_screen_is_saved(banner, screens):
    one, other = screens
    one.save_state.emit(NOT_SAVED)
    other.save_state.emit(NOT_SAVED)
    assert not banner.isHidden()

    one.save_state.emit(SAVING)
    one.save_state.emit("Saved 14:02")
    other.save_state.emit(SAVING)
    assert not banner.isHidden()

    other.save_state.emit("Not saved yet – kept beside the store 14:03")
    assert banner.isHidden()


def test_the_banner_tries_again_where_it_failed(banner, screens):
    one, other = screens
    one.save_state.emit(NOT_SAVED)

    banner.banner.acted.emit()

    assert (one.tries, other.tries) == (1, 0)


def test_a_screen_that_is_gone_is_not_waited_for(qtbot, banner):
    screen = Screen()
    banner.watch(screen)
    screen.save_state.emit(NOT_SAVED)

    screen.deleteLater()

    qtbot.waitUntil(banner.isHidden)


def test_what_waited_beside_the_store_is_said_with_what_to_do():
    said = taken_back_words(TakenBack(2, 1))

    assert "Typing of 2 drafts was kept beside the store" in said
    assert "Nothing is lost: open the draft to keep or discard it." in said
    assert "1 entry kept beside the store cannot be read" in said
    assert taken_back_words(TakenBack(0, 0)) == ""
