"""Pupil premium on the Education tab: each year's sums, the requests behind them, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseapp import words
from caseapp.education import premium_totals, rates
from caseapp.education.premium import RequestRow
from caseapp.education.premium_totals import PremiumView, Start, Total
from caseapp.work import Problem
from ui import premium_forms as forms
from ui.editor import Flow
from ui.parts import Banner, Chip, LinkButton, Muted, plain, wrapped
from ui.people_card import PeopleCard
from ui.people_forms import PeopleForm
from ui.reading_order import InOrder
from ui.record_parts import bring_into_sight, clear
from ui.small_form import InlineForm

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_EMPTY: Final = (
    "Nothing asked for yet. A request says what the money is for and which target it helps; the virtual "
    "school decides."
)
CHIPS: Final = {
    "waiting": ("due_soon", "due-soon"),
    "query": ("warning", "help"),
    "declined": ("neutral", "close"),
    "withdrawn": ("neutral", "undo"),
    "approved": ("info", "check"),
    "paid": ("info", "part-done"),
    "spent": ("due_soon", "draft"),
    "told": ("success", "check"),
}
"""The meaning and the icon of how far a request has come."""
_FIGURES: Final = ("Allocated", "Approved", "Paid", "Spent", "Left to spend")
_Acts = list[tuple[str, Callable[[], PeopleForm]]]


class PremiumCard(InOrder):
    """A card that reads and saves by itself; `refresh` reads it anew."""

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("Pupil premium")
        self._child_id, self._may_write = child_id, may_write
        self._start: Start | None = None
        self.card = PeopleCard("Pupil premium", _EMPTY)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addLayout(self._warnings)
        for widget in (self.busy, self.banner, self.card):
            layout.addWidget(widget)
        if may_write:
            self.card.offer("Ask for pupil premium", self.begin)
        self.refresh()

    def refresh(self) -> None:
        """Read requests and sums anew."""
        child_id = self._child_id
        self.ask(
            "Reading pupil premium …", lambda session: premium_totals.view(session, child_id), self._show
        )

    def begin(self) -> None:
        """Show the questions of a new request."""
        if self._start is not None:
            self._open(partial(forms.AskForm, self.desk, self._child_id, self._start))

    def _open(self, make: Callable[[], PeopleForm]) -> None:
        form = make()
        form.asked.connect(partial(self._write, form))
        self.card.open_form(form)
        QTimer.singleShot(0, form, partial(bring_into_sight, form))  # once it has its place

    def _write(self, form: InlineForm, work: Callable[[Session], object]) -> None:
        self.save("Saving …", work, self._written, partial(_say, form))

    def _written(self, _result: object) -> None:
        self.card.close_form()
        self.refresh()

    def _show(self, view: PremiumView) -> None:
        self._start = view.start
        clear(self._warnings)
        for said in view.warnings:
            self._warnings.addWidget(Banner(said, "warning"))
        rows = [self._total(view, each) for each in view.totals]
        if not any(each.eligible for each in view.totals) and view.why:
            rows.insert(0, Muted(f"No money comes for this child this year: {view.why}."))
        self.card.show_rows(rows)

    def _total(self, view: PremiumView, total: Total) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 4, 0, 6)
        lines.setSpacing(8)
        lines.addWidget(plain(_title(total), "label"))
        lines.addWidget(_figures(total))
        if said := _rate_words(total):
            lines.addWidget(Muted(said))
        for row in total.requests:
            lines.addWidget(self._request(view, row))
        if not total.requests:
            lines.addWidget(Muted(_EMPTY))
        return holder

    def _request(self, view: PremiumView, row: RequestRow) -> QWidget:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(wrapped(f"{row.number}. {row.thing}, {words.money(row.asked)}", "label"))
        for told in _told(row):
            lines.addWidget(Muted(told))
        if row.impact:
            lines.addWidget(wrapped(f"Impact: {row.impact}"))
        acts = self._acts(view, row)
        if acts:
            lines.addWidget(self._links(row, acts))
        meaning, icon = CHIPS[row.state]
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(12)
        layout.addLayout(lines, 1)
        layout.addWidget(Chip(row.state_words, meaning, icon), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _acts(self, view: PremiumView, row: RequestRow) -> _Acts:
        """Return what may be done next with a request, the likeliest first."""
        if not self._may_write:
            return []
        make = {
            name: partial(form, self.desk, self._child_id, row)
            for name, form in (
                ("Decide", forms.DecideForm),
                ("Decide anew", forms.DecideForm),
                ("Record the payment", forms.PayForm),
                ("Record what was spent", forms.SpendForm),
                ("Change what was spent", forms.SpendForm),
                ("Tell the impact", forms.ImpactForm),
                ("Change the impact", forms.ImpactForm),
                ("Take back", forms.TakeBackForm),
            )
        }
        change: tuple[str, Callable[[], PeopleForm]] = (
            "Answer by a change" if row.state == "query" else "Change",
            partial(forms.AskForm, self.desk, self._child_id, view.start, row),
        )
        decides = view.may_approve and row.id not in view.not_mine
        named = {
            "waiting": ["Decide"] if decides else [],
            "query": ["Decide"] if decides else [],
            "declined": ["Decide anew"] if decides else [],
            "approved": ["Record the payment", *(["Decide anew"] if decides else [])],
            "paid": ["Record what was spent"],
            "spent": ["Tell the impact", "Change what was spent"],
            "told": ["Change the impact"],
        }.get(row.state, [])
        acts: _Acts = [(name, make[name]) for name in named]
        if row.state in ("waiting", "query"):
            acts += [change, ("Take back", make["Take back"])]
        return acts

    def _links(self, row: RequestRow, acts: _Acts) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=20, line_gap=2)
        flow.setContentsMargins(0, 2, 0, 0)
        for text, make in acts:
            link = LinkButton(text)
            link.setAccessibleName(f"{text}: request {row.number}, {row.thing}")
            link.clicked.connect(partial(self._open, make))
            flow.addWidget(link)
        return holder


def _say(form: InlineForm, problem: Problem) -> None:
    form.show_words(problem.words)


def _title(total: Total) -> str:
    return f"{rates.STREAM_WORDS[total.stream]} {rates.year_words(total.rate.year)}"


def _figures(total: Total) -> QWidget:
    """Return a year's five sums, each under its heading."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    sums = (total.allocated, total.approved, total.paid, total.spent, total.left)
    for column, (heading, pence) in enumerate(zip(_FIGURES, sums, strict=True)):
        said = "Not known" if pence is None else words.money(pence)
        grid.addWidget(plain(heading, "small"), 0, column)
        figure = plain(said, "label" if pence is not None else "muted")
        figure.setAccessibleName(f"{heading}: {said}")
        figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(figure, 1, column)
        grid.setColumnStretch(column, 1)
    return holder


def _rate_words(total: Total) -> str:
    """Return where the allocation is from, or why there is none."""
    if not total.eligible:
        return "No allocation of this kind for this child in that year."
    why = total.eligible[0].why.capitalize()
    if total.rate.pence is None:
        year = rates.year_words(total.rate.year)
        return f"{why}. The rate of {year} is not known yet; an administrator sets it in Settings."
    most = "at most " if total.stream == "early_years" else ""
    sure = ", a rate still to be checked" if total.rate.mark == "K" else ""
    return f"{why}: {most}{total.rate.words} a child{sure}."


def _told(row: RequestRow) -> list[str]:
    """Return what is on record of a request, a line each."""
    first = [
        row.category_words,
        row.term,
        f"asked by {row.asked_by} on {words.day(row.asked_on)}",
        row.school,
    ]
    found = [", ".join(part for part in first if part)]
    if row.targets:
        found.append(f"For: {'; '.join(row.targets)}")
    if row.decision_words and row.decided_on:
        granted = f" {words.money(row.approved)}" if row.approved else ""
        because = f": {row.because}" if row.because else ""
        by = f" by {row.decided_by}" if row.decided_by else ""
        found.append(f"{row.decision_words}{granted}{by} on {words.day(row.decided_on)}{because}")
    elif row.state == "withdrawn":
        found.append(f"Taken back: {row.because}")
    if row.paid_on:
        spent = "" if row.spent is None else f", {words.money(row.spent)} of it spent"
        found.append(f"Paid on {words.day(row.paid_on)}{spent}")
    return found
