"""The PEP to the school and back: what goes out is shown before it goes, what comes in before it is taken."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import pep_exchange, pep_take_in, words
from caseapp.pep_exchange import Offer
from caseapp.pep_take_in import BOTH, THEIRS, Difference, Taken
from caseapp.work import Problem
from ui.asking import Asking
from ui.entry import PathField
from ui.parts import Card, Muted, Rule, Title, plain, primary
from ui.record_parts import Scroller, clear

if TYPE_CHECKING:
    from ui.desk import Desk

_PATTERN: Final = "Plan for a school (*.json);;All files (*)"
_WHAT_FOR: Final = (
    "The plan goes out as one JSON file: plain text that any editor opens, or that the school’s own system "
    "reads. The school types its answers into it where the file says so, and sends it back; it needs no "
    "caseapp. You then take it in with “Take in the school’s file …”. "
    "The file is not encrypted: send it in the way that your council allows."
)
_MOST_LETTERS: Final = 600  # of an answer that is shown beside another


class _FileDialog(QDialog):
    """A dialog about one file: the heading, what there is to see, the buttons."""

    def __init__(self, desk: Desk, title: str, hint: str, button: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._asking = Asking(desk)
        self.go_button = primary(button)
        self.go_button.setEnabled(False)
        self.close_button = QPushButton("Cancel")
        self.close_button.setAccessibleName("Cancel")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        head = QVBoxLayout(self._asking)
        head.setContentsMargins(24, 20, 24, 0)
        head.setSpacing(8)
        for widget in (Title(title), Muted(hint), self._asking.busy, self._asking.banner):
            head.addWidget(widget)
        self.top = QVBoxLayout()
        self.top.setContentsMargins(24, 0, 24, 0)
        scroller = Scroller()
        scroller.body.setContentsMargins(24, 4, 24, 8)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        scroller.body.addLayout(self.body)
        scroller.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._asking)
        layout.addLayout(self.top)
        layout.addWidget(scroller, 1)
        layout.addLayout(buttons)
        self.resize(760, 620)

    def said(self) -> str:
        """Return what was said last."""
        return self._asking.banner.text()

    def say(self, text: str, meaning: str) -> None:
        """Say how it went."""
        self._asking.banner.set_banner(text, meaning)
        self._asking.banner.show()

    def finish(self) -> None:
        """Leave one thing to do: close."""
        self.go_button.hide()
        self.close_button.setText("Close")
        self.close_button.setAccessibleName("Close")


class SendToSchool(_FileDialog):
    """Writes a plan as a file for the school. Open it with `open()`."""

    sent = Signal(str)
    """The file that was written."""

    def __init__(self, desk: Desk, revision_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Send to the school",
            _WHAT_FOR,
            "Save the file",
            parent,
        )
        self.go_button.setDefault(True)
        self._revision_id = revision_id
        self.file = PathField("File for the school", to_make=True, pattern=_PATTERN)
        label = plain("Save it as", "label")
        label.setBuddy(self.file)
        self.top.addWidget(label)
        self.top.addWidget(self.file)
        self.go_button.clicked.connect(self.save)
        self._asking.ask(
            "Looking at the plan…", partial(pep_exchange.offer, revision_id=revision_id), self._show
        )

    def _show(self, offer: Offer) -> None:
        self.file.set_path(Path.home() / offer.file_name)
        to_fill = [each.title for each in offer.parts if each.to_fill]
        to_read = [each.title for each in offer.parts if not each.to_fill]
        if to_fill:
            self.body.addWidget(_list_card("The school fills in", to_fill))
        reads = "It also reads facts of the record from" if to_fill else "The school reads"
        self.body.addWidget(_list_card(reads, to_read))
        if offer.left_out:
            self.body.addWidget(_list_card("Left out, though answered", list(offer.left_out)))
        self.go_button.setEnabled(True)
        self.file.setFocus()

    def save(self) -> None:
        """Write the file."""
        path = self.file.path()
        if path is None:
            self.say("Say where to save the file.", "warning")
            return
        if path.exists():
            self.say(f"{path.name} is there already. Nothing was written. Choose another name.", "warning")
            return
        self.go_button.setEnabled(False)
        self._asking.ask(
            "Writing the file…",
            partial(pep_exchange.export_pep, revision_id=self._revision_id),
            partial(self._write, path),
            self._failed,
        )

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            self.go_button.setEnabled(True)
            self.say(f"The file was not saved: {error.strerror}. Choose another place.", "alert")
            return
        self.finish()
        self.say(f"Saved as {path}. The file is not encrypted.", "success")
        self.sent.emit(str(path))

    def _failed(self, problem: Problem) -> None:
        self.go_button.setEnabled(True)
        self._asking.show_problem(problem)


class DifferenceCard(Card):
    """A question that was answered here and in the school: keep ours, take theirs, or keep both."""

    def __init__(self, difference: Difference) -> None:
        super().__init__(difference.label)
        self.key = difference.key
        self._group = QButtonGroup(self)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        for title, text in (("Here", difference.ours), ("From the school", difference.theirs)):
            columns.addLayout(_column(title, text), 1)
        self.body.addLayout(columns)
        choices = QHBoxLayout()
        choices.setSpacing(24)
        offered = [("", "Keep ours"), (THEIRS, "Take the school's")]
        offered += [(BOTH, "Keep both")] if difference.may_both else []
        self._buttons = {}
        for code, label in offered:
            button = QRadioButton(label)
            button.setAccessibleName(f"{difference.label}: {label}")
            button.setChecked(not code)
            self._group.addButton(button)
            self._buttons[code] = button
            choices.addWidget(button)
        choices.addStretch(1)
        self.body.addLayout(choices)

    def decide(self, code: str) -> None:
        """Choose: nothing keeps ours."""
        self._buttons[code].setChecked(True)

    def decided(self) -> str:
        """Return what was chosen."""
        return next(code for code, button in self._buttons.items() if button.isChecked())


class TakeInSchoolFile(_FileDialog):
    """Takes what the school wrote into the open draft. Open it with `open()`."""

    taken = Signal(object)
    """The version that changed."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "Take in the school's file",
            "What the school wrote goes into the open draft. What was answered here since it was sent stays, "
            "unless you decide otherwise below.",
            "Take in",
            parent,
        )
        self._child_id = child_id
        self._content = b""
        self.differences: list[DifferenceCard] = []
        self.file = PathField("The school's file", to_make=False, pattern=_PATTERN)
        self.file.edit.editingFinished.connect(self.look)
        self.file.edit.textChanged.connect(self._other_file)
        self._look_button = QPushButton("Look at it")
        self._look_button.setAccessibleName("Look at the school's file")
        self._look_button.setDefault(True)  # Enter in the line looks, and never takes in unseen
        self.go_button.setAutoDefault(False)
        self._look_button.clicked.connect(self.look)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.file, 1)
        line.addWidget(self._look_button)
        label = plain("The school's file", "label")
        label.setBuddy(self.file)
        self.top.addWidget(label)
        self.top.addLayout(line)
        self.go_button.clicked.connect(self.take)
        self.file.setFocus()

    def _other_file(self, _typed: str) -> None:
        self._content = b""
        self.go_button.setEnabled(False)

    def look(self) -> None:
        """Show what the file would bring; nothing is stored."""
        path = self.file.path()
        if path is None or self._content:
            return
        try:
            content = pep_take_in.read(path)
        except Problem as problem:
            self._clear()
            self.say(problem.words, "warning")
            return
        self._content, child_id = content, self._child_id
        self._asking.ask(
            "Looking at the file…",
            lambda session: pep_take_in.look(session, child_id, content),
            self._show,
            self._refused,
        )

    def take(self) -> None:
        """Take in what was looked at, as decided."""
        content, child_id = self._content, self._child_id
        decided = {each.key: each.decided() for each in self.differences}
        self.go_button.setEnabled(False)
        self._asking.save(
            "Taking it in…",
            lambda session: pep_take_in.take_in(session, child_id, content, decided),
            self._done,
            self._refused,
        )

    def _show(self, found: Taken) -> None:
        self._clear()
        for card in _cards(found, "Goes into the draft"):
            self.body.addWidget(card)
        if found.differences:
            many = words.count(len(found.differences), "question")
            self.body.insertWidget(0, Muted(f"{many} answered both here and in the school: decide."))
        for place, each in enumerate(found.differences, 1):
            card = DifferenceCard(each)
            self.differences.append(card)
            self.body.insertWidget(place, card)
        self.go_button.setEnabled(bool(found.changed or found.differences))
        if not (found.changed or found.differences or found.refused):
            self.say("Nothing in it is new: every answer is as it was sent.", "info")

    def _done(self, found: Taken) -> None:
        self._clear()
        for card in _cards(found, "In the draft now"):
            self.body.addWidget(card)
        self.finish()
        kept = words.count(len(found.differences), "answer")
        self.say(
            f"{words.count(len(found.changed), 'answer')} taken into {found.title}, version {found.number}."
            + (f" {kept} kept as ours." if found.differences else ""),
            "success",
        )
        self.taken.emit(found.revision_id)

    def _refused(self, problem: Problem) -> None:
        self._clear()
        self._content = b""
        self._asking.show_problem(problem)

    def _clear(self) -> None:
        clear(self.body)
        self.differences = []
        self._asking.banner.hide()


def _cards(found: Taken, title: str) -> list[Card]:
    cards = []
    if found.notes:
        card = Card("To know")
        for note in found.notes:
            card.body.addWidget(_wrapped(note))
        cards.append(card)
    if found.changed:
        card = Card(title)
        for place, change in enumerate(found.changed):
            if place:
                card.body.addWidget(Rule())
            card.body.addWidget(plain(change.label, "label"))
            card.body.addWidget(_wrapped(change.now or "Emptied"))
            if change.was:
                card.body.addWidget(Muted(f"Before: {_short(change.was)}"))
        cards.append(card)
    if found.refused:
        card = Card("Not taken")
        for refused in found.refused:
            card.body.addWidget(plain(refused.label, "label"))
            card.body.addWidget(_wrapped(refused.reason))
        cards.append(card)
    return cards


def _list_card(title: str, lines: list[str]) -> Card:
    card = Card(title)
    card.body.addWidget(_wrapped(", ".join(lines)))
    return card


def _column(title: str, text: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(plain(title, "muted"))
    column.addWidget(_wrapped(text or "Nothing"))
    column.addStretch(1)
    return column


def _wrapped(text: str) -> QWidget:
    label = plain(_short(text))
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
