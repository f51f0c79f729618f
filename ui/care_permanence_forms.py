"""The dialogs of permanence and court: each asks for one row of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp import codes
from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Filled, Number, Options, Text
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import court, permanence
from caseapp.looked_after import new_rows as new
from caseapp.looked_after.permanence import Unaccompanied
from ui.care_dialog import CareDialog
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_TOGETHER: Final[Options] = (("yes", "Together"), ("no", "Apart"))
_IN_COURT: Final = AnyOf("kind", tuple(kind for kind in court.KINDS if kind != "pre"))
_HAD_A_HOME: Final = AnyOf("kind", ("P1", "P2", "P3", "P4"))


def _codes(field: str) -> Options:
    return tuple(codes.return_codes(field).items())


class PermanenceDialog(CareDialog):
    """Where the child is to grow up, and what is worked on beside it."""

    kind = new.NewPermanence
    thing = "a plan for permanence"
    hint = "Agreed by the second review. Two may be worked on side by side, so that no time is lost."
    needed = ("option", "decided_on")

    def fields(self) -> Sequence[Field]:
        """Return what was decided, when, and what is worked on beside it."""
        return (
            Choice("option", "Plan for permanence", options=lists.PERMANENCE),
            Date("decided_on", "Decided on", past=True, half=True),
            Date("ended_on", "Ended on", past=True, half=True, help="When another plan took its place"),
            Choice("second_option", "Worked on at the same time (twin track)", options=lists.PERMANENCE),
            Choice("siblings_together", "Brothers and sisters", options=_TOGETHER),
            Text("words", "Why, and what comes next", lines=3),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return today."""
        return {"decided_on": today.isoformat()}


class ProceedingsDialog(CareDialog):
    """A case in court, or the steps before one."""

    kind = new.NewProceedings
    thing = "a case"
    hint = "Weeks are counted from the day of issue; before proceedings, from the day the letter was sent."
    needed = ("kind", "began_on", "extended_because")

    def fields(self) -> Sequence[Field]:
        """Return what case it is, its days, and how it ended."""
        return (
            Choice("kind", "Which", options=tuple(court.KINDS.items()), half=True),
            Date("began_on", "Issued, or letter sent, on", past=True, half=True),
            Text("court", "Court", half=True, when=_IN_COURT),
            Text("number", "Case number", half=True, when=_IN_COURT),
            Text("guardian", "Children’s guardian", when=_IN_COURT),
            Date("extended_to", "Extended to", half=True),
            Text("extended_because", "Why it was extended", lines=2, when=Filled("extended_to")),
            Date("ended_on", "Ended on", past=True, half=True),
            Text("order_made", "Order made", half=True, when=Filled("ended_on")),
            Text("outcome", "Outcome", lines=2, when=Filled("ended_on")),
        )


class HearingDialog(CareDialog):
    """A hearing in a case, held or to come."""

    kind = new.NewHearing
    thing = "a hearing"
    hint = "The next one stands first in its case."
    needed = ("kind", "held_on")
    within_field = "proceedings_id"

    def fields(self) -> Sequence[Field]:
        """Return which hearing, when, and what the judge directed."""
        return (
            Choice("kind", "Which", options=tuple(court.HEARINGS.items()), half=True),
            Date("held_on", "On", half=True),
            Text(
                "directions", "Directions", lines=4, help="What the judge said is to be done, by whom, when"
            ),
        )


class AdoptionDialog(CareDialog):
    """What the return asks of an adoption."""

    kind = new.NewAdoption
    thing = "what the return asks of an adoption"
    hint = "Its date is the day on which care ended by the order (E11 or E12)."

    def fields(self) -> Sequence[Field]:
        """Return decision, matching and adopters."""
        return (
            Date("decided_on", "Decided that adoption is best on", past=True, half=True),
            Date("matched_on", "Matched with the adopters on", past=True, half=True),
            Choice("by_foster_carer", "By a former foster carer?", options=YES_NO, half=True),
            Number("adopters", "How many adopters", low=1, high=2, half=True),
            Choice("adopters_sex", "Sex of the adopters", options=_codes("SEX_ADOPTR")),
            Choice("adopters_legal_status", "Legal status of the adopters", options=_codes("LS_ADOPTR")),
        )


class AdoptionDecisionDialog(CareDialog):
    """A decision that the child should be placed for adoption."""

    kind = new.NewAdoptionDecision
    thing = "a decision to place for adoption"
    hint = "By the agency’s decision maker. A decision that no longer holds is ended with its reason."
    needed = ("decided_on", "reason_ended")

    def fields(self) -> Sequence[Field]:
        """Return when it was made, and when and why reversed."""
        return (
            Date("decided_on", "Decided on", past=True, half=True),
            Date("ended_on", "Reversed on", past=True, half=True),
            Choice(
                "reason_ended", "Why", options=_codes("REASON_PLACED_CEASED"), when=Filled("ended_on")
            ),
        )  # fmt: skip


class PreviousDialog(CareDialog):
    """A permanent home before this care."""

    kind = new.NewPreviousPermanence
    thing = "an earlier permanent home"
    hint = "Asked of every child who starts to be looked after, adopted abroad or here alike."
    needed = ("kind", "authority", "was_on")

    def fields(self) -> Sequence[Field]:
        """Return which kind it was, which council’s, and since when."""
        return (
            Choice("kind", "Which", options=_codes("PREV_PERM")),
            Text("authority", "Council", when=_HAD_A_HOME, half=True,
                 help="Its three figures; WAL, SCO, NIR or NUK outside England; 999 if not known"),
            Text("was_on", "Day of the order", when=_HAD_A_HOME, half=True,
                 help="As 04/05/2020, with zz for what is not known: zz/05/2020"),
        )  # fmt: skip


class LibertyOrderDialog(CareDialog):
    """A deprivation of liberty order."""

    kind = new.NewLibertyOrder
    thing = "a deprivation of liberty order"
    hint = "Of the High Court. The return asks for it from 2026/27."
    needed = ("started_on",)

    def fields(self) -> Sequence[Field]:
        """Return its first and last day."""
        return (
            Date("started_on", "From", past=True, half=True),
            Date("ended_on", "Until", half=True, help="Leave it open while it is in force"),
        )


class WorkerSpellDialog(CareDialog):
    """A social worker’s spell with the child, for the return."""

    kind = new.NewWorkerSpell
    thing = "a social worker’s spell"
    hint = "One follows the other without overlap; the open one is today’s social worker."
    needed = ("source_ref", "started_on", "reason")

    def fields(self) -> Sequence[Field]:
        """Return who, from when until when, and why it changed."""
        return (
            Text("source_ref", "Social Work England number", half=True,
                 help="SW and its figures; XX and a number of our own where there is none yet"),
            Choice("reason", "Why this social worker came", options=_codes("SW_REASON"), half=True),
            Date("started_on", "From", past=True, half=True),
            Date("ended_on", "Until", past=True, half=True),
        )  # fmt: skip


_MISTAKE: Final = (
    Choices("wrong", "Noted by mistake?", options=(("yes", "Take it off the record"),)),
    Text("wrong_because", "Why", when=Filled("wrong"), help="The history keeps what was there."),
)


class UnaccompaniedDialog(FormDialog):
    """Notes that a child came alone to ask for asylum, and until when that counts."""

    def __init__(
        self, desk: Desk, child_id: UUID, noted: Unaccompanied | None, parent: QWidget | None = None
    ) -> None:
        self._child_id, self._noted = child_id, noted
        fields = (
            Date("ended_on", "Counts until", help="Leave it open while it does; the 18th birthday ends it"),
            *(_MISTAKE if noted else ()),
        )
        ended_on = noted.ended_on.isoformat() if noted and noted.ended_on else None
        super().__init__(
            desk,
            "Unaccompanied asylum-seeking child",
            "A child who came to the country without a parent or carer and asks for asylum of their own.",
            SmallForm(fields, desk.today, ("wrong_because",)),
            {"ended_on": ended_on},
            "Save" if noted else "Note it",
            parent,
        )

    def written_about(self) -> Place:
        """Return the child."""
        return Place(self._child_id, is_change=self._noted is not None)

    def work(self) -> Work:
        """Return the note, or its taking off the record."""
        noted = self._noted
        if noted and self.form.codes("wrong"):
            return partial(_take_off, noted, self.form.text("wrong_because"))
        return partial(_note, self._child_id, self.form.day("ended_on"))


def _note(child_id: UUID, ended_on: date | None, session: Session) -> None:
    permanence.note_unaccompanied(session, child_id, ended_on)


def _take_off(noted: Unaccompanied, reason: str, session: Session) -> None:
    permanence.take_off_unaccompanied(session, noted.id, noted.version, reason)
