"""The papers made of a record beside its plans: a menu of those that fit the child."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from caseapp import care_prints, doorstep_print, missing_print, placement_print, prints, review_pack
from ui.parts import LinkButton

Make = Callable[..., bytes]


class Paper(NamedTuple):
    """A paper, by its key in `caseapp.papers`."""

    key: str
    name: str
    make: Make


PAPERS: Final = (
    Paper("doorstep", "Doorstep sheet, before a visit", doorstep_print.doorstep_sheet),
    Paper("lac-summary", "Summary sheet", care_prints.lac_summary),
    Paper("review-pack", "Review pack", review_pack.review_pack),
    Paper("placement-record", "Placement information record", placement_print.placement_record),
    Paper("delegated-authority", "Delegated authority, for the carer", placement_print.delegated_sheet),
    Paper("missing-sheet", "Emergency sheet, if missing", missing_print.missing_sheet),
    Paper("passport", "Care leaver’s passport", prints.passport_pdf),
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
        self._papers: Mapping[str, str] = {}
        self.papers = QMenu(self)
        self.papers.setAccessibleName("Papers")
        self.clicked.connect(self._drop)

    def offer(self, papers: Mapping[str, str]) -> None:
        """Offer what fits the child: `papers` says of each why it cannot be made yet, or nothing."""
        self._papers = papers
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
        for paper in PAPERS:
            if paper.key not in self._papers:
                continue
            why_not = self._papers[paper.key]
            action = self.papers.addAction(f"{paper.name}: {why_not}" if why_not else paper.name)
            action.setEnabled(not why_not)
            action.setData(paper)
            action.triggered.connect(self._triggered)

    def _drop(self) -> None:
        self.papers.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())
