"""The dialogs of reviews: one that was held, one that is planned or asked for, a concern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseapp.form import AnyOf, Choice, Date, Field, Filled, Text
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import review_rules as rules
from caseapp.looked_after.new_rows import NewConcern, NewReview, NewReviewAsked
from ui.care_dialog import CareDialog
from ui.row_dialog import Opened

if TYPE_CHECKING:
    from ui.desk import Desk

_EARLY = AnyOf("reason", tuple(code for code, _ in rules.reasons()))


class ReviewDialog(CareDialog):
    """A review that was held. A signed record of it fills this in by itself."""

    kind = NewReview
    thing = "a review that was held"
    hint = "Decisions go out within five working days, the full record within fifteen."
    needed = ("held_on", "participation")

    def __init__(
        self,
        desk: Desk,
        child_id: UUID,
        opened: Opened[Any] | None = None,
        parent: QWidget | None = None,
        officer: str = "",
        planned: NewReviewAsked | None = None,
    ) -> None:
        self._officer, self._planned = officer, planned
        super().__init__(desk, child_id, opened, parent)

    def fields(self) -> Sequence[Field]:
        """Return when, how the child took part, who chaired, and what was sent when."""
        return (
            Date("held_on", "Held on", past=True, half=True),
            Text("place", "Place", half=True),
            Choice("participation", "How the child took part", options=lists.PARTICIPATION,
                   help="PN0 only under four; PN1 to PN7 from the fourth birthday on"),
            Text("chair", "Chair (reviewing officer)", half=True),
            Date("spoke_on", "Reviewing officer spoke with the child on", past=True, half=True),
            Choice("reason", "If it was held early, why", options=rules.reasons()),
            Date("decisions_sent_on", "Decisions sent on", past=True, half=True),
            Date("record_sent_on", "Full record sent on", past=True, half=True),
        )  # fmt: skip

    def start(self, today: date) -> Mapping[str, Any]:
        """Return the day and place that were planned, else today, and the reviewing officer."""
        planned_on = self._planned.planned_on if self._planned else None
        held_on = planned_on if planned_on and planned_on <= today else today
        place = self._planned.place if self._planned else ""
        return {"held_on": held_on.isoformat(), "place": place or None, "chair": self._officer or None}


class ReviewAskedDialog(CareDialog):
    """A review to be held: planned for a day, or asked for early."""

    kind = NewReviewAsked
    thing = "a review to be held"
    hint = "An early one is due as soon as possible, until it is held or the reviewing officer calls it off."
    needed = ("reason", "asked_on", "called_off_because")

    def fields(self) -> Sequence[Field]:
        """Return why, for when, and what was prepared."""
        planned = ((rules.TIMETABLE, "The timetable’s next review, planned for a day"), *rules.reasons())
        told = (
            Choice("reason", "Why", options=planned),
            Date("asked_on", "Asked for or planned on", past=True, half=True),
            Date("planned_on", "Review planned for", half=True),
            Text("place", "Place"),
            Date("invited_on", "Invitations sent on", past=True, half=True,
                 help="Ten working days before the review"),
            Date("report_on", "Social worker’s report sent on", past=True, half=True,
                 help="Three working days before the review"),
            Text("words", "What asks for it", lines=2, when=_EARLY),
        )  # fmt: skip
        if self.opened is None:
            return told
        return (
            *told,
            Date("cancelled_on", "Called off by the reviewing officer on", past=True, half=True),
            Text("called_off_because", "Why it was called off", lines=2, when=Filled("cancelled_on")),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return today."""
        return {"asked_on": today.isoformat()}

    def answers_of(self, given: NewReviewAsked) -> Mapping[str, Any]:
        """Return a review to be held as answers; the reason of calling it off is the last of its words."""
        answers = dict(super().answers_of(given))
        said, parted, because = given.words.rpartition(_CALLED_OFF)
        if given.cancelled_on and parted:
            answers |= {"words": said.strip() or None, "called_off_because": because}
        return answers

    def typed(self) -> dict[str, Any]:
        """Return the answers, with why it was called off."""
        found = super().typed()
        if because := self.form.text("called_off_because") if self.opened else "":
            found["words"] = f"{found['words']}\n{_CALLED_OFF}{because}".strip()
        return found


_CALLED_OFF = "Called off: "


class ConcernDialog(CareDialog):
    """A concern of the reviewing officer's, from a talk with the worker up to Cafcass."""

    kind = NewConcern
    thing = "a concern"
    hint = "Raised by the reviewing officer: first informally, then step by step."
    needed = ("raised_on", "level", "concern")

    def fields(self) -> Sequence[Field]:
        """Return what it is, how far it went, and what came of it."""
        return (
            Text("concern", "Concern", lines=3),
            Date("raised_on", "Raised on", past=True, half=True),
            Text("raised_with", "With whom", half=True),
            Choice("level", "How far", options=lists.CONCERN_LEVELS),
            Date("resolved_on", "Resolved on", past=True, half=True),
            Text("outcome", "What came of it", lines=2),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return today."""
        return {"raised_on": today.isoformat()}
