"""The dialogs of contacts: taking one, rating, asking an agency, deciding, telling the referrer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp import words
from caseapp.children import NewChild
from caseapp.form import YES_NO, Choice, Choices, Date, Field, Filled, Is, Rows, Text, filled_rows
from caseapp.front_door import contacts, lists
from caseapp.front_door.new_rows import ContactDecision, NewCheck, NewContact
from caseapp.front_door.opened import CheckRow, OpenContact
from caseapp.looked_after.missing_rules import TIME_HELP, TimeOfDay, moment_of
from caseapp.work import utc_now
from ui import row_fields  # noqa: F401  # rows have an editor once it is loaded
from ui.form_dialog import FormDialog, Work
from ui.jotting import Place
from ui.parts import icon_button, plain
from ui.people_forms import find_children
from ui.picker import Chooser, Found, Picker
from ui.record_parts import clear, row
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_UNKNOWN: Final = Rows(
    "unknown", "Children not on file yet", row="child",
    fields=(
        Text("given", "Given names", half=True), Text("family", "Family name", half=True),
        Date("born_on", "Date of birth", past=True, half=True),
        Date("due_on", "Not born yet: due on", half=True),
    ),
)  # fmt: skip


def now_answers(desk: Desk, day: str, time: str) -> dict[str, Any]:
    """Return the answers for this moment on the desk's day."""
    return {day: desk.today.isoformat(), time: f"{utc_now().astimezone(words.LONDON):%H:%M}"}


def moment_answers(at: datetime | None, day: str, time: str) -> dict[str, Any]:
    """Return the answers for a moment."""
    here = at.astimezone(words.LONDON) if at else None
    return {day: here.date().isoformat(), time: f"{here:%H:%M}"} if here else {}


def moment_fields(day: str, time: str, label: str, **more: Any) -> tuple[Field, Field]:
    """Return the questions for a day and its time."""
    name = label[:1].lower() + label[1:]
    return (
        Date(day, f"{label} on", past=True, half=True, **more),
        TimeOfDay(time, f"Time ({name})", half=True, help=TIME_HELP, when=Filled(day)),
    )


def moment_typed(form: SmallForm, day: str, time: str) -> datetime | None:
    """Return the moment that was typed."""
    return moment_of(form.day(day), form.text(time))


def _contact_fields(day: date) -> tuple[Field, ...]:
    needs = tuple((each.code, each.words) for each in lists.NEEDS if each.code != "N0")
    return (
        *moment_fields("received_on", "received_time", "Received"),
        Choice("source", "Who got in touch", options=lists.options(lists.SOURCES, day), half=True),
        Choice("method", "How", options=lists.METHODS, half=True),
        Text("source_name", "Name", half=True),
        Text("agency", "Agency", half=True),
        Text("reason", "Why they got in touch", lines=3),
        Choices("needs", "What they worry about", options=needs),
        Choice("rating", "How urgent", options=lists.RATINGS, half=True),
        Choice("immediate_risk", "At risk now?", options=YES_NO, half=True),
        Choice("child_aware", "Does the child know?", options=YES_NO, half=True),
        Choice("parent_aware", "Does a parent know?", options=YES_NO, half=True),
        Choice("consent", "Consent to ask other agencies", options=lists.CONSENTS, half=True),
        Text("consent_because", "Why it is dispensed with", lines=2, when=Is("consent", "dispensed")),
    )


_NEEDED: Final = ("received_on", "received_time", "source", "reason", "rating", "consent_because")


def _typed_contact(form: SmallForm, rating: str) -> NewContact:
    answers = form.answers()
    knows = {"yes": True, "no": False}
    return NewContact(
        moment_typed(form, "received_on", "received_time") or utc_now(),
        form.text("source"), form.text("reason"), form.text("method"), form.text("source_name"),
        form.text("agency"), form.codes("needs"), answers["immediate_risk"] == "yes",
        knows.get(form.text("child_aware")), knows.get(form.text("parent_aware")), form.text("consent"),
        form.text("consent_because"), rating,
    )  # fmt: skip


def _contact_answers(given: NewContact) -> dict[str, Any]:
    yes = {True: "yes", False: "no", None: None}
    said = {key: value or None for key, value in asdict(given).items() if key != "received_at"}
    return {
        **said, "needs": list(given.needs), "immediate_risk": yes[given.immediate_risk],
        "child_aware": yes[given.child_aware], "parent_aware": yes[given.parent_aware],
        **moment_answers(given.received_at, "received_on", "received_time"),
    }  # fmt: skip


class WhoIsIt(Chooser):
    """The children a contact is about: found by a few letters, listed below, taken away again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: dict[UUID, str] = {}
        self.picker = Picker(desk, "About which child on file", find_children)
        self.picker.picked.connect(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picker)
        layout.addLayout(self._list)
        self.front = self.picker

    def written(self) -> list[list[str]] | None:
        """Return the id of each child, and how they are told of."""
        return [[str(child_id), said] for child_id, said in self.chosen.items()] or None

    def bring_back(self, written: list[list[str]] | None) -> None:
        """List these children."""
        self.chosen = {UUID(child_id): said for child_id, said in written or ()}
        self._show()

    def _add(self, found: Found) -> None:
        if found.id is not None:
            self.chosen[found.id] = f"{found.text}, {found.detail}"
            self._show()
            self.changed.emit()

    def _take_away(self, child_id: UUID) -> None:
        del self.chosen[child_id]
        self._show()
        self.changed.emit()
        self.picker.focus()

    def _show(self) -> None:
        clear(self._list)
        for child_id, said in self.chosen.items():
            away = icon_button("close", f"Take away: {said}")
            away.clicked.connect(partial(self._take_away, child_id))
            self._list.addWidget(row(plain(said), away))


class TakeContactDialog(FormDialog):
    """Takes a contact about one child or several, on file or not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        hint = "One contact may be about several children. Add brothers and sisters one after the other."
        form = SmallForm((_UNKNOWN, *_contact_fields(desk.today)), desk.today, _NEEDED)
        answers = {**now_answers(desk, "received_on", "received_time"), "rating": "none"}
        self.who = WhoIsIt(desk)
        super().__init__(desk, "Take a contact", hint, form, answers, "Record the contact", parent)
        self.resize(760, 680)

    def beside(self) -> Sequence[Chooser]:
        """Return whom it is about."""
        return (self.who,)

    def work(self) -> Work:
        """Return the taking."""
        unknown = [
            NewChild(
                str(each.get("given") or ""), str(each.get("family") or ""),
                words.stored_day(each.get("born_on")), words.stored_day(each.get("due_on")),
            )
            for each in filled_rows(self.form.answers()["unknown"])
        ]  # fmt: skip
        return partial(
            _take, list(self.who.chosen), _typed_contact(self.form, self.form.text("rating")), unknown
        )


def _take(
    child_ids: Sequence[UUID], new: NewContact, unknown: Sequence[NewChild], session: Session
) -> list[UUID]:
    return contacts.take(session, child_ids, new, unknown)


class ChangeContactDialog(FormDialog):
    """Puts a contact right before it is decided."""

    def __init__(self, desk: Desk, opened: OpenContact, parent: QWidget | None = None) -> None:
        self._opened_contact = opened
        fields = [each for each in _contact_fields(desk.today) if each.key != "rating"]
        form = SmallForm(fields, desk.today, [each for each in _NEEDED if each != "rating"])
        hint = "It changes in the file of each child it is about."
        answers = _contact_answers(opened.given)
        super().__init__(desk, "Change the contact", hint, form, answers, "Save", parent)

    def written_about(self) -> Place:
        """Return the child and the contact."""
        return Place(self._opened_contact.child_id, self._opened_contact.id, True)

    def work(self) -> Work:
        """Return the change; the rating stays."""
        opened = self._opened_contact
        new = _typed_contact(self.form, opened.given.rating)
        return partial(_change, opened.id, opened.version, new)


def _change(contact_id: UUID, version: int, new: NewContact, session: Session) -> None:
    contacts.change(session, contact_id, version, new)


class RateDialog(FormDialog):
    """Rates a contact anew, with the reason."""

    def __init__(self, desk: Desk, opened: OpenContact, parent: QWidget | None = None) -> None:
        self._opened_contact = opened
        fields = (
            Choice("rating", "How urgent", options=lists.RATINGS),
            Text("because", "What makes it more or less urgent", lines=2),
        )
        form = SmallForm(fields, desk.today, ("rating", "because"))
        hint = "The rating before stays in the history, with this reason."
        answers = {"rating": opened.given.rating}
        super().__init__(desk, "Rate anew", hint, form, answers, "Save the rating", parent)
        self.resize(620, 420)

    def written_about(self) -> Place:
        """Return the child and the contact."""
        return Place(self._opened_contact.child_id, self._opened_contact.id)

    def work(self) -> Work:
        """Return the rating."""
        opened = self._opened_contact
        return partial(_rate, opened.id, opened.version, self.form.text("rating"), self.form.text("because"))


def _rate(contact_id: UUID, version: int, rating: str, because: str, session: Session) -> None:
    contacts.rate(session, contact_id, version, rating, because)


class CheckDialog(FormDialog):
    """What an agency was asked, and what it said."""

    def __init__(
        self, desk: Desk, contact_id: UUID, check: CheckRow | None = None, parent: QWidget | None = None
    ) -> None:
        self._contact_id, self._check = contact_id, check
        answered = Filled("answered_on")
        fields = (
            Text("agency", "Which agency", half=True),
            *moment_fields("asked_on", "asked_time", "Asked"),
            *moment_fields("answered_on", "answered_time", "Answered"),
            Choice("result", "What it said", options=lists.CHECK_RESULTS, when=answered),
            Text("words", "In short, or why it declined", lines=3, when=answered),
        )
        needed = ("agency", "asked_on", "asked_time", "answered_time", "result")
        form = SmallForm(fields, desk.today, needed)
        title = f"Answer of {check.agency}" if check else "Ask an agency"
        hint = "Leave the answer open until it comes."
        super().__init__(desk, title, hint, form, self._start(desk, check), "Save", parent)

    def written_about(self) -> Place:
        """Return the check, or the contact that it is made for."""
        row = self._check.id if self._check else self._contact_id
        return Place(row=row, is_change=self._check is not None)

    def _start(self, desk: Desk, check: CheckRow | None) -> Mapping[str, Any]:
        if check is None:
            return now_answers(desk, "asked_on", "asked_time")
        answers = {"agency": check.agency, "result": check.result or None, "words": check.words or None}
        if check.answered_at is None:
            answers |= now_answers(desk, "answered_on", "answered_time")
        return {
            **answers,
            **moment_answers(check.asked_at, "asked_on", "asked_time"),
            **moment_answers(check.answered_at, "answered_on", "answered_time"),
        }

    def work(self) -> Work:
        """Return the asking, or the answer."""
        form = self.form
        asked_at = moment_typed(form, "asked_on", "asked_time") or utc_now()
        answered_at = moment_typed(form, "answered_on", "answered_time")
        new = NewCheck(
            self._contact_id, form.text("agency"), asked_at, answered_at, form.text("result"),
            form.text("words"),
        )  # fmt: skip
        return partial(_keep_check, self._check, new)


def _keep_check(check: CheckRow | None, new: NewCheck, session: Session) -> None:
    if check is None:
        contacts.add_check(session, new)
    else:
        contacts.change_check(session, check.id, check.version, new)


class DuplicateDialog(FormDialog):
    """Says which contact this one repeats."""

    def __init__(self, desk: Desk, opened: OpenContact, parent: QWidget | None = None) -> None:
        self._opened_contact = opened
        options = tuple((str(row_id), said) for row_id, said in opened.earlier)
        form = SmallForm((Choice("of", "It repeats", options=options),), desk.today, ("of",))
        hint = "A duplicate needs no decision, and counts in no figure. The other one goes on."
        super().__init__(desk, "It repeats another contact", hint, form, {}, "Mark as a duplicate", parent)
        self.resize(620, 360)

    def written_about(self) -> Place:
        """Return the child and the contact."""
        return Place(self._opened_contact.child_id, self._opened_contact.id)

    def work(self) -> Work:
        """Return the marking."""
        opened = self._opened_contact
        return partial(_mark, opened.id, opened.version, UUID(self.form.text("of")))


def _mark(contact_id: UUID, version: int, of_id: UUID, session: Session) -> None:
    contacts.mark_duplicate(session, contact_id, version, of_id)


class DecideContactDialog(FormDialog):
    """A manager's decision: for each child of the contact, or some of them."""

    def __init__(self, desk: Desk, opened: OpenContact, parent: QWidget | None = None) -> None:
        self._opened_contact = opened
        self._files = {str(each.id): each for each in opened.files if not each.is_decided}
        whom = tuple((key, each.child) for key, each in self._files.items())
        many: tuple[Field, ...] = (Choices("whom", "For", options=whom),) if len(whom) > 1 else ()
        is_open = [each.child for each in self._files.values() if each.is_open_case]
        fields = (
            *many,
            *moment_fields("decided_on", "decided_time", "Decided"),
            Choices("outcomes", "What comes of it", options=lists.CONTACT_OUTCOMES),
            Text("because", "Why", lines=3),
            Text("destination", "Where in early help or elsewhere it goes"),
            *moment_fields("told_on", "told_time", "Referrer told"),
        )
        needed = ("whom", "decided_on", "decided_time", "outcomes", "because", "told_time")
        hint = "A new referral, or early help, begins with the decision."
        if is_open:
            verb = "has" if len(is_open) == 1 else "have"
            hint = f"{words.listed(is_open)} {verb} an open case: choose “Passed to the open case”."
        answers = {
            "whom": list(self._files),
            **now_answers(desk, "decided_on", "decided_time"),
        }
        form = SmallForm(fields, desk.today, needed)
        super().__init__(desk, "Decide on the contact", hint, form, answers, "Record the decision", parent)
        self.resize(720, 680)

    def written_about(self) -> Place:
        """Return the child and the contact."""
        return Place(self._opened_contact.child_id, self._opened_contact.id)

    def work(self) -> Work:
        """Return the decision."""
        form = self.form
        chosen = form.codes("whom") if len(self._files) > 1 else tuple(self._files)
        opened = {self._files[key].id: self._files[key].version for key in chosen}
        decision = ContactDecision(
            moment_typed(form, "decided_on", "decided_time") or utc_now(), form.codes("outcomes"),
            form.text("because"), form.text("destination"), moment_typed(form, "told_on", "told_time"),
        )  # fmt: skip
        return partial(_decide, opened, decision)


def _decide(opened: Mapping[UUID, int], decision: ContactDecision, session: Session) -> None:
    contacts.decide(session, opened, decision)


class ToldDialog(FormDialog):
    """Notes when the referrer was told; `tell` is the use case of a contact or referral."""

    def __init__(
        self, desk: Desk, row_id: UUID, version: int, tell: Any, parent: QWidget | None = None
    ) -> None:
        self._row, self._tell = (row_id, version), tell
        form = SmallForm(moment_fields("told_on", "told_time", "Told"), desk.today, ("told_on", "told_time"))
        hint = "What came of it, as far as they may know."
        answers = now_answers(desk, "told_on", "told_time")
        super().__init__(desk, "The referrer was told", hint, form, answers, "Save", parent)
        self.resize(620, 360)

    def written_about(self) -> Place:
        """Return the contact or the referral."""
        return Place(row=self._row[0])

    def work(self) -> Work:
        """Return the telling."""
        told_at = moment_typed(self.form, "told_on", "told_time") or utc_now()
        return partial(_told, self._tell, *self._row, told_at)


def _told(tell: Any, row_id: UUID, version: int, told_at: datetime, session: Session) -> None:
    tell(session, row_id, version, told_at)
