"""Figures of a caseload outside its table: tiles at the top, cards beneath; a number opens its children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import SHARE, Figure
from caseapp.caseload.figures import PLANS
from caseapp.caseload.settled import shown as number_words
from caseapp.caseload.view import Caseload, TeamLine
from ui.card_columns import CardColumns
from ui.chips import ICONS, Chip
from ui.figures import FigureLink, FigureRow, FiguresCard, Number, Tile, tile_row
from ui.parts import Card, ElidedLabel, Muted, Rule, plain

Show = Callable[[Figure, str], object]

_NUMBER: Final = 96
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MEANINGS: Final = {"overdue": "overdue", "due_in_7_days": "due_soon", "unseen": "overdue"}
_QUIET: Final = ("drifting", "unseen", "no_plan", "drafts", "points")


def _number(figure: Figure, whose: str, show: Show) -> Number:
    told = figure.definition
    name = f"{told.title}, {whose}: {figure.whole}"
    noticed = f"{told.title}: {told.meaning}"
    return Number(figure.shown, name, told.meaning, noticed, partial(show, figure, whose))


def tiles(shown: Caseload, show: Show) -> tuple[QWidget, list[FigureLink]]:
    """Return the row of tiles, and their numbers."""
    all_of = shown.everyone
    days = shown.settled.days("unseen_days")
    worst = all_of["longest_unseen"]
    longest = (
        f"longest: {words.isolated(worst.first.child)}, {worst.shown} days"
        if worst.first
        else "nobody is waiting"
    )
    told = (
        ("overdue", "Overdue", _children_words(all_of["overdue"])),
        ("due_in_7_days", "Due in 7 days", _children_words(all_of["due_in_7_days"])),
        ("pep_in_date", "PEPs in date", _share_words(all_of["pep_in_date"], "children")),
        ("pathway_in_date", "Pathway plans in date", _share_words(all_of["pathway_in_date"], "young people")),
        ("unseen", f"Not seen for {days} days", longest),
    )
    found = [
        Tile(
            _number(all_of[key], shown.team, show),
            title,
            beneath,
            _MEANINGS.get(key, "") if all_of[key].count else "",
        )
        for key, title, beneath in told
    ]
    return tile_row(found), [each.link for each in found]


def _children_words(figure: Figure) -> str:
    number = figure.children
    one = "for 1 child" if number == 1 else f"for {number} children"
    return one if number else "nothing"


def _share_words(figure: Figure, many: str) -> str:
    return f"{figure.count} of {figure.of} {many}" if figure.of else f"no {many} here"


class AveragesCard(Card):
    """The average of each team and of all together, against the zone."""

    def __init__(self, shown: Caseload) -> None:
        super().__init__("Averages")
        self.setAccessibleDescription(shown.sentence)
        grid = _grid(self)
        for number, each in enumerate((*shown.service, shown.whole_service)):
            grid.addWidget(Rule(), 2 * number, 0, 1, 3)
            grid.addWidget(ElidedLabel(each.name), 2 * number + 1, 0)
            grid.addWidget(_average(each), 2 * number + 1, 1, _RIGHT)
            if each.average is not None:
                told = zone.standing(each.average, shown.settled)
                grid.addWidget(Chip(told.words, told.meaning, ICONS[told.meaning]), 2 * number + 1, 2)
        zone_words = zone.zone_words(shown.settled)
        note = Muted(
            "Children ÷ full-time equivalent of the workers who hold one, without managers and those away "
            f"for over four weeks; all teams: total ÷ total. {zone_words.capitalize()}."
        )
        note.setWordWrap(True)
        self.body.addWidget(note)


def _average(each: TeamLine) -> QLabel:
    divisor = number_words(each.load.fte)
    label = plain(f"{each.children} ÷ {divisor} = {zone.average_words(each.average)}")
    label.setAccessibleName(f"{each.name}: {each.load.sum}")
    label.setToolTip(f"{each.children} children, {each.holders} workers: {each.load.sum}")
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


def cards(shown: Caseload, show: Show) -> tuple[CardColumns, list[FigureLink]]:
    """Return the cards beneath the table, and their numbers."""
    quiet = _card("Drifting and load", _QUIET, shown, show)
    plans = _card("Children with a signed plan", [f"plan_{kind}" for kind in PLANS], shown, show)
    averages = AveragesCard(shown)
    columns = CardColumns({960: ((quiet,), (plans,), (averages,)), 0: ((quiet, plans, averages),)}, (3, 3, 4))
    return columns, [*quiet.links, *plans.links]


def _card(title: str, keys: Sequence[str], shown: Caseload, show: Show) -> FiguresCard:
    told = [shown.everyone[key] for key in keys]
    rows = [
        FigureRow(each.definition.title, each.definition.meaning, (_number(each, shown.team, show),))
        for each in told
    ]
    return FiguresCard(title, rows)


def counted_words(figure: Figure) -> tuple[str, str]:
    """Return what the rows of a figure are: children counted, or in date and not."""
    return ("In date", "Not in date") if figure.definition.unit == SHARE else ("Counted", "Not counted")
