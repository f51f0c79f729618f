"""Who may read a record, who opened it in an emergency, who has read it: cards of the History tab."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import access, words
from caseapp.access import AccessView, Looker, Opening, Reader
from ui.asking import Asking
from ui.emergency import ReviewDialog
from ui.form_dialog import Work
from ui.parts import Card, Chip, LinkButton, Muted, Rule, plain
from ui.record_parts import bring_into_sight, clear, row
from ui.restriction_form import LiftForm, RestrictionForm

if TYPE_CHECKING:
    from ui.desk import Desk


class AccessPart(Asking):
    """Three cards about one record; a manager restricts, lifts and reviews from here."""

    person_chosen = Signal(str)
    """The name of somebody whose looks are to be shown."""
    changed = Signal()
    review_waits = Signal()
    """An emergency is there that whoever is at work may review."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.child_id = child_id
        self.setAccessibleName("Who may read, who has read")
        self._view: AccessView | None = None
        self.form: RestrictionForm | LiftForm | None = None
        self._openers: list[QPushButton] = []
        self._opened_at = 0
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for each in (self.busy, self.banner):
            layout.addWidget(each)
        layout.addLayout(self._cards)

    def refresh(self) -> None:
        """Read the cards anew."""
        child_id = self.child_id
        self.ask("Reading who may read …", lambda session: access.page(session, child_id), self._show)

    def _show(self, view: AccessView) -> None:
        focused = QApplication.focusWidget()
        gives_back = self.form is not None and focused is not None and self.isAncestorOf(focused)
        self._view, self.form = view, None
        self._openers = []
        clear(self._cards)
        if view.openings:
            self._cards.addWidget(self._openings(view))
        self._readers = self._readers_card(view)
        self._cards.addWidget(self._readers)
        self._cards.addWidget(self._lookers(view))
        if gives_back and self._openers:
            self._readers.show()  # only what is seen takes the keyboard
            self._openers[min(self._opened_at, len(self._openers) - 1)].setFocus()
        if view.may_review and any(not each.reviewed and not each.is_own for each in view.openings):
            self.review_waits.emit()

    def _readers_card(self, view: AccessView) -> Card:
        card = Card("Who may read")
        said = Muted(view.restricted_words)
        if view.restricted:
            card.body.addWidget(row(Chip("Restricted", "restricted", "restricted"), said, stretch_at=1))
        else:
            card.body.addWidget(said)
        for place, each in enumerate(view.readers):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(_reader(each))
        if view.may_restrict:
            card.body.addWidget(self._buttons(view))
        return card

    def _buttons(self, view: AccessView) -> QWidget:
        change = QPushButton("Change the restriction…" if view.restricted else "Restrict this record…")
        change.clicked.connect(self._begin_restricting)
        found = [change]
        if view.restricted:
            lift = QPushButton("Lift the restriction…")
            lift.clicked.connect(self._begin_lifting)
            found.append(lift)
        self._openers = found
        for button in found:
            button.setAccessibleName(button.text())
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 0)
        for button in found:
            layout.addWidget(button)
        layout.addStretch(1)
        return holder

    def _begin_restricting(self) -> None:
        if self._view is not None:
            self._opened_at = 0
            self._begin_form(RestrictionForm(self.desk, self.child_id, self._view))

    def _begin_lifting(self) -> None:
        self._opened_at = 1
        self._begin_form(LiftForm(self.desk, self.child_id))

    def _begin_form(self, form: RestrictionForm | LiftForm) -> None:
        if self.form is not None:
            self.form.deleteLater()
        self.form = form
        form.asked.connect(self._record)
        form.cancelled.connect(self.refresh)
        self._readers.body.addWidget(form)
        form.focus_first()
        bring_into_sight(form)

    def _record(self, work: Work) -> None:
        self.save("Recording …", work, self._recorded)

    def _recorded(self, _result: object) -> None:
        self.refresh()
        self.changed.emit()

    def _openings(self, view: AccessView) -> Card:
        card = Card("Opened in an emergency")
        for place, each in enumerate(view.openings):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._opening(each, view.may_review))
        return card

    def _opening(self, each: Opening, may_review: bool) -> QWidget:
        until = words.clock_time(each.until_at)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(plain(f"{each.who}, {words.moment(each.from_at)} until {until}"))
        lines.addWidget(Muted(each.why))
        if each.reviewed:
            lines.addWidget(Muted(f"Reviewed {each.reviewed}: {each.finding}"))
        elif each.is_own:
            lines.addWidget(Muted("You opened this record: somebody else reviews it."))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        done = bool(each.reviewed)
        chip = Chip("reviewed" if done else "to review", "on_track" if done else "alert")
        layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        if may_review and not each.is_own and not done:
            review = QPushButton("Review…")
            review.setAccessibleName(f"Review: {each.who}, {each.why}")
            review.clicked.connect(partial(self.review, each))
            layout.addWidget(review, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def review(self, each: Opening, _checked: bool = False) -> ReviewDialog:
        """Ask what a manager finds about an emergency."""
        dialog = ReviewDialog(self.desk, each.grant_id, each.who, each.why, self)
        dialog.changed.connect(partial(self._recorded, None))
        dialog.open()
        return dialog

    def _lookers(self, view: AccessView) -> Card:
        card = Card("Who has read")
        if not view.lookers:
            card.body.addWidget(Muted("Nobody has opened this record yet."))
        for place, each in enumerate(view.lookers):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(self._looker(each))
        return card

    def _looker(self, each: Looker) -> QWidget:
        name = LinkButton(each.name)
        name.setAccessibleName(f"{each.name}: show their looks")
        name.clicked.connect(partial(self.person_chosen.emit, each.name))
        first, last = words.moment(each.first_at), words.moment(each.last_at)
        between = f"{first} to {last}" if first != last else first
        return row(name, Muted(f"{words.count(each.times, 'look')}, {between}"), stretch_at=1)


def _reader(each: Reader) -> QWidget:
    return row(plain(each.name), Muted(each.why), stretch_at=1)
