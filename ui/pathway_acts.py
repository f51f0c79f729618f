"""The dialogs of the Pathway tab that are acts: adviser, contact, category, support, review, approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import codes, notes
from caseapp.form import AnyOf, Choice, Date, Field, Is, Number, Options, Text
from caseapp.form_parts import pathway_lists as lists
from caseapp.notes import NewNote
from caseapp.pathway import adviser, approvals, standing
from caseapp.pathway.cycle import PlanState
from caseapp.pathway.new_rows import NewOverride
from caseapp.pathway.standing import OverrideRow
from caseapp.pathway.status import CATEGORY_WORDS
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.people_forms import find_workers
from ui.picker import Chooser, Picker
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_SEEN: Final[Options] = (("alone", "Seen alone"), ("seen", "Seen with others"), ("no", "Not seen"))
_ASKERS: Final[Options] = (
    ("The young person asked.", "The young person"),
    ("The adviser thinks it is needed.", "The personal adviser"),
    ("The authority thinks it is needed.", "Somebody else of the authority"),
)
_SUPPORT: Final[Options] = (
    ("adviser_asked", "A personal adviser (s23CZB)"),
    ("education_asked", "Help with education or training (s23CA)"),
)
_MET: Final = AnyOf("kind", ("visit", "meeting"))
_FROM_AFAR: Final = AnyOf("kind", ("call", "message", "attempt"))


class _Act(FormDialog):
    """An act about one young person, from a few questions."""

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        title: str,
        hint: str,
        fields: tuple[Field, ...],
        needed: tuple[str, ...],
        answers: Mapping[str, Any],
        save_text: str,
        parent: QWidget | None = None,
    ) -> None:
        self.child_id = child_id
        super().__init__(desk, title, hint, SmallForm(fields, desk.today, needed), answers, save_text, parent)

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self.child_id)

    def _day(self, key: str) -> date:
        return self.form.day(key) or self.form.today


class AdviserDialog(_Act):
    """Makes one of our workers the personal adviser."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        fields = (
            Date("from_on", "From", past=True, half=True),
            Text("handover", "Note on the handover", lines=3, help="It stands on the timeline too."),
        )
        hint = "The adviser before ends that day. The adviser is not the social worker."
        start = {"from_on": desk.today.isoformat()}
        self.picker = Picker(desk, "Worker", find_workers)
        super().__init__(
            desk,
            child_id,
            "Allocate a personal adviser",
            hint,
            fields,
            ("from_on",),
            start,
            "Allocate",
            parent,
        )

    def beside(self) -> Sequence[Chooser]:
        """Return the search for the worker."""
        return (self.picker,)

    def _save(self) -> None:
        chosen = self.picker.chosen()
        if chosen is None or chosen.id is None:
            self.picker.show_words("Choose the worker from the list.")
            self.picker.focus()
            return
        super()._save()

    def work(self) -> Work:
        """Return the allocation."""
        chosen = self.picker.chosen()
        if chosen is None or chosen.id is None:
            raise ValueError("No worker was chosen.")
        return partial(
            adviser.allocate,
            child_id=self.child_id,
            worker_id=chosen.id,
            from_on=self._day("from_on"),
            handover=self.form.text("handover"),
        )


class ContactDialog(_Act):
    """A contact with the young person, or a try."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        kinds = tuple((kind, codes.NOTE_KINDS[kind]) for kind in adviser.CONTACT_KINDS)
        fields = (
            Choice("kind", "Kind", options=kinds, half=True),
            Date("happened_on", "When", past=True, half=True),
            Choice("seen", "Were they seen?", options=_SEEN, when=_MET),
            Choice("where_seen", "Where", options=tuple(codes.PLACES_SEEN.items()), when=_MET, half=True),
            Choice(
                "method", "By which way", options=tuple(codes.METHODS.items()), when=_FROM_AFAR, half=True
            ),
            Text("purpose", "What for", half=True),
            Number("mood", "How they are, from 1 to 10", low=1, high=10, half=True, help="As they say it."),
            Text("words", "What happened, what was agreed", lines=4),
            Text("quote", "In their own words", lines=2),
        )
        hint = "Attempts are kept, but stop no clock. Only being seen, or talking from afar, is a contact."
        start = {"kind": "visit", "happened_on": desk.today.isoformat()}
        needed = ("kind", "happened_on", "words", "seen")
        super().__init__(desk, child_id, "Add a contact", hint, fields, needed, start, "Add", parent)

    def work(self) -> Work:
        """Return the adding of the note."""
        form = self.form
        mood, seen = form.answers()["mood"], form.text("seen")
        new = NewNote(
            self._day("happened_on"),
            form.text("kind"),
            form.text("words"),
            form.text("quote"),
            seen in ("seen", "alone"),
            seen == "alone",
            where_seen=form.text("where_seen"),
            purpose=form.text("purpose"),
            method=form.text("method"),
            mood=mood if isinstance(mood, int) else None,
        )
        return partial(notes.add, child_id=self.child_id, new=new)


class OverrideDialog(_Act):
    """A manager sets the category where the dates do not tell it."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        fields = (
            Choice("category", "Category", options=tuple(CATEGORY_WORDS.items()), half=True),
            Date("from_on", "From", half=True),
            Date("until_on", "Until", half=True, help="Leave it open to take it back later."),
            Text("reason", "Why the dates do not tell it", lines=3),
        )
        hint = "It holds in place of the dates until it is taken back; both stay on record."
        start = {"from_on": desk.today.isoformat()}
        needed = ("category", "from_on", "reason")
        super().__init__(desk, child_id, "Set the category", hint, fields, needed, start, "Set", parent)

    def work(self) -> Work:
        """Return the manager's word."""
        form = self.form
        new = NewOverride(
            form.text("category"), self._day("from_on"), form.text("reason"), form.day("until_on")
        )
        return partial(standing.decide, child_id=self.child_id, new=new)


class CloseDialog(_Act):
    """A manager closes leaving care; the plans stay to be read."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        reasons = tuple(each for each in lists.CLOSINGS if each[0] != "aged_out")
        fields = (
            Choice("because", "Why", options=reasons),
            Date("from_on", "Closed from", past=True, half=True),
            Text("words", "What the manager looked at", lines=3),
        )
        hint = "The plans stay to be read for good. The 25th birthday closes by itself."
        start = {"from_on": desk.today.isoformat()}
        needed = ("because", "from_on", "words")
        super().__init__(desk, child_id, "Close leaving care", hint, fields, needed, start, "Close", parent)

    def work(self) -> Work:
        """Return the closing."""
        form = self.form
        said = dict(lists.CLOSINGS)[form.text("because")]
        new = NewOverride("closed", self._day("from_on"), f"{said}. {form.text('words')}")
        return partial(standing.decide, child_id=self.child_id, new=new)


class TakeBackDialog(_Act):
    """Ends a manager's word on the category."""

    def __init__(self, desk: Desk, child_id: UUID, row: OverrideRow, parent: QWidget | None = None) -> None:
        self._row = row
        fields = (Date("on", "Holds no more from", past=True, half=True),)
        start = {"on": desk.today.isoformat()}
        title = "Take the category back"
        hint = f"{row.title}: {row.reason} From this day the dates tell the category again."
        super().__init__(desk, child_id, title, hint, fields, ("on",), start, "Take back", parent)

    def written_about(self) -> Place:
        """Return the child and the category."""
        return Place(self.child_id, self._row.id)

    def work(self) -> Work:
        """Return the taking back."""
        return partial(standing.take_back, row_id=self._row.id, opened=self._row.version, on=self._day("on"))


class SupportDialog(_Act):
    """A young person of 21 to 24 asks for support again."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        fields = (
            Choice("kind", "What was asked for", options=_SUPPORT),
            Date("on", "On", past=True, half=True),
            Text("words", "What they said", lines=2),
        )
        hint = "Between the 21st and the 25th birthday. It opens the record again; old plans are kept."
        start = {"on": desk.today.isoformat()}
        super().__init__(
            desk, child_id, "Support asked for", hint, fields, ("kind", "on"), start, "Record", parent
        )

    def work(self) -> Work:
        """Return the asking."""
        form = self.form
        return partial(
            standing.ask_for_support,
            child_id=self.child_id,
            kind=form.text("kind"),
            on=self._day("on"),
            said=form.text("words"),
        )


class ReviewAskedDialog(_Act):
    """A review of the plan is asked for: it is due at once."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        fields = (
            Choice("who", "Who asks", options=_ASKERS, half=True),
            Date("on", "On", past=True, half=True),
            Text("words", "What for", lines=2),
        )
        hint = "A review asked for is held at once, whatever the timetable says (regulation 7)."
        start = {"on": desk.today.isoformat()}
        super().__init__(
            desk, child_id, "Review asked for", hint, fields, ("who", "on"), start, "Record", parent
        )

    def work(self) -> Work:
        """Return the asking."""
        form = self.form
        said = " ".join(part for part in (form.text("who"), form.text("words")) if part)
        return partial(approvals.ask_for_review, child_id=self.child_id, on=self._day("on"), said=said)


class DecisionDialog(_Act):
    """A manager approves a signed plan or sends it back, with a note."""

    def __init__(self, desk: Desk, child_id: UUID, plan: PlanState, parent: QWidget | None = None) -> None:
        self._plan = plan
        choices = (("approve", "Approve: it is in force"), ("back", "Send back: to be put right"))
        fields = (
            Choice("decision", "Decision", options=choices),
            Text("note", "The manager's note", lines=3, when=Is("decision", "approve")),
            Text("mend", "What has to be put right", lines=3, when=Is("decision", "back")),
        )
        hint = f"{plan.title}. Read it first; nobody decides on a plan that they signed."
        needed = ("decision", "note", "mend")
        super().__init__(desk, child_id, "Decide on the plan", hint, fields, needed, {}, "Record", parent)

    def written_about(self) -> Place:
        """Return the child and the plan."""
        return Place(self.child_id, self._plan.revision_id)

    def work(self) -> Work:
        """Return the decision."""
        if self.form.text("decision") == "approve":
            return partial(_approve, self._plan.revision_id, self.form.text("note"))
        return partial(_send_back, self._plan.revision_id, self.form.text("mend"))


def _approve(revision_id: UUID, note: str, session: Session) -> None:
    approvals.approve(session, revision_id, note)


def _send_back(revision_id: UUID, note: str, session: Session) -> None:
    approvals.send_back(session, revision_id, note)
