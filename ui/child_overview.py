"""The first page of a record: a life as bars, the child's own words, facts, the star, promises and plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from caseapp import words
from caseapp.actions import ActionRow
from caseapp.overview import Overview
from caseapp.plan_versions import VersionRow
from caseapp.stars import Readings
from ui.card_columns import CardColumns
from ui.charts import ROWS, LifeStrip, Series, StarChart, life_bars
from ui.overview_dates import DatesCard
from ui.parts import Card, Chip, FactsGrid, LinkButton, Muted, Rule, wrapped
from ui.pep_chips import state_chip
from ui.reading_order import put_in_order
from ui.record_parts import ElidedLink, Scroller, clear, nothing_yet, short_day

_SHOWN: Final = 6
_LONGEST_NAME: Final = 22
_OVER: Final = {"done": ("done", "success"), "not_needed": ("not needed", "neutral")}
"""The chips of promises that nobody waits for any more, by their status."""


class OverviewPage(QWidget):
    """About one screen's worth of a child."""

    open_plan = Signal(UUID)
    compare_asked = Signal(str)
    start_asked = Signal(str)
    tab_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Overview")
        self._strip = LifeStrip()
        self._life = Card()
        self._life.setAccessibleName("Life over time")
        self._life.body.addWidget(self._strip)
        self._words = Card("In their words")
        self._facts = Card("Key facts")
        self._compare = LinkButton("Compare")
        self._compare.clicked.connect(partial(self.compare_asked.emit, "star"))
        self._star = Card("Outcome Star", self._compare)
        self._dates = DatesCard()
        self._actions = Card("Promises and actions")
        self._plans = Card("Plans")
        columns = CardColumns(
            {
                1400: (
                    (self._words, self._facts),
                    (self._star,),
                    (self._dates, self._actions),
                    (self._plans,),
                ),
                940: ((self._words, self._facts), (self._star, self._plans), (self._dates, self._actions)),
                640: ((self._words, self._dates, self._facts), (self._star, self._actions, self._plans)),
                0: ((self._words, self._dates, self._actions, self._plans, self._star, self._facts),),
            },
            (9, 11, 9, 11),
        )
        scroller = Scroller(self)
        scroller.body.addWidget(self._life)
        scroller.body.addWidget(columns)
        scroller.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroller)

    def show_view(self, view: Overview, today: date) -> None:
        """Show a child's overview."""
        self._strip.set_bars(ROWS, life_bars(view.bars, today), today)
        self._life.setVisible(bool(view.bars))
        self._show_words(view)
        self._show_facts(view.facts)
        self._show_star(view)
        self._dates.show_dues(view.dues)
        self._show_actions(view, today)
        self._show_plans(view)
        put_in_order(self)

    def _show_words(self, view: Overview) -> None:
        clear(self._words.body)
        self._words.set_title(words_title(view.head.known_as))
        if view.quote:
            said, source = view.quote
            self._words.body.addWidget(wrapped(f"“{said}”", "quote"))
            self._words.body.addWidget(Muted(source))
        else:
            text = "Nothing in the child’s own words yet. Write down what they say when you add a note."
            to_notes = partial(self.tab_asked.emit, "Timeline") if view.head.may_write else None
            self._words.body.addWidget(nothing_yet(text, "Add a note", to_notes))

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        clear(self._facts.body)
        grid = FactsGrid(label_width=116)
        grid.set_facts(facts)
        self._facts.body.addWidget(grid)

    def _show_star(self, view: Overview) -> None:
        clear(self._star.body)
        star = view.star
        self._star.set_title(star.title if star else "Outcome Star")
        self._compare.setVisible(bool(star and len(star.readings) > 1))
        if star:
            self._star.body.addWidget(star_chart(star))
            said = Muted(star.words)
            said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._star.body.addWidget(said)
        else:
            text = "No reading yet. The first one shows where the family begins."
            self._star.body.addWidget(self._next_step(view, text, "Take the first reading", "star"))

    def _show_actions(self, view: Overview, today: date) -> None:
        clear(self._actions.body)
        for place, action in enumerate(view.actions[:_SHOWN]):
            if place:
                self._actions.body.addWidget(Rule())
            self._actions.body.addWidget(_action_row(action, today))
        if len(view.actions) > _SHOWN:
            link = LinkButton(f"All {len(view.actions)} actions")
            link.clicked.connect(partial(self.tab_asked.emit, "Actions"))
            self._actions.body.addWidget(link)
        if not view.actions:
            text = "Nothing promised yet. What is agreed in a signed plan stands here until it is done."
            to_actions = partial(self.tab_asked.emit, "Actions") if view.head.may_write else None
            self._actions.body.addWidget(nothing_yet(text, "Add an action", to_actions))

    def _show_plans(self, view: Overview) -> None:
        clear(self._plans.body)
        for place, row in enumerate(view.plans[:_SHOWN]):
            if place:
                self._plans.body.addWidget(Rule())
            self._plans.body.addWidget(self._plan_row(row))
        if len(view.plans) > _SHOWN:
            self._plans.body.addWidget(self._all_plans(len(view.plans)))
        if not view.plans:
            self._plans.body.addWidget(self._next_step(view, *first_plan(view.head.status)))

    def _all_plans(self, number: int) -> QWidget:
        link = LinkButton(f"All {number} plans and readings")
        link.clicked.connect(partial(self.tab_asked.emit, "Timeline"))
        return link

    def _next_step(self, view: Overview, text: str, action_text: str, kind: str) -> QWidget:
        if not view.head.may_write:
            return nothing_yet(text)
        if kind == "early-help":  # it begins with a request and consent, which its own tab asks for
            return nothing_yet(text, action_text, partial(self.tab_asked.emit, "Early help"))
        return nothing_yet(text, action_text, partial(self.start_asked.emit, kind))

    def _plan_row(self, row: VersionRow) -> QWidget:
        link = ElidedLink(row.title)
        link.clicked.connect(partial(self.open_plan.emit, row.revision_id))
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return _line(link, version_chip(row))


def words_title(known_as: str) -> str:
    """Return the title of the child's own words; a very long name would push the card out of its column."""
    short = known_as.split()[0] if known_as.split() else ""
    return f"In {short}’s words" if 0 < len(short) <= _LONGEST_NAME else "In their own words"


def first_plan(status: str) -> tuple[str, str, str]:
    """Return what usually comes first at a status: words, what the button says, the kind of plan."""
    if status == "Looked after":
        text = "No plan yet. A looked-after child’s PEP is begun within 10 working days."
        return text, "Start the first PEP", "pep"
    return "No plan yet. Early help is usually the first.", "Go to early help", "early-help"


def version_chip(row: VersionRow) -> Chip:
    """Return a version's status as a chip: signed on a day, or a draft and how far it is; a PEP's state."""
    if row.pep and row.pep.key not in ("planned", "draft"):
        return state_chip(row.pep)
    if row.signed_at:
        chip = Chip(f"Signed {words.day(words.london_day(row.signed_at))}", "signed")
        chip.setToolTip(f"Signed by {row.signed_by} on {words.moment(row.signed_at)}")
        return chip
    return Chip(f"Draft, {row.sections_done} of {row.sections_asked}", "draft")


def star_chart(star: Readings) -> StarChart:
    """Return the chart of a summary."""
    chart = StarChart(says_scores=True)
    series = [Series(day, scores) for day, scores in star.readings]
    chart.set_chart(star.areas, star.low, star.high, series)
    chart.setMinimumHeight(400)
    return chart


def action_chip(action: ActionRow, today: date) -> Chip:
    """Return how a promise stands: done, late, or the day it is due."""
    if action.done_on:
        return Chip(*_OVER.get(action.status, (action.status_words.lower(), "neutral")))
    if action.by_on is None:
        return Chip("no date", "neutral")
    if action.by_on < today:
        return Chip("late", "overdue")
    return Chip(short_day(action.by_on), "due_soon")


def _action_row(action: ActionRow, today: date) -> QWidget:
    what = wrapped(action.what)
    by = f"by {words.day(action.by_on)}" if action.by_on else ""
    who = Muted(", ".join(part for part in (action.who, by) if part))
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, 84)
    grid.setColumnStretch(1, 1)
    grid.addWidget(action_chip(action, today), 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(what, 0, 1)
    grid.addWidget(who, 1, 1)
    holder = QWidget()
    holder.setLayout(grid)
    return holder


def _line(link: QWidget, chip: QWidget) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(0, 1)
    grid.addWidget(link, 0, 0)
    grid.addWidget(chip, 0, 1)
    holder = QWidget()
    holder.setLayout(grid)
    return holder
