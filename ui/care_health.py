"""The health of a looked-after child: a part of the Care tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import words
from caseapp.looked_after import health
from caseapp.looked_after.health import HealthRow, HealthView, YearItems
from ui.card_columns import CardColumns
from ui.care_health_forms import HealthDialog, HealthYearDialog
from ui.care_lines import documents, due_row, fill, link, timing_chip, told_row
from ui.care_part import CarePart
from ui.education_cards import Acts
from ui.parts import Banner, Card, Chip, FactsGrid, Muted, Rule
from ui.place import ROW
from ui.record_parts import clear
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session

_TWO_COLUMNS: Final = 860
_NO_ASSESSMENT: Final = "The assessment itself: body, feelings, checks, and the health plan that follows."
_OUTCOMES: Final = {
    "done": ("on_track", ""),
    "refused": ("warning", ""),
    "not_attended": ("warning", ""),
    "not_needed": ("neutral", "minus"),
}


class HealthPart(CarePart):
    """What is due for the child's health, what was done or refused, and the items of the return."""

    name = "Health"

    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)

    def refresh(self) -> None:
        """Read the health anew."""
        self.ask("Reading the health …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, view: HealthView) -> None:
        clear(self.content)
        assessments = _rows_card(
            "Health assessments",
            view.assessments,
            self._acts("Add a check or assessment"),
            "No assessment on record yet.",
            view.assessed_in_notes,
        )
        checks = _rows_card(
            "Checks and immunisations",
            view.checks,
            self._acts(""),
            "No check on record yet.",
            view.dental_in_notes,
        )
        left = (_next_card(view), assessments, self._documents(view))
        right = (_latest_card(view), checks, self._years_card(view))
        plans = {_TWO_COLUMNS: (left, right), 0: ((*left, *right),)}
        self.content.addWidget(CardColumns(plans, (1, 1)))

    def _documents(self, view: HealthView) -> QWidget:
        write = ("Write the assessment", partial(self.start_plan.emit, self.child_id, health.KIND))
        return documents(
            "Written assessments",
            view.versions,
            _NO_ASSESSMENT,
            write if self.may_write else None,
            self.open_plan.emit,
        )

    def _years_card(self, view: HealthView) -> Card:
        card = Card("Items of the yearly return")
        rows = [self._year(each) for each in view.years]
        fill(card, rows, "They are asked of a child who was looked after for the whole year to 31 March.")
        return card

    def _year(self, each: YearItems) -> QWidget:
        chips = []
        if each.row_id and each.lacking:
            chips.append(Chip(f"Still to say: {words.listed(each.lacking)}", "due_soon"))
        elif each.row_id and each.in_care_all_year:
            chips.append(Chip("Complete", "on_track"))
        elif each.in_care_all_year:
            chips.append(Chip("Not entered yet", "due_soon"))
        told = (
            [] if each.in_care_all_year else ["Not looked after for the whole year: the return does not ask."]
        )
        if not each.row_id and each.from_record:
            told.append(f"The record tells: {'; '.join(each.from_record)}")
        text = "Put right" if each.row_id else "Enter"
        act = partial(self._open_year, each) if self.may_write else None
        button = link(text, act, f"{text}: {each.title}")
        if button is not None and each.row_id:
            button.setProperty(ROW, str(each.row_id))
        made = told_row(each.title, told, chips, [button])
        if not each.items:
            return made
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        facts = FactsGrid(label_width=250)
        facts.set_facts(each.items)
        lines.addWidget(made)
        lines.addWidget(facts)
        return holder

    def _acts(self, text: str) -> Acts:
        if not self.may_write:
            return Acts(text)
        return Acts(text, partial(self._open, None) if text else None, self._change)

    def _change(self, row_id: UUID, version: int, given: Any) -> None:
        self._open(Opened(row_id, version, given))

    def _open(self, opened: Opened[Any] | None) -> None:
        self.show_dialog(HealthDialog(self.desk, self.child_id, opened, self))

    def _open_year(self, year: YearItems) -> None:
        self.show_dialog(HealthYearDialog(self.desk, self.child_id, year, self))


def _read(child_id: UUID, session: Session) -> HealthView:
    return health.view(session, child_id)


def _next_card(view: HealthView) -> Card:
    card = Card("Due next")
    for due in view.dues:
        card.body.addWidget(due_row(due))
        card.body.addWidget(Rule())
    if not view.dues:
        card.body.addWidget(Muted("Nothing is due now."))
    card.body.addWidget(Muted(view.interval))
    return card


def _latest_card(view: HealthView) -> Card:
    card = Card("At a glance")
    facts = FactsGrid(label_width=180)
    facts.set_facts(
        [
            ("GP", view.gp),
            ("Dentist", view.dentist),
            *((each.label, each.words) for each in view.latest),
            ("Refused", "; ".join(f"{each.title} {words.day(each.on)}" for each in view.refusals) or "None"),
        ]
    )
    card.body.addWidget(facts)
    return card


def _rows_card(title: str, rows: list[HealthRow], acts: Acts, empty: str, noted_only: str) -> Card:
    card = Card(title, acts.link())
    fill(card, [_row(each, acts) for each in rows], empty)
    if noted_only:
        card.body.addWidget(Banner(noted_only, "info"))
    return card


def _row(each: HealthRow, acts: Acts) -> QWidget:
    meaning, icon = _OUTCOMES[each.outcome]
    chips = [timing_chip(each.timing)] if each.timing else [Chip(each.outcome_words, meaning, icon)]
    due = f", due {words.day(each.timing.due_on)}" if each.timing else ""
    button = acts.button(f"{each.title} of {words.day(each.on)}", each.id, each.version, each.given)
    return told_row(f"{each.title}: {words.day(each.on)}{due}", each.told, chips, [button])
