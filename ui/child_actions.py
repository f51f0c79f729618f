"""The actions of a record: what was agreed in any plan, by whom, by when, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseapp import actions, words
from caseapp.actions import ActionRow, NewAction
from ui.action_forms import FORMS, action_form, new_action_form
from ui.jotting import Place
from ui.parts import (
    Card,
    Chip,
    EmptyState,
    FactsGrid,
    LinkButton,
    Muted,
    Rule,
    Section,
    plain,
    primary,
    wrapped,
)
from ui.record_page import RecordPage
from ui.record_parts import Scroller, bring_into_sight, clear, row
from ui.small_form import InlineForm
from ui.supervision_card import SupervisionCard

if TYPE_CHECKING:
    from caseapp.work import Problem, Session
    from ui.desk import Desk

_MEANINGS: Final = {
    "green": "on_track",
    "amber": "due_soon",
    "red": "overdue",
    "blue": "info",
    "grey": "neutral",
}
"""The meaning, with its icon, of a colour of the rule."""
_NO, _WHAT, _WHO, _BY, _STANDS, _OPEN = range(6)
_SHARES: Final = {_WHAT: 10, _WHO: 4, _BY: 4}
_HEADINGS: Final = {_NO: "No.", _WHAT: "What", _WHO: "Who", _BY: "By when", _STANDS: "How it stands"}
_EMPTY: Final = (
    "What is agreed in a signed plan stands here with its owner and its day, until it is done. "
    "What is agreed outside a plan can be added by hand."
)


class ActionsPage(RecordPage):
    """What was agreed for a child, what waits above what is over."""

    open_plan = Signal(UUID)
    changed = Signal()
    """An action went on: what others show of it is old."""
    print_bytes = Signal(str, bytes)
    """A title and the PDF to be shown in the preview."""

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self._may_write = may_write
        self._rows: list[ActionRow] = []
        self._opened: UUID | None = None
        self._worked_on: object = None  # an action's id
        self._shows_over = self._was_saved = False
        self._focus_on = ""
        self._form: InlineForm | None = None
        self.setAccessibleName("Actions")
        self._content = QVBoxLayout()
        self._content.setSpacing(16)
        self.body.addLayout(self._content)
        self.supervision = SupervisionCard(desk, child_id)
        self.supervision.changed.connect(self.refresh)
        self.supervision.print_bytes.connect(self.print_bytes)
        self.body.addWidget(self.supervision)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the actions anew."""
        child_id = self.child_id
        self.ask("Reading the actions …", lambda session: actions.of_child(session, child_id), self.show_rows)

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show the actions."""
        self._rows = list(rows)
        self._draw()
        if self._was_saved:
            self._was_saved = False
            self._focus_worked_on()

    def _focus_worked_on(self) -> None:
        """Put the keyboard back on the action that was worked on; where it is folded away, on the fold."""
        found = next((each for each in self._rows if each.id == self._worked_on), None)
        self._focus(f"details {found.no}" if found and (self._shows_over or not found.done_on) else "fold")

    @property
    def form(self) -> InlineForm | None:
        """Return the form that is open."""
        return self._form

    def _draw(self) -> None:
        clear(self._content)
        self._form = None
        self._form_place = QVBoxLayout()
        waiting = [each for each in self._rows if not each.done_on]
        over = [each for each in self._rows if each.done_on]
        if not self._rows:
            self._content.addWidget(self._nothing())
            self._content.addLayout(self._form_place)
            return
        self._content.addLayout(self._heading(waiting))
        self._content.addLayout(self._form_place)
        card = Card("Open")
        card.body.addWidget(self._table(waiting) if waiting else Muted("Everything that was agreed is done."))
        self._content.addWidget(card)
        if over:
            self._content.addWidget(self._over_card(over))

    def _nothing(self) -> QWidget:
        empty = EmptyState("check", "No actions yet", _EMPTY, "Add an action" if self._may_write else "")
        empty.acted.connect(self.add_action)
        return empty

    def _heading(self, waiting: Sequence[ActionRow]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        words_ = QVBoxLayout()
        words_.setSpacing(2)
        words_.addWidget(Section("Actions"))
        words_.addWidget(Muted(summary(waiting)))
        line.addLayout(words_, 1)
        if self._may_write:
            button = primary("Add an action")
            button.clicked.connect(self.add_action)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _over_card(self, over: Sequence[ActionRow]) -> Card:
        fold = LinkButton("Hide" if self._shows_over else "Show")
        fold.setObjectName("fold")
        fold.setAccessibleName(f"{fold.text()} {words.count(len(over), 'finished action')}")
        fold.clicked.connect(self._fold)
        card = Card(f"Finished ({len(over)})", fold)
        if self._shows_over:
            card.body.addWidget(self._table(over))
        return card

    def _fold(self) -> None:
        self._shows_over = not self._shows_over
        self._draw()
        self._focus("fold")

    def _table(self, rows: Sequence[ActionRow]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, share in _SHARES.items():
            grid.setColumnStretch(column, share)
        grid.setColumnMinimumWidth(_NO, 28)
        for column, heading in _HEADINGS.items():
            grid.addWidget(plain(heading, "muted"), 0, column)
        for place, each in enumerate(rows):
            line = 1 + 3 * place
            grid.addWidget(Rule(), line, 0, 1, len(_HEADINGS) + 1)
            self._add_row(grid, line + 1, each)
            if each.id == self._opened:
                grid.addWidget(self._detail(each), line + 2, _WHAT, 1, len(_HEADINGS))
        return holder

    def _add_row(self, grid: QGridLayout, line: int, each: ActionRow) -> None:
        top = Qt.AlignmentFlag.AlignTop
        what = plain(each.what)
        what.setWordWrap(True)
        shared = f", shared with {words.listed(list(each.siblings))}" if each.siblings else ""
        owner = f"{each.who} (you)" if each.is_mine else each.who
        day = words.day(each.by_on) if each.by_on else "No day"
        slips = f"{each.by_words}, moved {_times(each.slips)}" if each.slips else each.by_words
        grid.addWidget(plain(str(each.no), "muted"), line, _NO, top)
        grid.addWidget(_lines(what, f"{each.plan_words}{shared}"), line, _WHAT, top)
        grid.addWidget(_lines(wrapped(owner), each.agency), line, _WHO, top)
        grid.addWidget(_lines(plain(day), slips), line, _BY, top)
        grid.addWidget(_lines(colour_chip(each), _standing(each)), line, _STANDS, top)
        grid.addWidget(self._details_button(each), line, _OPEN, top)

    def _details_button(self, each: ActionRow) -> LinkButton:
        is_open = each.id == self._opened
        button = LinkButton("Close" if is_open else "Details")
        button.setObjectName(f"details {each.no}")
        button.setAccessibleName(f"{button.text()}: action {each.no}, {each.what}")
        button.clicked.connect(partial(self._toggle, each.id, each.no))
        return button

    def _toggle(self, action_id: UUID, no: int) -> None:
        self._opened = None if action_id == self._opened else action_id
        self._draw()
        self._focus(f"details {no}")

    def _focus(self, name: str) -> None:
        """Put the keyboard on a button, once the page has been laid out anew."""
        self._focus_on = name
        QTimer.singleShot(0, self, self._take_focus)

    def chooses_place(self) -> bool:
        """Return whether the keyboard is on its way to a button."""
        return bool(self._focus_on)

    def _take_focus(self) -> None:
        named = self.findChildren(LinkButton, self._focus_on)
        self._focus_on = ""
        button = next((each for each in named if each.isVisible()), None)
        if button is not None:
            button.setFocus()
            QTimer.singleShot(0, button, partial(bring_into_sight, button))  # its row may have moved far

    def open_action(self, no: int) -> None:
        """Show everything of the action with a number."""
        found = next((each for each in self._rows if each.no == no), None)
        if found and found.id != self._opened:
            self._shows_over = self._shows_over or found.done_on is not None
            self._toggle(found.id, no)

    def _detail(self, each: ActionRow) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(10)
        facts = FactsGrid(label_width=132)
        facts.set_facts(_facts(each))
        column.addWidget(facts)
        column.addWidget(self._history(each))
        links = self._links(each)
        if links:
            column.addWidget(row(*links, spacing=20))
        self._detail_place = QVBoxLayout()
        column.addLayout(self._detail_place)
        return holder

    def _history(self, each: ActionRow) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"History of action {each.no}")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnStretch(1, 1)
        grid.addWidget(plain("How it went on", "label"), 0, 0, 1, 2)
        for line, step in enumerate(each.steps, 1):
            grid.addWidget(plain(words.day(step.on), "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapped(step_words(step)), line, 1)
        if not each.steps:
            grid.addWidget(Muted("Nothing has been noted yet."), 1, 0, 1, 2)
        return holder

    def _links(self, each: ActionRow) -> list[QWidget]:
        links: list[QWidget] = []
        if self._may_write:
            for key, form in FORMS.items():
                if form.for_finished == (each.done_on is not None):
                    links.append(_link(form.link, each, partial(self._open_form, each, key)))
        if each.revision_id:
            links.append(_link("Open the plan", each, partial(self.open_plan.emit, each.revision_id)))
        return links

    def _open_form(self, each: ActionRow, key: str) -> None:
        self._show_form(action_form(key, each, self.desk.today), self._detail_place)
        if self._form is not None:
            self._form.saved.connect(partial(self._save_step, each.id, key))

    def add_action(self) -> None:
        """Ask what was agreed outside a plan."""
        if self._may_write:
            self._show_form(new_action_form(self.desk.today), self._form_place)
            if self._form is not None:
                self._form.saved.connect(self._save_new)

    def _show_form(self, form: InlineForm, place: QVBoxLayout) -> None:
        self.close_form()
        self._form = form
        form.keep_typing(self.desk, Place(self.child_id))  # the title names the action
        form.cancelled.connect(self.close_form)
        place.addWidget(form)
        form.show()
        form.focus_first()
        QTimer.singleShot(0, self._show_whole_form)  # once the page has made room for it

    def _show_whole_form(self) -> None:
        scroller = self.findChild(Scroller)
        if self._form is not None and isinstance(scroller, Scroller):
            scroller.ensureWidgetVisible(self._form)

    def close_form(self) -> None:
        """Put the open form away."""
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
        self._form = None

    def _save_step(self, action_id: UUID, key: str) -> None:
        if self._form is not None:
            self._save(FORMS[key].work(action_id, self._form.form), action_id)

    def _save_new(self) -> None:
        if self._form is not None:
            answers = self._form.form.answers()
            new = NewAction(**{key: value or "" for key, value in answers.items()})
            child_id = self.child_id
            self._save(lambda session: actions.add(session, child_id, new))

    def _save(self, work: Callable[[Session], object], action_id: UUID | None = None) -> None:
        """Save a step of an action, or a new action, whose id the work returns."""
        self.save("Saving …", work, partial(self._saved, action_id), self._not_saved)

    def _saved(self, action_id: UUID | None, result: object) -> None:
        self._worked_on = action_id or result
        self.close_form()
        self._was_saved = True
        self.refresh()
        self.changed.emit()

    def _not_saved(self, problem: Problem) -> None:
        if self._form is not None:
            self._form.show_words(problem.words)
        else:
            self.show_problem(problem)


def colour_chip(action: ActionRow) -> Chip:
    """Return an action's colour as a chip with icon and word; the reason stands in the tooltip."""
    by_hand = ", by hand" if action.is_by_hand else ""
    chip = Chip(f"{action.colour_words}{by_hand}", _MEANINGS[action.colour])
    chip.setToolTip(action.colour_because)
    chip.setAccessibleDescription(f"{action.colour.capitalize()}. {action.colour_because}")
    return chip


def summary(waiting: Sequence[ActionRow]) -> str:
    """Return how many actions are open, and how many of them are overdue."""
    late = sum(1 for each in waiting if each.colour_words == "Overdue")
    overdue = f", {late} overdue" if late else ""
    return f"{words.count(len(waiting), 'action')} open{overdue}" if waiting else "Nothing is open"


def step_words(step: actions.StepRow) -> str:
    """Return how an action stood on a day: status, words, a day that moved, who wrote it down."""
    moved = ""
    if step.was_by_on and step.by_on and step.was_by_on != step.by_on:
        way = "put off" if step.is_slip else "brought forward"
        moved = f" Day {way} from {words.day(step.was_by_on)} to {words.day(step.by_on)}."
    said = f" {step.words}" if step.words else ""
    if said and said[-1] not in ".!?…":
        said += "."
    return f"{step.status_words}.{said}{moved} ({step.by})"


def _facts(each: ActionRow) -> list[tuple[str, str]]:
    agreed = words.day(each.agreed_on) if each.agreed_on else ""
    facts = [
        ("Need", each.need),
        ("For whom", each.whom),
        ("What will be different", each.outcome),
        ("How we will know", each.measure),
        ("What shows it", each.evidence),
        ("Agreed on", agreed),
        ("Colour", f"{each.colour.capitalize()}. {each.colour_because}"),
    ]
    return [fact for fact in facts if fact[1]]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _standing(each: ActionRow) -> str:
    """Return the status, unless the chip says it already."""
    return "" if each.colour_words.startswith(each.status_words) else each.status_words


def _link(text: str, each: ActionRow, act: Callable[[], object]) -> LinkButton:
    link = LinkButton(text)
    link.setAccessibleName(f"{text}: action {each.no}")
    link.clicked.connect(act)
    return link


def _lines(first: QWidget, second: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(first)
    if second:
        column.addWidget(Muted(second))
    column.addStretch(1)
    return holder
