"""Times missing or away, and the return home interviews: a part of the Care tab."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from caseapp import words
from caseapp.looked_after import missing
from caseapp.looked_after.missing import SHARE_WORDS, MissingRow, MissingView
from caseapp.looked_after.missing_rules import PATTERN_WORDS
from ui.care_lines import documents, fill, flowing, link, told_row
from ui.care_missing_forms import MissingDialog, ReturnedDialog, TalkDialog
from ui.care_part import CarePart
from ui.education_cards import Acts
from ui.parts import Banner, Card, Chip, Muted, Rule, plain, primary
from ui.record_parts import clear
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

MakeSheet = Callable[["Session", UUID], bytes]
"""Makes the PDF of the emergency sheet of a child."""
_STATES: Final = {
    "not_back": "overdue",
    "due": "due_soon",
    "overdue": "overdue",
    "held": "on_track",
    "held_late": "due_soon",
    "refused": "neutral",
}
_NO_INTERVIEW: Final = "What the child said of why they went, where they were, and what would keep them safe."


class MissingPart(CarePart):
    """When the child was missing, when they came back, and what was learnt from it."""

    name = "Missing"

    open_plan = Signal(UUID)
    start_plan = Signal(UUID, str)
    print_bytes = Signal(str, bytes)

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        may_write: bool,
        parent: QWidget | None = None,
        make_sheet: MakeSheet | None = None,
    ) -> None:
        self._make_sheet = make_sheet
        super().__init__(desk, child_id, may_write, parent)

    def refresh(self) -> None:
        """Read the times missing anew."""
        self.ask("Reading the times missing …", partial(_read, self.child_id), self._show_read)

    def _show_read(self, view: MissingView) -> None:
        clear(self.content)
        if view.now:
            self.content.addWidget(self._now_card(view.now))
        self.content.addWidget(_counts_card(view, None if view.now else self._sheet_button()))
        self.content.addWidget(self._rows_card(view))
        write = ("Write up what the child said", partial(self.start_plan.emit, self.child_id, missing.KIND))
        self.content.addWidget(
            documents(
                "Return home interviews",
                view.versions,
                _NO_INTERVIEW,
                write if self.may_write else None,
                self.open_plan.emit,
            )
        )

    def _now_card(self, now: MissingRow) -> Card:
        """Return the card of a child who is not back: what is known, and the two things to do."""
        card = Card()
        card.setAccessibleName(f"{now.title} now")
        lasting = f", {now.lasted}" if now.lasted else ""
        card.body.addWidget(Banner(f"{now.title} since {now.since_words}{lasting}. Not back yet.", "alert"))
        for said in now.told:
            if said:
                card.body.addWidget(Muted(said))
        buttons: list[QWidget] = []
        if self.may_write:
            found = primary("Found or came back")
            found.clicked.connect(partial(self._ask_return, now))
            buttons.append(found)
        sheet = self._sheet_button()
        if sheet is not None:
            buttons.append(sheet)
        if buttons:
            card.body.addWidget(flowing(buttons, gap=8))
        return card

    def _sheet_button(self) -> QPushButton | None:
        if self._make_sheet is None or not self.desk.may("print").allowed:
            return None
        button = QPushButton("Print the emergency sheet")
        button.setAccessibleName("Print the emergency sheet")
        button.clicked.connect(self._print_sheet)
        return button

    def _rows_card(self, view: MissingView) -> Card:
        add = partial(self._open, None) if self.may_write else None
        acts = Acts("Add a time missing", add, self._change if self.may_write else None)
        card = Card("Times missing and away", acts.link())
        fill(card, [self._row(each, acts) for each in view.rows], "Never missing, as far as recorded.")
        return card

    def _row(self, each: MissingRow, acts: Acts) -> QWidget:
        told = [*each.told]
        if each.due_words:
            unknown = " (time of return unknown, so from 23:59)" if each.time_unknown else ""
            told.append(f"Return home interview {each.due_words}{unknown}")
        told += each.talk.told if each.talk else []
        chip = Chip(each.state_words, _STATES[each.state])
        talk = None
        if self.may_write and not each.is_open:
            text = "Change the offer and outcome" if each.talk else "Note the offer and outcome"
            talk = link(text, partial(self._ask_talk, each), f"{text}: {each.title} {each.since_words}")
        button = acts.button(f"the time from {each.since_words}", each.id, each.version, each.given)
        lasting = f" ({each.lasted})" if each.lasted else ""
        until = ", not back yet" if each.is_open else f" to {each.until_words}"
        title = f"{each.title}: {each.since_words}{until}{lasting}"
        return told_row(title, told, [chip], [talk, button])

    def _change(self, row_id: UUID, version: int, given: Any) -> None:
        self._open(Opened(row_id, version, given))

    def _open(self, opened: Opened[Any] | None) -> None:
        self.show_dialog(MissingDialog(self.desk, self.child_id, opened, self))

    def _ask_return(self, now: MissingRow) -> None:
        self.show_dialog(ReturnedDialog(self.desk, now, self))

    def _ask_talk(self, each: MissingRow) -> None:
        talk = each.talk
        opened: Opened[Any] | None = Opened(talk.id, talk.version, talk.given) if talk else None
        self.show_dialog(TalkDialog(self.desk, self.child_id, opened, self, each.id))

    def _print_sheet(self) -> None:
        make, child_id = self._make_sheet, self.child_id
        if make is not None:
            self.ask("Making the PDF …", lambda session: make(session, child_id), self._printed)

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit("Missing: emergency sheet", pdf)


def _read(child_id: UUID, session: Session) -> MissingView:
    return missing.view(session, child_id)


def _counts_card(view: MissingView, action: QWidget | None) -> Card:
    card = Card("How often", action)
    said = (
        f"{words.count(view.in_90_days, 'time', 'times')} in the last 90 days, "
        f"{words.count(view.in_12_months, 'time', 'times')} in the last 12 months"
    )
    card.body.addWidget(plain(said, "label"))
    if view.is_pattern:
        card.body.addWidget(Banner(f"{view.in_90_days} times in 90 days. {PATTERN_WORDS}.", "warning"))
    told = view.interviews
    if told.returns:
        percent = f" ({told.percent} %)" if told.percent is not None else ""
        card.body.addWidget(Rule())
        card.body.addWidget(
            told_row(
                f"Interviews: {told.offered} of {told.returns} offered; {told.in_time} of {told.not_refused} "
                f"held within 72 hours{percent}",
                [SHARE_WORDS],
            )
        )
    return card
