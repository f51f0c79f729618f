"""Figures in cards: each number a link to its list that says what it means when it is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.parts import Card, LinkButton, Rule, plain
from ui.record_parts import ElidedLink

_POINTS: Final = 13
_TILE_POINTS: Final = 17
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Number(NamedTuple):
    """A figure as it is shown: what it is called aloud, what it means, and what it opens, if anything."""

    shown: str
    name: str
    meaning: str
    noticed: str
    opens: Callable[[], object] | None


class FigureRow(NamedTuple):
    """A line of a card: a title and its numbers, the first of them now.

    `of` stands beside that number, `basis` beside the title, `beneath` under it; `chooses` makes it a link.
    """

    title: str
    meaning: str
    numbers: Sequence[Number | None]
    of: str = ""
    basis: str = ""
    beneath: str = ""
    chooses: Callable[[], object] | None = None


class FigureLink(LinkButton):
    """A number that opens its list; it says what it means when the pointer or the keyboard reaches it."""

    noticed = Signal(str)

    def __init__(self, number: Number, parent: QWidget | None = None) -> None:
        super().__init__(number.shown, parent)
        self._noticed = number.noticed
        self._opens = number.opens
        self.setAccessibleName(number.name)
        self.setAccessibleDescription(number.meaning)
        # A tooltip guesses markup unless the text is plain: definitions are ours and hold none.
        self.setToolTip(number.meaning)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        if self._opens is not None:
            self._opens()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say what the number means to whoever comes by keyboard."""
        super().focusInEvent(event)
        self.noticed.emit(self._noticed)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say what the number means to whoever points at it."""
        super().enterEvent(event)
        self.noticed.emit(self._noticed)

    def leaveEvent(self, event: QEvent) -> None:
        """Say no more once the pointer has gone, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.noticed.emit("")


class FiguresCard(Card):
    """Figures in lines; with headings above them the first number of a line is larger."""

    noticed = Signal(str)

    def __init__(
        self, title: str, rows: Sequence[FigureRow], headings: Sequence[str] = (), width: int = 80
    ) -> None:
        super().__init__(title)
        self.links: list[FigureLink] = []
        self._has_of = any(each.of for each in rows)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._columns = max((len(each.numbers) for each in rows), default=0)
        for place in range(self._columns):
            self._grid.setColumnMinimumWidth(self._column(place), width)
        for place, heading in enumerate(headings[: self._columns]):
            self._grid.addWidget(plain(heading, "small"), 0, self._column(place), _RIGHT)
        self._is_large = bool(headings)
        least = QFontMetrics(theme.font(_POINTS)).height() + 4 if headings else 0
        for number, row in enumerate(rows, 1):
            self._grid.setRowMinimumHeight(2 * number, least)  # as high where a number opens nothing
            self._add(2 * number, row)
        self.body.addWidget(holder)

    def _column(self, place: int) -> int:
        """Return where a number stands: what the first is of has a column after it."""
        return 1 + place + (1 if place and self._has_of else 0)

    def _add(self, at: int, row: FigureRow) -> None:
        self._grid.addWidget(Rule(), at - 1, 0, 1, self._column(self._columns))
        self._grid.addLayout(_told_of(row), at, 0)
        for place, number in enumerate(row.numbers):
            if number is not None:
                shown = number_widget(number, self.noticed.emit)
                if isinstance(shown, FigureLink):
                    self.links.append(shown)
                if place == 0 and self._is_large:
                    shown.setFont(theme.font(_POINTS, QFont.Weight.DemiBold))
                self._grid.addWidget(shown, at, self._column(place), _RIGHT)
        if row.of:
            self._grid.addWidget(plain(row.of, "small"), at, 2)


def number_widget(number: Number, noticed: Callable[[str], object]) -> QWidget:
    """Return a number as a link to its list; what opens nothing is plain."""
    if number.opens is None:
        label = plain(number.shown, "muted")
        label.setAccessibleName(number.name)
        return label
    link = FigureLink(number)
    link.noticed.connect(noticed)
    return link


def _told_of(row: FigureRow) -> QVBoxLayout:
    """Return the title, beside it whose measure it is, beneath it what it is told of."""
    said = QVBoxLayout()
    said.setSpacing(0)
    title: QWidget
    if row.chooses:
        title = ElidedLink(row.title)
        title.setAccessibleDescription("Shows it by month")
        title.clicked.connect(partial(_choose, row.chooses))
    else:
        title = plain(row.title)
        title.setWordWrap(not row.basis)
        title.setToolTip(row.meaning)
    if row.basis:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(plain(row.basis, "small"), 1)
        said.addLayout(head)
    else:
        said.addWidget(title)
    if row.beneath:
        beneath = plain(row.beneath, "small")
        beneath.setWordWrap(True)
        said.addWidget(beneath)
    return said


def _choose(chooses: Callable[[], object], _checked: bool = False) -> None:
    chooses()


class Tile(Card):
    """A figure of all together, large."""

    def __init__(self, number: Number, title: str, beneath: str, meaning: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.link = FigureLink(number)
        self.link.setFont(theme.font(_TILE_POINTS, QFont.Weight.DemiBold))
        self._meaning = meaning
        self._tint()
        theme.changes().changed.connect(self._tint)
        self.body.setSpacing(0)
        said = plain(beneath, "small")
        said.setWordWrap(True)
        self.body.addWidget(plain(title, "small"))
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(said)
        self.body.addStretch(1)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(14, 10, 14, 10)

    def _tint(self) -> None:
        colour = theme.meaning(self._meaning)[0] if self._meaning else theme.colour("ink")
        self.link.setStyleSheet(f"color: {colour.name()}; font-size: {_TILE_POINTS}pt;")


def tile_row(found: Sequence[Tile]) -> QWidget:
    """Return tiles side by side, all as wide."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for each in found:
        layout.addWidget(each, 1)
    return holder
