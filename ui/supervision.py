"""Supervision: a manager's workers and each one's page; for everybody else their own page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.supervision_team import TeamPage
from ui.supervision_worker import WorkerPage

if TYPE_CHECKING:
    from ui.desk import Desk


class SupervisionScreen(QWidget):
    """The team, or one worker."""

    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    open_plan = Signal(UUID)
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Supervision")
        self._desk = desk
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._team: TeamPage | None = None
        self._shown: TeamPage | WorkerPage
        if desk.may("approve").allowed:
            self._team = TeamPage(desk)
            self._team.open_child.connect(self.open_child)
            self._team.open_worker.connect(self.show_worker)
            self._stack.addWidget(self._team)
            self._shown = self._team
        else:
            self.show_worker(desk.actor.worker_id)

    def page(self) -> TeamPage | WorkerPage:
        """Return the page that is shown."""
        return self._shown

    def refresh(self) -> None:
        """Read the page anew."""
        self.page().refresh()

    def close_what_is_open(self) -> None:
        """Close the list behind a figure of the team."""
        if self._team is not None:
            self._team.behind.close_list()

    def show_worker(self, worker_id: UUID) -> None:
        """Open one worker's page."""
        page = WorkerPage(self._desk, worker_id, leads_back=self._team is not None)
        page.open_child.connect(self.open_child)
        page.print_bytes.connect(self.print_bytes)
        page.back.connect(self.show_team)
        self._let_go()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._shown = page

    def show_team(self) -> None:
        """Go back to all workers."""
        if self._team is not None:
            self._stack.setCurrentWidget(self._team)
            self._shown = self._team
            self._let_go()
            self._team.refresh()

    def _let_go(self) -> None:
        for place in reversed(range(self._stack.count())):
            page = self._stack.widget(place)
            if isinstance(page, WorkerPage):
                self._stack.removeWidget(page)
                page.deleteLater()
