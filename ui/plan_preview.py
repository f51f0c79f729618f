"""The printed pages of a plan beside its form, made anew as it is filled in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from caseapp import plans, prints
from caseapp.form import Answers
from ui.copy_choice import CopyChoice
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

    def show_version(self, view: plans.PlanView, read: Callable[[], Answers]) -> None:
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
        if self._choice.edition() != "professionals" or self._choice.wants_agenda():
            self.draw()
        elif self._child_id and self._choice.agency():
            ask = partial(prints.may_share, child_id=self._child_id, agency=self._choice.agency())
            self._desk.run(self, ask, self._show_sharing, self._not_drawn)

    def _show_sharing(self, told: Sharing) -> None:
        self._choice.show_sharing(told)
        if told.allowed:
            self.draw()

    def draw_soon(self) -> None:
        """Make the pages anew once nothing more is typed."""
        if not self.isHidden():
            self._soon.start()

    def draw(self) -> None:
        """Make the pages of what is on the screen: one call at a time, and the last one counts."""
        if self.isHidden():
            return
        if self._is_drawing:
            self._wants_drawing = True
            return
        self._is_drawing, self._wants_drawing = True, False
        self.wait()
        self._desk.run(self, self._work("open"), self._drawn, self._not_drawn)

    def _work(self, act: str) -> Callable[[Session], bytes]:
        said = {"answers": self._read_draft(), "large": self.is_large(), "act": act}
        if self._choice.wants_agenda():
            return partial(prints.agenda_pdf, revision_id=self._revision_id, **said)
        return partial(
            prints.plan_pdf,
            revision_id=self._revision_id,
            edition=self._choice.edition(),
            shared_with=self._choice.agency(),
            **said,
        )

    def _file(self) -> str:
        title = self._title + self._choice.file_words()
        return "".join(each if each.isalnum() or each in " ,-’" else "-" for each in title) + ".pdf"

    def _drawn(self, pdf: bytes) -> None:
        self._is_drawing = False
        self.show_pdf(pdf, self._file())
        if self._wants_drawing:
            self.draw()

    def _not_drawn(self, problem: Problem) -> None:
        self._is_drawing = False
        if self._choice.edition() != "full" or self._choice.wants_agenda():
            self.clear()
        self.show_problem(problem.words)

    def _record(self, how: str) -> None:
        """Record the print, then save or print the pages."""
        self._desk.run(self, self._work("print"), partial(_hand_out, self, how), self._not_drawn)


def _nothing_typed() -> Answers | None:
    return None


def _hand_out(preview: PlanPreview, how: str, pdf: bytes) -> None:
    preview.hand_out(pdf, how)
