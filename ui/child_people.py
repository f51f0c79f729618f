"""Who is in a child's life, and where: family, professionals, schools, addresses, former names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp import genogram_record, people, words
from caseapp.genogram import Genogram
from caseapp.household import CARER, Home
from caseapp.overview import ChildHead
from caseapp.people import FamilyRow, InvolvedRow, PeopleView, PlaceRow
from caseapp.work import Problem
from ui import people_forms as forms
from ui.card_columns import CardColumns
from ui.genogram import GenogramCard
from ui.people_card import PeopleCard, person_row
from ui.people_forms import PeopleForm
from ui.record_page import RecordPage
from ui.small_form import InlineForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk


class PeoplePage(RecordPage):
    """The family drawn, and five cards; each adds its own kind, and what ends stays in the record."""

    open_child = Signal(UUID)
    changed = Signal()
    print_bytes = Signal(str, bytes)

    def __init__(self, desk: Desk, child_id: UUID, head: ChildHead, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.setAccessibleName("People")
        self._may_write, self._name = head.may_write, head.name
        self._genogram = GenogramCard(may_print=desk.may("print").allowed)
        self._genogram.open_child.connect(self.open_child)
        self._genogram.print_asked.connect(self._print)
        self._family = PeopleCard("Family and household", "Nobody recorded yet. Begin with who lives there.")
        self._involved = PeopleCard("Professionals and workers", "Nobody recorded yet.")
        self._schools = PeopleCard("Schools", "No school recorded yet.")
        self._addresses = PeopleCard("Addresses", "No address recorded yet.")
        self._former = PeopleCard("Former names", "None known.")
        if head.may_write:
            self._offer_forms()
        self.body.addWidget(self._genogram)
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
        offers: list[tuple[PeopleCard, str, type[PeopleForm]]] = [
            (self._family, "Add a person", forms.FamilyForm),
            (self._family, "Link a child on file", forms.SiblingForm),
            (self._involved, "Add a professional", forms.ProfessionalForm),
            (self._involved, "Add a worker", forms.WorkerForm),
            (self._schools, "Add a school", forms.SchoolForm),
            (self._addresses, "Add an address", forms.AddressForm),
            (self._former, "Add a name", forms.FormerNameForm),
        ]
        if self.desk.may("allocate").allowed:
            offers.append((self._involved, "Change the child’s worker", forms.AllocationForm))
        for card, text, form in offers:
            card.offer(text, partial(self._open, card, partial(form, self.desk, self.child_id)))

    def _open(self, card: PeopleCard, make: Callable[[], PeopleForm]) -> None:
        form = make()
        form.asked.connect(partial(self._write, form))
        card.open_form(form)

    def refresh(self) -> None:
        """Read people and places anew."""
        child_id = self.child_id
        self.ask("Reading people …", lambda session: _read(session, child_id), self._show)

    def _print(self) -> None:
        child_id = self.child_id
        self.ask(
            "Making the PDF …", lambda session: genogram_record.genogram_pdf(session, child_id), self._printed
        )

    def _printed(self, pdf: bytes) -> None:
        self.print_bytes.emit(f"Genogram, {self._name}", pdf)

    def _write(self, form: InlineForm, work: Callable[[Session], object]) -> None:
        self.save("Saving …", work, self._written, partial(_say, form))

    def _written(self, _result: object) -> None:
        for card in (self._family, self._involved, self._schools, self._addresses, self._former):
            card.close_form()
        self.refresh()
        self.changed.emit()

    def _show(self, read: tuple[PeopleView, Genogram]) -> None:
        view, drawn = read
        self._genogram.show_genogram(drawn)
        carers = [_carers_row(view.carers)] if view.carers else []
        family = [self._family_row(each) for each in sorted(view.family, key=_is_past)]
        self._family.show_rows([*carers, *family])
        self._involved.show_rows([self._involved_row(each) for each in sorted(view.involved, key=_has_ended)])
        self._schools.show_rows([_place_row(each) for each in reversed(view.schools)])
        self._addresses.show_rows([_place_row(each) for each in reversed(view.addresses)])
        self._former.show_rows([person_row(name, "") for name in view.former_names])

    def _family_row(self, each: FamilyRow) -> QWidget:
        born = f"born {words.day(each.born_on)}" if each.born_on else ""
        until = f"until {words.day(each.until_on)}" if each.until_on else ""
        if each.lived_until and not each.until_on:
            until = f"lived with the child until {words.day(each.lived_until)}"
        chips = {
            "lives with the child": each.lives_with,
            "parental responsibility": each.parental_responsibility,
            "emergency contact": each.emergency_contact,
        }
        return person_row(
            each.name,
            _line(each.kind, born, each.phone, until),
            [text for text, holds in chips.items() if holds],
            partial(self.open_child.emit, each.child_id) if each.child_id else None,
            self._ending(self._family, each, people.end_relation),
            bool(each.until_on),
        )

    def _involved_row(self, each: InvolvedRow) -> QWidget:
        told = _line(each.role, each.organisation, each.phone, each.email, dates(each.from_on, each.until_on))
        return person_row(
            each.name,
            told,
            (),
            None,
            self._ending(self._involved, each, people.end_involvement),
            bool(each.until_on),
        )

    def _ending(
        self, card: PeopleCard, each: FamilyRow | InvolvedRow, end: Callable[..., None]
    ) -> Callable[[], object] | None:
        if not self._may_write or each.until_on:
            return None
        make = partial(forms.EndForm, self.desk, self.child_id, each.name, each.id, end)
        return partial(self._open, card, make)


def _read(session: Session, child_id: UUID) -> tuple[PeopleView, Genogram]:
    return people.people(session, child_id), genogram_record.of_child(session, child_id)


def _say(form: InlineForm, problem: Problem) -> None:
    form.show_words(problem.words)


def _has_ended(each: FamilyRow | InvolvedRow) -> bool:
    return each.until_on is not None


def _is_past(each: FamilyRow) -> bool:
    """Return whether somebody belongs below those of now: the part has ended, or a carer's placement has."""
    return _has_ended(each) or (each.kind == CARER and each.lived_until is not None)


def _carers_row(home: Home) -> QWidget:
    """Return the row of the carers whom only the placement names."""
    told = _line("Carers of the placement", home.phone, dates(home.started_on, None))
    return person_row(home.carers, told, ["lives with the child"])


def _line(*parts: str) -> str:
    return "  ·  ".join(part for part in parts if part)


def dates(from_on: date | None, until_on: date | None) -> str:
    """Return since when or from when until when, in words."""
    if from_on and until_on:
        return f"{words.day(from_on)} to {words.day(until_on)}"
    if from_on:
        return f"since {words.day(from_on)}"
    return f"until {words.day(until_on)}" if until_on else ""


def _place_row(each: PlaceRow) -> QWidget:
    told = _line(each.detail if each.name else "", dates(each.from_on, each.until_on))
    return person_row(each.name or each.detail, told, (), None, None, bool(each.until_on))
