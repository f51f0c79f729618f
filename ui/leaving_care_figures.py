"""The figures of leaving care in cards: each a link to its list, what it is told of beneath its title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseapp.pathway.leaving_measures import COUNT
from caseapp.pathway.leaving_view import Figure, Line
from ui import theme
from ui.card_columns import CardColumns
from ui.parts import Card, LinkButton, Rule, plain

Show = Callable[[Figure, str], object]

_POINTS: Final = 13
_LEFT: Final = (
    "Who is on the list", "In touch, home and activity", "Health and papers", "Setting up home",
)  # fmt: skip
_TWO_COLUMNS: Final = 860
_NUMBER, _BEFORE = 80, 76
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureLink(LinkButton):
    """A number that opens its list; it says what it means when the pointer or the keyboard reaches it."""

    noticed = Signal(str)

    def __init__(self, figure: Figure, when: str, parent: QWidget | None = None) -> None:
        super().__init__(figure.shown, parent)
        measure = figure.measure
        self._meaning = f"{measure.title}: {meaning_of(figure)}"
        self.setAccessibleName(f"{measure.title}, {when}: {figure.whole}")
        self.setAccessibleDescription(meaning_of(figure))
        # A tooltip guesses markup unless the text is plain: definitions are ours and hold none.
        self.setToolTip(meaning_of(figure))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what the number means to whoever comes by keyboard."""
        super().focusInEvent(event)
        self.noticed.emit(self._meaning)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what the number means to whoever points at it."""
        super().enterEvent(event)
        self.noticed.emit(self._meaning)

    def leaveEvent(self, event: QEvent) -> None:
        """Say no more once the pointer has gone, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.noticed.emit("")


def meaning_of(figure: Figure) -> str:
    """Return what a figure means and whose measure it is."""
    return f"{figure.measure.definition} {figure.measure.basis} measure."


class GroupCard(Card):
    """A group of figures: what each is called and told of, now, and a year before."""

    noticed = Signal(str)

    def __init__(self, title: str, lines: Sequence[Line], times: tuple[str, str], show: Show) -> None:
        super().__init__(title)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, _NUMBER)
        self._grid.addWidget(plain("Now", "small"), 0, 1, _RIGHT)
        self._columns = 3 if any(line.before for line in lines) else 2
        if self._columns == 3:
            self._grid.setColumnMinimumWidth(2, _BEFORE)
            self._grid.addWidget(plain("Year before", "small"), 0, 2, _RIGHT)
        for number, line in enumerate(lines, 1):
            self._add(2 * number, line, times, show)
        self.body.addWidget(holder)

    def _add(self, at: int, line: Line, times: tuple[str, str], show: Show) -> None:
        self._grid.addWidget(Rule(), at - 1, 0, 1, self._columns)
        self._grid.addLayout(_told_of(line), at, 0)
        now = self._link(line.now, times[0], show)
        now.setFont(theme.font(_POINTS, QFont.Weight.DemiBold))
        self._grid.addWidget(now, at, 1, _RIGHT)
        if line.before:
            self._grid.addWidget(self._link(line.before, times[1], show), at, 2, _RIGHT)

    def _link(self, figure: Figure, when: str, show: Show) -> FigureLink:
        link = FigureLink(figure, when)
        link.clicked.connect(partial(show, figure, when))
        link.noticed.connect(self.noticed)
        return link


def _told_of(line: Line) -> QVBoxLayout:
    """Return the title; beneath a share or a sum what it is told of, beside the title whose measure it is."""
    title = plain(line.measure.title)
    title.setToolTip(meaning_of(line.now))
    said = QVBoxLayout()
    said.setSpacing(0)
    if line.measure.unit == COUNT:
        title.setWordWrap(True)
        said.addWidget(title)
        return said
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(title)
    head.addWidget(plain(line.measure.basis.lower(), "small"), 1)
    told_of = plain(line.now.sentence, "small")
    told_of.setWordWrap(True)
    said.addLayout(head)
    said.addWidget(told_of)
    return said


def group_cards(
    groups: Sequence[tuple[str, Sequence[Line]]], times: tuple[str, str], show: Show
) -> tuple[CardColumns, list[GroupCard]]:
    """Return the cards of all groups in two columns, or one where there is no room."""
    cards = [GroupCard(title, lines, times, show) for title, lines in groups]
    titles = [title for title, _ in groups]
    left = [card for card, title in zip(cards, titles, strict=True) if title in _LEFT]
    right = [card for card in cards if card not in left]
    return CardColumns({_TWO_COLUMNS: (left, right), 0: (cards,)}, (1, 1)), cards
