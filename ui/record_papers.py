"""The papers made of a record beside its plans: a menu of those that fit the child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from caseapp import care_prints, doorstep_print, missing_print, placement_print, prints, review_pack
from ui.parts import LinkButton

Make = Callable[..., bytes]


class Paper(NamedTuple):
    """A paper, and whether only those in care, or only those leaving it, have it."""

    name: str
    make: Make
    in_care: bool = False
    leaving: bool = False


PAPERS: Final = (
    Paper("Doorstep sheet, before a visit", doorstep_print.doorstep_sheet),
    Paper("Summary sheet", care_prints.lac_summary, in_care=True),
    Paper("Review pack", review_pack.review_pack, in_care=True),
    Paper("Placement information record", placement_print.placement_record, in_care=True),
    Paper("Delegated authority, for the carer", placement_print.delegated_sheet, in_care=True),
    Paper("Emergency sheet, if missing", missing_print.missing_sheet, in_care=True),
    Paper("Care leaver’s passport", prints.passport_pdf, leaving=True),
)

OTHER_PAPERS: Final = "Other papers of this record"


class PapersLink(LinkButton):
    """A link that drops the menu of a record's papers."""

    chosen = Signal(object)
    """The `Paper` that is wanted."""

    def __init__(self) -> None:
        super().__init__("Papers")
        self.setAccessibleName(OTHER_PAPERS)
        self._before: tuple[LinkButton, ...] = ()
        self._fitting: list[Paper] = []
        self.papers = QMenu(self)
        self.papers.setAccessibleName("Papers")
        self.clicked.connect(self._drop)

    def offer(self, *, in_care: bool, leaving: bool) -> None:
        """Offer what fits a child who is in care, is leaving it, or neither."""
        self._fitting = [
            paper for paper in PAPERS if (in_care or not paper.in_care) and (leaving or not paper.leaving)
        ]
        self._fill()

    def put_before(self, links: Sequence[LinkButton]) -> None:
        """Begin the menu with links for which there is no room beside it."""
        self._before = tuple(links)
        self._fill()

    def _fill(self) -> None:
        self.papers.clear()
        for link in self._before:
            self.papers.addAction(link.text()).triggered.connect(link.click)
        if self._before:
            self.papers.addSeparator()
        for paper in self._fitting:
            action = self.papers.addAction(paper.name)
            action.setData(paper)
            action.triggered.connect(self._triggered)

    def _drop(self) -> None:
        self.papers.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())
