"""The small forms of the People page: each turns its answers into one piece of work for the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp import children, codes, people, words
from caseapp.form import Choice, Choices, Date, Field, Options, Text
from caseapp.people import NewPerson
from ui.jotting import Place
from ui.picker import Found, Picker
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

Work = Callable[["Session"], object]
_HOLDS: Final = (
    ("lives", "Lives with the child"),
    ("pr", "Has parental responsibility"),
    ("emergency", "Emergency contact"),
)


def _same(texts: Sequence[str]) -> Options:
    return tuple((text, text) for text in texts)


_NAMES: Final = (Text("given", "Given names", half=True), Text("family", "Family name", half=True))
_CONTACT: Final = (Text("phone", "Telephone", half=True), Text("email", "E-mail", half=True))
_RELATION: Final = Choice("kind", "Who they are to the child", options=_same(codes.RELATIONS), half=True)
_ROLE: Final = Choice("role", "Their part", options=_same(codes.PROFESSIONAL_ROLES), half=True)
_FROM: Final = Date("from_on", "From", half=True)


class PeopleForm(InlineForm):
    """A form about one child. `asked` hands on the work to be done, once all is answered well."""

    asked = Signal(object)
    title = ""
    save_text = "Add"
    needed: tuple[str, ...] = ()

    def __init__(self, desk: Desk, child_id: UUID) -> None:
        self.desk, self.child_id = desk, child_id
        super().__init__(
            self.title, SmallForm(self.fields(), desk.today, self.needed), self.save_text, self.before()
        )
        self.form.set_answers(self.start())
        self.keep_typing(desk, self.written_about())
        self.saved.connect(self._hand_on)

    def written_about(self) -> Place:
        """Return what it is about: what was written is offered there again."""
        return Place(self.child_id)

    def fields(self) -> Sequence[Field]:
        """Return the questions."""
        return ()

    def before(self) -> Sequence[QWidget]:
        """Return what stands above the questions."""
        return ()

    def start(self) -> dict[str, Any]:
        """Return the answers that are there to begin with."""
        return {}

    def work(self) -> Work | None:
        """Return what is to be done; None if something is missing, which has then been said."""
        raise NotImplementedError

    def _hand_on(self) -> None:
        if (work := self.work()) is not None:
            self.asked.emit(work)


class FamilyForm(PeopleForm):
    """Adds a family member without a file."""

    title, save_text, needed = "Add a person", "Add person", ("given", "kind")

    def fields(self) -> Sequence[Field]:
        """Return name, relation, contact and what holds."""
        born = Date("born_on", "Date of birth", past=True, half=True)
        return (*_NAMES, _RELATION, born, *_CONTACT, Choices("holds", "Tick what is true", options=_HOLDS))

    def work(self) -> Work:
        """Return the adding of the person."""
        form = self.form
        holds = form.editor("holds").answer() or []
        new = NewPerson(
            form.text("given"),
            form.text("family"),
            form.day("born_on"),
            phone=form.text("phone"),
            email=form.text("email"),
        )
        return partial(
            people.add_family,
            child_id=self.child_id,
            new=new,
            kind=form.text("kind"),
            lives_with="lives" in holds,
            parental_responsibility="pr" in holds,
            emergency_contact="emergency" in holds,
        )


class SiblingForm(PeopleForm):
    """Relates two children with files; both records then show it."""

    title, save_text, needed = "Link a child on file", "Link", ("kind", "back")

    def before(self) -> Sequence[QWidget]:
        """Return the search for the other child."""
        self.picker = Picker(self.desk, "The other child", find_children)
        return (self.picker,)

    def fields(self) -> Sequence[Field]:
        """Return the relation both ways."""
        back = Choice("back", "Who this child is to them", options=_same(codes.RELATIONS), half=True)
        return (_RELATION, back, Choices("holds", "Tick what is true", options=_HOLDS[:1]))

    def work(self) -> Work | None:
        """Return the relating of the two."""
        chosen = self.picker.chosen()
        if chosen is None or chosen.id is None:
            self.picker.show_words("Choose the other child from the list.")
            self.picker.focus()
            return None
        return partial(
            people.relate,
            child_id=self.child_id,
            other_id=chosen.id,
            kind=self.form.text("kind"),
            back=self.form.text("back"),
            lives_with=bool(self.form.editor("holds").answer()),
        )


class ProfessionalForm(PeopleForm):
    """Adds a professional of another agency."""

    title, save_text, needed = "Add a professional", "Add professional", ("family", "role")

    def fields(self) -> Sequence[Field]:
        """Return name, part, agency and contact."""
        return (*_NAMES, _ROLE, Text("organisation", "Organisation", half=True), *_CONTACT)

    def work(self) -> Work:
        """Return the adding of the professional."""
        text = self.form.text
        new = NewPerson(
            text("given"),
            text("family"),
            phone=text("phone"),
            email=text("email"),
            organisation=text("organisation"),
        )
        return partial(people.add_professional, child_id=self.child_id, new=new, role=self.form.text("role"))


class WorkerForm(PeopleForm):
    """Notes that one of our workers has a part."""

    title, save_text, needed = "Add a worker", "Add worker", ("role",)

    def before(self) -> Sequence[QWidget]:
        """Return the search for the worker."""
        self.picker = Picker(self.desk, "Worker", find_workers)
        return (self.picker,)

    def fields(self) -> Sequence[Field]:
        """Return the part."""
        return (_ROLE,)

    def work(self) -> Work | None:
        """Return the adding of the worker."""
        chosen = self.picker.chosen()
        if chosen is None or chosen.id is None:
            self.picker.show_words("Choose the worker from the list.")
            self.picker.focus()
            return None
        return self.work_with(chosen.id)

    def work_with(self, worker_id: UUID) -> Work:
        """Return what is to be done with the worker chosen."""
        return partial(
            people.add_worker, child_id=self.child_id, worker_id=worker_id, role=self.form.text("role")
        )


class AllocationForm(WorkerForm):
    """Gives the child to another worker, with the reason."""

    title, save_text, needed = "Change the child’s worker", "Change worker", ("reason",)

    def fields(self) -> Sequence[Field]:
        """Return the reason."""
        return (Text("reason", "Why", help="It stands in the history."),)

    def work_with(self, worker_id: UUID) -> Work:
        """Return the reallocation."""
        return partial(
            people.allocate, child_id=self.child_id, worker_id=worker_id, reason=self.form.text("reason")
        )


class SchoolForm(PeopleForm):
    """Puts the child on a school's roll; a school that is not known yet is added."""

    title, save_text, needed = "Add a school", "Add school", ("from_on",)

    def before(self) -> Sequence[QWidget]:
        """Return the search for the school."""
        self.picker = Picker(self.desk, "School or setting", find_schools, "Add as new:")
        return (self.picker,)

    def fields(self) -> Sequence[Field]:
        """Return since when, and whom to talk to there."""
        return (_FROM, Text("teacher", "Designated teacher", half=True))

    def start(self) -> dict[str, Any]:
        """Return today."""
        return {"from_on": self.desk.today.isoformat()}

    def work(self) -> Work | None:
        """Return the beginning of the spell."""
        chosen = self.picker.chosen()
        if chosen is None:
            self.picker.show_words("Choose a school from the list, or “Add as new”.")
            self.picker.focus()
            return None
        return partial(
            start_school, self.child_id, chosen, self.form.day("from_on"), self.form.text("teacher")
        )


def start_school(child_id: UUID, chosen: Found, from_on: Any, teacher: str, session: Session) -> object:
    """Put a child on the roll of the school chosen, adding the school if it is new."""
    school_id = chosen.id or people.add_school(session, chosen.text)
    return people.start_school(session, child_id, school_id, from_on, teacher)


class AddressForm(PeopleForm):
    """Notes where the child lives from a day on."""

    title, save_text, needed = "Add an address", "Add address", ("from_on",)

    def fields(self) -> Sequence[Field]:
        """Return address, since when, and whether it is withheld."""
        withheld = Choices("withheld", "Withheld", options=(("yes", "Never shown or printed"),), half=True)
        return (Text("lines", "Address"), Text("postcode", "Postcode", half=True), _FROM, withheld)

    def start(self) -> dict[str, Any]:
        """Return today."""
        return {"from_on": self.desk.today.isoformat()}

    def work(self) -> Work:
        """Return the move."""
        return partial(
            people.move,
            child_id=self.child_id,
            lines=self.form.text("lines"),
            postcode=self.form.text("postcode"),
            from_on=self.form.day("from_on") or self.desk.today,
            withheld=bool(self.form.editor("withheld").answer()),
        )


class FormerNameForm(PeopleForm):
    """Notes a name that the child had."""

    title, save_text, needed = "Add a former name", "Add name", ("family",)

    def fields(self) -> Sequence[Field]:
        """Return the name."""
        return _NAMES

    def work(self) -> Work:
        """Return the adding of the name."""
        return partial(
            people.add_former_name,
            child_id=self.child_id,
            given=self.form.text("given"),
            family=self.form.text("family"),
        )


class EndForm(PeopleForm):
    """Notes that a relation or a part ended; it stays in the record."""

    save_text, needed = "End", ("until_on",)

    def __init__(self, desk: Desk, child_id: UUID, name: str, row_id: UUID, end: Callable[..., None]) -> None:
        self.title = f"End: {name}"
        self._row_id, self._end = row_id, end
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child, and the row that ends."""
        return Place(self.child_id, self._row_id)

    def fields(self) -> Sequence[Field]:
        """Return the day."""
        return (Date("until_on", "Until", past=True, help="It stays in the record, with this date."),)

    def start(self) -> dict[str, Any]:
        """Return today."""
        return {"until_on": self.desk.today.isoformat()}

    def work(self) -> Work:
        """Return the ending."""
        return partial(_ended, self._end, self._row_id, self.form.day("until_on"))


def _ended(end: Callable[..., None], row_id: UUID, until_on: Any, session: Session) -> None:
    end(session, row_id, until_on)


def find_children(session: Session, text: str) -> list[Found]:
    """Return children on file whom a few letters find."""
    return [
        Found(row.name, row.id, f"{f'born {words.day(row.born_on)}, ' if row.born_on else ''}ref {row.ref}")
        for row in children.find(session, text, 8)
    ]


def find_workers(session: Session, text: str) -> list[Found]:
    """Return our workers whose name holds the letters."""
    wanted = text.casefold()
    return [
        Found(row.name, row.id, ", ".join(part for part in (row.job, row.team) if part))
        for row in people.workers(session)
        if wanted in row.name.casefold()
    ][:8]


def find_schools(session: Session, text: str) -> list[Found]:
    """Return schools whose name begins with or holds the letters."""
    return [Found(row.name, row.id, row.detail) for row in people.schools(session, text, 8)]
