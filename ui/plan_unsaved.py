"""What was typed in an earlier sitting and is in no saved version: kept, discarded, or compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseapp import plan_reading, plans, words
from ui.compare import DifferencesPage
from ui.parts import plain
from ui.plan_bars import framed

if TYPE_CHECKING:
    from caseapp.work import Problem
    from ui.desk import Desk


class _Bar(QWidget):
    """Typing that outlived a crash: keep it, throw it away, or see what differs."""

    kept = Signal()
    dropped = Signal()
    compared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        self._keep, self._discard, self._compare = QPushButton(), QPushButton(), QPushButton()
        for button, asked in (
            (self._keep, self.kept),
            (self._discard, self.dropped),
            (self._compare, self.compared),
        ):
            button.clicked.connect(asked)
            row.addWidget(button)

    def show_unsaved(self, unsaved: plan_reading.Unsaved) -> None:
        """Say from when it is."""
        day = words.day(unsaved.at.astimezone(words.LONDON).date())
        self._words.setText(f"You have unsaved work of {words.clock_time(unsaved.at)}, {day}.")
        self._name("unsaved work", "Keep it")
        self._discard.show()

    def show_discarded(self, discarded: plan_reading.Unsaved) -> None:
        """Say that it was discarded, and offer to bring it back."""
        day = words.day(discarded.at.astimezone(words.LONDON).date())
        self._words.setText(
            f"You discarded your work of {words.clock_time(discarded.at)}, {day}. It stays for 30 days."
        )
        self._name("discarded work", "Bring it back")
        self._discard.hide()

    def _name(self, what: str, keep: str) -> None:
        buttons = {self._keep: keep, self._discard: "Discard it", self._compare: "Compare"}
        for button, text in buttons.items():
            button.setText(text)
            button.setAccessibleName(f"{text}: {what}")

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()


class UnsavedWork(QWidget):
    """The bar that offers it. Whoever types on instead lets it be set aside first: it is never typed over."""

    taken_up = Signal(object)
    """The answers that shall stand in the form."""
    answered = Signal()
    """Somebody said what is to become of it."""
    compared = Signal(object)
    """The page that shows what differs."""
    out_of_the_way = Signal()
    """What is typed now can be kept in its place."""
    refused = Signal(object)
    """The Problem with discarding it."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._revision_id = desk, revision_id
        self._view: plan_reading.PlanView | None = None
        self.is_setting_aside = False
        self._bar = _Bar()
        self._bar.kept.connect(self._keep)
        self._bar.dropped.connect(self._drop)
        self._bar.compared.connect(self._compare)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(framed(self._bar))
        self.hide()

    def show_plan(self, view: plan_reading.PlanView) -> None:
        """Offer what is unsaved since a crash, or was discarded lately."""
        self._view = view
        self.setVisible(self._offered() is not None and view.may_write)
        if view.unsaved:
            self._bar.show_unsaved(view.unsaved)
        elif view.discarded:
            self._bar.show_discarded(view.discarded)

    def text(self) -> str:
        """Return the words shown."""
        return self._bar.text()

    @property
    def waits(self) -> bool:
        """Return whether it lies where what is typed now would be kept."""
        return self._view is not None and self._view.unsaved is not None

    def set_aside(self) -> None:
        """Discard it, so that what is typed now can be kept; it can be brought back."""
        if not self.is_setting_aside:
            self.is_setting_aside = True
            self._discard(self._set_aside, self._not_set_aside)

    def _set_aside(self, nothing: None) -> None:
        self._discarded(nothing)
        self._go_on()

    def _not_set_aside(self, problem: Problem) -> None:
        self.refused.emit(problem)
        self._go_on()

    def _go_on(self) -> None:
        self.is_setting_aside = False
        self.out_of_the_way.emit()

    def _offered(self) -> plan_reading.Unsaved | None:
        return (self._view.unsaved or self._view.discarded) if self._view else None

    def _keep(self) -> None:
        if offered := self._offered():
            self.hide()
            self.taken_up.emit(offered.answers)
            self.answered.emit()

    def _drop(self) -> None:
        self.answered.emit()
        self._discard(self._discarded, self.refused.emit)

    def _discard(self, then: Callable[[None], object], failed: Callable[[Problem], object]) -> None:
        work = partial(plans.discard_typing, revision_id=self._revision_id)
        self._desk.run_in_order(self, work, then, failed)

    def _discarded(self, _nothing: None) -> None:
        if self._view and self._view.unsaved:
            self.show_plan(self._view._replace(unsaved=None, discarded=self._view.unsaved))

    def _compare(self) -> None:
        if self._view and (offered := self._offered()):
            changes = self._view.form.changes(self._view.answers, offered.answers)
            page = DifferencesPage("What differs", ())
            page.differences().show_changes(changes, "Saved", "Unsaved work")
            page.closed.connect(self.answered)
            self.compared.emit(page)
