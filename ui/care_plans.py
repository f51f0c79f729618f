"""The plans and papers of care: a part of the Care tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from caseapp import plan_versions, prints
from caseapp.looked_after import documents
from caseapp.looked_after.documents import Series
from caseapp.plan_versions import VersionRow
from ui.card_columns import CardColumns
from ui.care_lines import due_row, flowing, link
from ui.care_part import CarePart
from ui.child_plans import versions_card
from ui.parts import Card, Muted
from ui.record_parts import clear

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_TWO_COLUMNS: Final = 860
_FEW: Final = 3
Written = tuple[Series, Sequence[VersionRow]]
"""A form of care with its versions, the newest first."""


class CarePlansPart(CarePart):
    """Care plan, placement plan, reviews and the other forms of care: when each is due, and its versions."""

    name = "Plans of care"

    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    compare = Signal(UUID, str)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        self._unfolded: set[str] = set()
        self._written: Sequence[Written] = ()
        super().__init__(desk, child_id, may_write, parent)

    def refresh(self) -> None:
        """Read the forms of care anew."""
        self.ask("Reading the plans of care …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, written: Sequence[Written]) -> None:
        self._written = written
        clear(self.content)
        cards = [self._card(*each) for each in written]
        self.content.addWidget(CardColumns({_TWO_COLUMNS: (cards[::2], cards[1::2]), 0: (cards,)}, (1, 1)))

    def _card(self, each: Series, versions: Sequence[VersionRow]) -> Card:
        shown = versions if each.kind in self._unfolded else versions[:_FEW]
        start = self._start(each) if all(one.signed_at for one in versions) else None
        card = versions_card(each.title, shown, self.may_write, self.open_plan.emit, start)
        above = [Muted(each.rule), *(due_row(due) for due in each.dues)]
        for place, widget in enumerate(above):
            card.body.insertWidget(place, widget)
        card.body.addWidget(flowing(self._links(each, len(versions), len(shown)), gap=16))
        return card

    def _start(self, each: Series) -> QWidget | None:
        if not self.may_write or not each.start:
            return None
        button = QPushButton(each.start)
        button.setAccessibleName(each.start)
        button.clicked.connect(partial(self.start_plan.emit, self.child_id, each.kind))
        return button

    def _links(self, each: Series, many: int, shown: int) -> list[QWidget]:
        may_print = self.desk.may("print").allowed
        wanted = (
            (f"Show all {many}", self._unfold, shown < many),
            ("Compare versions", self._compare, many > 1),
            ("Blank paper", self._print_blank, may_print),
        )
        made = [
            link(text, partial(act, each.kind), f"{text}: {each.title}")
            for text, act, holds in wanted
            if holds
        ]
        return [one for one in made if one is not None]

    def _unfold(self, kind: str) -> None:
        self._unfolded.add(kind)
        self._show_read(self._written)

    def _compare(self, kind: str) -> None:
        self.compare.emit(self.child_id, kind)

    def _print_blank(self, kind: str) -> None:
        title = next(each.title for each, _ in self._written if each.kind == kind)
        self.ask("Making the PDF …", partial(_blank, kind), partial(self._printed, f"{title}, blank"))

    def _printed(self, title: str, pdf: bytes) -> None:
        self.print_bytes.emit(title, pdf)


def _read(child_id: UUID, session: Session) -> list[Written]:
    found = documents.all_series(session, child_id)
    return [(each, plan_versions.versions(session, child_id, each.kind)) for each in found]


def _blank(kind: str, _session: Session) -> bytes:
    return prints.blank_pdf(kind)
