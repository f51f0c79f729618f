"""The cards at the top of the Pathway tab: where somebody stands in law, how far the plan is, dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.pathway.cycle import CycleView, PlanState
from caseapp.pathway.cycle_rules import Stage
from caseapp.pathway.standing import EventRow, OverrideRow, Standing
from caseapp.plan_versions import VersionRow
from ui.card_lines import fill, told_line
from ui.child_plans import version_words
from ui.editor import Flow
from ui.education_cards import Acts
from ui.parts import Banner, Card, Chip, LinkButton, Muted, Rule, plain, wrapped
from ui.record_parts import ElidedLink, row, state_meaning
from ui.why import why_button

_TOP: Final = Qt.AlignmentFlag.AlignTop
_SOON_SHOWN: Final = 3
CATEGORY_MEANINGS: Final = {
    "none": "neutral",
    "looked_after": "looked_after",
    "eligible": "looked_after",
    "relevant": "care_leaver",
    "former_relevant": "care_leaver",
    "qualifying": "info",
    "closed": "neutral",
}
_STAGES: Final = {"done": ("on_track", "check"), "now": ("info", "next"), "ahead": ("neutral", "not-begun")}
_PLANS: Final = {
    "draft": "draft",
    "met": "draft",
    "signed": "due_soon",
    "returned": "warning",
    "approved": "signed",
    "under_review": "signed",
    "superseded": "neutral",
    "closed": "neutral",
}
"""The meaning of how a version of the plan stands."""
_SPOKEN: Final = {"done": "done", "now": "here now", "ahead": "still ahead"}


@dataclass(frozen=True)
class Act:
    """Something to do: what the link says, and what is then called."""

    text: str
    run: Callable[[], object]


def links(acts: Sequence[Act]) -> QWidget:
    """Return what can be done as a line of links that goes on below."""
    holder = QWidget()
    flow = Flow(holder, gap=20, line_gap=4)
    flow.setContentsMargins(0, 2, 0, 0)
    for act in acts:
        link = LinkButton(act.text)
        link.clicked.connect(act.run)
        flow.addWidget(link)
    return holder


# Where the young person stands


class StandingCard(Card):
    """The category with its reasons: a chip, the deciding sentence, what is owed; the rest behind «Why»."""

    def __init__(
        self, view: Standing, acts: Sequence[Act], take_back: Callable[[OverrideRow], object]
    ) -> None:
        super().__init__()
        self.setAccessibleName("Legal category")
        if view.override:
            self.body.addWidget(_override(view, view.override, take_back))
        columns = QHBoxLayout()
        columns.setSpacing(32)
        columns.addLayout(self._category(view), 3)
        columns.addLayout(_duties(view), 2)
        self.body.addLayout(columns)
        self._details = _details(view)
        self._details.hide()
        self.body.addWidget(self._details)
        if acts:
            self.body.addWidget(links(acts))

    def _category(self, view: Standing) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(6)
        since = f"since {words.day(view.from_on)}" if view.category != "none" else ""
        chip = Chip(view.words, CATEGORY_MEANINGS[view.category], "pathway")
        lines.addWidget(row(chip, plain(since, "muted"), spacing=12))
        lines.addWidget(wrapped(view.override.reason if view.override else view.why[0]))
        lines.addWidget(Muted(view.next_words))
        self._why = LinkButton("Why")
        self._why.setAccessibleName("Why: the dates used")
        self._why.clicked.connect(self._show_why)
        lines.addWidget(self._why)
        lines.addStretch(1)
        return lines

    def _show_why(self) -> None:
        is_hidden = self._details.isHidden()
        self._details.setVisible(is_hidden)
        self._why.setText("Less" if is_hidden else "Why")


def _override(view: Standing, override: OverrideRow, take_back: Callable[[OverrideRow], object]) -> Banner:
    by = f" by {override.by}" if override.by else ""
    by_dates = view.by_dates[:1].lower() + view.by_dates[1:]
    said = f"Set{by}: {override.title}. By the dates alone: {by_dates}."
    banner = Banner(said, "warning", "Take back" if view.may_decide else "")
    banner.acted.connect(partial(take_back, override))
    return banner


def _duties(view: Standing) -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(4)
    lines.addWidget(plain("What is owed", "small"))
    for duty in view.duties or ("Nothing under leaving-care law.",):
        lines.addWidget(wrapped(duty))
    lines.addStretch(1)
    return lines


def _details(view: Standing) -> QWidget:
    """Return the dates used, the law, and how the category moved so far."""
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(6)
    lines.addWidget(Rule())
    lines.addWidget(plain("By the dates", "label"))
    for sentence in view.why:
        lines.addWidget(wrapped(sentence))
    lines.addWidget(Muted(view.law))
    if view.history:
        lines.addWidget(plain("How it moved", "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(2, 1)
        for line, turn in enumerate(view.history):
            grid.addWidget(plain(words.day(turn.on)), line, 0, _TOP)
            grid.addWidget(plain(turn.words), line, 1, _TOP)
            grid.addWidget(Muted(turn.why), line, 2, _TOP)
        lines.addLayout(grid)
    over = [each for each in view.overrides if not each.in_force]
    if over:
        lines.addWidget(plain("Set by a manager before, or for later", "label"))
        for each in over:
            lines.addWidget(Muted(f"{each.title}: {each.reason} ({each.by})"))
    return holder


def events_card(rows: Sequence[EventRow], acts: Acts) -> Card:
    """Return what rights depend on beside care, each row to be changed."""
    card = Card("Rights, offers and requests", acts.link())
    made = [
        told_line(
            each.title,
            [each.period[:1].upper() + each.period[1:], each.words],
            [],
            acts.button(each.title, each.id, each.version, each.given),
        )
        for each in rows
    ]
    empty = "Nothing beside the care record: no home with parents, custody, education or support asked for."
    fill(card, made, empty)
    return card


# How far the plan is


def cycle_card(view: CycleView, acts: Sequence[Act]) -> Card:
    """Return the stages of the plan, what the next move needs, whether it is in date, and decisions."""
    card = Card("Where the plan stands")
    stages = QWidget()
    flow = Flow(stages, gap=8, line_gap=6)
    flow.setContentsMargins(0, 0, 0, 0)
    for stage in view.stages:
        flow.addWidget(_stage(stage))
    card.body.addWidget(stages)
    if view.is_in_date is not None:
        chip = Chip("In date", "on_track") if view.is_in_date else Chip("Not in date", "overdue")
        said = view.in_date_words.partition(": ")[2]
        card.body.addWidget(
            row(chip, wrapped(said[:1].upper() + said[1:], "muted"), stretch_at=1, spacing=12)
        )
    elif view.in_date_words:
        card.body.addWidget(Muted(view.in_date_words))
    if view.missing:
        card.body.addWidget(plain("Next", "label"))
        for sentence in view.missing:
            card.body.addWidget(wrapped(sentence))
    for made in view.decisions[:3]:
        card.body.addWidget(Rule())
        title = f"{made.words} by {made.by} on {words.day(made.on)}: {made.plan}"
        card.body.addWidget(told_line(title, [made.note], []))
    if acts:
        card.body.addWidget(links(acts))
    return card


def plans_card(
    title: str, rows: Sequence[VersionRow], states: Sequence[PlanState], open_plan: Callable[[UUID], object]
) -> Card:
    """Return the versions of the plan, newest first, each with how it stands; each opens."""
    card = Card(title)
    by_id = {each.revision_id: each for each in states}
    for place, each in enumerate(rows):
        if place:
            card.body.addWidget(Rule())
        card.body.addWidget(_plan(each, by_id[each.revision_id], open_plan))
    return card


def _plan(each: VersionRow, state: PlanState, open_plan: Callable[[UUID], object]) -> QWidget:
    link = ElidedLink(each.title)
    link.clicked.connect(partial(open_plan, each.revision_id))
    lines = QVBoxLayout()
    lines.setSpacing(2)
    lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    lines.addWidget(Muted(version_words(each)))
    if state.returned_because:
        lines.addWidget(wrapped(f"To put right: {state.returned_because}"))
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.setSpacing(16)
    layout.addLayout(lines, 1)
    layout.addWidget(Chip(state.words, _PLANS[state.key]))
    return holder


def _stage(stage: Stage) -> Chip:
    meaning, icon = _STAGES[stage.state]
    said = f"{stage.words} {words.day(stage.on)}" if stage.on else stage.words
    chip = Chip(said, meaning, icon)
    chip.setAccessibleName(f"{said}: {_SPOKEN[stage.state]}")
    return chip


# What is due


def dates_card(dues: Sequence[Due], steps: Mapping[str, Act]) -> Card:
    """Return what is due next, each with its reason and, by clock or plan, the one thing to do about it."""
    card = Card("Next dates")
    rows = [_due(each, steps.get(each.clock) or steps.get(each.opens)) for each in dues[:_SOON_SHOWN]]
    fill(card, rows, "Nothing is due. A date comes with the 16th birthday, a plan, a home or a contact.")
    if len(dues) > _SOON_SHOWN:
        card.body.addWidget(Muted(f"{len(dues) - _SOON_SHOWN} more at the head of the record."))
    return card


def _due(due: Due, step: Act | None) -> QWidget:
    parts: list[QWidget] = [Chip(due.words, state_meaning(due.state)), plain(words.day(due.due_on), "muted")]
    if step is not None:
        link = LinkButton(step.text)
        link.setAccessibleName(f"{step.text}: {due.what}")
        link.clicked.connect(step.run)
        parts.append(link)
    return told_line(due.what, [], [row(*parts, spacing=12)], why_button(due))
