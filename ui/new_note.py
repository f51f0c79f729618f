"""Add a note: what kind, when, what happened, and what the child said. Closed, it keeps what was typed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseapp import codes, jottings, notes
from caseapp.form import YES_NO, AnyOf, Choice, Date, Field, Is, Number, Text
from caseapp.notes import NewNote
from caseapp.work import Problem
from ui.asking import Asking
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.parts import Card
from ui.record_parts import READING_WIDTH
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.jottings import Writing
    from caseapp.work import Session
    from ui.desk import Desk

NEEDED: Final = ("kind", "happened_on", "words", "seen")
_SEEN: Final = (("no", "Not seen"), ("seen", "Seen"), ("alone", "Seen alone"))
_VISIT: Final = Is("kind", "visit")
_AT_A_DISTANCE: Final = AnyOf("kind", ("call", "message", "attempt"))
_TOGETHER: Final = AnyOf("kind", ("visit", "meeting", "taf", "review", "health"))
"""Where the child may have been: nothing is said of whether they were seen before somebody says so."""
_TALKED: Final = AnyOf("kind", ("visit", "call", "meeting", "message"))
_LINES: Final = ("where_seen", "present", "purpose", "worries", "method", "why_not_alone")


# What was typed and not added yet, by desk and child: it ends with the desk, so nobody else sees it.
_unfinished: WeakKeyDictionary[Desk, dict[UUID, tuple[UUID, dict[str, Any]]]] = WeakKeyDictionary()


def note_fields(known_as: str, asks_mood: bool = False) -> tuple[Field, ...]:
    """Return the questions of a note; those of a visit or of a contact come with its kind."""
    where = tuple(codes.PLACES_SEEN.items())
    mood = Number(
        "mood",
        f"Mood, as {known_as} says",
        unit="of 10",
        low=1,
        high=10,
        half=True,
        when=_TALKED,
        help="1 is the lowest, 10 the highest",
    )
    return (
        Choice("kind", "Kind", options=tuple(codes.NOTE_KINDS.items()), half=True),
        Date("happened_on", "When", past=True, half=True),
        Choice("method", "How", options=tuple(codes.METHODS.items()), half=True, when=_AT_A_DISTANCE),
        Choice("seen", f"Was {known_as} seen?", options=_SEEN, when=_TOGETHER),
        Text("why_not_alone", "Why not alone", when=Is("seen", "seen"), help="Refused, or why it was wiser"),
        Choice("where_seen", "Where", options=where, half=True, when=_VISIT),
        Text("present", "Who else was there", half=True, when=_VISIT),
        Choice("planned", "Was the visit planned?", options=YES_NO, half=True, when=_VISIT),
        Choice("bedroom_seen", "Was the bedroom seen?", options=YES_NO, half=True, when=_VISIT),
        Text("purpose", "What the visit was for", when=_VISIT),
        Text("words", "What happened", lines=4),
        Text("quote", f"In {known_as}’s own words", lines=2, help="As they said it, if they did."),
        Text(
            "worries",
            "Worries",
            lines=2,
            when=_VISIT,
            help="What worries you or the carers after this visit.",
        ),
        *((mood,) if asks_mood else ()),
    )


def note_of(form: SmallForm, known_as: str, asks_mood: bool = False) -> NewNote:
    """Return the note as it was typed; what its kind does not ask is left out."""
    seen = form.text("seen")
    yes_no = {"yes": True, "no": False}
    asked = {each.key for each in note_fields(known_as, asks_mood)}
    return NewNote(
        form.day("happened_on") or form.today,
        form.text("kind"),
        form.text("words"),
        form.text("quote"),
        seen=seen in ("seen", "alone"),
        seen_alone=seen == "alone",
        bedroom_seen=yes_no.get(form.text("bedroom_seen")),
        planned=yes_no.get(form.text("planned")),
        mood=form.answers()["mood"] if "mood" in asked else None,
        **{key: form.text(key) for key in _LINES},
    )


class NewNotePanel(Asking):
    """A card with the questions of a note. `asks_mood`: of a care leaver, how they say they are."""

    added = Signal(UUID)
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        known_as: str,
        parent: QWidget | None = None,
        asks_mood: bool = False,
    ) -> None:
        super().__init__(desk, parent)
        self._child_id, self._known_as, self._asks_mood = child_id, known_as, asks_mood
        self.form = SmallForm(note_fields(known_as, asks_mood), desk.today, NEEDED)
        self._inline = InlineForm("Add a note", self.form, "Add note", cancel_text="Close")
        self._inline.cancel_discards = False
        self._inline.saved.connect(self._add)
        self._inline.cancelled.connect(self.closed)
        card = Card()
        card.setAccessibleName("Add a note")
        for widget in (self.banner, self._inline, self.busy):
            card.body.addWidget(widget)
        card.setMaximumWidth(READING_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card, 100)
        layout.addStretch(1)
        self.form.set_answers(_fresh(desk.today))
        self.jotter = self._inline.keep_typing(desk, Place(child_id), jottings.NOTE)
        if child_id in self._kept():
            self.jotter.go_on(*self._kept()[child_id])
        self.form.changed.connect(self._keep)

    @property
    def is_unfinished(self) -> bool:
        """Return whether words wait here to be added."""
        return self._child_id in self._kept()

    def _kept(self) -> dict[UUID, tuple[UUID, dict[str, Any]]]:
        return _unfinished.setdefault(self.desk, {})

    def _keep(self) -> None:
        self._kept()[self._child_id] = (self.jotter.id, self.form.answers())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin anew where what was put away has been recorded elsewhere meanwhile."""
        super().showEvent(event)
        if not self.is_unfinished:
            self.form.set_answers(_fresh(self.desk.today))

    def focus(self) -> None:
        """Put the keyboard into the first question."""
        self.form.editor("kind").focus()

    def _add(self) -> None:
        new = note_of(self.form, self._known_as, self._asks_mood)
        self.save("Adding …", partial(_add, self._child_id, new), self._added, self._failed)

    def _added(self, note_id: UUID) -> None:
        self._kept().pop(self._child_id, None)
        self.form.set_answers(_fresh(self.desk.today))
        self.added.emit(note_id)

    def _failed(self, problem: Problem) -> None:
        self._inline.show_words(problem.words)


def go_on(desk: Desk, writing: Writing) -> None:
    """Have the record of the child whom a note is about open at the note, with what was written of it."""
    child_id, kept = writing.about.child_id, _unfinished.setdefault(desk, {})
    # What the record put away itself may be newer than what was listed.
    if child_id is not None and (child_id not in kept or kept[child_id][0] != writing.id):
        kept[child_id] = (writing.id, dict(writing.answers))


class NoteDialog(FormDialog):
    """A note of one kind, asked for from a page that lists such notes: a visit, a contact."""

    jotting_name = jottings.NOTE

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        known_as: str,
        title: str,
        hint: str,
        kind: str = "visit",
        parent: QWidget | None = None,
        asks_mood: bool = False,
    ) -> None:
        self._desk, self._child_id = desk, child_id
        self._known_as, self._asks_mood = known_as, asks_mood
        form = SmallForm(note_fields(known_as, asks_mood), desk.today, NEEDED)
        answers = {"kind": kind, "happened_on": desk.today.isoformat()}
        super().__init__(desk, title, hint, form, answers, "Add", parent)

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self._child_id)

    def work(self) -> Work:
        """Return the adding of the note."""
        return partial(_add, self._child_id, note_of(self.form, self._known_as, self._asks_mood))

    def _saved(self, result: object) -> None:
        kept = _unfinished.get(self._desk, {})
        if self.jotter and self._child_id in kept and kept[self._child_id][0] == self.jotter.id:
            del kept[self._child_id]  # it was put away on the timeline, and is a note now
        super()._saved(result)


def _add(child_id: UUID, new: NewNote, session: Session) -> UUID:
    return notes.add(session, child_id, new)


def _fresh(today: date) -> dict[str, Any]:
    return {"kind": "visit", "happened_on": today.isoformat()}
