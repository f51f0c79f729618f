"""Stars and licences: which stars of other owners may be used, until when, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import star_licences, star_packs, words
from caseapp.form import Choice, Date, Field, Number, Text
from caseapp.star_licences import Licence, NewLicence, Trained
from caseapp.star_packs import Pack, PackRow
from caseapp.work import Problem
from ui import file_dialogs
from ui.chips import Chip
from ui.desk import Desk
from ui.jotting import Place
from ui.parts import Banner, Card, ElidedLabel, Muted, Rule, icon_button, plain
from ui.record_parts import clear, row
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session

CHIPS: Final = {
    "open": ("Open", "success", "unlock"),
    "locked": ("Locked", "neutral", "lock"),
    "expired": ("Expired", "alert", ""),
    "not_yet": ("Begins later", "due_soon", ""),
}
"""Word, meaning and icon of how a star stands."""
_SHOWN_TRAINED: Final = 6
_WORKER: Final = Text("name", "Worker's full name", half=True)
_TRAINED_ON: Final = Date("on", "Trained on", past=True, half=True)
_NEEDED: Final = (
    "owner", "organisation", "number", "valid_from", "valid_until", "approval", "approved_on",
)  # fmt: skip


def licence_fields(owners: Sequence[str]) -> tuple[Field, ...]:
    """Return what is asked about a licence."""
    return (
        Choice("owner", "Owner of the stars", options=tuple((each, each) for each in owners)),
        Text("organisation", "Licensed organisation", half=True),
        Text("number", "Licence number", half=True),
        Date("valid_from", "Valid from", half=True),
        Date("valid_until", "Valid until", half=True),
        Text("approval", "Owner's approval, its reference", half=True),
        Date("approved_on", "Approved on", past=True, half=True),
        Number("users", "Number of users, if it names one", low=1, high=star_licences.MOST_USERS, half=True),
    )


class StarsCard(Card):
    """The packs with how they stand, the licences, and what an administrator does about them."""

    changed = Signal()
    """Another star may be open now, or locked."""

    def __init__(self, desk: Desk) -> None:
        self._record = QPushButton("Record a licence…")
        self._record.setAccessibleName("Record a licence")
        self._import = QPushButton("Import a pack…")
        self._import.setAccessibleName("Import a pack")
        super().__init__("Stars and licences", row(self._record, self._import))
        self._desk = desk
        self._owners: tuple[str, ...] = ()
        self._record.clicked.connect(self.begin)
        self._import.clicked.connect(self._ask_file)
        self._said = Banner("", "success")
        self._said.hide()
        self.form: InlineForm | None = None
        self._room, self._packs, self._licences = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (self._packs, self._licences):
            column.setSpacing(6)
        self.body.addWidget(
            Muted(
                "Stars of other owners are locked until their licence, and the owner's approval of this "
                "system, are on record. Only their areas and points are kept here; our own wheels are free."
            )
        )
        self.body.addWidget(self._said)
        for layout in (self._room, self._packs, self._licences):
            self.body.addLayout(layout)
        self._read()

    def _read(self) -> None:
        self._desk.run(self, _both, self._show)

    def _show(self, found: tuple[list[PackRow], list[Licence]]) -> None:
        rows, licences = found
        self._owners = tuple(dict.fromkeys(each.pack.owner for each in rows if each.pack.licence_required))
        clear(self._packs)
        by_owner = sorted(rows, key=lambda each: (each.pack.owner, each.words))
        for (owner, said), group in groupby(by_owner, key=lambda each: (each.pack.owner, each.words)):
            self._packs.addWidget(plain(owner, "label"))
            self._packs.addWidget(Muted(said))
            self._packs.addLayout(_grid(list(group)))
        clear(self._licences)
        for licence in licences:
            self._licences.addWidget(Rule())
            self._licences.addLayout(self._licence(licence))

    def _licence(self, licence: Licence) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(plain(f"Licence {licence.number}, {licence.organisation}", "label"))
        lines = _licence_lines(licence)
        for line in lines:
            told.addWidget(Muted(line))
        beside = QHBoxLayout()
        beside.addLayout(told, 1)
        beside.addWidget(self._more(licence), 0, Qt.AlignmentFlag.AlignTop)
        return beside

    def _more(self, licence: Licence) -> QWidget:
        button = icon_button("more", f"More about licence {licence.number}")
        menu = QMenu(button)
        menu.addAction("Name a trained worker…", partial(self.begin_trained, licence))
        menu.addAction("Withdraw…", partial(self.begin_withdrawal, licence))
        button.setMenu(menu)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)
        return button

    def begin(self) -> None:
        """Show the questions about a licence."""
        form = SmallForm(licence_fields(self._owners), self._desk.today, _NEEDED)
        if len(self._owners) == 1:
            form.set_answers({"owner": self._owners[0]})
        self._ask(InlineForm("A licence", form, "Record it"), self.record)

    def record(self) -> None:
        """Put the licence that is described on record."""
        if self.form is None:
            return
        answers = self.form.form.answers()
        days = {key: self.form.form.day(key) for key in ("valid_from", "valid_until", "approved_on")}
        told = {key: str(answers[key] or "") for key in ("owner", "organisation", "number", "approval")}
        new = NewLicence(**told, **days, users=answers["users"])  # type: ignore[arg-type]  # checked by the form
        self._save(
            lambda session: star_licences.record(session, new),
            f"Licence {new.number} is on record. It opens the stars of {new.owner} while it is in force.",
        )

    def begin_trained(self, licence: Licence) -> None:
        """Ask who was trained, and when."""
        form = SmallForm((_WORKER, _TRAINED_ON), self._desk.today, ("name", "on"))
        title = f"A worker trained for the stars of {licence.owner}"
        self._ask(InlineForm(title, form, "Add worker"), partial(self.add_trained, licence))

    def add_trained(self, licence: Licence) -> None:
        """Name the worker as trained."""
        day = self.form.form.day("on") if self.form else None
        if self.form is None or day is None:
            return
        worker = Trained(self.form.form.text("name"), day)
        self._save(
            lambda session: star_licences.name_trained(session, licence.id, worker),
            f"{worker.name} is named as trained on {words.day(day)}.",
        )

    def begin_withdrawal(self, licence: Licence) -> None:
        """Ask why a licence is taken off the record."""
        form = SmallForm((Text("reason", "Why it is taken off the record"),), self._desk.today, ("reason",))
        title = f"Withdraw licence {licence.number}"
        self._ask(InlineForm(title, form, "Withdraw it"), partial(self.withdraw, licence))

    def withdraw(self, licence: Licence) -> None:
        """Take a licence off the record."""
        if self.form is None:
            return
        reason = self.form.form.text("reason")
        self._save(
            lambda session: star_licences.withdraw(session, licence.id, reason),
            f"Licence {licence.number} is taken off the record. Readings stay as they are.",
        )

    def _ask(self, form: InlineForm, then: Callable[[], None]) -> None:
        self._clear_room()
        self.form = form
        form.keep_typing(self._desk, Place())
        form.saved.connect(then)
        form.cancelled.connect(self._clear_room)
        self._room.addWidget(form)
        self._record.setEnabled(False)
        form.focus_first()

    def _save(self, work: Callable[[Session], object], done: str) -> None:
        self._desk.record(self, work, partial(self._saved, done), self._refused)

    def _saved(self, done: str, _result: object) -> None:
        self._clear_room()
        self._say(done, "success")
        self._read()
        self.changed.emit()

    def _refused(self, problem: Problem) -> None:
        if self.form is not None:
            self.form.show_words(problem.words)
        else:
            self._say(problem.words, "alert")

    def _ask_file(self) -> None:
        dialog = file_dialogs.to_open(self, "Import a pack", "Star packs (*.json)")
        dialog.fileSelected.connect(self.import_pack)
        dialog.open()

    def import_pack(self, chosen: str) -> None:
        """Bring a pack in from a file; a bad one is refused in words."""
        self._clear_room()
        path = Path(chosen)
        self._desk.run_in_order(
            self, lambda session: star_packs.add_pack(session, path), self._imported, self._refused
        )

    def _imported(self, pack: Pack) -> None:
        self._say(f"{pack.title}, edition {pack.edition}, is here: {len(pack.areas)} areas.", "success")
        self._read()
        self.changed.emit()

    def _clear_room(self) -> None:
        had_keyboard = self.form is not None and self.form.isAncestorOf(self.focusWidget() or self)
        clear(self._room)
        self.form = None
        self._record.setEnabled(True)
        self._said.hide()
        if had_keyboard:
            self._record.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


def _both(session: Session) -> tuple[list[PackRow], list[Licence]]:
    return star_packs.pack_rows(session), star_licences.licences(session)


def _grid(rows: list[PackRow]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 2, 0, 10)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for number, each in enumerate(rows):
        pack = each.pack
        title = f"{pack.title} (your own)" if each.is_own else pack.title
        facts = f"edition {pack.edition}, {len(pack.areas)} areas, {pack.low} to {pack.high}"
        label = ElidedLabel(title)
        label.setMinimumWidth(150)
        grid.addWidget(label, number, 0)
        grid.addWidget(plain(facts, "small"), number, 1)
        chip = Chip(*CHIPS[each.state])
        chip.setAccessibleName(f"{title}: {CHIPS[each.state][0]}")
        grid.addWidget(chip, number, 2, Qt.AlignmentFlag.AlignRight)
    return grid


def _licence_lines(licence: Licence) -> list[str]:
    users = f", {words.count(licence.users, 'user')}" if licence.users else ""
    shown = [f"{each.name} ({words.day(each.on)})" for each in licence.trained[:_SHOWN_TRAINED]]
    more = len(licence.trained) - len(shown)
    trained = ", ".join([*shown, *([f"and {more} more"] if more else [])])
    lines = [
        f"{words.day(licence.valid_from)} to {words.day(licence.valid_until)}{users}. "
        f"Approval {licence.approval} of {words.day(licence.approved_on)}.",
        f"Trained: {trained}." if trained else "No worker is named as trained yet.",
    ]
    if licence.users and len(licence.trained) > licence.users:
        lines.append(f"More workers are named than the licence has users: {len(licence.trained)}.")
    return lines
