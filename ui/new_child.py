"""Add a child: names and dates, beside them those who may be the same, and only then the button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import children, codes, words
from caseapp.children import ChildRow, NewChild, Registered
from caseapp.form import Choice, Date, Text
from caseapp.jottings import NEW_CHILD
from caseapp.work import Problem
from ui.asking import Asking
from ui.jotting import Jotter, Place
from ui.parts import Card, Muted, Title, plain, primary
from ui.record_parts import ElidedLink, Scroller, clear, status_chip
from ui.resting import Rest
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

WAIT_MS: Final = 250


def fields() -> tuple[Text | Date | Choice, ...]:
    """Return what is asked of a new child."""
    ethnicities = tuple(codes.return_codes("ethnicity").items())
    sexes = tuple((code, text) for code, text in codes.SEXES.items() if code)
    statuses = tuple((code, text) for code, text in codes.STATUSES.items() if code != "closed")
    return (
        Text("given", "Given names", half=True),
        Text("family", "Family name", half=True),
        Text("known_as", "Known as", half=True),
        Choice("sex", "Sex", options=sexes, half=True),
        Date("born_on", "Date of birth", help="3/9/14, 3 Sep 2014 or today.", past=True, half=True),
        Date("due_on", "Not born yet: due on", help="Leave it empty once the child is born.", half=True),
        Choice("status", "Status", options=statuses, half=True),
        Text("first_language", "First language", half=True),
        Text("address", "Address"),
        Text("postcode", "Postcode", half=True),
        Choice("ethnicity", "Ethnicity", options=ethnicities, half=True),
    )


class NewChildPanel(Asking):
    """The questions, and beside them the children on file who may be the same."""

    added = Signal(UUID)
    open_child = Signal(UUID)

    def __init__(self, desk: Desk, typed: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._form = SmallForm(fields(), desk.today)
        given, _, family = typed.strip().rpartition(" ")
        self._form.set_answers({"given": given, "family": family, "status": "early_help"})
        self.jotter = Jotter(desk, self._form, "Add a child", Place(), self, name=NEW_CHILD)
        self.jotter.recording_now.connect(Rest(self._form).keep)
        self._form.changed.connect(self._edited)
        self._words = plain("", "error")
        self._words.setWordWrap(True)
        self._words.hide()
        self._matches = Card("Is it one of these?")
        self._add = primary("Add this child")
        self._add.setDefault(True)
        self._add.clicked.connect(self._try)
        self._searched: NewChild | None = None
        self._wants_to_add = False
        self._timer = QTimer(self, interval=WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._place_all()
        self._show_matches([])
        self.look()

    def _place_all(self) -> None:
        scroller = Scroller(right_margin=16)
        scroller.body.setContentsMargins(24, 8, 16, 16)
        scroller.body.addWidget(self._form)
        scroller.body.addStretch(1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 8, 24, 16)
        beside.addWidget(self._matches)
        beside.addStretch(1)
        self._matches.setFixedWidth(300)
        columns = QHBoxLayout()
        columns.addWidget(scroller, 1)
        columns.addLayout(beside)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 0, 24, 20)
        buttons.addWidget(self._words, 3)
        buttons.addStretch(1)
        buttons.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.jotter.line.setContentsMargins(24, 0, 24, 0)
        for widget in (self.busy, self.banner, self.jotter.line):
            layout.addWidget(widget)
        layout.addLayout(columns, 1)
        layout.addLayout(buttons)

    @property
    def form(self) -> SmallForm:
        """Return the questions."""
        return self._form

    def has_text(self) -> bool:
        """Return whether anything was typed that would be lost."""
        answers = self._form.answers()
        return any(answers[key] for key in answers if key != "status")

    def new_child(self) -> NewChild:
        """Return the child as described so far."""
        texts = {
            name: self._form.text(name)
            for name in ("given", "family", "sex", "known_as", "address", "postcode", "ethnicity")
        }
        return NewChild(
            **texts,
            born_on=self._form.day("born_on"),
            due_on=self._form.day("due_on"),
            status=self._form.text("status") or "early_help",
            first_language=self._form.text("first_language"),
        )

    def look(self) -> None:
        """Search for children who may be the same."""
        new = self.new_child()
        if len(new.family) < 2 and not new.born_on:
            self._searched = new
            self._show_matches([])
            self._add_if_wanted()
            return
        self.ask(
            "Looking for the same child …",
            lambda session: (new, children.likely_matches(session, new)),
            self._found,
            self._search_failed,
        )

    def _edited(self) -> None:
        self._wants_to_add = False
        self._add.setText("Add this child")
        self._timer.start()

    def _search_failed(self, problem: Problem) -> None:
        self._wants_to_add = False
        self.show_problem(problem)

    def _found(self, answer: tuple[NewChild, list[ChildRow]]) -> None:
        new, rows = answer
        if new != self.new_child():
            return  # more was typed in between, and that is searched for next
        self._searched = new
        self._show_matches(rows)
        if self._wants_to_add and rows:
            self._wants_to_add = False
            self._say("Look at the children on the right first. If it is none of them, add this child.")
        self._add_if_wanted()

    def _show_matches(self, rows: list[ChildRow]) -> None:
        clear(self._matches.body)
        self._matches.set_title("Is it one of these?" if rows else "The same child?")
        self._add.setText("None of these: add this child" if rows else "Add this child")
        for row in rows:
            link = ElidedLink(row.name)
            link.clicked.connect(partial(self.open_child.emit, row.id))
            lines = QVBoxLayout()
            lines.setSpacing(2)
            lines.addWidget(link)
            lines.addWidget(plain(_told(row), "muted"))
            lines.addWidget(status_chip(codes.STATUSES.get(row.status, row.status)))
            self._matches.body.addLayout(lines)
        if not rows:
            text = "Children on file with a name or a birthday alike are shown here while you type."
            self._matches.body.addWidget(Muted(text))

    def _try(self) -> None:
        self._say("")
        if not self._form.check():
            return
        if self._searched == self.new_child():
            self._register()
        else:
            self._timer.stop()
            self._wants_to_add = True
            self.look()

    def _add_if_wanted(self) -> None:
        if self._wants_to_add:
            self._wants_to_add = False
            self._register()

    def _register(self) -> None:
        new = self.new_child()
        self._add.setEnabled(False)
        with self.jotter.recording():
            self.save(
                "Adding …",
                lambda session: children.register(session, new),
                self._registered,
                self._refused_add,
            )

    def _registered(self, registered: Registered) -> None:
        self.added.emit(registered.id)

    def _refused_add(self, problem: Problem) -> None:
        self._add.setEnabled(True)
        self._say(problem.words)

    def _say(self, text: str) -> None:
        self._words.setText(text)
        self._words.setVisible(bool(text))


def _told(row: ChildRow) -> str:
    day = row.born_on or row.due_on
    when = f"{'born' if row.born_on else 'due'} {words.day(day)}" if day else "no date of birth"
    return f"{when}, ref {row.ref}"


class NewChildDialog(QDialog):
    """The panel in a window of its own. Open it with `open()`."""

    help_page = "add-a-child"
    added = Signal(UUID)
    open_child = Signal(UUID)

    def __init__(self, desk: Desk, typed: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Add a child")
        self.panel = NewChildPanel(desk, typed)
        self.panel.added.connect(self._added)
        self.panel.open_child.connect(self._opened)
        close = QPushButton("Cancel")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        heading = QHBoxLayout()
        heading.setContentsMargins(24, 20, 24, 4)
        heading.addWidget(Title("Add a child"))
        heading.addStretch(1)
        heading.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(heading)
        layout.addWidget(self.panel, 1)
        self.resize(920, 640)
        self._was_warned = False
        self.panel.form.focus_first()

    def reject(self) -> None:
        """Close; where something was typed, only when asked a second time. Not while it is recorded."""
        if self.panel.jotter.is_recording:
            return
        if self.panel.has_text() and not self._was_warned:
            self._was_warned = True
            words_lost = (
                "This child is not on file yet. Press Cancel again to let go of what you typed. "
                "It can be brought back here for 30 days."
            )
            self.panel.banner.set_banner(words_lost, "warning")
            self.panel.banner.show()
            return
        self.panel.jotter.discard()
        super().reject()

    def _added(self, child_id: UUID) -> None:
        self.accept()
        self.added.emit(child_id)

    def _opened(self, child_id: UUID) -> None:
        self.accept()
        self.open_child.emit(child_id)
