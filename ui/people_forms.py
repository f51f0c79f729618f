"""The small forms of the People page: each reads its answers and calls one use case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp import children, codes, people, words
from caseapp.form import Choice, Choices, Date, Field, Options, Text
from caseapp.people import NewPerson, WorkerRow
from ui.picker import Found, Picker
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.child_people import PeoplePage

_HOLDS: Final = (("lives", "Lives with the child"), ("pr", "Has parental responsibility"),
                 ("emergency", "Emergency contact"))  # fmt: skip


def _same(texts: Sequence[str]) -> Options:
    return tuple((text, text) for text in texts)


_NAMES: Final = (Text("given", "Given names", half=True), Text("family", "Family name", half=True))
_PHONE: Final = Text("phone", "Telephone", half=True)
_RELATION: Final = Choice("kind", "Who they are to the child", options=_same(codes.RELATIONS), half=True)
_ROLE: Final = Choice("role", "Their part", options=_same(codes.PROFESSIONAL_ROLES), half=True)


def _form(
    page: PeoplePage, fields: Sequence[Field], needed: Sequence[str], **start: str
) -> SmallForm:
    form = SmallForm(fields, page.desk.today, needed)
    form.set_answers(start)
    return form


def family_form(page: PeoplePage) -> InlineForm:
    """Return the form that adds a family member without a file."""
    fields = (
        *_NAMES, _RELATION, Date("born_on", "Date of birth", past=True, half=True), _PHONE,
        Text("email", "E-mail", half=True), Choices("holds", "What holds", options=_HOLDS, half=True),
    )  # fmt: skip
    form = _form(page, fields, ("given", "kind"))
    inline = InlineForm("Add a person", form, "Add person")

    def work(new: NewPerson, kind: str, holds: Sequence[str], session: Session) -> UUID:
        return people.add_family(
            session, page.child_id, new, kind, lives_with="lives" in holds,
            parental_responsibility="pr" in holds, emergency_contact="emergency" in holds,
        )  # fmt: skip

    def save() -> None:
        new = NewPerson(
            form.text("given"), form.text("family"), form.day("born_on"), phone=form.text("phone"),
            email=form.text("email"),
        )  # fmt: skip
        holds = form.editor("holds").answer() or []
        page.write(inline, partial(work, new, form.text("kind"), holds))

    inline.saved.connect(save)
    return inline
