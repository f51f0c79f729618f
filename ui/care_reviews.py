"""Reviews and visits of a looked-after child: a part of the Care tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp.looked_after import records, reviews, visits
from caseapp.looked_after.new_rows import NewReviewAsked
from caseapp.looked_after.review_rules import Prompt
from caseapp.looked_after.reviews import ReviewsView
from caseapp.looked_after.visits import VisitsView
from ui import care_review_cards as cards
from ui import care_review_forms as forms
from ui.card_columns import CardColumns
from ui.care_dialog import CareDialog
from ui.care_lines import documents
from ui.care_part import CarePart
from ui.care_visit_cards import next_visit_card, visits_card
from ui.education_cards import Acts
from ui.new_note import NoteDialog
from ui.record_parts import clear
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_TWO_COLUMNS: Final = 860
_NO_RECORD: Final = "The record of a review: the child’s words, theme by theme, and what was decided."
_VISIT_HINT: Final = (
    "It counts once the child was seen, wherever they live. Speak with them alone if they will."
)


class ReviewsPart(CarePart):
    """When the child is to be reviewed and visited, by which rule, and what was held."""

    name = "Reviews and visits"

    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        self._officer, self._known_as = "", ""
        self._planned: NewReviewAsked | None = None
        super().__init__(desk, child_id, may_write, parent)

    def refresh(self) -> None:
        """Read reviews and visits anew."""
        self.ask("Reading reviews and visits …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, read: tuple[ReviewsView, VisitsView]) -> None:
        told, seen = read
        self._officer, self._known_as = told.officer.partition(",")[0], seen.known_as
        self._planned = told.planned[0].given if told.planned else None
        clear(self.content)
        allowed = self.may_write
        left = (
            cards.next_card(told, self._ask if allowed else None, self._record if allowed else None),
            cards.held_card(told, self._acts(forms.ReviewDialog, "Add a review")),
            cards.asked_card(told, self._acts(forms.ReviewAskedDialog, "Add one")),
        )
        right = (
            next_visit_card(seen, self._add_visit if allowed else None),
            visits_card(seen),
            cards.concerns_card(told, self._acts(forms.ConcernDialog, "Add a concern")),
            self._documents(told),
        )
        plans = {_TWO_COLUMNS: (left, right), 0: ((left[0], right[0], *left[1:], *right[1:]),)}
        self.content.addWidget(CardColumns(plans, (1, 1)))

    def _documents(self, told: ReviewsView) -> QWidget:
        write = ("Write the review’s record", partial(self.start_plan.emit, self.child_id, reviews.KIND))
        return documents(
            "Records of reviews",
            told.versions,
            _NO_RECORD,
            write if self.may_write else None,
            self.open_plan.emit,
        )

    def _acts(self, dialog: type[CareDialog], text: str) -> Acts:
        if not self.may_write:
            return Acts(text)
        return Acts(text, partial(self._open, dialog, None), partial(self._change, dialog))

    def _change(self, dialog: type[CareDialog], row_id: UUID, version: int, given: Any) -> None:
        self._open(dialog, Opened(row_id, version, given))

    def _open(self, dialog: type[CareDialog], opened: Opened[Any] | None) -> None:
        if dialog is forms.ReviewDialog:
            self.show_dialog(
                forms.ReviewDialog(self.desk, self.child_id, opened, self, self._officer, self._planned)
            )
        else:
            self.show_dialog(dialog(self.desk, self.child_id, opened, self))

    def _ask(self) -> None:
        self._open(forms.ReviewAskedDialog, None)

    def _record(self, prompt: Prompt) -> None:
        if self.is_asking:
            return  # the button was pressed twice, or what it says is being read anew
        said = f"{prompt.words[:1].upper()}{prompt.words[1:]}"
        new = NewReviewAsked(prompt.reason, self.desk.today, words=said)
        self.save("Recording …", partial(_add, self.child_id, new), self._recorded)

    def _add_visit(self) -> None:
        self.show_dialog(
            NoteDialog(self.desk, self.child_id, self._known_as, "Add a visit", _VISIT_HINT, parent=self)
        )

    def _recorded(self, _row_id: UUID) -> None:
        self.written()


def _read(child_id: UUID, session: Session) -> tuple[ReviewsView, VisitsView]:
    return reviews.view(session, child_id), visits.view(session, child_id)


def _add(child_id: UUID, new: NewReviewAsked, session: Session) -> UUID:
    return records.add(session, child_id, new)
