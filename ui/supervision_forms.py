"""The dialogs of supervision: a session planned or held, one called off, what was said of a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import words
from caseapp.actions import NewAction
from caseapp.form import Choice, Date, Field, Number, Options, Rows, Text, filled_rows
from caseapp.supervision import cases, rules, sessions
from caseapp.supervision.cases import CaseRow
from caseapp.supervision.new_rows import NewCase, NewSession
from caseapp.supervision.sessions import SessionRow
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.row_fields import RowsEditor
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_ALONE: Final = "Only the two of you ever see this. What is about a child is recorded with the child."
_FILED: Final = "This stands in the child’s file. Nothing of the worker’s own belongs here."
_OUTSIDE: Final = ("none", "Outside a session")
_ACTIONS: Final = Rows(
    "agreed", "What was agreed: these become actions", row="action",
    fields=(
        Text("what", "What"),
        Text("who", "Who, if not the worker", half=True),
        Date("by", "By when", half=True),
    ),
)  # fmt: skip


class PlanDialog(FormDialog):
    """Plans a session with a worker."""

    def __init__(self, desk: Desk, worker_id: UUID, worker: str, parent: QWidget | None = None) -> None:
        self._worker_id = worker_id
        fields = (
            Date("planned_on", "Day", half=True),
            Choice("kind", "Kind", options=tuple(rules.KINDS.items()), half=True),
        )
        form = SmallForm(fields, desk.today, ("planned_on", "kind"))
        super().__init__(
            desk, f"Plan supervision with {worker}", _ALONE, form, {"kind": "personal"}, "Plan", parent
        )
        self.resize(620, 360)

    def written_about(self) -> Place:
        """Return the worker."""
        return Place(row=self._worker_id)

    def work(self) -> Work:
        """Return the planning."""
        new = NewSession(kind=self.form.text("kind"), planned_on=self.form.day("planned_on"))
        return partial(_add, self._worker_id, new)


class SessionDialog(FormDialog):
    """Records a session: a new one, or one that was planned or told before."""

    def __init__(
        self,
        desk: Desk,
        worker_id: UUID,
        worker: str,
        opened: SessionRow | None,
        parent: QWidget | None = None,
    ) -> None:
        self._worker_id, self._row = worker_id, opened
        fields = (
            Date("held_on", "Held on", past=True, half=True),
            Number("minutes", "Minutes", low=1, high=600, half=True),
            Choice("kind", "Kind", options=tuple(rules.KINDS.items()), half=True),
            Date("next_on", "Next on", half=True, help="It is planned by itself"),
            Text("wellbeing", "How the worker is", lines=2),
            Text("workload", "Workload", lines=2),
            Text("words", "What was talked about, in the worker’s own words", lines=4),
            Text("agreed", "What was agreed for the worker", lines=2, help="One thing to a line"),
        )
        hint = _ALONE
        if opened and opened.state == "held":
            hint += " Other words take a signature off again: it stood under what was there before."
        super().__init__(
            desk, f"Supervision with {worker}", hint, SmallForm(fields, desk.today, ("held_on", "kind")),
            _answers(opened.given if opened else NewSession(), desk.today), "Record", parent,
        )  # fmt: skip
        self.resize(720, 660)

    def written_about(self) -> Place:
        """Return the session, or the worker whom it is held with."""
        return Place(None, self._row.id if self._row else self._worker_id, self._row is not None)

    def work(self) -> Work:
        """Return the recording."""
        form, opened = self.form, self._row
        minutes = form.answers()["minutes"]
        new = replace(
            opened.given if opened else NewSession(),
            kind=form.text("kind"),
            held_on=form.day("held_on"),
            minutes=minutes if isinstance(minutes, int) else None,
            next_on=form.day("next_on"),
            wellbeing=form.text("wellbeing"),
            workload=form.text("workload"),
            words=form.text("words"),
            agreed=tuple(each.strip() for each in form.text("agreed").splitlines() if each.strip()),
        )
        if opened is None:
            return partial(_add, self._worker_id, new)
        return partial(_change, opened.id, opened.version, new)


def _answers(given: NewSession, today: date) -> dict[str, Any]:
    planned = given.planned_on if given.planned_on and given.planned_on <= today else today
    return {
        "held_on": (given.held_on or planned).isoformat(),
        "minutes": given.minutes,
        "kind": given.kind,
        "next_on": given.next_on.isoformat() if given.next_on else None,
        "wellbeing": given.wellbeing or None,
        "workload": given.workload or None,
        "words": given.words or None,
        "agreed": "\n".join(given.agreed) or None,
    }


class ReasonDialog(FormDialog):
    """Asks why a session is called off, or taken off the record."""

    def __init__(self, desk: Desk, row: SessionRow, parent: QWidget | None = None) -> None:
        self._row = row
        title = f"Call off the supervision of {words.day(row.day)}"
        hint = "It stays in the list with the reason, and counts among those called off."
        fields = (
            Choice("what", "What happened", options=(
                ("cancelled", "It does not take place"), ("mistake", "It was entered by mistake"),
            )),
            Text("because", "Why"),
        )  # fmt: skip
        form = SmallForm(fields, desk.today, ("what", "because"))
        super().__init__(desk, title, hint, form, {"what": "cancelled"}, "Record", parent)
        self.resize(620, 400)

    def written_about(self) -> Place:
        """Return the session."""
        return Place(row=self._row.id)

    def work(self) -> Work:
        """Return the calling off."""
        act = _remove if self.form.text("what") == "mistake" else _cancel
        return partial(act, self._row.id, self._row.version, self.form.text("because"))


class CaseDialog(FormDialog):
    """Records what was said of a child, or corrects it. `open_sessions` are (id, words) to choose from."""

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        child: str,
        worker: str,
        open_sessions: Options = (),
        opened: CaseRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._child_id, self._row, self._worker = child_id, opened, worker
        super().__init__(
            desk,
            f"Supervision: {child}",
            _FILED,
            SmallForm(_questions(open_sessions, opened is None), desk.today, ("happened_on", "discussion")),
            _case_answers(opened.given) if opened else _first_answers(open_sessions, desk.today),
            "Save" if opened else "Record",
            parent,
        )
        self.resize(760, 680)

    def written_about(self) -> Place:
        """Return the child, and the record that is changed."""
        return Place(self._child_id, self._row.id if self._row else "", self._row is not None)

    def work(self) -> Work:
        """Return the recording, with what becomes an action."""
        form, opened = self.form, self._row
        chosen = str(form.answers().get("session_id") or "")
        new = NewCase(
            happened_on=form.day("happened_on") or form.today,
            discussion=form.text("discussion"),
            risk=form.text("risk"),
            progress=form.text("progress"),
            decision=form.text("decision"),
            reflection=form.text("reflection"),
            next_on=form.day("next_on"),
            session_id=opened.given.session_id if opened else _session_id(chosen),
        )
        if opened:
            return partial(_change_case, opened.id, opened.version, new)
        return partial(_add_case, self._child_id, new, tuple(self._agreed()))

    def _agreed(self) -> list[NewAction]:
        editor = self.form.editor("agreed")
        rows = filled_rows(editor.answer()) if isinstance(editor, RowsEditor) else []
        return [
            NewAction(
                str(row.get("what", "")),
                str(row.get("who", "") or self._worker),
                words.stored_day(row.get("by")),
            )
            for row in rows
        ]


def _questions(open_sessions: Options, is_new: bool) -> Sequence[Field]:
    chosen = Choice("session_id", "In which supervision", options=(*open_sessions, _OUTSIDE), half=True)
    return (
        Date("happened_on", "Day", past=True, half=True),
        *((chosen,) if is_new and open_sessions else ()),
        Text("discussion", "What was talked about", lines=4),
        Choice("risk", "Risk now", options=tuple(rules.RISKS.items()), half=True),
        Choice("progress", "Progress of the plan", options=tuple(rules.PROGRESS.items()), half=True),
        Text("decision", "Decision", lines=2),
        *((_ACTIONS,) if is_new else ()),
        Text("reflection", "Reflection on the case", lines=2),
        Date("next_on", "To be talked about again on", half=True),
    )


def _session_id(chosen: str) -> UUID | None:
    return UUID(chosen) if chosen and chosen != _OUTSIDE[0] else None


def _first_answers(open_sessions: Options, today: date) -> dict[str, Any]:
    chosen = open_sessions[0][0] if open_sessions else None
    return {"happened_on": today.isoformat(), "session_id": chosen}


def _case_answers(given: NewCase) -> dict[str, Any]:
    return {
        "happened_on": given.happened_on.isoformat(),
        "discussion": given.discussion,
        "risk": given.risk or None,
        "progress": given.progress or None,
        "decision": given.decision or None,
        "reflection": given.reflection or None,
        "next_on": given.next_on.isoformat() if given.next_on else None,
    }


def _add(worker_id: UUID, new: NewSession, session: Session) -> UUID:
    return sessions.add(session, worker_id, new)


def _change(session_id: UUID, version: int, new: NewSession, session: Session) -> None:
    sessions.change(session, session_id, version, new)


def _cancel(session_id: UUID, version: int, because: str, session: Session) -> None:
    sessions.cancel(session, session_id, version, because)


def _remove(session_id: UUID, version: int, because: str, session: Session) -> None:
    sessions.remove(session, session_id, version, because)


def _add_case(child_id: UUID, new: NewCase, agreed: Sequence[NewAction], session: Session) -> UUID:
    return cases.add(session, child_id, new, agreed)


def _change_case(case_id: UUID, version: int, new: NewCase, session: Session) -> None:
    cases.change(session, case_id, version, new)
