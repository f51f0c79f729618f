"""A dialog for one row of a record: it adds, changes, or takes off what was entered by mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.education import records
from caseapp.education.new_rows import New
from caseapp.form import Choice, Choices, Field, Filled, Options, Text
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

Given = TypeVar("Given", bound=New)
_HINT: Final = "It stands in the record at once and in the next plan by itself."
_MISTAKE: Final = (
    Choices("wrong", "Entered by mistake?", options=(("yes", "Take it off the record"),)),
    Text("wrong_because", "Why", when=Filled("wrong"), help="The history keeps what was there."),
)


class Opened(Generic[Given]):
    """A row that is changed: its id, the version it was opened at, and what it holds."""

    def __init__(self, row_id: UUID, version: int, given: Given) -> None:
        self.id, self.version, self.given = row_id, version, given


class RowDialog(FormDialog, Generic[Given]):
    """Adds a row of schooling, changes it, or takes one off the record that was entered by mistake."""

    thing = ""
    hint = _HINT
    needed: tuple[str, ...] = ()
    may_go = True
    """Whether a row may be taken off the record."""

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        schools: Options = (),
        opened: Opened[Given] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.child_id, self.schools, self.opened = child_id, schools, opened
        fields = (*self.fields(), *(_MISTAKE if opened and self.may_go else ()))
        title = f"Change {self.thing}" if opened else f"Add {self.thing}"
        super().__init__(
            desk,
            title,
            self.hint,
            SmallForm(fields, desk.today, self.needed),
            self.answers_of(opened.given) if opened else self.start(desk.today),
            "Save" if opened else "Add",
            parent,
        )

    def written_about(self) -> Place:
        """Return the child, and the row that is changed."""
        return Place(self.child_id, self.opened.id if self.opened else "", self.opened is not None)

    def fields(self) -> Sequence[Field]:
        """Return the questions."""
        raise NotImplementedError

    def start(self, today: date) -> Mapping[str, Any]:
        """Return the answers that a new row begins with."""
        return {"school": self.schools[0][0]} if self.schools else {}

    def answers_of(self, given: Given) -> Mapping[str, Any]:
        """Return a row as answers."""
        return {name: _answer(value) for name, value in asdict(given).items()} | {
            "school": str(getattr(given, "school_id", "") or "")
        }

    def new(self) -> Given:
        """Return the row as it was typed."""
        raise NotImplementedError

    def work(self) -> Work:
        """Return the adding, the change, or the taking off the record."""
        opened = self.opened
        if opened and self.may_go and self.form.codes("wrong"):
            return partial(
                _remove,
                cast(type[New], type(opened.given)),
                opened.id,
                opened.version,
                self.form.text("wrong_because"),
            )
        if opened:
            return partial(_change, opened.id, opened.version, self.new())
        return self.adding()

    def adding(self) -> Work:
        """Return the adding of a new row."""
        raise NotImplementedError

    def school_id(self) -> UUID:
        """Return the school chosen."""
        return UUID(self.form.text("school"))

    def school_field(self) -> Field:
        """Return the question at which school it was."""
        return Choice("school", "School", options=self.schools)


def _change(row_id: UUID, version: int, new: New, session: Session) -> None:
    records.change(session, row_id, version, new)


def _remove(kind: type[New], row_id: UUID, version: int, reason: str, session: Session) -> None:
    records.remove(session, kind, row_id, version, reason)


def _answer(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else None if value == "" else value


def whole(form: SmallForm, key: str) -> int:
    """Return a number that was given; nought where there is none."""
    answer = form.answers()[key]
    return answer if isinstance(answer, int) else 0


def in_hours(minutes: int) -> str:
    """Return minutes as the hours of a question, to one place."""
    return f"{minutes / 60:.1f}"


def in_minutes(form: SmallForm, key: str, was: int = 0) -> int:
    """Return typed hours as minutes; hours that nobody changed keep the minutes that they stood for."""
    typed = round(float(form.answers()[key] or 0) * 60)
    return was if in_hours(was) == in_hours(typed) else typed
