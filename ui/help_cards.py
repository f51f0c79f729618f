"""The cards of the Early help tab: documents, consent, what happened, earlier spells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import words
from caseapp.early_help.consents import ConsentRow
from caseapp.early_help.page import EpisodeView, HelpView, StepRow
from caseapp.early_help.statuses import BEFORE_CONSENT, OPEN, WORKING
from caseapp.form_parts.early_help_lists import PURPOSES, ROUTES
from caseapp.plan_versions import VersionRow
from ui.child_head import in_a_sentence
from ui.child_plans import versions_card
from ui.editor import Flow
from ui.help_status import help_chip
from ui.parts import Card, Chip, LinkButton, Muted, Rule, plain
from ui.record_parts import row

ASSESSMENT: Final = "early-help"
DOCUMENTS: Final = ("taf", "step-up", "step-down", "early-help-closing", "young-carer")
"""The kinds of the other documents of early help."""
_WRITING: Final = OPEN - {"consent_withdrawn"}
_REVIEWING: Final = frozenset({"plan_active", "in_review"})
_STARTS: Final = (
    ("taf", "Plan a family meeting", WORKING | {"closing"}),
    ("young-carer", "Young carer’s assessment", _WRITING),
    ("step-up", "Write the step up", _WRITING),
    ("step-down", "Write the step down", BEFORE_CONSENT | WORKING),
    ("early-help-closing", "Closing summary", frozenset({"closing"})),
)
"""What can be begun: its kind, the words of its button, and the statuses in which it makes sense."""
_DECISIONS: Final = {
    "given": ("success", ""),
    "limits": ("due_soon", "part-done"),
    "refused": ("alert", "close"),
    "withdrawn": ("alert", "undo"),
    "not_sought": ("neutral", "minus"),
    "lapsed": ("warning", "due-soon"),
}
"""The meaning and the icon of a decision."""
_FROM_ABOVE: Final = dict(ROUTES)["step_down"]


def starts(episode: EpisodeView, rows: Sequence[VersionRow]) -> list[tuple[str, str]]:
    """Return the documents that can be begun now, as (kind, words of the button)."""
    drafts = {each.kind for each in rows if not each.signed_at}
    return [
        (kind, text)
        for kind, text, statuses in _STARTS
        if episode.status in statuses
        and kind not in drafts
        and (kind != "step-down" or episode.route == _FROM_ABOVE)
    ]


def assessment_card(
    view: HelpView,
    rows: Sequence[VersionRow],
    open_plan: Callable[[UUID], object],
    start: Callable[[str], object],
    compare: Callable[[], object],
) -> QWidget:
    """Return the versions of the assessment, and how it is begun, gone on with or reviewed."""
    link = LinkButton("Compare versions")
    link.clicked.connect(compare)
    if len(rows) < 2:
        link.hide()
    card = versions_card("Assessment", rows, view.may_write, open_plan, link)
    if not rows:
        card.body.addWidget(
            Muted("What is going well, what is hard and what would help; it ends in a plan that all agree.")
        )
    if view.may_write and view.episode and all(each.signed_at for each in rows):
        text, statuses = ("Review the assessment", _REVIEWING) if rows else ("Write the assessment", _WRITING)
        if view.episode.status in statuses:
            card.body.addWidget(_buttons([(ASSESSMENT, text)], start))
    return card


def documents_card(
    view: HelpView,
    rows: Sequence[VersionRow],
    open_plan: Callable[[UUID], object],
    start: Callable[[str], object],
) -> QWidget:
    """Return meetings, steps up and down, closing and young carer's assessments, newest first."""
    newest = sorted(rows, key=lambda each: (each.dated_on is not None, each.dated_on), reverse=True)
    card = versions_card("Documents", newest, view.may_write, open_plan)
    if not rows:
        card.body.addWidget(Muted("Family meetings and what else is written stand here, newest first."))
    if view.may_write and view.episode and (offered := starts(view.episode, rows)):
        card.body.addWidget(_buttons(offered, start))
    return card


def _buttons(offered: Sequence[tuple[str, str]], start: Callable[[str], object]) -> QWidget:
    holder = QWidget()
    flow = Flow(holder, gap=8, line_gap=8)
    flow.setContentsMargins(0, 4, 0, 0)
    for kind, text in offered:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.clicked.connect(partial(start, kind))
        flow.addWidget(button)
    return holder


def consent_card(rows: Sequence[ConsentRow], may_record: bool, record: Callable[[], object]) -> QWidget:
    """Return everybody's decisions: those that stand, and the earlier ones folded away."""
    link = LinkButton("Record a decision")
    link.clicked.connect(record)
    link.setVisible(may_record)
    card = Card("Consent", link)
    standing = [each for each in rows if each.stands]
    for place, each in enumerate(standing):
        if place:
            card.body.addWidget(Rule())
        card.body.addWidget(_consent_row(each))
    if not standing:
        card.body.addWidget(Muted("Nobody’s decision is recorded yet. Each person decides for themselves."))
    if earlier := [_consent_row(each) for each in rows if not each.stands]:
        card.body.addWidget(Folded(f"Earlier decisions ({len(earlier)})", earlier))
    return card


def _consent_row(each: ConsentRow) -> QWidget:
    meaning, icon = _DECISIONS.get(each.decision, ("neutral", ""))
    lines = QVBoxLayout()
    lines.setSpacing(2)
    name = plain(each.person, "label")
    name.setWordWrap(True)
    lines.addWidget(name)
    lines.addWidget(Muted(f"{each.capacity}, {words.day(each.on)}{_how(each)}"))
    for text in _terms(each):
        lines.addWidget(_wrapped(text))
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.setSpacing(12)
    layout.addLayout(lines, 1)
    chips = QVBoxLayout()
    chips.setSpacing(4)
    chips.addWidget(Chip(each.decision_words.split(",")[0], meaning, icon), 0, Qt.AlignmentFlag.AlignRight)
    if each.overridden:
        chips.addWidget(Chip("Overridden", "restricted"), 0, Qt.AlignmentFlag.AlignRight)
    if each.is_due and each.review_on:
        late = Chip(f"Ask again, due {words.day(each.review_on)}", "due_soon")
        chips.addWidget(late, 0, Qt.AlignmentFlag.AlignRight)
    chips.addStretch(1)
    layout.addLayout(chips)
    return holder


def _how(each: ConsentRow) -> str:
    return f", {each.how[:1].lower()}{each.how[1:]}" if each.how else ""


def _terms(each: ConsentRow) -> list[str]:
    """Return what a decision covers and leaves out, why, and when to ask again."""
    named = dict(PURPOSES)
    asked = [named.get(code, code) for code in each.purposes]
    found = ["; ".join([*asked[:1], *map(in_a_sentence, asked[1:])])]
    if each.allowed:
        found.append(f"May be shared with {words.listed([*each.allowed])}")
    if each.refused:
        found.append(f"Not with {words.listed([*each.refused])}")
    if each.because:
        found.append(f"Because: {each.because}")
    if each.overridden:
        found.append(
            f"Gone ahead to keep somebody safe, decided by {each.override_by}: {each.override_because}"
        )
    if each.stands and each.review_on and not each.is_due:
        found.append(f"Ask again by {words.day(each.review_on)}")
    return found


def steps_card(steps: Sequence[StepRow]) -> QWidget:
    """Return what happened, latest first."""
    card = Card("What happened")
    for each in steps:
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(_wrapped(each.words))
        if each.reason:
            lines.addWidget(Muted(each.reason))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(plain(words.day(each.on), "muted"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        card.body.addWidget(holder)
    return card


def earlier_card(episodes: Sequence[EpisodeView]) -> QWidget:
    """Return the earlier spells of early help, folded away."""
    card = Card()
    card.setAccessibleName("Earlier early help")
    rows = [_episode_row(each) for each in episodes]
    card.body.addWidget(Folded(f"Earlier early help ({len(rows)})", rows))
    return card


def _episode_row(each: EpisodeView) -> QWidget:
    until = f" to {words.day(each.closed_on)}" if each.closed_on else ""
    head = row(plain(f"EH-{each.number}", "label"), help_chip(each.status, each.status_words))
    lines = QWidget()
    layout = QVBoxLayout(lines)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.setSpacing(2)
    layout.addWidget(head)
    told = [f"{words.day(each.opened_on)}{until}", each.route, each.level_words, each.closure_words]
    layout.addWidget(Muted(". ".join(part for part in told if part)))
    return lines


class Folded(QWidget):
    """Rows behind a link that shows and hides them."""

    def __init__(self, text: str, rows: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.link = LinkButton(text)
        self.link.clicked.connect(self._turn)
        self._rows = QWidget()
        inside = QVBoxLayout(self._rows)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for each in rows:
            inside.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.addWidget(self.link)
        layout.addWidget(self._rows)
        self._show(False)

    def _turn(self) -> None:
        self._show(self._rows.isHidden())

    def _show(self, is_open: bool) -> None:
        self._rows.setVisible(is_open)
        self.link.setText(f"Hide: {self._text}" if is_open else self._text)
        self.link.setAccessibleName(self.link.text())


def _wrapped(text: str) -> QWidget:
    label = plain(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
