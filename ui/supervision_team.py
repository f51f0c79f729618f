"""A manager's workers: who had supervision, whose children were talked about, and the figures over them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import words
from caseapp.supervision import measures, service
from caseapp.supervision.measures import Behind, Figure, TeamView, WorkerLine
from caseapp.supervision.service import ServiceView
from ui.asking import Asking
from ui.figure_list import ClosesList, FigureList, Listed, put_beneath
from ui.figures import Number, Tile, tile_row
from ui.parts import Card, Chip, EmptyState, LinkButton, Muted, Rule, Title, plain
from ui.record_parts import ElidedLink, Scroller, clear, state_meaning
from ui.supervision_service import ServiceCard

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_HEADINGS: Final = ("Worker", "Supervision", "Last", "Next", "Children", "Talked about in time", "")
_SHARES: Final = (5, 6, 3, 3, 2, 4, 3)


class TeamPage(ClosesList, Asking):
    """Figures at the top, each opening its rows; then a line for each worker."""

    open_child = Signal(UUID)
    open_worker = Signal(UUID)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Supervision")
        self._line = Muted("")
        self._figures = QVBoxLayout()
        self._lines = QVBoxLayout()
        self._service = ServiceCard()
        self._last_link: QWidget | None = None
        self.behind = FigureList(("Who", "What was recorded"), (300,), _cells)
        self.behind.open_child.connect(self.open_child)
        self.behind.closed.connect(self._back_to_link)
        self._place_all()
        self.refresh()

    def _place_all(self) -> None:
        page = Scroller()
        page.body.setContentsMargins(24, 20, 24, 16)
        page.body.setSpacing(12)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(Title("Supervision"), 1)
        own = LinkButton("My own supervision")
        own.clicked.connect(self._open_own)
        top.addWidget(own)
        heading.addLayout(top)
        heading.addWidget(self._line)
        page.body.addLayout(heading)
        for each in (self.busy, self.banner):
            page.body.addWidget(each)
        page.body.addLayout(self._figures)
        page.body.addLayout(self._lines)
        page.body.addWidget(self._service)
        page.body.addStretch(1)
        put_beneath(self, page, self.behind)

    def refresh(self) -> None:
        """Count everything anew."""
        self.ask("Counting …", _counted, self._show)

    def _show(self, found: tuple[TeamView, ServiceView]) -> None:
        view, whole = found
        self._service.show_service(whole)
        self.behind.close_list()
        clear(self._figures)
        clear(self._lines)
        count = words.count(len(view.workers), "worker")
        self._line.setText(f"{view.team}: {count} whom you supervise." if view.team else f"{count}.")
        self._service.setVisible(bool(view.workers or whole.whole.workers))
        if view.workers:
            self._figures.addWidget(tile_row([self._tile(each) for each in view.figures]))
            self._lines.addWidget(self._workers_card(view.workers))
        else:
            self._lines.addWidget(
                EmptyState(
                    "people",
                    "Nobody to supervise yet",
                    "The workers of your team appear here once an administrator has added them.",
                )
            )

    def _tile(self, figure: Figure) -> Tile:
        name, opens = f"{figure.title}: {figure.shown}", partial(self._open_figure, figure)
        number = Number(figure.percent_words, name, figure.definition, "", opens)
        beneath = f"{len(figure.rows)} of {figure.of}" if figure.of else "nothing to count"
        return Tile(number, figure.title, beneath)

    def _open_own(self) -> None:
        self.open_worker.emit(self.desk.actor.worker_id)

    def _open_figure(self, figure: Figure) -> None:
        self._last_link = QApplication.focusWidget()
        shown = f"{figure.title}: {figure.shown}"
        self.behind.show_rows(Listed(shown, figure.definition, figure.rows, figure.others))

    def _back_to_link(self) -> None:
        if self._last_link is not None and isValid(self._last_link):
            self._last_link.setFocus()

    def _workers_card(self, workers: list[WorkerLine]) -> Card:
        card = Card("Your workers")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, (heading, share) in enumerate(zip(_HEADINGS, _SHARES, strict=True)):
            grid.setColumnStretch(column, share)
            grid.addWidget(plain(heading, "small"), 0, column)
        chips = [_standing(each) for each in workers]
        grid.setColumnMinimumWidth(1, max(chip.sizeHint().width() for chip in chips))
        for number, (each, chip) in enumerate(zip(workers, chips, strict=True)):
            grid.addWidget(Rule(), 2 * number + 1, 0, 1, len(_HEADINGS))
            self._add_row(grid, 2 * number + 2, each, chip)
        card.body.addLayout(grid)
        return card

    def _add_row(self, grid: QGridLayout, row: int, each: WorkerLine, chip: Chip) -> None:
        name = ElidedLink(each.name)
        name.setToolTip(each.job)
        name.clicked.connect(partial(self.open_worker.emit, each.worker_id))
        in_time = each.owed_cases - each.late_cases
        told = f"{in_time} of {each.owed_cases}" if each.owed_cases else "–"
        late = (
            Chip(told, "due_soon" if each.late_cases else "on_track")
            if each.owed_cases
            else plain(told, "muted")
        )
        cells: tuple[QWidget, ...] = (
            name,
            chip,
            plain(words.day(each.last_on) if each.last_on else "–", "muted"),
            plain(words.day(each.next_on) if each.next_on else "–", "muted"),
            plain(str(each.children)),
            late,
            plain(each.waits, "muted"),
        )
        for column, cell in enumerate(cells):
            grid.addWidget(cell, row, column)


def _counted(session: Session) -> tuple[TeamView, ServiceView]:
    return measures.team(session), service.service(session)


def _cells(each: Behind) -> tuple[str, ...]:
    return (each.title, each.said)


def _standing(each: WorkerLine) -> Chip:
    if each.standing is None:
        return Chip("None yet", "due_soon")
    return Chip(each.standing.words, state_meaning(each.standing.kind))
