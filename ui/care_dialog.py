"""A dialog for one row of the care record: it adds, changes, or takes off what was entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import Choices, Field, Filled, Text
from caseapp.looked_after import records
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.row_dialog import Opened
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_MISTAKE: Final = (
    Choices("wrong", "Entered by mistake?", options=(("yes", "Take it off the record"),)),
    Text("wrong_because", "Why", when=Filled("wrong"), help="The history keeps what was there."),
)


class CareDialog(FormDialog):
    """Asks for one of the `new_rows` of the care record; questions are named as its fields.

    A new row may belong to another, `within`, such as a hearing to its case; `within_field` holds its id.
    """

    help_page = "care-dialogs"
    kind: type[Any]
    thing = ""
    hint = ""
    needed: tuple[str, ...] = ()
    within_field = ""

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        opened: Opened[Any] | None = None,
        parent: QWidget | None = None,
        within: UUID | None = None,
    ) -> None:
        self.child_id, self.opened, self.within = child_id, opened, within
        asked = (*self.fields(), *(_MISTAKE if opened else ()))
        super().__init__(
            desk,
            f"{'Change' if opened else 'Add'} {self.thing}",
            self.hint,
            SmallForm(asked, desk.today, (*self.needed, "wrong_because")),
            self.answers_of(opened.given) if opened else self.start(desk.today),
            "Save" if opened else "Add",
            parent,
        )

    def written_about(self) -> Place:
        """Return the child, and the row that is changed, or that the new one belongs to."""
        row = self.opened.id if self.opened else self.within or ""
        return Place(self.child_id, row, self.opened is not None)

    def fields(self) -> Sequence[Field]:
        """Return the questions."""
        raise NotImplementedError

    def start(self, today: date) -> Mapping[str, Any]:
        """Return the answers that a new row begins with."""
        return {}

    def answers_of(self, given: Any) -> Mapping[str, Any]:
        """Return a row as answers."""
        return {name: _answer(value) for name, value in asdict(given).items()}

    def typed(self) -> dict[str, Any]:
        """Return what was typed, by the row's fields, and which row it belongs to."""
        answers = self.form.answers()
        found = {
            each.name: self._value(each.name, str(each.type))
            for each in fields(self.kind)
            if each.name in answers
        }
        return found | ({self.within_field: self.within} if self.within else {})

    def _value(self, key: str, of_type: str) -> Any:
        if of_type.startswith("date"):
            return self.form.day(key)
        if of_type.startswith("bool"):
            said = yes_or_no(self.form.text(key))
            return said if "None" in of_type else bool(said)
        return self.form.answers()[key] if of_type.startswith("int") else self.form.text(key)

    def new(self) -> Any:
        """Return the row as it was typed; what is not asked stays as it was."""
        return replace(self.opened.given, **self.typed()) if self.opened else self.kind(**self.typed())

    def work(self) -> Work:
        """Return the adding, the change, or the taking off the record."""
        opened = self.opened
        if opened is None:
            return partial(_add, self.child_id, self.new())
        if self.form.codes("wrong"):
            because = self.form.text("wrong_because")
            return partial(_remove, self.kind, opened.id, opened.version, because)
        return partial(_change, opened.id, opened.version, self.new())


def _add(child_id: UUID, new: Any, session: Session) -> UUID:
    return records.add(session, child_id, new)


def _change(row_id: UUID, version: int, new: Any, session: Session) -> None:
    records.change(session, row_id, version, new)


def _remove(kind: type[Any], row_id: UUID, version: int, reason: str, session: Session) -> None:
    records.remove(session, kind, row_id, version, reason)


def yes_or_no(code: str) -> bool | None:
    """Return what was said to a question of yes or no; None where nothing was."""
    return {"yes": True, "no": False}.get(code)


def _answer(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value
