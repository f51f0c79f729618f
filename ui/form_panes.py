"""The three panes of a form: its sections, the questions of one, and what stands beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSplitter, QWidget

from ui.form_beside import Beside
from ui.form_steps import Steps

THREE_PANES: Final = 900
TWO_PANES: Final = 570
NARROWEST: Final = 330


class Panes(QSplitter):
    """Where there is no room for all, the questions stay; `swap` shows what is beside, not the sections."""

    def __init__(self, steps: Steps, questions: QWidget, beside: Beside, swap: QAbstractButton) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._steps, self._beside, self._swap = steps, beside, swap
        self._is_beside_wanted = True
        questions.setMinimumWidth(NARROWEST)
        for pane in (steps, questions, beside):
            self.addWidget(pane)
        self.setHandleWidth(20)
        self.setChildrenCollapsible(False)
        for place in (1, 2):  # what a form does not use on a wide screen, last time's answers do
            self.setStretchFactor(place, 1)
        self.setSizes([214, 580, 300])
        swap.toggled.connect(self.fold)

    def minimumSizeHint(self) -> QSize:
        """Return the room for the questions alone: the other panes fold away."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many panes as there is room for."""
        super().resizeEvent(event)
        self.fold()

    def want_beside(self, is_wanted: bool) -> None:
        """Show what is beside, or leave its room to something else."""
        self._is_beside_wanted = is_wanted
        self.fold()

    def fold(self) -> None:
        """Let panes give way to the questions: the sections, or what is beside."""
        is_beside = self._is_beside_wanted and (self._has_room(THREE_PANES) or self._swap.isChecked())
        self._beside.setVisible(is_beside)
        self._steps.setVisible(self._has_room(THREE_PANES if is_beside else TWO_PANES))
        self._swap.setVisible(self._is_beside_wanted and not self._has_room(THREE_PANES))

    def _has_room(self, width: int) -> bool:
        return self.width() >= width

    def beyond(self, by: int) -> Steps | Beside | None:
        """Show the pane so many after the one with the keyboard and return it; None for the questions."""
        panes: list[Steps | Beside | None] = [None]
        panes += [self._beside] if self._is_beside_wanted else []
        panes += [self._steps] if self._has_room(TWO_PANES) else []
        focused = self.window().focusWidget() or self
        here = next((each for each in panes if each and each.isAncestorOf(focused)), None)
        wanted = panes[(panes.index(here) + by) % len(panes)]
        if wanted is not None and not self._has_room(THREE_PANES):
            self._swap.setChecked(wanted is self._beside)
        return wanted
