"""The top of the Early help tab: how it stands, who leads, what comes next, and what keeps it from coming."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from caseapp import words
from caseapp.early_help.moves import Move
from caseapp.early_help.page import EpisodeView, HelpView, Sibling
from caseapp.early_help.statuses import ENDED, OPEN
from ui.editor import Flow
from ui.parts import Card, Chip, ElidedLabel, LinkButton, Section, plain, primary
from ui.record_parts import ElidedLink, clear, row
from ui.small_form import InlineForm

_LOOKS: Final = {
    "draft": ("draft", ""),
    "awaiting_consent": ("due_soon", "due-soon"),
    "in_assessment": ("info", "draft"),
    "with_manager": ("info", "user"),
    "complete": ("success", "signed"),
    "plan_active": ("on_track", ""),
    "in_review": ("info", "history"),
    "closing": ("info", "part-done"),
    "closed": ("neutral", "check"),
    "declined": ("neutral", "minus"),
    "consent_withdrawn": ("alert", "restricted"),
    "paused": ("warning", ""),
    "stepped_up": ("info", "up"),
    "transferred": ("neutral", "external"),
    "void": ("neutral", "delete"),
}
"""The meaning and the icon of a status."""
_WHERE: Final = (
    ("Record who agreed", "Record a decision", "consent"),
    ("Sign this child's assessment", "Open the assessment", "early-help"),
    ("Name the lead practitioner", "Name the lead", "lead"),
    ("Agree at least one action", "Go to the actions", "actions"),
    ("Give the date of the next review", "Plan a family meeting", "taf"),
    ("Hold the family meeting", "Open the family meeting", "taf"),
    ("Write and sign the step up", "Write the step up", "step-up"),
    ("Record in the step up", "Open the step up", "signed step-up"),
    ("Sign the closing summary", "Write the closing summary", "early-help-closing"),
    ("It ended more than", "Start early help", "open"),
)
"""By how a sentence of what is missing begins: the words of its link, and where that leads."""
_WIDEST: Final = 760


def status_look(status: str) -> tuple[str, str]:
    """Return the meaning and the icon of a status of early help."""
    return _LOOKS[status]


def help_chip(status: str, status_words: str) -> Chip:
    """Return the chip of a status of early help."""
    return Chip(status_words, *status_look(status))


def where(missing: str) -> tuple[str, str]:
    """Return the words of the link for something missing, and where it leads; nothing if nowhere."""
    return next(((text, place) for start, text, place in _WHERE if missing.startswith(start)), ("", ""))


def review_words(episode: EpisodeView, today: date) -> str:
    """Return the day of the next review and in how many working days it is."""
    if episode.next_review_on is None:
        return "No date given" if episode.status in OPEN else ""
    left = episode.calendar.working_days_between(today, episode.next_review_on)
    soon = f"in {words.count(left, 'working day')}" if left else "today"
    return f"{words.day(episode.next_review_on)}, {soon}"


class StatusCard(Card):
    """How the early help of a child stands. Small forms open in it, one at a time."""

    asked = Signal(object)
    """A move was chosen."""
    level_asked = Signal()
    lead_asked = Signal()
    again_asked = Signal()
    sibling_asked = Signal(object)
    """The id of the brother or sister whose early help is to be shown."""
    gone_to = Signal(str)
    """Where something that is missing is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("How it stands")
        self._first: QPushButton | None = None
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        self._facts.setColumnMinimumWidth(0, 116)
        self._facts.setColumnMinimumWidth(2, 116)
        self._place = QVBoxLayout()
        for layout in (self._head, self._facts, self._place):
            self.body.addLayout(layout)

    def show_view(self, view: HelpView, today: date) -> None:
        """Show another state; an open form is closed."""
        self.close_form()
        self._first = None
        clear(self._head)
        clear(self._facts)
        if view.episode is None:
            return
        self._show_head(view, view.episode)
        for place, (label, widget) in enumerate(self._told(view, view.episode, today)):
            line, side = place // 2, place % 2 * 2
            self._facts.addWidget(plain(label, "muted"), line, side, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(widget, line, side + 1, Qt.AlignmentFlag.AlignTop)

    def _show_head(self, view: HelpView, episode: EpisodeView) -> None:
        self._head.addWidget(Section(f"EH-{episode.number}"))
        self._head.addWidget(help_chip(episode.status, episode.status_words))
        self._head.addWidget(Chip(episode.level_words or "Level not given yet", "neutral"))
        if view.may_write and episode.status in OPEN:
            change = LinkButton("Change…")
            change.setAccessibleName("Change the level of need")
            change.clicked.connect(self.level_asked)
            self._head.addWidget(change)
        self._head.addStretch(1)
        first = next((each for each in view.moves if each.primary), None)
        others = [each for each in view.moves if each is not first]
        if others:
            self._head.addWidget(self._more(others))
        if first is not None:
            self._offer(first.title, partial(self.asked.emit, first))
        elif view.may_write and episode.status in ENDED:
            self._offer("Start early help again", self.again_asked.emit)

    def _offer(self, text: str, act: Callable[[], object]) -> None:
        self._first = primary(text)
        self._first.clicked.connect(act)
        self._head.addWidget(self._first)

    def _more(self, others: Sequence[Move]) -> QPushButton:
        button = QPushButton("More")
        button.setAccessibleName("More moves")
        menu = QMenu(button)
        for each in others:
            menu.addAction(f"{each.title}…").triggered.connect(partial(self.asked.emit, each))
        button.setMenu(menu)
        return button

    def _told(self, view: HelpView, episode: EpisodeView, today: date) -> list[tuple[str, QWidget]]:
        route = ", ".join(part for part in (episode.route, episode.agency) if part)
        found = [("Opened", _words(words.day(episode.opened_on))), ("How it began", _words(route))]
        if episode.closed_on:
            ended = ", ".join(part for part in (words.day(episode.closed_on), episode.closure_words) if part)
            found.append(("Ended", _words(ended)))
        else:
            found.append(("Next review", self._review(episode, today)))
        found.append(("Lead", self._lead(view, episode)))
        if view.siblings:
            found.append(("Helped together", self._siblings(view.siblings)))
        if episode.reasons:
            found.append(("Reasons", _words("; ".join(episode.reasons))))
        return found

    def _review(self, episode: EpisodeView, today: date) -> QWidget:
        said = review_words(episode, today)
        if episode.next_review_on is None and episode.status in ("plan_active", "in_review"):
            return row(Chip(said, "due_soon"))
        return _words(said)

    def _lead(self, view: HelpView, episode: EpisodeView) -> QWidget:
        now = next((each for each in view.leads if each.until_on is None), None)
        told = (
            ", ".join(part for part in (now.name, now.agency, now.contact) if part) if now else "Nobody yet"
        )
        if not view.may_write or episode.status not in OPEN:
            return _words(told)
        change = LinkButton("Change…" if now else "Name…")
        change.setAccessibleName("Change the lead practitioner" if now else "Name the lead practitioner")
        change.clicked.connect(self.lead_asked)
        return _flowing((ElidedLabel(told), change), 10)

    def _siblings(self, siblings: Sequence[Sibling]) -> QWidget:
        parts = []
        for each in siblings:
            link = ElidedLink(each.name)
            link.clicked.connect(partial(self.sibling_asked.emit, each.child_id))
            parts.append(row(link, help_chip(each.status, each.status_words)))
        return _flowing(parts, 16)

    # Small forms, and what is missing

    def open_form(self, form: InlineForm) -> None:
        """Open a form below the facts, in place of what was open there."""
        self.close_form()
        form.cancelled.connect(self.close_form)
        form.setMaximumWidth(_WIDEST)
        self._place.addWidget(form)
        form.show()
        form.focus_first()
        self._offer_first(False)

    def show_missing(self, move: Move) -> None:
        """Say what keeps a move from being made, each with a link to where it is done."""
        self.close_form()
        told = MissingList(move)
        told.gone_to.connect(self.gone_to)
        told.closed.connect(self.close_form)
        self._place.addWidget(told)
        told.show()
        told.setFocus()

    def close_form(self) -> None:
        """Take away what is open below the facts."""
        clear(self._place)
        self._offer_first(True)

    def _offer_first(self, is_offered: bool) -> None:
        """Leave the one main button to the form that is open."""
        if self._first is not None:
            self._first.setVisible(is_offered)

    def form(self) -> QWidget | None:
        """Return what is open below the facts."""
        item = self._place.itemAt(0)
        return item.widget() if item else None


class MissingList(QWidget):
    """What a move still needs, as a list."""

    gone_to = Signal(str)
    closed = Signal()

    def __init__(self, move: Move, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = f"“{move.title}” is not possible yet"
        self.setAccessibleName(f"{title}. {' '.join(move.missing)}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close = LinkButton("Close")
        close.setAccessibleName(f"Close: {title}")
        close.clicked.connect(self.closed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(row(plain(title, "label"), close, stretch_at=0))
        for each in move.missing:
            layout.addWidget(self._line(each))

    def _line(self, missing: str) -> QWidget:
        said = _words(missing)
        text, place = where(missing)
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(Chip("missing", "due_soon", "not-begun"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(said, 1)
        if text:
            link = LinkButton(text)
            link.clicked.connect(partial(self.gone_to.emit, place))
            layout.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        return holder


def _flowing(widgets: Sequence[QWidget], gap: int) -> QWidget:
    holder = QWidget()
    flow = Flow(holder, gap=gap, line_gap=4)
    flow.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        flow.addWidget(each)
    return holder


def _words(text: str) -> QWidget:
    label = plain(text or "–")
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
