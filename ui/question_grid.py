"""Questions one below the other, or two side by side where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.editor import Editor

_ROOM_FOR_TWO: Final = 470


class QuestionGrid(QWidget):
    """Editors one below the other; two that take half a line share it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(16)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._widgets: list[tuple[QWidget, bool]] = []
        self._is_narrow = False

    def arrange(self, widgets: Sequence[tuple[QWidget, bool]]) -> None:
        """Show these widgets (with whether each takes half a line) in this order, and no other."""
        self._widgets = list(widgets)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every question a line of its own where there is little room."""
        super().resizeEvent(event)
        if (event.size().width() < _ROOM_FOR_TWO) != self._is_narrow:
            self._is_narrow = not self._is_narrow
            self._place()

    def _place(self) -> None:
        wanted = {widget for widget, _ in self._widgets}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) and widget not in wanted:
                widget.hide()
        row, column = 0, 0
        previous: QWidget | None = None
        for widget, takes_half_a_line in self._widgets:
            is_half = takes_half_a_line and not self._is_narrow
            if not is_half and column:
                row, column = row + 1, 0
            width = 1 if is_half else 2
            self._grid.addWidget(widget, row, column, 1, width, Qt.AlignmentFlag.AlignTop)
            widget.show()
            if previous is not None:
                QWidget.setTabOrder(previous, widget)
            previous = widget
            row, column = (row, 1) if is_half and not column else (row + 1, 0)
        self._level()

    def _level(self) -> None:
        """Let the fields of two questions in a line stand at the same height."""
        for row in range(self._grid.rowCount()):
            pair = [self._in_cell(row, column) for column in (0, 1)]
            for mine, other in (pair, pair[::-1]):
                if mine is not None:
                    mine.stand_beside(other if other is not mine else None)

    def _in_cell(self, row: int, column: int) -> Editor | None:
        item = self._grid.itemAtPosition(row, column)
        widget = item.widget() if item else None
        return widget if isinstance(widget, Editor) else None
