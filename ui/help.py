"""The help at the right of the window: the page of the open screen, a search, and all the other pages."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from caseapp import help as pages
from caseapp.help import Page
from ui.editor import Editor
from ui.form_section import SectionPage
from ui.help_text import HelpText
from ui.parts import Card, LinkButton, Section, icon_button
from ui.tabbed import open_tabs

_WIDTH: Final = 440
_EDGE: Final = 12
_BASES: Final = {"child": "record", "pdf": "printing"}
"""Pages of screens that have another name than their screen."""
_CARDS: Final = {
    "Use the recovery key": ("sign-in", "open-a-store-with-the-recovery-key"),
    "Restore a backup": ("restore", ""),
    "Create a store": ("sign-in", "create-a-store"),
}
"""What to open at each card of the window to sign in, by its title."""


class Subject(NamedTuple):
    """What the help opens at: a page, perhaps a heading of it."""

    page: Page
    anchor: str = ""


def subject_of(name: str, screen: QWidget | None) -> Subject:
    """Return the page of a screen, or of its open tab; in a plan, of the section that is filled in."""
    section = _open_section(screen) if name == "plan" else None
    if section is not None:
        return Subject(pages.section_page(section.section), _question(section))
    base = pages.slug(_BASES.get(name, name)) or "start"
    tabs = [pages.slug(each) for each in (open_tabs(screen) if screen is not None else ())]
    for tab in reversed(tabs):
        if f"{base}-{tab}" in pages.names():
            return Subject(pages.page(f"{base}-{tab}"))
    page = pages.page(base if base in pages.names() else "start")
    return Subject(page, next((each for each in reversed(tabs) if each in page.anchors()), ""))


def _open_section(screen: QWidget | None) -> SectionPage | None:
    found = screen.findChildren(SectionPage) if screen is not None else []
    return next((each for each in found if each.isVisible()), None)


def _question(section: SectionPage) -> str:
    """Return the heading of the question that has the keyboard."""
    at = QApplication.focusWidget()
    while at is not None and not isinstance(at, Editor):
        at = at.parentWidget()
    editors = section.editors()
    key = next((key for key, editor in editors.items() if editor is at), "")
    return next((pages.slug(each.label) for each in section.section.fields if each.key == key), "")


def before_signing_in(window: QWidget, pane: HelpPane | None) -> HelpPane:
    """Open or close the help of the window to sign in, which has a page for each of its cards."""
    pane = pane or HelpPane(window, has_window=False)
    if pane.isVisible():
        pane.close_help()
    else:
        shown = [each.accessibleName() for each in window.findChildren(Card) if each.isVisible()]
        key, anchor = next((_CARDS[each] for each in shown if each in _CARDS), ("sign-in", ""))
        pane.open_at(Subject(pages.page(key), anchor))
    return pane


class HelpPane(Card):
    """A card at the right, over the screen, that leaves the screen free to work in. Esc closes it."""

    closed = Signal()
    tour_asked = Signal()
    keys_asked = Signal()
    about_asked = Signal()
    news_read = Signal()

    def __init__(self, parent: QWidget, *, has_window: bool = True) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Help")
        self._came_from: QWidget | None = None
        self._way: list[Subject] = []
        self._title = Section("Help")
        self._title.setWordWrap(True)
        self._back = icon_button("back", "Back to the page before")
        self._back.clicked.connect(self.back)
        close = icon_button("close", "Close the help")
        close.clicked.connect(self.close_help)
        self._find = QLineEdit()
        self._find.setAccessibleName("Search the help")
        self._find.setPlaceholderText("Search the help, in your own words")
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._search)
        self._find.returnPressed.connect(self._open_first)
        self._text = HelpText()
        self._text.followed.connect(self.follow)
        self._news = LinkButton("What is new")
        self._news.clicked.connect(self._read_news)
        self._news.hide()
        head = QHBoxLayout()
        for widget, stretch in ((self._back, 0), (self._title, 1), (close, 0)):
            head.addWidget(widget, stretch)
        self.body.addLayout(head)
        for each in (self._news, self._find):
            self.body.addWidget(each)
        self.body.addWidget(self._text, 1)
        self.body.addLayout(self._feet(has_window))
        if not has_window:
            escape = QShortcut(QKeySequence("Esc"), self, self.close_help)
            escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        parent.installEventFilter(self)
        self.hide()

    def _feet(self, has_window: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        contents = LinkButton("Contents")
        contents.clicked.connect(self._contents)
        row.addWidget(contents)
        asked = {"All keys": self.keys_asked, "Show the tour": self.tour_asked, "About": self.about_asked}
        for name, signal in asked.items() if has_window else ():
            link = LinkButton(name)
            link.clicked.connect(signal)
            row.addWidget(link)
        row.addStretch(1)
        return row

    def open_at(self, subject: Subject) -> None:
        """Open the help at a page; the keyboard goes to its text."""
        if not self.isVisible():
            self._came_from = QApplication.focusWidget()
        self._way = []
        self._find.clear()
        self.place()
        self.show()
        self.raise_()
        self._go(subject)
        self._text.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer_news(self, has_news: bool) -> None:
        """Offer to read what is new, until it has been read."""
        self._news.setVisible(has_news)

    def close_help(self) -> None:
        """Take the help away and give the keyboard back."""
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    def follow(self, target: str) -> None:
        """Go to what a link leads to."""
        key, _, anchor = target.partition("#")
        page = pages.contents() if key == "contents" else pages.page(key)
        self._go(Subject(page, anchor))

    def back(self) -> None:
        """Go back to the page before."""
        if len(self._way) > 1:
            self._way.pop()
            self._show(self._way[-1])

    def title(self) -> str:
        """Return the title of the page that is shown."""
        return self._title.text()

    def text(self) -> str:
        """Return what the page that is shown says."""
        return self._text.text()

    def place(self) -> None:
        """Stand at the right of the window, as high as it is."""
        if (parent := self.parentWidget()) is not None:
            width = min(_WIDTH, parent.width() - 2 * _EDGE)
            self.setGeometry(parent.width() - width - _EDGE, _EDGE, width, parent.height() - 2 * _EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def _go(self, subject: Subject) -> None:
        if self._way and self._way[-1].page.key == subject.page.key == "found":
            self._way.pop()  # each letter of a search would else be a page to go back to
        self._way.append(subject)
        self._show(subject)

    def _show(self, subject: Subject) -> None:
        self._title.setText(f"Help: {subject.page.title}")
        self._back.setEnabled(len(self._way) > 1)
        self._text.show_page(subject.page, subject.anchor)

    def _search(self, typed: str) -> None:
        if typed.strip():
            self._go(Subject(pages.found_page(typed.strip(), pages.search(typed))))
        elif self._way and self._way[-1].page.key == "found":
            self.back()

    def _open_first(self) -> None:
        if hits := pages.search(self._find.text()):
            with QSignalBlocker(self._find):
                self._find.clear()
            self.follow(hits[0].target)
            self._text.setFocus()

    def _contents(self) -> None:
        with QSignalBlocker(self._find):
            self._find.clear()
        self._go(Subject(pages.contents()))
        self._text.setFocus()

    def _read_news(self) -> None:
        self._news.hide()
        self.follow("changes")
        self._text.setFocus()
        self.news_read.emit()
