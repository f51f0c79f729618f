"""The tables of a report on a star: every number that counts people is a link to their list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from caseapp import star_change
from caseapp.star_figures import AreaRow, Figure, Group
from ui import theme
from ui.parts import Card, LinkButton, Muted, Rule, plain, wrapped
from ui.record_parts import nothing_yet

Show = Callable[[Figure], object]

_FIGURE_POINTS: Final = 17
_BAR: Final = QSize(40, 8)
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ShareBar(QWidget):
    """A share as the length of a bar; the number stands beside it."""

    def __init__(self, percent: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent = percent or 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for a bar that can be compared with its neighbours."""
        return _BAR

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the whole as a frame and the share as its filling."""
        painter = QPainter(self)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(whole)
        painter.fillRect(
            QRectF(whole.x(), whole.y(), whole.width() * self._percent / 100, whole.height()),
            theme.colour("accent"),
        )
        painter.end()


def figure_link(figure: Figure, show: Show, text: str = "") -> QWidget:
    """Return a figure that opens its list; nobody behind it, it is a plain number."""
    if not figure.behind:
        label = plain(text or figure.shown, "muted")
        label.setAccessibleName(f"{figure.title}: {figure.shown}")
        return label
    link = LinkButton(text or figure.shown)
    link.setAccessibleName(f"{figure.title}: {figure.shown}")
    link.setAccessibleDescription(figure.definition)
    link.setToolTip(f"{figure.title}: {figure.shown}")
    link.clicked.connect(partial(show, figure))
    return link


def tile(figure: Figure, show: Show) -> Card:
    """Return a headline figure as a card of its own."""
    card = Card()
    card.setAccessibleName(f"{figure.title}: {figure.shown}")
    number = figure_link(figure, show, _large(figure))
    number.setFont(theme.font(_FIGURE_POINTS, QFont.Weight.DemiBold))
    card.body.setSpacing(2)
    card.body.addWidget(plain(figure.title, "small"))
    card.body.addWidget(number, 0, Qt.AlignmentFlag.AlignLeft)
    card.body.addWidget(plain(_beneath(figure), "small"))
    card.body.addStretch(1)
    return card


def _large(figure: Figure) -> str:
    if figure.is_mean:
        return figure.shown
    return str(figure.count) if figure.share is None else f"{figure.share} %"


def _beneath(figure: Figure) -> str:
    if figure.is_mean:
        return f"points, of {figure.count}"
    return " " if figure.of is None else f"{figure.count} of {figure.of}"


def areas_table(rows: Sequence[AreaRow], show: Show) -> QWidget:
    """Return the averages and directions of each area."""
    headings = ["Area", "n", "First", "Latest", "Change", "Up", "Same", "Down"]
    grid = _Grid(headings)
    for row in rows:
        means = [
            star_change.shown(row.first), star_change.shown(row.latest), star_change.signed(row.change)
        ]  # fmt: skip
        figures = [row.increased, row.same, row.decreased]
        cells = [
            wrapped(row.label),
            figure_link(row.compared, show, str(row.n)),
            *(
                _number(text, f"{row.label}, {heading}")
                for text, heading in zip(means, headings[2:5], strict=True)
            ),
            *(figure_link(each, show, str(each.count)) for each in figures),
        ]
        grid.add(cells)
    return grid


def profile_table(rows: Sequence[AreaRow], bands: Sequence[str], show: Show) -> QWidget:
    """Return where people started: for each area how many in each stage, as number and bar."""
    grid = _Grid(["Area", *bands], are_numbers=False)
    for row in rows:
        grid.add([wrapped(row.label), *(_share_cell(each, show) for each in row.profile)])
    return grid


def _share_cell(figure: Figure, show: Show) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 2, 0, 4)
    column.setSpacing(2)
    share = "" if figure.share is None else f" ({figure.share} %)"
    column.addWidget(figure_link(figure, show, f"{figure.count}{share}"))
    column.addWidget(ShareBar(figure.share))
    return cell


def groups_table(groups: Sequence[Group], show: Show) -> QWidget:
    """Return what each worker, team or agency has to show."""
    if not groups:
        return nothing_yet("Nobody has a star in this period.")
    grid = _Grid([groups[0].by, "People", "With a change", "Improved", "Average change"])
    for group in groups:
        figures = [group.stars, group.compared, group.improved, group.change]
        grid.add([wrapped(group.name), *(figure_link(each, show, _short(each)) for each in figures)])
    return grid


def _short(figure: Figure) -> str:
    if figure.is_mean:
        return figure.shown
    return f"{figure.count} ({figure.share} %)" if figure.share is not None else str(figure.count)


def meanings_table(figures: Iterable[Figure], show: Show) -> QWidget:
    """Return each figure with what it means."""
    grid = _Grid(["Figure", "Number", "What it means"], shares=(3, 2, 8), are_numbers=False)
    for each in figures:
        meaning = Muted(each.definition)
        meaning.setAccessibleName(f"What “{each.title}” means: {each.definition}")
        grid.add([wrapped(each.title), figure_link(each, show), meaning])
    return grid


class _Grid(QWidget):
    """Rows of widgets under headings, a fine line between them; the first column takes what room is left."""

    def __init__(
        self, headings: Sequence[str], *, shares: Sequence[int] = (), are_numbers: bool = True
    ) -> None:
        super().__init__()
        self._side = _RIGHT if are_numbers else _LEFT
        self._columns, self._row = len(headings), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(5)
        for column, heading in enumerate(headings):
            label = plain(heading, "small")
            label.setWordWrap(not are_numbers)
            self._grid.addWidget(label, 0, column, self._at(column) if are_numbers else _LEFT)
            share = (0 if column else 1) if are_numbers else 1
            self._grid.setColumnStretch(column, shares[column] if shares else share)

    def _at(self, column: int) -> Qt.AlignmentFlag:
        return self._side if column else _LEFT

    def add(self, cells: Sequence[QWidget]) -> None:
        """Add a row."""
        self._row += 2
        self._grid.addWidget(Rule(), self._row - 1, 0, 1, self._columns)
        for column, cell in enumerate(cells):
            if isinstance(cell, LinkButton) or (column and self._side == _RIGHT):
                self._grid.addWidget(cell, self._row, column, self._at(column))
            else:
                self._grid.addWidget(cell, self._row, column)


def _number(text: str, name: str) -> QWidget:
    label = plain(text)
    label.setAccessibleName(f"{name}: {text}")
    return label
