"""A screen of the rail with several pages under tabs, each made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.panes import panes_of
from ui.parts import Title
from ui.reading_order import put_in_order


class TabbedScreen(QWidget):
    """The title, the tabs, the open page. Signals of the pages are handed on by name."""

    open_child = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    open_plan = Signal(UUID)
    open_place = Signal(object)
    """A row of a record and its field (caseapp.returns.opens.Opens)."""
    print_bytes = Signal(str, bytes)

    def __init__(
        self, title: str, pages: Mapping[str, Callable[[], QWidget]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._title = title
        self._makers = dict(pages)
        self._pages: dict[str, QWidget] = {}
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(f"Parts of {title.lower()}")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for name in pages:
            self._tabs.addTab(name)
        self._stack = QStackedWidget()
        self._place_all()
        self._tabs.currentChanged.connect(self._show_tab)
        self._show_tab(0)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            go_on = partial(step_tabs, self._tabs, self._stack, step)
            QShortcut(QKeySequence(keys), self).activated.connect(go_on)

    def _place_all(self) -> None:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedHeight(1)
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 0)
        head.setSpacing(0)
        head.addWidget(Title(self._title))
        head.addSpacing(8)
        head.addWidget(self._tabs)
        head.addWidget(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def page(self) -> QWidget:
        """Return the open page."""
        return self._pages[self._tabs.tabText(self._tabs.currentIndex())]

    def show_tab(self, number: int) -> None:
        """Open a page by its place."""
        self._tabs.setCurrentIndex(number)

    def tab_names(self) -> list[str]:
        """Return the names of the tabs."""
        return list(self._makers)

    def show_named(self, name: str) -> None:
        """Open a page by the name of its tab; one that the screen does not have leaves all as it is."""
        if name in self._makers:
            self.show_tab(list(self._makers).index(name))

    def refresh(self) -> None:
        """Read the open page anew."""
        refresh: Callable[[], object] | None = getattr(self.page(), "refresh", None)
        if refresh is not None:
            refresh()

    def focus_first(self) -> None:
        """Put the keyboard where the open page begins, or on the tabs."""
        focus: Callable[[], object] | None = getattr(self.page(), "focus_first", None)
        if focus is not None:
            focus()
        else:
            self._tabs.setFocus()

    def close_what_is_open(self) -> None:
        """Close what the open page has open."""
        close: Callable[[], object] | None = getattr(self.page(), "close_what_is_open", None)
        if close is not None:
            close()

    def panes(self) -> tuple[QWidget, ...]:
        """Return what F6 goes to: the tabs, and the open page."""
        return self._tabs, *panes_of(self.page())

    def _show_tab(self, number: int) -> None:
        name = self._tabs.tabText(number)
        if name not in self._pages:
            page = self._pages[name] = self._makers[name]()
            for signal_name in ("open_child", "open_child_tab", "open_plan", "open_place", "print_bytes"):
                signal = getattr(page, signal_name, None)
                if isinstance(signal, SignalInstance):
                    signal.connect(getattr(self, signal_name))
            self._stack.addWidget(page)
        put_in_order(self._pages[name])  # Qt gives the keyboard to the first in its order
        self._stack.setCurrentWidget(self._pages[name])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go through the open page as it is read now: its cards are filled after they were made."""
        put_in_order(self._tabs, self.page())
        return super().focusNextPrevChild(forward)


def step_tabs(tabs: QTabBar, stack: QStackedWidget, by: int) -> None:
    """Open the tab so many further on; the keyboard finds its place in the page, or is on the tabs."""
    focused = stack.window().focusWidget()
    was_inside = focused is not None and stack.isAncestorOf(focused)
    tabs.setCurrentIndex((tabs.currentIndex() + by) % max(1, tabs.count()))
    page = stack.currentWidget()
    if was_inside and page is not None:
        place = page.focusWidget()  # Qt gives the keyboard to the page itself where it finds nothing in it
        (place if place not in (None, page) and place.isVisible() else tabs).setFocus()


def open_tabs(screen: QWidget) -> list[str]:
    """Return the names of the open tabs of a screen, the outer one first."""
    bars = screen.findChildren(QTabBar)
    parts = [each for each in bars if each.accessibleName().startswith("Parts of") and each.isVisible()]
    return [each.tabText(each.currentIndex()) for each in parts]
