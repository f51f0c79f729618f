"""Add a note: what kind, when, what happened, and what the child said. Closed, it keeps what was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import codes, notes
from caseapp.form import Choice, Date, Text
from caseapp.notes import NewNote
from caseapp.work import Problem
from ui.asking import Asking
from ui.parts import Card
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_SEEN: Final = (("no", "Not seen"), ("seen", "Seen"), ("alone", "Seen alone"))


# What was typed and not added yet, by desk and child: it ends with the desk, so nobody else sees it.
_unfinished: WeakKeyDictionary[Desk, dict[UUID, dict[str, Any]]] = WeakKeyDictionary()


class NewNotePanel(Asking):
    """A card with the questions of a note."""

    added = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, child_id: UUID, known_as: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._child_id = child_id
        fields = (
            Choice("kind", "Kind", options=tuple(codes.NOTE_KINDS.items()), half=True),
            Date("happened_on", "When", past=True, half=True),
            Text("words", "What happened", lines=4),
            Text("quote", f"In {known_as}’s own words", lines=2, help="As they said it, if they did."),
            Choice("seen", f"Was {known_as} seen?", options=_SEEN),
        )
        self.form = SmallForm(fields, desk.today, needed=("kind", "happened_on", "words"))
        self._inline = InlineForm("Add a note", self.form, "Add note", cancel_text="Close")
        self._inline.saved.connect(self._add)
        self._inline.cancelled.connect(self.closed)
        card = Card()
        card.setAccessibleName("Add a note")
        for widget in (self.banner, self._inline, self.busy):
            card.body.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.form.set_answers(self._kept().get(child_id) or _fresh(desk.today))
        self.form.changed.connect(self._keep)

    @property
    def is_unfinished(self) -> bool:
        """Return whether words wait here to be added."""
        return self._child_id in self._kept()

    def _kept(self) -> dict[UUID, dict[str, Any]]:
        return _unfinished.setdefault(self.desk, {})

    def _keep(self) -> None:
        self._kept()[self._child_id] = self.form.answers()

    def focus(self) -> None:
        """Put the keyboard into the first question."""
        self.form.editor("kind").focus()

    def _add(self) -> None:
        seen = self.form.text("seen")
        new = NewNote(
            self.form.day("happened_on") or self.desk.today,
            self.form.text("kind"),
            self.form.text("words"),
            self.form.text("quote"),
            seen=seen in ("seen", "alone"),
            seen_alone=seen == "alone",
        )
        child_id = self._child_id
        self.save("Adding …", lambda session: notes.add(session, child_id, new), self._added, self._failed)

    def _added(self, _note_id: UUID) -> None:
        self._kept().pop(self._child_id, None)
        self.form.set_answers(_fresh(self.desk.today))
        self.added.emit()

    def _failed(self, problem: Problem) -> None:
        self._inline.show_words(problem.words)


def _fresh(today: date) -> dict[str, Any]:
    return {"kind": "visit", "happened_on": today.isoformat(), "seen": "no"}
