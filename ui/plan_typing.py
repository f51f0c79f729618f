"""What becomes of what is typed into a plan: kept as it is typed, a version at quiet moments, never lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ui.keeper import NOT_SAVED, Keeper
from ui.plan_unsaved import UnsavedWork

if TYPE_CHECKING:
    from caseapp.form import Answers
    from caseapp.plan_reading import PlanView
    from caseapp.work import Problem
    from ui.desk import Desk
    from ui.form_view import FormView


class PlanTyping(QObject):
    """Keeps a plan's form, never over what an earlier sitting left: `unsaved` is the bar that offers it."""

    state = Signal(str)
    """«Saving…», «Saved 14:32» or «Not saved – retry»."""
    stale = Signal()
    """Somebody else saved in between."""
    refused = Signal(object)
    """The Problem with what was left behind."""
    put_in = Signal()
    """Another text stands in the form."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._revision_id = desk, revision_id
        self._form: FormView | None = None
        self._keeper: Keeper | None = None
        self.unsaved = UnsavedWork(desk, revision_id)
        self.unsaved.taken_up.connect(self._take_up)
        self.unsaved.out_of_the_way.connect(self._keep_on_top)
        self.unsaved.refused.connect(self._refused)

    def begin(self, view: PlanView, form: FormView) -> None:
        """Keep what is typed into a form that was opened just now."""
        self._form = form
        self.unsaved.show_plan(view)
        if view.may_write:
            self._keeper = Keeper(self._desk, self._revision_id, view.version, form.answers, self)
            self._keeper.state.connect(self.state)
            self._keeper.stale.connect(self.stale)

    def end(self) -> None:
        """Keep nothing more: the version is signed, or the text goes elsewhere."""
        if self._keeper:
            self._keeper.end()
            self._keeper = None

    @property
    def version(self) -> int | None:
        """Return what is saved on top of; None where nothing is kept."""
        return self._keeper.version if self._keeper else None

    def touch(self) -> None:
        """Take note that something was typed."""
        if self.unsaved.waits:
            self.unsaved.set_aside()
        elif self._keeper:
            self._keeper.touch()

    def keep(self) -> None:
        """Keep what is typed, now."""
        if self._keeper:
            self._keeper.keep()

    def save(self) -> None:
        """Make it a saved version."""
        if self._keeper:
            self.unsaved.once_settled(self._keeper.save)

    def retry(self) -> None:
        """Try again what could not be saved."""
        if self.unsaved.is_in_the_way:
            self.unsaved.set_aside()
        elif self._keeper:
            self._keeper.retry()

    def flush(self, then: Callable[[], object]) -> None:
        """Save whatever is not saved, then call `then()`."""
        self.unsaved.once_settled(partial(self._flush, then))

    def _flush(self, then: Callable[[], object]) -> None:
        if self._keeper:
            self._keeper.flush(then)
        else:
            then()

    def flush_to_sign(self, then: Callable[[], object]) -> None:
        """Save everything, what an earlier sitting left behind as well: it is not signed away."""
        self.unsaved.set_aside()
        self.flush(then)

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not in a saved version yet."""
        return self.unsaved.is_in_the_way or (self._keeper is not None and self._keeper.has_unsaved())

    # What an earlier sitting left behind

    def _keep_on_top(self, version: int) -> None:
        if self._keeper:
            self._keeper.go_on(version)
            self._keeper.touch()
            self._keeper.save()

    def _take_up(self, answers: Answers) -> None:
        """Put a text into the form, once what stands there is a version."""
        self.flush(partial(self._take_offered, answers))

    def _take_offered(self, answers: Answers) -> None:
        if self._form:
            then = self.unsaved.taken(self._form.answers())
            self.go_on_with(answers)
            self._flush(then)
            self.put_in.emit()

    def go_on_with(self, answers: Answers) -> None:
        """Put a text into the form, and make it a version."""
        if self._form and self._keeper:
            self._form.set_answers(answers)
            self._keeper.touch()
            self._keeper.save()

    def _refused(self, problem: Problem) -> None:
        self.refused.emit(problem)
        if self.unsaved.is_in_the_way:
            self.state.emit(NOT_SAVED)
