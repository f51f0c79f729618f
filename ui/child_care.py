"""The care record of a child: episodes, reviews, missing periods, health and leaving care by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import care, words
from caseapp.care import CareView, YearRow
from ui.card_columns import CardColumns
from ui.parts import Card, EmptyState, FactsGrid, Muted, plain
from ui.record_page import RecordPage
from ui.record_parts import clear
from ui.rows_card import RowsCard

if TYPE_CHECKING:
    from ui.desk import Desk


class CarePage(RecordPage):
    """The Care tab: it shows what was recorded or imported."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("Care")
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the care record anew."""
        child_id = self.child_id
        self.ask("Reading the care record …", lambda session: care.care(session, child_id), self._show)

    def _show(self, view: CareView) -> None:
        clear(self._content)
        if not any(view):
            text = "Episodes, reviews and health items stand here once a return (SSDA903) has been imported."
            self._content.addWidget(EmptyState("care", "No care record yet", text))
            return
        self._content.addWidget(_episodes(view))
        cards = [_reviews(view), _missing(view)]
        years = [_years("Health", view.health, "No health items recorded yet.")]
        if view.leaving:
            years.append(_years("Leaving care", view.leaving, ""))
        self._content.addWidget(CardColumns({760: (cards, years), 0: ((*cards, *years),)}))


def span(started_on: date, ended_on: date | None) -> str:
    """Return two dates in words; without an end it goes on."""
    end = f"to {words.day(ended_on)}" if ended_on else "and goes on"
    return f"{words.day(started_on)} {end}"


def _episodes(view: CareView) -> QWidget:
    rows = [
        (
            span(each.started_on, each.ended_on),
            each.legal_status,
            "\n".join(part for part in (each.placement, each.provider) if part),
            "; ".join(part for part in (each.reason_started, each.reason_moved) if part),
            each.reason_ended,
        )
        for each in view.episodes
    ]
    card = RowsCard(
        "Episodes of care",
        ("Dates", "Legal status", "Placement", "Why it began", "Why care ended"),
        (15, 22, 28, 22, 14),
        rows,
        "No episode recorded.",
    )
    if view.periods:
        since = "; ".join(span(*period) for period in view.periods)
        card.body.insertWidget(0, Muted(f"Looked after: {since}."))
    return card


def _reviews(view: CareView) -> QWidget:
    rows = [(words.day(each.held_on), each.participation) for each in view.reviews]
    return RowsCard("Reviews", ("Held", "How the child took part"), (1, 3), rows, "No review recorded yet.")


def _missing(view: CareView) -> QWidget:
    rows = [
        (
            each.what,
            words.day(each.started_on),
            words.day(each.ended_on) if each.ended_on else "Not found yet",
        )
        for each in view.missing
    ]
    return RowsCard(
        "Missing and away", ("What", "From", "Until"), (2, 1, 1), rows, "Never missing, as far as recorded."
    )


def _years(title: str, years: Sequence[YearRow], empty: str) -> QWidget:
    card = Card(title)
    for each in years:
        card.body.addWidget(plain(care.year_words(each.year), "label"))
        facts = FactsGrid(label_width=180)
        facts.set_facts(each.items)
        card.body.addWidget(facts)
    if not years:
        card.body.addWidget(Muted(empty))
    return card
