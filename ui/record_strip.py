"""The line of a record's tabs, and what can be done with all of it; in a narrow window both draw together."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from ui.parts import LinkButton
from ui.record_papers import OTHER_PAPERS, PapersLink

_SPACING: Final = 16
_ROUND_TAB: Final = 25
"""Pixels of a tab beside its words."""
_CLOSE: Final = "QTabBar::tab { margin-right: 8px; }"
"""Tabs nearer to each other: all twelve are in sight on a small laptop at 150 %."""


class RecordStrip(QWidget):
    """Tabs at the left, links at the right; where they do not fit, the links go into the menu of papers."""

    def __init__(self, tabs: QTabBar, links: tuple[LinkButton, ...], papers: PapersLink) -> None:
        super().__init__()
        self._tabs, self._links, self._papers = tabs, links, papers
        self._is_narrow = False
        self._offered: tuple[LinkButton, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(tabs, 1)
        for link in (*links, papers):
            layout.addWidget(link)
            link.hide()
        tabs.installEventFilter(self)

    def offer(self, *links: LinkButton) -> None:
        """Show these links of all."""
        self._offered = links
        in_menu = self._is_narrow and not self._papers.isHidden()
        self._papers.put_before(links if in_menu else ())
        for link in self._links:
            link.setVisible(link in links and not in_menu)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again once other tabs, or tabs in another face, ask for more room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw together where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        tabs, links = self._tabs_width(), self._links_width()
        is_narrow = self._tabs.count() > 0 and tabs + links > self.width()
        is_close = is_narrow and tabs + self._papers.sizeHint().width() + _SPACING > self.width()
        if is_close != bool(self._tabs.styleSheet()):
            self._tabs.setStyleSheet(_CLOSE if is_close else "")
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._papers.setText("More" if is_narrow else "Papers")
        self._papers.setAccessibleName("More of this record, and other papers" if is_narrow else OTHER_PAPERS)
        self.offer(*self._offered)

    def _tabs_width(self) -> int:
        """Return the width of the tabs at their ease."""
        metrics = self._tabs.fontMetrics()
        return sum(
            metrics.horizontalAdvance(self._tabs.tabText(at)) + _ROUND_TAB for at in range(self._tabs.count())
        )

    def _links_width(self) -> int:
        widths = [link.sizeHint().width() for link in self._offered]
        widths.append(self._papers.fontMetrics().horizontalAdvance("Papers") + 4)
        return sum(width + _SPACING for width in widths)
