"""Placements, the first part of the Care tab: the line of care as bars, placements as lived, the episodes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from caseapp import words
from caseapp.looked_after import placements_view
from caseapp.looked_after.placements_view import EpisodeRow, PlacementRow, PlacementsView
from ui import theme
from ui.card_columns import CardColumns
from ui.care_episode_dialog import EpisodeDialog
from ui.care_episode_forms import BeginDialog, ChangeDialog, CorrectDialog, EndDialog
from ui.care_part import CarePart
from ui.care_placement_form import PlacementDialog
from ui.charts import Bar, LifeStrip
from ui.parts import (
    Card,
    Chip,
    EmptyState,
    FactsGrid,
    LinkButton,
    Muted,
    Rule,
    Section,
    icon_button,
    plain,
    primary,
)
from ui.place import ROW
from ui.record_parts import clear, row

if TYPE_CHECKING:
    from ui.desk import Desk

_TWO_COLUMNS: Final = 860
_ROWS: Final = ("Legal status", "Placement")
_NONE: Final = "Placements and episodes stand here once the child is looked after."
_TOO_OLD: Final = "Nobody begins to be looked after from the 18th birthday on."
_MEANINGS: Final = {"Legal status": "looked_after", "Placement": "info"}


class PlacementsPart(CarePart):
    """Where the child lives and by which law, now and before; what may be written about it."""

    name = "Placements"

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        self._view: PlacementsView | None = None
        super().__init__(desk, child_id, may_write, parent)

    def refresh(self) -> None:
        """Read episodes and placements anew."""
        child_id = self.child_id
        self.ask("Reading placements …", lambda session: placements_view.view(session, child_id), self._show)

    def _show(self, view: PlacementsView) -> None:
        self._view = view
        clear(self.content)
        if not view.chain:
            self.content.addWidget(self._nothing_yet(view.may_begin))
            return
        self.content.addLayout(self._heading(view))
        self.content.addWidget(_strip(view, self))
        cards = [self._placement(each, place == 0) for place, each in enumerate(view.placements)]
        episodes = self._episodes(view)
        columns = {_TWO_COLUMNS: (cards, (episodes,)), 0: ((*cards, episodes),)}
        self.content.addWidget(CardColumns(columns, (1, 1)))

    def _nothing_yet(self, may_begin: bool) -> QWidget:
        begin = "Care begins …" if self.may_write and may_begin else ""
        empty = EmptyState("care", "Not looked after so far", _NONE if may_begin else _TOO_OLD, begin)
        empty.acted.connect(partial(self._open_episode, BeginDialog))
        return empty

    def _heading(self, view: PlacementsView) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        said = Section(view.head)
        said.setWordWrap(True)
        line.addWidget(said, 1)
        if not self.may_write:
            return line
        if view.chain[-1].ended_on is None:
            acts: tuple[tuple[QPushButton, type[EpisodeDialog]], ...] = (
                (primary("Something changed …"), ChangeDialog),
                (QPushButton("Care ends …"), EndDialog),
            )
        else:
            acts = ((primary("Care begins …"), BeginDialog),) if view.may_begin else ()
        for button, dialog in acts:
            button.setAccessibleName(button.text())
            button.clicked.connect(partial(self._open_episode, dialog))
            line.addWidget(button)
        return line

    def _placement(self, each: PlacementRow, is_first: bool) -> QWidget:
        link = None
        if self.may_write:
            link = LinkButton("Change the details" if each.id else "Add the details")
            link.setAccessibleName(f"{link.text()} of the placement from {words.day(each.started_on)}")
            link.clicked.connect(partial(self._open_details, each))
        when = "Placement now" if is_first and each.ended_on is None else "Placement"
        card = Card(f"{when}: {span(each)}", link)
        said = ", ".join(part for part in (each.kind or "Kind not recorded", each.provider) if part)
        card.body.addWidget(Muted(said))
        chips = [Chip(text, meaning) for text, meaning in (each.plan, each.notice) if text]
        if chips:
            card.body.addWidget(row(*chips))
        if each.regime:
            card.body.addWidget(Muted(f"Visits. {each.regime.words} ({each.regime.source})."))
            if each.regime.then:
                card.body.addWidget(Muted(each.regime.then))
        if each.facts:
            facts = FactsGrid(label_width=140)
            facts.set_facts(each.facts)
            card.body.addWidget(facts)
        elif is_first:
            card.body.addWidget(Muted("Nothing recorded yet of carers, address, approval or notices."))
        return card

    def _episodes(self, view: PlacementsView) -> QWidget:
        card = Card("Episodes of care")
        for place, each in enumerate(view.episodes):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._episode(each))
        return card

    def _episode(self, each: EpisodeRow) -> QWidget:
        until = f"to {words.day(each.ended_on)}" if each.ended_on else "and goes on"
        told = [
            ", ".join(part for part in (each.legal_status, each.placement, each.provider) if part),
            f"Began: {_lowered(each.began)}." + (f" Ended: {_lowered(each.ended)}." if each.ended else ""),
        ]
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addWidget(plain(f"{words.day(each.started_on)} {until}", "label"))
        for said in told:
            lines.addWidget(Muted(said))
        if each.wrong:
            lines.addWidget(row(Chip("To look at", "warning")))
            for said in each.wrong:
                lines.addWidget(Muted(said))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.addLayout(lines, 1)
        if button := self._right(each):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _right(self, each: EpisodeRow) -> QWidget | None:
        if not self.may_write:
            return None
        button = icon_button("draft", f"Put the episode from {words.day(each.started_on)} right")
        button.setProperty(ROW, str(each.id))
        theme.set_icon(button, "draft", "muted", 16)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._open_correction, each))
        return button

    def _open_episode(self, dialog: type[EpisodeDialog]) -> None:
        if self._view is not None:
            self.show_dialog(dialog(self.desk, self.child_id, self._view, self))

    def _open_correction(self, each: EpisodeRow) -> None:
        if self._view is not None:
            self.show_dialog(CorrectDialog(self.desk, self.child_id, self._view, each, self))

    def _open_details(self, each: PlacementRow) -> None:
        if self._view is not None:
            self.show_dialog(PlacementDialog(self.desk, self.child_id, each, self._view.about, self))


def span(each: PlacementRow) -> str:
    """Return since when, or from when to when, a placement lasted."""
    if each.ended_on is None:
        return f"since {words.day(each.started_on)}"
    return f"{words.day(each.started_on)} to {words.day(each.ended_on)}"


def _strip(view: PlacementsView, page: PlacementsPart) -> QWidget:
    card = Card("Over time")
    strip = LifeStrip()
    strip.setAccessibleName("Legal status and placement over time")
    bars = [
        Bar(each.row, each.label, each.started_on, each.ended_on, _MEANINGS[each.row]) for each in view.bars
    ]
    strip.set_bars(_ROWS, bars, page.desk.today)
    card.body.addWidget(strip)
    return card


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
