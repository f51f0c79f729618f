"""The figures of the virtual school in cards: each a link to its children, what it means a moment away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from caseapp.education.virtual_school import Figure, Line
from ui import theme
from ui.card_columns import CardColumns
from ui.parts import Card, LinkButton, Rule, plain

Show = Callable[[Figure, str], object]

_POINTS: Final = 13
_LEFT_COLUMN: Final = 5  # groups in the left of two columns: as long as the others together
_TWO_COLUMNS: Final = 860
_NUMBER, _OF, _BEFORE = 92, 100, 84
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureLink(LinkButton):
    """A number that opens its list; it says what it means when the pointer or the keyboard reaches it."""

    noticed = Signal(str)

    def __init__(self, figure: Figure, when: str, parent: QWidget | None = None) -> None:
        super().__init__(figure.shown, parent)
        measure = figure.measure
        self._meaning = f"{measure.title}: {measure.definition}"
        self.setAccessibleName(f"{measure.title}, {when}: {figure.whole}")
        self.setAccessibleDescription(measure.definition)
        # A tooltip guesses markup unless the text is plain: definitions are ours and hold none.
        self.setToolTip(measure.definition)

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


class GroupCard(Card):
    """A group of figures: what it is called, now, of how many, last term."""

    noticed = Signal(str)

    def __init__(
        self, title: str, lines: Sequence[Line], times: tuple[str, str], show: Show, before_name: str
    ) -> None:
        super().__init__(title)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        for column, width in enumerate((_NUMBER, _OF, _BEFORE), 1):
            self._grid.setColumnMinimumWidth(column, width)
        for column, heading in ((1, "Now"), (3, before_name)):
            self._grid.addWidget(plain(heading, "small"), 0, column, _RIGHT)
        for number, line in enumerate(lines, 1):
            self._add(2 * number, line, times, show)
        self.body.addWidget(holder)

    def _add(self, at: int, line: Line, times: tuple[str, str], show: Show) -> None:
        self._grid.addWidget(Rule(), at - 1, 0, 1, 4)
        title = plain(line.measure.title)
        title.setWordWrap(True)
        title.setToolTip(line.measure.definition)
        now, before = (
            self._link(figure, when, show) for figure, when in ((line.now, times[0]), (line.before, times[1]))
        )
        now.setFont(theme.font(_POINTS, QFont.Weight.DemiBold))
        self._grid.addWidget(title, at, 0)
        self._grid.addWidget(now, at, 1, _RIGHT)
        self._grid.addWidget(plain(line.now.beneath, "small"), at, 2)
        self._grid.addWidget(before, at, 3, _RIGHT)

    def _link(self, figure: Figure, when: str, show: Show) -> FigureLink:
        link = FigureLink(figure, when)
        link.clicked.connect(partial(show, figure, when))
        link.noticed.connect(self.noticed)
        return link


def group_cards(
    groups: Sequence[tuple[str, Sequence[Line]]], times: tuple[str, str], before_name: str, show: Show
) -> tuple[CardColumns, list[GroupCard]]:
    """Return the cards of all groups in two columns, or one where there is no room."""
    cards = [GroupCard(title, lines, times, show, before_name) for title, lines in groups]
    two = (cards[:_LEFT_COLUMN], cards[_LEFT_COLUMN:])
    return CardColumns({_TWO_COLUMNS: two, 0: (cards,)}, (1, 1)), cards
