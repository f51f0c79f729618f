"""Figures of a caseload outside its table: tiles at the top, cards beneath; a number opens its children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseapp.caseload import zone
from caseapp.caseload.cases import SHARE, Figure
from caseapp.caseload.figures import PLANS
from caseapp.caseload.settled import shown as number_words
from caseapp.caseload.view import Caseload, TeamLine
from ui import theme
from ui.card_columns import CardColumns
from ui.chips import ICONS, Chip
from ui.parts import Card, LinkButton, Muted, Rule, plain

Show = Callable[[Figure, str], object]

_TILE_POINTS: Final = 17
_NUMBER: Final = 96
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MEANINGS: Final = {"overdue": "overdue", "due_in_7_days": "due_soon", "unseen": "overdue"}
_QUIET: Final = ("drifting", "unseen", "no_plan", "drafts", "points")


class FigureLink(LinkButton):
    """A number that opens its list; it says what it means when the pointer or the keyboard reaches it."""

    noticed = Signal(str)

    def __init__(self, figure: Figure, whose: str, parent: QWidget | None = None) -> None:
        super().__init__(figure.shown, parent)
        told = figure.definition
        self._meaning = f"{told.title}: {told.meaning}"
        self.setAccessibleName(f"{told.title}, {whose}: {figure.whole}")
        self.setAccessibleDescription(told.meaning)
        self.setToolTip(told.meaning)

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


class Tile(Card):
    """A figure of the whole team, large."""

    def __init__(self, figure: Figure, title: str, beneath: str, whose: str, show: Show) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.link = FigureLink(figure, whose)
        self.link.setFont(theme.font(_TILE_POINTS, QFont.Weight.DemiBold))
        self._meaning = _MEANINGS.get(figure.definition.key, "") if figure.count else ""
        self._tint()
        theme.changes().changed.connect(self._tint)
        self.link.clicked.connect(partial(show, figure, whose))
        self.body.setSpacing(0)
        said = plain(beneath, "small")
        said.setWordWrap(True)
        self.body.addWidget(plain(title, "small"))
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(said)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(14, 10, 14, 10)

    def _tint(self) -> None:
        colour = theme.meaning(self._meaning)[0] if self._meaning else theme.colour("ink")
        self.link.setStyleSheet(f"color: {colour.name()}; font-size: {_TILE_POINTS}pt;")


def tiles(shown: Caseload, show: Show) -> tuple[QWidget, list[Tile]]:
    """Return the row of tiles, and the tiles."""
    all_of = shown.everyone
    days = shown.settled.days("unseen_days")
    worst = all_of["longest_unseen"]
    longest = f"longest: {worst.first.child}, {worst.shown} days" if worst.first else "nobody is waiting"
    told = (
        ("overdue", "Overdue", _children_words(all_of["overdue"])),
        ("due_in_7_days", "Due in 7 days", _children_words(all_of["due_in_7_days"])),
        ("pep_in_date", "PEPs in date", _share_words(all_of["pep_in_date"], "children")),
        ("pathway_in_date", "Pathway plans in date", _share_words(all_of["pathway_in_date"], "young people")),
        ("unseen", f"Not seen for {days} days", longest),
    )
    found = [Tile(all_of[key], title, beneath, shown.team, show) for key, title, beneath in told]
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for each in found:
        layout.addWidget(each, 1)
    return holder, found


def _children_words(figure: Figure) -> str:
    number = figure.children
    one = "for 1 child" if number == 1 else f"for {number} children"
    return one if number else "nothing"


def _share_words(figure: Figure, many: str) -> str:
    return f"{figure.count} of {figure.of} {many}" if figure.of else f"no {many} here"


class FiguresCard(Card):
    """Figures of the whole team in lines."""

    def __init__(self, title: str, figures: Sequence[Figure], whose: str, show: Show) -> None:
        super().__init__(title)
        self.links = [FigureLink(each, whose) for each in figures]
        grid = _grid(self)
        for number, (figure, link) in enumerate(zip(figures, self.links, strict=True)):
            link.clicked.connect(partial(show, figure, whose))
            label = plain(figure.definition.title)
            label.setToolTip(figure.definition.meaning)
            grid.addWidget(Rule(), 2 * number, 0, 1, 2)
            grid.addWidget(label, 2 * number + 1, 0)
            grid.addWidget(link, 2 * number + 1, 1, _RIGHT)


class AveragesCard(Card):
    """The average of each team and of all together, against the zone."""

    def __init__(self, shown: Caseload) -> None:
        super().__init__("Averages")
        self.setAccessibleDescription(shown.sentence)
        grid = _grid(self)
        for number, each in enumerate((*shown.service, shown.whole_service)):
            grid.addWidget(Rule(), 2 * number, 0, 1, 3)
            name = plain(each.name)
            name.setToolTip(f"{each.children} children, {each.holders} workers: {each.load.sum}")
            grid.addWidget(name, 2 * number + 1, 0)
            grid.addWidget(_average(each), 2 * number + 1, 1, _RIGHT)
            if each.average is not None:
                told = zone.standing(each.average, shown.settled)
                grid.addWidget(Chip(told.words, told.meaning, ICONS[told.meaning]), 2 * number + 1, 2)
        zone_words = zone.zone_words(shown.settled)
        note = Muted(
            "Children ÷ full-time equivalent of the workers who hold one, without those away for over four "
            f"weeks; all teams: total ÷ total. {zone_words.capitalize()}."
        )
        note.setWordWrap(True)
        self.body.addWidget(note)


def _average(each: TeamLine) -> QLabel:
    divisor = number_words(each.load.fte)
    label = plain(f"{each.children} ÷ {divisor} = {zone.average_words(each.average)}")
    label.setAccessibleName(f"{each.name}: {each.load.sum}")
    return label


def _grid(card: Card) -> QGridLayout:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    grid.setColumnMinimumWidth(1, _NUMBER)
    card.body.addWidget(holder)
    return grid


def cards(shown: Caseload, show: Show) -> tuple[CardColumns, list[FiguresCard]]:
    """Return the cards beneath the table, and those whose numbers open lists."""
    all_of, whose = shown.everyone, shown.team
    quiet = FiguresCard("Drifting and load", [all_of[key] for key in _QUIET], whose, show)
    plans = FiguresCard(
        "Children with a signed plan", [all_of[f"plan_{kind}"] for kind in PLANS], whose, show
    )
    averages = AveragesCard(shown)
    columns = CardColumns({960: ((quiet,), (plans,), (averages,)), 0: ((quiet, plans, averages),)}, (3, 3, 4))
    return columns, [quiet, plans]


def counted_words(figure: Figure) -> tuple[str, str]:
    """Return what the rows of a figure are: children counted, or in date and not."""
    return ("In date", "Not in date") if figure.definition.unit == SHARE else ("Counted", "Not counted")


def stacked(*widgets: QWidget) -> QVBoxLayout:
    """Return widgets one above the other, close together."""
    layout = QVBoxLayout()
    layout.setSpacing(2)
    for each in widgets:
        layout.addWidget(each)
    return layout
