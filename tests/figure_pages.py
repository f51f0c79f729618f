"""Pages of figures on screen: their links, what they say, and a key pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.desk_fixture import DeskAtOnce
from ui.figures import FigureLink


def desk_of(story, who="max") -> DeskAtOnce:
    return DeskAtOnce(story.store, story.actors[who])


def opened(qtbot, page):
    """Show a page in the room that it has in the window; return it once its figures are there."""
    qtbot.addWidget(page)
    page.resize(1182, 688)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def links(page) -> list[FigureLink]:
    QApplication.processEvents()
    return [each for each in page.findChildren(FigureLink) if not each.isHidden()]


def link(page, start: str) -> FigureLink:
    return next(each for each in links(page) if each.accessibleName().startswith(start))


def said(page) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]


def press(widget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))
