"""Opening one record in an emergency, and the manager's review of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseapp import access
from caseapp.access import Emergency
from caseapp.form import Date, Text
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_ASKED: Final = (
    Text("ref", "Reference", half=True, help="The number on letters and plans."),
    Text("name", "Or the whole name", half=True, help="Given and family name, as on file."),
    Date("born_on", "and the date of birth", past=True, half=True),
    Text("reason", "Why it cannot wait", lines=3, help="The child’s manager reads it."),
)
_HINT: Final = (
    "One record opens for 60 minutes, to read and to write a note. It is written down before anything is "
    "shown, and the child’s team managers see it at once."
)


class EmergencyDialog(FormDialog):
    """Asks which record, exactly, and why. Open it with `open()`."""

    help_page = "emergency"
    keeps_typing = False
    opened = Signal(UUID)
    """The record is open to whoever asked."""

    def __init__(self, desk: Desk, typed: str = "", parent: QWidget | None = None) -> None:
        form = SmallForm(_ASKED, desk.today, ("reason",))
        start = {"ref" if typed.isdecimal() else "name": typed or None}
        super().__init__(desk, "Open in an emergency", _HINT, form, start, "Open the record", parent)
        self.resize(640, 480)

    def work(self) -> Work:
        """Return the opening."""
        asked = Emergency(
            self.form.text("reason"), self.form.text("ref"), self.form.text("name"), self.form.day("born_on")
        )
        return partial(access.open_in_emergency, asked=asked)

    def _saved(self, result: object) -> None:
        super()._saved(result)
        if isinstance(result, UUID):
            self.opened.emit(result)


class ReviewDialog(FormDialog):
    """Asks a manager what they find about an emergency. Open it with `open()`."""

    help_page = "emergency"

    def __init__(self, desk: Desk, grant_id: UUID, who: str, why: str, parent: QWidget | None = None) -> None:
        self._grant_id = grant_id
        fields = (Text("finding", "What you found", lines=4, help="Was it right to open it? What follows?"),)
        form = SmallForm(fields, desk.today, ("finding",))
        said = f"{who} opened this record: {why}"
        super().__init__(desk, "Review an emergency", said, form, {}, "Record the review", parent)
        self.resize(640, 400)

    def written_about(self) -> Place:
        """Return the emergency."""
        return Place(row=self._grant_id)

    def work(self) -> Work:
        """Return the recording of the finding."""
        return partial(access.review, grant_id=self._grant_id, finding=self.form.text("finding"))
