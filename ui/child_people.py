"""Who is in a child's life, and where it is lived: family, professionals, schools, addresses, former names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp import people, words
from caseapp.children import ChildHead
from caseapp.people import FamilyRow, InvolvedRow, PeopleView, PlaceRow
from caseapp.work import Problem
from ui import people_forms as forms
from ui.card_columns import CardColumns
from ui.people_card import PeopleCard, person_row
from ui.record_page import RecordPage
from ui.small_form import InlineForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

Work = Callable[["Session"], object]


class PeoplePage(RecordPage):
    """Five cards; each adds its own kind, and what ends stays in the record."""

    open_child = Signal(UUID)
    changed = Signal()

    def __init__(self, desk: Desk, child_id: UUID, head: ChildHead, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("People")
        self._may_write = head.may_write
        self._family = PeopleCard("Family and household", "Nobody recorded yet. Begin with who the child lives with.")
        self._involved = PeopleCard("Professionals and workers", "Nobody recorded yet.")
        self._schools = PeopleCard("Schools", "No school recorded yet.")
        self._addresses = PeopleCard("Addresses", "No address recorded yet.")
        self._former = PeopleCard("Former names", "None known.")
        if head.may_write:
            self._offer_forms()
        self.body.addWidget(
            CardColumns(
                {
                    820: ((self._family, self._involved), (self._schools, self._addresses, self._former)),
                    0: ((self._family, self._involved, self._schools, self._addresses, self._former),),
                }
            )
        )
        self.body.addStretch(1)
        self.refresh()

    def _offer_forms(self) -> None:
        self._family.offer("Add a person", partial(forms.family_form, self))
        self._family.offer("Link a child on file", partial(forms.sibling_form, self))
        self._involved.offer("Add a professional", partial(forms.professional_form, self))
        self._involved.offer("Add a worker", partial(forms.worker_form, self))
        if self.desk.may("allocate").allowed:
            self._involved.offer("Change the child’s worker", partial(forms.allocation_form, self))
        self._schools.offer("Add a school", partial(forms.school_form, self))
        self._addresses.offer("Add an address", partial(forms.address_form, self))
        self._former.offer("Add a name", partial(forms.former_name_form, self))

    def refresh(self) -> None:
        """Read people and places anew."""
        child_id = self.child_id
        self.ask("Reading people …", lambda session: people.people(session, child_id), self._show)

    def write(self, form: InlineForm, work: Work) -> None:
        """Save what a form says; a problem is said in the form, and what was typed stays."""
        self.save("Saving …", work, self._written, partial(_say, form))

    def _written(self, _result: object) -> None:
        for card in (self._family, self._involved, self._schools, self._addresses, self._former):
            card.close_form()
        self.refresh()
        self.changed.emit()

    def _show(self, view: PeopleView) -> None:
        self._family.show_rows([self._family_row(each) for each in _current_first(view.family)])
        self._involved.show_rows([self._involved_row(each) for each in _current_first(view.involved)])
        self._schools.show_rows([_place_row(each) for each in reversed(view.schools)])
        self._addresses.show_rows([_place_row(each) for each in reversed(view.addresses)])
        self._former.show_rows([person_row(name, "") for name in view.former_names])

    def _family_row(self, each: FamilyRow) -> QWidget:
        told = [
            each.kind,
            f"born {words.day(each.born_on)}" if each.born_on else "",
            each.phone,
            f"until {words.day(each.until_on)}" if each.until_on else "",
        ]
        chips = [
            ("lives with", each.lives_with and not each.until_on),
            ("parental responsibility", each.parental_responsibility),
            ("emergency contact", each.emergency_contact),
        ]
        opens = partial(self.open_child.emit, each.child_id) if each.child_id else None
        ends = None
        if self._may_write and not each.until_on:
            ends = partial(self._family.open_form, partial(forms.end_form, self, each.name, each.id, people.end_relation))
        return person_row(
            each.name, _line(told), [text for text, holds in chips if holds], opens, ends, bool(each.until_on)
        )

    def _involved_row(self, each: InvolvedRow) -> QWidget:
        told = [each.role, each.organisation, each.phone, each.email, _dates(each.from_on, each.until_on)]
        ends = None
        if self._may_write and not each.until_on:
            make = partial(forms.end_form, self, each.name, each.id, people.end_involvement)
            ends = partial(self._involved.open_form, make)
        return person_row(each.name, _line(told), (), None, ends, bool(each.until_on))


def _say(form: InlineForm, problem: Problem) -> None:
    form.show_words(problem.words)


def _current_first(rows: Sequence[FamilyRow] | Sequence[InvolvedRow]) -> list[FamilyRow | InvolvedRow]:
    return sorted(rows, key=_has_ended)


def _has_ended(each: FamilyRow | InvolvedRow) -> bool:
    return each.until_on is not None


def _line(parts: Sequence[str]) -> str:
    return "  ·  ".join(part for part in parts if part)


def _dates(from_on: object, until_on: object) -> str:
    return ""


def _place_row(each: PlaceRow) -> QWidget:
    told = _line([each.detail, forms.dates_words(each.from_on, each.until_on)])
    return person_row(each.name or each.detail, told, (), None, None, bool(each.until_on))
