"""The dialogs of the Pathway tab for rows: home, activity, being in touch, money, what rights depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from caseapp import codes
from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Is, Money, Options, Text
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway import homes, records, standing
from caseapp.pathway.new_rows import NewActivity, NewHome, NewInTouch, NewLeavingEvent, NewMoney
from ui.form_dialog import Work
from ui.row_dialog import RowDialog

if TYPE_CHECKING:
    from caseapp.work import Session

_JUDGED: Final = tuple(code for code in lists.JUDGED if code not in records.NEVER_SUITABLE)
_TICKED: Final = "yes"
_LASTING: Final = ("settled_home", "detained", "education", "education_asked", "adviser_asked",
                   "special_guardianship")  # fmt: skip
_REFUSED: Final = Is("code", "REFU")
HOW: Final[Options] = tuple(
    (said, said) for said in ("Visit", *codes.METHODS.values(), "Through somebody else")
)


class PathwayDialog(RowDialog[Any]):
    """Adds a row of leaving care, changes it, or takes one off the record that was entered by mistake."""

    def work(self) -> Work:
        """Return the adding, the change, or the taking off the record."""
        opened = self.opened
        if opened and self.form.codes("wrong"):
            kind, because = type(opened.given), self.form.text("wrong_because")
            return partial(_remove, kind, opened.id, opened.version, because)
        if opened:
            return partial(_change, opened.id, opened.version, self.new())
        return self.adding()

    def adding(self) -> Work:
        """Return the adding of a new row."""
        return partial(_add, self.child_id, self.new())

    def _day(self, key: str) -> date:
        return self.form.day(key) or self.form.today


def _add(child_id: UUID, new: Any, session: Session) -> UUID:
    return records.add(session, child_id, new)


def _change(row_id: UUID, version: int, new: Any, session: Session) -> None:
    records.change(session, row_id, version, new)


def _remove(kind: type[Any], row_id: UUID, version: int, reason: str, session: Session) -> None:
    records.remove(session, kind, row_id, version, reason)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


class HomeDialog(PathwayDialog):
    """Where the young person lives, from a day on."""

    thing = "a home"
    hint = "A new home ends the one before it on the same day. The code of the return is worked out."
    needed = ("kind", "from_on")

    def fields(self) -> Sequence[Field]:
        """Return kind, dates, how suitable it is and why, and whose it is."""
        judged = AnyOf("kind", _JUDGED)
        not_shown = ((_TICKED, "Withheld: never shown or printed"),)
        return (
            Choice("kind", "Kind of place", options=tuple(homes.HOME_WORDS.items())),
            Date("from_on", "Lives there since", past=True, half=True),
            Date("until_on", "Until", past=True, half=True, help="Leave it open while it lasts."),
            Choice(
                "provided", "Does the authority provide it?", options=YES_NO, half=True,
                help="Yes starts the adviser's visits: 7 days, then every two months.",
            ),
            Choice(
                "suitable", "Is it suitable: safe, secure and affordable?", options=YES_NO, when=judged,
                half=True,
            ),
            Text("because", "Why it is suitable or not", lines=2),
            Text("landlord", "Landlord or provider", half=True),
            Choice("tenancy", "Kind of tenancy", options=lists.TENANCIES, half=True),
            Text("lines", "Address", lines=2),
            Choices("withheld", "Address", options=not_shown),
        )  # fmt: skip

    def answers_of(self, given: NewHome) -> Mapping[str, Any]:
        """Return a home as answers."""
        told = {"suitable": _yes_no(given.suitable), "provided": _yes_no(given.provided)}
        return {**super().answers_of(given), **told, "withheld": [_TICKED] if given.withheld else []}

    def new(self) -> NewHome:
        """Return the home as it was typed."""
        form = self.form
        kind, judged = form.text("kind"), form.text("suitable")
        suitable = False if kind in records.NEVER_SUITABLE else judged == "yes" if judged else None
        return NewHome(
            kind,
            self._day("from_on"),
            form.day("until_on"),
            suitable,
            form.text("because"),
            form.text("provided") == "yes",
            form.text("lines"),
            bool(form.codes("withheld")),
            form.text("landlord"),
            form.text("tenancy"),
        )


class ActivityDialog(PathwayDialog):
    """What the young person does, from a day on."""

    thing = "an activity"
    hint = "A new activity ends the one before it on the same day."
    needed = ("code", "from_on")

    def fields(self) -> Sequence[Field]:
        """Return what it is, dates and words."""
        return (
            Choice("code", "What they do", options=lists.ACTIVITY),
            Date("from_on", "Since", past=True, half=True),
            Date("until_on", "Until", past=True, half=True, help="Leave it open while it lasts."),
            Text("words", "Course, job, or what is in the way", lines=2),
        )

    def new(self) -> NewActivity:
        """Return the activity as it was typed."""
        form = self.form
        return NewActivity(form.text("code"), self._day("from_on"), form.day("until_on"), form.text("words"))


class InTouchDialog(PathwayDialog):
    """Whether we are in touch, from a day on."""

    thing = "whether we are in touch"
    hint = "It holds from this day on, until the next entry."
    needed = ("code", "happened_on")

    def fields(self) -> Sequence[Field]:
        """Return the answer, the day, how it is known, and who agreed to a refusal."""
        return (
            Choice("code", "Are we in touch?", options=lists.IN_TOUCH),
            Date("happened_on", "From", past=True, half=True),
            Choice("how", "How we know", options=HOW, half=True),
            Text("agreed_by", "Which manager agreed", when=_REFUSED, half=True),
            Date(
                "next_offer_on", "Next offer of support", when=_REFUSED, half=True,
                help="After six months; after a year where they refused in writing.",
            ),
            Text("words", "What was said, or tried", lines=2),
        )  # fmt: skip

    def start(self, today: date) -> Mapping[str, Any]:
        """Return today."""
        return {"happened_on": today.isoformat()}

    def new(self) -> NewInTouch:
        """Return the entry as it was typed."""
        form = self.form
        return NewInTouch(
            form.text("code"),
            self._day("happened_on"),
            form.text("how"),
            form.text("agreed_by"),
            form.day("next_offer_on"),
            form.text("words"),
        )


class MoneyDialog(PathwayDialog):
    """Something granted or spent of the setting-up-home allowance."""

    thing = "an entry of the setting-up-home allowance"
    hint = "Spending above what is left needs a reason."
    needed = ("kind", "happened_on", "pence", "what")

    def fields(self) -> Sequence[Field]:
        """Return what it is, the day, the sum and what for."""
        kinds = (("grant", "Granted"), ("spent", "Spent"))
        return (
            Choice("kind", "Granted or spent?", options=kinds, half=True),
            Date("happened_on", "On", past=True, half=True),
            Money("pence", "How much", half=True),
            Text("what", "What for", half=True),
            Text("approved_by", "Approved by", half=True),
            Text("because", "Why more than what is left", half=True, help="Only where it is."),
        )

    def start(self, today: date) -> Mapping[str, Any]:
        """Return something spent today."""
        return {"kind": "spent", "happened_on": today.isoformat()}

    def new(self) -> NewMoney:
        """Return the entry as it was typed."""
        form = self.form
        pence = form.answers()["pence"]
        return NewMoney(
            form.text("kind"),
            self._day("happened_on"),
            pence if isinstance(pence, int) else 0,
            form.text("what"),
            form.text("because"),
            form.text("approved_by"),
        )


class EventDialog(PathwayDialog):
    """Something that rights depend on beside care."""

    thing = "what rights depend on, an offer or a request"
    hint = "The category and what is owed follow from it by themselves."
    needed = ("kind", "from_on")

    def fields(self) -> Sequence[Field]:
        """Return what it is, dates and words."""
        return (
            Choice("kind", "What it is", options=tuple(standing.EVENT_WORDS.items())),
            Date("from_on", "From", past=True, half=True),
            Date(
                "until_on", "Until", past=True, half=True, when=AnyOf("kind", _LASTING),
                help="Leave it open while it lasts.",
            ),
            Text("words", "What is known of it", lines=2),
        )  # fmt: skip

    preset = ""
    """The kind that a new row begins with."""

    def start(self, today: date) -> Mapping[str, Any]:
        """Return the kind that is asked for, and today."""
        return {"kind": self.preset, "from_on": today.isoformat()} if self.preset else {}

    def new(self) -> NewLeavingEvent:
        """Return the event as it was typed."""
        form = self.form
        return NewLeavingEvent(
            form.text("kind"), self._day("from_on"), form.day("until_on"), form.text("words")
        )


class OfferDialog(EventDialog):
    """The yearly offer of support from 21 on was made."""

    preset = "offer_after_21"


class PreparedDialog(EventDialog):
    """An 18th, 21st or 25th birthday is prepared for: plan, home and adviser were looked at."""

    preset = "birthday_prepared"
