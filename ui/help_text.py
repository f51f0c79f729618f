"""A page of the help as text on screen: built letter by letter, so that nothing in it is ever markup."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextList,
    QTextListFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from caseapp.help import Block, Page, Run, slug
from ui import theme

_GAPS: Final = {"heading": (14.0, 4.0), "text": (0.0, 8.0), "step": (0.0, 5.0), "bullet": (0.0, 3.0)}
"""Room above and below each kind of block."""
_LISTS: Final = {
    "step": QTextListFormat.Style.ListDecimal,
    "bullet": QTextListFormat.Style.ListDisc,
}
_HEADING_POINTS: Final = 12


class HelpText(QTextBrowser):
    """One page. Arrow keys scroll, Tab goes from link to link, Enter follows one."""

    followed = Signal(str)
    """The target of a link: a page, and perhaps a heading of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Help page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.document().setDocumentMargin(4)
        self.document().setIndentWidth(24)
        self.anchorClicked.connect(self._clicked)
        self._page: Page | None = None
        self._list: QTextList | None = None
        theme.changes().changed.connect(self._draw_again)

    def show_page(self, page: Page, anchor: str = "") -> None:
        """Show a page from its top, or from one of its headings."""
        self._page = page
        self.clear()
        cursor = QTextCursor(self.document())
        self._list = None
        for place, block in enumerate(page.blocks):
            self._begin(cursor, block, is_first=place == 0)
            for run in block.runs:
                cursor.insertText(run.text, _format(run, block))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        if anchor:
            self.scrollToAnchor(anchor)

    def text(self) -> str:
        """Return what the page says."""
        return self.toPlainText()

    def _begin(self, cursor: QTextCursor, block: Block, *, is_first: bool) -> None:
        looks = QTextBlockFormat()
        above, below = _GAPS[block.kind]
        looks.setTopMargin(0 if is_first else above)
        looks.setBottomMargin(below)
        looks.setHeadingLevel(2 if block.kind == "heading" else 0)
        if is_first:
            cursor.setBlockFormat(looks)
        else:
            cursor.insertBlock(looks, QTextCharFormat())
        if block.kind in _LISTS:
            self._make_item(cursor, block)
        else:
            self._list = None

    def _make_item(self, cursor: QTextCursor, block: Block) -> None:
        looks = QTextListFormat()
        looks.setStyle(_LISTS[block.kind])
        looks.setIndent(1)
        if self._list is None or block.number == 1 or self._list.format().style() != looks.style():
            self._list = cursor.createList(looks)
        else:
            self._list.add(cursor.block())

    def _clicked(self, url: QUrl) -> None:
        self.followed.emit(url.toString())

    def _draw_again(self) -> None:
        if self._page is not None:
            place = self.verticalScrollBar().value()
            self.show_page(self._page)
            self.verticalScrollBar().setValue(place)


def _format(run: Run, block: Block) -> QTextCharFormat:
    looks = QTextCharFormat()
    looks.setForeground(theme.colour("ink"))
    if block.kind == "heading":
        looks.setFontPointSize(_HEADING_POINTS)
        looks.setFontWeight(QFont.Weight.DemiBold)
        looks.setAnchor(True)
        looks.setAnchorNames([slug(block.text)])
    if run.look == "bold":
        looks.setFontWeight(QFont.Weight.DemiBold)
    elif run.look == "key":
        looks.setFontWeight(QFont.Weight.DemiBold)
        looks.setBackground(theme.colour("canvas"))
    elif run.look == "link":
        looks.setAnchor(True)
        looks.setAnchorHref(run.target)
        looks.setForeground(theme.colour("accent"))
        looks.setFontUnderline(True)
    return looks
