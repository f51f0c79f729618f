"""A list that drops down: what is chosen ends in … where it has no room, and is whole in the tooltip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

_WIDEST: Final = 620
_AROUND: Final = 56
"""Pixels beside the words of a line in the open list."""


class ElidedCombo(QComboBox):
    """May be narrower than its words; the open list is wide enough for them."""

    elided = Qt.TextElideMode.ElideRight
    """Where words are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.view().setTextElideMode(self.elided)
        self.currentIndexChanged.connect(self._tell)

    def fit_list(self) -> None:
        """Give the open list room for its longest line."""
        said = (self.itemText(place) for place in range(self.count()))
        widest = max((self.fontMetrics().horizontalAdvance(each) for each in said), default=0)
        self.view().setMinimumWidth(min(widest + _AROUND, _WIDEST))

    def shown_text(self) -> str:
        """Return what is chosen as it is drawn."""
        return self.fontMetrics().elidedText(self.currentText(), self.elided, self._room())

    def _room(self) -> int:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        return self.style().subControlRect(control, option, part, self).width() - 4

    def _tell(self) -> None:
        self.setToolTip(self.currentText() if self.shown_text() != self.currentText() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it does not fit."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box with what fits."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
