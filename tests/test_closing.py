"""Closing a window whose words cannot be saved at once: it stays open, and can be worked in."""

import pytest
from PySide6.QtWidgets import QWidget

from ui import closing


class Leaving(QWidget):
    """A window that is to be closed, and the saves and backups that it waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.saves, self.backups = [], []
        self.closing = closing.Closing(self, self.saves.append, self.backups.append)


@pytest.fixture
def leaving(qtbot, monkeypatch):
    monkeypatch.setattr(closing, "CLOSE_MS", 0)
    monkeypatch.setattr(closing, "CLOSE_AGAIN_MS", 0)
    leaving = Leaving()
    qtbot.addWidget(leaving)
    leaving.show()
    return leaving


def warned(qtbot, leaving):
    with qtbot.waitSignal(leaving.closing.given_up):
        leaving.closing.begin()


def test_a_window_closes_once_its_words_are_saved_and_backed_up(qtbot, leaving):
    leaving.closing.begin()
    leaving.saves[0]()
    leaving.backups[0]()

    qtbot.waitUntil(lambda: not leaving.isVisible())


def test_a_save_that_ends_after_the_warning_does_not_put_the_window_to_rest(qtbot, leaving):
    warned(qtbot, leaving)
    leaving.saves[0]()

    assert leaving.backups == []


def test_who_closes_again_after_a_late_save_is_warned_again(qtbot, leaving):
    warned(qtbot, leaving)
    leaving.saves[0]()

    warned(qtbot, leaving)
    assert leaving.isVisible()


def test_who_closes_again_before_anything_is_saved_closes_without(qtbot, leaving):
    warned(qtbot, leaving)
    leaving.closing.begin()

    qtbot.waitUntil(lambda: not leaving.isVisible())


def test_a_window_closed_again_is_backed_up_once_for_both_saves(qtbot, leaving):
    warned(qtbot, leaving)
    leaving.closing.begin()
    for save in leaving.saves:
        save()

    assert len(leaving.backups) == 1
