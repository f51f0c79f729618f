"""What guides a user through the window: help, all keys, the tour, the page about the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from caseapp.work import Problem
from ui.desk import Desk
from ui.keys import KeysOverlay
from ui.trail import Trail, focus_first

if TYPE_CHECKING:
    from caseapp.first_steps import FirstSteps
    from ui.help import HelpPane
    from ui.tour import Tour

WELCOME_MS: Final = 700
"""How long after the window is there the tour is asked about: the first screen goes before it."""


class Guide(QObject):
    """Each part is made when it is first asked for."""

    about_asked = Signal()
    tour_waits = Signal(str)
    """At which card the tour waits, such as «2 of 5»; nothing: it does not."""

    def __init__(self, work: QWidget, desk: Desk, trail: Trail) -> None:
        super().__init__(work)
        self._work, self._desk, self._trail = work, desk, trail
        self._has_news = False
        self._help: HelpPane | None = None
        self._keys: KeysOverlay | None = None
        self._tour: Tour | None = None

    # Help and keys

    def toggle_help(self) -> None:
        """Open the help at the open screen; where it is open, close it."""
        from ui.help import subject_of

        pane = self._pane()
        if pane.isVisible():
            pane.close_help()
        else:
            pane.offer_news(self._has_news)
            pane.open_at(subject_of(self._trail.name, self._trail.current))

    def toggle_keys(self) -> None:
        """Show all keys; where they are shown, put them away."""
        if self._keys is None:
            self._keys = KeysOverlay(self._work)
        if self._keys.isVisible():
            self._keys.close_help()
        else:
            self._keys.open_keys()

    def close_what_is_open(self) -> bool:
        """Close what lies over the screen; return whether anything did."""
        if self._tour is not None and self._tour.isVisible():
            self._tour.skip()
            return True
        for each in (self._keys, self._help):
            if each is not None and each.isVisible():
                each.close_help()
                return True
        return False

    def place(self) -> None:
        """Follow the window's size."""
        for each in (self._keys, self._tour):
            if each is not None and each.isVisible():
                each.place()

    def _pane(self) -> HelpPane:
        if self._help is None:
            from ui.help import HelpPane

            self._help = HelpPane(self._work)
            self._help.keys_asked.connect(self.toggle_keys)
            self._help.tour_asked.connect(self.show_tour)
            self._help.about_asked.connect(self._ask_about)
            self._help.news_read.connect(self._news_read)
        return self._help

    def _ask_about(self) -> None:
        if self._help is not None:
            self._help.close_help()
        self.about_asked.emit()

    # Shown once

    def welcome(self) -> None:
        """Show the tour to somebody who has never seen it here, once the first screen has had its turn."""
        QTimer.singleShot(WELCOME_MS, self, self._ask_what_is_new)

    def _ask_what_is_new(self) -> None:
        from caseapp import first_steps

        self._desk.run(self, first_steps.read, self._welcome, _let_be)

    def _welcome(self, steps: FirstSteps) -> None:
        self._has_news = steps.has_news
        if not steps.wants_tour or not self._work.isVisible():
            return
        if self._has_begun():
            self.tour_waits.emit(self._tour_made().standing())
        else:
            self._tour_is_seen()
            self.show_tour()

    def _has_begun(self) -> bool:
        """Return whether somebody works already: a shade over what is typed would only be in the way."""
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit)
        covers = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        over = any(each is not None and each.isVisible() for each in (self._keys, self._help))
        return is_typing or over or covers is not None or self._trail.leads_back

    def _tour_is_seen(self) -> None:
        from caseapp import first_steps

        self._desk.run_in_order(self, first_steps.tour_shown, _ignore, _let_be)

    def _news_read(self) -> None:
        from caseapp import first_steps

        self._has_news = False
        self._desk.run_in_order(self, first_steps.news_shown, _ignore, _let_be)

    def show_tour(self) -> None:
        """Show the tour from its first card."""
        self._make_room()
        self._tour_made().begin()
        self.tour_waits.emit("")

    def go_on_with_tour(self) -> None:
        """Show the card at which the tour waits, and those after it."""
        self._make_room()
        self._tour_is_seen()
        if self._trail.current is not None:
            focus_first(self._trail.current)  # the tour gives the keyboard back there: what asked for it goes
        self._tour_made().go_on()
        self.tour_waits.emit("")

    def _make_room(self) -> None:
        for each in (self._help, self._keys):
            if each is not None and each.isVisible():
                each.close_help()

    def _tour_made(self) -> Tour:
        if self._tour is None:
            from ui.tour import STEPS, Tour

            may = self._desk.may
            steps = [each for each in STEPS if not each.right or may(each.right).allowed]
            self._tour = Tour(self._work, steps)
            self._tour.stepped_aside.connect(self._tell_where_it_waits)
        return self._tour

    def _tell_where_it_waits(self) -> None:
        self.tour_waits.emit(self._tour_made().standing())


def _ignore(_nothing: None) -> None:
    """Take no notice: nothing depends on it."""


def _let_be(_problem: Problem) -> None:
    """Let it be: a store that cannot be written says so itself; the tour is then shown once more."""
