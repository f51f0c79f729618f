"""Settings of one's own: the look of the window, its lock, and the password."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QWidget

from caseapp import accounts, places, settings
from caseapp.settings import MOST_IDLE_MINUTES, Settings
from caseapp.work import Problem
from ui.basics import HandsKeyboardOn
from ui.desk import Desk
from ui.frame import LEAST_SIZE, THEMES
from ui.new_store import NewPassword
from ui.parts import Banner, Card, LinkButton, Muted, plain
from ui.password_field import PasswordField

_SCALE: Final = "QT_SCALE_FACTOR"
RECOVERING: Final = "recovering"
"""What the desk keeps while whom the recovery key let in has no password yet."""


def sizes_for(room: QSize, in_force: int) -> list[int]:
    """Return the sizes in percent at which the least window still fits a screen of so much room now."""
    wide, high = room.width() * in_force, room.height() * in_force
    fit = [each for each in places.SIZES if wide >= LEAST_SIZE[0] * each and high >= LEAST_SIZE[1] * each]
    return [each for each in places.SIZES if each in fit or each in (100, places.size_percent())]


def _in_force() -> int:
    """Return the size that this window was started at."""
    return round(float(os.environ.get(_SCALE) or 1) * 100)


class OwnCard(HandsKeyboardOn, Card):
    """Theme, idle minutes, and the size of everything."""

    theme_chosen = Signal(str)
    idle_chosen = Signal(int)
    start_again_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("This window")
        self._desk = desk
        self._themes = QComboBox()
        self._themes.setAccessibleName("Theme")
        for key, name in THEMES.items():
            self._themes.addItem(name, key)
        self._themes.activated.connect(self._theme)
        self._minutes = QSpinBox()
        self._minutes.setAccessibleName("Lock after so many idle minutes")
        self._minutes.setRange(1, MOST_IDLE_MINUTES)
        self._minutes.setSuffix(" min")
        self._minutes.setKeyboardTracking(False)
        self.body.addWidget(_label("Theme", self._themes))
        self.body.addWidget(self._themes)
        self.body.addWidget(_label("Lock when nobody works for", self._minutes))
        self.body.addWidget(self._minutes, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Muted(f"At most {MOST_IDLE_MINUTES} minutes. Ctrl+L locks at once."))
        self._add_sizes()
        self.front = self._themes

    def _add_sizes(self) -> None:
        self._sizes, self._size_words = QComboBox(), Muted("")
        self._again = LinkButton("Start caseapp again now")
        self._again.clicked.connect(self.start_again_asked)
        self._sizes.setAccessibleName("Size of text and everything")
        for percent in sizes_for(self.screen().availableSize(), _in_force()):
            self._sizes.addItem(f"{percent} %", percent)
        self._sizes.setCurrentIndex(max(0, self._sizes.findData(places.size_percent())))
        self._sizes.activated.connect(self._size)
        self.body.addWidget(_label("Size of text and everything", self._sizes))
        self.body.addWidget(self._sizes, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._size_words)
        self.body.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        self._say_size()

    def _size(self, _index: int) -> None:
        percent = self._sizes.currentData()
        if places.keep_size(percent):
            self._say_size()
        else:
            self._size_words.setText(
                "The size could not be kept: this computer did not let its settings be written. "
                "Nothing else is changed. Try again, or ask who looks after the computer."
            )

    def _say_size(self) -> None:
        kept = places.size_percent()
        self._again.setVisible(kept != _in_force())
        if kept == _in_force():
            self._size_words.setText("Kept on this computer, for everybody who signs in here.")
        else:
            self._size_words.setText(f"{kept} % is kept. It shows once caseapp starts again.")

    def show_settings(self, read: Settings) -> None:
        """Show what is set."""
        self._themes.setCurrentIndex(self._themes.findData(read.theme))
        self._minutes.setValue(read.idle_minutes)
        self._minutes.valueChanged.connect(self._idle)

    def _theme(self, _index: int) -> None:
        self.theme_chosen.emit(self._themes.currentData())

    def _idle(self, minutes: int) -> None:
        self._desk.run_in_order(
            self,
            lambda session: settings.choose_idle_minutes(session, minutes),
            partial(self._idle_kept, minutes),
        )

    def _idle_kept(self, minutes: int, _nothing: None) -> None:
        self.idle_chosen.emit(minutes)


class PasswordCard(HandsKeyboardOn, Card):
    """One's own new password; the present one is asked for but of whom the recovery key let in."""

    recovered = Signal()
    """Who came in with the recovery key has a password again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Your password")
        self._desk = desk
        self.user_name = ""
        self._present = PasswordField("Present password")
        self._new = NewPassword()
        self._said = Banner("", "success")
        self._said.hide()
        self._change = QPushButton("Change password")
        self._change.setAccessibleName("Change password")
        self._change.clicked.connect(self.change)
        self._present_label = _label("Present password", self._present)
        self.body.addWidget(self._present_label)
        self.body.addWidget(self._present)
        self.body.addWidget(_label("New password", self._new))
        self.body.addWidget(self._new)
        self.body.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._said)
        self._show_present()

    def _show_present(self) -> None:
        is_asked = self._asks_present
        self._present.setVisible(is_asked)
        self._present_label.setVisible(is_asked)
        self.front = self._present if is_asked else self._new

    @property
    def _asks_present(self) -> bool:
        return not self._desk.property(RECOVERING)

    def change(self) -> None:
        """Seal the keys under the new password."""
        self._new.user_name = self.user_name
        if problem := self._new.problem():
            self._say(problem, "warning")
            return
        if self._asks_present and not self._present.text():
            self._say("Type your present password first.", "warning")
            self._present.setFocus()
            return
        signed_in = self._desk.signed_in
        if signed_in.store.path is None:
            return
        self._change.setEnabled(False)
        present = self._present.text() if self._asks_present else None
        change = accounts.change_own_password
        work = partial(change, signed_in, self.user_name, self._new.text(), present=present)
        self._desk.run_outside(self, work, self._changed, self._refused)

    def _changed(self, _nothing: None) -> None:
        self._change.setEnabled(True)
        if not self._asks_present:
            self._desk.setProperty(RECOVERING, False)
            self._show_present()
            self.recovered.emit()
        self._present.set_text("")
        self._present.reveal(False)
        self._new.forget()
        self._say("Your password is changed. The old one no longer opens the store.", "success")

    def _refused(self, problem: Problem) -> None:
        self._change.setEnabled(True)
        self._say(problem.words, "alert")

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()

    def said(self) -> str:
        """Return what is said about the change."""
        return self._said.text()


def _label(text: str, buddy: QWidget) -> QWidget:
    label = plain(text, "label")
    label.setBuddy(buddy)
    return label
