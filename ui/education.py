"""Education: the virtual school's figures, the plans that wait to be checked, files of schools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pep_queue import QualityQueue
from ui.record_parts import Scroller
from ui.tabbed import TabbedScreen

if TYPE_CHECKING:
    from ui.desk import Desk


class EducationScreen(TabbedScreen):
    """The rail's screen; a page stands there only for those who may use it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        pages: dict[str, Callable[[], QWidget]] = {"Virtual school": partial(_virtual_school, desk)}
        if desk.may("approve").allowed:
            pages["Quality assurance"] = partial(QualityPage, desk)
        if desk.may("write").allowed:
            pages["Files of schools"] = partial(_files, desk)
        super().__init__("Education", pages, parent)


def _virtual_school(desk: Desk) -> QWidget:
    from ui.virtual_school import virtual_school_page

    return virtual_school_page(desk)


class QualityPage(Scroller):
    """The plans that wait to be checked."""

    open_plan = Signal(UUID)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Quality assurance")
        self._queue = QualityQueue(desk)
        self._queue.open_plan.connect(self.open_plan)
        self.body.addWidget(self._queue)

    def refresh(self) -> None:
        """Read the lists anew."""
        self._queue.refresh()


def _files(desk: Desk) -> QWidget:
    from ui.school_import import SchoolImportScreen

    return SchoolImportScreen(desk)
