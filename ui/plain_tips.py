"""Tooltips show text as it is: Qt would take a «<» for markup, and load the pictures that it names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel


class PlainTips(QObject):
    """Install it on the application: every tooltip is a label of Qt's own, which asks for its look first."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a tooltip be plain text before it is given any."""
        if (
            event.type() == QEvent.Type.Polish
            and watched.inherits("QTipLabel")
            and isinstance(watched, QLabel)
        ):
            watched.setTextFormat(Qt.TextFormat.PlainText)
        return False
