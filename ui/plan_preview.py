"""The printed pages of a plan beside its form, made anew as it is filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from caseapp import plan_reading, prints
from caseapp.form import Answers
from ui.copy_choice import OUR_RECORD, Chosen, CopyChoice
from ui.preview import PreviewPane

if TYPE_CHECKING:
    from caseapp.early_help.consents import Sharing
    from caseapp.work import Problem, Session
    from ui.desk import Desk

PREVIEW_MS: Final = 800
"""After the last change, until the pages are made anew."""


class PlanPreview(PreviewPane):
    """A preview of what is on the screen. Before it is saved or printed, the print is recorded."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent, records_first=True)
        self._desk, self._revision_id = desk, revision_id
        self._child_id: UUID | None = None
        self._title = "plan"
        self._choice = CopyChoice()
        self._choice.changed.connect(self._choose)
        self.add_above(self._choice)
        self._read_draft: Callable[[], Answers | None] = _nothing_typed
        self._is_drawing = self._wants_drawing = False
        self.large_toggled.connect(self.draw)
        self.wanted.connect(self._record)
        self._soon = QTimer(self, interval=PREVIEW_MS)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.draw)

    def show_version(self, view: plan_reading.PlanView, read: Callable[[], Answers]) -> None:
        """Take over which version it is; a draft is drawn with the answers that `read` returns."""
        self._title = f"{view.title}, version {view.number}"
        self._child_id = view.child_id
        self._choice.set_kind(view.kind)
        self._read_draft = _nothing_typed if view.signed_at else read

    def choice(self) -> CopyChoice:
        """Return the choice of whose copy it is."""
        return self._choice

    def _choose(self) -> None:
        """Take the pages of the former choice away, and make those of the new one if it may be given."""
        self.clear()
        chosen = self._choice.chosen()
        if chosen.agenda or chosen.edition != "professionals":
            self.draw()
        elif self._child_id and chosen.agency:
            ask = partial(prints.may_share, child_id=self._child_id, agency=chosen.agency)
            self._desk.run(self, ask, partial(_show_sharing, self, chosen), self._not_drawn)

    def show_sharing(self, chosen: Chosen, told: Sharing) -> None:
        """Say whether the copy may be given, and make its pages if so."""
        if chosen == self._choice.chosen():
            self._choice.show_sharing(told)
            if told.allowed:
                self.draw()

    def draw_soon(self) -> None:
        """Make the pages anew once nothing more is typed."""
        if not self.isHidden():
            self._soon.start()

    def draw(self) -> None:
        """Make the pages of what is on the screen: one call at a time, and the last one counts."""
        if self.isHidden() or not self._choice.chosen().is_whole:
            return
        if self._is_drawing:
            self._wants_drawing = True
            return
        self._is_drawing, self._wants_drawing = True, False
        self.wait()
        drawn = partial(_show_drawn, self, self._choice.chosen())
        self._desk.run(self, self._work("open"), drawn, self._not_drawn)

    def _work(self, act: str) -> Callable[[Session], bytes]:
        chosen, answers, large = self._choice.chosen(), self._read_draft(), self.is_large()
        if chosen.agenda:
            return partial(
                prints.agenda_pdf, revision_id=self._revision_id, answers=answers, large=large, act=act
            )
        return partial(
            prints.plan_pdf,
            revision_id=self._revision_id,
            answers=answers,
            large=large,
            act=act,
            edition=chosen.edition,
            shared_with=chosen.agency,
            why=chosen.why,
        )

    def show_drawn(self, chosen: Chosen, pdf: bytes) -> None:
        """Show the pages that were made, unless another copy has been chosen since."""
        self._is_drawing = False
        if chosen == self._choice.chosen():
            title = self._title + chosen.file_words
            self.show_pdf(
                pdf, "".join(each if each.isalnum() or each in " ,-’" else "-" for each in title) + ".pdf"
            )
        if self._wants_drawing:
            self.draw()

    def _not_drawn(self, problem: Problem) -> None:
        self._is_drawing = False
        if self._choice.chosen() != OUR_RECORD:
            self.clear()
        self.show_problem(problem.words)

    def _record(self, how: str) -> None:
        """Record the print, then save or print the pages."""
        self._desk.run(self, self._work("print"), partial(_hand_out, self, how), self._not_drawn)


def _nothing_typed() -> Answers | None:
    return None


def _hand_out(preview: PlanPreview, how: str, pdf: bytes) -> None:
    preview.hand_out(pdf, how)


def _show_drawn(preview: PlanPreview, chosen: Chosen, pdf: bytes) -> None:
    preview.show_drawn(chosen, pdf)


def _show_sharing(preview: PlanPreview, chosen: Chosen, told: Sharing) -> None:
    preview.show_sharing(chosen, told)
