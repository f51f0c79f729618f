"""Tab goes through a page as it is read, and the keyboard stays where it was when the page is built anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLayout, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from ui.asking import Asking

R = TypeVar("R")
Names = list[tuple[str, int]]
"""Controls as (name, how many of that name came before), in reading order."""


def controls(part: QWidget) -> Iterator[QWidget]:
    """Yield what Tab comes to in a part, in the order of its layouts; what is hidden just now too."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    inside = part.widget() if isinstance(part, QScrollArea) else part
    if inside is not part and inside is not None:
        yield from controls(inside)
    elif (layout := part.layout()) is not None:
        yield from _laid_out(layout)
    else:
        for child in part.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from controls(child)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places: Iterable[int] = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=partial(_cell, layout))
    for place in places:
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from controls(widget)
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)


def _cell(grid: QGridLayout, place: int) -> tuple[int, int]:
    row, column, *_ = cast("tuple[int, int, int, int]", grid.getItemPosition(place))
    return row, column


def put_in_order(*parts: QWidget) -> None:
    """Let Tab go through the parts as they are read: Qt goes by when a control was made."""
    for one, next_one in pairwise(control for part in parts for control in controls(part)):
        QWidget.setTabOrder(one, next_one)


def page_of(part: QWidget) -> QWidget:
    """Return the page that a part stands on: what scrolls, or is one of several in a place, or the window."""
    page = part
    while (outer := page.parentWidget()) is not None and not page.isWindow():
        if isinstance(outer, QStackedWidget) or isinstance(outer.parentWidget(), QScrollArea):
            return page
        page = outer
    return page


class KeyboardPlace:
    """Where the keyboard is on a page, to find again once the page was built anew."""

    def __init__(self, page: QWidget) -> None:
        self._page, self._control = page, page.window().focusWidget()
        self._names: Names = []
        self._shown: list[QWidget] = []
        if self._control is not None and page.isAncestorOf(self._control):
            shown = self._shown = [each for each in controls(page) if each.isVisibleTo(page)]
            if self._control in shown:
                self._names = _names(shown[: shown.index(self._control) + 1])

    def find_again(self) -> None:
        """Go to the control of the same name, or the nearest before it, where the one there was is gone."""
        if not self._names or _is_there(self._control, self._page) or self._was_put():
            return
        shown = [each for each in controls(self._page) if each.isVisibleTo(self._page)]
        now = dict(zip(_names(shown), shown, strict=True))
        found = next(
            (now[name] for name in reversed(self._names) if name in now), shown[0] if shown else None
        )
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _was_put(self) -> bool:
        """Return whether somebody has put the keyboard on a control that was not to be seen before."""
        focused = self._page.window().focusWidget()
        if focused is None or focused in self._shown:
            return False
        return self._page.isAncestorOf(focused) and _is_there(focused, self._page)


def _is_there(control: QWidget | None, page: QWidget) -> bool:
    return control is not None and isValid(control) and control.isVisibleTo(page)


def _names(shown: Sequence[QWidget]) -> Names:
    so_far: Counter[str] = Counter()
    found = []
    for each in shown:
        name = _name(each)
        found.append((name, so_far[name]))
        so_far[name] += 1
    return found


def _name(control: QWidget) -> str:
    said = control.text() if isinstance(control, QAbstractButton) else type(control).__name__
    return control.accessibleName() or said


class InOrder(Asking):
    """A part that shows anew what it read: Tab follows the new order, and the keyboard keeps its place."""

    def _answered(self, then: Callable[[R], object], result: R) -> None:
        place = KeyboardPlace(self)
        super()._answered(then, result)
        put_in_order(self)
        if not self.chooses_place():
            QTimer.singleShot(0, self, place.find_again)  # Qt shows new controls only in its next turn

    def chooses_place(self) -> bool:
        """Return whether the part itself now puts the keyboard somewhere else."""
        return False
