"""The lists of the front door: what waits for a decision first, narrowed by chips and by a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from caseapp import words
from caseapp.front_door import views
from caseapp.front_door.lists import RATING_WORDS
from caseapp.front_door.rules import ASSESSMENT_DAYS
from caseapp.front_door.views import PAGE, AssessmentRow, ContactRow, Filter, ReferralRow
from caseapp.work import Problem
from ui.asking import Asking
from ui.front_door_case_forms import AssessDialog
from ui.front_door_forms import TakeContactDialog
from ui.front_door_opened import AssessmentDialog, ContactDialog, OneDialog, ReferralDialog
from ui.more_rows import MoreRows
from ui.parts import EmptyState, Muted, primary
from ui.record_parts import FilterChip, row, state_meaning
from ui.rows_table import Cell, RowsTable, framed

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_WAIT_MS: Final = 150
_RATINGS: Final = {"red": "overdue", "amber": "due_soon", "green": "on_track"}
_ASSESSMENT_STATES: Final = {"waiting": "Going on", "decided": "Ended", "all": "All"}
Page = Sequence[tuple[Any, Any]]


class ListPage(Asking):
    """One list; a subclass says what is read, how it looks, and what opens."""

    kind = ""
    names = ("", "")
    """What one and what many of its rows are called."""
    states: Mapping[str, str] = views.STATES
    empty = ""
    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        many = self.names[1].capitalize()
        self.setAccessibleName(many)
        self._filter = Filter()
        cells = self.cells()
        self._model: MoreRows[Any, Any] = MoreRows([each.column for each in cells], self._read_on, PAGE, self)
        self.table = RowsTable(many, cells, self._model, attrgetter("id"))
        self.table.opened.connect(self.open_row)
        self._model.page_shown.connect(self._show_rows)
        self._words = Muted("")
        self._empty = EmptyState("front-door", "Nothing waits", self.empty, "Show all")
        self._empty.acted.connect(self._show_all)
        self._search = QLineEdit()
        self._search.setAccessibleName("Search by name")
        self._search.setPlaceholderText("Child’s name")
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(220)
        self._timer = QTimer(self, interval=_WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._choose)
        self._search.textEdited.connect(self._timer.start)
        self._search.returnPressed.connect(self.table.setFocus)
        self.chips = {code: FilterChip(text) for code, text in self.states.items()}
        group = QButtonGroup(self)
        for code, chip in self.chips.items():
            group.addButton(chip)
            chip.setChecked(code == self._filter.state)
            chip.clicked.connect(self._choose)
        self._place_all()
        self.refresh()

    def cells(self) -> Sequence[Cell]:
        """Return the columns."""
        raise NotImplementedError

    def page(self, session: Session, asked: Filter, last: Any) -> Page:
        """Return the next page."""
        raise NotImplementedError

    def dialog(self, row_id: UUID) -> OneDialog:
        """Return what opens one row."""
        raise NotImplementedError

    def acts(self) -> Sequence[QWidget]:
        """Return the buttons at the right."""
        return ()

    def _place_all(self) -> None:
        chips = row(*self.chips.values(), self._search)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(chips, 1)
        acts = self.acts()
        for each in acts:
            head.addWidget(each)
        frame, self._stack = framed(self.table, self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(head)
        for widget in (self._words, self.busy, self.banner):
            layout.addWidget(widget)
        layout.addWidget(frame, 1)
        for one, other in pairwise([*self.chips.values(), self._search, *acts, self.table]):
            QWidget.setTabOrder(one, other)

    @property
    def rows(self) -> Sequence[Any]:
        """Return the rows read so far."""
        return self._model.rows

    def refresh(self) -> None:
        """Read the list anew."""
        self._model.restart()
        kind, asked = self.kind, self._filter
        self.ask("Counting …", lambda session: views.count(session, kind, asked), self._show_count)

    def focus_first(self) -> None:
        """Put the keyboard on the table."""
        self.table.setFocus()

    def _read_on(self, last: Any, receive: Callable[[Page], None], give_up: Callable[[], None]) -> None:
        asked = self._filter
        self.ask(
            "Reading …",
            lambda session: self.page(session, asked, last),
            receive,
            partial(self._page_failed, give_up),
        )

    def _page_failed(self, give_up: Callable[[], None], problem: Problem) -> None:
        give_up()
        self.show_problem(problem)

    def _show_count(self, number: int) -> None:
        one, many = self.names
        state = self.states[self._filter.state].lower() if self._filter.state != "all" else ""
        found = f", found by “{self._filter.text.strip()}”" if self._filter.text.strip() else ""
        said = f"{words.count(number, one, many)} {state}".strip()
        self._words.setText(f"{said}, the newest first{found}. Enter opens one.")

    def _show_rows(self) -> None:
        is_empty = self._model.is_whole and not self._model.rows
        self._stack.setCurrentWidget(self._empty if is_empty else self.table)
        if self._model.rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self._model.index(0, 0))

    def _choose(self) -> None:
        state = next(code for code, chip in self.chips.items() if chip.isChecked())
        chosen = Filter(state, self._search.text())
        if chosen != self._filter:
            self._filter = chosen
            self.refresh()

    def _show_all(self) -> None:
        self.chips["all"].setChecked(True)
        self._search.clear()
        self._choose()

    def open_row(self, row_id: UUID) -> None:
        """Open one of the list."""
        dialog = self.dialog(row_id)
        dialog.changed.connect(self.refresh)
        dialog.open_child.connect(self.open_child)
        dialog.open_child_tab.connect(self.open_child_tab)
        dialog.open()


def _due_words(each: Any) -> str:
    return each.due.words if each.due else "–"


def _due_meaning(each: Any) -> str:
    return state_meaning(each.due.kind) if each.due else ""


class ContactsPage(ListPage):
    """Contacts."""

    kind, names = "contacts", ("contact", "contacts")
    empty = "Every contact is decided. Take a contact, or choose All to see those decided."

    def cells(self) -> Sequence[Cell]:
        """Return when, who, from whom, how urgent, how often, what came of it."""
        return (
            Cell("Child", _child, 22, is_link=True),
            Cell("Received", _received, 140),
            Cell("From", _source, 24),
            Cell("Rating", _rating, 104, _rating_meaning),
            Cell("Decision", _due_words, 178, _due_meaning),
            Cell("In 12 months", _times, 120, _times_meaning, is_spare=True),
            Cell("Outcome", _outcome, 22),
        )

    def page(self, session: Session, asked: Filter, last: Any) -> Page:
        """Return the next contacts."""
        return views.contacts(session, asked, last)

    def dialog(self, row_id: UUID) -> OneDialog:
        """Return a contact opened."""
        return ContactDialog(self.desk, row_id, self)

    def acts(self) -> Sequence[QWidget]:
        """Return the button that takes a contact."""
        self.take_button = primary("Take a contact…")
        self.take_button.setAccessibleName("Take a contact")
        if not self.desk.may("write").allowed:
            self.take_button.hide()
        self.take_button.clicked.connect(self.take)
        return (self.take_button,)

    def take(self) -> TakeContactDialog:
        """Ask for a new contact."""
        dialog = TakeContactDialog(self.desk, parent=self)
        dialog.changed.connect(self.refresh)
        dialog.open()
        return dialog


def _child(each: Any) -> str:
    return str(each.child)


def _received(each: ContactRow | ReferralRow) -> str:
    return words.moment(each.received_at)


def _source(each: ContactRow | ReferralRow) -> str:
    return each.source


def _rating(each: ContactRow) -> str:
    return "–" if each.rating == "none" else RATING_WORDS[each.rating]


def _rating_meaning(each: ContactRow) -> str:
    return _RATINGS.get(each.rating, "")


def _times(each: ContactRow) -> str:
    return f"{each.times} contacts" if each.is_repeat else str(each.times or "–")


def _times_meaning(each: ContactRow) -> str:
    return "warning" if each.is_repeat else ""


def _outcome(each: ContactRow | ReferralRow) -> str:
    return each.outcome or "–"


class ReferralsPage(ListPage):
    """Referrals."""

    kind, names = "referrals", ("referral", "referrals")
    empty = "Every referral is decided. A referral comes from a contact, or choose All to see those decided."

    def cells(self) -> Sequence[Cell]:
        """Return when, who, from whom, how urgent, whether it is one again, what came of it."""
        return (
            Cell("Child", _child, 24, is_link=True),
            Cell("Received", _received, 140),
            Cell("From", _source, 26),
            Cell("Decision", _due_words, 178, _due_meaning),
            Cell("Re-referral", _again, 150, _again_meaning, is_spare=True),
            Cell("Outcome", _outcome, 24),
        )

    def page(self, session: Session, asked: Filter, last: Any) -> Page:
        """Return the next referrals."""
        return views.referrals(session, asked, last)

    def dialog(self, row_id: UUID) -> OneDialog:
        """Return a referral opened."""
        return ReferralDialog(self.desk, row_id, self)


def _again(each: ReferralRow) -> str:
    return "Re-referral" if each.is_again else "–"


def _again_meaning(each: ReferralRow) -> str:
    return "info" if each.is_again else ""


class AssessmentsPage(ListPage):
    """Single assessments."""

    kind, names = "assessments", ("assessment", "assessments")
    states: Mapping[str, str] = _ASSESSMENT_STATES
    empty = "No assessment is going on. One starts with the decision on a referral, or here on an open case."

    def cells(self) -> Sequence[Cell]:
        """Return who, the days used, how urgent, how it stands."""
        return (
            Cell("Child", _child, 24, is_link=True),
            Cell("Worker", _worker, 20),
            Cell("Referred", _referred, 116, is_spare=True),
            Cell("Started", _started, 116, is_spare=True),
            Cell("Days used", _used, 116, _used_meaning),
            Cell("Due", _due_words, 178, _due_meaning),
            Cell("Stands", _stands, 26),
        )

    def page(self, session: Session, asked: Filter, last: Any) -> Page:
        """Return the next assessments."""
        return views.assessments(session, asked, last)

    def dialog(self, row_id: UUID) -> OneDialog:
        """Return an assessment opened."""
        return AssessmentDialog(self.desk, row_id, self)

    def acts(self) -> Sequence[QWidget]:
        """Return the button that starts one on an open case."""
        self.assess_button = primary("Assess a child…")
        self.assess_button.setAccessibleName("Assess a child")
        if not self.desk.may("write").allowed:
            self.assess_button.hide()
        self.assess_button.clicked.connect(self.assess)
        return (self.assess_button,)

    def assess(self) -> AssessDialog:
        """Ask whom to assess."""
        dialog = AssessDialog(self.desk, parent=self)
        dialog.changed.connect(self.refresh)
        dialog.open()
        return dialog


def _worker(each: AssessmentRow) -> str:
    return each.worker or "–"


def _referred(each: AssessmentRow) -> str:
    return words.day(each.referred_on)


def _started(each: AssessmentRow) -> str:
    return words.day(each.started_on)


def _used(each: AssessmentRow) -> str:
    return f"{each.used} of {ASSESSMENT_DAYS}"


def _used_meaning(each: AssessmentRow) -> str:
    return "overdue" if each.is_late else ""


def _stands(each: AssessmentRow) -> str:
    return each.stands
