"""The cards of a young person's life on the Pathway tab: adviser, contacts, home, activity, money, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caseapp import words
from caseapp.pathway.adviser import AdviserView, AllocationRow, ContactRow
from caseapp.pathway.homes import ActivityRow, HomeRow, LivingView
from caseapp.pathway.money import GUIDELINE_PENCE, MoneyRow, MoneyView, PapersView
from caseapp.pathway.scores import HIGH, Part
from ui.card_columns import CardColumns
from ui.card_lines import fill, told_line
from ui.education_cards import Acts
from ui.education_charts import ShareBar
from ui.line_chart import DatedLine, LineChart
from ui.parts import Banner, Card, Chip, LinkButton, Muted, Rule, plain, wrapped
from ui.pathway_cards import Act, links
from ui.record_parts import clear, row, state_meaning
from ui.why import why_button

_SHOWN: Final = 5
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_PAPERS: Final = {
    "have": ("on_track", "check"),
    "applied": ("due_soon", "due-soon"),
    "no": ("warning", "warning"),
    "na": ("neutral", "minus"),
}
"""The meaning and icon of how far a document is."""
_TOUCH: Final = {"YES": "on_track", "NO": "overdue", "REFU": "warning"}


# Adviser and contacts


class AdviserCard(Card):
    """Who the adviser is, the regime of contact, the next one due, and every contact with what counts."""

    def __init__(self, view: AdviserView, allocate: Act | None, contact: Act | None) -> None:
        super().__init__("Personal adviser and contact", links([contact]) if contact else None)
        self._view = view
        self.body.addWidget(_adviser(view, allocate))
        self.body.addWidget(Muted(view.regime))
        if view.next_due:
            due = view.next_due
            said = Muted(f"{due.what}, {words.day(due.due_on)}. {due.why}")
            self.body.addWidget(row(Chip(due.words, state_meaning(due.state)), why_button(due)))
            self.body.addWidget(said)
        self.body.addWidget(Rule())
        last = view.last_counted_on
        counted = f"Last contact that counts: {words.day(last)}" if last else "No contact that counts yet"
        self.body.addWidget(plain(counted, "label"))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)
        self._all = LinkButton(f"Show all {len(view.contacts)} contacts")
        self._all.clicked.connect(self._show_all)
        if len(view.contacts) <= _SHOWN:
            self._all.hide()
        self.body.addWidget(self._all)
        self._show(view.contacts[:_SHOWN])

    def _show_all(self) -> None:
        self._all.hide()
        self._show(self._view.contacts)

    def _show(self, rows: Sequence[ContactRow]) -> None:
        clear(self._list)
        for place, each in enumerate(rows):
            if place:
                self._list.addWidget(Rule())
            self._list.addWidget(_contact(each))
        if not rows:
            self._list.addWidget(Muted("Visits, calls, meetings, messages and attempts stand here."))


def _adviser(view: AdviserView, allocate: Act | None) -> QWidget:
    now = view.now
    title = now.name if now else "No personal adviser"
    since = f"Since {words.day(now.from_on)}" if now and now.from_on else ""
    chips: list[QWidget] = []
    if view.was_in_time is False:
        chips.append(Chip("Not there by the 16th birthday", "warning"))
    said = [since, now.handover if now else "", view.by_sixteen, _before(view.allocations)]
    button = None
    if allocate:
        button = LinkButton(allocate.text)
        button.clicked.connect(allocate.run)
    return told_line(title, said, chips, button)


def _before(rows: Sequence[AllocationRow]) -> str:
    named = [
        f"{words.isolated(each.name)}, until {words.day(each.until_on)}"
        for each in rows
        if not each.is_now and each.until_on
    ]
    return f"Before: {'; '.join(named)}" if named else ""


def _contact(each: ContactRow) -> QWidget:
    title = f"{words.day(each.on)}  {each.title}"
    if each.purpose:
        title += f": {each.purpose}"
    detail = ". ".join(part for part in (each.detail, f"By {each.by}" if each.by else "") if part)
    chips = [Chip(each.not_counted, "neutral", "minus")] if each.not_counted else []
    quote = f"“{each.quote}”" if each.quote else ""
    return told_line(title, [detail, each.words, quote], chips)


def in_touch_card(view: AdviserView, living: LivingView, acts: Acts) -> Card:
    """Return whether we are in touch, from the newest on, and what does not fit among the return's codes."""
    card = Card("In touch", acts.link())
    for trouble in living.troubles:
        said = f"{trouble.words} (rule {trouble.rule})" if trouble.rule.isdigit() else trouble.words
        card.body.addWidget(Banner(said, "info" if trouble.is_warning else "warning"))
    rows = [
        told_line(
            each.title,
            [f"From {words.day(each.on)}", each.detail],
            [Chip("Holds now", _TOUCH.get(each.code, "neutral"))] if not place else [],
            acts.button(f"being in touch from {words.day(each.on)}", each.id, each.version, each.given),
        )
        for place, each in enumerate(view.in_touch)
    ]
    fill(card, rows, "Not recorded yet. The return asks for it around each birthday from 17 to 21.")
    return card


# Home and activity


def homes_card(rows: Sequence[HomeRow], acts: Acts) -> Card:
    """Return the homes, the present one first, each with how suitable it is and why."""
    card = Card("Home", acts.link())
    made = [_home(each, acts) for each in rows]
    fill(card, made, "No home recorded yet. While looked after, the placement stands on the Care tab.")
    return card


def _home(each: HomeRow, acts: Acts) -> QWidget:
    meaning = "neutral" if each.is_suitable is None else "on_track" if each.is_suitable else "overdue"
    chips: list[QWidget] = [Chip(each.suitable, meaning)]
    if each.code:
        chips.append(Chip(f"Code {each.code}", "neutral"))
    if each.is_now:
        chips.append(Chip("Lives here now", "info"))
    said = [each.period, each.address, each.facts, each.because, *each.warnings]
    button = acts.button(each.title, each.id, each.version, each.given)
    return told_line(each.title, said, [row(*chips)], button)


def activities_card(rows: Sequence[ActivityRow], acts: Acts) -> Card:
    """Return what they do, the present first; not in education, training or work says for how long."""
    card = Card("Education, training and work", acts.link())
    fill(card, [_activity(each, acts) for each in rows], "No activity recorded yet.")
    return card


def _activity(each: ActivityRow, acts: Acts) -> QWidget:
    chips: list[QWidget] = []
    if each.is_now and each.is_busy:
        chips.append(Chip("In education, training or work", "on_track"))
    elif each.is_now and each.given.code != "0":
        chips.append(Chip(f"Not in any of these for {words.count(each.days, 'day')}", "warning"))
    button = acts.button(each.title, each.id, each.version, each.given)
    return told_line(each.title, [each.period, each.words], chips, button)


# Money and papers


def money_card(view: MoneyView, acts: Acts) -> Card:
    """Return the setting-up-home allowance: granted, spent, left, and its entries."""
    card = Card("Setting-up-home allowance", acts.link())
    grid = QGridLayout()
    for column, (label, pence) in enumerate(
        (("Granted", view.granted), ("Spent", view.spent), ("Left", view.left))
    ):
        grid.setColumnStretch(column, 1)
        grid.addWidget(plain(label, "small"), 0, column)
        figure = plain(words.money(pence), "label")
        figure.setAccessibleName(f"{label}: {words.money(pence)}")
        grid.addWidget(figure, 1, column)
    card.body.addLayout(grid)
    if view.granted:
        share = Decimal(100 * view.spent) / view.granted
        said = f"{words.money(view.spent)} of {words.money(view.granted)} spent"
        card.body.addWidget(
            ShareBar(min(share, Decimal(100)), "alert" if share > 100 else "on_track", 100, said)
        )
    if view.left < 0:
        card.body.addWidget(Banner(f"{words.money(-view.left)} more was spent than granted.", "warning"))
    for each in view.rows:
        card.body.addWidget(Rule())
        card.body.addWidget(_entry(each, acts))
    if not view.rows:
        card.body.addWidget(Muted(f"Nothing granted yet. The guideline is {words.money(GUIDELINE_PENCE)}."))
    return card


def _entry(each: MoneyRow, acts: Acts) -> QWidget:
    sign = "+" if each.kind == "grant" else "−"
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(0, 1)
    grid.addWidget(wrapped(each.what, "label"), 0, 0)
    sum_ = plain(f"{sign} {words.money(each.pence)}")
    sum_.setAccessibleName(f"{each.title} {words.money(each.pence)}")
    grid.addWidget(sum_, 0, 1, _RIGHT)
    said = f"{words.day(each.on)}, {each.title.lower()}. Left {words.money(each.left)}."
    grid.addWidget(Muted(f"{said} {each.detail}".strip()), 1, 0, 1, 2)
    if (button := acts.button(each.what, each.id, each.version, each.given)) is not None:
        grid.addWidget(button, 0, 2)
    return holder


def papers_card(view: PapersView) -> Card:
    """Return the documents: which they have, which are applied for, which not yet."""
    card = Card("Papers")
    if not view.papers:
        card.body.addWidget(Muted("They stand here once a pathway plan is signed: it asks for each of them."))
        return card
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setVerticalSpacing(6)
    for line, each in enumerate(view.papers):
        meaning, icon = _PAPERS.get(each.state, ("neutral", "help"))
        label = wrapped(each.label)
        label.setAccessibleName(f"{each.label}: {each.words}")
        grid.addWidget(label, line, 0)
        grid.addWidget(Chip(each.words, meaning, icon), line, 1, _RIGHT)
    card.body.addLayout(grid)
    card.body.addWidget(Muted(f"As told in: {view.by}."))
    return card


# Scores


class ScoresCard(Card):
    """Two scores of each part of life over time: a part is chosen in the table, its lines stand beside."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__("How it is going, from 1 to 10")
        if not parts:
            empty = "No scores yet. Each part of a pathway plan is scored by the young person and the worker."
            self.body.addWidget(Muted(empty))
            return
        self._name = plain("", "label")
        self._chart = LineChart("Scores over time", 0, HIGH)
        table, drawn = QWidget(), QWidget()
        grid = _table(parts, self._show)
        grid.setContentsMargins(0, 0, 0, 0)
        table.setLayout(grid)
        lines = QVBoxLayout(drawn)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._name)
        lines.addWidget(self._chart)
        self.body.addWidget(CardColumns({760: ((table,), (drawn,)), 0: ((table, drawn),)}, (1, 1)))
        self._show(max(parts, key=lambda each: len(each.points)))

    def _show(self, part: Part) -> None:
        self._name.setText(part.title)
        self._chart.setAccessibleName(f"Scores over time: {part.title}")
        self._chart.set_lines(
            [
                DatedLine("Young person", tuple((each.on, each.mine) for each in part.points)),
                DatedLine("Worker", tuple((each.on, each.worker) for each in part.points)),
            ]
        )


def _table(parts: Sequence[Part], show: Callable[[Part], object]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    for column, heading in enumerate(("Part of life", "Own", "Worker", "Own change")):
        grid.addWidget(plain(heading, "small"), 0, column, _RIGHT if column else Qt.AlignmentFlag.AlignLeft)
    for line, part in enumerate(parts, 1):
        link = LinkButton(part.title)
        link.setAccessibleName(f"Show the scores of: {part.title}")
        link.clicked.connect(partial(show, part))
        grid.addWidget(link, line, 0)
        change = "–" if part.change is None else f"{part.change:+d}" if part.change else "same"
        cells = (_figure(part.latest.mine), _figure(part.latest.worker), change)
        for column, text in enumerate(cells, 1):
            grid.addWidget(plain(text), line, column, _RIGHT)
    return grid


def _figure(score: int | None) -> str:
    return "–" if score is None else str(score)
