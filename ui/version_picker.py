"""A list of the versions of a plan: a title too long for it is shortened in its middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.elided_combo import ElidedCombo


class VersionPicker(ElidedCombo):
    """Number and state at the front stay to be read, and term and year at the end."""

    elided = Qt.TextElideMode.ElideMiddle

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def offer(self, versions: Sequence[tuple[str, int]]) -> None:
        """Offer versions, each in words with its number."""
        self.clear()
        for place, (said, number) in enumerate(versions):
            self.addItem(said, number)
            self.setItemData(place, said, Qt.ItemDataRole.ToolTipRole)
        self.fit_list()

    def choose(self, number: int) -> None:
        """Choose a version by its number."""
        self.setCurrentIndex(self.findData(number))
