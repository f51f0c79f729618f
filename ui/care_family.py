"""Family time: a part of the Care tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.looked_after import family_time
from caseapp.looked_after.family_time import Arranged, FamilyView
from ui import care_family_forms as forms
from ui.card_columns import CardColumns
from ui.care_dialog import CareDialog
from ui.care_lines import link
from ui.care_part import CarePart
from ui.care_shown import acting, folded, shown_row
from ui.education_cards import Acts
from ui.parts import Banner, Card, EmptyState, LinkButton, Muted, Section
from ui.record_parts import clear, row
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session

_TWO_COLUMNS: Final = 860
_ADD: Final = "Add family time"
_NOTHING: Final = (
    "Parents, brothers and sisters, grandparents, friends from before: with whom, how, how often, where, and "
    "by what right."
)


class FamilyPart(CarePart):
    """Whom the child sees or hears from, and how it went."""

    name = "Family time"

    def refresh(self) -> None:
        """Read the family time anew."""
        self.ask("Reading the family time …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, view: FamilyView) -> None:
        clear(self.content)
        if not view.now and not view.over:
            self.content.addWidget(self._empty())
            return
        add = link(_ADD, self._add if self.may_write else None)
        share = Muted(f"All family time: {view.share.in_words()}")
        heading = [Section("Family time"), *([add] if add else [])]
        self.content.addWidget(row(*heading, stretch_at=0))
        for said in view.warnings:
            self.content.addWidget(Banner(said, "alert"))
        self.content.addWidget(share)
        self.content.addWidget(self._columns(view.now))
        if view.over:
            self.content.addWidget(self._earlier(view.over))

    def _empty(self) -> QWidget:
        empty = EmptyState("people", "No family time on record yet", _NOTHING, _ADD if self.may_write else "")
        empty.acted.connect(self._add)
        return empty

    def _columns(self, arranged: Sequence[Arranged]) -> QWidget:
        cards = [self._card(each) for each in arranged]
        return CardColumns({_TWO_COLUMNS: (cards[::2], cards[1::2]), 0: (cards,)}, (1, 1))

    def _earlier(self, over: Sequence[Arranged]) -> QWidget:
        card = Card("Earlier arrangements")
        acts = self._acts(forms.FamilyTimeDialog)
        card.body.addWidget(folded([shown_row(each.row, acts) for each in over], "arrangements"))
        return card

    def _card(self, each: Arranged) -> Card:
        card = Card()
        card.setAccessibleName(f"Family time with {each.person}")
        card.body.addWidget(shown_row(each.row, self._acts(forms.FamilyTimeDialog)))
        if not each.is_refused or each.times:
            card.body.addWidget(Muted(each.share.in_words()))
        if self.may_write and not each.is_refused:
            card.body.addWidget(self._write_down(each))
        if each.times:
            held = self._acts(forms.TimeHeldDialog)
            card.body.addWidget(folded([shown_row(one, held) for one in each.times], "times"))
        return card

    def _write_down(self, each: Arranged) -> LinkButton:
        made = LinkButton("Write down how a time went")
        made.setAccessibleName(f"{made.text()}: {each.person}")
        made.clicked.connect(partial(self._add_time, each.row.id))
        return made

    def _acts(self, dialog: type[CareDialog]) -> Acts:
        return acting("", self._add, partial(self._change, dialog), self.may_write)

    def _change(self, dialog: type[CareDialog], row_id: UUID, version: int, given: Any) -> None:
        self.show_dialog(dialog(self.desk, self.child_id, Opened(row_id, version, given), self))

    def _add(self) -> None:
        self.show_dialog(forms.FamilyTimeDialog(self.desk, self.child_id, None, self))

    def _add_time(self, arranged_id: UUID) -> None:
        self.show_dialog(forms.TimeHeldDialog(self.desk, self.child_id, None, self, arranged_id))


def _read(child_id: UUID, session: Session) -> FamilyView:
    return family_time.view(session, child_id)
