"""The children behind a figure of stars or of young carers: the list that opens beneath the page."""

from __future__ import annotations

from typing import Final

from caseapp.star_figures import Behind, Figure
from ui.figure_list import FigureList, Listed

HEADINGS: Final = ("Child", "Reference", "Whose star", "Readings")
_WIDTHS: Final = (240, 110, 240)


def behind_list(headings: tuple[str, ...] = HEADINGS) -> FigureList:
    """Return the list, closed."""
    return FigureList(headings, _WIDTHS, _cells)


def listed(figure: Figure) -> Listed:
    """Return what the list shows of a figure."""
    return Listed(f"{figure.title}: {figure.shown}", figure.definition, figure.behind)


def _cells(each: Behind) -> tuple[str, ...]:
    return (each.child, str(each.ref), each.whose or "–", each.said)
