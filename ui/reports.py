"""Reports: the figures of leaving care, and the return with what its rules find."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.tabbed import TabbedScreen

if TYPE_CHECKING:
    from ui.desk import Desk


class ReportsScreen(TabbedScreen):
    """The rail's screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        pages: dict[str, Callable[[], QWidget]] = {
            "Leaving care": partial(_leaving_care, desk),
            "The return": partial(_the_return, desk),
        }
        super().__init__("Reports", pages, parent)


def _leaving_care(desk: Desk) -> QWidget:
    from ui.leaving_care import LeavingCareScreen

    return LeavingCareScreen(desk)


def _the_return(desk: Desk) -> QWidget:
    from ui.return_quality import return_page

    return return_page(desk)
