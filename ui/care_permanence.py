"""Permanence and court: a part of the Care tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import words
from caseapp.looked_after import permanence
from caseapp.looked_after.court import CaseRow
from caseapp.looked_after.permanence import PermanenceView
from caseapp.looked_after.short_breaks import IN_A_YEAR, LONGEST, BreaksView
from ui import care_permanence_forms as forms
from ui.card_columns import CardColumns
from ui.care_dialog import CareDialog
from ui.care_lines import fill, flowing, link, told_row
from ui.care_part import CarePart
from ui.care_shown import acting, chips_of, folded, shown_card, shown_row
from ui.education_cards import Acts
from ui.parts import Card, Muted, Rule
from ui.record_parts import clear
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session

_TWO_COLUMNS: Final = 860
_INDENT: Final = 24


class PermanencePart(CarePart):
    """Where the child is to grow up, what the court decides, and what the return asks of both."""

    name = "Permanence and court"

    def refresh(self) -> None:
        """Read permanence and court anew."""
        self.ask("Reading permanence and court …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, view: PermanenceView) -> None:
        clear(self.content)
        left = (
            self._plans_card(view),
            self._adoption_card(view),
            self._previous_card(view),
            self._alone_card(view),
        )
        breaks = (breaks_card(view.breaks),) if view.breaks else ()
        right = (
            self._court_card(view),
            *breaks,
            self._card("Deprivation of liberty", view.orders, forms.LibertyOrderDialog, "Add an order"),
            self._workers_card(view),
        )
        plans = {_TWO_COLUMNS: (left, right), 0: ((left[0], right[0], *left[1:], *right[1:]),)}
        self.content.addWidget(CardColumns(plans, (1, 1)))

    def _plans_card(self, view: PermanenceView) -> Card:
        acts = self._acts(forms.PermanenceDialog, "Add a plan")
        card = Card("Plan for permanence", acts.link())
        if view.by_second_review:
            card.body.addWidget(flowing(chips_of([view.by_second_review])))
            card.body.addWidget(Rule())
        fill(card, [shown_row(each, acts) for each in view.plans], "Nothing decided yet.")
        return card

    def _court_card(self, view: PermanenceView) -> Card:
        acts = self._acts(forms.ProceedingsDialog, "Add a case")
        card = Card("Court", acts.link())
        fill(card, [self._case(each, acts) for each in view.cases], "No case in court, and none prepared.")
        return card

    def _case(self, each: CaseRow, acts: Acts) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        add = link(
            "Add a hearing",
            partial(self._add_hearing, each.row.id) if self.may_write else None,
            f"Add a hearing: {each.row.title}",
        )
        lines.addWidget(shown_row(each.row, acts, add))
        hearings = self._acts(forms.HearingDialog, "")
        if each.hearings:
            held = folded([shown_row(one, hearings) for one in each.hearings], "hearings")
            held.setContentsMargins(_INDENT, 0, 0, 0)
            lines.addWidget(held)
        return holder

    def _adoption_card(self, view: PermanenceView) -> Card:
        decided = self._acts(forms.AdoptionDecisionDialog, "Add a decision")
        card = Card("Adoption", decided.link())
        if view.adoption_flags:
            card.body.addWidget(flowing(chips_of(view.adoption_flags)))
        fill(card, [shown_row(each, decided) for each in view.decisions], "No decision for adoption.")
        asked = self._acts(forms.AdoptionDialog, "")
        if view.adoption:
            card.body.addWidget(Rule())
            card.body.addWidget(shown_row(view.adoption, asked))
        elif view.decisions and (add := self._add_link("Add what the return asks", forms.AdoptionDialog)):
            card.body.addWidget(add)
        return card

    def _previous_card(self, view: PermanenceView) -> Card:
        rows = [view.previous] if view.previous else []
        text = "" if rows else "Add it"
        return self._card(
            "Permanent home before this care", rows, forms.PreviousDialog, text, "Nothing on record yet."
        )

    def _workers_card(self, view: PermanenceView) -> Card:
        return self._card(
            "Social workers",
            view.workers,
            forms.WorkerSpellDialog,
            "Add a spell",
            "The return asks who the social workers were, by their number, from when until when.",
        )

    def _alone_card(self, view: PermanenceView) -> Card:
        text = "Change" if view.unaccompanied else "Note it"
        ask = partial(self._ask_alone, view) if self.may_write else None
        card = Card("Unaccompanied", link(text, ask, f"{text}: unaccompanied asylum-seeking child"))
        if view.unaccompanied is None:
            card.body.addWidget(Muted("Not noted as an unaccompanied asylum-seeking child."))
            return card
        until = view.unaccompanied.ended_on
        said = f"Until {words.day(until)}" if until else "Counts still"
        card.body.addWidget(told_row("Unaccompanied asylum-seeking child", [said]))
        return card

    def _card(
        self, title: str, rows: list[Any], dialog: type[CareDialog], text: str, empty: str = "None on record."
    ) -> Card:
        return shown_card(title, rows, self._acts(dialog, text), empty)

    def _acts(self, dialog: type[CareDialog], text: str) -> Acts:
        acts = acting(text, partial(self._open, dialog, None), partial(self._change, dialog), self.may_write)
        return acts if text else Acts(text, None, acts.edit)

    def _add_link(self, text: str, dialog: type[CareDialog]) -> QWidget | None:
        return link(text, partial(self._open, dialog, None) if self.may_write else None)

    def _change(self, dialog: type[CareDialog], row_id: UUID, version: int, given: Any) -> None:
        self._open(dialog, Opened(row_id, version, given))

    def _open(self, dialog: type[CareDialog], opened: Opened[Any] | None) -> None:
        self.show_dialog(dialog(self.desk, self.child_id, opened, self))

    def _add_hearing(self, case_id: UUID) -> None:
        self.show_dialog(forms.HearingDialog(self.desk, self.child_id, None, self, case_id))

    def _ask_alone(self, view: PermanenceView) -> None:
        self.show_dialog(forms.UnaccompaniedDialog(self.desk, self.child_id, view.unaccompanied, self))


def _read(child_id: UUID, session: Session) -> PermanenceView:
    return permanence.view(session, child_id)


def breaks_card(view: BreaksView) -> Card:
    """Return the short breaks, counted against what the law allows."""
    card = Card("Short breaks")
    said = f"{words.count(view.used, 'day')} in the last 12 months, {view.left} of {IN_A_YEAR} left"
    most = f"Most in any 12 months: {words.count(view.most, 'day')}. At most {LONGEST} days each (reg 48)."
    card.body.addWidget(told_row(said, [most, view.note], chips_of(view.flags)))
    if view.listed:
        rows = [told_row(text, [], chips_of(flags)) for text, flags in view.listed]
        card.body.addWidget(folded(rows, "breaks"))
    return card
