"""Caseload meetings on screen: the dialog that records one, and the card of those that were held."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.caseload import meeting
from caseapp.caseload.meeting import Meeting, NewMeeting
from caseapp.form import Date, Text
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.parts import Card, FactsGrid, plain
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caseapp.work import Session
    from ui.desk import Desk

SHOWN: Final = 3
_HINT: Final = (
    "It stands beneath the caseload, on the paper of the next meeting and in the sheet. Name no child."
)
_FIELDS: Final = (
    Date("held_on", "Held on", past=True, half=True),
    Date("next_on", "Next meeting", half=True),
    Text("present", "Present"),
    Text("words", "What was talked about", lines=4),
    Text("agreed", "Actions agreed", lines=4, help="One thing to a line, with who and by when"),
    Text("staffing", "What was decided about staffing", lines=3),
)


class MeetingDialog(FormDialog):
    """Open it with `open()`."""

    purpose = meeting.PURPOSE

    def __init__(self, desk: Desk, team_id: UUID, team: str, parent: QWidget | None = None) -> None:
        self._desk, self._team_id = desk, team_id
        form = SmallForm(_FIELDS, desk.today, ("held_on", "present"))
        start = {"held_on": desk.today.isoformat(), "present": desk.actor.name}
        super().__init__(desk, f"Caseload meeting of {team}", _HINT, form, start, "Record", parent)
        self.resize(720, 690)

    def written_about(self) -> Place:
        """Return the team."""
        return Place(row=self._team_id)

    def work(self) -> Work:
        """Return the recording."""
        form = self.form
        new = NewMeeting(
            form.day("held_on") or self._desk.today,
            form.text("present"),
            form.text("words"),
            tuple(each.strip() for each in form.text("agreed").splitlines() if each.strip()),
            form.text("staffing"),
            form.day("next_on"),
        )
        return partial(_record, self._team_id, new)


def _record(team_id: UUID, new: NewMeeting, session: Session) -> None:
    meeting.record(session, team_id, new)


class MeetingsCard(Card):
    """The last meetings of a team, the latest first."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        super().__init__("Meetings")
        for each in meetings[:SHOWN]:
            self.body.addWidget(plain(f"Held on {words.day(each.held_on)}", "label"))
            grid = FactsGrid(label_width=110)
            grid.set_facts(each.facts)
            self.body.addWidget(grid)
