"""What the pages of a record share: they scroll, ask the store, and can be read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.reading_order import InOrder
from ui.record_parts import Scroller

if TYPE_CHECKING:
    from ui.desk import Desk


class RecordPage(InOrder):
    """A page of one child's record; what it shows goes into `body`."""

    def __init__(self, desk: Desk, child_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.child_id = child_id
        scroller = Scroller(self)
        self.body = scroller.body
        self.body.setSpacing(12)
        self.body.addWidget(self.busy)
        self.body.addWidget(self.banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroller)

    def refresh(self) -> None:
        """Read the page anew."""
        raise NotImplementedError
