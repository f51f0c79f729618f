"""What a dialog of care says while somebody types: warnings, and what the law asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.parts import Banner


class Remarks(QWidget):
    """Two banners between the questions and the buttons; each is seen only while it says something."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._warning = Banner("", "warning")
        self._info = Banner("", "info")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 0, 24, 0)
        lines.setSpacing(8)
        for banner in (self._warning, self._info):
            banner.hide()
            lines.addWidget(banner)
        layout = dialog.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, self)
        self.hide()

    def show_remarks(self, warnings: Sequence[str], guidance: Sequence[str] = ()) -> None:
        """Show other words."""
        for banner, said, meaning in (
            (self._warning, warnings, "warning"),
            (self._info, guidance, "info"),
        ):
            text = "\n".join(dict.fromkeys(said))
            banner.set_banner(text, meaning)
            banner.setVisible(bool(text))
        self.setVisible(bool(warnings or guidance))

    def text(self) -> str:
        """Return everything that is said."""
        return "\n".join(text for text in (self._warning.text(), self._info.text()) if text)
