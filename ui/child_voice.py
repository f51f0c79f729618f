"""The child's own words on one page, newest first: what they said, when and where, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from caseapp import voice, words
from caseapp.voice import Said
from ui import theme
from ui.parts import Card, EmptyState, LinkButton, Muted, Rule, Section, plain
from ui.record_page import RecordPage
from ui.record_parts import READING_WIDTH, ElidedLink, clear

if TYPE_CHECKING:
    from ui.desk import Desk

AT_ONCE: Final = 40
"""Documents and notes that are shown before somebody asks for earlier ones."""
WAIT_MS: Final = 150
_QUOTE_POINTS: Final = 13.5


class VoicePage(RecordPage):
    """Quotes of signed documents and notes; those of one document stand together."""

    open_plan = Signal(UUID)
    note_asked = Signal()

    def __init__(
        self, desk: Desk, child_id: UUID, parent: QWidget | None = None, *, may_write: bool = False
    ) -> None:
        super().__init__(desk, child_id, parent)
        self._may_write = may_write
        self.setAccessibleName("Voice")
        self._said: list[Said] = []
        self._shown_count = AT_ONCE
        self._filter = QLineEdit()
        self._filter.setPlaceholderText("Search what was said")
        self._filter.setAccessibleName("Search what was said")
        self._filter.setClearButtonEnabled(True)
        self._filter.setFixedWidth(260)
        self._timer = QTimer(self, interval=WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._filter_again)
        self._filter.textChanged.connect(self._filter_changed)
        self._counted = Muted("")
        self._counted.setWordWrap(False)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(16)
        head.addWidget(Section("In the child’s own words"))
        head.addWidget(self._counted)
        head.addStretch(1)
        head.addWidget(self._filter)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self.body.addWidget(self._head)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Gather the words anew."""
        child_id = self.child_id
        self.ask("Gathering what was said …", lambda session: voice.gathered(session, child_id), self._show)

    def shown(self) -> list[Said]:
        """Return what fits the words searched for."""
        wanted = self._filter.text().casefold().split()
        return [each for each in self._said if _holds(each, wanted)]

    def _show(self, said: list[Said]) -> None:
        self._said = said
        self._head.setVisible(bool(said))
        self._filter_again()

    def _filter_changed(self) -> None:
        self._timer.start()

    def _filter_again(self) -> None:
        self._shown_count = AT_ONCE
        self._draw()

    def _show_earlier(self) -> None:
        self._shown_count += AT_ONCE
        self._draw()

    def _draw(self) -> None:
        clear(self._cards)
        said = self.shown()
        self._counted.setText(words.count(len(said), "quote"))
        if not said:
            self._cards.addWidget(self._nothing())
            return
        together = [list(group) for _, group in groupby(said, key=_place)]
        for year, groups in groupby(together[: self._shown_count], key=_year):
            card = Card(str(year))
            for place, group in enumerate(groups):
                if place:
                    card.body.addWidget(Rule())
                card.body.addWidget(SaidRow(group, self.open_plan))
            self._cards.addWidget(card)
        if len(together) > self._shown_count:
            more = LinkButton("Show earlier words")
            more.clicked.connect(self._show_earlier)
            self._cards.addWidget(more, 0, Qt.AlignmentFlag.AlignHCenter)

    def _nothing(self) -> QWidget:
        if self._said:
            return EmptyState("find", "Nothing like that was said", "Try fewer letters, or another word.")
        empty = EmptyState(
            "note",
            "Nothing in the child’s own words yet",
            "Write down what the child says as they say it: in a note, in an assessment or at a review.\n"
            "Talk, play, draw; with a small child, write what you saw.\n"
            "Quotes of notes stand here at once, those of a document when it is signed.",
            "Add a note" if self._may_write else "",
        )
        empty.acted.connect(self.note_asked)
        return empty


class SaidRow(QWidget):
    """What was said at one time or in one document: the day at the left, the words beside it."""

    def __init__(self, said: Sequence[Said], open_plan: SignalInstance) -> None:
        super().__init__()
        first = said[0]
        self.setAccessibleName(f"Said on {words.day(first.on)}. {first.source}")
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for each in said:
            lines.addWidget(_quote(each))
        lines.addWidget(_told(first, open_plan))
        if first.where:
            lines.addWidget(_wrapped(first.where, "muted"))
        for influence in dict.fromkeys(each.influence for each in said if each.influence):
            lines.addWidget(_influence(influence))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 100)
        grid.setColumnStretch(2, 1)  # takes what room the words leave on a wide screen
        day = plain(words.day(first.on), "muted")
        day.setContentsMargins(0, 3, 0, 0)  # on the line of the larger words beside it
        grid.addWidget(day, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(lines, 0, 1)


def _told(said: Said, open_plan: SignalInstance) -> QWidget:
    """Return when and where it was said; a document's name opens it."""
    if said.revision_id is None:
        return _wrapped(said.source, "muted")
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(plain("In", "muted"))
    link = ElidedLink(said.source)
    link.clicked.connect(partial(open_plan.emit, said.revision_id))
    layout.addWidget(link)
    layout.addStretch(1)
    return line


def _year(said: Sequence[Said]) -> int:
    return said[0].on.year


def _place(said: Said) -> tuple[object, ...]:
    return said.on, said.source, said.revision_id, said.whose, said.where


def _holds(said: Said, wanted: Sequence[str]) -> bool:
    told = (said.words, said.question, said.source, said.whose, said.where, said.influence)
    text = " ".join(told).casefold()
    return all(word in text for word in wanted)


def _quote(said: Said) -> QWidget:
    quote = _wrapped(f"“{said.words}”")
    quote.setFont(theme.font(_QUOTE_POINTS))
    quote.setAccessibleName(f"{said.whose or 'The child'} said: {said.words}")
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 0, 0, 4)
    lines.setSpacing(2)
    asked = ": ".join(part for part in (said.whose, said.question) if part)
    if asked:
        lines.addWidget(_wrapped(asked, "small"))
    lines.addWidget(quote)
    return holder


def _influence(text: str) -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 4, 0, 0)
    lines.setSpacing(2)
    lines.addWidget(plain("How it changed the plan", "label"))
    lines.addWidget(_wrapped(text))
    return holder


def _wrapped(text: str, role: str = "") -> QLabel:
    label = plain(text, role)
    label.setWordWrap(True)
    label.setMaximumWidth(READING_WIDTH)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
