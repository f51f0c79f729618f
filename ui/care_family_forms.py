"""The dialogs of family time: what is arranged with somebody, and one time that was held or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from caseapp.form import AnyOf, Choice, Date, Field, Options, Text
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import family_time
from caseapp.looked_after import new_rows as new
from ui.care_dialog import CareDialog

_HELD: Final = AnyOf("kind", lists.NOT_REFUSED)
_BASIS: Final[Options] = (("yes", "An order of the court"), ("no", "An agreement"))


class FamilyTimeDialog(CareDialog):
    """What is arranged for the child to see or hear from somebody; or that it is refused for a while."""

    kind = new.NewFamilyTime
    thing = "family time"
    hint = "Refusing it for more than seven days needs an order of the court (Children Act 1989 s34(6))."
    needed = ("person", "kind", "from_on", "by_order")

    def fields(self) -> Sequence[Field]:
        """Return with whom, how, how often, where, by what right, and what makes it safe."""
        return (
            Text("person", "With whom", half=True),
            Text("relationship", "Relationship", half=True),
            Choice("kind", "How", options=lists.TIME_KINDS, half=True),
            Choice("by_order", "It rests on", options=_BASIS, half=True),
            Text("often", "How often, how long", half=True, when=_HELD),
            Text("place", "Where", half=True, when=_HELD),
            Text("supervised_by", "Who supervises or helps", when=AnyOf("kind", ("supervised", "supported"))),
            Date("from_on", "From", half=True),
            Date("until_on", "Until", half=True, help="Leave it open while it goes on"),
            Text("risks", "Risks, and what makes it safe", lines=2),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return from today on."""
        return {"from_on": today.isoformat()}


class TimeHeldDialog(CareDialog):
    """One time of an arrangement, and how it went."""

    kind = new.NewTimeHeld
    thing = "how a time went"
    hint = "Times that did not come about are written down too: they are part of the share that was held."
    needed = ("happened_on", "outcome")
    within_field = "family_time_id"

    def fields(self) -> Sequence[Field]:
        """Return when, how it went, and what the child said."""
        return (
            Date("happened_on", "On", past=True, half=True),
            Choice("outcome", "How it went", options=tuple(family_time.OUTCOMES.items()), half=True),
            Text("child_view", "What the child said about it", lines=2, quote=True),
            Text("words", "What was seen, or why it was not held", lines=3),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return a time that was held today."""
        return {"happened_on": today.isoformat(), "outcome": "held"}
