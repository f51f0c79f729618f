"""The front door: contacts, referrals, assessments, and how timely they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.front_door_lists import AssessmentsPage, ContactsPage, ListPage, ReferralsPage
from ui.tabbed import TabbedScreen

if TYPE_CHECKING:
    from ui.desk import Desk


class FrontDoorScreen(TabbedScreen):
    """The rail's screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        pages: dict[str, Callable[[], QWidget]] = {
            "Contacts": partial(ContactsPage, desk), "Referrals": partial(ReferralsPage, desk),
            "Assessments": partial(AssessmentsPage, desk), "Timeliness": partial(_timeliness, desk),
        }  # fmt: skip
        super().__init__("Front door", pages, parent)
        self._names = list(pages)

    def open_row(self, tab: str, row_id: UUID | None) -> None:
        """Open one of the lists, and a row of it once the screen stands in its window."""
        if tab in self._names:
            self.show_tab(self._names.index(tab))
            page = self.page()
            if row_id is not None and isinstance(page, ListPage):
                QTimer.singleShot(0, page, partial(_open_row, page, row_id))


def _open_row(page: ListPage, row_id: UUID) -> None:
    page.open_row(row_id)


def _timeliness(desk: Desk) -> QWidget:
    from ui.front_door_timeliness import TimelinessPage

    return TimelinessPage(desk)
