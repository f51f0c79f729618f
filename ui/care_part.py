"""What the parts of the page on care share: a child, the right to write, and cards one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.record_page import RecordPage

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.form_dialog import FormDialog


class CarePart(RecordPage):
    """A part that reads itself at once; what it shows goes into `content`, which it clears to show anew."""

    changed = Signal()
    """Something of the care record changed: what others show of it is old."""
    name: ClassVar[str]

    def __init__(self, desk: Desk, child_id: UUID, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(desk, child_id, parent)
        self.may_write = may_write
        self.setAccessibleName(self.name)
        self.content = QVBoxLayout()
        self.content.setSpacing(16)
        self.body.addLayout(self.content)
        self.body.addStretch(1)
        self.refresh()

    def show_dialog(self, dialog: FormDialog) -> None:
        """Open a dialog; once it has recorded something all is read anew."""
        dialog.changed.connect(self.written)
        dialog.open()

    def written(self) -> None:
        """Read all anew, and say that something changed."""
        self.refresh()
        self.changed.emit()
