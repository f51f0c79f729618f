"""The colours of the whole program: those that somebody chose, or the system's as they change."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui import theme


class Dress(QObject):
    """Wears one theme at a time; «system» follows the system."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.name = "system"
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def wear(self, name: str) -> None:
        """Dress everything in a theme, unless it is dressed so already."""
        self.name = name
        wanted = theme.system_scheme() if name == "system" else name
        app = QApplication.instance()
        if isinstance(app, QApplication) and wanted != theme.current().name:
            theme.apply(app, wanted)

    def _follow_system(self, _scheme: object) -> None:
        if self.name == "system":
            self.wear("system")
