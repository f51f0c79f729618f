"""What was typed in an earlier sitting and is not in the form: kept, discarded, brought back, or compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseapp import plan_reading, plans, words
from caseapp.form import Answers, is_empty
from caseapp.work import Stale, utc_now
from ui.compare import DifferencesPage
from ui.keeper import RETRY_MS, once
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
        self.keep, self._discard, self._compare = QPushButton(), QPushButton(), QPushButton()
        for button, asked in (
            (self.keep, self.kept),
            (self._discard, self.dropped),
            (self._compare, self.compared),
        ):
            button.clicked.connect(asked)
            row.addWidget(button)

    def show_unsaved(self, typed: str) -> None:
        """Say that it is in no version yet."""
        self._words.setText(f"{typed}, not yet in a version.")
        self._name("Keep it", typed)
        self._discard.show()

    def show_put_by(self, typed: str) -> None:
        """Say that it is not in the form, and offer to bring it back."""
        self._words.setText(f"{typed}, not in the form now. It stays here for 30 days.")
        self._name("Bring it back", typed)
        self._discard.hide()

    def _name(self, keep: str, typed: str) -> None:
        buttons = {self.keep: keep, self._discard: "Discard", self._compare: "Compare"}
        for button, text in buttons.items():
            button.setText(text)
            button.setAccessibleName(f"{text}: what was {typed[0].lower()}{typed[1:]}")

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()


class UnsavedWork(QWidget):
    """The bar that offers it. Whoever types on instead lets it become a version first: nothing is lost."""

    taken_up = Signal(object)
    """The answers that shall stand in the form."""
    answered = Signal()
    """Somebody said what is to become of it."""
    compared = Signal(object)
    """The page that shows what differs."""
    out_of_the_way = Signal(int)
    """What is typed now can be kept in its place, on top of the version named."""
    refused = Signal(object)
    """The Problem with it."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._revision_id = desk, revision_id
        self._view: plan_reading.PlanView | None = None
        self._is_setting_aside = False
        self.is_in_the_way = False
        """Whether something waits to be kept in its place."""
        self._then: list[Callable[[], object]] = []
        self._again = once(self, RETRY_MS, self.set_aside)
        self._bar = _Bar()
        self._bar.kept.connect(self._keep)
        self._bar.dropped.connect(self._drop)
        self._bar.compared.connect(self._compare)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(framed(self._bar))
        self.hide()

    def show_plan(self, view: plan_reading.PlanView) -> None:
        """Offer what is unsaved since a crash, or was put by lately."""
        self._view = view
        offered = self._offered()
        self.setVisible(offered is not None and view.may_write)
        if offered is None:
            return
        show = self._bar.show_unsaved if view.unsaved else self._bar.show_put_by
        show(_typed(offered, self._desk.today))

    def text(self) -> str:
        """Return the words shown."""
        return self._bar.text()

    def focus(self) -> None:
        """Put the keyboard on what keeps it."""
        self._bar.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def waits(self) -> bool:
        """Return whether it lies where what is typed now would be kept."""
        return self._view is not None and self._view.unsaved is not None and self._view.may_write

    # Typing on beside it

    def set_aside(self) -> None:
        """Make it a version, so that what is typed now can be kept; it can be brought back."""
        if self._view and self.waits and not self._is_setting_aside:
            self.is_in_the_way = self._is_setting_aside = True
            work = partial(plans.set_aside, revision_id=self._revision_id, opened=self._view.version)
            self._desk.run_in_order(self, work, self._set_aside, self._not_set_aside)

    def once_settled(self, then: Callable[[], object]) -> None:
        """Call `then()` once nothing is in the way of keeping what is typed; at once where nothing is."""
        if self.is_in_the_way:
            self._then.append(then)
            self.set_aside()
        else:
            then()

    def _set_aside(self, saved: plans.Saved) -> None:
        self._go_on(saved.version)

    def _not_set_aside(self, problem: Problem) -> None:
        """Try again, and keep nothing in its place until then; after a clash it is kept as one."""
        self._is_setting_aside = False
        if isinstance(problem, Stale) and self._view:
            self._go_on(self._view.version)
        else:
            self.refused.emit(problem)
            self._again.start()

    def _go_on(self, version: int) -> None:
        self._is_setting_aside = self.is_in_the_way = False
        self._again.stop()
        self._show_put_by()
        self.out_of_the_way.emit(version)
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    # What is to become of it

    def _offered(self) -> plan_reading.Unsaved | None:
        return (self._view.unsaved or self._view.discarded) if self._view else None

    def _keep(self) -> None:
        if offered := self._offered():
            self.taken_up.emit(offered.answers)

    def taken(self, instead_of: Answers) -> Callable[[], None]:
        """Offer it no more: it stands in the form. Return what is to be called once it is saved.

        What it stands there instead of is offered from now on, where some of that would be gone with it.
        """
        offered = self._offered()
        if self._view is None or offered is None:
            return _nothing
        replaced = None
        if self._view.unsaved is None and _lacks(offered.answers, instead_of):
            replaced = plan_reading.Unsaved(utc_now(), instead_of)
            self._put_by(replaced)
        self.show_plan(self._view._replace(unsaved=None, discarded=replaced))
        return partial(self._forget, offered)

    def _put_by(self, text: plan_reading.Unsaved) -> None:
        work = partial(plans.put_by, revision_id=self._revision_id, typed_at=text.at, answers=text.answers)
        self._desk.run_in_order(self, work, _ignore, self.refused.emit)

    def _forget(self, offered: plan_reading.Unsaved) -> None:
        work = partial(plans.forget_discarded, revision_id=self._revision_id, typed_at=offered.at)
        self._desk.run_in_order(self, work, _ignore, self.refused.emit)

    def _drop(self) -> None:
        self.answered.emit()
        work = partial(plans.discard_typing, revision_id=self._revision_id)
        self._desk.run_in_order(self, work, self._dropped, self.refused.emit)

    def _dropped(self, _nothing: None) -> None:
        self._show_put_by()

    def _show_put_by(self) -> None:
        if self._view and self._view.unsaved:
            self.show_plan(self._view._replace(unsaved=None, discarded=self._view.unsaved))

    def _compare(self) -> None:
        if self._view and (offered := self._offered()):
            changes = self._view.form.changes(self._view.answers, offered.answers)
            page = DifferencesPage("What differs", ())
            page.differences().show_changes(changes, "Saved", "Typed, not in the form")
            page.closed.connect(self.answered)
            self.compared.emit(page)


def _typed(offered: plan_reading.Unsaved, today: date) -> str:
    """Return when it was typed; the time alone is understood as today's."""
    at, on = words.clock_time(offered.at), offered.at.astimezone(words.LONDON).date()
    return f"Typed at {at}" if on == today else f"Typed on {words.day(on)} at {at}"


def _lacks(answers: Answers, others: Answers) -> bool:
    """Return whether one text lacks something that stands in the other."""
    return any(answers.get(key) != value for key, value in others.items() if not is_empty(value))


def _nothing() -> None:
    """Do nothing: nothing was offered."""


def _ignore(_result: None) -> None:
    """Take no notice of a result."""
