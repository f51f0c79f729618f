"""The dialogs of times missing: the time itself, coming back, and the return home interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.form import YES_NO, Choice, Date, Field, Filled, Is, Text
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import records
from caseapp.looked_after.missing import MissingRow
from caseapp.looked_after.missing_rules import TIME_HELP, TimeOfDay, moment_of
from caseapp.looked_after.new_rows import NewMissing, NewTalk
from ui.care_dialog import CareDialog
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_POLICE, _OFFERED, _HELD = Filled("police_on"), Filled("offered_on"), Filled("held_on")
_REFUSED: Final = Is("accepted", "no")
_ACCEPTED: Final = Is("accepted", "yes")


def _day_and_time(at: datetime | None, day: str, time: str) -> dict[str, str | None]:
    here = at.astimezone(words.LONDON) if at else None
    return {day: here.date().isoformat(), time: f"{here:%H:%M}"} if here else {day: None, time: None}


class MissingDialog(CareDialog):
    """A time missing or away, with the police."""

    kind = NewMissing
    thing = "a time missing"
    hint = (
        "From when the child left or was last seen by a responsible adult, whichever is later. "
        "However short. Without a time of return the 72 hours run from 23:59."
    )
    needed = ("kind", "started_on", "police_time")

    def fields(self) -> Sequence[Field]:
        """Return from when until when, and what the police were told."""
        return (
            Choice("kind", "Missing or away", options=lists.MISSING,
                   help="Missing: nobody knows where. Away: known where, not allowed to be there"),
            Date("started_on", "Left or last seen on", past=True, half=True),
            TimeOfDay("left_time", "Time of leaving", half=True, help=TIME_HELP),
            Date("ended_on", "Back or found on", past=True, half=True,
                 help="Leave it open while the child is not back"),
            TimeOfDay("returned_time", "Time of return", half=True, help=TIME_HELP),
            Date("police_on", "Police told on", past=True, half=True),
            TimeOfDay("police_time", "Time (police told)", half=True, help=TIME_HELP, when=_POLICE),
            Text("police_ref", "Police reference", half=True),
            Text("words", "What happened, and what was done to find the child", lines=3),
        )  # fmt: skip

    def start(self, today: date) -> Mapping[str, Any]:
        """Return missing since today."""
        return {"kind": "M", "started_on": today.isoformat()}

    def answers_of(self, given: NewMissing) -> Mapping[str, Any]:
        """Return a time as answers, each moment as a day and a time."""
        answers = dict(super().answers_of(given))
        for at, day, time in (
            (given.left_at, "started_on", "left_time"),
            (given.returned_at, "ended_on", "returned_time"),
            (given.police_told_at, "police_on", "police_time"),
        ):
            told = _day_and_time(at, day, time)
            answers |= told if at or day == "police_on" else {}
        return answers

    def typed(self) -> dict[str, Any]:
        """Return the answers with their moments."""
        form = self.form
        return super().typed() | {
            "left_at": moment_of(form.day("started_on"), form.text("left_time")),
            "returned_at": moment_of(form.day("ended_on"), form.text("returned_time")),
            "police_told_at": moment_of(form.day("police_on"), form.text("police_time")),
        }


class ReturnedDialog(FormDialog):
    """A child who was missing is found or came back."""

    def __init__(self, desk: Desk, row: MissingRow, parent: QWidget | None = None) -> None:
        self._row = row
        fields = (
            Date("ended_on", "Back or found on", past=True, half=True),
            TimeOfDay("returned_time", "Time of return", half=True, help=TIME_HELP),
            Text("words", "How, and where", lines=3),
        )
        hint = (
            "The return home interview is held within 72 hours of this; without a time they run from 23:59."
        )
        form = SmallForm(fields, desk.today, needed=("ended_on",))
        answers = {"ended_on": desk.today.isoformat(), "words": row.given.words or None}
        super().__init__(desk, "Found or came back", hint, form, answers, "Record the return", parent)

    def written_about(self) -> Place:
        """Return the time missing."""
        return Place(row=self._row.id)

    def work(self) -> Work:
        """Return the end of the time missing."""
        day = self.form.day("ended_on")
        at = moment_of(day, self.form.text("returned_time"))
        new = replace(self._row.given, ended_on=day, returned_at=at, words=self.form.text("words"))
        return partial(_change, self._row.id, self._row.version, new)


def _change(row_id: UUID, version: int, new: NewMissing, session: Session) -> None:
    records.change(session, row_id, version, new)


class TalkDialog(CareDialog):
    """The return home interview: offered, accepted or refused, and what the child said."""

    kind = NewTalk
    thing = "the return home interview"
    hint = "Offered after every time missing, held within 72 hours, by somebody independent of the placement."
    needed = ("offered_time", "held_time", "held_by", "refused_on")
    within_field = "missing_id"

    def fields(self) -> Sequence[Field]:
        """Return the offer, the interview, and what was said."""
        return (
            Date("offered_on", "Offered on", past=True, half=True),
            TimeOfDay("offered_time", "Time (offered)", half=True, help=TIME_HELP, when=_OFFERED),
            Choice("accepted", "Did the child accept?", options=YES_NO,
                   help="Leave it open where the child could not be asked"),
            Date("refused_on", "Refused on", past=True, when=_REFUSED),
            Date("held_on", "Held on", past=True, half=True, when=_ACCEPTED),
            TimeOfDay("held_time", "Time (held)", half=True, help=TIME_HELP, when=_HELD),
            Text("held_by", "Held by", half=True, when=_HELD),
            Choice("independent", "Independent of the placement?", options=YES_NO, half=True, when=_HELD),
            Text("reasons", "Why the child went", lines=2, when=_HELD),
            Text("where_been", "Where they were", half=True, when=_HELD),
            Text("with_whom", "With whom", half=True, when=_HELD),
            Text("harm", "Harm, or suspected harm", lines=2, when=_HELD),
            Text("push_pull", "What pushes them away, what pulls them", lines=2, when=_HELD),
            Text("plan", "What is done so that it does not happen again", lines=2, when=_HELD),
        )  # fmt: skip

    def answers_of(self, given: NewTalk) -> Mapping[str, Any]:
        """Return an interview as answers, each moment as a day and a time."""
        return {
            **super().answers_of(given),
            **_day_and_time(given.offered_at, "offered_on", "offered_time"),
            **_day_and_time(given.held_at, "held_on", "held_time"),
        }

    def typed(self) -> dict[str, Any]:
        """Return the answers with their moments."""
        form = self.form
        return super().typed() | {
            "offered_at": moment_of(form.day("offered_on"), form.text("offered_time")),
            "held_at": moment_of(form.day("held_on"), form.text("held_time")),
        }
